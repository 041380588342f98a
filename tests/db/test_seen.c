/* Pairs of numbers that were seen: more of them than it began with. */
#include "support/unit.h"

#include "db/seen_internal.h"

enum {
	MANY = 5000
};

static void every_pair_that_was_added_and_no_other(void **state)
{
	struct seen *s = seen_new();

	(void)state;
	assert_non_null(s);
	for (uint32_t i = 1; i <= MANY; i++) {
		assert_false(seen_has(s, i, i % 7));
		assert_true(seen_add(s, i, i % 7));
	}
	for (uint32_t i = 1; i <= MANY; i++) {
		assert_true(seen_has(s, i, i % 7));
		assert_false(seen_has(s, i, i % 7 + 1));
	}
	seen_free(s);
	seen_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_pair_that_was_added_and_no_other),
	};

	return cmocka_run_group_tests_name("seen", tests, NULL, NULL);
}
