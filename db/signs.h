/*
 * signs.h - what in a shift a supervisor should look at.
 *
 * Counted from the records themselves, whose times and flags say it all: no
 * record is made for it, nothing is stopped by it, and nobody is judged. Each
 * of them has innocent reasons; many of them in one shift are a question.
 */
#ifndef DB_SIGNS_H
#define DB_SIGNS_H

#include <stdint.h>

#include "db/db.h"

enum {
	SIGNS_HOURS_SIZE = 16
};

struct signs {
	int64_t shift;
	int64_t payouts;
	int64_t quick;      /* sooner after the one before than LIMIT_PACE */
	int64_t outside;    /* not in the hours of the point, LIMIT_HOURS */
	int64_t alone;      /* flag 16: without the second person of a rule */
	int64_t not_handed; /* cancelled before the money was out */
	int64_t taken_back; /* cancelled after that … */
	int64_t lost;       /* … of these without the receipt */
	int64_t copies;
	int64_t sheets; /* entered from the pad */
	int64_t wrong_pins;
	int64_t outages; /* of the printer and such */
};

/* Of that shift, open or closed. ABSENT: there is none. */
enum lookup signs_of(struct db *db, int64_t shift, struct signs *out,
	struct err *err);

/* How many of them are a question: copies, sheets and outages are none. */
int64_t signs_sum(const struct signs *s);

/* "07:00-17:30" -> minutes of the day; "": the whole day. */
bool signs_hours_parse(const char *text, int *from, int *to);

#endif
