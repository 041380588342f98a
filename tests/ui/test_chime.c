/* What is heard of a screen: fine, look here, stop. */
#include "support/unit.h"

#include <string.h>

#include "support/sample.h"
#include "terminal/ui/chime.h"
#include "terminal/ui/frame.h"
#include "terminal/ui/layout.h"

/* A screen with one line in the body and a notice. */
struct look {
	enum style style;
	const char *text;
	enum notice_level level;
	const char *notice;
};

static const struct look quiet = {STYLE_NORMAL, "Ready", NOTICE_NOTE, ""};
static const struct look note = {STYLE_NOTE, "A note", NOTICE_NOTE, "● Fine"};
static const struct look warning = {STYLE_NORMAL, "Ready", NOTICE_WARN, "See"};
static const struct look other = {STYLE_NORMAL, "Ready", NOTICE_WARN, "Again"};
static const struct look stopped = {STYLE_STOP, "PAID", NOTICE_WARN, "See"};
static const struct look refused = {STYLE_NORMAL, "Ready", NOTICE_STOP, "No"};

struct row {
	const char *name;
	const struct look *from;
	const struct look *to;
	enum event_kind ev; /* in between */
	enum chime heard;
};

static struct row rows[] = {
	{"nothing new is silent", &quiet, &quiet, EV_TICK, CHIME_NONE},
	{"a note is silent", &quiet, &note, EV_STATUS, CHIME_NONE},
	{"a person was found", &quiet, &note, EV_PERSON, CHIME_FINE},
	{"it is recorded", &quiet, &quiet, EV_PAID, CHIME_FINE},
	{"a warning", &quiet, &warning, EV_STATUS, CHIME_LOOK},
	{"another warning", &warning, &other, EV_STATUS, CHIME_LOOK},
	{"a warning that stands there", &warning, &warning, EV_TICK,
		CHIME_NONE},
	{"a warning that goes", &warning, &quiet, EV_TICK, CHIME_NONE},
	{"found, but look", &quiet, &warning, EV_PERSON, CHIME_LOOK},
	{"found, but stop", &quiet, &stopped, EV_PERSON, CHIME_STOP},
	{"a notice that stops", &warning, &refused, EV_REFUSED, CHIME_STOP},
	{"a stop that stands there", &stopped, &stopped, EV_TICK, CHIME_NONE},
	{"a failure has its notice", &quiet, &refused, EV_FAILED, CHIME_STOP},
};

/* By the real frame: the header's mark of the demo is no stop. */
static void draw(struct canvas *c, const struct look *look)
{
	struct frame_info info = *sample_info();
	struct notice notice;
	struct frame frame = {.title = "TITLE", .notice = &notice};
	struct sheet s;

	info.demo = true;
	notice_clear(&notice);
	notice_say(&notice, look->level, "%s", look->notice);
	canvas_clear(c, 24, 40);
	sheet_init(&s, c);
	sheet_text(&s, RANK_MUST, look->style, look->text);
	frame_show(c, &info, &frame, &s);
}

static void run(void **state)
{
	static struct canvas c;
	const struct row *row = *state;
	struct chimes chimes;

	chimes_init(&chimes, false);
	draw(&c, row->from);
	chimes_screen(&chimes, &c, 1000);
	while (chimes_ring(&chimes, chimes_due(&chimes)))
		;
	chimes_event(&chimes, row->ev);
	draw(&c, row->to);
	assert_int_equal(chimes_screen(&chimes, &c, 9000), row->heard);
	assert_int_equal(chimes_due(&chimes),
		row->heard == CHIME_NONE ? -1 : 9000);
	/* Once heard it is not heard again. */
	assert_int_equal(chimes_screen(&chimes, &c, 9001), CHIME_NONE);
}

static int beeps(struct chimes *chimes, long long *last)
{
	int n = 0;

	while (chimes_due(chimes) >= 0) {
		*last = chimes_due(chimes);
		assert_false(chimes_ring(chimes, *last - 1));
		assert_true(chimes_ring(chimes, *last));
		n++;
	}
	return n;
}

/* By number, by pitch and by length: any one of them is enough. */
static void they_can_be_told_apart(void **state)
{
	static struct canvas c;
	static const struct look *const looks[] = {&quiet, &warning, &stopped};
	struct chimes chimes;
	long long last;

	(void)state;
	for (int i = 0; i < 3; i++) {
		const enum chime chime = (enum chime)(CHIME_FINE + i);

		chimes_init(&chimes, false);
		chimes_event(&chimes, EV_PERSON);
		draw(&c, looks[i]);
		assert_int_equal(chimes_screen(&chimes, &c, 0), chime);
		assert_int_equal(beeps(&chimes, &last), i + 1);
		/* Terminals join bells that come too soon. */
		if (i > 0)
			assert_true(last >= i * 250);
	}
	for (int i = CHIME_FINE; i < CHIME_STOP; i++) {
		const struct chime_tone a = chime_tone((enum chime)i);
		const struct chime_tone b = chime_tone((enum chime)(i + 1));

		assert_true(a.hertz >= b.hertz * 5 / 4);
		assert_true(b.ms >= a.ms * 3 / 2);
		assert_true(b.every_ms > b.ms);
	}
}

/* What is heard as stop is heard to its end. */
static void fine_does_not_cut_stop_short(void **state)
{
	static struct canvas c;
	struct chimes chimes;
	long long last;

	(void)state;
	chimes_init(&chimes, false);
	draw(&c, &stopped);
	chimes_screen(&chimes, &c, 0);
	assert_true(chimes_ring(&chimes, 0));
	chimes_event(&chimes, EV_PERSON);
	draw(&c, &quiet);
	assert_int_equal(chimes_screen(&chimes, &c, 100), CHIME_FINE);
	assert_int_equal(beeps(&chimes, &last), 2);
}

static void off_is_silent(void **state)
{
	static struct canvas c;
	struct chimes chimes;

	(void)state;
	chimes_init(&chimes, true);
	draw(&c, &stopped);
	chimes_screen(&chimes, &c, 0);
	assert_int_equal(chimes_due(&chimes), -1);
	assert_false(chimes_ring(&chimes, 0));
}

/* Below the smallest size the sentence alone is there. */
static void too_small_is_silent(void **state)
{
	static struct canvas c;
	struct chimes chimes;

	(void)state;
	chimes_init(&chimes, false);
	canvas_clear(&c, 10, 30);
	layout_too_small(&c);
	assert_int_equal(chimes_screen(&chimes, &c, 0), CHIME_NONE);
}

int main(void)
{
	static const struct CMUnitTest others[] = {
		cmocka_unit_test(they_can_be_told_apart),
		cmocka_unit_test(fine_does_not_cut_stop_short),
		cmocka_unit_test(off_is_silent),
		cmocka_unit_test(too_small_is_silent),
	};
	struct CMUnitTest tests[COUNT_OF(rows)];
	size_t n = 0;
	int failed;

	UNIT_ADD_ROWS(tests, &n, rows, run);
	failed = cmocka_run_group_tests_name("chime", tests, NULL, NULL);
	return failed +
	       cmocka_run_group_tests_name("chimes", others, NULL, NULL);
}
