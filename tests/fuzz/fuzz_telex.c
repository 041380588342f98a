/*
 * fuzz_telex.c - any keys in any method. The first byte chooses method and
 * style; then text, in which a tab erases a character and a line end a word.
 * The line is always UTF-8 in NFC and fits; erasing shortens it and comes to
 * nothing; no key changes a word before the last.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/codec/telex.h"
#include "core/text.h"

enum {
	LINE_SIZE = 128
};

static size_t characters(const char *text)
{
	size_t n = 0;

	while (utf8_next(&text) != 0)
		n++;
	return n;
}

static void check(const char *line)
{
	char nfc[4 * LINE_SIZE];

	if (strlen(line) >= LINE_SIZE || !utf8_valid(line, strlen(line)) ||
		!text_nfc(line, nfc, sizeof(nfc)) || strcmp(nfc, line) != 0)
		abort();
}

static void rub(struct telex *t, char line[LINE_SIZE])
{
	const size_t before = characters(line);

	if (telex_rub(t, line, LINE_SIZE) != (before > 0) ||
		(before > 0 && characters(line) >= before))
		abort();
	check(line);
}

static void type(struct telex *t, char line[LINE_SIZE], uint32_t ch)
{
	char was[LINE_SIZE];
	const char *blank;

	memcpy(was, line, LINE_SIZE);
	if (!telex_type(t, line, LINE_SIZE, ch) && strcmp(was, line) != 0)
		abort();
	check(line);
	/* The words before stay as they are, to the last blank. */
	blank = strrchr(was, ' ');
	if (blank && ch != ' ' && ch < 0x300 &&
		strncmp(was, line, (size_t)(blank - was) + 1) != 0)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char line[LINE_SIZE] = "";
	struct telex t;

	if (size == 0)
		return 0;
	telex_init(&t, (enum telex_method)(data[0] % TELEX_METHOD_COUNT),
		data[0] & 0x40 ? TELEX_NEW : TELEX_OLD);
	for (size_t at = 1; at < size;) {
		size_t used;
		const uint32_t ch =
			utf8_decode((const char *)data + at, size - at, &used);

		at += used;
		if (ch == '\t')
			rub(&t, line);
		else if (ch == '\n')
			telex_rub_word(&t, line);
		else if (ch != 0 && ch != UTF8_BAD)
			type(&t, line, ch);
	}
	while (*line)
		rub(&t, line);
	return 0;
}
