/* What a supervisor does at the desk: the clock, a copy of the book. */
#include "support/unit.h"

#include <string.h>

#include "core/str.h"
#include "core/tr.h"
#include "support/story.h"
#include "terminal/flows/desk.h"

static struct desk d;
static struct event ev;
static long long at_ms;

static struct event *fresh(enum event_kind kind)
{
	memset(&ev, 0, sizeof(ev));
	ev.kind = kind;
	at_ms += 1000;
	ev.at_ms = at_ms;
	return &ev;
}

static struct effect press(int key)
{
	fresh(EV_KEY)->key = key;
	return desk_handle(&d, &ev);
}

static struct effect play(const char *script)
{
	struct effect fx = effect_of(FX_NONE);

	for (; *script; script++) {
		at_ms += 1000;
		story_event(*script, at_ms, &ev);
		fx = desk_handle(&d, &ev);
	}
	return fx;
}

static void answer(enum event_kind kind)
{
	fresh(kind);
	desk_handle(&d, &ev);
}

static void fail_with(enum err_code code)
{
	fresh(EV_FAILED)->err.code = code;
	desk_handle(&d, &ev);
}

static void refuse(enum refusal_code code)
{
	fresh(EV_REFUSED)->refusal.code = code;
	desk_handle(&d, &ev);
}

/* Signed in as a supervisor, with so many shifts closed before. */
static void begin(int64_t last_closed)
{
	const struct desk_info info = {.point = "Cẩm Khê"};

	tr_set_lang("en");
	at_ms = 0;
	desk_init(&d, &info);
	fresh(EV_STATUS)->status.last_closed = last_closed;
	desk_handle(&d, &ev);
	play("7\n246810\n");
	fresh(EV_SIGNED_IN)->user = (struct user){.number = STORY_AGENT,
		.name = "Hoa",
		.role = ROLE_SUPERVISOR};
	desk_handle(&d, &ev);
	play("JN");
	assert_int_equal(desk_place(&d), DESK_DUTY);
}

static void an_agent_is_offered_none_of_it(void **state)
{
	const struct desk_info info = {.point = "Cẩm Khê"};
	size_t count;
	const struct binding *b;

	(void)state;
	desk_init(&d, &info);
	play("7\n246810\nSJH*");
	assert_int_equal(d.menu.step, MENU_SHIFT);
	b = desk_bindings(&d, &count);
	for (size_t i = 0; i < count; i++)
		assert_string_not_equal(b[i].does, "Back up the book");
}

static void the_last_slip_is_printed_again(void **state)
{
	struct effect fx;

	(void)state;
	begin(3);
	fx = play("*3");
	assert_int_equal(fx.kind, FX_SLIP);
	assert_int_equal(fx.slip, 3);
	assert_int_equal(desk_place(&d), DESK_DUTY);
	fresh(EV_PRINT)->print.slip = true;
	ev.print.state = PRINT_PRINTED;
	ev.print.copy = 1;
	desk_handle(&d, &ev);
	assert_string_equal(desk_notice(&d)->text, "The Z slip is printed");
	fresh(EV_PRINT)->print.slip = true;
	ev.print.no_printer = true;
	desk_handle(&d, &ev);
	assert_string_equal(desk_notice(&d)->text,
		"No printer is set up: the Z slip is not printed");
}

static void without_a_closed_shift_there_is_no_slip(void **state)
{
	(void)state;
	begin(0);
	assert_int_equal(play("*3").kind, FX_NONE);
	assert_string_equal(desk_notice(&d)->text,
		"No shift was closed here yet: there is no Z slip");
}

static void the_clock_is_right_says_a_supervisor(void **state)
{
	(void)state;
	begin(3);
	assert_int_equal(play("*4").kind, FX_NONE);
	assert_int_equal(desk_place(&d), DESK_OFFICE);
	assert_int_equal(press('1').kind, FX_CLOCK);
	answer(EV_CONFIRMED);
	assert_int_equal(desk_place(&d), DESK_DUTY);
	assert_string_equal(desk_notice(&d)->text,
		"Recorded: the clock is right.");
}

static void a_clock_in_1970_is_not_vouched_for(void **state)
{
	(void)state;
	begin(3);
	play("*41");
	fail_with(ERR_DENIED);
	assert_int_equal(desk_place(&d), DESK_OFFICE);
	assert_int_equal(d.office.step, OFFICE_CLOCK);
	assert_int_equal(desk_notice(&d)->level, NOTICE_WARN);
	press('0');
	assert_int_equal(desk_place(&d), DESK_DUTY);
}

