/*
 * What a scanner reads as paid marks: a piece, a card, or the message that a
 * file holds whole.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/codec/marks.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is read is written the same, but for who signs it. */
static void read_message(const uint8_t *bytes, size_t len)
{
	static const uint8_t seed[CRYPTO_SEED_SIZE];
	uint8_t again[MARKS_MAX_BYTES];
	struct crypto_pair pair;
	struct marks m;
	uint8_t *bits;
	size_t n;

	if (!marks_read_head(bytes, len, &m))
		return;
	bits = malloc(marks_bits_size(m.count));
	if (bits && marks_read_bits(bytes, len, &m, bits)) {
		crypto_pair_from_seed(seed, &pair);
		assert(marks_write(&m, bits, pair.secret, again, &n));
		assert(n == len);
		assert(memcmp(again, bytes, len - CRYPTO_SIG_SIZE) == 0);
		assert(marks_is_signed(again, n, pair.public));
	}
	free(bits);
}

/* Lines of pieces, as they come; then they are cut again. */
static void read_pieces(char *text)
{
	static struct marks_parts p;
	char again[MARKS_TEXT_SIZE];
	struct marks_card card;

	memset(&p, 0, sizeof(p));
	for (char *line = strtok_r(text, "\n", &text); line;
		line = strtok_r(NULL, "\n", &text)) {
		enum marks_part got = marks_take_piece(&p, line);

		assert(p.got <= p.len && p.len <= MARKS_MAX_BYTES);
		assert(got != MARKS_WHOLE || p.got == p.len);
		assert(marks_lacking(&p, 0) <= marks_parts_all(&p));
		if (got == MARKS_WHOLE) {
			marks_piece_text(p.bytes, p.len, MARKS_ON_SCREEN, 0,
				again);
			assert(marks_take_piece(&p, again) == MARKS_WHOLE);
			read_message(p.bytes, p.len);
		}
		if (marks_card_parse(line, &card)) {
			marks_card_text(&card, again);
			assert(strncmp(again, line, strlen(again)) == 0);
		}
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text;

	read_message(data, size);
	text = malloc(size + 1);
	if (!text)
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	read_pieces(text);
	free(text);
	return 0;
}
