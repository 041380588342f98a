/* A supervisor begins with his work: its rows, and what waits beside each. */
#include "support/unit.h"

#include <string.h>

#include "core/str.h"
#include "core/tr.h"
#include "support/feed.h"
#include "support/story.h"
#include "terminal/flows/desk.h"

static struct desk d;
static long long ms;
static struct effect last;

static void play(const char *script)
{
	struct event ev;

	for (; *script; script++, ms += 1000) {
		story_event(*script, ms, &ev);
		last = desk_handle(&d, &ev);
	}
}

static void give(struct event *ev)
{
	ev->at_ms = ms += 1000;
	last = desk_handle(&d, ev);
}

static void status(uint64_t made, bool frozen, bool moved)
{
	struct event *ev = feed_answer(EV_STATUS);

	ev->status.made = made;
	ev->status.frozen = frozen;
	ev->status.moved = moved;
	give(ev);
}

static void sign_in(enum role role, bool frozen, bool moved)
{
	const struct desk_info info = {.point = "Cẩm Khê"};
	struct event *ev;

	tr_set_lang("en");
	ms = 1000;
	desk_init(&d, &info);
	status(10, frozen, moved);
	play("7\n246810\n");
	ev = feed_answer(EV_SIGNED_IN);
	ev->user = (struct user){.number = STORY_AGENT,
		.name = "Hoa",
		.role = role};
	give(ev);
	play("JN");
}

static void begin(void)
{
	sign_in(ROLE_SUPERVISOR, false, false);
	assert_int_equal(desk_place(&d), DESK_DUTY);
	assert_int_equal(last.kind, FX_DUTY);
}

static void counted(int number, int64_t exceptions)
{
	struct event *ev = feed_answer(EV_STUDY);

	ev->study.number = number;
	ev->study.state = STUDY_DONE;
	ev->study.duty.exceptions = exceptions;
	give(ev);
}

/* ---- who ------------------------------------------------------------------- */

static void only_a_supervisor_begins_with_it(void **state)
{
	static const struct {
		enum role role;
		bool frozen;
		bool moved;
		enum desk_place place;
	} row[] = {
		{ROLE_SUPERVISOR, false, false, DESK_DUTY},
		{ROLE_SUPERVISOR, true, false, DESK_FROZEN},
		{ROLE_SUPERVISOR, false, true, DESK_FROZEN},
		{ROLE_AGENT, false, false, DESK_DRAWER},
		{ROLE_STAFF, false, false, DESK_VISITS},
		{ROLE_TECHNICIAN, false, false, DESK_IDLE},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		sign_in(row[i].role, row[i].frozen, row[i].moved);
		assert_int_equal(desk_place(&d), row[i].place);
	}
}

/* Only he can have it closed (users.h). */
static void a_drawer_that_was_left_is_said_first(void **state)
{
	struct event *ev;

	(void)state;
	begin();
	assert_string_equal(desk_notice(&d)->text, "");
	ev = feed_answer(EV_STATUS);
	ev->status.has_shift = true;
	ev->status.shift.left = SHIFT_LEFT_REVOKED;
	str_copy(ev->status.shift.actor_name,
		sizeof(ev->status.shift.actor_name), "Lan");
	give(ev);
	assert_int_equal(desk_notice(&d)->level, NOTICE_WARN);
	assert_string_equal(desk_notice(&d)->text,
		"The drawer of Lan is still open, who may not work here any "
		"more: keys * * 8 count and close it.");
	play("**8");
	assert_int_equal(desk_place(&d), DESK_DRAWER);
	begin();
	ev = feed_answer(EV_STATUS);
	ev->status.has_shift = true;
	give(ev);
	assert_string_equal(desk_notice(&d)->text, "");
}

static void a_book_that_freezes_later_takes_its_place(void **state)
{
	(void)state;
	begin();
	status(10, true, false);
	assert_int_equal(desk_place(&d), DESK_FROZEN);
}

/* ---- where to ---------------------------------------------------------------- */

static void each_row_leads_there_and_back(void **state)
{
	static const struct {
		const char *keys;
		enum desk_place place;
	} row[] = {
		{"1", DESK_VISITS},
		{"2", DESK_DASH},
		{"3", DESK_PAPERS},
		{"4", DESK_UNUSUAL},
		{"6", DESK_ROLLS},
		{"7", DESK_SETUP},
		{"8", DESK_CONTACT},
		{"9", DESK_PASSING},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		begin();
		play(row[i].keys);
		assert_int_equal(desk_place(&d), row[i].place);
		if (d.waiting != FX_NONE)
			give(feed_answer(EV_FAILED));
		play("0");
		if (desk_place(&d) != DESK_DUTY)
			fail_msg("%s: back is place %d", row[i].keys,
				desk_place(&d));
	}
}

