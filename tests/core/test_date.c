/* Dates of people, of periods, and of the clock at UTC+7. */
#include "support/unit.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "core/date.h"

struct parse_row {
	const char *name;
	const char *text;
	const char *iso; /* "" if refused */
	const char *vi;
};

static struct parse_row parse_rows[] = {
	{"parse: slashes", "02/09/1945", "1945-09-02", "02/09/1945"},
	{"parse: hyphens without zeros", "2-9-1945", "1945-09-02",
		"02/09/1945"},
	{"parse: dots", "02.09.1945", "1945-09-02", "02/09/1945"},
	{"parse: ISO", "1945-09-02", "1945-09-02", "02/09/1945"},
	{"parse: eight digits", "02091945", "1945-09-02", "02/09/1945"},
	{"parse: blanks around", " 02/09/1945\r\n", "1945-09-02", "02/09/1945"},
	{"parse: the year alone", "1945", "1945", "1945"},
	{"parse: zeros for unknown", "00/00/1945", "1945", "1945"},
	{"parse: eight digits, unknown", "00001945", "1945", "1945"},
	{"parse: a leap day", "29/02/1944", "1944-02-29", "29/02/1944"},
	{"parse: a leap day of 2000", "29/02/2000", "2000-02-29", "29/02/2000"},
	{"parse: T16 the last day of 32 bits", "19/01/2038", "2038-01-19",
		"19/01/2038"},
	{"parse: T16 the day after", "20/01/2038", "2038-01-20", "20/01/2038"},
	{"parse: T16 the last of February 2100", "28/02/2100", "2100-02-28",
		"28/02/2100"},
	{"parse: T16 2100 has no leap day", "29/02/2100", "", ""},
	{"parse: 1900 had no leap day", "29/02/1900", "", ""},
	{"parse: the first year", "01/01/1800", "1800-01-01", "01/01/1800"},
	{"parse: the last year", "31/12/2199", "2199-12-31", "31/12/2199"},
	{"parse: before the first", "31/12/1799", "", ""},
	{"parse: after the last", "01/01/2200", "", ""},
	{"parse: no leap year", "29/02/1945", "", ""},
	{"parse: 30 February", "30/02/1944", "", ""},
	{"parse: 31 April", "31/04/1945", "", ""},
	{"parse: month 13", "01/13/1945", "", ""},
	{"parse: American order", "09/22/1945", "", ""},
	{"parse: day 0", "00/09/1945", "", ""},
	{"parse: month 0", "02/00/1945", "", ""},
	{"parse: two digits of the year", "02/09/45", "", ""},
	{"parse: mixed marks", "02/09-1945", "", ""},
	{"parse: two parts", "09/1945", "", ""},
	{"parse: four parts", "02/09/1945/1", "", ""},
	{"parse: an empty part", "02//1945", "", ""},
	{"parse: a mark behind", "02/09/1945/", "", ""},
	{"parse: a minus", "-2/9/1945", "", ""},
	{"parse: three digits", "002/09/1945", "", ""},
	{"parse: three digits of the month", "02/009/1945", "", ""},
	{"parse: seven digits", "2091945", "", ""},
	{"parse: nine digits", "002091945", "", ""},
	{"parse: letters", "02 Sep 1945", "", ""},
	{"parse: with a time", "1945-09-02T00:00:00", "", ""},
	{"parse: empty", "", "", ""},
	{"parse: too long to be one",
		"02/09/1945                                    ", "", ""},
	{"parse: ISO and three digits of the day", "1945-09-002", "", ""},
	{"parse: numbers in words", "hai", "", ""},
};

static void run_parse(void **state)
{
	const struct parse_row *row = *state;
	struct date d = {1, 2, 3};
	struct date back;
	char text[DATE_TEXT_SIZE];

	if (!*row->iso) {
		assert_false(date_parse(row->text, &d));
		assert_true(d.year == 1 && d.month == 2 && d.day == 3);
		return;
	}
	assert_true(date_parse(row->text, &d));
	assert_true(date_valid(d));
	assert_string_equal(date_iso(d, text), row->iso);
	assert_true(date_parse(text, &back));
	assert_int_equal(date_compare(d, back), 0);
	assert_string_equal(date_vi(d, text), row->vi);
	assert_true(date_parse(text, &back));
	assert_int_equal(date_compare(d, back), 0);
}

