/* How far, how fast, how long yet: nothing is said that nobody knows. */
#include "support/unit.h"

#include "core/far.h"

static struct row {
	const char *name;
	struct far f;
	int64_t spent_ms;
	int permille;
	int64_t left_ms;
	int64_t rate;
} rows[] = {
	{"half of the rows in two seconds: two more",
		{.parts = 1, .done = 500, .all = 1000}, 2000, 500, 2000, 250},
	{"an end that nobody knows is not made up", {.parts = 1, .done = 500},
		2000, -1, -1, 250},
	{"the second of four parts begins at a quarter",
		{.part = 1, .parts = 4}, 1000, 250, 3000, 0},
	{"half of the last of four parts", {3, 4, 50, 100, FAR_ROWS}, 7000, 875,
		1000, 7},
	{"more than all is all", {.parts = 1, .done = 7, .all = 5}, 1000, 1000,
		0, 7},
	{"less than nothing is nothing", {.parts = 1, .done = -7, .all = 5},
		1000, 0, -1, 0},
	{"no part at all is one", {.done = 1, .all = 2}, 1000, 500, 1000, 1},
	{"what has just begun tells nothing",
		{.parts = 1, .done = 9, .all = 10}, 299, 900, -1, 0},
	{"less than one in a hundred tells nothing of the end",
		{.parts = 1, .done = 9, .all = 1000}, 1000, 9, -1, 9},
	{"as many bytes as a disk has",
		{.parts = 1,
			.done = INT64_C(4000000000000),
			.all = INT64_C(8000000000000),
			.unit = FAR_BYTES},
		1000, 500, 1000, INT64_C(4000000000000)},
};

static void run_row(void **state)
{
	const struct row *row = *state;

	assert_int_equal(far_permille(&row->f), row->permille);
	assert_int_equal(far_left_ms(&row->f, row->spent_ms), row->left_ms);
	assert_int_equal(far_rate(&row->f, row->spent_ms), row->rate);
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows)];
	size_t n = 0;

	UNIT_ADD_ROWS(tests, &n, rows, run_row);
	return cmocka_run_group_tests_name("far", tests, NULL, NULL);
}
