/* shifts_internal.h - what payouts ask of the shift. Private to db/. */
#ifndef DB_SHIFTS_INTERNAL_H
#define DB_SHIFTS_INTERNAL_H

#include "db/journal.h"
#include "db/shifts.h"

/* The open shift, if it is that of s: else REFUSED_NO_SHIFT or NOT_YOURS. */
enum verdict shifts_own(struct db *db, const struct session *s,
	struct shift *out, struct refusal *why, struct err *err);

/*
 * Is the open shift that of somebody who is out, so that s may stand in for
 * him (ACT_STAND_IN) with a second person? *out is zero where none is open.
 */
bool shifts_is_left(struct db *db, const struct session *s, struct shift *out,
	bool *is, struct err *err);

/* Key 28 of OVER_SHORT. */
enum {
	COUNTED_OVER = 1,
	COUNTED_SHORT = 2
};

/* The drawer of a shift: the book's totals less those before it. */
void shifts_since(const struct journal_totals *now,
	const struct journal_totals *then, struct shift *out);

#endif
