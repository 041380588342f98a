/*
 * limits.h - the limits in force here, and a supervisor who changes one.
 *
 * A change is a CONFIG record signed by him, with the line ("limit single
 * 20000000", key 31) in it: whoever reads the book knows what held at any
 * record. Table limit_change only says which records those are; it is
 * compared with the book where users are (told_internal.h). A limit that was
 * never changed has its default; the hours, those of `init --hours`.
 */
#ifndef DB_LIMITS_H
#define DB_LIMITS_H

#include "core/limit.h"
#include "db/refusal.h"
#include "db/users.h"

struct limits {
	int64_t value[LIMIT_COUNT];
	uint64_t seq[LIMIT_COUNT];  /* of the CONFIG record; 0: none yet */
	int64_t actor[LIMIT_COUNT]; /* who signed it */
	int64_t t[LIMIT_COUNT];     /* when, ms since 1970 UTC */
};

/* In force now. ERR_CORRUPT: the table names a record that is no such line. */
bool limits_get(struct db *db, struct limits *out, struct err *err);

/* In force when record seq was made. */
bool limits_before(struct db *db, uint64_t seq, struct limits *out,
	struct err *err);

/*
 * From now on, for the open shift as well. REFUSED_ROLE, REFUSED_LIMIT_RANGE
 * (limit and its range are in the refusal), REFUSED_CLOCK_DAY. DONE, and no
 * record, if it is in force already.
 */
enum verdict limits_set(struct db *db, const struct session *s, enum limit l,
	int64_t value, struct refusal *why, struct err *err);

#endif
