#include "core/codec/merkle.h"

#include <string.h>

void merkle_init(struct merkle *m)
{
	m->count = 0;
	m->wholes = 0;
}

static void join(const uint8_t left[CRYPTO_HASH_SIZE],
	const uint8_t right[CRYPTO_HASH_SIZE], uint8_t out[CRYPTO_HASH_SIZE])
{
	struct crypto_hash h;

	crypto_hash_start(&h);
	crypto_hash_add(&h, "\1", 1);
	crypto_hash_add(&h, left, CRYPTO_HASH_SIZE);
	crypto_hash_add(&h, right, CRYPTO_HASH_SIZE);
	crypto_hash_end(&h, out);
}

void merkle_add(struct merkle *m, const void *leaf, size_t len)
{
	struct crypto_hash h;

	crypto_hash_start(&h);
	crypto_hash_add(&h, "\0", 1);
	crypto_hash_add(&h, leaf, len);
	crypto_hash_end(&h, m->whole[m->wholes++]);
	/* As a binary counter: each carry is two of a size that become one. */
	for (uint64_t n = m->count++; n & 1; n >>= 1) {
		join(m->whole[m->wholes - 2], m->whole[m->wholes - 1],
			m->whole[m->wholes - 2]);
		m->wholes--;
	}
}

void merkle_root(const struct merkle *m, uint8_t out[CRYPTO_HASH_SIZE])
{
	if (m->wholes == 0) {
		crypto_sha256("", 0, out);
		return;
	}
	memcpy(out, m->whole[m->wholes - 1], CRYPTO_HASH_SIZE);
	for (size_t i = m->wholes - 1; i > 0; i--)
		join(m->whole[i - 1], out, out);
}
