/*
 * corrections.h - what the counter found, for the office's lists.
 *
 * Corrections: where card and list differed and the agent accepted it
 * (REVIEW), both sides and his reason. Who did not collect is told by cycle.h.
 * It is people's data, so somebody has to be signed in (else ERR_DENIED).
 * Threads: that of the store. Blocking: some 50 us a person.
 */
#ifndef DB_CORRECTIONS_H
#define DB_CORRECTIONS_H

#include "db/payouts.h"

struct correction {
	uint64_t seq; /* of the REVIEW */
	int64_t t;
	int64_t actor;
	unsigned bits; /* REVIEW_ */
	enum review_reason reason;
	struct review_card card;
	struct review_card list; /* the same, as the list had it then */
	struct person person;    /* as he is known now; texts "" if erased */
};

/*
 * In their order; period: of the list, 0: all. False: *err, or each() wanted
 * no more (then err->code is ERR_NONE).
 */
bool corrections_each(struct db *db, int32_t period,
	bool (*each)(void *ctx, const struct correction *c), void *ctx,
	struct err *err);

#endif
