/* One row is one story: a receipt of the book on the screen. */
#include "support/unit.h"

#include <string.h>

#include "core/tr.h"
#include "support/story.h"
#include "terminal/flows/preview.h"

static struct row {
	const char *name;
	const char *script;
	enum preview_step step;
	enum effect_kind effect; /* of the last event */
	int top;
	bool take_back;
	bool complain;
} rows[] = {
	{"looked up", "", PREVIEW_LOADING, FX_NONE, 0, false, false},
	{"no key while it is", "10.9\n", PREVIEW_LOADING, FX_NONE, 0, false,
		false},
	{"shown; it was handed over", "T", PREVIEW_GIVEN, FX_NONE, 0, false,
		false},
	{"1 prints a copy", "T1", PREVIEW_GIVEN, FX_PRINT, 0, false, false},
	{"0 goes back", "T0", PREVIEW_GIVEN, FX_LEAVE, 0, false, false},
	{"9: the money came back", "T9", PREVIEW_GIVEN, FX_LEAVE, 0, true,
		false},
	{"5: somebody says that it is wrong", "T5", PREVIEW_GIVEN, FX_LEAVE, 0,
		false, true},
	{"none: nothing to complain about", "?5", PREVIEW_NONE, FX_NONE, 0,
		false, false},
	{"ENTER does nothing", "T\n", PREVIEW_GIVEN, FX_NONE, 0, false, false},
	{"down", "T.", PREVIEW_GIVEN, FX_NONE, PREVIEW_SCROLL, false, false},
	{"by the arrow, too", "T}", PREVIEW_GIVEN, FX_NONE, PREVIEW_SCROLL,
		false, false},
	{"down and up", "T}{", PREVIEW_GIVEN, FX_NONE, 0, false, false},
	{"down and a page up", "T}[", PREVIEW_GIVEN, FX_NONE, 0, false, false},
	{"up at the top stays there", "T{", PREVIEW_GIVEN, FX_NONE, 0, false,
		false},
	{"never behind the last line", "T....", PREVIEW_GIVEN, FX_NONE,
		PREVIEW_SCROLL, false, false},
	{"there is none", "?", PREVIEW_NONE, FX_NONE, 0, false, false},
	{"none: 0 goes back", "?0", PREVIEW_NONE, FX_LEAVE, 0, false, false},
	{"none: so does ENTER", "?\n", PREVIEW_NONE, FX_LEAVE, 0, false, false},
	{"none: nothing can be printed", "?1", PREVIEW_NONE, FX_NONE, 0, false,
		false},
	{"none: nor taken back", "?9", PREVIEW_NONE, FX_NONE, 0, false, false},
	{"the book cannot be read", "!", PREVIEW_NONE, FX_NONE, 0, false,
		false},
};

static struct effect play(struct preview *p, const char *script)
{
	static struct event ev;
	struct effect fx = preview_start(p, STORY_SEQ);
	struct story s;

	assert_int_equal(fx.kind, FX_RECEIPT);
	assert_int_equal(fx.receipt.seq, STORY_SEQ);
	fx = effect_of(FX_NONE);
	story_begin(&s, script);
	while (story_next(&s, &ev))
		fx = preview_handle(p, &ev);
	return fx;
}

static void run_row(void **state)
{
	static struct preview p;
	const struct row *row = *state;
	const struct effect fx = play(&p, row->script);

	tr_set_lang("en");
	assert_int_equal(p.step, row->step);
	assert_int_equal(fx.kind, row->effect);
	assert_int_equal(p.top, row->top);
	assert_int_equal(p.take_back, row->take_back);
	assert_int_equal(p.complain, row->complain);
	if (fx.kind == FX_PRINT) {
		assert_int_equal(fx.print.seq, STORY_SEQ);
		assert_true(fx.print.copy);
	}
}

/* What was scanned is the paper that a take-back needs; a Z slip is none. */
static void only_a_receipt_counts_as_scanned(void **state)
{
	static struct preview p;
	struct effect fx;

	(void)state;
	fx = preview_start_code(&p, "CV1:ABC");
	assert_int_equal(fx.kind, FX_RECEIPT);
	assert_string_equal(fx.receipt.code, "CV1:ABC");
	assert_string_equal(p.scanned, "CV1:ABC");
	fx = preview_start_code(&p, "129S-RZCJ-BYD8-9");
	assert_string_equal(fx.receipt.code, "129S-RZCJ-BYD8-9");
	assert_string_equal(p.scanned, "");
	play(&p, "T");
	assert_string_equal(p.scanned, "");
}

/* A receipt that was voided or is still open has no 9. */
static void only_money_that_was_given_can_come_back(void **state)
{
	static const enum payout_state states[] = {PAYOUT_PAID, PAYOUT_VOIDED};
	static struct preview p;
	static struct event ev;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(states); i++) {
		play(&p, "");
		story_event('T', 1000, &ev);
		ev.preview.brief.state = states[i];
		preview_handle(&p, &ev);
		assert_int_equal(p.step, PREVIEW_SHOW);
		story_event('9', 2000, &ev);
		assert_int_equal(preview_handle(&p, &ev).kind, FX_NONE);
		assert_false(p.take_back);
		story_event('1', 3000, &ev);
		assert_int_equal(preview_handle(&p, &ev).kind, FX_PRINT);
	}
}

/* Whose paper it is, or whether records are missing, its screen says. */
static void what_a_strange_paper_proves_is_kept(void **state)
{
	static const struct {
		enum proof proof;
		bool said; /* here, beside the screen's own sentence */
	} row[] = {
		{PROOF_NONE, true},
		{PROOF_UNPROVEN, false},
		{PROOF_FOREIGN, false},
		{PROOF_MISSING, true},
	};
	static struct preview p;
	static struct event ev;

	(void)state;
	tr_set_lang("en");
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		play(&p, "");
		story_event('?', 1000, &ev);
		ev.evidence.proof = row[i].proof;
		preview_handle(&p, &ev);
		assert_int_equal(p.step, PREVIEW_NONE);
		assert_int_equal(p.proof.proof, row[i].proof);
		assert_string_equal(p.notice.text,
			row[i].said ? "This terminal has no receipt of it"
				    : "");
	}
}

/* The last line may have no end. */
static void every_line_of_it_counts(void **state)
{
	static const struct {
		const char *text;
		int lines;
	} row[] = {{"", 0}, {"one", 1}, {"one\n", 1}, {"one\ntwo", 2},
		{"one\n\n", 2}};
	static struct preview p;
	static struct event ev;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		play(&p, "");
		story_event('T', 1000, &ev);
		memset(ev.preview.text, 0, sizeof(ev.preview.text));
		memcpy(ev.preview.text, row[i].text, strlen(row[i].text));
		preview_handle(&p, &ev);
		assert_int_equal(p.lines, row[i].lines);
	}
}

int main(void)
{
	static struct CMUnitTest tests[COUNT_OF(rows) + 4];
	size_t n = 0;

	UNIT_ADD_ROWS(tests, &n, rows, run_row);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(only_a_receipt_counts_as_scanned);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(only_money_that_was_given_can_come_back);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(what_a_strange_paper_proves_is_kept);
	tests[n++] =
		(struct CMUnitTest)cmocka_unit_test(every_line_of_it_counts);
	return cmocka_run_group_tests_name("a receipt", tests, NULL, NULL);
}
