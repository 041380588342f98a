/*
 * chain.h - the hashes of a book and the signature of a record (journal.md 3).
 *
 * Terminal and centre share it; db/verify has its own. Pure; any thread.
 */
#ifndef CORE_CODEC_CHAIN_H
#define CORE_CODEC_CHAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/crypto.h"

enum {
	CHAIN_DEV_SIZE = 16
};

/* h_0: before the first record. */
void chain_genesis(const uint8_t dev[CHAIN_DEV_SIZE],
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

#endif