static void no_date_is_an_empty_text(void **state)
{
	const struct date none = {0, 0, 0};
	char text[DATE_TEXT_SIZE];

	(void)state;
	assert_false(date_valid(none));
	assert_string_equal(date_iso(none, text), "");
	assert_string_equal(date_vi(none, text), "");
	assert_int_equal(date_age(none, (struct date){2026, 11, 22}), -1);
}

/* T16: sorted as they are here, in every representation. */
static void compare_sorts_by_time(void **state)
{
	static const struct date order[] = {{1800, 1, 1}, {1945, 0, 0},
		{1945, 1, 1}, {1945, 9, 2}, {1945, 10, 1}, {1999, 12, 31},
		{2038, 1, 19}, {2038, 1, 20}, {2100, 2, 28}, {2100, 3, 1}};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(order); i++)
		for (size_t j = 0; j < COUNT_OF(order); j++) {
			char left[DATE_TEXT_SIZE];
			char right[DATE_TEXT_SIZE];
			const int way = (i > j) - (i < j);
			const int text = strcmp(date_iso(order[i], left),
				date_iso(order[j], right));

			assert_int_equal(date_compare(order[i], order[j]), way);
			assert_int_equal((text > 0) - (text < 0), way);
		}
}

struct age_row {
	const char *name;
	struct date birth;
	struct date today;
	int age;
};

static struct age_row age_rows[] = {
	{"age: on the birthday", {1945, 9, 2}, {2025, 9, 2}, 80},
	{"age: the day before", {1945, 9, 2}, {2025, 9, 1}, 79},
	{"age: month before", {1945, 9, 2}, {2025, 8, 30}, 79},
	{"age: later in the year", {1945, 9, 2}, {2025, 12, 1}, 80},
	{"age: only the year", {1945, 0, 0}, {2025, 1, 1}, 80},
	{"age: born on a leap day, 28 February", {1944, 2, 29}, {2025, 2, 28},
		80},
	{"age: born on a leap day, 1 March", {1944, 2, 29}, {2025, 3, 1}, 81},
	{"age: today", {2026, 11, 22}, {2026, 11, 22}, 0},
	{"age: not born yet", {2027, 1, 1}, {2026, 11, 22}, -1},
};

static void run_age(void **state)
{
	const struct age_row *row = *state;

	assert_int_equal(date_age(row->birth, row->today), row->age);
}

struct ms_row {
	const char *name;
	int64_t ms;
	const char *iso;
	const char *vi;
};

static struct ms_row ms_rows[] = {
	{"ms: the start of the count", 0, "1970-01-01T07:00:00+07:00",
		"01/01/1970 07:00"},
	{"ms: one before", -1, "1970-01-01T06:59:59+07:00", "01/01/1970 06:59"},
	{"ms: a scan", INT64_C(1795309925000), "2026-11-22T08:12:05+07:00",
		"22/11/2026 08:12"},
	{"ms: fractions are cut", INT64_C(1795309925999),
		"2026-11-22T08:12:05+07:00", "22/11/2026 08:12"},
	{"ms: midnight in Hanoi", INT64_C(1795280400000),
		"2026-11-22T00:00:00+07:00", "22/11/2026 00:00"},
	{"ms: just before midnight", INT64_C(1795280399999),
		"2026-11-21T23:59:59+07:00", "21/11/2026 23:59"},
	{"ms: T16 the last second of 32 bits", INT64_C(2147483647000),
		"2038-01-19T10:14:07+07:00", "19/01/2038 10:14"},
	{"ms: T16 the next", INT64_C(2147483648000),
		"2038-01-19T10:14:08+07:00", "19/01/2038 10:14"},
	{"ms: T16 the last second of 32 unsigned bits", INT64_C(4294967295000),
		"2106-02-07T13:28:15+07:00", "07/02/2106 13:28"},
	{"ms: T16 the end of February 2100", INT64_C(4107517199999),
		"2100-02-28T23:59:59+07:00", "28/02/2100 23:59"},
	{"ms: T16 1 March 2100", INT64_C(4107517200000),
		"2100-03-01T00:00:00+07:00", "01/03/2100 00:00"},
	{"ms: a leap day", INT64_C(1835370000000), "2028-02-29T00:00:00+07:00",
		"29/02/2028 00:00"},
	{"ms: the end of a leap year", INT64_C(1861808400000),
		"2028-12-31T00:00:00+07:00", "31/12/2028 00:00"},
	{"ms: far before stays at the first", INT64_MIN,
		"1800-01-01T00:00:00+07:00", "01/01/1800 00:00"},
	{"ms: far after stays at the last", INT64_MAX,
		"2199-12-31T23:59:59+07:00", "31/12/2199 23:59"},
};

