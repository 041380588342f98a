/*
 * What a scanner reads as a hand-over: a piece, or the message that a file
 * holds whole.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/codec/release.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is read is written the same, but for who signs it. */
static void read_message(const uint8_t *bytes, size_t len)
{
	static const uint8_t seed[CRYPTO_SEED_SIZE];
	uint8_t again[RELEASE_MAX_BYTES];
	struct crypto_pair pair;
	struct release r;
	size_t n;

	if (!release_read(bytes, len, &r))
		return;
	crypto_pair_from_seed(seed, &pair);
	assert(release_write(&r, pair.secret, again, &n));
	assert(n == len);
	assert(memcmp(again, bytes, len - CRYPTO_SIG_SIZE) == 0);
	assert(release_is_signed(again, n, pair.public));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct marks_parts p;
	char *text = malloc(size + 1);
	char *rest;

	read_message(data, size);
	if (!text)
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	memset(&p, 0, sizeof(p));
	for (char *line = strtok_r(text, "\n", &rest); line;
		line = strtok_r(NULL, "\n", &rest))
		if (release_take_piece(&p, line) == MARKS_WHOLE)
			read_message(p.bytes, p.len);
	free(text);
	return 0;
}
