/* Numbers and their names in scripts. */
#include "support/unit.h"

#include <stdbool.h>

#include "core/coded.h"

static const struct coded ways[] = {
	{1, "counter"},
	{2, "home"},
	{9, "other"},
	{0, NULL},
};

struct row {
	const char *name;
	const char *text;
	bool known;
	int value;
};

static struct row rows[] = {
	{"the first", "counter", true, 1},
	{"the last", "other", true, 9},
	{"not a beginning of one", "count", false, 0},
	{"not one with more behind it", "homes", false, 0},
	{"not in capitals", "HOME", false, 0},
	{"nothing", "", false, 0},
};

static void run(void **state)
{
	const struct row *row = *state;
	int value = -77;

	assert_int_equal(coded_parse(ways, row->text, &value), row->known);
	assert_int_equal(value, row->known ? row->value : -77);
	if (row->known)
		assert_string_equal(coded_name(ways, value, "unknown"),
			row->text);
}

static void a_number_without_a_name_is_called_otherwise(void **state)
{
	(void)state;
	/* 0 ends the table and is in none. */
	assert_string_equal(coded_name(ways, 0, "unknown"), "unknown");
	assert_string_equal(coded_name(ways, 3, ""), "");
}

int main(void)
{
	struct CMUnitTest tests[1 + COUNT_OF(rows)] = {
		cmocka_unit_test(a_number_without_a_name_is_called_otherwise),
	};
	size_t n = 1;

	UNIT_ADD_ROWS(tests, &n, rows, run);
	return _cmocka_run_group_tests("coded", tests, n, NULL, NULL);
}
