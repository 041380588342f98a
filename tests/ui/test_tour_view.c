/*
 * The guided tour: its own place, and its band on the screens of a whole day.
 * What must be seen of a screen, and all its keys, are there with the band.
 */
#include "support/unit.h"

#include <string.h>

#include "core/str.h"
#include "support/feed.h"
#include "support/sample.h"
#include "support/screens.h"
#include "support/story.h"
#include "terminal/ui/desk_view.h"
#include "terminal/ui/lines.h"

/* As in tests/flows/test_desk_tour.c: one lesson after the other. */
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
#define L14 L13 "@P\nM______7\n246810\nSY2R"
#define OVER L14 "\nH*59.1%29\n135790\nZ"

static struct screens_keys show(const struct desk *d, struct canvas *c)
{
	struct screens_keys keys;

	desk_view(d, c);
	keys.b = desk_bindings(d, &keys.count);
	return keys;
}

static struct screens_keys after(const char *script, struct canvas *c)
{
	static struct desk d;
	static struct event ev;
	struct desk_info info = {.point = "Bưu cục Cẩm Khê · quầy 2",
		.demo = true,
		.training = true,
		.tour = true,
		.users = {.agent = STORY_AGENT,
			.supervisor = 9,
			.agent_pin = "246810",
			.supervisor_pin = "135790"}};
	struct story s;

	desk_init(&d, &info);
	story_begin(&s, script);
	while (story_next(&s, &ev))
		desk_handle(&d, &ev);
	d.now = SAMPLE_NOW;
	d.status.made = 412;
	d.status.done = 142;
	d.status.all = 200;
	return show(&d, c);
}

#define STATE(name, script)                               \
	static struct screens_keys name(struct canvas *c) \
	{                                                 \
		return after(script, c);                  \
	}

STATE(start, "")
STATE(number, L1)
STATE(count, L2)
STATE(sure, L2 "9.")
STATE(idle, L3)
STATE(help, L4)
STATE(list, L4 "0ty\nG")
STATE(typed, L5)
STATE(check, L6)
STATE(payee, L6 "2")
STATE(handing, L7)
STATE(done, L8)
STATE(receipt, L9)
STATE(stop, L10)
STATE(differs, L10 "\n;P")
STATE(undo, L11 "\nM9")
STATE(why, L12 "\n@P4")
STATE(cut, L13 "@P\nM______")
STATE(ask, L13 "@P\nM______7\n246810\nSY")
STATE(closing, L14 "\nH*5")
STATE(reason, L14 "\nH*59.1%")
STATE(second, L14 "\nH*59.1%2")
STATE(closed, OVER)
STATE(over, OVER "\n")
STATE(pause_, L3 "***")
STATE(skipped, L14 "\nH***2")

static const struct screens_state states[] = {
	{"start", start, true},
	{"number", number, false},
	{"count", count, false},
	{"sure", sure, false},
	{"idle", idle, true},
	{"help", help, false},
	{"list", list, false},
	{"typed", typed, false},
	{"check", check, false},
	{"payee", payee, false},
	{"handing", handing, false},
	{"done", done, false},
	{"receipt", receipt, false},
	{"stop", stop, false},
	{"differs", differs, false},
	{"undo", undo, false},
	{"why", why, false},
	{"cut", cut, false},
	{"ask", ask, false},
	{"closing", closing, false},
	{"reason", reason, false},
	{"second", second, false},
	{"closed", closed, false},
	{"over", over, true},
	{"pause", pause_, false},
	{"skipped", skipped, false},
};

/* What the line mode says of a screen. */
static bool says(struct screens_keys (*draw)(struct canvas *c),
	const char *text)
{
	static struct canvas c;
	static struct lines lines;
	static char said[LINES_SIZE];

	canvas_for_lines(&c, CANVAS_MAX_COLS);
	draw(&c);
	lines_init(&lines);
	lines_say(&lines, &c, LINES_ALL, said, sizeof(said));
	return strstr(said, text) != NULL;
}

/* Where ENTER moves money it is a number in that mode, and Esc is a sign. */
static void in_lines_a_lesson_names_what_is_typed_there(void **state)
{
	(void)state;
	assert_true(says(check, "bấm 1"));
	assert_false(says(check, "ENTER"));
	assert_true(says(handing, "bấm 1"));
	assert_false(says(handing, "ENTER"));
	assert_true(says(number, "bấm ENTER"));
	assert_true(says(payee, "bấm /"));
	assert_false(says(payee, "Esc"));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(in_lines_a_lesson_names_what_is_typed_there),
	};
	const int failed = screens_run("tour", states, COUNT_OF(states));

	return failed + cmocka_run_group_tests(tests, NULL, NULL);
}
