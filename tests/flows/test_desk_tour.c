/*
 * The guided tour on the desk: what it sees of the flows, on which screen it
 * says what, and that it takes nothing from them.
 */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/tr.h"
#include "support/story.h"
#include "terminal/flows/desk.h"

/* Each lesson's end is the next one's beginning. */
#define L1 "\n"
#define L2 L1 "7\n246810\nSJN"
#define L3 L2 "9.1H"
#define L4 L3 "#"
#define L5 L4 "0ty\nG1P"
#define L6 L5 "00<@P"
#define L7 L6 "\nM"
#define L8 L7 "\nD"
#define L9 L8 "3T"
#define L10 L9 "0\n4578\nFA"
#define L11 L10 "\n;P1"
#define L12 L11 "\nM91C"
#define L13 L12 "\n@P411I"
#define CUT L13 "@P\nM______"
#define L14 CUT "7\n246810\nSY2R"
#define OVER L14 "\nH*59.1%29\n135790\nZ"

struct row {
	const char *name;
	const char *script;
	enum desk_place place;
	int lesson; /* that the band tells; 0: there is no band */
	int learned;
	enum effect_kind effect; /* the last that was not nothing */
	const char *says;        /* a part of the band's text */
};

static struct row rows[] = {
	{"it begins with its own place", "", DESK_TOUR, 0, 0, FX_NONE, ""},
	{"nobody has to: back is the sign-in, as ever", "0", DESK_SIGNIN, 0, 0,
		FX_NONE, ""},
	{"lesson 1: the number", L1, DESK_SIGNIN, 1, 0, FX_NONE,
		"Type number 7"},
	{"then the PIN", L1 "7\n", DESK_SIGNIN, 1, 0, FX_NONE, "PIN 246810"},
	{"a wrong PIN is the flow's affair", L1 "7\n246810\nW", DESK_SIGNIN, 1,
		0, FX_SIGN_IN, "PIN 246810"},
	{"too many of them: wait", L1 "7\n246810\nX", DESK_SIGNIN, 1, 0,
		FX_SIGN_IN, "wait"},
	{"lesson 2: the float", L2, DESK_DRAWER, 2, 1, FX_TOUR,
		"Count the cash"},
	{"the sum", L2 "9.", DESK_DRAWER, 2, 1, FX_TOUR, "Read the sum"},
	{"given up: how to come back to it", L2 "<", DESK_IDLE, 2, 1, FX_TOUR,
		"No shift is open yet"},
	{"by way of the menu", L2 "<*", DESK_MENU, 2, 1, FX_TOUR, "Press 2"},
	{"a drawer that was open is passed over", L1 "7\n246810\nSJH",
		DESK_IDLE, 3, 1, FX_TOUR, "press #"},
	{"lesson 3: help", L3, DESK_IDLE, 3, 2, FX_TOUR, "press #"},
	{"lesson 3 ends; out of the help", L4, DESK_HELP, 3, 3, FX_TOUR,
		"Press 0"},
	{"then a name", L4 "0", DESK_IDLE, 4, 3, FX_TOUR, "Type ty"},
	{"the list", L4 "0ty\nG", DESK_FIND, 4, 3, FX_FIND, "birth year"},
	{"lesson 4 ends: found by typing", L5, DESK_CHECK, 4, 4, FX_TOUR,
		"press 0"},
	{"ENTER is an ordinary card", L5 "00<\n", DESK_IDLE, 5, 4, FX_DEMO_SCAN,
		"ENTER scans"},
	{"lesson 6: the check", L6, DESK_CHECK, 6, 5, FX_TOUR,
		"Look at the face"},
	{"lesson 7: the money", L7, DESK_PAY, 7, 6, FX_PRINT, "The book first"},
	{"lesson 8: the receipt", L8, DESK_PAY, 8, 7, FX_TOUR, "Press 3"},
	{"missed it: it is behind the star", L8 "\n", DESK_IDLE, 8, 7, FX_TOUR,
		"Press * and 1"},
	{"lesson 8 ends: over the receipt", L9, DESK_PREVIEW, 8, 8, FX_TOUR,
		"Every paper of a training"},
	{"find who was paid", L9 "0\n", DESK_IDLE, 9, 8, FX_TOUR,
		"last digits 0112"},
	{"lesson 9 ends: paid already", L10, DESK_CHECK, 9, 9, FX_TOUR,
		"Never paid twice"},
	{"its card is another", L10 "\n\n", DESK_IDLE, 10, 9, FX_DEMO_SCAN,
		"other marks"},
	{"what differs", L10 "\n;P", DESK_CHECK, 10, 9, FX_CARD,
		"letters that differ"},
	{"lesson 11: void", L11, DESK_CHECK, 11, 10, FX_TOUR,
		"counted wrongly"},
	{"not ENTER", L11 "\nM", DESK_PAY, 11, 10, FX_PRINT, "press 9"},
	{"ENTER all the same: once more", L11 "\nM\nD", DESK_PAY, 11, 10,
		FX_HANDED, "scan another card"},
	{"lesson 11 ends: void", L12, DESK_PAY, 11, 11, FX_TOUR,
		"can be paid later"},
	{"why", L12 "\n@P4", DESK_NOTPAID, 12, 11, FX_CARD, "Absent is 1"},
	{"lesson 13: the cut", L13, DESK_IDLE, 13, 12, FX_TOUR, "Pay one more"},
	{"wait for it", L13 "@P\nM__", DESK_PAY, 13, 12, FX_PRINT,
		"Press nothing"},
	{"the power goes: signed out, the payment is open", CUT, DESK_SIGNIN,
		13, 12, FX_SIGN_OUT, "Sign in as number 7"},
	{"handed over before it goes: it does not go", L13 "@P\nM_\nD______",
		DESK_PAY, 13, 12, FX_HANDED, "scan another card"},
	{"the question is the one after a real cut", CUT "7\n246810\nSY",
		DESK_RECOVER, 13, 12, FX_OPEN_PAYOUT, "it asks"},
	{"lesson 13 ends: the answer is in the book", L14, DESK_RECOVER, 13, 13,
		FX_TOUR, "in the book"},
	{"count and close", L14 "\nH", DESK_IDLE, 14, 13, FX_SHIFT_STATE,
		"Press * and 5"},
	{"blind", L14 "\nH*5", DESK_DRAWER, 14, 13, FX_SHIFT_STATE,
		"You count first"},
	{"it differs", L14 "\nH*59.1%", DESK_DRAWER, 14, 13, FX_SHIFT_CLOSE,
		"never add your own"},
	{"a second person", L14 "\nH*59.1%2", DESK_DRAWER, 14, 13,
		FX_SHIFT_CLOSE, "PIN 135790"},
	{"all are learned; first the slip", OVER, DESK_DRAWER, 14, 14, FX_SLIP,
		"The shift is closed"},
	{"then what was learned", OVER "\n", DESK_TOUR, 0, 14, FX_TOUR, ""},
	{"and done: no band any more", OVER "\n\n", DESK_IDLE, 0, 14, FX_TOUR,
		""},
	{"back is done, too", OVER "\n0", DESK_IDLE, 0, 14, FX_TOUR, ""},
	{"or once more", OVER "\n1", DESK_IDLE, 2, 1, FX_TOUR, ""},

