/*
 * receive.h - a batch comes in: one transaction, one answer.
 *
 * What it is worth is judge.h's; here it is written, all or nothing, with the
 * checkpoint that is the answer, so that a batch whose answer was lost on the
 * way is answered with the very same text. Only after the commit does anybody
 * hear of it. One receiver a thread, on a store of its own.
 */
#ifndef DB_CENTRE_RECEIVE_H
#define DB_CENTRE_RECEIVE_H

#include "core/codec/batch.h"
#include "db/centre/judge.h"
#include "db/centre/store.h"

struct receiver;

/* The keys are borrowed; name: of the key that signs checkpoints. */
struct receiver *receiver_new(struct store *store, const char *name,
	const struct crypto_pair *key, struct err *err);
void receiver_free(struct receiver *r); /* NULL is allowed */

enum {
	RECEIVE_LEASE_DAYS = 30
};

/*
 * So long from each checkpoint on its terminal may pay without hearing from
 * the centre again; 0: for ever. RECEIVE_LEASE_DAYS if nobody says.
 */
void receiver_lease(struct receiver *r, unsigned days);

/* For the log, and for those who count. */
struct receive_told {
	uint8_t dev[BATCH_DEV]; /* zeros: cannot be read */
	uint64_t from;
	uint64_t to;
	size_t taken;   /* new records */
	size_t doubles; /* money that was paid already */
	int check;
	uint64_t seq;
	const char *why; /* static */
};

/*
 * peer: who holds the other end of the line, NULL if the batch came some other
 * way. A batch of somebody else is REVOKED for him, and nothing is kept.
 * False: the store failed, nobody knows what became of it; answer LATER. The
 * batch comes again, and then we shall see.
 */
bool receive(struct receiver *r, const void *bytes, size_t len,
	const uint8_t *peer, uint64_t now, struct batch_answer *out,
	struct receive_told *told, struct err *err);

#endif
