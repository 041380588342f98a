/*
 * chain_internal.h - what papers say and is signed (journal.md 6). Pure. The
 * hashes and signatures of records are in core/codec/chain.h.
 */
#ifndef DB_CHAIN_INTERNAL_H
#define DB_CHAIN_INTERNAL_H

#include "core/codec/chain.h"
#include "core/codec/seal.h"
#include "core/codec/zseal.h"
#include "core/crypto.h"
#include "db/db.h"
#include "db/record_internal.h"

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
