/*
 * ents_internal.h - what became of each entitlement, while the book is read.
 *
 * A table in memory from entitlement id to its fate: as it was before the
 * first record read (live or not), and as it is after the last.
 */
#ifndef DB_ENTS_INTERNAL_H
#define DB_ENTS_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/payouts.h"

struct ent_fate {
	uint8_t ent[ENT_SIZE];
	uint64_t before; /* PAY that held it before, 0: nobody or unknown */
	uint64_t seq;    /* PAY that holds it now, or held it last */
	enum payout_state state;
	/* Of moves between terminals (handover.h) instead: */
	int hop;
	bool away;
};

/* All zero is an empty table. */
struct ents {
	struct ent_fate *slot;
	size_t slots; /* a power of two */
	size_t used;
};

void ents_clear(struct ents *e); /* frees; the table is empty again */

/* NULL if it was never put. */
struct ent_fate *ents_get(const struct ents *e, const uint8_t ent[ENT_SIZE]);

/* The fate of ent, a new one if need be; NULL: no memory. */
struct ent_fate *ents_put(struct ents *e, const uint8_t ent[ENT_SIZE]);

#endif