static void the_keys_are_those_of_the_third_page(void **state)
{
	size_t here;
	size_t there;
	const struct binding *a = duty_bindings(DUTY_SHOWN, &here);
	const struct binding *b = menu_bindings(MENU_DOOR, &there);

	(void)state;
	for (int key = '1'; key <= '9'; key++) {
		const struct binding *x = binding_find(a, here, key);

		assert_ptr_equal(x, binding_find(b, there, key));
		assert_int_equal(x != NULL,
			menu_door_choice(key) != MENU_NOTHING);
	}
}

static void enter_shows_a_list_of_the_centre_if_one_waits(void **state)
{
	struct event *ev;

	(void)state;
	begin();
	play("\n");
	assert_int_equal(last.kind, FX_NONE);
	assert_int_equal(desk_place(&d), DESK_DUTY);
	ev = feed_answer(EV_STATUS);
	ev->status.made = 10;
	ev->status.arrived = 1;
	give(ev);
	assert_int_equal(d.duty.step, DUTY_ARRIVED);
	play("\n");
	assert_int_equal(last.kind, FX_ARRIVAL_LOOK);
	assert_int_equal(desk_place(&d), DESK_ARRIVALS);
	give(feed_answer(EV_ARRIVALS));
	play("0");
	assert_int_equal(desk_place(&d), DESK_DUTY);
}

static void zero_is_the_counter_and_star_dot_comes_back(void **state)
{
	(void)state;
	begin();
	play("0");
	assert_int_equal(desk_place(&d), DESK_IDLE);
	play("2");
	assert_int_equal(desk_place(&d), DESK_FIND);
	play("<*");
	assert_int_equal(d.menu.step, MENU_SUPERVISOR);
	play(".");
	assert_int_equal(desk_place(&d), DESK_DUTY);
	assert_int_equal(last.kind, FX_DUTY);
	/* Over itself it stays as it is. */
	play("*.");
	assert_int_equal(desk_place(&d), DESK_DUTY);
	assert_int_equal(d.depth, 2);
}

static void star_is_the_menu_of_a_supervisor(void **state)
{
	(void)state;
	begin();
	play("*");
	assert_int_equal(d.menu.step, MENU_SUPERVISOR);
	play("*.");
	assert_int_equal(d.menu.step, MENU_DOOR);
	play("4");
	assert_int_equal(desk_place(&d), DESK_UNUSUAL);
	give(feed_answer(EV_FAILED));
	play("0");
	assert_int_equal(desk_place(&d), DESK_DUTY);
}

static void a_letter_begins_a_search(void **state)
{
	(void)state;
	begin();
	play("n");
	assert_int_equal(desk_place(&d), DESK_FIND);
	assert_string_equal(d.find.query.text, "n");
	play("<");
	assert_int_equal(desk_place(&d), DESK_DUTY);
}

static void a_card_is_looked_up(void **state)
{
	(void)state;
	begin();
	play("@");
	assert_int_equal(last.kind, FX_CARD);
	assert_int_equal(desk_place(&d), DESK_CHECK);
}

static void enter_does_nothing(void **state)
{
	(void)state;
	begin();
	play("\n");
	assert_int_equal(last.kind, FX_NONE);
	assert_int_equal(desk_place(&d), DESK_DUTY);
}

/* ---- counting ------------------------------------------------------------------ */

static void keys_work_while_it_is_counted(void **state)
{
	(void)state;
	begin();
	assert_true(d.duty.counting);
	play("8");
	assert_int_equal(desk_place(&d), DESK_CONTACT);
	counted(d.duty.number, 3);
	assert_int_equal(desk_place(&d), DESK_CONTACT);
	assert_int_equal(d.duty.counts.exceptions, 3);
}

static void what_was_asked_before_is_passed_over(void **state)
{
	(void)state;
	begin();
	counted(d.duty.number + 1, 3);
	assert_false(d.duty.counted);
	counted(d.duty.number, 4);
	assert_true(d.duty.counted);
	/* And of the board, which counts upwards. */
	counted(2, 5);
	assert_int_equal(d.duty.counts.exceptions, 4);
}

static void back_from_elsewhere_it_is_counted_anew(void **state)
{
	(void)state;
	begin();
	counted(d.duty.number, 3);
	play("_");
	assert_int_equal(last.kind, FX_NONE);
	play("8");
	play("_");
	assert_int_equal(last.kind, FX_NONE);
	play("0_");
	assert_int_equal(last.kind, FX_DUTY);
	/* What was counted stays until then. */
	assert_true(d.duty.counted);
}

