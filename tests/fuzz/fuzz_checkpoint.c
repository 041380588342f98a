/* What is read as a checkpoint is signed as just this text. */
#include <assert.h>
#include <string.h>

#include "core/codec/checkpoint.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const uint8_t seed[CRYPTO_SEED_SIZE];
	uint8_t again[CHECKPOINT_TEXT];
	struct crypto_pair key;
	struct checkpoint c;
	struct buf out;
	const uint8_t *dash;

	if (!crypto_start(NULL) ||
		!checkpoint_read((const char *)data, size, &c))
		return 0;
	crypto_pair_from_seed(seed, &key);
	assert(!checkpoint_is_signed(&c, key.public) || c.seq == 2);
	buf_init(&out, again, sizeof(again));
	checkpoint_sign(&c, c.name, &key, &out);
	dash = memchr(data, 0xe2, size);
	assert(!out.full && out.len == size && dash);
	assert(memcmp(again, data, (size_t)(dash - data)) == 0);
	return 0;
}
