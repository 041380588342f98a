/* One row is one story: what happens, and where the drawer then stands. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/tr.h"
#include "support/story.h"
#include "terminal/flows/drawer.h"

struct row {
	const char *name;
	enum drawer_task task;
	const char *script;
	enum drawer_step step;
	enum effect_kind effect; /* of the last event */
	int64_t sum;             /* of what is typed */
};

static struct row rows[] = {
	{"starts with the largest note", DRAWER_OPEN, "", DRAWER_NOTES, FX_NONE,
		0},
	{"pieces of 500,000", DRAWER_OPEN, "10", DRAWER_NOTES, FX_NONE,
		5000000},
	{"ENTER is the next note", DRAWER_OPEN, "10\n5\n", DRAWER_NOTES,
		FX_NONE, 6000000},
	{"erase in an empty row goes up", DRAWER_OPEN, "10\n\b\b", DRAWER_NOTES,
		FX_NONE, 500000},
	{"erase in the empty drawer gives up", DRAWER_OPEN, "\b", DRAWER_NOTES,
		FX_LEAVE, 0},
	{"Esc gives up", DRAWER_OPEN, "10<", DRAWER_NOTES, FX_LEAVE, 5000000},
	{"the point ends counting", DRAWER_OPEN, "10.", DRAWER_SURE, FX_NONE,
		5000000},
	{"so does ENTER in the last row", DRAWER_OPEN, "1\n\n\n\n\n\n\n\n1\n",
		DRAWER_SURE, FX_NONE, 501000},
	{"ENTER does not record", DRAWER_OPEN, "10.\n", DRAWER_SURE, FX_NONE,
		5000000},
	{"1 records", DRAWER_OPEN, "10.1", DRAWER_WORKING, FX_SHIFT_OPEN,
		5000000},
	{"0 counts again", DRAWER_OPEN, "10.0", DRAWER_NOTES, FX_NONE, 5000000},
	{"opened: over", DRAWER_OPEN, "10.1H", DRAWER_WORKING, FX_LEAVE,
		5000000},
	{"an empty drawer may be opened", DRAWER_OPEN, ".1", DRAWER_WORKING,
		FX_SHIFT_OPEN, 0},
	{"nothing cannot be topped up", DRAWER_TOP_UP, ".", DRAWER_NOTES,
		FX_NONE, 0},
	{"topping up", DRAWER_TOP_UP, "2.1", DRAWER_WORKING, FX_SHIFT_TOP_UP,
		1000000},
	{"to the safe", DRAWER_DROP, "2.1", DRAWER_WORKING, FX_SHIFT_DROP,
		1000000},
	{"failed: look before anything else", DRAWER_OPEN, "10.1!",
		DRAWER_LOOKING, FX_SHIFT_STATE, 5000000},
	{"failed, but it is open", DRAWER_OPEN, "10.1!H", DRAWER_LOOKING,
		FX_LEAVE, 5000000},
	{"failed, and it is not", DRAWER_OPEN, "10.1!N", DRAWER_SURE, FX_NONE,
		5000000},
	{"failed, and nobody knows", DRAWER_OPEN, "10.1!!", DRAWER_UNKNOWN,
		FX_NONE, 5000000},
	{"then only looking is offered", DRAWER_OPEN, "10.1!!0\n<",
		DRAWER_UNKNOWN, FX_NONE, 5000000},
	{"look again", DRAWER_OPEN, "10.1!!1", DRAWER_LOOKING, FX_SHIFT_STATE,
		5000000},
	{"closing fails, but it is closed", DRAWER_CLOSE, "10.1!N",
		DRAWER_LOOKING, FX_LEAVE, 5000000},
	{"closing fails, and it is not", DRAWER_CLOSE, "10.1!H", DRAWER_SURE,
		FX_NONE, 5000000},
	{"topping up fails: the sum tells", DRAWER_TOP_UP, "2.1!H", DRAWER_SURE,
		FX_NONE, 1000000},
	{"closing", DRAWER_CLOSE, "10.1", DRAWER_WORKING, FX_SHIFT_CLOSE,
		5000000},
	{"closed: the slip", DRAWER_CLOSE, "10.1Z", DRAWER_SLIP, FX_SLIP,
		5000000},
	{"his own file of it is wanted", DRAWER_CLOSE, "10.1Z5", DRAWER_SLIP,
		FX_LEAVE, 5000000},
	{"the slip is seen", DRAWER_CLOSE, "10.1Z\n", DRAWER_SLIP, FX_LEAVE,
		5000000},
	{"T74 it differs: why?", DRAWER_CLOSE, "9.1%", DRAWER_REASON, FX_NONE,
		4500000},
	{"T74 count again", DRAWER_CLOSE, "9.1%0", DRAWER_NOTES, FX_NONE,
		4500000},
	{"T74 a reason, then a second person", DRAWER_CLOSE, "9.1%2",
		DRAWER_SECOND, FX_NONE, 4500000},
	{"T74 the second person's PIN", DRAWER_CLOSE, "9.1%29\n135791\n",
		DRAWER_WORKING, FX_SHIFT_CLOSE, 4500000},
	{"T72 of who left: a second person, also if it agrees", DRAWER_CLOSE,
		"9.1+", DRAWER_SECOND, FX_NONE, 4500000},
	{"T72 of who left: with both it is closed", DRAWER_CLOSE,
		"9.1+9\n135791\n", DRAWER_WORKING, FX_SHIFT_CLOSE, 4500000},
	{"T72 of who left: given up, counted again", DRAWER_CLOSE, "9.1+<",
		DRAWER_NOTES, FX_NONE, 4500000},
	{"T72 of who left: an agent does not stand by", DRAWER_CLOSE,
		"9.1+9\n135791\n+", DRAWER_SECOND, FX_NONE, 4500000},
	{"T72 of who left: it differs, so why", DRAWER_CLOSE, "9.1+<.1%",
		DRAWER_REASON, FX_NONE, 4500000},
	{"T72 of who left: one's own drawer meanwhile", DRAWER_CLOSE,
		"9.1+9\n135791\nZ", DRAWER_SLIP, FX_SLIP, 4500000},
	{"T74 a wrong PIN", DRAWER_CLOSE, "9.1%29\n135790\nW", DRAWER_SECOND,
		FX_NONE, 4500000},
	{"T74 back to the reason", DRAWER_CLOSE, "9.1%2<", DRAWER_REASON,
		FX_NONE, 4500000},
	{"T74 closed with a difference", DRAWER_CLOSE, "9.1%29\n135791\nZ",
		DRAWER_SLIP, FX_SLIP, 4500000},
	{"counted again: the first digit begins a new number", DRAWER_CLOSE,
		"9.1%08", DRAWER_NOTES, FX_NONE, 4000000},
	{"counted again: what is erased goes on", DRAWER_CLOSE, "19.1%0\b2",
		DRAWER_NOTES, FX_NONE, 6000000},
	{"come back to by the arrow: a new number", DRAWER_OPEN, "3\n{25",
		DRAWER_NOTES, FX_NONE, 12500000},
	{"refused: the count is kept", DRAWER_OPEN, "10.1$", DRAWER_NOTES,
		FX_NONE, 5000000},
	{"five digits at most", DRAWER_OPEN, "123456", DRAWER_NOTES, FX_NONE,
		INT64_C(6172500000)},
	{"a letter is no piece", DRAWER_OPEN, "1a", DRAWER_NOTES, FX_NONE,
		500000},
	{"erase in an empty first row stays, if others have pieces",
		DRAWER_OPEN, "\n5\n{{\b", DRAWER_NOTES, FX_NONE, 1000000},
	{"dropping fails: no shift, so it is not recorded", DRAWER_DROP,
		"2.1!N", DRAWER_SURE, FX_NONE, 1000000},
	{"topping up fails: the same", DRAWER_TOP_UP, "2.1!N", DRAWER_SURE,
		FX_NONE, 1000000},
	{"T74 no cause has 5", DRAWER_CLOSE, "9.1%5", DRAWER_REASON, FX_NONE,
		4500000},
	{"T74 ENTER is no cause", DRAWER_CLOSE, "9.1%\n", DRAWER_REASON,
		FX_NONE, 4500000},
	{"T74 the second person may not: another one", DRAWER_CLOSE,
		"9.1%29\n135791\n+", DRAWER_SECOND, FX_NONE, 4500000},
	{"T74 another one is asked with the reason kept", DRAWER_CLOSE,
		"9.1%29\n135791\n+8\n135792\n", DRAWER_WORKING, FX_SHIFT_CLOSE,
		4500000},
	{"T74 no shift is open any more: nobody else helps", DRAWER_CLOSE,
		"9.1%29\n135791\n$", DRAWER_NOTES, FX_NONE, 4500000},
	{"ENTER looks nothing up", DRAWER_CLOSE, "10.1!!\n", DRAWER_UNKNOWN,
		FX_NONE, 5000000},
};

