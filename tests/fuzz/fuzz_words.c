/*
 * fuzz_words.c - a text that is read as an amount can be written as one, in
 * figures that read back and in words that fit and read back; a text that is
 * read as words means an amount.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/codec/words.h"
#include "core/money.h"
#include "core/utf8.h"

/* Whatever words are understood say an amount that can be said. */
static void check_words(const char *text)
{
	char words[WORDS_SIZE];
	int64_t amount = -1;
	int64_t back = -1;

	if (!words_to_amount(text, &amount)) {
		if (amount != -1)
			abort();
		return;
	}
	if (!words_of_amount(amount, WORDS_SOUTH, words) ||
		!words_to_amount(words, &back) || back != amount)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);
	char figures[MONEY_TEXT_SIZE];
	char words[WORDS_SIZE];
	int64_t amount = -1;
	int64_t back = -1;

	if (!text)
		return 0;
	if (size > 0)
		memcpy(text, data, size);
	text[size] = '\0';
	if (utf8_valid(text, strlen(text)))
		check_words(text);
	if (!money_parse(text, &amount)) {
		if (amount != -1)
			abort();
		free(text);
		return 0;
	}
	free(text);
	if (amount < 0 || amount > MONEY_MAX ||
		!money_parse(money_format(amount, figures), &back) ||
		back != amount)
		abort();
	for (int style = 0; style < WORDS_STYLE_COUNT; style++) {
		size_t len;

		if (!words_of_amount(amount, (enum words_style)style, words) ||
			!words_to_amount(words, &back) || back != amount)
			abort();
		len = strlen(words);
		if (len < strlen("Ba đồng") || len >= WORDS_SIZE - 1 ||
			words[0] < 'A' || words[0] > 'Z' || strstr(words, "  "))
			abort();
	}
	return 0;
}
