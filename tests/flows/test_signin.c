/* One row is one story: what happens, and where signing in then stands. */
#include "support/unit.h"

#include "core/tr.h"
#include "support/story.h"
#include "terminal/flows/signin.h"

struct row {
	const char *name;
	const char *script;
	enum signin_step step;
	enum effect_kind effect; /* of the last event */
	const char *number;
	const char *notice;
};

static struct row rows[] = {
	{"starts with the number", "", SIGNIN_NUMBER, FX_NONE, "", ""},
	{"no number, no PIN", "\n", SIGNIN_NUMBER, FX_NONE, "", ""},
	{"zero is nobody", "0\n", SIGNIN_NUMBER, FX_NONE, "0", ""},
	{"letters are no number", "a7b", SIGNIN_NUMBER, FX_NONE, "7", ""},
	{"seven digits at most", "12345678", SIGNIN_NUMBER, FX_NONE, "1234567",
		""},
	{"erase takes the last digit", "12\b", SIGNIN_NUMBER, FX_NONE, "1", ""},
	{"then the PIN", "7\n", SIGNIN_PIN, FX_NONE, "7", ""},
	{"five digits are not enough", "7\n12345\n", SIGNIN_PIN, FX_NONE, "7",
		"The PIN has six digits"},
	{"six are tried", "7\n246810\n", SIGNIN_CHECKING, FX_SIGN_IN, "7", ""},
	{"a seventh does not fit", "7\n2468109\n", SIGNIN_CHECKING, FX_SIGN_IN,
		"7", ""},
	{"ENTER twice tries once", "7\n246810\n\n", SIGNIN_CHECKING, FX_NONE,
		"7", ""},
	{"erase in an empty PIN is another user", "7\n\b", SIGNIN_NUMBER,
		FX_NONE, "", ""},
	{"so is Esc", "7\n24<", SIGNIN_NUMBER, FX_NONE, "", ""},
	{"right: over, and nothing is kept", "7\n246810\nS", SIGNIN_NUMBER,
		FX_LEAVE, "", ""},
	{"wrong: again", "7\n246811\nW", SIGNIN_PIN, FX_NONE, "7",
		"Wrong PIN; 9 tries left"},
	{"the next digit clears the notice", "7\n246811\nW1", SIGNIN_PIN,
		FX_NONE, "7", ""},
	{"T65 wrong too often: wait", "7\n246811\nX", SIGNIN_WAIT, FX_NONE, "7",
		"Wrong PIN; 6 tries left"},
	{"T65 waiting takes no PIN", "7\n246811\nX246810\n", SIGNIN_NUMBER,
		FX_NONE, "", ""},
	{"T65 three seconds are not four", "7\n246811\nX___", SIGNIN_WAIT,
		FX_NONE, "7", "Wrong PIN; 6 tries left"},
	{"T65 four seconds are", "7\n246811\nX____", SIGNIN_PIN, FX_NONE, "7",
		"Wrong PIN; 6 tries left"},
	{"T65 locked", "7\n246811\nL", SIGNIN_NUMBER, FX_NONE, "",
		"This user is locked; a supervisor can unlock it"},
	{"no such user", "9\n246810\nU", SIGNIN_NUMBER, FX_NONE, "",
		"No user has this number"},
	{"the store fails", "7\n246810\n!", SIGNIN_PIN, FX_NONE, "7",
		"The disk could not be read. Stop paying and call the "
		"technician."},
	{"a scan is nothing here", "@", SIGNIN_NUMBER, FX_NONE, "", ""},
};

/* What the book says of a user is said as it is, and who cannot come in is
 * asked for no PIN. */
static struct refused_row {
	const char *name;
	enum sign_in how;
	enum signin_step step;
	const char *notice;
} refused_rows[] = {
	{"revoked: not here any more", SIGN_IN_REVOKED, SIGNIN_NUMBER,
		"This user was revoked and may not work here any more"},
	{"nobody knows: the PIN once more", SIGN_IN_FAILED, SIGNIN_PIN,
		"The PIN could not be checked; try again"},
};

static void run_refused(void **state)
{
	static struct event ev;
	const struct refused_row *row = *state;
	struct signin s;
	struct story story;

	tr_set_lang("en");
	signin_init(&s, NULL);
	story_begin(&story, "7\n246810\n");
	while (story_next(&story, &ev))
		signin_handle(&s, &ev);
	story_event('W', 99000, &ev);
	ev.sign_in.how = row->how;
	assert_int_equal(signin_handle(&s, &ev).kind, FX_NONE);
	assert_int_equal(s.step, row->step);
	assert_string_equal(s.notice.text, row->notice);
	assert_int_equal(entry_length(&s.pin), 0);
}

/* T28: from yesterday's copy nobody works, and the screen says why. */
static void a_restored_copy_says_so_and_asks_for_no_pin(void **state)
{
	static const char says[] =
		"This is a restored copy, evidence only: nobody signs in and"
		" nothing is written here.";
	struct signin s;
	struct story story;
	struct event ev;

	(void)state;
	tr_set_lang("en");
	signin_init(&s, NULL);
	signin_evidence(&s);
	assert_string_equal(s.notice.text, says);
	story_begin(&story, "7\n246810\n");
	while (story_next(&story, &ev))
		assert_int_equal(signin_handle(&s, &ev).kind, FX_NONE);
	assert_int_equal(s.step, SIGNIN_NUMBER);
	assert_string_equal(s.notice.text, says);
	assert_string_equal(s.number.text, "");
}

static void run_row(void **state)
{
	static struct event ev;
	const struct row *row = *state;
	struct effect fx = effect_of(FX_NONE);
	struct signin s;
	struct story story;

	tr_set_lang("en");
	signin_init(&s, NULL);
	story_begin(&story, row->script);
	while (story_next(&story, &ev))
		fx = signin_handle(&s, &ev);
	assert_int_equal(s.step, row->step);
	assert_int_equal(fx.kind, row->effect);
	assert_string_equal(s.number.text, row->number);
	assert_string_equal(s.notice.text, row->notice);
}

static void locking_asks_the_same_user(void **state)
{
	const struct signin_demo demo = {.agent = 7, .agent_pin = "246810"};
	struct signin s;
	char shown[32];

	(void)state;
	signin_init(&s, &demo);
	signin_lock(&s, 7);
	assert_int_equal(s.step, SIGNIN_PIN);
	assert_string_equal(s.number.text, "7");
	assert_int_equal(s.demo.agent, 7);
	assert_string_equal(s.demo.agent_pin, "246810");
	entry_key(&s.pin, '2');
	entry_key(&s.pin, '4');
	assert_string_equal(entry_shown(&s.pin, shown, sizeof(shown)), "●●");
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + COUNT_OF(refused_rows) + 2];
	size_t n = COUNT_OF(rows) + 2;

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		tests[i] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = &rows[i]};
	tests[COUNT_OF(rows)] =
		(struct CMUnitTest)cmocka_unit_test(locking_asks_the_same_user);
	tests[COUNT_OF(rows) + 1] = (struct CMUnitTest)
		cmocka_unit_test(a_restored_copy_says_so_and_asks_for_no_pin);
	UNIT_ADD_ROWS(tests, &n, refused_rows, run_refused);
	return cmocka_run_group_tests_name("sign in", tests, NULL, NULL);
}
