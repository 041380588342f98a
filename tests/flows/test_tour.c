/* The guided tour by itself: what the desk sees goes in, lessons come out. */
#include "support/unit.h"

#include <string.h>

#include "core/tr.h"
#include "terminal/flows/tour.h"

/* Three lessons: the second is passed over, the third ends in a cut. */
static const char script[] =
	"common\n"
	"at\tnumber\tSign in as {number}, {pin}.\tAs {number}\n"
	"at\tanywhere\tGo back.\tBack\n"
	"lesson\tagent\tSign in\n"
	"at\tnumber\tType {number}. {nothing} {\tType\n"
	"then\tmenu\tSigned in.\tIn\n"
	"lesson\tdrawer\tCount\n"
	"skip\tdrawer\n"
	"at\tshut\tOpen it.\tOpen\n"
	"lesson\tanswered\tCut\n"
	"card\tmarks\n"
	"cut\thanding\t5\n"
	"at\thanding\tWait.\tWait\n"
	"at\tknown\tAgain: {paid}\tAgain\n";

#define AGENT TOUR_BIT(TOUR_AGENT)
#define NUMBER TOUR_BIT(TOUR_NUMBER)
#define SHUT (AGENT | TOUR_BIT(TOUR_SHUT))
#define OPEN (AGENT | TOUR_BIT(TOUR_DRAWER) | TOUR_BIT(TOUR_IDLE))
#define MENU (AGENT | TOUR_BIT(TOUR_MENU))
#define HANDING (OPEN | TOUR_BIT(TOUR_HANDING))
#define ANSWERED (OPEN | TOUR_BIT(TOUR_ANSWERED))

enum {
	MAX_STEPS = 12
};

/* At that second these are the facts; waiting: an answer is out. */
struct step {
	int second;
	uint64_t facts;
	bool waiting;
	int key; /* at its own place, before that; 0: none */
};

struct row {
	const char *name;
	struct step step[MAX_STEPS];
	int lesson; /* that the band tells, from 1; 0: there is no band */
	int learned;
	bool over;
	bool cut;
	const char *says; /* text of the band */
};

