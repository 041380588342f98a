/*
 * window_internal.h - is this a day on which a list is paid? Private to db/.
 *
 * The list of a month reaches the payer before day 25 of the month before,
 * sometimes for two months at once; what is not collected goes back and comes
 * again on a later list (ND 20/2021 art. 34, TT 44/2022 art. 8). So a list is
 * paid from two months before its own to three months after it, settings of
 * `init`. A clock that shows a day after the newest list's time, or before
 * there was this program, shows no day at all: until it is set right, or a
 * supervisor has vouched for it, the book takes nothing but CLOCK records,
 * and people may look, not pay. A demo store, whose list never ages, knows
 * only the lower end.
 */
#ifndef DB_WINDOW_INTERNAL_H
#define DB_WINDOW_INTERNAL_H

#include "db/refusal.h"

enum {
	WINDOW_BEFORE = 2, /* months; the defaults */
	WINDOW_AFTER = 3,
	WINDOW_MAX = 1200
};

/* 2025-01-01, ms since 1970: before there was this program. */
#define WINDOW_EARLIEST INT64_C(1735689600000)

/* "2:3"; "" is the default. False if it is not that. */
bool window_parse(const char *text, int *before, int *after);

/* Is the list of that period (YYYYMM) paid on the day of now? */
bool window_has(const struct db *db, int32_t period, int64_t now);

/* Does now show no day? Says nothing of whether somebody vouched for it. */
bool window_no_day(struct db *db, int64_t now, bool *no_day, struct err *err);

/* REFUSED_CLOCK_DAY if it is so, and nobody vouched. */
enum verdict window_clock(struct db *db, struct refusal *why, struct err *err);

#endif
