/*
 * What the desk is, and what comes to it unasked: papers that end long after
 * their screen was left, a status that stops everything, a desk of which
 * nobody is a user yet.
 */
#include "support/unit.h"

#include <string.h>

#include "core/str.h"
#include "core/tr.h"
#include "support/story.h"
#include "terminal/flows/desk.h"

/* Sign in, nothing open, own shift: ready. */
#define IN "7\n246810\nSJH"
/* An is found by his card, and his money is recorded. */
#define PAID IN "@P\nM"

/* A shift, and sheet 123 of the pad of that day, 00:01. */
#define SHEET IN ",_*2123\n\n0001\n"

static struct desk desk;
static struct event event;

static struct effect give(const struct desk_info *info, const char *script)
{
	struct effect fx = effect_of(FX_NONE);
	struct story s;

	tr_set_lang("en");
	desk_init(&desk, info);
	story_begin(&s, script);
	while (story_next(&s, &event))
		fx = desk_handle(&desk, &event);
	return fx;
}

static const struct desk_info plain = {.point = "Cẩm Khê"};

static void the_time_until_it_locks_can_be_set(void **state)
{
	const struct desk_info info = {.lock_ms = 400000};
	const struct desk_info none = {.lock_ms = -1};

	(void)state;
	/* ~ is five minutes. */
	give(&info, IN "~");
	assert_int_equal(desk_place(&desk), DESK_IDLE);
	assert_int_equal(give(&info, IN "~~").kind, FX_SIGN_OUT);
	assert_int_equal(give(&none, IN "~").kind, FX_SIGN_OUT);
}

static void where_nobody_works_yet_the_first_user_is_asked_for(void **state)
{
	const struct desk_info info = {.empty = true};

	(void)state;
	give(&info, "");
	assert_int_equal(desk_place(&desk), DESK_TEAM);
	assert_int_equal(desk.team.step, TEAM_FIRST_NUMBER);
	/* More: of a desk where nobody is signed in. */
	give(&info, "*");
	assert_int_equal(desk.menu.step, MENU_SIGNED_OUT);
	give(&info, "9\n*");
	assert_int_equal(desk.menu.step, MENU_SIGNED_OUT);
	assert_int_equal(give(&info, "9\nhung\n246810\n246810\n").kind,
		FX_USER_ADD);
	give(&info, "9\nhung\n246810\n246810\n\r");
	assert_int_equal(desk_place(&desk), DESK_SIGNIN);
	assert_int_equal(desk.signin.step, SIGNIN_NUMBER);
	assert_null(memmem(&desk, sizeof(desk), "246810", 6));
}

static void T73_training_is_entered_and_left_before_signing_in(void **state)
{
	const struct desk_info real = {.may_train = true};
	const struct desk_info training = {.training = true, .demo = true};
	const struct desk_info demo = {.demo = true};

	(void)state;
	assert_int_equal(give(&real, "*1").kind, FX_TRAINING);
	assert_int_equal(give(&training, "*1").kind, FX_TRAINING);
	/* A demo has nothing beside it, and who works has no such key. */
	assert_int_equal(give(&demo, "*1").kind, FX_NONE);
	assert_int_not_equal(give(&real, IN "*1").kind, FX_TRAINING);
}

/* T28: with no user in it, too: nobody is added to a copy. */
static void T28_a_restored_copy_asks_for_nobody(void **state)
{
	const struct desk_info info = {.empty = true, .evidence = true};

	(void)state;
	give(&info, "9\nhung\n");
	assert_int_equal(desk_place(&desk), DESK_SIGNIN);
	assert_int_equal(desk.signin.step, SIGNIN_NUMBER);
	assert_int_equal(desk_notice(&desk)->level, NOTICE_STOP);
}

static void a_store_that_fails_before_the_first_shift_is_said(void **state)
{
	(void)state;
	give(&plain, "7\n246810\nSJ!");
	assert_int_equal(desk_place(&desk), DESK_RECOVER);
	assert_int_equal(desk.recover.step, RECOVER_FAILED);
	assert_string_equal(desk_notice(&desk)->text,
		"The disk could not be read. Stop paying and call the "
		"technician.");
}

static void say_paper(bool slip, enum print_state state, int copy)
{
	memset(&event, 0, sizeof(event));
	event.kind = EV_PRINT;
	event.at_ms = 500000;
	event.print.seq = STORY_SEQ;
	event.print.slip = slip;
	event.print.state = state;
	event.print.copy = copy;
	assert_int_equal(desk_handle(&desk, &event).kind, FX_NONE);
}

/* A Z slip may come to an end long after its screen was left. */
static struct slip_row {
	const char *name;
	const char *script;
	enum print_state state;
	const char *says;
} slip_rows[] = {
	{"a slip that failed is said where the user is", IN, PRINT_FAILED,
		"THE Z SLIP IS NOT PRINTED TO THE END"},
	{"so is one of which nobody knows", IN, PRINT_UNKNOWN,
		"THE Z SLIP IS NOT PRINTED TO THE END"},
	{"one that was printed, too", IN, PRINT_PRINTED,
		"The Z slip is printed"},
	{"one that is being printed is not", IN, PRINT_PRINTING, ""},
	{"nor to nobody", "7", PRINT_FAILED, ""},
	{"nor to nobody when it was printed", "7", PRINT_PRINTED, ""},
	{"on its own screen it says it there", IN "*510.1Z", PRINT_FAILED, ""},
};