/* Opening after shift 3: its Z slip comes first. */
static struct slip_row {
	const char *name;
	const char *script;
	enum drawer_step step;
	enum effect_kind effect;
	const char *notice;
} slip_rows[] = {
	{"the slip of the shift before is asked for", "", DRAWER_LAST_SLIP,
		FX_NONE, ""},
	{"a paper with a code is looked up", "`", DRAWER_COMPARING, FX_EVIDENCE,
		""},
	{"an ID card is no paper", "@", DRAWER_LAST_SLIP, FX_NONE,
		"This is not the code of a receipt or a Z slip."},
	{"the next scan clears what was said", "@`", DRAWER_COMPARING,
		FX_EVIDENCE, ""},
	{"going without clears it, too", "@1", DRAWER_NOTES, FX_NONE, ""},
	{"ENTER goes nowhere", "\n", DRAWER_LAST_SLIP, FX_NONE, ""},
	{"0 gives up opening", "0", DRAWER_LAST_SLIP, FX_LEAVE, ""},
	{"the book cannot be read: the slip is asked for again", "`!",
		DRAWER_LAST_SLIP, FX_NONE,
		"The disk could not be read. Stop paying and call the "
		"technician."},
};

static void run_row(void **state)
{
	static struct event ev;
	static struct drawer d;
	const struct row *row = *state;
	const struct shift now = {.number = 4, .float_in = 5000000};
	struct effect fx = effect_of(FX_NONE);
	struct story story;

	tr_set_lang("en");
	drawer_init(&d, row->task, row->task == DRAWER_OPEN ? NULL : &now);
	story_begin(&story, row->script);
	while (story_next(&story, &ev))
		fx = drawer_handle(&d, &ev);
	assert_int_equal(d.step, row->step);
	assert_int_equal(fx.kind, row->effect);
	assert_true(note_table_sum(&d.table) == row->sum);
}