static void the_place_of_the_last_copy_is_offered(void **state)
{
	struct effect fx;

	(void)state;
	begin(3);
	assert_int_equal(play("*5").kind, FX_COPY_PLACE);
	fresh(EV_COPY_PLACE);
	str_copy(ev.path, sizeof(ev.path), "/media/usb/a.db");
	desk_handle(&d, &ev);
	press(K_ERASE);
	press('b');
	fx = press(K_ACCEPT);
	assert_int_equal(fx.kind, FX_COPY);
	assert_string_equal(fx.path, "/media/usb/a.db");
	fresh(EV_COPIED);
	str_copy(ev.sha256, sizeof(ev.sha256), "0123");
	desk_handle(&d, &ev);
	assert_int_equal(d.office.step, OFFICE_COPIED);
	assert_string_equal(d.office.sha256, "0123");
	press(K_ACCEPT);
	assert_int_equal(desk_place(&d), DESK_DUTY);
}

static const struct trouble {
	const char *name;
	enum err_code code;
	const char *says;
} troubles[] = {
	{"the name is taken", ERR_INVALID, "Another file has that name"},
	{"there is no stick", ERR_GONE, "There is no such folder"},
	{"the stick is read-only", ERR_DENIED, "Nothing may be written there"},
	{"the stick is full", ERR_FULL, "There is not enough room"},
	{"the stick was pulled out", ERR_IO, "The copy failed"},
};

/* The agent counts, the slip is there, and he takes his file along. */
static void the_file_of_a_closed_shift(void **state)
{
	const struct desk_info info = {.point = "Cẩm Khê"};
	struct effect fx;

	(void)state;
	desk_init(&d, &info);
	play("7\n246810\nSJH*5");
	assert_int_equal(desk_place(&d), DESK_DRAWER);
	play("10.1Z");
	assert_int_equal(d.drawer.step, DRAWER_SLIP);
	fx = play("5");
	assert_int_equal(fx.kind, FX_COPY_PLACE);
	assert_true(fx.slip > 0);
	assert_int_equal(desk_place(&d), DESK_OFFICE);
	fresh(EV_COPY_PLACE);
	str_copy(ev.path, sizeof(ev.path), "/media/usb/a.journal");
	desk_handle(&d, &ev);
	fx = press(K_ACCEPT);
	assert_int_equal(fx.kind, FX_SHIFT_FILE);
	assert_string_equal(fx.file.path, "/media/usb/a.journal");
	assert_true(fx.file.shift > 0);
	fail_with(ERR_FULL);
	assert_int_equal(d.office.step, OFFICE_FILE);
	assert_int_equal(press(K_ACCEPT).kind, FX_SHIFT_FILE);
	answer(EV_COPIED);
	assert_int_equal(d.office.step, OFFICE_FILED);
	press(K_ACCEPT);
	assert_int_equal(desk_place(&d), DESK_IDLE);
}

static void star_twice_clears_the_path(void **state)
{
	(void)state;
	begin(3);
	play("*5");
	fresh(EV_COPY_PLACE);
	str_copy(ev.path, sizeof(ev.path), "/media/usb/a.db");
	desk_handle(&d, &ev);
	play("**");
	assert_int_equal(desk_place(&d), DESK_OFFICE);
	assert_string_equal(d.office.path.text, "");
}

static void what_went_wrong_is_said_and_the_path_stays(void **state)
{
	(void)state;
	begin(3);
	play("*5");
	fail_with(ERR_IO);
	assert_int_equal(d.office.step, OFFICE_PATH);
	for (const char *c = "/x/y.db"; *c; c++)
		press(*c);
	for (size_t i = 0; i < COUNT_OF(troubles); i++) {
		print_message("    %s\n", troubles[i].name);
		assert_int_equal(press(K_ACCEPT).kind, FX_COPY);
		fail_with(troubles[i].code);
		assert_int_equal(d.office.step, OFFICE_PATH);
		assert_string_equal(d.office.path.text, "/x/y.db");
		assert_non_null(strstr(desk_notice(&d)->text,
			troubles[i].says));
	}
	press(K_ACCEPT);
	refuse(REFUSED_ROLE);
	assert_int_equal(d.office.step, OFFICE_PATH);
	assert_int_equal(desk_notice(&d)->level, NOTICE_WARN);
}

/* The list of limits is on the screen. */
static void at_limits(void)
{
	begin(3);
	assert_int_equal(play("*2").kind, FX_LIMITS);
	fresh(EV_LIMITS)->limits.value[LIMIT_SINGLE] = 15000000;
	desk_handle(&d, &ev);
	assert_int_equal(d.office.step, OFFICE_LIMITS);
}

