/* Which PINs are taken, a row each. */
#include "support/unit.h"

#include "core/pin.h"

static struct row {
	const char *name;
	const char *pin;
	enum pin_fault fault;
} rows[] = {
	{"six digits", "246801", PIN_GOOD},
	{"odd numbers in a row are no run", "135791", PIN_GOOD},
	{"a year is taken", "199508", PIN_GOOD},
	{"two digits twice are taken", "112200", PIN_GOOD},
	{"a run that breaks off", "123457", PIN_GOOD},
	{"five digits", "24680", PIN_NOT_SIX},
	{"seven digits", "2468013", PIN_NOT_SIX},
	{"nothing", "", PIN_NOT_SIX},
	{"a letter", "24680a", PIN_NOT_SIX},
	{"digits of another script", "２４６８", PIN_NOT_SIX},
	{"all the same", "777777", PIN_EASY},
	{"zeros", "000000", PIN_EASY},
	{"a run up", "123456", PIN_EASY},
	{"a run up over nine", "789012", PIN_EASY},
	{"a run down", "654321", PIN_EASY},
	{"a run down under zero", "210987", PIN_EASY},
	{"two digits over and over", "121212", PIN_EASY},
	{"three digits over and over", "905905", PIN_EASY},
};

static void run_row(void **state)
{
	const struct row *row = *state;

	assert_int_equal(pin_check(row->pin), row->fault);
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows)];

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		tests[i] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = &rows[i]};
	return cmocka_run_group_tests_name("PIN", tests, NULL, NULL);
}
