/* Numbers, dates and texts of a workbook as a list has them. */
#include "support/unit.h"

#include <string.h>

#include "core/codec/sheet_book.h"
#include "core/codec/sheet_format.h"
#include "core/str.h"

static const struct {
	const char *name;
	const char *code; /* NULL: the builtin id */
	long id;
	enum sheet_format want;
} format_rows[] = {
	{"General", "General", 0, FORMAT_NUMBER},
	{"amounts", "#,##0\\ \"đồng\"", 0, FORMAT_NUMBER},
	{"a colour and a day in quotes", "[Red]0.00\" d\"", 0, FORMAT_NUMBER},
	{"a date", "dd/mm/yyyy", 0, FORMAT_DATE},
	{"a date with its language", "[$-42A]d\\-mmm\\-yy;@", 0, FORMAT_DATE},
	{"upper case", "DD/MM/YYYY", 0, FORMAT_DATE},
	{"a date with time", "yyyy hh:mm", 0, FORMAT_DATE},
	{"a month", "mm/yyyy", 0, FORMAT_MONTH},
	{"a month in words", "mmmm\" năm \"yyyy", 0, FORMAT_MONTH},
	{"a year", "yyyy", 0, FORMAT_YEAR},
	{"a month alone", "mm", 0, FORMAT_DATE},
	{"minutes are no month", "mm:ss", 0, FORMAT_NUMBER},
	{"text", "@", 0, FORMAT_NUMBER},
	{"a date only for negative numbers", "0;dd/mm/yyyy", 0, FORMAT_NUMBER},
	{"a quote that is not closed", "0\"dd", 0, FORMAT_NUMBER},
	{"a backslash at the end", "0\\", 0, FORMAT_NUMBER},
	{"builtin 0", NULL, 0, FORMAT_NUMBER},
	{"builtin 14", NULL, 14, FORMAT_DATE},
	{"builtin 17, mmm-yy", NULL, 17, FORMAT_MONTH},
	{"builtin 20, a time", NULL, 20, FORMAT_NUMBER},
	{"builtin 22", NULL, 22, FORMAT_DATE},
	{"builtin 36", NULL, 36, FORMAT_DATE},
	{"builtin 57", NULL, 57, FORMAT_DATE},
	{"builtin 49, text", NULL, 49, FORMAT_NUMBER},
};

static void formats_are_told_apart(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(format_rows); i++) {
		const enum sheet_format got =
			format_rows[i].code
				? sheet_format_code(format_rows[i].code)
				: sheet_format_builtin(format_rows[i].id);

		if (got != format_rows[i].want)
			fail_msg("%s: %d", format_rows[i].name, got);
	}
}

static const struct {
	const char *number;
	const char *want; /* NULL: refused */
} number_rows[] = {
	{"0", "0"},
	{"540000", "540000"},
	{"025145000112", "025145000112"},
	{"25145000112", "25145000112"},
	{"9704123412341234567", "9704123412341234567"},
	{"2.5145000112E10", "25145000112"},
	{"1.2345E+11", "123450000000"},
	{"1.23456789012e11", "123456789012"},
	{"5.4E5", "540000"},
	{"540000.0", "540000"},
	{"540000.00000000012", "540000"},
	{"999999999999999.9", "1000000000000000"},
	{"99999999999999.99", "100000000000000"},
	{"0.30000000000000004", "0.3"},
	{"0.00012", "0.00012"},
	{"1.2E-3", "0.0012"},
	{"-810000", "-810000"},
	{"-0", "0"},
	{"+5", "5"},
	{"1234567890123456.5", "1234567890123460"},
	{"000.50", "0.5"},
	{".5", "0.5"},
	{"5.", "5"},
	{"1E+99", NULL},
	{"1E-99", NULL},
	{"1E+9999", NULL},
	{"1E", NULL},
	{"E5", NULL},
	{"", NULL},
	{"-", NULL},
	{"1.2.3", NULL},
	{"12a", NULL},
	{"0x10", NULL},
	{"1,5", NULL},
	{"nan", NULL},
	{"1234567890123456789012345678901", NULL},
};

static void numbers_have_all_their_digits(void **state)
{
	char out[SHEET_NUMBER_SIZE];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(number_rows); i++) {
		const bool ok = sheet_number_text(number_rows[i].number, out);

		if (ok != (number_rows[i].want != NULL))
			fail_msg("%s", number_rows[i].number);
		if (ok)
			assert_string_equal(out, number_rows[i].want);
	}
}

static const struct {
	const char *days;
	enum sheet_format format;
	bool from_1904;
	const char *want;
} date_rows[] = {
	{"1", FORMAT_DATE, false, "1900-01-01"},
	{"59", FORMAT_DATE, false, "1900-02-28"},
	{"60", FORMAT_DATE, false, NULL},
	{"61", FORMAT_DATE, false, "1900-03-01"},
	{"16682", FORMAT_DATE, false, "1945-09-02"},
	{"36585", FORMAT_DATE, false, "2000-02-29"},
	{"46357", FORMAT_DATE, false, "2026-12-01"},
	{"46357.99999", FORMAT_DATE, false, "2026-12-01"},
	{"46357", FORMAT_MONTH, false, "2026-12"},
	{"46357", FORMAT_YEAR, false, "2026"},
	{"4.6357E4", FORMAT_DATE, false, "2026-12-01"},
	{"44895", FORMAT_DATE, true, "2026-12-01"},
	{"0", FORMAT_DATE, true, "1904-01-01"},
	{"2958465", FORMAT_DATE, false, "9999-12-31"},
	{"2958466", FORMAT_DATE, false, NULL},
	{"2958465", FORMAT_DATE, true, NULL},
	{"0", FORMAT_DATE, false, NULL},
	{"-1", FORMAT_DATE, false, NULL},
	{"x", FORMAT_DATE, false, NULL},
};

static void days_become_dates(void **state)
{
	char out[SHEET_NUMBER_SIZE];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(date_rows); i++) {
		const bool ok = sheet_date_text(date_rows[i].days,
			date_rows[i].format, date_rows[i].from_1904, out);

		if (ok != (date_rows[i].want != NULL))
			fail_msg("%s", date_rows[i].days);
		if (ok)
			assert_string_equal(out, date_rows[i].want);
	}
}

static void escapes_are_undone(void **state)
{
	static const struct {
		const char *in;
		const char *out;
	} rows[] = {
		{"Nguyễn", "Nguyễn"},
		{"a_b", "a_b"},
		{"a_x000D_b", "a\rb"},
		{"_x005F_x000D_", "_x000D_"},
		{"_x1EBF__x00e9_", "ếé"},
		{"_xD800_", "_xD800_"},
		{"_x00G0_", "_x00G0_"},
		{"_x000", "_x000"},
		{"_x0000_", "_x0000_"},
	};
	char text[64];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		str_copy(text, sizeof(text), rows[i].in);
		text[sheet_text_unescape(text, strlen(text))] = '\0';
		assert_string_equal(text, rows[i].out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(formats_are_told_apart),
		cmocka_unit_test(numbers_have_all_their_digits),
		cmocka_unit_test(days_become_dates),
		cmocka_unit_test(escapes_are_undone),
	};

	return cmocka_run_group_tests_name("sheet_format", tests, NULL, NULL);
}
