/* A page that is read can be written, and is the same but for who signed it.
 * Input: hex or bytes. */
#include <assert.h>
#include <string.h>

#include "core/codec/tail.h"
#include "core/str.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
	SIZE = 16384
};

/* Its last bytes are key id and signature. */
static void write_again(struct tail *t, const uint8_t *bytes, size_t len)
{
	static const uint8_t seed[CRYPTO_SEED_SIZE];
	const size_t end = 1 + 1 + TAIL_KEY_ID + 1 + 2 + CRYPTO_SIG_SIZE;
	static uint8_t again[SIZE];
	struct crypto_pair key;
	struct buf out;

	crypto_pair_from_seed(seed, &key);
	buf_init(&out, again, sizeof(again));
	assert(tail_write(t, &key, &out));
	assert(out.len == len);
	assert(memcmp(again, bytes, len - end) == 0);
	assert(tail_is_signed(t, key.public));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const uint8_t zero[CRYPTO_PUBLIC_SIZE];
	static uint8_t bytes[SIZE];
	static char hex[SIZE];
	static struct tail t;
	const char *finding;
	size_t len = size;
	size_t used;

	if (size >= sizeof(bytes) || !crypto_start(NULL))
		return 0;
	memcpy(hex, data, size);
	hex[size] = '\0';
	hex[strcspn(hex, "\n")] = '\0';
	if (!str_from_hex(hex, bytes, sizeof(bytes), &len) || len == 0) {
		memcpy(bytes, data, size);
		len = size;
	}
	used = tail_read(bytes, len, &t, &finding);
	assert(used <= len && (used > 0) == (finding == NULL));
	if (used == 0)
		return 0;
	assert(!tail_is_signed(&t, zero));
	write_again(&t, bytes, used);
	return 0;
}
