/* UTF-8 is read strictly; widths and cuts follow whole characters. */
#include "support/unit.h"

#include <stdbool.h>
#include <string.h>

#include "core/utf8.h"

struct decode_row {
	const char *name;
	const char *bytes;
	size_t len;
	uint32_t ch;
	size_t used;
};

static struct decode_row decode_rows[] = {
	{"decode: ASCII", "a", 1, 'a', 1},
	{"decode: NUL", "\0", 1, 0, 1},
	{"decode: two bytes", "đ", 2, 0x111, 2},
	{"decode: three bytes", "ễ", 3, 0x1ec5, 3},
	{"decode: four bytes", "\xf0\x9f\x98\x80", 4, 0x1f600, 4},
	{"decode: the least of two bytes", "\xc2\x80", 2, 0x80, 2},
	{"decode: the least of three", "\xe0\xa0\x80", 3, 0x800, 3},
	{"decode: the least of four", "\xf0\x90\x80\x80", 4, 0x10000, 4},
	{"decode: the last of all", "\xf4\x8f\xbf\xbf", 4, 0x10ffff, 4},
	{"decode: beyond the last", "\xf4\x90\x80\x80", 4, UTF8_BAD, 1},
	{"decode: overlong slash in two", "\xc0\xaf", 2, UTF8_BAD, 1},
	{"decode: overlong in two at the edge", "\xc1\xbf", 2, UTF8_BAD, 1},
	{"decode: overlong in three", "\xe0\x9f\xbf", 3, UTF8_BAD, 1},
	{"decode: overlong in four", "\xf0\x8f\xbf\xbf", 4, UTF8_BAD, 1},
	{"decode: first surrogate", "\xed\xa0\x80", 3, UTF8_BAD, 1},
	{"decode: last surrogate", "\xed\xbf\xbf", 3, UTF8_BAD, 1},
	{"decode: before the surrogates", "\xed\x9f\xbf", 3, 0xd7ff, 3},
	{"decode: lone continuation", "\x80", 1, UTF8_BAD, 1},
	{"decode: cut after one of two", "\xc4", 1, UTF8_BAD, 1},
	{"decode: cut after two of three", "\xe1\xbb", 2, UTF8_BAD, 1},
	{"decode: no continuation behind", "\xc4z", 2, UTF8_BAD, 1},
	{"decode: no third byte behind", "\xe1\xbbz", 3, UTF8_BAD, 1},
	{"decode: a byte that never is", "\xff", 1, UTF8_BAD, 1},
	{"decode: U+FFFD itself", "\xef\xbf\xbd", 3, 0xfffd, 3},
};

static void run_decode(void **state)
{
	const struct decode_row *row = *state;
	const bool good = row->ch != UTF8_BAD || row->used == 3;
	char copy[8];
	const char *next = copy;
	size_t used = 99;

	assert_int_equal(utf8_decode(row->bytes, row->len, &used), row->ch);
	assert_int_equal(used, row->used);
	assert_int_equal(utf8_valid(row->bytes, row->len), good);
	if (good && row->ch != 0) {
		assert_int_equal(utf8_encode(row->ch, copy), row->len);
		assert_memory_equal(copy, row->bytes, row->len);
	}
	memcpy(copy, row->bytes, row->len);
	copy[row->len] = '\0';
	assert_int_equal(utf8_next(&next), row->ch);
	assert_int_equal(next - copy, row->ch == 0 ? 0 : (int)row->used);
}

static void every_character_comes_back(void **state)
{
	(void)state;
	for (uint32_t ch = 1; ch <= 0x10ffff; ch++) {
		char bytes[UTF8_MAX_BYTES];
		size_t used;
		size_t len;

		if (ch == 0xd800)
			ch = 0xe000;
		len = utf8_encode(ch, bytes);
		if (utf8_decode(bytes, len, &used) != ch || used != len)
			fail_msg("U+%04X", ch);
	}
}

struct width_row {
	const char *name;
	const char *text;
	int columns;
};

static struct width_row width_rows[] = {
	{"width: nothing", "", 0},
	{"width: ASCII", "abc", 3},
	{"width: a Vietnamese word", "Nguyễn", 6},
	{"width: the same in NFD", "Nguye\u0302\u0303n", 6},
	{"width: a control is none", "a\033b", 2},
	{"width: a C1 control is none",
		"a\xc2\x9b"
		"b",
		2},
	{"width: zero-width space is none", "a\u200bb", 2},
	{"width: a BOM is none", "\ufeff", 0},
	{"width: Chinese is two", "阮", 2},
	{"width: Hangul is two", "한", 2},
	{"width: full-width A is two", "Ａ", 2},
	{"width: an emoji is two", "😀", 2},
	{"width: đồng sign", "₫", 1},
	{"width: line of a box", "─│", 2},
	{"width: a bad byte is one", "\xff", 1},
};

static void run_width(void **state)
{
	const struct width_row *row = *state;

	assert_int_equal(utf8_columns(row->text), row->columns);
}

struct cut_row {
	const char *name;
	const char *text;
	size_t max;      /* bytes, or columns */
	size_t at;       /* utf8_cut */
	size_t at_width; /* utf8_cut_columns */
};

static struct cut_row cut_rows[] = {
	{"cut: all fits", "abc", 3, 3, 3},
	{"cut: more than all", "abc", 9, 3, 3},
	{"cut: nothing", "abc", 0, 0, 0},
	{"cut: inside a letter", "aễb", 2, 1, 4},
	{"cut: behind a letter", "aễb", 4, 4, 5},
	{"cut: columns keep combining marks", "e\u0302\u0303n", 1, 1, 5},
	{"cut: a wide letter does not fit half", "a阮", 2, 1, 1},
};

static void run_cut(void **state)
{
	const struct cut_row *row = *state;

	assert_int_equal(utf8_cut(row->text, row->max), row->at);
	assert_int_equal(utf8_cut_columns(row->text, (int)row->max),
		row->at_width);
}

int main(void)
{
	struct CMUnitTest tests[1 + COUNT_OF(decode_rows) +
				COUNT_OF(width_rows) + COUNT_OF(cut_rows)] = {
		cmocka_unit_test(every_character_comes_back),
	};
	size_t n = 1;

	UNIT_ADD_ROWS(tests, &n, decode_rows, run_decode);
	UNIT_ADD_ROWS(tests, &n, width_rows, run_width);
	UNIT_ADD_ROWS(tests, &n, cut_rows, run_cut);
	return _cmocka_run_group_tests("utf8", tests, n, NULL, NULL);
}
