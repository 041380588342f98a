/* The 12 digits: what is one, what fits the person, what can be mended. */
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/asset.h"
#include "core/codec/personid.h"

struct shape_row {
	const char *name;
	const char *text;
	bool id12;
	bool old;
};

static struct shape_row shape_rows[] = {
	{"12 digits are a personal number", "001145000112", true, false},
	{"9 digits are an old number", "012345678", false, true},
	{"nothing is neither", "", false, false},
	{"11 digits are neither", "01145000112", false, false},
	{"13 digits are neither", "0011450001123", false, false},
	{"10 digits are neither", "0123456789", false, false},
	{"a letter O is no digit", "O01145000112", false, false},
	{"a blank is no digit", "00114500011 ", false, false},
	{"a letter in an old number", "01234567A", false, false},
	{"full-width digits are no digits", "０１２３", false, false},
};

static void shape(void **state)
{
	const struct shape_row *row = *state;

	assert_int_equal(personid_is_id12(row->text), row->id12);
	assert_int_equal(personid_is_old(row->text), row->old);
}

enum {
	FITS = 0,
	PLACE = PERSONID_PROVINCE_UNKNOWN,
	SEX = PERSONID_SEX_DIFFERS,
	YEAR = PERSONID_YEAR_DIFFERS
};

struct check_row {
	const char *name;
	const char *id12;
	enum sex sex;
	int year;
	unsigned odd;
};

static struct check_row check_rows[] = {
	{"all fits", "001145000112", SEX_FEMALE, 1945, FITS},
	{"0 is a man of 1900", "025000000112", SEX_MALE, 1900, FITS},
	{"0 is a man of 1999", "025099000112", SEX_MALE, 1999, FITS},
	{"0 is no woman", "025045000112", SEX_FEMALE, 1945, SEX},
	{"0 is not the century before", "025045000112", SEX_MALE, 1845, YEAR},
	{"1 is a woman of 1900", "025100000112", SEX_FEMALE, 1900, FITS},
	{"1 is a woman of 1999", "025199000112", SEX_FEMALE, 1999, FITS},
	{"1 is no man", "025145000112", SEX_MALE, 1945, SEX},
	{"1 is not the century before", "025145000112", SEX_FEMALE, 1845, YEAR},
	{"2 is a man of 2000", "025200000112", SEX_MALE, 2000, FITS},
	{"2 is a man of 2099", "025299000112", SEX_MALE, 2099, FITS},
	{"2 is no woman", "025245000112", SEX_FEMALE, 2045, SEX},
	{"2 is not the century before", "025245000112", SEX_MALE, 1945, YEAR},
	{"3 is a woman of 2000", "025300000112", SEX_FEMALE, 2000, FITS},
	{"3 is a woman of 2099", "025399000112", SEX_FEMALE, 2099, FITS},
	{"3 is no man", "025345000112", SEX_MALE, 2045, SEX},
	{"3 is not the century before", "025345000112", SEX_FEMALE, 1945, YEAR},
	{"4 is a man of 2100", "025400000112", SEX_MALE, 2100, FITS},
	{"4 is a man of 2199", "025499000112", SEX_MALE, 2199, FITS},
	{"4 is no woman", "025445000112", SEX_FEMALE, 2145, SEX},
	{"4 is not the century before", "025445000112", SEX_MALE, 2045, YEAR},
	{"5 is a woman of 2100", "025500000112", SEX_FEMALE, 2100, FITS},
	{"5 is a woman of 2199", "025599000112", SEX_FEMALE, 2199, FITS},
	{"5 is no man", "025545000112", SEX_MALE, 2145, SEX},
	{"5 is not the century before", "025545000112", SEX_FEMALE, 2045, YEAR},
	{"6 is a man of 2200", "025600000112", SEX_MALE, 2200, FITS},
	{"6 is a man of 2299", "025699000112", SEX_MALE, 2299, FITS},
	{"6 is no woman", "025645000112", SEX_FEMALE, 2245, SEX},
	{"6 is not the century before", "025645000112", SEX_MALE, 2145, YEAR},
	{"7 is a woman of 2200", "025700000112", SEX_FEMALE, 2200, FITS},
	{"7 is a woman of 2299", "025799000112", SEX_FEMALE, 2299, FITS},
	{"7 is no man", "025745000112", SEX_MALE, 2245, SEX},
	{"7 is not the century before", "025745000112", SEX_FEMALE, 2145, YEAR},
	{"8 is a man of 2300", "025800000112", SEX_MALE, 2300, FITS},
	{"8 is a man of 2399", "025899000112", SEX_MALE, 2399, FITS},
	{"8 is no woman", "025845000112", SEX_FEMALE, 2345, SEX},
	{"8 is not the century before", "025845000112", SEX_MALE, 2245, YEAR},
	{"9 is a woman of 2300", "025900000112", SEX_FEMALE, 2300, FITS},
	{"9 is a woman of 2399", "025999000112", SEX_FEMALE, 2399, FITS},
	{"9 is no man", "025945000112", SEX_MALE, 2345, SEX},
	{"9 is not the century before", "025945000112", SEX_FEMALE, 2245, YEAR},
	{"the century is looked at", "025215000112", SEX_MALE, 1915, YEAR},
	{"the sex is looked at", "001145000112", SEX_MALE, 1945, SEX},
	{"the year is looked at", "001145000112", SEX_FEMALE, 1946, YEAR},
	{"unknown sex never differs", "001145000112", SEX_UNKNOWN, 1945, FITS},
	{"unknown birth never differs", "001145000112", SEX_FEMALE, 0, FITS},
	{"005 is no province", "005145000112", SEX_FEMALE, 1945, PLACE},
	{"000 is no province", "000145000112", SEX_FEMALE, 1945, PLACE},
	{"097 is no province", "097145000112", SEX_FEMALE, 1945, PLACE},
	{"999 is no province", "999145000112", SEX_FEMALE, 1945, PLACE},
	{"several at once", "005045000112", SEX_FEMALE, 1946,
		PLACE | SEX | YEAR},
	{"born before the numbers begin", "001099000112", SEX_MALE, 1899, YEAR},
	{"not 12 digits: nothing fits", "1145000112", SEX_FEMALE, 1945,
		PLACE | SEX | YEAR},
	{"empty: nothing fits", "", SEX_UNKNOWN, 0, PLACE | SEX | YEAR},
};