	{"it waits behind the star, twice", L3 "***", DESK_TOUR, 0, 2, FX_TOUR,
		""},
	{"and goes on", L3 "***\n", DESK_IDLE, 3, 2, FX_TOUR, "press #"},
	{"a lesson is skipped", L3 "***2", DESK_IDLE, 4, 2, FX_TOUR, "Type ty"},
	{"enough of it", L3 "***3", DESK_IDLE, 0, 2, FX_TOUR, ""},
	{"from the first; signed in already counts", L3 "***1", DESK_IDLE, 3, 1,
		FX_TOUR, "press #"},
	{"locked when nobody comes: and back", L3 "~", DESK_SIGNIN, 3, 2,
		FX_SIGN_OUT, "PIN 246810"},
	{"a supervisor is told whose lesson it is", L3 "*7", DESK_SIGNIN, 3, 2,
		FX_SIGN_OUT, "locked"},
	{"another receiver is not in it", L6 "2", DESK_CHECK, 6, 5, FX_TOUR,
		"press Esc"},
	{"a scan is the next person, as ever", L8 "\n;P", DESK_CHECK, 8, 7,
		FX_CARD, "Press 0"},
};

/* The desk of a training that begins with the tour. */
static void begin(struct desk *d, bool tour)
{
	const struct desk_info info = {.point = "Cẩm Khê",
		.demo = true,
		.training = true,
		.tour = tour,
		.users = {.agent = STORY_AGENT,
			.supervisor = 9,
			.agent_pin = "246810",
			.supervisor_pin = "135790"}};

	desk_init(d, &info);
}

static enum effect_kind play(struct desk *d, const char *script)
{
	static struct event ev;
	enum effect_kind last = FX_NONE;
	struct story s;

	story_begin(&s, script);
	while (story_next(&s, &ev)) {
		const struct effect fx = desk_handle(d, &ev);

		if (fx.kind != FX_NONE)
			last = fx.kind;
	}
	return last;
}

