/* A card before the camera: where the desk stands, and what helps. */
#include "support/unit.h"

#include <string.h>

#include "support/story.h"
#include "terminal/flows/desk.h"

/* Sign in, own shift; then the camera. */
#define IN "7\n246810\nSJH"
#define LOOK IN "**3"
#define SEES "\001"
#define LOST "\002"
#define READS_AN "\003"
#define SEES_TWO "\004"
#define THERE_IS_ONE "\005"

struct row {
	const char *name;
	const char *script;
	enum desk_place place;
	bool looks;
	enum effect_kind effect; /* the last that was asked for */
};

static struct row rows[] = {
	{"nobody looks before it is wanted", IN, DESK_IDLE, false,
		FX_SHIFT_STATE},
	{"ENTER is the camera where there is one", IN THERE_IS_ONE "\n",
		DESK_VIEWFINDER, true, FX_SHIFT_STATE},
	{"and nothing where there is none", IN ",\n", DESK_IDLE, false,
		FX_SHIFT_STATE},
	{"digits still search where there is one", IN THERE_IS_ONE "4",
		DESK_FIND, false, FX_SHIFT_STATE},
	{"it is behind the star, too", LOOK, DESK_VIEWFINDER, true,
		FX_SHIFT_STATE},
	{"over a person", IN "@P*3", DESK_VIEWFINDER, true, FX_CARD},
	{"over a name that is typed", IN "an*3", DESK_VIEWFINDER, true,
		FX_SHIFT_STATE},
	{"it sees something", LOOK SEES SEES, DESK_VIEWFINDER, true,
		FX_SHIFT_STATE},
	{"a card is read: the check", LOOK SEES READS_AN, DESK_CHECK, false,
		FX_CARD},
	{"over the list that was found", IN "4578\nG*3" SEES READS_AN,
		DESK_CHECK, false, FX_CARD},
	{"by another scanner meanwhile", LOOK SEES "@", DESK_CHECK, false,
		FX_CARD},
	{"no card, but a bank's code: looked at and said", LOOK SEES ":",
		DESK_IDLE, false, FX_SHIFT_STATE},
	{"a card read too late is nobody's", LOOK SEES "0" READS_AN, DESK_IDLE,
		false, FX_SHIFT_STATE},
	{"and so is one while a person is paid", IN "@P\nM" READS_AN, DESK_PAY,
		false, FX_PRINT},
	{"pictures that come too late are nobody's", LOOK SEES "0" SEES LOST,
		DESK_IDLE, false, FX_SHIFT_STATE},
	{"two codes: it goes on looking", LOOK SEES_TWO, DESK_VIEWFINDER, true,
		FX_SHIFT_STATE},
	{"back", LOOK SEES "0", DESK_IDLE, false, FX_SHIFT_STATE},
	{"back by Esc", LOOK "<", DESK_IDLE, false, FX_SHIFT_STATE},
	{"pulled out: it says so and looks no more", LOOK SEES LOST,
		DESK_VIEWFINDER, false, FX_SHIFT_STATE},
	{"pulled out: ENTER tries again", LOOK SEES LOST "\n", DESK_VIEWFINDER,
		true, FX_SHIFT_STATE},
	{"ENTER while it looks does nothing", LOOK SEES "\n", DESK_VIEWFINDER,
		true, FX_SHIFT_STATE},
	{"help over it: it looks no more", LOOK SEES "#", DESK_HELP, false,
		FX_SHIFT_STATE},
	{"and again after the help", LOOK SEES "#0", DESK_VIEWFINDER, true,
		FX_SHIFT_STATE},
	{"locked, nobody looks", LOOK SEES "~", DESK_SIGNIN, false,
		FX_SIGN_OUT},
	{"a new keyboard locks it, too", LOOK SEES "\a", DESK_SIGNIN, false,
		FX_SIGN_OUT},
	{"before signing in there is none", "**3", DESK_MENU, false, FX_NONE},
};

static void play(const char *script, struct desk *d, enum effect_kind *last)
{
	static struct event ev;
	const struct desk_info info = {.point = "Cẩm Khê"};
	struct story s;

	desk_init(d, &info);
	story_begin(&s, script);
	while (story_next(&s, &ev)) {
		const struct effect fx = desk_handle(d, &ev);

		if (fx.kind != FX_NONE)
			*last = fx.kind;
	}
}

static void run_row(void **state)
{
	static struct desk d;
	const struct row *row = *state;
	enum effect_kind last = FX_NONE;

	play(row->script, &d, &last);
	assert_int_equal(desk_place(&d), row->place);
	assert_int_equal(desk_looks(&d), row->looks);
	assert_int_equal(last, row->effect);
}

