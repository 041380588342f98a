/*
 * fuzz_words.c - a text that is read as an amount can be written as one, in
 * figures that read back and in words that fit.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/codec/words.h"
#include "core/money.h"

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

		if (!words_of_amount(amount, (enum words_style)style, words))
			abort();
		len = strlen(words);
		if (len < strlen("Ba đồng") || len >= WORDS_SIZE - 1 ||
			words[0] < 'A' || words[0] > 'Z' || strstr(words, "  "))
			abort();
	}
	return 0;
}