static void run_slip_row(void **state)
{
	static struct event ev;
	static struct drawer d;
	const struct slip_row *row = *state;
	struct effect fx = effect_of(FX_NONE);
	struct story story;

	tr_set_lang("en");
	drawer_init(&d, DRAWER_OPEN, NULL);
	drawer_ask_slip(&d, 3);
	story_begin(&story, row->script);
	while (story_next(&story, &ev))
		fx = drawer_handle(&d, &ev);
	assert_int_equal(d.step, row->step);
	assert_int_equal(fx.kind, row->effect);
	assert_string_equal(d.notice.text, row->notice);
	/* What will be recorded: a slip only where one was looked up. */
	assert_int_equal(d.last_slip[0] != '\0', fx.kind == FX_EVIDENCE);
	assert_false(d.done);
}

static struct effect play(struct drawer *d, enum drawer_task task,
	const struct shift *now, const char *script)
{
	static struct event ev;
	struct effect fx = effect_of(FX_NONE);
	struct story story;

	drawer_init(d, task, now);
	story_begin(&story, script);
	while (story_next(&story, &ev))
		fx = drawer_handle(d, &ev);
	return fx;
}

static void the_count_is_in_the_effect(void **state)
{
	static struct drawer d;
	const struct effect fx =
		play(&d, DRAWER_CLOSE, NULL, "1\n2\n3\n4\n5\n6\n7\n8\n9\n1");

	(void)state;
	for (int i = 0; i < NOTES_KINDS; i++)
		assert_int_equal(fx.shift.notes.pieces[i], i + 1);
	assert_int_equal(fx.shift.reason, SHIFT_REASON_NONE);
	assert_true(fx.shift.by == 0);
	assert_true(fx.drop_keys);
}

static struct effect slip_paper(struct drawer *d, enum print_state state,
	bool slip, int copy)
{
	static struct event ev;

	memset(&ev, 0, sizeof(ev));
	ev.kind = EV_PRINT;
	ev.print.seq = 40;
	ev.print.slip = slip;
	ev.print.state = state;
	ev.print.copy = copy;
	ev.print.code = state == PRINT_FAILED ? ERR_GONE : ERR_NONE;
	return drawer_handle(d, &ev);
}

static struct effect press(struct drawer *d, int key)
{
	static struct event ev;

