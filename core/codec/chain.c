#include "core/codec/chain.h"

static const char tag_genesis[] = "CHTRGEN1";
static const char tag_record[] = "CHTRREC1";
static const char tag_sig[] = "CHTRSIG1";

enum {
	TAG_SIZE = 8
};

void chain_genesis(const uint8_t dev[CHAIN_DEV_SIZE],
	const uint8_t device_public[CRYPTO_PUBLIC_SIZE],
	uint8_t out[CRYPTO_HASH_SIZE])
{
	struct crypto_hash h;

	crypto_hash_start(&h);
	crypto_hash_add(&h, tag_genesis, TAG_SIZE);
	crypto_hash_add(&h, dev, CHAIN_DEV_SIZE);
	crypto_hash_add(&h, device_public, CRYPTO_PUBLIC_SIZE);
	crypto_hash_end(&h, out);
}

void chain_next(const uint8_t before[CRYPTO_HASH_SIZE], const void *body,
	size_t len, uint8_t out[CRYPTO_HASH_SIZE])
{
	struct crypto_hash h;

	crypto_hash_start(&h);
	crypto_hash_add(&h, tag_record, TAG_SIZE);
	crypto_hash_add(&h, before, CRYPTO_HASH_SIZE);
	crypto_hash_add(&h, body, len);
	crypto_hash_end(&h, out);
}

void chain_sign(const uint8_t h[CRYPTO_HASH_SIZE],
	const uint8_t secret[CRYPTO_SECRET_SIZE], uint8_t sig[CRYPTO_SIG_SIZE])
{
	crypto_sign_tagged(tag_sig, h, CRYPTO_HASH_SIZE, secret, sig);
}

bool chain_verify(const uint8_t h[CRYPTO_HASH_SIZE],
	const uint8_t public[CRYPTO_PUBLIC_SIZE],
	const uint8_t sig[CRYPTO_SIG_SIZE])
{
	return crypto_verify_tagged(tag_sig, h, CRYPTO_HASH_SIZE, public, sig);
}
