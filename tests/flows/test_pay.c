/* One row is one story: what happens, and where the payment then stands. */
#include "support/unit.h"

#include <string.h>

#include "core/str.h"
#include "core/tr.h"
#include "support/story.h"
#include "terminal/flows/pay.h"

struct row {
	const char *name;
	const char *script;
	enum pay_step step;
	enum effect_kind effect; /* of the last event */
	bool open;
};

static struct row rows[] = {
	{"recording", "", PAY_RECORDING, FX_NONE, true},
	{"no key disturbs it", "\n1290<", PAY_RECORDING, FX_NONE, true},
	{"recorded: print", "M", PAY_HANDING, FX_PRINT, true},
	{"handed over", "M1", PAY_CLOSING, FX_HANDED, true},
	{"handed over by ENTER", "M\n", PAY_CLOSING, FX_HANDED, true},
	{"a second key asks nothing more", "M1\n1", PAY_CLOSING, FX_NONE, true},
	{"done", "M1D", PAY_DONE, FX_NONE, false},
	{"leaving", "M1D\n", PAY_DONE, FX_LEAVE, false},
	{"leaving by the point", "M1D.", PAY_DONE, FX_LEAVE, false},
	{"back does not leave before", "M0", PAY_HANDING, FX_NONE, true},
	{"Esc neither", "M<", PAY_HANDING, FX_NONE, true},
	{"9 asks whether it is sure", "M9", PAY_UNDO, FX_NONE, true},
	{"ENTER is no answer to that", "M9\n", PAY_UNDO, FX_NONE, true},
	{"0 is no", "M90", PAY_HANDING, FX_NONE, true},
	{"1 is yes", "M91", PAY_UNDOING, FX_NOT_HANDED, true},
	{"voided", "M91C", PAY_DONE, FX_NONE, false},
	{"T09 failed: look", "!", PAY_LOOKING, FX_LOOK, true},
	{"T09 found: hand over", "!M", PAY_HANDING, FX_PRINT, true},
	{"T09 found handed", "!V", PAY_DONE, FX_NONE, false},
	{"T09 absent: no money yet", "!K", PAY_ABSENT, FX_NONE, true},
	{"T09 absent: the same request again", "!K\n", PAY_RECORDING, FX_PAY,
		true},
	{"T09 absent: or not", "!K0", PAY_ABSENT, FX_LEAVE, true},
	{"T09 not even looking works", "!!", PAY_UNKNOWN, FX_NONE, true},
	{"T09 unknown: ENTER does not pay", "!!\n", PAY_UNKNOWN, FX_NONE, true},
	{"T09 unknown: look", "!!1", PAY_LOOKING, FX_LOOK, true},
	{"T09 handing failed: look", "M1!", PAY_LOOKING, FX_LOOK, true},
	{"T09 it was handed", "M1!V", PAY_DONE, FX_NONE, false},
	{"T09 it was not: press again", "M1!M", PAY_HANDING, FX_PRINT, true},
	{"T09 voiding failed: look", "M91!", PAY_LOOKING, FX_LOOK, true},
	{"refused: a sentence", "-", PAY_REFUSED, FX_NONE, false},
	{"refused: leave", "-\n", PAY_REFUSED, FX_LEAVE, false},
	{"refused: a copy", "-1", PAY_REFUSED, FX_PRINT, false},
	{"refused: the receipt", "-3", PAY_REFUSED, FX_LEAVE, false},
	{"no shift: there is no copy", "$1", PAY_REFUSED, FX_NONE, false},
	{"over the limit: a second person", "+", PAY_SECOND, FX_NONE, true},
	{"his PIN goes along", "+9\n135790\n", PAY_RECORDING, FX_PAY, true},
	{"his PIN is wrong", "+9\n135790\nW", PAY_SECOND, FX_NONE, true},
	{"too soon after a wrong PIN", "+9\n135790\nX=1=3=5=7=9=1=\n",
		PAY_SECOND, FX_NONE, true},
	{"nobody comes", "+<", PAY_REFUSED, FX_NONE, false},
	{"paper: 2 does not print while it prints", "M2", PAY_HANDING, FX_NONE,
		true},
	{"paper out: 2 prints again", "M(2", PAY_HANDING, FX_PRINT, true},
	{"paper out: the money goes on", "M(1D", PAY_DONE, FX_NONE, false},
	{"paper out: 1 prints again afterwards", "M1D(1", PAY_DONE, FX_PRINT,
		false},
	{"a paper report is no answer", "(", PAY_RECORDING, FX_NONE, true},
	{"voiding was done before: look", "M91&", PAY_LOOKING, FX_LOOK, true},
	{"closing is refused: a sentence, and the payment stays open", "M1$",
		PAY_HANDING, FX_NONE, true},
	{"the second person: a letter is no digit", "+9a\n13579x0\n",
		PAY_RECORDING, FX_PAY, true},
	{"the second person: no number, no further", "+\n135790\n", PAY_SECOND,
		FX_NONE, true},
	{"the second person: eight digits do not fit", "+12345678\n135790\n",
		PAY_RECORDING, FX_PAY, true},
	{"the second person: seven digits are no PIN", "+9\n1357909\n",
		PAY_RECORDING, FX_PAY, true},
	{"refused: the point leaves", "-.", PAY_REFUSED, FX_LEAVE, false},
	{"refused: 9 does nothing", "-9", PAY_REFUSED, FX_NONE, false},
	{"done: the receipt", "M1D3", PAY_DONE, FX_LEAVE, false},
	{"done: 9 does nothing", "M1D9", PAY_DONE, FX_NONE, false},
	{"closing was done before: look", "M1&", PAY_LOOKING, FX_LOOK, true},
};

