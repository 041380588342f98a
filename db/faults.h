/*
 * faults.h - from when to when something of this terminal did not work: what
 * was written by hand meanwhile has its reason in the book.
 *
 * FAULT_BEGIN and FAULT_END (50, 51) with the reason; faults of one reason do
 * not overlap, so beginning one that is open, or ending one that is not, does
 * nothing. A book that lacks its end is another thing: proof.h.
 */
#ifndef DB_FAULTS_H
#define DB_FAULTS_H

#include <stdint.h>

#include "db/users.h"

/* Key 17, of those that are noted here. */
enum fault {
	FAULT_PRINTER = 2,
};

/* The FAULT_BEGIN record of the one that is open; 0: none is. */
bool faults_open(struct db *db, enum fault f, uint64_t *seq, struct err *err);

/* s: who met it, user 0 for nobody. */
bool faults_begin(struct db *db, const struct session *s, enum fault f,
	struct err *err);
bool faults_end(struct db *db, const struct session *s, enum fault f,
	struct err *err);

#endif