static void once_a_minute_if_the_book_went_on(void **state)
{
	(void)state;
	begin();
	counted(d.duty.number, 3);
	status(11, false, false);
	play("_");
	assert_int_equal(last.kind, FX_NONE);
	ms += DUTY_AGAIN_MS;
	play("_");
	assert_int_equal(last.kind, FX_DUTY);
	/* Not twice for one record. */
	counted(d.duty.number, 3);
	ms += DUTY_AGAIN_MS;
	play("_");
	assert_int_equal(last.kind, FX_NONE);
}

static void what_failed_is_tried_again(void **state)
{
	struct event *ev;

	(void)state;
	begin();
	ev = feed_answer(EV_STUDY);
	ev->study.number = d.duty.number;
	ev->study.state = STUDY_FAILED;
	give(ev);
	assert_true(d.duty.failed);
	assert_false(d.duty.counted);
	ms += DUTY_AGAIN_MS;
	play("_");
	assert_int_equal(last.kind, FX_DUTY);
}

static void at_the_counter_nothing_is_counted(void **state)
{
	(void)state;
	begin();
	counted(d.duty.number, 3);
	play("0");
	status(12, false, false);
	ms += DUTY_AGAIN_MS;
	play("_");
	assert_int_equal(last.kind, FX_NONE);
}

/* ---- words -------------------------------------------------------------------- */

static void each_row_says_what_waits(void **state)
{
	static const struct {
		int key;
		struct duty_counts counts;
		struct status status;
		const char *text;
		bool urgent;
	} row[] = {
		{'2', {0}, {.done = 142, .all = 200}, "142/200", false},
		{'2', {0}, {.all = 0}, "", false},
		{'4', {.exceptions = 0}, {0}, "none today", false},
		{'4', {.exceptions = 12}, {0}, "12 today", false},
		{'4', {.exceptions = 12, .alone = 2}, {0}, "2 not approved",
			true},
		{'5', {.drawn = false}, {0}, "", false},
		{'5', {.drawn = true}, {0}, "all called", false},
		{'5', {.drawn = true, .calls = 3}, {0}, "3 to call", true},
		{'6', {.lists = 0}, {0}, "", false},
		{'6', {.lists = 1}, {0}, "1 waiting", true},
		{'8', {0}, {.made = 40}, "", false},
		{'8', {0}, {.has_centre = true, .made = 40}, "40 to send",
			false},
		{'8', {0},
			{.has_centre = true,
				.made = 40,
				.acked = 39,
				.acks = 1},
			"all sent", false},
		{'7', {.exceptions = 12}, {0}, "", false},
	};

	(void)state;
	tr_set_lang("en");
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		struct duty duty = {.counted = true, .counts = row[i].counts};
		struct duty_waits w;

		duty_says(&duty, &row[i].status, row[i].key, &w);
		assert_string_equal(w.text, row[i].text);
		assert_int_equal(w.urgent, row[i].urgent);
	}
}

/* A zero that nobody has counted is a lie. */
static void nothing_is_said_before_it_is_counted(void **state)
{
	static const struct status none;
	static const struct duty duty;

	(void)state;
	for (int key = '1'; key <= '9'; key++) {
		struct duty_waits w;

		duty_says(&duty, &none, key, &w);
		assert_string_equal(w.text, "");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_a_supervisor_begins_with_it),
		cmocka_unit_test(a_drawer_that_was_left_is_said_first),
		cmocka_unit_test(a_book_that_freezes_later_takes_its_place),
		cmocka_unit_test(each_row_leads_there_and_back),
		cmocka_unit_test(the_keys_are_those_of_the_third_page),
		cmocka_unit_test(enter_shows_a_list_of_the_centre_if_one_waits),
		cmocka_unit_test(zero_is_the_counter_and_star_dot_comes_back),
		cmocka_unit_test(star_is_the_menu_of_a_supervisor),
		cmocka_unit_test(a_letter_begins_a_search),
		cmocka_unit_test(a_card_is_looked_up),
		cmocka_unit_test(enter_does_nothing),
		cmocka_unit_test(keys_work_while_it_is_counted),
		cmocka_unit_test(what_was_asked_before_is_passed_over),
		cmocka_unit_test(back_from_elsewhere_it_is_counted_anew),
		cmocka_unit_test(once_a_minute_if_the_book_went_on),
		cmocka_unit_test(what_failed_is_tried_again),
		cmocka_unit_test(at_the_counter_nothing_is_counted),
		cmocka_unit_test(each_row_says_what_waits),
		cmocka_unit_test(nothing_is_said_before_it_is_counted),
	};

	return cmocka_run_group_tests_name("duty", tests, NULL, NULL);
}
