/* Codes for scripts: each value has its own, and it reads back. */
#include "support/unit.h"

#include <string.h>

#include "db/payouts.h"

static void each_payee_reads_back(void **state)
{
	enum payee back = PAYEE_CARER;

	(void)state;
	for (int p = PAYEE_SELF; p <= PAYEE_CARER; p++) {
		assert_true(payee_parse(payee_name(p), &back));
		assert_int_equal(back, p);
	}
	assert_false(payee_parse("nobody", &back));
	assert_false(payee_parse("", &back));
}

static void each_reason_not_to_pay_reads_back(void **state)
{
	enum not_paid back;
	int known = 0;

	(void)state;
	for (int r = 1; r < 100; r++) {
		if (strcmp(not_paid_name(r), "unknown") == 0)
			continue;
		assert_true(not_paid_parse(not_paid_name(r), &back));
		assert_int_equal(back, r);
		known++;
	}
	assert_int_equal(known, 7);
	assert_false(not_paid_parse("unknown", &back));
}

static void each_reason_to_void_reads_back(void **state)
{
	enum void_reason back = VOID_NOT_HANDED;
	int known = 0;

	(void)state;
	for (int r = 1; r < 10; r++) {
		const char *name = void_reason_name((enum void_reason)r);

		if (!void_reason_parse(name, &back))
			continue;
		assert_int_equal(back, r);
		known++;
	}
	assert_int_equal(known, 3);
	assert_false(void_reason_parse("", &back));
	assert_false(void_reason_parse("because", &back));
}

static void states_are_told_apart(void **state)
{
	(void)state;
	assert_string_equal(payout_state_name(PAYOUT_PAID), "paid");
	assert_string_equal(payout_state_name(PAYOUT_HANDED), "handed");
	assert_string_equal(payout_state_name(PAYOUT_VOIDED), "voided");
	assert_string_equal(print_state_name(PRINT_PRINTED), "printed");
	assert_string_equal(print_state_name(PRINT_FAILED), "failed");
	assert_string_equal(print_state_name(PRINT_UNKNOWN), "unknown");
}

static void each_refusal_has_a_code_of_its_own(void **state)
{
	(void)state;
	for (int a = REFUSED_NOT + 1; a < REFUSED_COUNT; a++) {
		assert_true(strlen(refusal_code_name(a)) > 0);
		for (int b = a + 1; b < REFUSED_COUNT; b++)
			assert_string_not_equal(refusal_code_name(a),
				refusal_code_name(b));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_payee_reads_back),
		cmocka_unit_test(each_reason_not_to_pay_reads_back),
		cmocka_unit_test(each_reason_to_void_reads_back),
		cmocka_unit_test(states_are_told_apart),
		cmocka_unit_test(each_refusal_has_a_code_of_its_own),
	};

	return cmocka_run_group_tests_name("codes", tests, NULL, NULL);
}
