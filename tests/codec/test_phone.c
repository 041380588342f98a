/* Mobile numbers as people write them. */
#include "support/unit.h"

#include <string.h>

#include "core/codec/phone.h"

struct row {
	const char *name;
	const char *in;
	const char *out; /* "": none */
};

static struct row rows[] = {
	{"ten digits", "0986123456", "0986123456"},
	{"blanks", " 0986 123 456 ", "0986123456"},
	{"dots", "0986.123.456", "0986123456"},
	{"hyphens", "0986-123-456", "0986123456"},
	{"+84", "+84986123456", "0986123456"},
	{"+84 with blanks", " +84 986 123 456", "0986123456"},
	{"84", "84 986.123.456", "0986123456"},
	{"084 is a prefix and no country", "0849123456", "0849123456"},
	{"the country and that prefix", "84849123456", "0849123456"},
	{"nothing", "", ""},
	{"blanks only", "  ", ""},
	{"a plus only", "+", ""},
	{"a lost zero is not made up", "986123456", ""},
	{"one digit short", "098612345", ""},
	{"one digit over", "09861234567", ""},
	{"old eleven digits", "01686123456", ""},
	{"far too many digits", "098612345609861234560986", ""},
	{"a landline", "02103861234", ""},
	{"a landline of ten digits", "0210386123", ""},
	{"a prefix nobody has", "0956123456", ""},
	{"another country", "+85986123456", ""},
	{"a plus before the zero", "+0986123456", ""},
	{"country and zero together", "+840986123456", ""},
	{"two plus", "++84986123456", ""},
	{"a plus inside", "84+986123456", ""},
	{"letters", "O986123456", ""},
	{"84 as the first of ten digits", "8498612345", ""},
	{"84 and eight digits", "84 9861 2345", ""},
};

static void reads(void **state)
{
	const struct row *row = *state;
	char out[PHONE_SIZE] = "left";

	assert_int_equal(phone_read(row->in, out), row->out[0] != '\0');
	assert_string_equal(out, row->out);
}

struct operator_row {
	const char *name;
	const char *number;
	const char *operator_name;
};

static struct operator_row operator_rows[] = {
	{"032 is Viettel", "0321234567", "Viettel"},
	{"086 is Viettel", "0861234567", "Viettel"},
	{"091 is VinaPhone", "0911234567", "VinaPhone"},
	{"084 is VinaPhone", "0841234567", "VinaPhone"},
	{"070 is MobiFone", "0701234567", "MobiFone"},
	{"089 is MobiFone", "0891234567", "MobiFone"},
	{"092 is Vietnamobile", "0921234567", "Vietnamobile"},
	{"099 is Gmobile", "0991234567", "Gmobile"},
	{"055 is Wintel", "0551234567", "Wintel"},
	{"087 is iTel", "0871234567", "iTel"},
	{"031 is nobody's", "0311234567", NULL},
	{"short", "032123456", NULL},
	{"long", "03212345678", NULL},
	{"no digits", "032123456x", NULL},
};

static void operators(void **state)
{
	const struct operator_row *row = *state;
	const char *got = phone_operator(row->number);

	if (row->operator_name)
		assert_string_equal(got, row->operator_name);
	else
		assert_null(got);
}

/* ^0(3[2-9]|5[25689]|7[06-9]|8[1-9]|9[0-46-9]) and nothing else. */
static void prefixes_are_those_of_the_plan(void **state)
{
	static const char *const second[10] = {
		[3] = "23456789",
		[5] = "25689",
		[7] = "06789",
		[8] = "123456789",
		[9] = "012346789",
	};

	(void)state;
	for (int p = 0; p < 100; p++) {
		const char *can = second[p / 10];
		char number[] = "0001234567";

		number[1] = (char)('0' + p / 10);
		number[2] = (char)('0' + p % 10);
		assert_int_equal(phone_operator(number) != NULL,
			can && strchr(can, '0' + p % 10));
	}
}

static struct CMUnitTest tests[COUNT_OF(rows) + COUNT_OF(operator_rows) + 1];

int main(void)
{
	size_t n = 0;

	UNIT_ADD_ROWS(tests, &n, rows, reads);
	UNIT_ADD_ROWS(tests, &n, operator_rows, operators);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(prefixes_are_those_of_the_plan);
	return cmocka_run_group_tests_name("phone", tests, NULL, NULL);
}