static void run_slip(void **state)
{
	const struct slip_row *row = *state;

	give(&plain, row->script);
	say_paper(true, row->state, 0);
	assert_string_equal(desk_notice(&desk)->text, row->says);
	if (desk_place(&desk) == DESK_DRAWER)
		assert_int_equal(desk.drawer.paper.state, row->state);
}

static struct paper_row {
	const char *name;
	const char *script;
	enum print_state state;
	int copy;
	const char *says; /* how it begins */
} paper_rows[] = {
	{"T03 a receipt that failed is said to whoever works next", PAID "1D;",
		PRINT_FAILED, 0,
		"RECEIPT NOT PRINTED TO THE END: Nguyễn Văn An."},
	{"T03 so is a copy, of whomever it is", IN, PRINT_UNKNOWN, 1,
		"RECEIPT NOT PRINTED TO THE END: a copy."},
	{"a copy that is printed has its number", IN, PRINT_PRINTED, 2,
		"Copy number 2 is printed"},
	{"an original that is printed says nothing", IN, PRINT_PRINTED, 0, ""},
	{"a copy that is being printed neither", IN, PRINT_PRINTING, 2, ""},
	{"nobody is told where nobody is signed in", "7", PRINT_FAILED, 0, ""},
};

static void run_paper(void **state)
{
	const struct paper_row *row = *state;

	give(&plain, row->script);
	say_paper(false, row->state, row->copy);
	assert_int_equal(strncmp(desk_notice(&desk)->text, row->says,
				 strlen(row->says)),
		0);
	assert_int_equal(desk_notice(&desk)->text[0] != '\0',
		row->says[0] != '\0');
	assert_int_equal(desk.last.paper.state, row->state);
}

/* Records are missing: whatever is on the screen, nothing more is begun. */
static struct lost_row {
	const char *name;
	const char *script;
	enum desk_place place;
} lost_rows[] = {
	{"T30 ready", IN, DESK_FROZEN},
	{"T30 looking for somebody", IN "4", DESK_FROZEN},
	{"T30 looking at him", IN "@P", DESK_FROZEN},
	{"T30 while he is looked up: after the answer", IN "@", DESK_CHECK},
	{"T30 typing a sheet of the pad", IN "*2", DESK_FROZEN},
	{"T30 saying why nothing is paid", IN "@P4", DESK_FROZEN},
	{"T30 a receipt", IN "`T", DESK_FROZEN},
	{"T30 one's own PIN", IN "**1", DESK_FROZEN},
	{"T30 an open payment is settled first", PAID, DESK_PAY},
	{"T30 money that comes back is settled first", IN "`T91",
		DESK_TAKEBACK},
	{"T30 a complaint is noted first", IN "`T51", DESK_COMPLAIN},
	{"T30 a drawer may be closed", IN "*5", DESK_DRAWER},
	{"T30 nobody is signed in", "7", DESK_SIGNIN},
};

static void run_lost(void **state)
{
	const struct lost_row *row = *state;

	give(&plain, row->script);
	memset(&event, 0, sizeof(event));
	event.kind = EV_STATUS;
	event.at_ms = 500000;
	event.status.frozen = true;
	assert_int_equal(desk_handle(&desk, &event).kind, FX_NONE);
	assert_int_equal(desk_place(&desk), row->place);
	if (row->place == DESK_FROZEN)
		assert_int_equal(desk.frozen.step, FROZEN_LOST);
}

/* A slip that is compared outside of opening, and the book fails. */
static void a_slip_that_cannot_be_compared_is_said(void **state)
{
	static const char text[] = "CZ1:ABC";

	(void)state;
	give(&plain, IN);
	memset(&event, 0, sizeof(event));
	event.kind = EV_SCAN;
	event.at_ms = 500000;
	event.scan.len = sizeof(text) - 1;
	memcpy(event.scan.bytes, text, sizeof(text));
	assert_int_equal(desk_handle(&desk, &event).kind, FX_EVIDENCE);
	story_event('!', 501000, &event);
	assert_int_equal(desk_handle(&desk, &event).kind, FX_NONE);
	assert_int_equal(desk_place(&desk), DESK_IDLE);
	assert_int_equal(desk_notice(&desk)->level, NOTICE_STOP);
}

