/*
 * admin_internal.h - what the files of admin share: names that may mean the
 * same place.
 */
#ifndef CORE_CODEC_ADMIN_INTERNAL_H
#define CORE_CODEC_ADMIN_INTERNAL_H

#include "core/codec/admin.h"
#include "core/codec/admin_rows.h"

enum {
	ADMIN_KEY_SIZE = 128,
	ADMIN_MAX_PICKS = 64
};

enum admin_level {
	ADMIN_ANY_LEVEL, /* no word stands before the name */
	ADMIN_PROVINCE,
	ADMIN_DISTRICT,
	ADMIN_COMMUNE,
	ADMIN_CITY, /* "thành phố": a province or a district */
};

/* A name as somebody wrote it, read once and compared often. */
struct admin_name {
	const char *text;
	char whole[ADMIN_KEY_SIZE]; /* folded, without blanks */
	char bare[ADMIN_KEY_SIZE];  /* and without the word; "" if none */
	enum admin_level level;     /* of the word */
	int word;                   /* which word; 0 if none */
	bool sure; /* it is that word, and not how the name begins */
};

/* Rows of one table that fit a name. */
struct admin_picks {
	struct {
		int row;
		bool same_marks;
		bool same_word;
	} at[ADMIN_MAX_PICKS];
	int count;
};

/* False, and fits nothing, if there is no letter or digit in text. */
bool admin_name_read(const char *text, struct admin_name *out);

/* May the name stand for a unit of that level at all, by its word? */
bool admin_name_may_be(const struct admin_name *n, enum admin_level level);

/* Keep row if its full name fits. */
void admin_pick(struct admin_picks *p, const struct admin_name *n,
	enum admin_level level, const char *full_name, int row);

/* Of several, those with the same marks and the same word, if there are. */
void admin_pick_nearest(struct admin_picks *p);

/* The full name without its word. */
const char *admin_bare(const char *full_name);

/* Unit of today number index. */
void admin_unit_at(int index, struct admin_unit *out);

#endif
