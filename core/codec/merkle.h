/*
 * merkle.h - one hash over many, from which none can be left out unseen.
 *
 * The tree of RFC 6962 2.1, with SHA-256: leaves are hashed with a zero byte
 * before them, two hashes with a one. Leaves come one after the other; memory
 * is that of one path. Pure; any thread.
 */
#ifndef CORE_CODEC_MERKLE_H
#define CORE_CODEC_MERKLE_H

#include <stddef.h>
#include <stdint.h>

#include "core/crypto.h"

enum {
	MERKLE_HEIGHT = 64
};

struct merkle {
	uint64_t count; /* leaves so far */
	/* Roots of whole subtrees: one for each bit of count, the highest
	 * first. */
	uint8_t whole[MERKLE_HEIGHT][CRYPTO_HASH_SIZE];
	size_t wholes;
};

void merkle_init(struct merkle *m);
void merkle_add(struct merkle *m, const void *leaf, size_t len);
/* The root of what was added; more may be added behind it. */
void merkle_root(const struct merkle *m, uint8_t out[CRYPTO_HASH_SIZE]);

#endif