static struct effect play(struct pay *p, const char *script)
{
	static struct event ev;
	static const struct person_due due = {.due = STORY_DUE,
		.person.name = "Nguyễn Văn An"};
	struct pay_request request = {.person = STORY_PERSON};
	struct effect fx;
	struct story story;

	memset(request.uid, 0xa5, sizeof(request.uid));
	fx = pay_start(p, &request, &due);
	assert_int_equal(fx.kind, FX_PAY);
	if (script[0])
		fx = effect_of(FX_NONE);
	story_begin(&story, script);
	while (story_next(&story, &ev))
		fx = pay_handle(p, &ev);
	return fx;
}

static void run_row(void **state)
{
	static struct pay p;
	const struct row *row = *state;
	const struct effect fx = play(&p, row->script);

	tr_set_lang("en");
	assert_int_equal(p.step, row->step);
	assert_int_equal(row->script[0] ? fx.kind : FX_NONE, row->effect);
	assert_int_equal(pay_is_open(&p), row->open);
}

/* Rule 18: the uid is made once, before the first attempt. */
static void T09_every_attempt_has_the_same_uid(void **state)
{
	static struct pay p;
	uint8_t uid[PAYOUT_UID_SIZE];
	struct effect fx;

	(void)state;
	memset(uid, 0xa5, sizeof(uid));
	fx = play(&p, "");
	assert_memory_equal(fx.pay.request.uid, uid, sizeof(uid));
	fx = play(&p, "!");
	assert_memory_equal(fx.uid, uid, sizeof(uid));
	fx = play(&p, "!K\n");
	assert_memory_equal(fx.pay.request.uid, uid, sizeof(uid));
	fx = play(&p, "M1!");
	assert_memory_equal(fx.uid, uid, sizeof(uid));
}

/* He who pressed "handed" must not think that he has to pay again. */
static void T09_an_answer_that_was_not_written_is_said(void **state)
{
	static struct pay p;

	(void)state;
	play(&p, "!M");
	assert_int_equal(p.notice.level, NOTICE_WARN);
	play(&p, "M1!M");
	assert_int_equal(p.notice.level, NOTICE_STOP);
	assert_string_equal(p.notice.text,
		tr("Your answer is not in the book. Never hand over twice; "
		   "press the key again, or call the technician."));
	play(&p, "M1!M1");
	assert_string_equal(p.notice.text, "");
	play(&p, "M1!M1!V");
	assert_int_equal(p.step, PAY_DONE);
}

