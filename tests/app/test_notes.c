/* Flows may not link the store, so both have the banknotes: the same ones. */
#include "support/unit.h"

#include "db/shifts.h"
#include "terminal/flows/drawer.h"

static void the_same_banknotes(void **state)
{
	(void)state;
	assert_memory_equal(drawer_denomination, notes_denomination,
		sizeof(drawer_denomination));
}

static void the_same_sum(void **state)
{
	static struct drawer d;
	struct notes n;

	(void)state;
	drawer_init(&d, DRAWER_OPEN, NULL);
	for (int i = 0; i < NOTES_KINDS; i++) {
		n.pieces[i] = i + 1;
		entry_key(&d.pieces[i], '1' + i);
	}
	assert_true(drawer_typed_sum(&d) == notes_sum(&n));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_banknotes),
		cmocka_unit_test(the_same_sum),
	};

	return cmocka_run_group_tests_name("banknotes", tests, NULL, NULL);
}