	memset(&ev, 0, sizeof(ev));
	ev.kind = EV_KEY;
	ev.key = key;
	return drawer_handle(d, &ev);
}

/* The shift is closed whatever the printer does; one paper at a time. */
static void a_printer_never_holds_up_the_closing(void **state)
{
	static struct drawer d;
	struct notice said;
	struct notice cure;
	struct effect fx = play(&d, DRAWER_CLOSE, NULL, "10.1Z");

	(void)state;
	assert_int_equal(fx.kind, FX_SLIP);
	assert_int_equal(press(&d, '1').kind, FX_NONE);
	slip_paper(&d, PRINT_PRINTED, false, 0);
	drawer_paper_text(&d, &said, &cure);
	assert_string_equal(said.text, "The Z slip is being printed");
	slip_paper(&d, PRINT_FAILED, true, 0);
	drawer_paper_text(&d, &said, &cure);
	assert_int_equal(said.level, NOTICE_WARN);
	assert_string_equal(cure.text,
		"The printer is not connected: see to cable and power, then"
		" print again.");
	assert_int_equal(d.step, DRAWER_SLIP);
	fx = press(&d, '1');
	assert_int_equal(fx.kind, FX_SLIP);
	slip_paper(&d, PRINT_PRINTED, true, 0);
	drawer_paper_text(&d, &said, &cure);
	assert_int_equal(said.level, NOTICE_NOTE);
	assert_string_equal(cure.text, "");
	slip_paper(&d, PRINT_FAILED, true, 1);
	assert_int_equal(press(&d, K_ACCEPT).kind, FX_LEAVE);
	assert_true(d.done);
}

static void T74_reason_and_second_person_go_along(void **state)
{
	static struct drawer d;
	const struct effect fx =
		play(&d, DRAWER_CLOSE, NULL, "9.1%39\n135791\n");

	(void)state;
	assert_int_equal(fx.shift.reason, SHIFT_REASON_CHANGE);
	assert_true(fx.shift.by == 9);
	assert_string_equal(fx.shift.pin, "135791");
	assert_null(memmem(&d, sizeof(d), "135791", 6));
}

/* The blind count stays blind: no sum of the book before the slip. */
static void T74_the_difference_is_not_told(void **state)
{
	static struct drawer d;

	(void)state;
	play(&d, DRAWER_CLOSE, NULL, "9.1%");
	assert_int_equal(d.step, DRAWER_REASON);
	for (const char *c = d.notice.text; *c; c++)
		assert_false(*c >= '0' && *c <= '9');
}

/* Once recorded, what was said about the count before is over. */
static void T74_the_slip_stands_alone(void **state)
{
	static struct drawer d;

	(void)state;
	play(&d, DRAWER_CLOSE, NULL, "9.1%29\n135791\nZ");
	assert_string_equal(d.notice.text, "");
}

static void a_failed_top_up_is_found_by_the_sum(void **state)
{
	static struct drawer d;
	struct shift now = {.number = 4, .float_in = 4000000};

	(void)state;
	/* 'H' has float_in 5,000,000: the million is there. */
	assert_int_equal(play(&d, DRAWER_TOP_UP, &now, "2.1!H").kind, FX_LEAVE);
	assert_true(d.done);
}

/* Whoever takes money out is not told to bring some first. */
static void too_much_to_the_safe_is_counted_again(void **state)
{
	static struct drawer d;
	static struct event ev;
	char want[128];

	(void)state;
	drawer_init(&d, DRAWER_DROP, NULL);
	d.step = DRAWER_WORKING;
	memset(&ev, 0, sizeof(ev));
	ev.kind = EV_REFUSED;
	ev.refusal.code = REFUSED_NOT_ENOUGH_CASH;
	ev.refusal.amount = 14500000;
	drawer_handle(&d, &ev);
	snprintf(want, sizeof(want),
		tr("Only %s đồng are in the drawer: count again."),
		"14.500.000");
	assert_string_equal(d.notice.text, want);
	assert_int_equal(d.step, DRAWER_NOTES);
}

/* A paper of the book that is not the slip of the shift before. */
static void a_receipt_is_not_the_slip(void **state)
{
	static struct event ev;
	static struct drawer d;

	(void)state;
	tr_set_lang("en");
	drawer_init(&d, DRAWER_OPEN, NULL);
	drawer_ask_slip(&d, 3);
	story_event('`', 1000, &ev);
	drawer_handle(&d, &ev);
	memset(&ev, 0, sizeof(ev));
	ev.kind = EV_EVIDENCE;
	ev.evidence = (struct proof_found){.proof = PROOF_AGREES,
		.shift = 3,
		.seq = 40};
	drawer_handle(&d, &ev);
	assert_int_equal(d.step, DRAWER_LAST_SLIP);
	assert_int_equal(d.notice.level, NOTICE_WARN);
	assert_string_equal(d.last_slip, "");
}

