/*
 * What a terminal sends, and what the centre answers: whatever is read comes
 * out byte for byte when it is written again, but for who signs it. Input:
 * hex digits (text, for the corpus) or raw bytes.
 */
#include <assert.h>
#include <string.h>

#include "core/codec/batch.h"
#include "core/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_batch(const uint8_t *bytes, size_t len)
{
	static const uint8_t seed[CRYPTO_SEED_SIZE];
	static uint8_t again[BATCH_MAX_BYTES];
	static struct batch b;
	struct crypto_pair key;
	const char *finding;
	struct buf out;

	if (!batch_read(bytes, len, &b, &finding)) {
		assert(finding);
		return;
	}
	crypto_pair_from_seed(seed, &key);
	buf_init(&out, again, sizeof(again));
	assert(batch_write(&b, key.secret, &out));
	assert(out.len == len);
	assert(memcmp(again, bytes, len - CRYPTO_SIG_SIZE) == 0);
}

static void read_answer(const uint8_t *bytes, size_t len)
{
	static uint8_t again[CHECKPOINT_TEXT + 64];
	struct batch_answer a;
	struct buf out;

	if (!batch_answer_read(bytes, len, &a))
		return;
	buf_init(&out, again, sizeof(again));
	batch_answer_write(&a, &out);
	assert(!out.full && out.len == len);
	assert(memcmp(again, bytes, len) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static uint8_t bytes[16384];
	static char hex[sizeof(bytes)];
	size_t len = size;

	if (size >= sizeof(bytes) || !crypto_start(NULL))
		return 0;
	memcpy(hex, data, size);
	hex[size] = '\0';
	hex[strcspn(hex, "\n")] = '\0';
	if (!str_from_hex(hex, bytes, sizeof(bytes), &len) || len == 0) {
		memcpy(bytes, data, size);
		len = size;
	}
	read_batch(bytes, len);
	read_answer(bytes, len);
	return 0;
}
