/* What a receipt that somebody brings is worth. */
#include "support/unit.h"

#include <string.h>

#include "core/tr.h"
#include "terminal/flows/paper_says.h"

static const struct found_row {
	const char *name;
	enum payout_state state;
	bool scanned;
	const char *code;
} found[] = {
	{"scanned and handed over", PAYOUT_HANDED, true, "true"},
	{"scanned, still open", PAYOUT_PAID, true, "true"},
	{"typed", PAYOUT_HANDED, false, "in_book"},
	{"cancelled, scanned", PAYOUT_VOIDED, true, "voided"},
	{"cancelled, typed", PAYOUT_VOIDED, false, "voided"},
};

static const struct none_row {
	const char *name;
	struct proof_found f;
	const char *code;
} none[] = {
	{"no code at all", {.proof = PROOF_NONE}, "unknown"},
	{"another terminal's", {.proof = PROOF_FOREIGN, .seq = 3}, "foreign"},
	{"a record of ours, another text",
		{.proof = PROOF_UNPROVEN, .seq = 3, .last_seq = 9}, "altered"},
	{"the last record of ours",
		{.proof = PROOF_UNPROVEN, .seq = 9, .last_seq = 9}, "altered"},
	{"beyond the book, by no key of ours",
		{.proof = PROOF_UNPROVEN, .seq = 10, .last_seq = 9},
		"unproven"},
	{"ours, and the book lacks it",
		{.proof = PROOF_MISSING, .seq = 10, .last_seq = 9}, "missing"},
	{"another payment of ours stands in its place",
		{.proof = PROOF_AGREES, .seq = 3}, "unknown"},
};

static void T51_each_paper_has_its_word(void **state)
{
	char text[PAPER_SAYS_SIZE];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(found); i++) {
		const enum paper_says p =
			paper_says_of(found[i].state, found[i].scanned);

		print_message("%s\n", found[i].name);
		assert_string_equal(paper_says_code(p), found[i].code);
		assert_true(strlen(paper_says_text(p, 0, NULL, text)) > 30);
	}
	for (size_t i = 0; i < COUNT_OF(none); i++) {
		const enum paper_says p = paper_says_none(&none[i].f);

		print_message("%s\n", none[i].name);
		assert_string_equal(paper_says_code(p), none[i].code);
		assert_true(paper_says_title(p)[0] != '\0');
		assert_true(strlen(paper_says_text(p, 0, &none[i].f, text)) >
			    30);
	}
}

static void copies_are_counted(void **state)
{
	char text[PAPER_SAYS_SIZE];

	(void)state;
	tr_set_lang("vi");
	paper_says_text(PAPER_SAYS_TRUE, 0, NULL, text);
	assert_null(strstr(text, "BẢN SAO"));
	paper_says_text(PAPER_SAYS_TRUE, 2, NULL, text);
	assert_non_null(strstr(text, "Đã in 2 bản sao"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(T51_each_paper_has_its_word),
		cmocka_unit_test(copies_are_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
