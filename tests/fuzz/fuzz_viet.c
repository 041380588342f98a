/*
 * fuzz_viet.c - two names, split by a newline: folding is stable, comparing
 * has no direction, and a name is equal to itself in any case and form.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/codec/viet.h"
#include "core/codec/viet_sort.h"
#include "core/text.h"
#include "core/utf8.h"

enum {
	NAME_SIZE = 256,
	WIDE_SIZE = 3 * NAME_SIZE
};

static void check_fold(const char *name)
{
	char folded[WIDE_SIZE];
	char again[WIDE_SIZE];

	if (!viet_fold(name, folded, sizeof(folded)))
		abort();
	for (const char *s = folded; *s; s++)
		if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789 ", *s) ||
			(*s == ' ' && (s == folded || !s[1] || s[1] == ' ')))
			abort();
	if (!viet_fold(folded, again, sizeof(again)) ||
		strcmp(folded, again) != 0 || viet_has_marks(folded) ||
		!viet_is_latin(folded))
		abort();
}

/* Ten marks on a letter are no name; see viet.h. */
static bool is_heaped(const char *name)
{
	char nfd[WIDE_SIZE];
	const char *s = nfd;
	int heap = 0;

	if (!text_nfd(name, nfd, sizeof(nfd)))
		abort();
	while (*s && heap < 9) {
		const uint32_t ch = utf8_next(&s);

		heap = ch >= 0x300 && ch < 0x370 ? heap + 1 : 0;
	}
	return heap >= 9;
}

/* The order of keys is one, and no case or form changes the letters. */
static void check_order(const char *a, const char *b)
{
	char left[WIDE_SIZE * 2];
	char right[WIDE_SIZE * 2];
	char lower[WIDE_SIZE];
	const int order = viet_compare_order(a, b);
	int keys;

	if (!viet_sort_key(a, left, sizeof(left)) ||
		!viet_sort_key(b, right, sizeof(right)))
		abort();
	keys = strcmp(left, right);
	if ((order < 0) != (keys < 0) || (order > 0) != (keys > 0) ||
		(viet_compare_order(b, a) > 0) != (order < 0))
		abort();
	for (const char *s = left; *s; s++)
		if (*s < ' ' || *s > '~')
			abort();
	if (!text_nfd(a, lower, sizeof(lower)) ||
		viet_compare_order(a, lower) != 0)
		abort();
	if (!viet_pad(a, 9, lower, sizeof(lower)) || utf8_columns(lower) != 9)
		abort();
}

/* Words one behind the other are the name; capitals change nothing. */
static void check_list_order(const char *name)
{
	char words[WIDE_SIZE * 2] = "";
	char turned[WIDE_SIZE * 2];
	char key[WIDE_SIZE * 2];
	char nfc[WIDE_SIZE];
	char *word = nfc;

	if (!text_nfc(name, nfc, sizeof(nfc)) ||
		!viet_list_key(nfc, key, sizeof(key)))
		abort();
	while (*word) {
		const size_t len = strcspn(word, " ");
		const size_t at = strlen(words);
		const bool last = word[len] == '\0';

		word[len] = '\0';
		if (!viet_words_key(word, words + at, sizeof(words) - at))
			abort();
		word += len + !last;
	}
	if (!viet_list_turn(words, turned, sizeof(turned)) ||
		strcmp(turned, key) != 0)
		abort();
}

static void check_itself(const char *name)
{
	char other[WIDE_SIZE];

	if (viet_compare(name, name, NULL, 0) != VIET_EQUAL)
		abort();
	/* 160 characters is where comparing letters ends. */
	if (strlen(name) > 100 || is_heaped(name))
		return;
	if (!viet_upper(name, other, sizeof(other)))
		abort();
	if (viet_compare(name, other, NULL, 0) != VIET_EQUAL)
		abort();
	if (!viet_title(name, other, sizeof(other)) ||
		viet_compare(name, other, NULL, 0) != VIET_EQUAL)
		abort();
	if (!text_nfd(name, other, sizeof(other)))
		abort();
	if (viet_compare(name, other, NULL, 0) != VIET_EQUAL)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *cut = size ? memchr(data, '\n', size) : NULL;
	char a[NAME_SIZE];
	char b[NAME_SIZE];
	bool differs[NAME_SIZE + 1] = {false};
	enum viet_verdict v;

	if (!cut)
		return 0;
	if (!text_clean(data, (size_t)(cut - data), a, sizeof(a), NULL) ||
		!text_clean(cut + 1, (size_t)(data + size - cut - 1), b,
			sizeof(b), NULL))
		return 0;
	check_fold(a);
	check_itself(a);
	check_itself(b);
	check_order(a, b);
	check_list_order(a);
	v = viet_compare(a, b, differs, NAME_SIZE);
	if (viet_compare(b, a, NULL, 0) != v)
		abort();
	if (v == VIET_EQUAL && memchr(differs, true, sizeof(differs)))
		abort();
	if (differs[strlen(b)])
		abort();
	return 0;
}
