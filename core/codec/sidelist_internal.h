/* sidelist_internal.h - between sidelist.c and the two kinds of list. */
#ifndef CORE_CODEC_SIDELIST_INTERNAL_H
#define CORE_CODEC_SIDELIST_INTERNAL_H

#include "core/codec/answerlist.h"
#include "core/codec/changelist.h"
#include "core/codec/paylist_internal.h"

#define SIDELIST_HAS(column) (UINT64_C(1) << (column))

/* What one kind of list is. Columns are a bit each. */
struct sidelist_form {
	uint64_t must;
	uint64_t any; /* one of these must be there, too */
	uint64_t may;
	int known; /* so many of them make a row the header */
	/* Read one row and give it to the sink; false: it said stop. */
	bool (*row)(const struct sidelist *s, const struct paylist_cells *in,
		struct paylist_judge *judge);
};

struct sidelist {
	const struct sidelist_form *form;
	struct paylist_sink sink; /* its ctx and trouble; row is NULL */
	union {
		bool (*change)(void *, const struct change_row *, int);
		bool (*answer)(void *, const struct answer_row *, int);
	} take;
	bool failed;
	struct err err; /* why */
	int64_t row;
	bool has_header;
	bool below_header;
	int titles;
	enum paylist_column map[CELLS_MAX];
	int columns;
};

struct sidelist *sidelist_new(const struct sidelist_form *form, void *ctx,
	bool (*trouble)(void *ctx, const struct paylist_error *e),
	struct err *err);

enum cells_header sidelist_header(const struct sidelist_form *f,
	const struct cells *row);

/* A date cell; year 0 if it is empty. */
void sidelist_date(struct paylist_job *j, struct date *out);

#endif
