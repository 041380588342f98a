/* One row is one story: whom to go and see. */
#include "support/unit.h"

#include <string.h>

#include "core/tr.h"
#include "support/story.h"
#include "terminal/flows/visits.h"

#define HAMLETS "\217" /* two hamlets are shown */
#define PEOPLE HAMLETS "1\216"
#define OFFER "\216"

static struct row {
	const char *name;
	const char *script;
	bool offer;
	enum visits_step step;
	enum effect_kind effect; /* of the last event */
	enum visits_scope scope; /* of what is on the screen, or asked for */
	int64_t chosen;
	const char *says;
} rows[] = {
	{"the hamlets are asked for", "", false, VISITS_LOADING, FX_VISITS,
		VISITS_OF_HAMLETS, 0, ""},
	{"and shown", HAMLETS, false, VISITS_HAMLETS, FX_NONE,
		VISITS_OF_HAMLETS, 0, ""},
	{"no key while they are looked for", "1.0", false, VISITS_LOADING,
		FX_NONE, VISITS_OF_HAMLETS, 0, ""},
	{"a digit opens one", HAMLETS "2", false, VISITS_LOADING, FX_VISITS,
		VISITS_OF_PEOPLE, 0, ""},
	{"so does ENTER, the row with the mark", HAMLETS "}\n", false,
		VISITS_LOADING, FX_VISITS, VISITS_OF_PEOPLE, 0, ""},
	{"a digit of no row does nothing", HAMLETS "3", false, VISITS_HAMLETS,
		FX_NONE, VISITS_OF_HAMLETS, 0, ""},
	{"its people", PEOPLE, false, VISITS_PEOPLE, FX_NONE, VISITS_OF_PEOPLE,
		0, ""},
	{"one of them is chosen", PEOPLE "3", false, VISITS_PEOPLE, FX_LEAVE,
		VISITS_OF_PEOPLE, STORY_PERSON + 2, ""},
	{"ENTER chooses the first", PEOPLE "\n", false, VISITS_PEOPLE, FX_LEAVE,
		VISITS_OF_PEOPLE, STORY_PERSON, ""},
	{"the next page", PEOPLE ".", false, VISITS_LOADING, FX_VISITS,
		VISITS_OF_PEOPLE, 0, ""},
	{"there is none before the first", PEOPLE "[", false, VISITS_PEOPLE,
		FX_NONE, VISITS_OF_PEOPLE, 0, ""},
	{"back to the hamlets", PEOPLE "0", false, VISITS_LOADING, FX_VISITS,
		VISITS_OF_HAMLETS, 0, ""},
	{"and out", PEOPLE "0\2170", false, VISITS_HAMLETS, FX_LEAVE,
		VISITS_OF_HAMLETS, 0, ""},
	{"a letter begins a search", HAMLETS "n", false, VISITS_TYPE, FX_NONE,
		VISITS_OF_HAMLETS, 0, ""},
	{"which is looked up", HAMLETS "nam\n", false, VISITS_LOADING,
		FX_VISITS, VISITS_OF_PEOPLE, 0, ""},
	{"nobody: type again", HAMLETS "nam\n\215", false, VISITS_TYPE, FX_NONE,
		VISITS_OF_PEOPLE, 0, "Nobody found"},
	{"blanks alone are no search", HAMLETS "n\b  \n", false, VISITS_TYPE,
		FX_NONE, VISITS_OF_HAMLETS, 0, ""},
	{"Esc leads back to the hamlets", HAMLETS "n<", false, VISITS_LOADING,
		FX_VISITS, VISITS_OF_HAMLETS, 0, ""},
	{"an empty hamlet says so", HAMLETS "1\215", false, VISITS_PEOPLE,
		FX_NONE, VISITS_OF_PEOPLE, 0, ""},
	{"of an empty one nobody is chosen", HAMLETS "1\215\n1", false,
		VISITS_PEOPLE, FX_NONE, VISITS_OF_PEOPLE, 0, ""},
	{"a disk that fails is told of", HAMLETS "1!", false, VISITS_PEOPLE,
		FX_NONE, VISITS_OF_PEOPLE, 0, "The disk could not be read"},
	{"signed in: unfinished visits first", "", true, VISITS_LOADING,
		FX_VISITS, VISITS_OF_DRAFTS, 0, ""},
	{"they are offered", OFFER, true, VISITS_OFFER, FX_NONE,
		VISITS_OF_DRAFTS, 0, ""},
	{"1 goes on with the newest", OFFER "1", true, VISITS_OFFER, FX_LEAVE,
		VISITS_OF_DRAFTS, STORY_PERSON, ""},
	{". shows the next", OFFER "..1", true, VISITS_OFFER, FX_LEAVE,
		VISITS_OF_DRAFTS, STORY_PERSON + 2, ""},
	{"2 leaves it for later", OFFER "2", true, VISITS_LOADING, FX_VISITS,
		VISITS_OF_HAMLETS, 0, ""},
	{"ENTER neither goes on nor throws away", OFFER "\n3\n\n", true,
		VISITS_DROP, FX_NONE, VISITS_OF_DRAFTS, 0, ""},
	{"3 asks before it throws away", OFFER "3", true, VISITS_DROP, FX_NONE,
		VISITS_OF_DRAFTS, 0, ""},
	{"0 does not throw away", OFFER "30", true, VISITS_OFFER, FX_NONE,
		VISITS_OF_DRAFTS, 0, ""},
	{"1 does", OFFER "31", true, VISITS_LOADING, FX_DRAFT_DROP,
		VISITS_OF_DRAFTS, 0, ""},
	{"then the others are offered", OFFER "31\206\216", true, VISITS_OFFER,
		FX_NONE, VISITS_OF_DRAFTS, 0, ""},
	{"none is left: the hamlets", OFFER "31\206\215", true, VISITS_LOADING,
		FX_VISITS, VISITS_OF_HAMLETS, 0, ""},
	{"none at all: the hamlets at once", "\215", true, VISITS_LOADING,
		FX_VISITS, VISITS_OF_HAMLETS, 0, ""},
};

