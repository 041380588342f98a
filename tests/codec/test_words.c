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
	if (*row->words) {
		int64_t back = -1;

		assert_true(words_to_amount(out, &back));
		assert_true(back == row->amount);
	}
}

struct back_row {
	const char *name;
	const char *words;
	int64_t amount; /* -1: refused */
};

static struct back_row back_rows[] = {
	{"back: without đồng", "Năm trăm bốn mươi nghìn", 540000},
	{"back: small letters and capitals", "năm TRĂM BỐN mươi Nghìn ĐỒNG",
		540000},
	{"back: chẵn", "Năm trăm bốn mươi nghìn đồng chẵn", 540000},
	{"back: blanks", "  Một  triệu   đồng ", 1000000},
	{"back: both styles mixed", "Một triệu không trăm lẻ năm nghìn đồng",
		1005000},
	{"back: tỉ", "Một tỉ không trăm linh một đồng", 1000000001},
	{"back: NFD", "Mo\u0323\u0302t nghi\u0300n \u0111o\u0302\u0300ng",
		1000},
	{"back: nothing", "Không đồng", 0},
	{"back: no word is refused", "", -1},
	{"back: đồng alone", "đồng", -1},
	{"back: chẵn alone", "chẵn", -1},
	{"back: chẵn without đồng", "Một nghìn chẵn", -1},
	{"back: năm after mươi", "Hai mươi năm đồng", -1},
	{"back: một after mươi", "Hai mươi một đồng", -1},
	{"back: bốn after mươi", "Hai mươi bốn đồng", -1},
	{"back: a hundred without linh", "Một trăm năm đồng", -1},
	{"back: two digits", "Một hai đồng", -1},
	{"back: thousands twice", "Một nghìn một nghìn đồng", -1},
	{"back: millions behind thousands", "Một nghìn một triệu đồng", -1},
	{"back: a zero group said", "Một triệu không nghìn đồng", -1},
	{"back: a word of another language", "Một million đồng", -1},
	{"back: a word too long", "Mộtmộtmộtmộtmộtmột đồng", -1},
	{"back: letters behind a word", "Mộta đồng", -1},
	{"back: more behind đồng", "Một đồng một đồng", -1},
	{"back: a scale without a number", "nghìn tỷ tỷ đồng", -1},
	{"back: more than there can be", "Một nghìn nghìn tỷ đồng", -1},
	{"back: for ever",
		"một trăm trăm trăm mười mười mười nghìn nghìn triệu triệu tỷ "
		"tỷ "
		"chín triệu chín triệu chín triệu chín triệu chín triệu chín "
		"tỷ",
		-1},
};

static void run_back(void **state)
{
	const struct back_row *row = *state;
	int64_t amount = -1;

	assert_int_equal(words_to_amount(row->words, &amount),
		row->amount >= 0);
	assert_true(amount == row->amount);
}

/* xorshift64*, so that each run has the same amounts. */
static uint64_t next_random(uint64_t *seed)
{
	*seed ^= *seed >> 12;
	*seed ^= *seed << 25;
	*seed ^= *seed >> 27;
	return *seed * UINT64_C(2685821657736338717);
}

/* As many short amounts as long ones, and zeros in all places. */
static int64_t random_amount(uint64_t *seed)
{
	int64_t n = 0;
	const int digits = 1 + (int)(next_random(seed) % 15);

	for (int i = 0; i < digits; i++) {
		const uint64_t r = next_random(seed) >> 32;

		n = n * 10 + (r % 3 == 0 ? 0 : (int64_t)(r / 3 % 10));
	}
	return n;
}

static void a_million_amounts_come_back(void **state)
{
	uint64_t seed = 20261122;
	char out[WORDS_SIZE];

	(void)state;
	for (int i = 0; i < 1000000; i++) {
		const int64_t amount = random_amount(&seed);
		int64_t north = -1;
		int64_t south = -1;

		if (!words_of_amount(amount, WORDS_NORTH, out) ||
			!words_to_amount(out, &north) || north != amount)
			fail_msg("%" PRId64 ": %s", amount, out);
		if (!words_of_amount(amount, WORDS_SOUTH, out) ||
			!words_to_amount(out, &south) || south != amount)
			fail_msg("%" PRId64 ": %s", amount, out);
	}
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
	int64_t back = -1;

	assert_true(words_of_amount(pair->amount, WORDS_NORTH, out));
	assert_string_equal(out, pair->name);
	assert_true(words_to_amount(pair->name, &back));
	assert_true(back == pair->amount);
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
	struct CMUnitTest
		tests[COUNT_OF(rows) + COUNT_OF(back_rows) + MAX_PAIRS + 2] = {
			cmocka_unit_test(every_group_fits),
			cmocka_unit_test(a_million_amounts_come_back),
		};
	size_t n = 2;
	const size_t pair_count = read_pairs(pairs, MAX_PAIRS);

	UNIT_ADD_ROWS(tests, &n, rows, run_row);
	UNIT_ADD_ROWS(tests, &n, back_rows, run_back);
	for (size_t i = 0; i < pair_count; i++)
		tests[n++] = (struct CMUnitTest){.name = pairs[i].name,
			.test_func = run_pair,
			.initial_state = &pairs[i]};
	return _cmocka_run_group_tests("words", tests, n, NULL, NULL);
}
