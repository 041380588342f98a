/* One row is one story: why nothing is paid. Today is 22/11/2026. */
#include "support/unit.h"

#include <string.h>

#include "core/tr.h"
#include "support/story.h"
#include "terminal/flows/notpaid.h"

struct row {
	const char *name;
	const char *script;
	enum notpaid_step step;
	enum effect_kind effect; /* of the last event */
	enum not_paid reason;
	struct date date;
	bool saved;
};

static struct row rows[] = {
	{"why?", "", NOTPAID_REASON, FX_NONE, NOT_PAID_NONE, {0}, false},
	{"no reason, no further", "\n", NOTPAID_REASON, FX_NONE, NOT_PAID_NONE,
		{0}, false},
	{"absent: sure?", "1", NOTPAID_SURE, FX_NONE, NOT_PAID_ABSENT, {0},
		false},
	{"7 is no reason", "7", NOTPAID_REASON, FX_NONE, NOT_PAID_NONE, {0},
		false},
	{"9 is another one", "9", NOTPAID_SURE, FX_NONE, NOT_PAID_OTHER, {0},
		false},
	{"ENTER records nothing", "1\n", NOTPAID_SURE, FX_NONE, NOT_PAID_ABSENT,
		{0}, false},
	{"1 does", "41", NOTPAID_SAVING, FX_NOT_PAID, NOT_PAID_REFUSES, {0},
		false},
	{"0 chooses again", "10", NOTPAID_REASON, FX_NONE, NOT_PAID_ABSENT, {0},
		false},
	{"0 leaves", "0", NOTPAID_REASON, FX_LEAVE, NOT_PAID_NONE, {0}, false},
	{"saved", "11I", NOTPAID_SAVING, FX_LEAVE, NOT_PAID_ABSENT, {0}, true},
	{"failed: again", "11!", NOTPAID_REASON, FX_NONE, NOT_PAID_ABSENT, {0},
		false},
	{"refused: again", "11$", NOTPAID_REASON, FX_NONE, NOT_PAID_ABSENT, {0},
		false},
	{"died: when?", "3", NOTPAID_DATE, FX_NONE, NOT_PAID_DIED, {0}, false},
	{"a day", "302092026\n", NOTPAID_SURE, FX_NONE, NOT_PAID_DIED,
		{2026, 9, 2}, false},
	{"the day goes along", "302092026\n1", NOTPAID_SAVING, FX_NOT_PAID,
		NOT_PAID_DIED, {2026, 9, 2}, false},
	{"no day", "3\n", NOTPAID_DATE, FX_NONE, NOT_PAID_DIED, {0}, false},
	{"a year is no day", "32026\n", NOTPAID_DATE, FX_NONE, NOT_PAID_DIED,
		{0}, false},
	{"29 February 2025 was none", "329022025\n", NOTPAID_DATE, FX_NONE,
		NOT_PAID_DIED, {0}, false},
	{"today", "322112026\n", NOTPAID_SURE, FX_NONE, NOT_PAID_DIED,
		{2026, 11, 22}, false},
	{"tomorrow is still to come", "323112026\n", NOTPAID_DATE, FX_NONE,
		NOT_PAID_DIED, {0}, false},
	{"Esc chooses again", "302<", NOTPAID_REASON, FX_NONE, NOT_PAID_DIED,
		{0}, false},
	{"a letter is no digit of a day", "3a02092026\n", NOTPAID_SURE, FX_NONE,
		NOT_PAID_DIED, {2026, 9, 2}, false},
	{"a reason is a digit, no letter", "a", NOTPAID_REASON, FX_NONE,
		NOT_PAID_NONE, {0}, false},
	{"another reason forgets the day", "302092026\n01", NOTPAID_SURE,
		FX_NONE, NOT_PAID_ABSENT, {0}, false},
};

static void run_row(void **state)
{
	static struct event ev;
	static struct notpaid n;
	const struct row *row = *state;
	const struct person person = {.id = STORY_PERSON, .name = "An"};
	const struct date today = {2026, 11, 22};
	struct effect fx = effect_of(FX_NONE);
	struct story story;

	notpaid_init(&n, &person, today);
	story_begin(&story, row->script);
	while (story_next(&story, &ev))
		fx = notpaid_handle(&n, &ev);
	assert_int_equal(n.step, row->step);
	assert_int_equal(fx.kind, row->effect);
	assert_int_equal(n.reason, row->reason);
	assert_int_equal(date_compare(n.date, row->date), 0);
	assert_int_equal(n.saved, row->saved);
	if (fx.kind != FX_NOT_PAID)
		return;
	assert_true(fx.not_paid.person == STORY_PERSON);
	assert_int_equal(fx.not_paid.reason, row->reason);
	assert_int_equal(date_compare(fx.not_paid.date, row->date), 0);
}

/* The reason is read out to the person, and stands in every report. */
static void every_reason_has_words_of_its_own(void **state)
{
	static const char keys[] = "1234569";
	size_t count;
	const struct binding *b = notpaid_bindings(NOTPAID_REASON, &count);

	(void)state;
	tr_set_lang("vi");
	assert_string_equal(notpaid_reason_text(NOT_PAID_NONE), "");
	for (const char *k = keys; *k; k++) {
		const struct binding *row = binding_find(b, count, *k);
		const char *text =
			notpaid_reason_text((enum not_paid)(*k - '0'));

		assert_non_null(row);
		assert_string_equal(tr(row->does), text);
		for (const char *other = keys; other < k; other++)
			assert_string_not_equal(text,
				notpaid_reason_text((enum not_paid)(*other -
								    '0')));
	}
}

/* Before the first tick nobody knows which day is still to come. */
static void without_a_clock_any_day_is_taken(void **state)
{
	static struct event ev;
	static struct notpaid n;
	const struct person person = {.id = STORY_PERSON, .name = "An"};
	struct story story;

	(void)state;
	notpaid_init(&n, &person, (struct date){0});
	story_begin(&story, "301012099\n");
	while (story_next(&story, &ev))
		notpaid_handle(&n, &ev);
	assert_int_equal(n.step, NOTPAID_SURE);
	assert_int_equal(n.date.year, 2099);
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + 2];

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		tests[i] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = &rows[i]};
	tests[COUNT_OF(rows)] = (struct CMUnitTest)
		cmocka_unit_test(every_reason_has_words_of_its_own);
	tests[COUNT_OF(rows) + 1] = (struct CMUnitTest)
		cmocka_unit_test(without_a_clock_any_day_is_taken);
	return cmocka_run_group_tests_name("not paid", tests, NULL, NULL);
}
