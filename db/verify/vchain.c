#include "db/verify/vchain.h"

#include <string.h>

#include "core/crypto.h"

enum {
	TAG = 8
};

void vchain_begin(const uint8_t dev[VRECORD_ID], const uint8_t pk[VRECORD_HASH],
	uint8_t out[VRECORD_HASH])
{
	uint8_t all[TAG + VRECORD_ID + VRECORD_HASH];

	memcpy(all, "CHTRGEN1", TAG);
	memcpy(all + TAG, dev, VRECORD_ID);
	memcpy(all + TAG + VRECORD_ID, pk, VRECORD_HASH);
	crypto_sha256(all, sizeof(all), out);
}

void vchain_next(const uint8_t before[VRECORD_HASH], const uint8_t *body,
	size_t len, uint8_t out[VRECORD_HASH])
{
	struct crypto_hash h;

	crypto_hash_start(&h);
	crypto_hash_add(&h, "CHTRREC1", TAG);
	crypto_hash_add(&h, before, VRECORD_HASH);
	crypto_hash_add(&h, body, len);
	crypto_hash_end(&h, out);
}

bool vchain_signed(const uint8_t h[VRECORD_HASH],
	const uint8_t key[VRECORD_HASH], const uint8_t sig[VRECORD_SIG])
{
	return crypto_verify_tagged("CHTRSIG1", h, VRECORD_HASH, key, sig);
}

bool vchain_acted(const uint8_t digest[VRECORD_HASH],
	const uint8_t key[VRECORD_HASH], const uint8_t sig[VRECORD_SIG])
{
	return crypto_verify_tagged("CHTRACT1", digest, VRECORD_HASH, key, sig);
}

void vchain_training(const uint8_t dev[VRECORD_ID], uint8_t out[VRECORD_ID])
{
	uint8_t h[VRECORD_HASH];
	struct crypto_hash sum;

	crypto_hash_start(&sum);
	crypto_hash_add(&sum, "TRAIN", 5);
	crypto_hash_add(&sum, dev, VRECORD_ID);
	crypto_hash_end(&sum, h);
	memcpy(out, h, VRECORD_ID);
}
