/*
 * limit.h - how much may be paid, how fast, and when: the limits of a point.
 *
 * Each has a name for scripts, a default that holds until a supervisor
 * changes it, and a range beyond which a number is a slip of the finger. What
 * is in force stands in the book (db/limits.h); here is only what a number
 * may be and how it is written. Pure.
 */
#ifndef CORE_LIMIT_H
#define CORE_LIMIT_H

#include <stdbool.h>
#include <stdint.h>

enum limit {
	LIMIT_SINGLE, /* đồng to one person; above a supervisor signs, too */
	LIMIT_PAYOUTS, /* payments of a shift; then it has to be closed */
	LIMIT_SUM,     /* đồng paid in a shift, likewise */
	LIMIT_PACE,    /* seconds; a payment sooner after another is marked */
	LIMIT_HOURS,   /* of the point: 07:00-17:30 is 7001730; outside of them
			  a payment is marked */
	LIMIT_COUNT,
};

enum {
	LIMIT_TEXT_SIZE = 24,
	LIMIT_WHOLE_DAY = 2400 /* 00:00-24:00 */
};

/* "single"; and back. */
const char *limit_name(enum limit l);
bool limit_by_name(const char *name, enum limit *out);

int64_t limit_default(enum limit l);
int64_t limit_least(enum limit l);
int64_t limit_most(enum limit l);

/* In its range; hours: two times of a day, the first before the second. */
bool limit_fits(enum limit l, int64_t value);

/* "15000000", "07:00-17:30": as the book writes it. */
const char *limit_text(enum limit l, int64_t value, char out[LIMIT_TEXT_SIZE]);

/* Only what limit_text() writes; and it fits. */
bool limit_parse(enum limit l, const char *text, int64_t *value);

/* Minutes of the day at which the point opens and closes. */
int limit_opens(int64_t hours);
int limit_closes(int64_t hours);

#endif