static bool offers_a_copy(const struct pay *p)
{
	size_t count;
	const struct binding *row = pay_bindings(p, &count);

	return binding_find(row, count, '1') != NULL;
}

static void without_a_receipt_none_is_offered(void **state)
{
	static struct pay p;

	(void)state;
	play(&p, "$");
	assert_int_equal(p.step, PAY_REFUSED);
	assert_false(offers_a_copy(&p));
	play(&p, "-");
	assert_int_equal(p.step, PAY_REFUSED);
	assert_true(offers_a_copy(&p));
}

static void the_second_person_is_in_the_effect_only(void **state)
{
	static struct pay p;
	const struct effect fx = play(&p, "+9\n135790\n");

	(void)state;
	assert_true(fx.pay.by == 9);
	assert_string_equal(fx.pay.pin, "135790");
	assert_null(memmem(&p, sizeof(p), "135790", 6));
}

static void T03_T04_copies(void **state)
{
	static const struct {
		const char *script;
		bool copy;
	} row[] = {
		{"M", false},    /* the original */
		{"M(2", true},   /* some of it may have come out */
		{"M|2", true},   /* nobody knows */
		{"M)2", true},   /* it is there already */
		{"M1D)1", true}, /* and after handing over */
	};
	static struct pay p;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		const struct effect fx = play(&p, row[i].script);

		assert_int_equal(fx.kind, FX_PRINT);
		assert_int_equal(fx.print.seq, STORY_SEQ);
		assert_int_equal(fx.print.copy, row[i].copy);
	}
}

static void paper_texts(void **state)
{
	static const struct {
		const char *script;
		const char *state;
		const char *cure;
	} row[] = {
		{"M", "The receipt is being printed", ""},
		{"M)", "The receipt is printed", ""},
		{"M(", "THE RECEIPT IS NOT PRINTED TO THE END",
			"Put in a new roll of paper and print it again."},
		{"M|", "THE RECEIPT MAY BE PRINTED, OR NOT",
			"Look at the paper. If it is not whole, print it "
			"again."},
	};
	static struct pay p;
	struct notice said;
	struct notice cure;

	(void)state;
	tr_set_lang("en");
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		play(&p, row[i].script);
		pay_paper_text(&p, &said, &cure);
		assert_string_equal(said.text, row[i].state);
		assert_string_equal(cure.text, row[i].cure);
	}
	/* Without any printer the number for the hand-written book is told. */
	p.paper.state = PRINT_NONE;
	pay_paper_text(&p, &said, &cure);
	assert_non_null(strstr(cure.text, "129S-RZCJ-BYD8-9"));
	p.paper = (struct pay_paper){.state = PRINT_FAILED, .code = ERR_GONE};
	pay_paper_text(&p, &said, &cure);
	assert_non_null(strstr(cure.text, "not connected"));
}

/* ---- banknotes --------------------------------------------------------- */

static void recorded_in(struct pay *p, const char *notes)
{
	struct event ev;

	play(p, "");
	assert_true(p->suggest);
	story_event('M', 1000, &ev);
	ev.payout.amount = 540000;
	assert_true(notes_parse(notes, &ev.payout.notes));
	ev.advice = (struct notes_advice){.exact = true, .fetch = 20000};
	pay_handle(p, &ev);
}

static struct effect type(struct pay *p, const char *keys)
{
	struct effect fx = effect_of(FX_NONE);
	struct event ev;

	for (const char *k = keys; *k; k++) {
		story_event(*k, 5000 + 1000 * (k - keys), &ev);
		fx = pay_handle(p, &ev);
	}
	return fx;
}

static void notes_are_handed_over_as_suggested(void **state)
{
	static struct pay p;
	struct effect fx;

	(void)state;
	recorded_in(&p, "500000x1,20000x2");
	assert_int_equal(p.advice.fetch, 20000);
	assert_int_equal(pay_notes(&p)->pieces[4], 2);
	fx = type(&p, "\n");
	assert_int_equal(fx.kind, FX_HANDED);
	assert_false(fx.given.told);
}