static void run_ms(void **state)
{
	const struct ms_row *row = *state;
	char text[DATE_TEXT_SIZE];
	char iso[32];

	assert_true(date_valid(date_of_ms(row->ms).date));
	assert_string_equal(date_time_iso(row->ms, iso), row->iso);
	assert_string_equal(date_time_vi(row->ms, text), row->vi);
}

/* Day after day from 1800 to 2199 there is a date, one after the other. */
static void no_day_is_missed(void **state)
{
	const int64_t first = INT64_C(-5364687600000);
	struct date before = date_of_ms(first).date;
	int days = 1;

	(void)state;
	for (; before.year < 2199 || before.month < 12 || before.day < 31;
		days++) {
		const struct date d =
			date_of_ms(first + INT64_C(86400000) * days).date;

		if (!date_valid(d) || date_compare(before, d) >= 0)
			fail_msg("day %d", days);
		before = d;
	}
	assert_int_equal(days, 400 * 365 + 97);
}

struct period_row {
	const char *name;
	const char *text;
	int32_t period; /* 0 if refused */
	const char *iso;
	const char *vi;
};

static struct period_row period_rows[] = {
	{"period: ISO", "2026-12", 202612, "2026-12", "12/2026"},
	{"period: digits", "202612", 202612, "2026-12", "12/2026"},
	{"period: slash", "12/2026", 202612, "2026-12", "12/2026"},
	{"period: hyphen", "12-2026", 202612, "2026-12", "12/2026"},
	{"period: one digit of the month", "1/2027", 202701, "2027-01",
		"01/2027"},
	{"period: blanks around", " 12/2026 ", 202612, "2026-12", "12/2026"},
	{"period: T16 2038", "01/2038", 203801, "2038-01", "01/2038"},
	{"period: T16 2100", "2100-02", 210002, "2100-02", "02/2100"},
	{"period: the first", "190001", PERIOD_MIN, "1900-01", "01/1900"},
	{"period: the last", "219912", PERIOD_MAX, "2199-12", "12/2199"},
	{"period: month 0", "2026-00", 0, "", ""},
	{"period: month 13", "2026-13", 0, "", ""},
	{"period: month 99", "202699", 0, "", ""},
	{"period: too early", "1899-12", 0, "", ""},
	{"period: too late", "2200-01", 0, "", ""},
	{"period: a day too", "2026-12-01", 0, "", ""},
	{"period: one digit behind the year", "2026-1", 0, "", ""},
	{"period: two years", "2026-2027", 0, "", ""},
	{"period: a year alone", "2026", 0, "", ""},
	{"period: letters", "T12/2026", 0, "", ""},
	{"period: empty", "", 0, "", ""},
	{"period: another mark", "12.2026", 0, "", ""},
	{"period: too long", "12/2026                             ", 0, "", ""},
};

static void run_period(void **state)
{
	const struct period_row *row = *state;
	char text[DATE_TEXT_SIZE];
	int32_t period = 0;

	assert_int_equal(period_parse(row->text, &period), row->period != 0);
	assert_int_equal(period, row->period);
	assert_int_equal(period_valid(period), row->period != 0);
	if (row->period == 0)
		return;
	assert_string_equal(period_iso(period, text), row->iso);
	assert_string_equal(period_vi(period, text), row->vi);
}

