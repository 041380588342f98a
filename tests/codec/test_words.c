/* Amounts in words: published pairs, and the rules at their edges. */
#include "support/unit.h"

#include <inttypes.h>
#include <string.h>

#include "core/codec/words.h"
#include "core/money.h"
#include "core/str.h"

enum {
	MAX_PAIRS = 64
};

struct row {
	const char *name;
	int64_t amount;
	enum words_style style;
	const char *words; /* "" if refused */
};

static struct row rows[] = {
	{"four after a zero ten is bốn", 104, WORDS_NORTH,
		"Một trăm linh bốn đồng"},
	{"four after a ten is bốn", 14, WORDS_NORTH, "Mười bốn đồng"},
	{"one after a ten is một", 11, WORDS_NORTH, "Mười một đồng"},
	{"one after tens is mốt", 91, WORDS_NORTH, "Chín mươi mốt đồng"},
	{"one after a zero ten is một", 301, WORDS_NORTH,
		"Ba trăm linh một đồng"},
	{"five alone is năm", 5, WORDS_NORTH, "Năm đồng"},
	{"five hundred fifty-five", 555, WORDS_NORTH,
		"Năm trăm năm mươi lăm đồng"},
	{"the South says lẻ and ngàn", 1005000, WORDS_SOUTH,
		"Một triệu không trăm lẻ năm ngàn đồng"},
	{"the North says linh and nghìn", 1005000, WORDS_NORTH,
		"Một triệu không trăm linh năm nghìn đồng"},
	{"the standard of 2026", 540000, WORDS_SOUTH,
		"Năm trăm bốn mươi ngàn đồng"},
	{"only a million", 1000000, WORDS_NORTH, "Một triệu đồng"},
	{"a thousand billion", INT64_C(1000000000000), WORDS_NORTH,
		"Một nghìn tỷ đồng"},
	{"a thousand billion and one", INT64_C(1000000000001), WORDS_NORTH,
		"Một nghìn tỷ không trăm linh một đồng"},
	{"a million and five billion", INT64_C(1005000000000), WORDS_NORTH,
		"Một nghìn không trăm linh năm tỷ đồng"},
	{"the largest amount", MONEY_MAX, WORDS_NORTH,
		"Chín trăm chín mươi chín nghìn chín trăm chín mươi chín tỷ "
		"chín trăm chín mươi chín triệu chín trăm chín mươi chín "
		"nghìn chín trăm chín mươi chín đồng"},
	{"one more is refused", MONEY_MAX + 1, WORDS_NORTH, ""},
	{"less than nothing is refused", -1, WORDS_NORTH, ""},
	{"the least number is refused", INT64_MIN, WORDS_SOUTH, ""},
};

static void run_row(void **state)
{
	const struct row *row = *state;
	char out[WORDS_SIZE] = "left over";

	assert_int_equal(words_of_amount(row->amount, row->style, out),
		*row->words != '\0');
	assert_string_equal(out, row->words);
}

/* A line of tests/data/number_words.tsv; the test's name is the words. */
struct pair {
	char name[256];
	int64_t amount;
};

static void run_pair(void **state)
{
	const struct pair *pair = *state;
	char out[WORDS_SIZE];

	assert_true(words_of_amount(pair->amount, WORDS_NORTH, out));
	assert_string_equal(out, pair->name);
}

static size_t read_pairs(struct pair *pair, size_t max)
{
	FILE *in = fopen("tests/data/number_words.tsv", "r");
	char line[512];
	size_t n = 0;

	assert_non_null(in);
	while (fgets(line, sizeof(line), in)) {
		char *words = strchr(line, '\t');

		assert_true(n < max);
		assert_non_null(words);
		*words++ = '\0';
		words[strcspn(words, "\r\n")] = '\0';
		assert_true(str_to_int(line, 0, MONEY_MAX, &pair[n].amount));
		assert_true(str_copy(pair[n].name, sizeof(pair[n].name),
			words));
		n++;
	}
	fclose(in);
	return n;
}

/* The longest text there can be has room; nothing is cut without a word. */
static void every_group_fits(void **state)
{
	char out[WORDS_SIZE];

	(void)state;
	for (int64_t n = 0; n < 1000; n++) {
		const int64_t amount = n * INT64_C(1001001001001);

		for (int style = 0; style < WORDS_STYLE_COUNT; style++) {
			assert_true(words_of_amount(amount,
				(enum words_style)style, out));
			assert_true(strlen(out) < WORDS_SIZE - 1);
			assert_string_equal(out + strlen(out) - strlen("đồng"),
				"đồng");
		}
	}
}

int main(void)
{
	static struct pair pairs[MAX_PAIRS];
	struct CMUnitTest tests[COUNT_OF(rows) + MAX_PAIRS + 1] = {
		cmocka_unit_test(every_group_fits),
	};
	size_t n = 1;
	const size_t pair_count = read_pairs(pairs, MAX_PAIRS);

	UNIT_ADD_ROWS(tests, &n, rows, run_row);
	for (size_t i = 0; i < pair_count; i++)
		tests[n++] = (struct CMUnitTest){.name = pairs[i].name,
			.test_func = run_pair,
			.initial_state = &pairs[i]};
	return _cmocka_run_group_tests("words", tests, n, NULL, NULL);
}
