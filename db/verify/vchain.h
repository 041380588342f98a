/*
 * vchain.h - the hashes of the chain and what is signed (journal.md 3, 6).
 *
 * Written anew for the verifier; hash and signature primitives alone are
 * libsodium's, by core/crypto.h. Pure.
 */
#ifndef DB_VERIFY_VCHAIN_H
#define DB_VERIFY_VCHAIN_H

#include "db/verify/vrecord.h"

/* h_0, before the first record. */
void vchain_begin(const uint8_t dev[VRECORD_ID], const uint8_t pk[VRECORD_HASH],
	uint8_t out[VRECORD_HASH]);

/* h_i of body i; out may be before. */
void vchain_next(const uint8_t before[VRECORD_HASH], const uint8_t *body,
	size_t len, uint8_t out[VRECORD_HASH]);

/* The signature of a record, over its hash. */
bool vchain_signed(const uint8_t h[VRECORD_HASH],
	const uint8_t key[VRECORD_HASH], const uint8_t sig[VRECORD_SIG]);

/* The signature of a person, over the digest of what he did. */
bool vchain_acted(const uint8_t digest[VRECORD_HASH],
	const uint8_t key[VRECORD_HASH], const uint8_t sig[VRECORD_SIG]);

/* The device that a training journal of this device bears. */
void vchain_training(const uint8_t dev[VRECORD_ID], uint8_t out[VRECORD_ID]);

#endif
