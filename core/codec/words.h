/*
 * words.h - an amount in Vietnamese words, as on every paper that pays.
 *
 * Rules: groups of three from the right; "linh" for a zero ten; mốt after
 * mươi, tư after mươi, lăm after mười and mươi; zero groups silent; the first
 * letter upper-case, "đồng" at the end. Above a billion the
 * number of billions is said as a number. Checked against published pairs
 * (tests/data/number_words.tsv). Pure; any thread.
 */
#ifndef CORE_CODEC_WORDS_H
#define CORE_CODEC_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum words_style {
	WORDS_NORTH, /* linh, nghìn */
	WORDS_SOUTH, /* lẻ, ngàn */
	WORDS_STYLE_COUNT,
};

enum {
	WORDS_SIZE = 512 /* enough for MONEY_MAX in either style */
};

/* 0 to MONEY_MAX; false, and out "", for any other amount. */
bool words_of_amount(int64_t amount, enum words_style style,
	char out[WORDS_SIZE]);

/*
 * The amount that words say: what words_of_amount() writes in either style
 * or both mixed, in any case, "tỉ" for tỷ, with "chẵn" behind it or without
 * đồng. One amount has one wording, so any other is refused: false, and *out
 * as it was.
 */
bool words_to_amount(const char *words, int64_t *out);

#endif