static void run_row(void **state)
{
	static struct desk d;
	struct tour_band band = {0};
	const struct row *row = *state;
	enum effect_kind last;

	begin(&d, true);
	last = play(&d, row->script);
	assert_int_equal(desk_place(&d), row->place);
	if (row->place == DESK_TOUR)
		assert_int_equal(row->lesson, 0);
	else if (!tour_band(&d.tour, &band))
		assert_int_equal(row->lesson, 0);
	assert_int_equal(band.lesson, row->lesson);
	assert_int_equal(tour_learned(&d.tour), row->learned);
	assert_int_equal(last, row->effect);
	if (!strstr(band.text, row->says))
		fail_msg("\"%s\", not \"%s\"", band.text, row->says);
}

/* ---- the same desk with and without it -------------------------------------- */

/* What the tour asks for is its own; all else is as if it were not there. */
static void same_effects(const char *with, const char *without)
{
	static struct desk a, b;
	static struct event ev, plain;
	struct story s, t;

	begin(&a, true);
	begin(&b, false);
	play(&a, "\n");
	story_begin(&s, with);
	story_begin(&t, without);
	while (story_next(&s, &ev)) {
		enum effect_kind fx = desk_handle(&a, &ev).kind;

		assert_true(story_next(&t, &plain));
		if (fx == FX_TOUR)
			fx = FX_NONE;
		assert_int_equal(fx, desk_handle(&b, &plain).kind);
		assert_int_equal(desk_place(&a), desk_place(&b));
	}
}

static void it_takes_no_key_from_any_flow(void **state)
{
	static const char whole[] =
		"7\n246810\nSJN9.1H#0ty\nG1P00<@P\nM\nD3T0\n4578\nFA\n;P1\nM91C"
		"\n@P411I@P2Le\n012345678901\n1\n<<<";

	(void)state;
	same_effects(whole, whole);
}

/* ---- what it forgets, keeps and offers -------------------------------------- */

static void nobody_who_was_paid_stays_after_signing_out(void **state)
{
	static struct desk d;

	(void)state;
	begin(&d, true);
	play(&d, L8);
	assert_string_equal(d.tour.paid, "0112");
	begin(&d, true);
	play(&d, L8 "\n*7");
	assert_string_equal(d.tour.paid, "");
}

/* At the latest with the next event that asks for nothing itself. */
static void what_was_learned_is_kept_as_it_grows(void **state)
{
	static struct desk d;
	static struct event ev;
	struct story s;
	uint32_t kept = 0;
	int times = 0;

	(void)state;
	begin(&d, true);
	story_begin(&s, OVER "\n\n");
	while (story_next(&s, &ev)) {
		const struct effect fx = desk_handle(&d, &ev);

		if (fx.kind != FX_TOUR)
			continue;
		assert_true(fx.tour.done > kept);
		kept = fx.tour.done;
		times++;
	}
	assert_int_equal(kept, (1U << 14) - 1);
	assert_true(times >= 12);
}

static void only_its_lesson_has_another_card(void **state)
{
	static struct desk d;
	static struct event ev;
	struct effect fx;

	(void)state;
	story_event('\n', 900000, &ev);
	begin(&d, true);
	play(&d, L5 "00<");
	fx = desk_handle(&d, &ev);
	assert_int_equal(fx.kind, FX_DEMO_SCAN);
	assert_false(fx.other_marks);
	begin(&d, true);
	play(&d, L10 "\n");
	fx = desk_handle(&d, &ev);
	assert_int_equal(fx.kind, FX_DEMO_SCAN);
	assert_true(fx.other_marks);
}

static void it_is_offered_in_a_training_only(void **state)
{
	static struct desk d;
	const struct desk_info real = {.point = "Cẩm Khê", .may_train = true};

	(void)state;
	begin(&d, false);
	play(&d, "*2");
	assert_int_equal(desk_place(&d), DESK_TOUR);
	desk_init(&d, &real);
	play(&d, "*2");
	assert_int_equal(desk_place(&d), DESK_MENU);
	play(&d, "07\n246810\nSJH***");
	assert_int_equal(desk_place(&d), DESK_MENU);
}

static int setup(void **state)
{
	(void)state;
	tr_set_lang("en");
	return 0;
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + 5] = {
		cmocka_unit_test(it_takes_no_key_from_any_flow),
		cmocka_unit_test(nobody_who_was_paid_stays_after_signing_out),
		cmocka_unit_test(what_was_learned_is_kept_as_it_grows),
		cmocka_unit_test(only_its_lesson_has_another_card),
		cmocka_unit_test(it_is_offered_in_a_training_only),
	};
	size_t n = 5;

	UNIT_ADD_ROWS(tests, &n, rows, run_row);
	return cmocka_run_group_tests_name("desk_tour", tests, setup, NULL);
}