/* Whose shift it is no second person changes. */
static void T74_a_shift_of_another_asks_nobody(void **state)
{
	static struct event ev;
	static struct drawer d;

	(void)state;
	play(&d, DRAWER_CLOSE, NULL, "9.1%29\n135791\n");
	memset(&ev, 0, sizeof(ev));
	ev.kind = EV_REFUSED;
	ev.refusal.code = REFUSED_NOT_YOUR_SHIFT;
	assert_int_equal(drawer_handle(&d, &ev).kind, FX_NONE);
	assert_int_equal(d.step, DRAWER_NOTES);
	assert_int_equal(d.notice.level, NOTICE_WARN);
}

/* On the slip and on the screen: which of them it was must be readable. */
static void T74_every_reason_has_words_of_its_own(void **state)
{
	static const struct {
		char key;
		enum shift_reason reason;
	} row[] = {
		{'1', SHIFT_REASON_MISCOUNT},
		{'2', SHIFT_REASON_UNKNOWN},
		{'3', SHIFT_REASON_CHANGE},
		{'9', SHIFT_REASON_OTHER},
	};
	static struct drawer d;

	(void)state;
	assert_string_equal(drawer_reason_text(SHIFT_REASON_NONE), "");
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		size_t count;
		const struct binding *b;

		play(&d, DRAWER_CLOSE, NULL, "9.1%");
		b = drawer_bindings(&d, &count);
		b = binding_find(b, count, row[i].key);
		/* What the key promises is what will be recorded. */
		assert_string_equal(tr(b->does),
			drawer_reason_text(row[i].reason));
		press(&d, row[i].key);
		assert_int_equal(d.step, DRAWER_SECOND);
		assert_int_equal(d.reason, row[i].reason);
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(
				drawer_reason_text(row[k].reason),
				drawer_reason_text(row[i].reason));
	}
}

static void without_a_printer_the_shift_is_closed_all_the_same(void **state)
{
	static struct drawer d;
	struct notice said;
	struct notice cure;

	(void)state;
	tr_set_lang("en");
	play(&d, DRAWER_CLOSE, NULL, "10.1Z");
	slip_paper(&d, PRINT_NONE, true, 0);
	drawer_paper_text(&d, &said, &cure);
	assert_string_equal(said.text, "THE Z SLIP IS NOT PRINTED");
	assert_int_equal(said.level, NOTICE_WARN);
	assert_string_equal(cure.text,
		"The shift is closed all the same. Print the slip later, "
		"before the next shift opens.");
	d.paper =
		(struct pay_paper){.state = PRINT_FAILED, .trouble = PAPER_OUT};
	drawer_paper_text(&d, &said, &cure);
	assert_string_equal(cure.text,
		"Put in a new roll of paper and print it again. The shift is "
		"closed.");
	assert_int_equal(press(&d, '0').kind, FX_LEAVE);
	assert_true(d.done);
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + COUNT_OF(slip_rows) + 11];
	size_t n = COUNT_OF(rows);

	for (size_t i = 0; i < n; i++)
		tests[i] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = &rows[i]};
	UNIT_ADD_ROWS(tests, &n, slip_rows, run_slip_row);
	tests[n++] =
		(struct CMUnitTest)cmocka_unit_test(a_receipt_is_not_the_slip);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(T74_a_shift_of_another_asks_nobody);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(T74_every_reason_has_words_of_its_own);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(
		without_a_printer_the_shift_is_closed_all_the_same);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(too_much_to_the_safe_is_counted_again);
	tests[n++] =
		(struct CMUnitTest)cmocka_unit_test(the_count_is_in_the_effect);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(T74_reason_and_second_person_go_along);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(a_printer_never_holds_up_the_closing);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(T74_the_difference_is_not_told);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(a_failed_top_up_is_found_by_the_sum);
	tests[n++] =
		(struct CMUnitTest)cmocka_unit_test(T74_the_slip_stands_alone);
	return cmocka_run_group_tests_name("drawer", tests, NULL, NULL);
}
