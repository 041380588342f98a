/*
 * paper_internal.h - what a kind of paper provides; see paper_doc.h.
 *
 * It embeds struct paper first. paper_doc.c has checked what it passes on:
 * texts are there and not too long, spans stay inside of the table.
 */
#ifndef CORE_CODEC_PAPER_INTERNAL_H
#define CORE_CODEC_PAPER_INTERNAL_H

#include "core/codec/paper_doc.h"

struct paper_ops {
	bool (*row)(struct paper *p, const struct paper_cell *cell,
		enum paper_weight weight, struct err *err);
	bool (*line)(struct paper *p, const char *text,
		enum paper_weight weight, struct err *err);
	/* NULL: it has one table only. */
	bool (*next)(struct paper *p, const struct paper_doc *doc,
		struct err *err);
	bool (*end)(struct paper *p, struct err *err);
	void (*free)(struct paper *p);
};

struct paper {
	const struct paper_ops *ops;
	const struct paper_doc *doc;
	struct paper_sink sink;
	bool failed; /* nothing more is written */
	bool ended;
};

struct paper *paper_csv_new(const struct paper_doc *doc,
	const struct paper_sink *sink, struct err *err);
struct paper *paper_xlsx_new(const struct paper_doc *doc,
	const struct paper_sink *sink, struct err *err);
struct paper *paper_pdf_new(const struct paper_doc *doc,
	const struct paper_sink *sink, struct err *err);

struct paper *paper_grid_new(const struct paper_doc *doc,
	const struct paper_sink *sink, struct err *err);

/* paper_csv.c: what stands above a column, from the top down, in one line; the
 * row that numbers the columns is left out. */
void paper_column_name(const struct paper_doc *doc, int column,
	char out[PAPER_TEXT_SIZE]);

/* What a cell covers, 1 at least. */
int paper_span(const struct paper_cell *cell);

#endif
