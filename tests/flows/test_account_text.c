/* Everything that can be wrong with an account has its words. */
#include "support/unit.h"

#include <string.h>

#include "core/tr.h"
#include "core/utf8.h"
#include "terminal/flows/account_text.h"

/* Both languages, a sentence each, not one like the other. */
static void must_be_in_both(const char *(*text)(int), int i)
{
	const char *vi;
	const char *en;

	assert_true(tr_set_lang("en"));
	en = text(i);
	assert_true(tr_set_lang("vi"));
	vi = text(i);
	assert_in_range(strlen(en), 20, 240);
	assert_in_range(utf8_columns(vi), 20, 200);
	assert_string_not_equal(en, vi);
	assert_null(strchr(en, '%'));
}

static void must_be_its_own(const char *(*text)(int), int first, int count)
{
	for (int i = first; i < count; i++)
		for (int k = first; k < i; k++)
			assert_string_not_equal(text(i), text(k));
}

static const char *qr(int i)
{
	return account_qr_text((enum vietqr_verdict)i, ACCOUNT_BAD_BIN);
}

static void every_refusal_has_its_text(void **state)
{
	(void)state;
	assert_string_equal(qr(VIETQR_OK), "");
	for (int i = VIETQR_OK + 1; i < VIETQR_VERDICT_COUNT; i++)
		must_be_in_both(qr, i);
	must_be_its_own(qr, VIETQR_OK, VIETQR_VERDICT_COUNT);
	assert_non_null(qr(VIETQR_VERDICT_COUNT));
	assert_string_equal(qr(VIETQR_BAD_ACCOUNT),
		account_fault_text(ACCOUNT_BAD_BIN));
}

static const char *fault(int i)
{
	return account_fault_text((enum account_fault)i);
}

static void every_fault_has_its_text(void **state)
{
	(void)state;
	assert_string_equal(fault(ACCOUNT_FINE), "");
	assert_string_equal(fault(ACCOUNT_FAULT_COUNT), "");
	for (int i = ACCOUNT_FINE + 1; i < ACCOUNT_FAULT_COUNT; i++)
		must_be_in_both(fault, i);
	must_be_its_own(fault, ACCOUNT_FINE, ACCOUNT_FAULT_COUNT);
}

/* What the bank answered: it stands in lists, so it is short. */
static void every_answer_has_its_text(void **state)
{
	static const enum account_answer answer[] = {ACCOUNT_NOT_FOUND,
		ACCOUNT_NAME_DIFFERS, ACCOUNT_CLOSED, ACCOUNT_REFUSED};

	(void)state;
	assert_string_equal(account_answer_text(ACCOUNT_NOT_ASKED), "");
	assert_string_equal(account_answer_text(ACCOUNT_VERIFIED), "");
	assert_true(tr_set_lang("vi"));
	for (size_t i = 0; i < COUNT_OF(answer); i++) {
		assert_in_range(utf8_columns(account_answer_text(answer[i])), 5,
			60);
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(account_answer_text(answer[i]),
				account_answer_text(answer[k]));
	}
}

static const char *note(int bit)
{
	return account_note_text((enum account_note)(1 << bit));
}

static void every_note_has_its_text(void **state)
{
	(void)state;
	for (int bit = 0; bit < 3; bit++)
		must_be_in_both(note, bit);
	must_be_its_own(note, 0, 3);
	assert_string_equal(note(3), "");
}

static const char *names(int i)
{
	return account_names_text((enum viet_verdict)i);
}

static void every_verdict_has_its_text(void **state)
{
	(void)state;
	for (int i = VIET_EQUAL; i <= VIET_DIFFERENT; i++)
		must_be_in_both(names, i);
	must_be_its_own(names, VIET_EQUAL, VIET_DIFFERENT + 1);
	assert_string_equal(names(VIET_DIFFERENT + 1), "");
}

struct provider_row {
	const char *name;
	const char *bin;
	const char *number;
	const char *shown;
};

static struct provider_row provider_rows[] = {
	{"a bank", "970405", "1500205123456", "Agribank"},
	{"a wallet", "971025", "PSP123456789000000", "MoMo"},
	{"a wallet at a bank", "970454", "99ZP24009M07248267",
		"ZaloPay (BVBank)"},
	{"mobile money", "971005", "0986123456", "Viettel Money"},
	{"the other mobile money", "971011", "0912345678", "VNPT Money"},
	{"a bank that nobody knows", "970499", "123456789",
		"ngân hàng mã 970499"},
};

static void shows_the_provider(void **state)
{
	const struct provider_row *row = *state;
	char out[ACCOUNT_TITLE_SIZE];
	struct account a;

	assert_true(tr_set_lang("vi"));
	assert_int_equal(account_check(row->bin, row->number, &a),
		ACCOUNT_FINE);
	assert_string_equal(account_provider(&a, out), row->shown);
}

static struct CMUnitTest tests[COUNT_OF(provider_rows) + 5];

int main(void)
{
	size_t n = 0;

	UNIT_ADD_ROWS(tests, &n, provider_rows, shows_the_provider);
	tests[n++] =
		(struct CMUnitTest)cmocka_unit_test(every_refusal_has_its_text);
	tests[n++] =
		(struct CMUnitTest)cmocka_unit_test(every_fault_has_its_text);
	tests[n++] =
		(struct CMUnitTest)cmocka_unit_test(every_note_has_its_text);
	tests[n++] =
		(struct CMUnitTest)cmocka_unit_test(every_answer_has_its_text);
	tests[n++] =
		(struct CMUnitTest)cmocka_unit_test(every_verdict_has_its_text);
	return cmocka_run_group_tests_name("account texts", tests, NULL, NULL);
}
