/*
 * faults.h - from when to when something of this terminal did not work: what
 * was written by hand meanwhile has its reason in the book.
 *
 * FAULT_BEGIN and FAULT_END (50, 51) with the reason; faults of one reason do
 * not overlap, so beginning one that is open, or ending one that is not, does
 * nothing. The printer's begins and ends with its paper (app/run.c), that of
 * disk and clock where the book refuses to pay for it and where it pays again
 * (payouts.c). A read-only disk takes no record at all, a clock that shows no
 * day not this one. A book that lacks its end is another thing: proof.h.
 */
#ifndef DB_FAULTS_H
#define DB_FAULTS_H

#include <stdint.h>

#include "db/users.h"

/* Key 17, of those that are noted here. */
enum fault {
	FAULT_PRINTER = 2,
	FAULT_DISK = 3,  /* too full to pay anybody */
	FAULT_CLOCK = 4, /* further behind the book than is allowed */
};

/* The FAULT_BEGIN record of the one that is open; 0: none is. */
bool faults_open(struct db *db, enum fault f, uint64_t *seq, struct err *err);

/* s: who met it, user 0 for nobody. */
bool faults_begin(struct db *db, const struct session *s, enum fault f,
	struct err *err);
bool faults_end(struct db *db, const struct session *s, enum fault f,
	struct err *err);

#endif