/* Typed from 500,000 down, a row a key and ENTER, done by the point. */
static void other_notes_go_along_with_the_answer(void **state)
{
	static const struct {
		const char *keys;
		enum pay_step step;
		const char *notes; /* NULL: as suggested; "": not counted */
	} row[] = {
		{"4\n2\n1\n\n2.", PAY_HANDING, "200000x2,100000x1,20000x2"},
		{"4\n2\n1\n\n3.", PAY_NOTES, NULL},
		{"4.", PAY_HANDING, ""},
		{"4<", PAY_HANDING, NULL},
		{"41\n<", PAY_HANDING, NULL},
		{"4\n2\n1\n\n2.4.", PAY_HANDING, ""},
		{"4\n2\n1\n\n2.41.<<<", PAY_HANDING,
			"200000x2,100000x1,20000x2"},
		{"4\n\n\n\n\n\n\n\n540\n", PAY_HANDING, "1000x540"},
	};
	static struct pay p;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		struct notes wanted = {0};
		struct effect fx;

		recorded_in(&p, "500000x1,20000x2");
		type(&p, row[i].keys);
		if (p.step != row[i].step)
			fail_msg("row %zu ends in step %d", i, p.step);
		assert_true(pay_is_open(&p));
		if (p.step != PAY_HANDING)
			continue;
		fx = type(&p, "\n");
		assert_int_equal(fx.kind, FX_HANDED);
		assert_int_equal(fx.given.told, row[i].notes != NULL);
		if (row[i].notes && row[i].notes[0])
			assert_true(notes_parse(row[i].notes, &wanted));
		if (row[i].notes)
			assert_true(notes_equal(&fx.given.notes, &wanted));
	}
}

static void what_a_script_says_is_not_suggested(void **state)
{
	static struct pay p;
	struct person_due due = {.due = 540000};
	struct pay_request r = {.person = 1};

	(void)state;
	assert_true(pay_start(&p, &r, &due).pay.suggest);
	assert_true(p.suggest);
	r.notes.pieces[0] = 1;
	assert_false(pay_start(&p, &r, &due).pay.suggest);
	r.notes.pieces[0] = 0;
	str_copy(r.pad, sizeof(r.pad), "000123");
	assert_false(pay_start(&p, &r, &due).pay.suggest);
}

/* A warning, and no more: two people may come together. */
static void T62_one_payment_soon_after_another_is_said(void **state)
{
	static struct pay p;
	static struct event ev;

	(void)state;
	for (int quick = 0; quick < 2; quick++) {
		play(&p, "");
		story_event('M', 1000, &ev);
		ev.payout.quick = quick != 0;
		assert_int_equal(pay_handle(&p, &ev).kind, FX_PRINT);
		assert_int_equal(p.step, PAY_HANDING);
		assert_int_equal(p.notice.level,
			quick ? NOTICE_WARN : NOTICE_NOTE);
		assert_int_equal(p.notice.text[0] != '\0', quick != 0);
	}
}

/* What the book lets pass with a second person, the screen asks him for. */
static void T13_a_supervisor_may_let_a_wrong_clock_pass(void **state)
{
	static const enum refusal_code code[] = {REFUSED_CLOCK,
		REFUSED_LIST_DAY, REFUSED_CLOCK_DAY};
	static struct pay p;
	static struct event ev;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(code); i++) {
		play(&p, "");
		memset(&ev, 0, sizeof(ev));
		ev.kind = EV_REFUSED;
		ev.refusal.code = code[i];
		pay_handle(&p, &ev);
		assert_int_equal(p.step, code[i] == REFUSED_CLOCK_DAY
						 ? PAY_REFUSED
						 : PAY_SECOND);
	}
}

/* A full disk is cured by making room, not by calling somebody. */
static void T08_a_full_disk_is_said_when_the_answer_is_not_written(void **state)
{
	static struct pay p;
	static struct event ev;

	(void)state;
	tr_set_lang("en");
	play(&p, "M1");
	story_event('!', 99000, &ev);
	ev.err.code = ERR_FULL;
	assert_int_equal(pay_handle(&p, &ev).kind, FX_LOOK);
	story_event('M', 99001, &ev);
	pay_handle(&p, &ev);
	assert_int_equal(p.step, PAY_HANDING);
	assert_string_equal(p.notice.text,
		"The disk is full: your answer is not in the book. Never hand "
		"over twice; free some space, then press the key again.");
}