static void a_limit_is_changed_by_digits_and_asked_about(void **state)
{
	struct effect fx;

	(void)state;
	at_limits();
	play("120000000\n");
	assert_int_equal(d.office.step, OFFICE_LIMIT_SURE);
	/* ENTER is not enough. */
	assert_int_equal(press(K_ACCEPT).kind, FX_NONE);
	fx = press('1');
	assert_int_equal(fx.kind, FX_LIMIT_SET);
	assert_int_equal(fx.limit.which, LIMIT_SINGLE);
	assert_int_equal(fx.limit.value, 20000000);
	fresh(EV_LIMITS)->limits.value[LIMIT_SINGLE] = 20000000;
	desk_handle(&d, &ev);
	assert_int_equal(d.office.step, OFFICE_LIMITS);
	assert_string_equal(desk_notice(&d)->text,
		"Recorded. For more than 20.000.000 đồng to one person a "
		"supervisor signs, too.");
	press('0');
	assert_int_equal(desk_place(&d), DESK_DUTY);
}

static void hours_are_eight_digits(void **state)
{
	struct effect fx;

	(void)state;
	at_limits();
	play("507001730\n");
	fx = press('1');
	assert_int_equal(fx.limit.which, LIMIT_HOURS);
	assert_int_equal(fx.limit.value, 7001730);
}

static void a_limit_that_cannot_be_is_not_asked_about(void **state)
{
	static const char *const bad[] = {"199999\n", "1\n", "199999999999\n",
		"522000600\n", "50700\n", "20\n"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++) {
		at_limits();
		assert_int_equal(play(bad[i]).kind, FX_NONE);
		assert_int_equal(d.office.step, OFFICE_LIMIT);
		assert_non_null(strstr(desk_notice(&d)->text,
			"Type it again."));
	}
}

static void a_limit_may_be_left_as_it_is(void **state)
{
	(void)state;
	at_limits();
	play("120000000\n0");
	assert_int_equal(d.office.step, OFFICE_LIMIT);
	press(K_BACK);
	assert_int_equal(d.office.step, OFFICE_LIMITS);
	press('0');
	assert_int_equal(desk_place(&d), DESK_DUTY);
}

static void what_the_book_says_to_a_limit_is_shown(void **state)
{
	(void)state;
	at_limits();
	play("120000000\n1");
	refuse(REFUSED_CLOCK_DAY);
	assert_int_equal(d.office.step, OFFICE_LIMIT);
	assert_int_equal(desk_notice(&d)->level, NOTICE_WARN);
	press(K_ACCEPT);
	press('1');
	/* Nobody knows: it is looked up. */
	fresh(EV_FAILED)->err.code = ERR_IO;
	assert_int_equal(desk_handle(&d, &ev).kind, FX_LIMITS);
	fail_with(ERR_IO);
	assert_int_equal(desk_place(&d), DESK_DUTY);
	assert_int_equal(desk_notice(&d)->level, NOTICE_WARN);
}

static void a_scan_does_not_break_in(void **state)
{
	(void)state;
	begin(3);
	play("*4");
	assert_int_equal(play("@").kind, FX_NONE);
	assert_int_equal(desk_place(&d), DESK_OFFICE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_agent_is_offered_none_of_it),
		cmocka_unit_test(the_last_slip_is_printed_again),
		cmocka_unit_test(without_a_closed_shift_there_is_no_slip),
		cmocka_unit_test(the_clock_is_right_says_a_supervisor),
		cmocka_unit_test(a_clock_in_1970_is_not_vouched_for),
		cmocka_unit_test(the_place_of_the_last_copy_is_offered),
		cmocka_unit_test(the_file_of_a_closed_shift),
		cmocka_unit_test(star_twice_clears_the_path),
		cmocka_unit_test(what_went_wrong_is_said_and_the_path_stays),
		cmocka_unit_test(a_limit_is_changed_by_digits_and_asked_about),
		cmocka_unit_test(hours_are_eight_digits),
		cmocka_unit_test(a_limit_that_cannot_be_is_not_asked_about),
		cmocka_unit_test(a_limit_may_be_left_as_it_is),
		cmocka_unit_test(what_the_book_says_to_a_limit_is_shown),
		cmocka_unit_test(a_scan_does_not_break_in),
	};

	return cmocka_run_group_tests_name("office", tests, NULL, NULL);
}