static struct row rows[] = {
	{"before it begins there is no band", {{1, NUMBER, false, 0}}, 0, 0,
		false, false, ""},
	{"ENTER begins with the first lesson", {{1, NUMBER, false, K_ACCEPT}},
		1, 0, false, false, "Type 1. {nothing} {"},
	{"back begins nothing", {{1, NUMBER, false, '0'}}, 0, 0, false, false,
		""},
	{"nothing done, nothing learned",
		{{1, NUMBER, false, K_ACCEPT}, {2, NUMBER, false, 0},
			{50, NUMBER, false, 0}},
		1, 0, false, false, "Type 1. {nothing} {"},
	{"its fact ends a lesson",
		{{1, NUMBER, false, K_ACCEPT}, {2, SHUT, false, 0}}, 2, 1,
		false, false, "Open it."},
	{"a last word where it ended",
		{{1, NUMBER, false, K_ACCEPT}, {2, MENU, false, 0}}, 1, 1,
		false, false, "Signed in."},
	{"until he goes on from there",
		{{1, NUMBER, false, K_ACCEPT}, {2, MENU, false, 0},
			{3, SHUT, false, 0}},
		2, 1, false, false, "Open it."},
	{"and it is not said again",
		{{1, NUMBER, false, K_ACCEPT}, {2, MENU, false, 0},
			{3, SHUT, false, 0}, {4, MENU, false, 0}},
		2, 1, false, false, "Go back."},
	{"where no hint fits, the common one",
		{{1, NUMBER, false, K_ACCEPT}, {2, AGENT, false, 0}}, 2, 1,
		false, false, "Go back."},
	{"locked in a later lesson: how to come back",
		{{1, NUMBER, false, K_ACCEPT}, {2, SHUT, false, 0},
			{3, NUMBER, false, 0}},
		2, 1, false, false, "Sign in as 1, 246802."},
	{"what was open before is passed over, not learned",
		{{1, NUMBER, false, K_ACCEPT}, {2, OPEN, false, 0}}, 3, 1,
		false, false, "Go back."},
	{"what was opened in the lesson is learned",
		{{1, NUMBER, false, K_ACCEPT}, {2, SHUT, false, 0},
			{3, OPEN, false, 0}},
		3, 2, false, false, "Go back."},
	{"while an answer is out nothing is passed over",
		{{1, NUMBER, false, K_ACCEPT}, {2, AGENT, false, 0},
			{3, OPEN, true, 0}},
		3, 2, false, false, "Go back."},
	{"a new lesson is not looked at before the answer is there",
		{{1, NUMBER, false, K_ACCEPT}, {2, OPEN, true, 0}}, 2, 1, false,
		false, "Sign in as 1, 246802."},
	{"while an answer is out the band stays as it is",
		{{1, NUMBER, false, K_ACCEPT}, {2, SHUT, false, 0},
			{3, AGENT, true, 0}},
		2, 1, false, false, "Open it."},
	{"no cut before its time",
		{{1, NUMBER, false, K_ACCEPT}, {2, OPEN, false, 0},
			{10, HANDING, false, 0}, {14, HANDING, false, 0}},
		3, 1, false, false, "Wait."},
	{"so long after its fact the power goes",
		{{1, NUMBER, false, K_ACCEPT}, {2, OPEN, false, 0},
			{10, HANDING, false, 0}, {15, HANDING, false, 0}},
		3, 1, false, true, "Wait."},
	{"handed over meanwhile: no cut, and the next waits anew",
		{{1, NUMBER, false, K_ACCEPT}, {2, OPEN, false, 0},
			{10, HANDING, false, 0}, {13, OPEN, false, 0},
			{14, HANDING, false, 0}, {16, HANDING, false, 0}},
		3, 1, false, false, "Wait."},
	{"a cut is for its lesson only",
		{{1, NUMBER, false, K_ACCEPT},
			{2, SHUT | TOUR_BIT(TOUR_HANDING), false, 0},
			{20, AGENT | TOUR_BIT(TOUR_HANDING), false, 0}},
		2, 1, false, false, "Go back."},
	{"the last one ends it",
		{{1, NUMBER, false, K_ACCEPT}, {2, SHUT, false, 0},
			{3, OPEN, false, 0}, {4, ANSWERED, false, 0}},
		3, 3, true, false, "Go back."},
	{"a lesson is skipped, and not learned",
		{{1, NUMBER, false, K_ACCEPT}, {2, SHUT, false, 0},
			{3, SHUT, false, '2'}},
		3, 1, false, false, "Go back."},
	{"the last one skipped: over all the same",
		{{1, NUMBER, false, K_ACCEPT}, {2, OPEN, false, 0},
			{3, OPEN, false, '2'}},
		3, 1, true, false, "Go back."},
	{"ended by himself: no band any more",
		{{1, NUMBER, false, K_ACCEPT}, {2, SHUT, false, 0},
			{3, SHUT, false, '3'}},
		0, 1, false, false, ""},
	{"from the first again",
		{{1, NUMBER, false, K_ACCEPT}, {2, SHUT, false, 0},
			{3, NUMBER, false, '1'}},
		1, 0, false, false, "Type 1. {nothing} {"},
	{"from the first again, all of it",
		{{1, NUMBER, false, K_ACCEPT}, {2, SHUT, false, 0},
			{3, OPEN, false, 0}, {4, ANSWERED, false, 0},
			{5, NUMBER, false, '1'}, {6, SHUT, false, 0}},
		2, 1, false, false, "Open it."},
};

static void begin(struct tour *t)
{
	static const struct signin_demo users = {.agent = 1,
		.supervisor = 9,
		.agent_pin = "246802",
		.supervisor_pin = "135791"};

	tour_init(t, &users);
	assert_int_equal(tour_script_read(script, strlen(script), &t->en), 0);
	tour_open(t);
}

static void press(struct tour *t, int key)
{
	static struct event ev;

	ev.kind = EV_KEY;
	ev.key = key;
	tour_open(t);
	if (t->over)
		t->step = TOUR_OVER;
	assert_int_equal(tour_handle(t, &ev).kind, FX_LEAVE);
}

static void see(struct tour *t, int second, uint64_t facts, bool waiting)
{
	const struct tour_sight now = {.facts = facts,
		.waiting = waiting,
		.touched = true,
		.at_ms = 1000LL * second};

	tour_see(t, &now);
}

static void run_row(void **state)
{
	static struct tour t;
	struct tour_band band;
	const struct row *row = *state;

	begin(&t);
	for (const struct step *s = row->step; s->second > 0; s++) {
		if (s->key)
			press(&t, s->key);
		see(&t, s->second, s->facts, s->waiting);
	}
	assert_int_equal(tour_learned(&t), row->learned);
	assert_int_equal(t.over, row->over);
	assert_int_equal(t.cut, row->cut);
	if (row->lesson == 0) {
		assert_false(tour_band(&t, &band));
		return;
	}
	assert_true(tour_band(&t, &band));
	assert_int_equal(band.lesson, row->lesson);
	assert_int_equal(band.lessons, 3);
	assert_string_equal(band.text, row->says);
}

/* ---- how long --------------------------------------------------------------- */

