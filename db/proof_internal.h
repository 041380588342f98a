/*
 * proof_internal.h - freezing the book for another reason than a paper.
 */
#ifndef DB_PROOF_INTERNAL_H
#define DB_PROOF_INTERNAL_H

#include "db/proof.h"

/* FAULT_BEGIN, reason 5; rsum: the hash of what proves it. */
bool proof_freeze(struct db *db, int64_t actor,
	const uint8_t rsum[CRYPTO_HASH_SIZE], struct err *err);

#endif
