/*
 * drawers.h - the cash drawer: opened without a payment, and how long open.
 *
 * Opening it without a payment is a NULL record (5) with its reason (17): it
 * moves no money, and nobody opens the drawer in silence. How long it stood
 * open is a diary beside the journal (the table drawer_open): a sensor's word
 * is nothing to sign, and nothing depends on it. One writer; blocks for the
 * disk.
 */
#ifndef DB_DRAWERS_H
#define DB_DRAWERS_H

#include <stdint.h>

#include "db/refusal.h"
#include "db/users.h"

/* Key 17 of NULL. */
enum drawer_reason {
	DRAWER_CHANGE = 1, /* small change for banknotes */
	DRAWER_COUNT = 2,  /* counted, nothing taken out */
	DRAWER_STUCK = 3,  /* it did not open, or a note is stuck in it */
	DRAWER_OTHER = 9,
};

/*
 * Record it, before anything opens. s must have the shift that is open:
 * REFUSED_NO_SHIFT, REFUSED_OTHER_SHIFT, REFUSED_ROLE. *seq is the record.
 */
enum verdict drawers_without(struct db *db, const struct session *s,
	enum drawer_reason reason, uint64_t *seq, struct refusal *why,
	struct err *err);

/* It was seen shut again; the first word about a record stays. */
bool drawers_shut(struct db *db, uint64_t seq, int64_t open_ms,
	struct err *err);

/* How long it stood open at that record. */
enum lookup drawers_open_ms(struct db *db, uint64_t seq, int64_t *open_ms,
	struct err *err);

#endif
