/* One row is one story: somebody says that a receipt is wrong. */
#include "support/unit.h"

#include <string.h>

#include "core/tr.h"
#include "support/story.h"
#include "terminal/flows/complain.h"

#define NOTED "11\006"

static struct row {
	const char *name;
	const char *script;
	enum complain_step step;
	enum effect_kind effect; /* of the last event */
	enum complaint_reason reason;
	const char *says; /* "": nothing */
} rows[] = {
	{"why is asked first", "", COMPLAIN_REASON, FX_NONE, COMPLAINT_NONE,
		""},
	{"a digit says it", "2", COMPLAIN_SURE, FX_NONE, COMPLAINT_AMOUNT, ""},
	{"so does another", "3", COMPLAIN_SURE, FX_NONE, COMPLAINT_PERSON, ""},
	{"and 9 any other reason", "9", COMPLAIN_SURE, FX_NONE, COMPLAINT_OTHER,
		""},
	{"a digit that is no reason is none", "4578", COMPLAIN_REASON, FX_NONE,
		COMPLAINT_NONE, ""},
	{"0 leaves", "0", COMPLAIN_REASON, FX_LEAVE, COMPLAINT_NONE, ""},
	{"so does Esc", "<", COMPLAIN_REASON, FX_LEAVE, COMPLAINT_NONE, ""},
	{"0 asks for the reason again", "20", COMPLAIN_REASON, FX_NONE,
		COMPLAINT_AMOUNT, ""},
	{"another reason then counts", "203", COMPLAIN_SURE, FX_NONE,
		COMPLAINT_PERSON, ""},
	{"ENTER notes nothing", "1\n\n", COMPLAIN_SURE, FX_NONE,
		COMPLAINT_NOT_RECEIVED, ""},
	{"1 does", "11", COMPLAIN_WRITING, FX_COMPLAIN, COMPLAINT_NOT_RECEIVED,
		""},
	{"no key while it is written", "1110.\n", COMPLAIN_WRITING, FX_NONE,
		COMPLAINT_NOT_RECEIVED, ""},
	{"in the book: its slip is printed", NOTED, COMPLAIN_PRINTING,
		FX_COMPLAINT_SLIP, COMPLAINT_NOT_RECEIVED, ""},
	{"nobody has to wait for the paper", NOTED "0", COMPLAIN_PRINTING,
		FX_LEAVE, COMPLAINT_NOT_RECEIVED, ""},
	{"not twice while it is printed", NOTED "1", COMPLAIN_PRINTING, FX_NONE,
		COMPLAINT_NOT_RECEIVED, ""},
	{"another paper's report is not it", NOTED ")", COMPLAIN_PRINTING,
		FX_NONE, COMPLAINT_NOT_RECEIVED, ""},
	{"printed", NOTED "\016", COMPLAIN_DONE, FX_NONE,
		COMPLAINT_NOT_RECEIVED, ""},
	{"not printed", NOTED "\017", COMPLAIN_DONE, FX_NONE,
		COMPLAINT_NOT_RECEIVED, ""},
	{"the slip once more", NOTED "\0171", COMPLAIN_PRINTING,
		FX_COMPLAINT_SLIP, COMPLAINT_NOT_RECEIVED, ""},
	{"0 goes back to the receipt", NOTED "\0160", COMPLAIN_DONE, FX_LEAVE,
		COMPLAINT_NOT_RECEIVED, ""},
	{"ENTER does nothing there", NOTED "\016\n", COMPLAIN_DONE, FX_NONE,
		COMPLAINT_NOT_RECEIVED, ""},
	{"refused: why is said", "11$", COMPLAIN_REASON, FX_NONE,
		COMPLAINT_NOT_RECEIVED, "shift"},
	{"failed: it may be in the book", "11!", COMPLAIN_SURE, FX_NONE,
		COMPLAINT_NOT_RECEIVED, "Not known whether the complaint"},
	{"failed: it may be noted once more", "11!1", COMPLAIN_WRITING,
		FX_COMPLAIN, COMPLAINT_NOT_RECEIVED, ""},
	{"what was said goes with the next key", "11!02", COMPLAIN_SURE,
		FX_NONE, COMPLAINT_AMOUNT, ""},
};

