/* What can come of a visit: numbers in books, groups, words, days. */
#include "support/unit.h"

#include "core/visit_result.h"

static void every_result_has_a_group_a_word_and_its_keys(void **state)
{
	enum visit_result back;
	uint64_t result;
	uint64_t reason;
	int seen[VISIT_GROUPS] = {0};

	(void)state;
	for (int i = 0; i < visit_results_count; i++) {
		const enum visit_result r = visit_results[i];

		assert_int_not_equal(visit_group(r), VISIT_GROUP_NONE);
		seen[visit_group(r)]++;
		assert_true(visit_result_parse(visit_result_name(r), &back));
		assert_int_equal(back, r);
		visit_result_keys(r, &result, &reason);
		assert_int_equal(visit_result_of(result, reason), r);
	}
	for (int g = VISIT_GROUP_AGREED; g < VISIT_GROUPS; g++) {
		enum visit_group named;

		assert_true(seen[g] > 0);
		assert_true(visit_group_parse(
			visit_group_name((enum visit_group)g), &named));
		assert_int_equal(named, g);
	}
}

static void what_is_no_result_is_none(void **state)
{
	enum visit_result r;
	enum visit_group g;

	(void)state;
	for (int n = -1; n < 60; n++) {
		bool known = false;

		for (int i = 0; i < visit_results_count; i++)
			known = known || (int)visit_results[i] == n;
		assert_int_equal(visit_group((enum visit_result)n) !=
					 VISIT_GROUP_NONE,
			known);
	}
	assert_int_equal(visit_result_of(0, 0), VISIT_NONE);
	assert_int_equal(visit_result_of(1, 0), VISIT_NONE);
	assert_int_equal(visit_result_of(1, 42), VISIT_NONE);
	assert_int_equal(visit_result_of(2, 10), VISIT_NONE);
	assert_int_equal(visit_result_of(UINT64_MAX, 0), VISIT_NONE);
	assert_int_equal(visit_result_of(1, UINT64_MAX), VISIT_NONE);
	assert_false(visit_result_parse("none", &r));
	assert_false(visit_result_parse("", &r));
	assert_false(visit_group_parse("nobody", &g));
}

static void who_was_met_moved_or_died_is_reviewed(void **state)
{
	(void)state;
	for (int i = 0; i < visit_results_count; i++) {
		const enum visit_result r = visit_results[i];

		assert_int_equal(visit_is_review(r),
			r != VISIT_ABSENT && r != VISIT_OTHER);
	}
	assert_false(visit_is_review(VISIT_NONE));
}

static void another_reason_has_to_be_said(void **state)
{
	int others = 0;

	(void)state;
	for (int i = 0; i < visit_results_count; i++)
		others += visit_needs_note(visit_results[i]);
	assert_int_equal(others, 3);
	assert_true(visit_needs_note(VISIT_REFUSES));
	assert_true(visit_needs_note(VISIT_CANNOT));
	assert_true(visit_needs_note(VISIT_OTHER));
}

static void a_day_to_come_again_is_ahead_and_not_far(void **state)
{
	const struct date today = {2026, 11, 22};
	static const struct {
		struct date next;
		bool possible;
	} row[] = {
		{{2026, 11, 22}, false},
		{{2026, 11, 21}, false},
		{{2026, 11, 23}, true},
		{{2027, 1, 1}, true},
		{{2027, 5, 21}, true},
		{{2027, 5, 22}, false},
		{{2026, 11, 31}, false},
		{{2027, 0, 0}, false},
		{{0, 0, 0}, false},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(row); i++)
		assert_int_equal(visit_next_possible(row[i].next, today),
			row[i].possible);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_result_has_a_group_a_word_and_its_keys),
		cmocka_unit_test(what_is_no_result_is_none),
		cmocka_unit_test(who_was_met_moved_or_died_is_reviewed),
		cmocka_unit_test(another_reason_has_to_be_said),
		cmocka_unit_test(a_day_to_come_again_is_ahead_and_not_far),
	};

	return cmocka_run_group_tests_name("results of visits", tests, NULL,
		NULL);
}
