/*
 * chain_internal.h - the hashes and what is signed (journal.md 3 and 6). Pure.
 */
#ifndef DB_CHAIN_INTERNAL_H
#define DB_CHAIN_INTERNAL_H

#include "core/codec/seal.h"
#include "core/codec/zseal.h"
#include "core/crypto.h"
#include "db/db.h"
#include "db/record_internal.h"

/* h_0: before the first record. */
void chain_genesis(const uint8_t dev[DB_DEV_SIZE],
	const uint8_t device_public[CRYPTO_PUBLIC_SIZE],
	uint8_t out[CRYPTO_HASH_SIZE]);

/* h_i of body i; out may be before. */
void chain_next(const uint8_t before[CRYPTO_HASH_SIZE], const void *body,
	size_t len, uint8_t out[CRYPTO_HASH_SIZE]);

void chain_sign(const uint8_t h[CRYPTO_HASH_SIZE],
	const uint8_t secret[CRYPTO_SECRET_SIZE], uint8_t sig[CRYPTO_SIG_SIZE]);
bool chain_verify(const uint8_t h[CRYPTO_HASH_SIZE],
	const uint8_t public[CRYPTO_PUBLIC_SIZE],
	const uint8_t sig[CRYPTO_SIG_SIZE]);

/* What a PAY's receipt says, without its signature. */
void chain_seal(const struct record *r, const uint8_t h[CRYPTO_HASH_SIZE],
	struct seal *out);
void chain_sign_receipt(struct seal *s,
	const uint8_t secret[CRYPTO_SECRET_SIZE]);
bool chain_verify_receipt(const struct seal *s,
	const uint8_t public[CRYPTO_PUBLIC_SIZE]);

/* What a CLOSE's Z slip says, without its signature. */
void chain_zseal(const struct record *r, const uint8_t h[CRYPTO_HASH_SIZE],
	struct zseal *out);
void chain_sign_slip(struct zseal *z, const uint8_t secret[CRYPTO_SECRET_SIZE]);
bool chain_verify_slip(const struct zseal *z,
	const uint8_t public[CRYPTO_PUBLIC_SIZE]);

#endif
