/* One row is one amount, and what stands before it on screen and paper. */
#include "support/unit.h"

#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/pay_text.h"

struct row {
	const char *name;
	enum ent_what what;
	int32_t period;
	const char *months;
	const char *vi;
};

static struct row rows[] = {
	{"this month", ENT_MONTH, 202612, "", "Kỳ 12/2026"},
	{"arrears of one month", ENT_ARREARS, 202611, "2026-11",
		"Truy lĩnh kỳ 11/2026"},
	{"arrears of a month that is not listed", ENT_ARREARS, 202611, "",
		"Truy lĩnh kỳ 11/2026"},
	{"arrears of two", ENT_ARREARS, 202611, "2026-10,2026-11",
		"Truy lĩnh kỳ 10, 11/2026"},
	{"arrears over new year", ENT_ARREARS, 202612, "2025-12,2026-01",
		"Truy lĩnh kỳ 12/2025, 01/2026"},
	{"arrears over new year, three", ENT_ARREARS, 202612,
		"2025-11,2025-12,2026-01", "Truy lĩnh kỳ 11, 12/2025, 01/2026"},
	{"blanks and semicolons do", ENT_ARREARS, 202611, "2026-10; 2026-11",
		"Truy lĩnh kỳ 10, 11/2026"},
	{"what is no month is left out", ENT_ARREARS, 202611, "tháng,2026-11",
		"Truy lĩnh kỳ 11/2026"},
	{"nothing but rubbish: the month of the money", ENT_ARREARS, 202609,
		"x,,y", "Truy lĩnh kỳ 09/2026"},
	{"a word longer than any month is left out", ENT_ARREARS, 202611,
		"2026-112026-112026-11,2026-11", "Truy lĩnh kỳ 11/2026"},
	{"a blank before the first month", ENT_ARREARS, 202611, " 2026-11",
		"Truy lĩnh kỳ 11/2026"},
	{"funeral", ENT_FUNERAL, 202612, "", "Mai táng phí"},
	{"carried over", ENT_CARRIED, 202609, "",
		"Kỳ trước chuyển sang 09/2026"},
	{"other", ENT_OTHER, 202612, "", "Khoản khác, kỳ 12/2026"},
};

static void run_row(void **state)
{
	const struct row *row = *state;
	struct due_item item = {.what = row->what, .period = row->period};
	char text[PAY_TEXT_SIZE];

	tr_set_lang("vi");
	str_copy(item.months, sizeof(item.months), row->months);
	assert_string_equal(pay_item_text(&item, text, sizeof(text)), row->vi);
}

static void numbers_are_masked(void **state)
{
	char out[16];

	(void)state;
	assert_string_equal(pay_masked_id("001145004578", out), "********4578");
	assert_string_equal(pay_masked_id("123456789", out), "*****6789");
	assert_string_equal(pay_masked_id("", out), "");
	/* Too short to hide anything: nothing is shown. */
	assert_string_equal(pay_masked_id("4578", out), "");
	assert_string_equal(pay_masked_id("0011450045780000", out), "");
}

static void groups_and_people(void **state)
{
	(void)state;
	tr_set_lang("vi");
	assert_string_equal(pay_group_text("BTXH"), "Bảo trợ xã hội");
	assert_string_equal(pay_group_text("NCC"), "Người có công");
	assert_string_equal(pay_group_text("KHAC"), "Đối tượng khác");
	assert_string_equal(pay_group_text("XYZ"), "XYZ");
	assert_string_equal(pay_payee_text(PAYEE_SELF), "Chính chủ");
	assert_string_equal(pay_payee_text(PAYEE_GUARDIAN), "Người giám hộ");
	assert_string_equal(pay_sex_text(SEX_FEMALE), "Nữ");
	assert_string_equal(pay_sex_text(SEX_MALE), "Nam");
	assert_string_equal(pay_sex_text(SEX_UNKNOWN), "");
}

/* Who received it, and whether he has it, is never said alike for two. */
static void payees_and_states_all_differ(void **state)
{
	static const enum payout_state states[] = {PAYOUT_PAID, PAYOUT_HANDED,
		PAYOUT_VOIDED};

	(void)state;
	tr_set_lang("vi");
	for (int a = PAYEE_SELF; a <= PAYEE_CARER; a++)
		for (int b = PAYEE_SELF; b < a; b++)
			assert_string_not_equal(pay_payee_text((enum payee)a),
				pay_payee_text((enum payee)b));
	for (size_t a = 0; a < COUNT_OF(states); a++)
		for (size_t b = 0; b < a; b++)
			assert_string_not_equal(pay_state_text(states[a]),
				pay_state_text(states[b]));
}

/* "Unknown" must never read like "printed" (product.md rule 1). */
static void paper_states_all_differ(void **state)
{
	(void)state;
	tr_set_lang("vi");
	for (int a = PRINT_NONE; a <= PRINT_FAILED; a++)
		for (int b = a + 1; b <= PRINT_FAILED; b++)
			assert_string_not_equal(
				pay_print_text((enum print_state)a),
				pay_print_text((enum print_state)b));
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + 4];
	size_t n = COUNT_OF(rows);

	for (size_t i = 0; i < n; i++)
		tests[i] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = &rows[i]};
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(numbers_are_masked);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(groups_and_people);
	tests[n++] =
		(struct CMUnitTest)cmocka_unit_test(paper_states_all_differ);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(payees_and_states_all_differ);
	return cmocka_run_group_tests_name("payments in words", tests, NULL,
		NULL);
}