static void make_refuses_what_is_no_day(void **state)
{
	struct date d = {1, 2, 3};

	(void)state;
	assert_true(date_make(2024, 2, 29, &d));
	assert_true(d.year == 2024 && d.month == 2 && d.day == 29);
	assert_false(date_make(2023, 2, 29, &d));
	assert_false(date_make(2023, 0, 1, &d));
	assert_false(date_make(2023, -1, 1, &d));
	assert_false(date_make(2023, 1, 257, &d));
	assert_false(date_make(65536 + 2023, 1, 1, &d));
	assert_true(d.year == 2024);
}

static void times_are_read_as_they_are_written(void **state)
{
	static const char *const bad[] = {"", "2026-12-05", "2026-12-05T",
		"2026-12-05T9:10", "2026-12-05T24:00", "2026-12-05T09:60",
		"2026-12-05T09:10:00", "2026-13-05T09:10", "2026T09:10",
		"T09:10", "2026-12-05T09.10", "2026-02-29T09:10"};
	char text[DATE_TEXT_SIZE];
	int64_t ms = 7;

	(void)state;
	assert_true(date_time_parse("2026-12-05T09:10", &ms));
	assert_true(ms == INT64_C(1796436600000));
	assert_true(date_time_parse("05/12/2026  09:10", &ms));
	assert_true(ms == INT64_C(1796436600000));
	assert_true(date_time_parse("1970-01-01T07:00", &ms));
	assert_true(ms == 0);
	assert_true(date_time_parse("1969-12-31 06:59", &ms));
	assert_true(ms == -INT64_C(86400000) - 60000);
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		if (date_time_parse(bad[i], &ms))
			fail_msg("%s", bad[i]);
	/* Every day of 60 years, back and forth. */
	for (int64_t at = INT64_C(-315600000000); at < INT64_C(1893456000000);
		at += INT64_C(86400000) + 60000) {
		assert_true(date_time_parse(date_time_vi(at, text), &ms));
		assert_true(ms == at - (at % 60000 + 60000) % 60000);
	}
}

static void days_are_counted_and_numbered(void **state)
{
	struct date d;

	(void)state;
	for (int64_t days = -20000; days < 40000; days++) {
		d = date_of_days(days);
		assert_true(date_valid(d));
		assert_true(date_days(d) == days);
		assert_true(date_compare(date_of_ms(date_begins(d)).date, d) ==
			    0);
		assert_true(date_compare(date_of_ms(date_begins(d) - 1).date,
				    d) < 0);
		assert_true(date_of_number(date_number(d), &d));
		assert_true(date_days(d) == days);
	}
	assert_int_equal(date_number(date_of_days(20779)), 20261122);
	assert_int_equal(date_number((struct date){0}), 0);
	assert_false(date_of_number(0, &d));
	assert_false(date_of_number(-20261122, &d));
	assert_false(date_of_number(19450000, &d));
	assert_false(date_of_number(20260229, &d));
	assert_false(date_of_number(INT64_MAX, &d));
	assert_int_equal(date_of_days(INT64_MAX).year, 2199);
	assert_int_equal(date_of_days(INT64_MIN).year, 1800);
}

int main(void)
{
	struct CMUnitTest tests[6 + COUNT_OF(parse_rows) + COUNT_OF(age_rows) +
				COUNT_OF(ms_rows) + COUNT_OF(period_rows)] = {
		cmocka_unit_test(no_date_is_an_empty_text),
		cmocka_unit_test(compare_sorts_by_time),
		cmocka_unit_test(no_day_is_missed),
		cmocka_unit_test(make_refuses_what_is_no_day),
		cmocka_unit_test(times_are_read_as_they_are_written),
		cmocka_unit_test(days_are_counted_and_numbered),
	};
	size_t n = 6;

	UNIT_ADD_ROWS(tests, &n, parse_rows, run_parse);
	UNIT_ADD_ROWS(tests, &n, age_rows, run_age);
	UNIT_ADD_ROWS(tests, &n, ms_rows, run_ms);
	UNIT_ADD_ROWS(tests, &n, period_rows, run_period);
	return _cmocka_run_group_tests("date", tests, n, NULL, NULL);
}