static struct effect play(struct visits *v, const char *script, bool offer)
{
	static struct event ev;
	struct effect fx = visits_start(v, offer, TELEX_OFF);
	struct story s;

	story_begin(&s, script);
	while (story_next(&s, &ev))
		fx = visits_handle(v, &ev);
	return fx;
}

static void run_row(void **state)
{
	static struct visits v;
	const struct row *row = *state;
	struct effect fx;

	tr_set_lang("en");
	fx = play(&v, row->script, row->offer);
	assert_int_equal(v.step, row->step);
	assert_int_equal(fx.kind, row->effect);
	assert_int_equal(v.ask.scope, row->scope);
	assert_int_equal(v.chosen, row->chosen);
	if (row->says[0])
		assert_non_null(strstr(v.notice.text, row->says));
	else
		assert_string_equal(v.notice.text, "");
}

/* Behind its last row comes the next page, before its first the one before. */
static void pages_begin_at_rows_of_others(void **state)
{
	static struct visits v;
	static struct event ev;
	struct effect fx = play(&v, PEOPLE ".", false);

	(void)state;
	assert_int_equal(fx.visits.from.side, ROUND_AFTER);
	assert_int_equal(fx.visits.from.person, STORY_PERSON + VISITS_PAGE - 1);
	story_event('\216', 20000, &ev);
	ev.visits.before = true;
	ev.visits.after = false;
	visits_handle(&v, &ev);
	story_event('[', 21000, &ev);
	fx = visits_handle(&v, &ev);
	assert_int_equal(fx.visits.from.side, ROUND_BEFORE);
	assert_int_equal(fx.visits.from.person, STORY_PERSON);
}

/* Behind the last page comes the first one. */
static void the_last_page_leads_to_the_first(void **state)
{
	static struct visits v;
	static struct event ev;
	struct effect fx;

	(void)state;
	play(&v, PEOPLE ".", false);
	story_event('\216', 20000, &ev);
	ev.visits.before = true;
	ev.visits.after = false;
	visits_handle(&v, &ev);
	story_event('.', 21000, &ev);
	fx = visits_handle(&v, &ev);
	assert_int_equal(fx.kind, FX_VISITS);
	assert_int_equal(fx.visits.from.person, 0);
	assert_string_equal(fx.visits.filter.hamlet, "Thôn 3");
}

