/* Strings are cut between characters, numbers are read to their end. */
#include "support/unit.h"

#include <stdbool.h>
#include <string.h>

#include "core/str.h"

struct copy_row {
	const char *name;
	const char *in;
	size_t size;
	const char *out;
	bool whole;
};

static struct copy_row copy_rows[] = {
	{"copy: fits exactly", "abc", 4, "abc", true},
	{"copy: is cut", "abcd", 4, "abc", false},
	{"copy: is cut before a letter of two bytes", "abđ", 4, "ab", false},
	{"copy: is cut before a letter of three bytes", "aễ", 4, "a", false},
	{"copy: a letter that just fits", "aễ", 5, "aễ", true},
	{"copy: room for the NUL only", "a", 1, "", false},
	{"copy: nothing", "", 1, "", true},
};

static void run_copy(void **state)
{
	const struct copy_row *row = *state;
	char out[16];

	memset(out, '#', sizeof(out));
	assert_int_equal(str_copy(out, row->size, row->in), row->whole);
	assert_string_equal(out, row->out);
	assert_int_equal(out[row->size], '#');
}

static void copy_into_no_room_at_all(void **state)
{
	char out[1] = {'#'};

	(void)state;
	assert_false(str_copy(out, 0, "a"));
	assert_int_equal(out[0], '#');
}

struct trim_row {
	const char *name;
	const char *in;
	const char *out;
};

static struct trim_row trim_rows[] = {
	{"trim: both ends", " \t a b\r\n", "a b"},
	{"trim: nothing to do", "a", "a"},
	{"trim: only blanks", " \n ", ""},
	{"trim: empty", "", ""},
	{"trim: bytes of letters are no blanks", "\xc2\xa0 à ", "\xc2\xa0 à"},
};

static void run_trim(void **state)
{
	const struct trim_row *row = *state;
	char text[32];

	str_copy(text, sizeof(text), row->in);
	assert_string_equal(str_trim(text), row->out);
}

struct int_row {
	const char *name;
	const char *in;
	int64_t min;
	int64_t max;
	bool good;
	int64_t out;
};

static struct int_row int_rows[] = {
	{"int: plain", "42", 0, 100, true, 42},
	{"int: negative", "-42", -100, 100, true, -42},
	{"int: leading zeros", "007", 0, 100, true, 7},
	{"int: at the least", "-5", -5, 5, true, -5},
	{"int: at the most", "5", -5, 5, true, 5},
	{"int: below", "-6", -5, 5, false, 0},
	{"int: above", "6", -5, 5, false, 0},
	{"int: the largest", "9223372036854775807", 0, INT64_MAX, true,
		INT64_MAX},
	{"int: the smallest", "-9223372036854775808", INT64_MIN, 0, true,
		INT64_MIN},
	{"int: one over the largest", "9223372036854775808", 0, INT64_MAX,
		false, 0},
	{"int: far over", "99999999999999999999999", INT64_MIN, INT64_MAX,
		false, 0},
	{"int: empty", "", 0, 9, false, 0},
	{"int: only a sign", "-", -9, 9, false, 0},
	{"int: two signs", "--1", -9, 9, false, 0},
	{"int: plus is not ours", "+1", 0, 9, false, 0},
	{"int: blank before", " 1", 0, 9, false, 0},
	{"int: blank behind", "1 ", 0, 9, false, 0},
	{"int: hex", "0x1", 0, 9, false, 0},
	{"int: fraction", "1.0", 0, 9, false, 0},
};

static void run_int(void **state)
{
	const struct int_row *row = *state;
	int64_t out = -77;

	assert_int_equal(str_to_int(row->in, row->min, row->max, &out),
		row->good);
	assert_true(out == (row->good ? row->out : -77));
}

static void digits_and_prefixes(void **state)
{
	(void)state;
	assert_true(str_is_digits("0123456789"));
	assert_false(str_is_digits(""));
	assert_false(str_is_digits("12a"));
	assert_false(str_is_digits("1/"));
	assert_false(str_is_digits("1:"));
	assert_false(str_is_digits("１"));
	assert_true(str_starts("CV1:abc", "CV1:"));
	assert_true(str_starts("CV1:", "CV1:"));
	assert_true(str_starts("x", ""));
	assert_false(str_starts("CV1", "CV1:"));
}

struct hex_row {
	const char *name;
	const char *hex;
	size_t size;
	bool good;
	const char *bytes;
	size_t len;
};

static struct hex_row hex_rows[] = {
	{"hex: both cases", "00fFAb9c", 4, true, "\x00\xff\xab\x9c", 4},
	{"hex: nothing", "", 0, true, "", 0},
	{"hex: odd", "abc", 4, false, "", 0},
	{"hex: foreign letter high", "g0", 4, false, "", 0},
	{"hex: foreign letter low", "0g", 4, false, "", 0},
	{"hex: blank", "a ", 4, false, "", 0},
	{"hex: too long", "aabb", 1, false, "", 0},
	{"hex: prefix", "0xab", 4, false, "", 0},
};

static void run_hex(void **state)
{
	const struct hex_row *row = *state;
	uint8_t out[8];
	char back[17];
	size_t len = 99;

	assert_int_equal(str_from_hex(row->hex, out, row->size, &len),
		row->good);
	if (!row->good) {
		assert_int_equal(len, 99);
		return;
	}
	assert_int_equal(len, row->len);
	assert_memory_equal(out, row->bytes, len);
	str_to_hex(out, len, back);
	for (size_t i = 0; i <= 2 * len; i++)
		assert_int_equal(back[i],
			row->hex[i] >= 'A' && row->hex[i] <= 'F'
				? row->hex[i] + 32
				: row->hex[i]);
}

int main(void)
{
	struct CMUnitTest tests[2 + COUNT_OF(copy_rows) + COUNT_OF(trim_rows) +
				COUNT_OF(int_rows) + COUNT_OF(hex_rows)] = {
		cmocka_unit_test(copy_into_no_room_at_all),
		cmocka_unit_test(digits_and_prefixes),
	};
	size_t n = 2;

	UNIT_ADD_ROWS(tests, &n, copy_rows, run_copy);
	UNIT_ADD_ROWS(tests, &n, trim_rows, run_trim);
	UNIT_ADD_ROWS(tests, &n, int_rows, run_int);
	UNIT_ADD_ROWS(tests, &n, hex_rows, run_hex);
	return _cmocka_run_group_tests("str", tests, n, NULL, NULL);
}
