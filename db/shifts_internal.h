/* shifts_internal.h - what payouts ask of the shift. Private to db/. */
#ifndef DB_SHIFTS_INTERNAL_H
#define DB_SHIFTS_INTERNAL_H

#include "db/shifts.h"

/* The open shift, if it is that of s: else REFUSED_NO_SHIFT or NOT_YOURS. */
enum verdict shifts_own(struct db *db, const struct session *s,
	struct shift *out, struct refusal *why, struct err *err);

#endif
