/*
 * positions_internal.h - the entitlements of one list, each at its position.
 *
 * Those that are paid in cash, in the order of their bytes: the same on every
 * terminal that took that list (FORMATS.md, paid marks). 17 bytes each.
 */
#ifndef DB_POSITIONS_INTERNAL_H
#define DB_POSITIONS_INTERNAL_H

#include "core/codec/marks.h"
#include "db/people.h"

struct positions {
	uint32_t count;
	int64_t paid;               /* how many are paid here */
	uint8_t names[MARKS_SHORT]; /* of all of them */
	uint8_t (*ent)[ENT_SIZE];
	uint8_t *bits; /* which are paid here */
};

/* Of list id; *out is to be freed, whatever comes of it. */
bool positions_load(struct db *db, int64_t list, struct positions *out,
	struct err *err);
void positions_free(struct positions *p);

#endif