/* Asked again where another second person could help, and only there. */
static void who_may_approve_is_asked_again(void **state)
{
	static const struct {
		const char *script;
		enum refusal_code code;
		enum pay_step step;
	} row[] = {
		{"", REFUSED_SECOND_PERSON, PAY_SECOND},
		{"+9\n135790\n", REFUSED_SAME_PERSON, PAY_SECOND},
		{"+9\n135790\n", REFUSED_ROLE, PAY_SECOND},
		{"", REFUSED_ROLE, PAY_REFUSED}, /* his own */
		{"+9\n135790\n", REFUSED_NO_SHIFT, PAY_REFUSED},
	};
	static struct pay p;
	static struct event ev;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		play(&p, row[i].script);
		memset(&ev, 0, sizeof(ev));
		ev.kind = EV_REFUSED;
		ev.refusal.code = row[i].code;
		assert_int_equal(pay_handle(&p, &ev).kind, FX_NONE);
		assert_int_equal(p.step, row[i].step);
	}
}

/* Each of them has a cure of its own; a PIN is kept in no case. */
static void why_the_second_person_may_not_is_said(void **state)
{
	static const struct {
		enum sign_in how;
		enum second_step step;
		const char *says;
	} row[] = {
		{SIGN_IN_WRONG_PIN, SECOND_PIN, "Wrong PIN; 9 tries left"},
		{SIGN_IN_LOCKED, SECOND_NUMBER,
			"This user is locked; a supervisor can unlock it"},
		{SIGN_IN_REVOKED, SECOND_NUMBER,
			"This user was revoked and may not work here any more"},
		{SIGN_IN_NO_USER, SECOND_NUMBER, "No user has this number"},
		{SIGN_IN_FAILED, SECOND_NUMBER,
			"The PIN could not be checked; try again"},
	};
	static struct pay p;
	static struct event ev;

	(void)state;
	tr_set_lang("en");
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		play(&p, "+9\n135790\n");
		story_event('W', 99000, &ev);
		ev.sign_in.how = row[i].how;
		assert_int_equal(pay_handle(&p, &ev).kind, FX_NONE);
		assert_int_equal(p.step, PAY_SECOND);
		assert_int_equal(p.second.step, row[i].step);
		assert_string_equal(p.second.notice.text, row[i].says);
		assert_int_equal(entry_length(&p.second.pin), 0);
	}
}

/* The paper of another payment is not this one's. */
static void another_receipt_is_not_this_ones(void **state)
{
	static struct pay p;
	static struct event ev;

	(void)state;
	play(&p, "M");
	story_event('(', 99000, &ev);
	ev.print.seq = STORY_SEQ + 1;
	pay_handle(&p, &ev);
	assert_int_equal(p.paper.state, PRINT_PRINTING);
	/* Without a printer nothing has come out: the original is next. */
	ev.print.seq = STORY_SEQ;
	ev.print.no_printer = true;
	pay_handle(&p, &ev);
	story_event('2', 99500, &ev);
	assert_false(pay_handle(&p, &ev).print.copy);
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + 15];
	size_t n = COUNT_OF(rows);

	for (size_t i = 0; i < n; i++)
		tests[i] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = &rows[i]};
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(T09_every_attempt_has_the_same_uid);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(T09_an_answer_that_was_not_written_is_said);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(without_a_receipt_none_is_offered);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(the_second_person_is_in_the_effect_only);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(T03_T04_copies);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(paper_texts);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(notes_are_handed_over_as_suggested);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(other_notes_go_along_with_the_answer);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(what_a_script_says_is_not_suggested);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(T62_one_payment_soon_after_another_is_said);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(T13_a_supervisor_may_let_a_wrong_clock_pass);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(
		T08_a_full_disk_is_said_when_the_answer_is_not_written);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(who_may_approve_is_asked_again);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(why_the_second_person_may_not_is_said);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(another_receipt_is_not_this_ones);
	return cmocka_run_group_tests_name("pay", tests, NULL, NULL);
}