/* Each digit of the filter asks for what its row says. */
static void every_digit_filters(void **state)
{
	static struct visits v;
	static struct event ev;
	size_t count;
	const struct binding *b = visits_bindings(VISITS_FILTER, &count);
	unsigned groups = 0;

	(void)state;
	for (size_t i = 0; i < count; i++) {
		struct effect fx;

		if (b[i].key < '1' || b[i].key > '9')
			continue;
		play(&v, PEOPLE, false);
		visits_task(&v, VISITS_TO_FILTER);
		story_event((char)b[i].key, 20000, &ev);
		fx = visits_handle(&v, &ev);
		assert_int_equal(fx.kind, FX_VISITS);
		assert_true(fx.visits.filter.in_hamlet);
		assert_string_equal(fx.visits.filter.hamlet, "Thôn 3");
		assert_int_equal(groups & fx.visits.filter.groups, 0);
		groups |= fx.visits.filter.groups;
	}
	/* Whoever was visited is found by one of them. */
	assert_int_equal(groups, (1U << VISIT_GROUPS) - 2);
}

/* Out of the hamlets a filter looks through all of them. */
static void a_filter_over_the_hamlets_is_for_all(void **state)
{
	static struct visits v;
	static struct event ev;
	struct effect fx;

	(void)state;
	play(&v, HAMLETS, false);
	visits_task(&v, VISITS_TO_FILTER);
	story_event('3', 20000, &ev);
	fx = visits_handle(&v, &ev);
	assert_int_equal(fx.visits.filter.which, ROUND_DUE);
	assert_false(fx.visits.filter.in_hamlet);
}

/* Whoever was visited may stay where he is; the mark goes on. */
static void the_mark_goes_on_to_the_next(void **state)
{
	static struct visits v;
	static struct event ev;

	(void)state;
	play(&v, PEOPLE "3", false);
	assert_int_equal(visits_again(&v, true).kind, FX_VISITS);
	story_event('\216', 20000, &ev);
	visits_handle(&v, &ev);
	assert_int_equal(v.cursor, 3);
	/* He went to those who are done: the next one is in his place. */
	visits_again(&v, true);
	story_event('\216', 21000, &ev);
	ev.visits.person[3].id = 99;
	visits_handle(&v, &ev);
	assert_int_equal(v.cursor, 3);
	/* Not visited: the mark stays. */
	visits_again(&v, false);
	visits_handle(&v, &ev);
	assert_int_equal(v.cursor, 3);
	/* He was the last of the page. */
	play(&v, PEOPLE "9", false);
	visits_again(&v, true);
	story_event('\216', 22000, &ev);
	assert_int_equal(visits_handle(&v, &ev).kind, FX_VISITS);
	assert_int_equal(v.ask.from.person, STORY_PERSON + VISITS_PAGE - 1);
	assert_int_equal(v.cursor, 0);
}

static void an_empty_plan_is_filled_by_enter(void **state)
{
	static struct visits v;
	static struct event ev;
	struct effect fx;

	(void)state;
	play(&v, HAMLETS, false);
	fx = visits_task(&v, VISITS_TO_PLAN);
	assert_int_equal(fx.visits.scope, VISITS_OF_PLAN);
	story_event('\215', 20000, &ev);
	visits_handle(&v, &ev);
	assert_int_equal(v.step, VISITS_NO_PLAN);
	story_event('\n', 21000, &ev);
	fx = visits_handle(&v, &ev);
	assert_int_equal(fx.kind, FX_VISIT_PLAN);
	assert_int_equal(fx.visit_plan.how, VISIT_PLAN_SUGGEST);
	story_event('\206', 22000, &ev);
	assert_int_equal(visits_handle(&v, &ev).kind, FX_VISITS);
	story_event('\216', 23000, &ev);
	visits_handle(&v, &ev);
	/* Now ENTER visits the first of it. */
	story_event('\n', 24000, &ev);
	assert_int_equal(visits_handle(&v, &ev).kind, FX_LEAVE);
	assert_int_equal(v.chosen, STORY_PERSON);
}

int main(void)
{
	static struct CMUnitTest tests[COUNT_OF(rows) + 6];
	size_t n = 0;

	UNIT_ADD_ROWS(tests, &n, rows, run_row);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(pages_begin_at_rows_of_others);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(the_last_page_leads_to_the_first);
	tests[n++] = (struct CMUnitTest)cmocka_unit_test(every_digit_filters);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(a_filter_over_the_hamlets_is_for_all);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(the_mark_goes_on_to_the_next);
	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(an_empty_plan_is_filled_by_enter);
	return cmocka_run_group_tests_name("whom to visit", tests, NULL, NULL);
}