static void the_seconds_of_each_lesson_are_counted(void **state)
{
	static struct tour t;

	(void)state;
	begin(&t);
	press(&t, K_ACCEPT);
	see(&t, 10, NUMBER, false);
	see(&t, 22, SHUT, false);
	see(&t, 52, OPEN, false);
	see(&t, 57, OPEN, false);
	assert_int_equal(t.kept.seconds[0], 12);
	assert_int_equal(t.kept.seconds[1], 30);
	assert_int_equal(tour_seconds(&t), 47);
}

/* A clerk who was called away did not learn for an hour. */
static void time_without_anybody_does_not_count(void **state)
{
	static struct tour t;
	struct tour_sight now = {.facts = NUMBER, .touched = true};

	(void)state;
	begin(&t);
	press(&t, K_ACCEPT);
	for (int i = 1; i < 3600; i++) {
		now.at_ms = 1000LL * i;
		tour_see(&t, &now);
		now.touched = false;
	}
	assert_int_equal(tour_seconds(&t), TOUR_AWAY_MS / 1000 - 1);
}

/* ---- what is kept ----------------------------------------------------------- */

static const struct settings_tour two_learned = {.done = 3,
	.seconds = {40, 20}};

static void who_comes_back_goes_on_where_he_stopped(void **state)
{
	static struct tour t;

	(void)state;
	begin(&t);
	press(&t, K_ACCEPT);
	see(&t, 1, NUMBER, false);
	tour_resume(&t, 7, &two_learned);
	see(&t, 2, OPEN, false);
	assert_int_equal(t.lesson, 2);
	assert_int_equal(tour_learned(&t), 2);
	assert_int_equal(tour_seconds(&t), 40 + 20 + 1);
	assert_true(tour_wants_marks(&t));
	assert_false(t.unsaved);
}

static void from_the_first_takes_nothing_up(void **state)
{
	static struct tour t;

	(void)state;
	begin(&t);
	press(&t, '1');
	see(&t, 1, NUMBER, false);
	tour_resume(&t, 7, &two_learned);
	see(&t, 2, SHUT, false);
	assert_int_equal(t.lesson, 1);
	assert_int_equal(tour_learned(&t), 1);
	assert_true(t.unsaved);
}

static void another_user_has_learned_what_he_has(void **state)
{
	static struct tour t;
	static const struct settings_tour none;

	(void)state;
	begin(&t);
	press(&t, K_ACCEPT);
	tour_resume(&t, 7, &two_learned);
	see(&t, 2, OPEN, false);
	tour_resume(&t, 8, &none);
	assert_int_equal(tour_learned(&t), 0);
	assert_int_equal(t.lesson, 0);
	tour_resume(&t, 7, &two_learned);
	assert_int_equal(tour_learned(&t), 2);
	assert_int_equal(t.lesson, 2);
}

static void everything_learned_is_over_at_once(void **state)
{
	static struct tour t;
	static const struct settings_tour all = {.done = 7};

	(void)state;
	begin(&t);
	press(&t, K_ACCEPT);
	tour_resume(&t, 7, &all);
	see(&t, 2, OPEN, false);
	assert_true(t.over);
	press(&t, K_ACCEPT);
	assert_false(t.on);
}

static void the_last_digits_of_who_was_paid_are_told(void **state)
{
	static struct tour t;
	struct tour_band band;

	(void)state;
	begin(&t);
	press(&t, K_ACCEPT);
	see(&t, 1, SHUT, false);
	see(&t, 2, OPEN, false);
	tour_paid(&t, "025144004578");
	see(&t, 3, OPEN | TOUR_BIT(TOUR_KNOWN), false);
	assert_true(tour_band(&t, &band));
	assert_string_equal(band.text, "Again: 4578");
	tour_paid(&t, "12");
	assert_string_equal(t.paid, "12");
}

static int setup(void **state)
{
	(void)state;
	tr_set_lang("en");
	return 0;
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + 7] = {
		cmocka_unit_test(the_seconds_of_each_lesson_are_counted),
		cmocka_unit_test(time_without_anybody_does_not_count),
		cmocka_unit_test(who_comes_back_goes_on_where_he_stopped),
		cmocka_unit_test(from_the_first_takes_nothing_up),
		cmocka_unit_test(another_user_has_learned_what_he_has),
		cmocka_unit_test(everything_learned_is_over_at_once),
		cmocka_unit_test(the_last_digits_of_who_was_paid_are_told),
	};
	size_t n = 7;

	UNIT_ADD_ROWS(tests, &n, rows, run_row);
	return cmocka_run_group_tests_name("tour", tests, setup, NULL);
}
