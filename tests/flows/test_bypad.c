/* One row is one story: a sheet of the pad. Now is 05/12/2026 10:00. */
#include "support/unit.h"

#include <string.h>

#include "core/tr.h"
#include "support/story.h"
#include "terminal/flows/bypad.h"

/* 05/12/2026 10:00 and 09:10 at UTC+7. */
#define NOW INT64_C(1796439600000)
#define TEN_PAST_NINE INT64_C(1796436600000)
#define DAY INT64_C(86400000)

static struct row {
	const char *name;
	const char *script;
	enum bypad_step step;
	enum effect_kind effect;
	enum bypad_outcome outcome;
	int64_t given_at;
} rows[] = {
	{"which sheet?", "", BYPAD_NUMBER, FX_NONE, BYPAD_BACK, 0},
	{"no number, no further", "\n", BYPAD_NUMBER, FX_NONE, BYPAD_BACK, 0},
	{"nought is no number", "000\n", BYPAD_NUMBER, FX_NONE, BYPAD_BACK, 0},
	{"Esc leaves", "<", BYPAD_NUMBER, FX_LEAVE, BYPAD_BACK, 0},
	{"its day", "000123\n", BYPAD_DAY, FX_NONE, BYPAD_BACK, 0},
	{"ENTER alone is today", "123\n\n", BYPAD_TIME, FX_NONE, BYPAD_BACK, 0},
	{"today at 09:10", "123\n\n0910\n", BYPAD_TIME, FX_LEAVE, BYPAD_FIND,
		TEN_PAST_NINE},
	{"yesterday, written out", "123\n04122026\n0910\n", BYPAD_TIME,
		FX_LEAVE, BYPAD_FIND, TEN_PAST_NINE - DAY},
	{"no such day", "123\n31112026\n", BYPAD_DAY, FX_NONE, BYPAD_BACK, 0},
	{"a year is no day", "123\n2026\n", BYPAD_DAY, FX_NONE, BYPAD_BACK, 0},
	{"tomorrow is still to come", "123\n06122026\n", BYPAD_DAY, FX_NONE,
		BYPAD_BACK, 0},
	{"T17 a time to come today", "123\n\n1001\n", BYPAD_TIME, FX_NONE,
		BYPAD_BACK, TEN_PAST_NINE + 51 * 60000},
	{"now is no earlier time", "123\n\n1000\n", BYPAD_TIME, FX_NONE,
		BYPAD_BACK, NOW},
	{"three digits are no time", "123\n\n910\n", BYPAD_TIME, FX_NONE,
		BYPAD_BACK, 0},
	{"nor is 25 o'clock", "123\n\n2500\n", BYPAD_TIME, FX_NONE, BYPAD_BACK,
		0},
	{"Esc goes back a field", "123\n\n09<", BYPAD_DAY, FX_NONE, BYPAD_BACK,
		0},
	{"a scan is for nobody here", "123@", BYPAD_NUMBER, FX_NONE, BYPAD_BACK,
		0},
};

static void run_row(void **state)
{
	static struct event ev;
	static struct bypad b;
	const struct row *row = *state;
	struct effect fx = effect_of(FX_NONE);
	struct story s;

	tr_set_lang("vi");
	bypad_init(&b, NOW);
	story_begin(&s, row->script);
	while (story_next(&s, &ev))
		fx = bypad_handle(&b, &ev);
	assert_int_equal(b.step, row->step);
	assert_int_equal(fx.kind, row->effect);
	assert_int_equal(b.outcome, row->outcome);
	assert_int_equal(b.given_at, row->given_at);
}

/* ENTER records nothing; 1 does. */
static void it_is_asked_before_it_is_recorded(void **state)
{
	static struct event ev;
	static struct bypad b;

	(void)state;
	bypad_init(&b, NOW);
	bypad_ask(&b, "Nguyễn Thị Đẹp", 1080000);
	story_event('\n', 20000, &ev);
	assert_int_equal(bypad_handle(&b, &ev).kind, FX_NONE);
	assert_int_equal(b.step, BYPAD_SURE);
	story_event('0', 21000, &ev);
	assert_int_equal(bypad_handle(&b, &ev).kind, FX_LEAVE);
	assert_int_equal(b.outcome, BYPAD_BACK);
	story_event('1', 22000, &ev);
	assert_int_equal(bypad_handle(&b, &ev).kind, FX_LEAVE);
	assert_int_equal(b.outcome, BYPAD_RECORD);
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + 1];

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		tests[i] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = &rows[i]};
	tests[COUNT_OF(rows)] = (struct CMUnitTest)
		cmocka_unit_test(it_is_asked_before_it_is_recorded);
	return cmocka_run_group_tests_name("bypad", tests, NULL, NULL);
}
