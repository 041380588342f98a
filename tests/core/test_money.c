/* Amounts: what lists write is read or refused, never guessed. */
#include "support/unit.h"

#include <stdbool.h>
#include <string.h>

#include "core/money.h"

struct add_row {
	const char *name;
	int64_t a;
	int64_t b;
	bool good;
	int64_t sum;
};

static struct add_row add_rows[] = {
	{"add: plain", 540000, 540000, true, 1080000},
	{"add: a correction", 540000, -40000, true, 500000},
	{"add: up to the largest", MONEY_MAX - 1, 1, true, MONEY_MAX},
	{"add: over the largest", MONEY_MAX, 1, false, 0},
	{"add: down to the least", -MONEY_MAX + 1, -1, true, -MONEY_MAX},
	{"add: below the least", -MONEY_MAX, -1, false, 0},
	{"add: overflow of the type", INT64_MAX, INT64_MAX, false, 0},
	{"add: underflow of the type", INT64_MIN, INT64_MIN, false, 0},
};

static void run_add(void **state)
{
	const struct add_row *row = *state;
	int64_t sum = -77;

	assert_int_equal(money_add(row->a, row->b, &sum), row->good);
	assert_true(sum == (row->good ? row->sum : -77));
}

struct format_row {
	const char *name;
	int64_t amount;
	const char *text;
};

static struct format_row format_rows[] = {
	{"format: nothing", 0, "0"},
	{"format: three digits", 999, "999"},
	{"format: four digits", 1000, "1.000"},
	{"format: zeros inside", 1000005, "1.000.005"},
	{"format: the standard", 540000, "540.000"},
	{"format: negative", -1080000, "-1.080.000"},
	{"format: three negative digits", -100, "-100"},
	{"format: the largest", MONEY_MAX, "999.999.999.999.999"},
	{"format: the largest of the type", INT64_MAX,
		"9.223.372.036.854.775.807"},
	{"format: the least of the type", INT64_MIN,
		"-9.223.372.036.854.775.808"},
};

static void run_format(void **state)
{
	const struct format_row *row = *state;
	char out[MONEY_TEXT_SIZE];
	int64_t back;

	assert_string_equal(money_format(row->amount, out), row->text);
	if (row->amount < 0 || row->amount > MONEY_MAX)
		return;
	assert_true(money_parse(out, &back));
	assert_true(back == row->amount);
}

struct parse_row {
	const char *name;
	const char *text;
	int64_t amount; /* -1 if refused */
};

static struct parse_row parse_rows[] = {
	{"parse: digits", "1080000", 1080000},
	{"parse: dots", "1.080.000", 1080000},
	{"parse: commas", "1,080,000", 1080000},
	{"parse: blanks", "1 080 000", 1080000},
	{"parse: blanks around", "  540000\t", 540000},
	{"parse: nothing", "0", 0},
	{"parse: đ", "540.000đ", 540000},
	{"parse: đ after a blank", "540.000 đ", 540000},
	{"parse: đồng", "540.000 đồng", 540000},
	{"parse: Đồng", "540.000 Đồng", 540000},
	{"parse: d", "540000d", 540000},
	{"parse: VND", "540,000 VND", 540000},
	{"parse: vnđ", "540,000vnđ ", 540000},
	{"parse: the sign", "540.000 ₫", 540000},
	{"parse: one zero behind the comma", "1.080.000,0", 1080000},
	{"parse: two zeros behind the dot", "1080000.00", 1080000},
	{"parse: two zeros and the other mark", "1,080,000.00", 1080000},
	{"parse: two zeros behind a small amount", "500.00", 500},
	{"parse: blanks and a fraction", "1 080 000,00 đ", 1080000},
	{"parse: the largest", "999.999.999.999.999", MONEY_MAX},
	{"parse: one over", "1.000.000.000.000.000", -1},
	{"parse: far over", "99999999999999999999999999", -1},
	{"parse: empty", "", -1},
	{"parse: only blanks", "  ", -1},
	{"parse: only a unit", "đ", -1},
	{"parse: a real fraction", "1080000.50", -1},
	{"parse: half a đồng", "0,5", -1},
	{"parse: three zeros may be a group", "1080.000", -1},
	{"parse: three zeros of another mark", "1.080,000", -1},
	{"parse: a fraction without digits", "1080.", -1},
	{"parse: a fraction with the mark of the groups", "1.080.00", -1},
	{"parse: two fractions", "1080.00.00", -1},
	{"parse: groups of two", "10.80.000", -1},
	{"parse: a group of four", "1.0800.000", -1},
	{"parse: mixed marks", "1.080,000.000", -1},
	{"parse: two marks", "1..080", -1},
	{"parse: a mark in front", ".080", -1},
	{"parse: a zero in front is an ID number", "001145000112", -1},
	{"parse: two zeros", "00", -1},
	{"parse: a group of zero in front", "0.500.000", -1},
	{"parse: a minus", "-540000", -1},
	{"parse: a plus", "+540000", -1},
	{"parse: scientific", "1.08E+06", -1},
	{"parse: hex", "0x10", -1},
	{"parse: letters", "abc", -1},
	{"parse: another currency", "540 USD", -1},
	{"parse: two units", "540 đ đ", -1},
	{"parse: digits behind the unit", "540đ1", -1},
	{"parse: full-width digits", "５４０", -1},
};

static void run_parse(void **state)
{
	const struct parse_row *row = *state;
	int64_t amount = -1;

	assert_int_equal(money_parse(row->text, &amount), row->amount >= 0);
	assert_true(amount == row->amount);
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(add_rows) + COUNT_OF(format_rows) +
				COUNT_OF(parse_rows)];
	size_t n = 0;

	UNIT_ADD_ROWS(tests, &n, add_rows, run_add);
	UNIT_ADD_ROWS(tests, &n, format_rows, run_format);
	UNIT_ADD_ROWS(tests, &n, parse_rows, run_parse);
	return _cmocka_run_group_tests("money", tests, n, NULL, NULL);
}