/* Rule 10: once the place is left nothing of the card is in memory. */
static void nothing_is_left_of_what_was_seen(void **state)
{
	static const char *const left[] = {LOOK SEES READS_AN, LOOK SEES "0",
		LOOK SEES "~", LOOK SEES "@"};
	static const struct viewfinder none;
	static struct desk d;
	enum effect_kind last;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(left); i++) {
		play(left[i], &d, &last);
		assert_memory_equal(&d.viewfinder, &none, sizeof(none));
	}
}

/* ---- hints ------------------------------------------------------------------ */

struct hint {
	const char *name;
	const char *hints; /* of pictures 100 ms apart: - d g m b */
	enum camera_hint said;
};

static struct hint hints[] = {
	{"all is well", "---", CAMERA_HINT_NONE},
	{"dark once is not said", "--d", CAMERA_HINT_NONE},
	{"dark twice is", "--dd", CAMERA_HINT_DARK},
	{"glare", "gg", CAMERA_HINT_GLARE},
	{"moving", "mm", CAMERA_HINT_MOVING},
	{"not sharp", "bb", CAMERA_HINT_BLURRED},
	{"one of another kind changes nothing", "ddg", CAMERA_HINT_DARK},
	{"well again", "dd--", CAMERA_HINT_NONE},
	{"well for two seconds", "--------------------", CAMERA_HINT_NONE},
	{"well for three and nothing read: nearer",
		"--------------------------------", CAMERA_HINT_NEARER},
	{"then dark", "--------------------------------dd", CAMERA_HINT_DARK},
};

static enum camera_hint hint_of(char c)
{
	switch (c) {
	case 'd':
		return CAMERA_HINT_DARK;
	case 'g':
		return CAMERA_HINT_GLARE;
	case 'm':
		return CAMERA_HINT_MOVING;
	case 'b':
		return CAMERA_HINT_BLURRED;
	default:
		return CAMERA_HINT_NONE;
	}
}

static void run_hint(void **state)
{
	static struct viewfinder v;
	static struct event ev;
	const struct hint *row = *state;

	viewfinder_init(&v);
	ev.kind = EV_CAMERA;
	ev.camera.width = 8;
	ev.camera.height = 6;
	ev.at_ms = 5000;
	for (const char *c = row->hints; *c; c++) {
		ev.at_ms += 100;
		ev.camera.hint = hint_of(*c);
		viewfinder_handle(&v, &ev);
	}
	assert_int_equal(v.hint, row->said);
	assert_int_equal(v.step, VIEWFINDER_LOOKING);
	assert_true(strlen(viewfinder_hint_text(v.hint)) > 10);
}

/* ---- by itself ---------------------------------------------------------------- */

static void tick(struct viewfinder *v, long long at_ms)
{
	static struct event ev;

	ev.kind = EV_TICK;
	ev.at_ms = at_ms;
	viewfinder_handle(v, &ev);
}

static void after_a_minute_it_is_off(void **state)
{
	static struct viewfinder v;

	(void)state;
	viewfinder_init(&v);
	tick(&v, 1000);
	tick(&v, 1000 + VIEWFINDER_MOST_MS - 1);
	assert_true(viewfinder_looks(&v));
	tick(&v, 1000 + VIEWFINDER_MOST_MS);
	assert_int_equal(v.step, VIEWFINDER_TIRED);
	assert_false(viewfinder_looks(&v));
	assert_true(v.notice.text[0] != '\0');
}

static void each_trouble_has_its_sentence(void **state)
{
	static struct viewfinder v;
	static struct event ev;

	(void)state;
	for (int s = CAMERA_TWO_CODES; s < CAMERA_STATE_COUNT; s++) {
		viewfinder_init(&v);
		ev.kind = EV_CAMERA;
		ev.camera.state = (enum camera_state)s;
		viewfinder_handle(&v, &ev);
		assert_string_equal(v.notice.text,
			viewfinder_trouble_text((enum camera_state)s));
		assert_true(strlen(v.notice.text) > 10);
		assert_int_equal(viewfinder_looks(&v), s == CAMERA_TWO_CODES);
	}
	/* Looking again at one card, nothing is wrong any more. */
	viewfinder_init(&v);
	ev.camera.state = CAMERA_TWO_CODES;
	viewfinder_handle(&v, &ev);
	ev.camera.state = CAMERA_SEES;
	viewfinder_handle(&v, &ev);
	assert_string_equal(v.notice.text, "");
}

static const struct CMUnitTest others[] = {
	cmocka_unit_test(nothing_is_left_of_what_was_seen),
	cmocka_unit_test(after_a_minute_it_is_off),
	cmocka_unit_test(each_trouble_has_its_sentence),
};

int main(void)
{
	struct CMUnitTest
		tests[COUNT_OF(rows) + COUNT_OF(hints) + COUNT_OF(others)];
	size_t n = 0;

	UNIT_ADD_ROWS(tests, &n, rows, run_row);
	UNIT_ADD_ROWS(tests, &n, hints, run_hint);
	memcpy(tests + n, others, sizeof(others));
	return cmocka_run_group_tests_name("viewfinder", tests, NULL, NULL);
}
