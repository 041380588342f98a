/*
 * receive_internal.h - what the files of receive.h share.
 *
 * receive.c has the transaction and the answer, receive_money.c what a batch
 * does to the payments that stand.
 */
#ifndef DB_CENTRE_RECEIVE_INTERNAL_H
#define DB_CENTRE_RECEIVE_INTERNAL_H

#include "db/centre/receive.h"

enum {
	/* Of a batch: an item takes 21 bytes of it at least. */
	RECEIVE_ITEMS_MAX = BATCH_MAX_BYTES / 21
};

struct receiver {
	struct store *store;
	const char *name;
	const struct crypto_pair *key;
	uint64_t lease_ms; /* 0: none is given */
	struct batch batch;
	struct judge_known known;
	struct judged judged;
	struct store_record record[BATCH_MAX_RECORDS];
	struct store_paid paid[RECEIVE_ITEMS_MAX];
};

/*
 * Who paid what, in the order of the book: payments together in one go, up to
 * a VOID or an entitlement that comes again.
 */
bool receive_money(struct receiver *r, uint64_t now, struct receive_told *told,
	struct err *err);

/* Nothing comes of the batch but its records and payments, which are the first
 * *paids of paid then. */
bool receive_is_plain(struct receiver *r, size_t *paids);

#endif