static void check(void **state)
{
	const struct check_row *row = *state;
	const struct date birth = {.year = (int16_t)row->year};

	assert_int_equal(personid_check(row->id12, row->sex, birth), row->odd);
}

struct repair_row {
	const char *name;
	const char *digits;
	enum sex sex;
	int year;
	const char *whole; /* NULL: no repair */
};

static struct repair_row repair_rows[] = {
	{"11 digits get one zero", "25145000112", SEX_FEMALE, 1945,
		"025145000112"},
	{"10 digits get two zeros", "1145000112", SEX_FEMALE, 1945,
		"001145000112"},
	{"unknown sex does not stop it", "1145000112", SEX_UNKNOWN, 1945,
		"001145000112"},
	{"no year, no repair", "1145000112", SEX_FEMALE, 0, NULL},
	{"the sex must agree", "1145000112", SEX_MALE, 1945, NULL},
	{"the year must agree", "1145000112", SEX_FEMALE, 1946, NULL},
	{"the century must agree", "1145000112", SEX_FEMALE, 2045, NULL},
	{"the province must be known", "5145000112", SEX_FEMALE, 1945, NULL},
	{"9 digits may be an old number", "114500011", SEX_FEMALE, 1945, NULL},
	{"12 digits need none", "001145000112", SEX_FEMALE, 1945, NULL},
	{"13 digits are none", "0001145000112", SEX_FEMALE, 1945, NULL},
	{"letters are none", "1.14500E+09", SEX_FEMALE, 1945, NULL},
	{"nothing is none", "", SEX_FEMALE, 1945, NULL},
};

static void repair(void **state)
{
	const struct repair_row *row = *state;
	const struct date birth = {.year = (int16_t)row->year};
	char out[PERSONID_SIZE] = "untouched";
	const bool done = personid_repair(row->digits, row->sex, birth, out);

	assert_int_equal(done, row->whole != NULL);
	assert_string_equal(out, row->whole ? row->whole : "untouched");
}

static const char *provinces_asset(void)
{
	for (size_t i = 0; i < assets_count; i++)
		if (!strcmp(assets[i].path,
			    "assets/admin/provinces_legacy63.tsv"))
			return (const char *)assets[i].data;
	return NULL;
}

/* The table in the code against the file: none more, none less. */
static void provinces_are_those_of_the_file(void **state)
{
	const char *line = provinces_asset();
	const char *want[1000] = {NULL};
	static char names[63][64];
	int rows = 0;

	(void)state;
	assert_non_null(line);
	line = strchr(line, '\n') + 1;
	for (; *line; line = strchr(line, '\n') + 1) {
		int code;

		assert_in_range(rows, 0, 62);
		assert_int_equal(sscanf(line, "%*d\t%d\t%63[^\t]", &code,
					 names[rows]),
			2);
		assert_in_range(code, 1, 999);
		want[code] = names[rows++];
	}
	assert_int_equal(rows, 63);
	for (int code = 0; code < 1000; code++) {
		char id12[24];
		const char *got;

		snprintf(id12, sizeof(id12), "%03d145000112", code);
		got = personid_province(id12);
		assert_int_equal(got != NULL, want[code] != NULL);
		if (got)
			assert_string_equal(got, want[code]);
	}
}

static void a_short_text_has_no_province(void **state)
{
	(void)state;
	assert_null(personid_province(""));
	assert_null(personid_province("00"));
	assert_null(personid_province("0x1"));
}

static struct CMUnitTest tests[COUNT_OF(shape_rows) + COUNT_OF(check_rows) +
			       COUNT_OF(repair_rows) + 2];

int main(void)
{
	struct CMUnitTest *t = tests;

	for (size_t i = 0; i < COUNT_OF(shape_rows); i++)
		*t++ = (struct CMUnitTest){.name = shape_rows[i].name,
			.test_func = shape,
			.initial_state = &shape_rows[i]};
	for (size_t i = 0; i < COUNT_OF(check_rows); i++)
		*t++ = (struct CMUnitTest){.name = check_rows[i].name,
			.test_func = check,
			.initial_state = &check_rows[i]};
	for (size_t i = 0; i < COUNT_OF(repair_rows); i++)
		*t++ = (struct CMUnitTest){.name = repair_rows[i].name,
			.test_func = repair,
			.initial_state = &repair_rows[i]};
	*t++ = (struct CMUnitTest)
		cmocka_unit_test(provinces_are_those_of_the_file);
	*t++ = (struct CMUnitTest)
		cmocka_unit_test(a_short_text_has_no_province);
	return cmocka_run_group_tests_name("personid", tests, NULL, NULL);
}
