/* Limits: what a number may be, and the one way to write it. */
#include "support/unit.h"

#include <string.h>

#include "core/limit.h"

struct row {
	const char *name;
	enum limit limit;
	const char *text;
	bool good;
	int64_t value;
};

static struct row rows[] = {
	{"single: the default", LIMIT_SINGLE, "15000000", true, 15000000},
	{"single: the least", LIMIT_SINGLE, "100000", true, 100000},
	{"single: below the least", LIMIT_SINGLE, "99999", false, 0},
	{"single: the most", LIMIT_SINGLE, "200000000", true, 200000000},
	{"single: above the most", LIMIT_SINGLE, "200000001", false, 0},
	{"single: with dots", LIMIT_SINGLE, "15.000.000", false, 0},
	{"single: a zero before", LIMIT_SINGLE, "015000000", false, 0},
	{"single: a sign", LIMIT_SINGLE, "-15000000", false, 0},
	{"single: a plus", LIMIT_SINGLE, "+15000000", false, 0},
	{"single: something behind", LIMIT_SINGLE, "15000000 ", false, 0},
	{"single: longer than a number", LIMIT_SINGLE,
		"1500000000000000000000000000", false, 0},
	{"payouts: one", LIMIT_PAYOUTS, "1", true, 1},
	{"payouts: none", LIMIT_PAYOUTS, "0", false, 0},
	{"sum: twenty billion", LIMIT_SUM, "20000000000", true,
		INT64_C(20000000000)},
	{"pace: not looked at", LIMIT_PACE, "0", true, 0},
	{"pace: ten minutes", LIMIT_PACE, "600", true, 600},
	{"pace: longer", LIMIT_PACE, "601", false, 0},
	{"hours: of an office", LIMIT_HOURS, "07:00-17:30", true, 7001730},
	{"hours: the whole day", LIMIT_HOURS, "00:00-24:00", true,
		LIMIT_WHOLE_DAY},
	{"hours: one minute", LIMIT_HOURS, "00:00-00:01", true, 1},
	{"hours: nothing", LIMIT_HOURS, "07:00-07:00", false, 0},
	{"hours: over midnight", LIMIT_HOURS, "22:00-06:00", false, 0},
	{"hours: a minute too many", LIMIT_HOURS, "07:60-17:30", false, 0},
	{"hours: after the day", LIMIT_HOURS, "07:00-24:01", false, 0},
	{"hours: an hour too many", LIMIT_HOURS, "07:00-25:00", false, 0},
	{"hours: digits only", LIMIT_HOURS, "07001730", false, 0},
	{"hours: marks elsewhere", LIMIT_HOURS, "0:700-17:30", false, 0},
	{"hours: none", LIMIT_HOURS, "", false, 0},
};

static void run(void **state)
{
	const struct row *row = *state;
	char text[LIMIT_TEXT_SIZE];
	int64_t value = -77;

	assert_int_equal(limit_parse(row->limit, row->text, &value), row->good);
	assert_int_equal(value, row->good ? row->value : -77);
	if (row->good)
		assert_string_equal(limit_text(row->limit, value, text),
			row->text);
}

static void each_has_a_name_and_a_default_that_fits(void **state)
{
	enum limit found;

	(void)state;
	for (int l = 0; l < LIMIT_COUNT; l++) {
		assert_true(limit_by_name(limit_name((enum limit)l), &found));
		assert_int_equal(found, l);
		assert_true(limit_fits(found, limit_default(found)));
	}
	assert_false(limit_by_name("singles", &found));
	assert_false(limit_by_name("", &found));
}

static void hours_are_minutes_of_a_day(void **state)
{
	(void)state;
	assert_int_equal(limit_opens(7001730), 7 * 60);
	assert_int_equal(limit_closes(7001730), 17 * 60 + 30);
	assert_int_equal(limit_closes(LIMIT_WHOLE_DAY), 24 * 60);
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + 2];
	size_t n = 0;

	UNIT_ADD_ROWS(tests, &n, rows, run);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(each_has_a_name_and_a_default_that_fits);
	tests[n++] =
		(struct CMUnitTest)cmocka_unit_test(hours_are_minutes_of_a_day);
	return _cmocka_run_group_tests("limit", tests, n, NULL, NULL);
}