/* Who noted it has gone on: the paper that failed is said all the same. */
static void a_complaints_slip_is_said_elsewhere(void **state)
{
	static const struct {
		char report;
		enum notice_level level;
		const char *text;
	} row[] = {
		{'\016', NOTICE_NOTE, "The slip of the complaint is printed"},
		{'\017', NOTICE_WARN,
			"THE COMPLAINT'S SLIP IS NOT PRINTED. Its number is "
			"3fa2b1-57."},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		give(&plain, IN "`T511\006"
				"0");
		assert_int_equal(desk_place(&desk), DESK_PREVIEW);
		story_event(row[i].report, 500000, &event);
		desk_handle(&desk, &event);
		assert_string_equal(desk_notice(&desk)->text, row[i].text);
		assert_int_equal(desk_notice(&desk)->level, row[i].level);
	}
	/* Signed out, nothing of it is known any more. */
	give(&plain, IN "`T511\006~");
	assert_int_equal(desk_place(&desk), DESK_SIGNIN);
	assert_int_equal(desk.complain.noted.complaint.seq, 0);
	assert_string_equal(desk.complain.brief.code, "");
}

/* Who has no name on his card is parked by his number. */
static void a_card_without_a_name_is_parked_by_its_number(void **state)
{
	static const char damaged[] =
		"001150000217||Trần Thị Bình|15051950|N?|Thôn 5, xã Cẩm Khê, "
		"Phú Thọ|01052021";

	(void)state;
	give(&plain, PAID);
	memset(&event, 0, sizeof(event));
	event.kind = EV_SCAN;
	event.at_ms = 500000;
	event.scan.len = sizeof(damaged) - 1;
	memcpy(event.scan.bytes, damaged, sizeof(damaged));
	desk_handle(&desk, &event);
	assert_true(desk.parked);
	assert_string_equal(desk_notice(&desk)->text, "Next: 001150000217");
}

/* A sheet of the pad: what it says of the money stands on the next screen. */
static void T17_the_sheet_is_said_when_it_is_entered(void **state)
{
	(void)state;
	give(&plain, SHEET "@P\n1");
	assert_int_equal(desk_place(&desk), DESK_PAY);
	story_event('V', 500000, &event);
	str_copy(event.payout.pad, sizeof(event.payout.pad), "123");
	desk_handle(&desk, &event);
	story_event('\n', 600000, &event);
	desk_handle(&desk, &event);
	assert_int_equal(desk_place(&desk), DESK_IDLE);
	assert_string_equal(desk_notice(&desk)->text,
		"Sheet 123 is entered: 1.080.000 đồng, Nguyễn Văn An");
}

/* The day of death cannot be after today, once the clock has been told. */
static void not_paid_knows_which_day_it_is(void **state)
{
	(void)state;
	give(&plain, IN "_@P4");
	assert_int_equal(desk_place(&desk), DESK_NOTPAID);
	assert_int_equal(desk.notpaid.today.year, 2026);
	give(&plain, IN "@P4");
	assert_int_equal(desk.notpaid.today.year, 0);
}

/* What a field of the pad says is what the desk shows. */
static void T17_what_is_wrong_with_a_sheet_is_said(void **state)
{
	(void)state;
	give(&plain, IN ",_*2123\n01012999\n");
	assert_int_equal(desk_place(&desk), DESK_BYPAD);
	assert_int_equal(desk.bypad.step, BYPAD_DAY);
	assert_string_equal(desk_notice(&desk)->text, desk.bypad.notice.text);
	assert_int_equal(desk_notice(&desk)->level, NOTICE_WARN);
}

/* What a supervisor may, and what only an agent does. */
static void roles_see_their_own_rows(void **state)
{
	(void)state;
	give(&plain, "7\n246810\n");
	story_event('S', 99000, &event);
	event.user.role = ROLE_TECHNICIAN;
	desk_handle(&desk, &event);
	for (const char *c = "JN*2"; *c; c++) {
		story_event(*c, 99000 + 1000 * (c[0] != 'J'), &event);
		desk_handle(&desk, &event);
	}
	/* No row, no answer: the menu waits for a key that is there. */
	assert_int_equal(desk_place(&desk), DESK_MENU);
	assert_string_equal(desk_notice(&desk)->text, "");
	assert_int_equal(desk.waiting, FX_NONE);
}

int main(void)
{
	static struct CMUnitTest tests[COUNT_OF(slip_rows) +
				       COUNT_OF(paper_rows) +
				       COUNT_OF(lost_rows) + 12];
	size_t n = 0;

	UNIT_ADD_ROWS(tests, &n, slip_rows, run_slip);
	UNIT_ADD_ROWS(tests, &n, paper_rows, run_paper);
	UNIT_ADD_ROWS(tests, &n, lost_rows, run_lost);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(a_complaints_slip_is_said_elsewhere);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(the_time_until_it_locks_can_be_set);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(
		where_nobody_works_yet_the_first_user_is_asked_for);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(T28_a_restored_copy_asks_for_nobody);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(
		a_store_that_fails_before_the_first_shift_is_said);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(a_slip_that_cannot_be_compared_is_said);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(a_card_without_a_name_is_parked_by_its_number);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(T17_the_sheet_is_said_when_it_is_entered);
	tests[n++] =
		(struct CMUnitTest)cmocka_unit_test(roles_see_their_own_rows);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(
		T73_training_is_entered_and_left_before_signing_in);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(not_paid_knows_which_day_it_is);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(T17_what_is_wrong_with_a_sheet_is_said);
	return cmocka_run_group_tests_name("the state of the desk", tests, NULL,
		NULL);
}
