/* Long work: what is shown when, and which key stops it. */
#include "support/unit.h"

#include "terminal/flows/far_text.h"
#include "terminal/flows/working.h"

#include "core/tr.h"

enum {
	MAX_KEYS = 16
};

/* Keys with the ms at which they came; then it is asked at the end. */
static struct row {
	const char *name;
	struct {
		int key;
		long long at_ms;
	} key[MAX_KEYS];
	long long end_ms;
	bool stops;
} rows[] = {
	{"0 stops it", {{'0', 1000}}, 1200, true},
	{"0 that has just come waits for what follows", {{'0', 1000}}, 1100,
		false},
	{"Esc stops it at once", {{K_BACK, 1000}}, 1000, true},
	{"other keys are dropped", {{'1', 1000}, {K_ACCEPT, 2000}, {'a', 3000}},
		9000, false},
	{"a scanner's digits stop nothing",
		{{'0', 1000}, {'1', 1004}, {'0', 1008}, {'0', 1012},
			{K_ACCEPT, 1016}},
		9000, false},
	{"nor a scan that begins and ends with 0",
		{{'0', 1000}, {'4', 1050}, {'0', 1100}}, 9000, false},
	{"0 a while after a scan stops it",
		{{'7', 1000}, {'0', 1010}, {'0', 2000}}, 2200, true},
	{"0 held down stops it when it is let go, or at its first pause",
		{{'0', 1000}, {'0', 1660}, {'0', 1690}}, 1700, true},
	{"without a key it goes on", {{0, 0}}, 9000, false},
};

static void run_row(void **state)
{
	const struct row *row = *state;
	const struct far f = {.parts = 1, .done = 1, .all = 2};
	struct working w;

	working_init(&w, FX_COPY, 500);
	for (int i = 0; i < MAX_KEYS && row->key[i].key; i++)
		working_key(&w, row->key[i].key, row->key[i].at_ms);
	assert_int_equal(working_far(&w, &f, row->end_ms), !row->stops);
	assert_int_equal(w.stop, row->stops);
}

static void what_is_over_at_once_is_not_shown(void **state)
{
	const struct far f = {.parts = 1, .done = 1, .all = 2};
	struct working w;

	(void)state;
	working_init(&w, FX_COPY, 500);
	working_far(&w, &f, 500 + WORKING_SOON_MS - 1);
	assert_false(working_due(&w));
	working_far(&w, &f, 500 + WORKING_SOON_MS);
	assert_true(working_due(&w));
	assert_false(working_due(&w));
	working_far(&w, &f, 500 + WORKING_SOON_MS + WORKING_EVERY_MS);
	assert_true(working_due(&w));
}

static void only_what_takes_long_is_watched(void **state)
{
	(void)state;
	assert_true(working_is_long(FX_COPY));
	assert_false(working_is_long(FX_PAY));
	assert_false(working_is_long(FX_HANDED));
	assert_false(working_is_long(FX_SHIFT_CLOSE));
	for (int k = 0; k < FX_KIND_COUNT; k++)
		if (working_is_long((enum effect_kind)k))
			assert_true(flow_is_answered((enum effect_kind)k));
}

static struct text_row {
	const char *name;
	struct far far;
	int64_t spent_ms;
	const char *text;
} text_rows[] = {
	{"rows, per cent, rate and time left",
		{.parts = 1, .done = 12000, .all = 36000}, 2000,
		"Rows done: 12.000 (33%), 6.000 a second, 5 s left"},
	{"bytes as MB",
		{.parts = 1, .done = 50000000, .all = 200000000, FAR_BYTES},
		1000, "Written: 50 MB (25%), 50 MB a second, 3 s left"},
	{"long times in minutes, the begun one counts",
		{.parts = 1, .done = 1000, .all = 100000}, 10000,
		"Rows done: 1.000 (1%), 100 a second, 17 min left"},
	{"a part without an end", {.part = 1, .parts = 4}, 3000,
		"Done: 25%, 9 s left"},
	{"where nobody knows anything, how long it has been", {.parts = 1},
		3000, "At work, 3 s"},
	{"all done is not said before it is over",
		{.parts = 1, .done = 100, .all = 100}, 1000,
		"Rows done: 100 (99%), 100 a second, 0 s left"},
};

static void run_text_row(void **state)
{
	const struct text_row *row = *state;
	char text[FAR_TEXT_SIZE];

	far_text(&row->far, row->spent_ms, row->spent_ms, text, sizeof(text));
	assert_string_equal(text, row->text);
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + COUNT_OF(text_rows) + 2] = {
		cmocka_unit_test(what_is_over_at_once_is_not_shown),
		cmocka_unit_test(only_what_takes_long_is_watched),
	};
	size_t n = 2;

	tr_set_lang("en");
	UNIT_ADD_ROWS(tests, &n, rows, run_row);
	UNIT_ADD_ROWS(tests, &n, text_rows, run_text_row);
	return cmocka_run_group_tests_name("working", tests, NULL, NULL);
}
