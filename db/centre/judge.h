/*
 * judge.h - what a batch is worth, beside what the centre holds already.
 *
 * Every answer of journal.md 8 is decided here, and nothing is written:
 * receive.h fetches what must be known, asks, and carries it out. Pure.
 *
 *	it holds 1..last ------------------------------+
 *	        from = last + 1, right after it        | ACK: all of it is new
 *	   from <= last < to, the old part is the same | ACK: the new part
 *	              to <= last, all of it the same   | ACK, dup
 *	   a hash is another one                       | CONFLICT, fork
 *	        from > last + 1                        | CONFLICT, gap
 */
#ifndef DB_CENTRE_JUDGE_H
#define DB_CENTRE_JUDGE_H

#include "core/codec/batch.h"
#include "db/centre/entry.h"
#include "db/centre/store.h"

enum {
	JUDGE_UNSIGNED_MAX = 20 /* records in a row without a signature: V10 */
};

struct judge_known {
	struct store_device device;
	/* Hashes of the records that batch and centre both have: the one before
	 * the batch first (h_0 for record 0), if the centre has it. */
	uint8_t hash[BATCH_MAX_RECORDS + 1][CRYPTO_HASH_SIZE];
	size_t hashes;
	/* The key that signs the record behind the batch, if the centre knows
	 * it; else that behind its own last record. */
	uint8_t key[CRYPTO_PUBLIC_SIZE];
};

struct judged {
	enum batch_status status;
	bool dup;
	bool fork;
	/* WRONG, or a fork: where, and which check (V..). */
	uint64_t seq;
	int check;
	const char *why; /* static */
	/* ACK: records of the batch from number skip (0, 1..) on are new. */
	size_t skip;
	uint8_t h[BATCH_MAX_RECORDS][CRYPTO_HASH_SIZE]; /* of all of it */
	struct entry entry[BATCH_MAX_RECORDS];          /* of the new ones */
	struct store_key key[BATCH_MAX_RECORDS];
	size_t keys;
	struct store_device after; /* the terminal's row then */
	uint64_t totals_wrong; /* first record whose totals are not right; 0 */
};

/* now: ms. The device's row is in k; everything else is filled in from b. */
void judge(const struct batch *b, const struct judge_known *k, uint64_t now,
	struct judged *out);

#endif
