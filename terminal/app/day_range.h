/*
 * day_range.h - which records somebody means who types a day, a month or the
 * number of a shift.
 */
#ifndef APP_DAY_RANGE_H
#define APP_DAY_RANGE_H

#include "db/daylog.h"

enum day_range_found {
	DAY_RANGE_FAILED = -1, /* *err */
	DAY_RANGE_NO_WORDS,    /* what is typed is none of these */
	DAY_RANGE_NONE,        /* no record, no such shift */
	DAY_RANGE_FOUND
};

enum {
	DAY_RANGE_WHEN = 64
};

/*
 * "12" is a shift, "2026-12" a month, "05/12/2026" a day; NULL: today. when:
 * the same in Vietnamese, for papers.
 */
enum day_range_found day_range_find(struct db *db, const char *text,
	struct daylog_range *out, char when[DAY_RANGE_WHEN], struct err *err);

#endif