static struct effect play(struct complain *c, const char *script)
{
	const struct payout_brief b = {.amount = STORY_DUE,
		.code = "129S-RZCJ-BYD8-9",
		.state = PAYOUT_HANDED};
	static struct event ev;
	struct effect fx = effect_of(FX_NONE);
	struct story s;

	complain_init(c, STORY_SEQ, &b);
	story_begin(&s, script);
	while (story_next(&s, &ev))
		fx = complain_handle(c, &ev);
	return fx;
}

static void run_row(void **state)
{
	static struct complain c;
	const struct row *row = *state;
	struct effect fx;

	tr_set_lang("en");
	fx = play(&c, row->script);
	assert_int_equal(c.step, row->step);
	assert_int_equal(fx.kind, row->effect);
	assert_int_equal(c.reason, row->reason);
	if (row->says[0])
		assert_non_null(strstr(c.notice.text, row->says));
	else
		assert_string_equal(c.notice.text, "");
	if (fx.kind == FX_COMPLAIN) {
		assert_int_equal(fx.complain.seq, STORY_SEQ);
		assert_int_equal(fx.complain.reason, row->reason);
		assert_true(fx.drop_keys);
	}
	if (fx.kind == FX_COMPLAINT_SLIP)
		assert_int_equal(fx.complaint.seq, STORY_COMPLAINT);
}

/* Each digit that leads on is one of the reasons that the book knows. */
static void every_digit_is_a_reason_of_the_book(void **state)
{
	static struct complain c;
	size_t count;
	const struct binding *b = complain_bindings(COMPLAIN_REASON, &count);
	int reasons = 0;

	(void)state;
	tr_set_lang("en");
	for (size_t i = 0; i < count; i++) {
		const char script[2] = {(char)b[i].key, '\0'};

		if (b[i].key < '1' || b[i].key > '9')
			continue;
		play(&c, script);
		assert_string_equal(complain_reason_text(c.reason), b[i].does);
		reasons++;
	}
	assert_int_equal(reasons, 4);
}

static void how_the_slip_is_doing_is_said(void **state)
{
	static const struct {
		enum print_state state;
		bool no_printer;
		enum notice_level level;
		const char *title;
		const char *cure;
	} row[] = {
		{PRINT_PRINTED, false, NOTICE_NOTE, "SLIP PRINTED",
			"Both sign"},
		{PRINT_FAILED, false, NOTICE_WARN,
			"SLIP NOT PRINTED TO THE END", "new roll"},
		{PRINT_UNKNOWN, false, NOTICE_WARN,
			"SLIP NOT PRINTED TO THE END", "new roll"},
		{PRINT_NONE, true, NOTICE_WARN, "SLIP NOT PRINTED",
			"write the number"},
	};
	static struct complain c;
	struct notice title;
	struct notice cure;

	(void)state;
	tr_set_lang("en");
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		play(&c, NOTED "\017");
		c.paper.state = row[i].state;
		c.paper.no_printer = row[i].no_printer;
		c.paper.trouble = PAPER_OUT;
		complain_paper_text(&c, &title, &cure);
		assert_int_equal(title.level, row[i].level);
		assert_string_equal(title.text, row[i].title);
		assert_non_null(strstr(cure.text, row[i].cure));
	}
}

/* Before there is a complaint no report of a test page may pass for it. */
static void nothing_is_its_slip_before_it_is_noted(void **state)
{
	static struct complain c;
	static struct event ev;

	(void)state;
	play(&c, "11");
	story_event('\016', 1000, &ev);
	ev.print.seq = 0;
	assert_false(complain_is_slip(&c, &ev));
	play(&c, NOTED);
	assert_false(complain_is_slip(&c, &ev));
	ev.print.seq = STORY_COMPLAINT;
	assert_true(complain_is_slip(&c, &ev));
	ev.print.test = false;
	assert_false(complain_is_slip(&c, &ev));
}

int main(void)
{
	static struct CMUnitTest tests[COUNT_OF(rows) + 3];
	size_t n = 0;

	UNIT_ADD_ROWS(tests, &n, rows, run_row);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(every_digit_is_a_reason_of_the_book);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(how_the_slip_is_doing_is_said);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(nothing_is_its_slip_before_it_is_noted);
	return cmocka_run_group_tests_name("a complaint", tests, NULL, NULL);
}
