/* What the desk does when devices come and go: T53, and work goes on. */
#include "support/unit.h"

#include <string.h>

#include "core/tr.h"
#include "support/story.h"
#include "terminal/flows/desk.h"

#define IN "7\n246810\nSJH"
#define PAID IN "@P\nM"

struct row {
	const char *name;
	const char *script;
	bool welcome; /* keyboards may come */
	bool evidence;
	enum desk_place place;
	enum effect_kind effect; /* the last that was not nothing */
	int hands;
	const char *says; /* a part of the notice; "": no notice at all */
};

static struct row rows[] = {
	{"T53 a keyboard finds a locked screen", IN "\a", false, false,
		DESK_SIGNIN, FX_SIGN_OUT, 0,
		"Locked: a keyboard was plugged in"},
	{"T53 it types into nothing but the question for the PIN",
		IN "\a1\n1\n\n", false, false, DESK_SIGNIN, FX_SIGN_OUT, 0, ""},
	{"T53 in the middle of a search", IN "nguyen\a", false, false,
		DESK_SIGNIN, FX_SIGN_OUT, 0, "Locked: a keyboard"},
	{"T53 with the money on the table: asked about after the PIN",
		PAID "\a246810\nSY", false, false, DESK_RECOVER, FX_OPEN_PAYOUT,
		0, ""},
	{"T53 while the payment is being recorded: the answer is heard first",
		IN "@P\n\aM", false, false, DESK_PAY, FX_PRINT, 0, ""},
	{"T53 no key counts before it is locked", IN "@P\n\aM1\n1", false,
		false, DESK_PAY, FX_PRINT, 0, ""},
	{"T53 then it is locked", IN "@P\n\aM1_", false, false, DESK_SIGNIN,
		FX_SIGN_OUT, 0, "Locked: a keyboard"},
	{"T53 while the PIN is being checked: in, and locked",
		"7\n246810\n\aSJH_", false, false, DESK_SIGNIN, FX_SIGN_OUT, 0,
		"Locked: a keyboard"},
	{"T53 the PIN was wrong: only said", "7\n246810\n\aW_", false, false,
		DESK_SIGNIN, FX_SIGN_IN, 0, "A keyboard was plugged in."},
	{"T53 half a PIN is thrown away", "7\n2468\a", false, false,
		DESK_SIGNIN, FX_NONE, 0, "A keyboard was plugged in."},
	{"T53 half a PIN and the other half of a stranger: no sign-in",
		"7\n2468\a10\n", false, false, DESK_SIGNIN, FX_NONE, 0, ""},
	{"T53 a restored copy still says that it is one", "\a", false, true,
		DESK_SIGNIN, FX_NONE, 0, "restored copy"},
	{"T53 allowed by the settings: only said", IN "\a", true, false,
		DESK_IDLE, FX_SHIFT_STATE, 0,
		"A keyboard was plugged in (Logitech USB Keyboard)"},
	{"the printer was pulled out: said, and work goes on", IN "\\", false,
		false, DESK_IDLE, FX_SHIFT_STATE, 0,
		"The printer was pulled out: work goes on, papers can be "
		"printed later (EPSON TM-T20II)"},
	{"until the next key", IN "\\@P", false, false, DESK_CHECK, FX_CARD, 0,
		""},
	{"in a payment it is said too, and the payment goes on", PAID "\\1",
		false, false, DESK_PAY, FX_HANDED, 1, ""},
	{"but not over a warning", IN "@P\nM(\\", false, false, DESK_PAY,
		FX_PRINT, 0, "paper"},
	{"nobody works here: nothing is said", "\\", false, false, DESK_SIGNIN,
		FX_NONE, 0, ""},
	{"a camera came", IN "\f", false, false, DESK_IDLE, FX_SHIFT_STATE, 0,
		"A camera was plugged in (HD Webcam C270)"},
};

static void run_row(void **state)
{
	static struct desk d;
	static struct event ev;
	const struct row *row = *state;
	const struct desk_info info = {.point = "Cẩm Khê",
		.keyboards_welcome = row->welcome,
		.evidence = row->evidence};
	enum effect_kind last = FX_NONE;
	const char *said;
	struct story s;
	int hands = 0;

	desk_init(&d, &info);
	story_begin(&s, row->script);
	while (story_next(&s, &ev)) {
		const struct effect fx = desk_handle(&d, &ev);

		hands += fx.kind == FX_HANDED;
		if (fx.kind != FX_NONE)
			last = fx.kind;
	}
	said = desk_notice(&d)->text;
	assert_int_equal(desk_place(&d), row->place);
	assert_int_equal(last, row->effect);
	assert_int_equal(hands, row->hands);
	if (*row->says ? !strstr(said, row->says)
		       : strstr(said, "plugged in") || strstr(said, "pulled"))
		fail_msg("\"%s\", not \"%s\"", said, row->says);
}

/* A PIN that was being typed is nowhere any more. */
static void half_a_pin_is_wiped(void **state)
{
	static struct desk d;
	static struct event ev;
	const struct desk_info info = {.point = "Cẩm Khê"};
	struct story s;

	(void)state;
	desk_init(&d, &info);
	story_begin(&s, "7\n2468\a");
	while (story_next(&s, &ev))
		desk_handle(&d, &ev);
	assert_null(memmem(&d.signin, sizeof(d.signin), "2468", 4));
}

static int setup(void **state)
{
	(void)state;
	tr_set_lang("en");
	return 0;
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + 1] = {
		cmocka_unit_test(half_a_pin_is_wiped)};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		tests[i + 1] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = &rows[i]};
	return cmocka_run_group_tests_name("desk_devices", tests, setup, NULL);
}
