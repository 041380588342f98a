/* How much room there is, and the one sentence where there is too little. */
#include "support/unit.h"

#include <string.h>

#include "terminal/ui/layout.h"

struct size_row {
	const char *name;
	int cols;
	int rows;
	enum layout_width width;
	enum layout_height height;
	bool too_small;
};

static struct size_row size_rows[] = {
	{"the terminal at the counter", 80, 25, LAYOUT_WIDE, LAYOUT_TALL,
		false},
	{"an old 80x24", 80, 24, LAYOUT_WIDE, LAYOUT_SHORT, false},
	{"a handheld upright", 53, 30, LAYOUT_MIDDLE, LAYOUT_TALL, false},
	{"a little narrower than the handheld", 52, 30, LAYOUT_NARROW,
		LAYOUT_TALL, false},
	{"320x480 pixels", 40, 30, LAYOUT_NARROW, LAYOUT_TALL, false},
	{"40x24", 40, 24, LAYOUT_NARROW, LAYOUT_SHORT, false},
	{"doubled letters", 40, 15, LAYOUT_NARROW, LAYOUT_TIGHT, false},
	{"doubled letters, wide", 80, 15, LAYOUT_WIDE, LAYOUT_TIGHT, false},
	{"one column too few", 39, 15, LAYOUT_NARROW, LAYOUT_TIGHT, true},
	{"one row too few", 40, 14, LAYOUT_NARROW, LAYOUT_TIGHT, true},
	{"the biggest", 256, 128, LAYOUT_WIDE, LAYOUT_TALL, false},
};

static void run_size(void **state)
{
	static struct canvas c;
	const struct size_row *row = *state;

	canvas_clear(&c, row->rows, row->cols);
	assert_int_equal(layout_width(&c), row->width);
	assert_int_equal(layout_height(&c), row->height);
	assert_int_equal(layout_too_small(&c), row->too_small);
}

static void every_small_size_says_so_and_stays_inside(void **state)
{
	static struct canvas c;
	static char drawn[CANVAS_DUMP_SIZE];

	(void)state;
	for (int rows = 0; rows < 15; rows++)
		for (int cols = 0; cols < 90; cols++) {
			canvas_clear(&c, rows, cols);
			assert_true(layout_too_small(&c));
			canvas_dump(&c, drawn, sizeof(drawn));
			if (rows > 3 && cols > 12)
				assert_non_null(strstr(drawn, "nhỏ"));
		}
}

int main(void)
{
	static const struct CMUnitTest others[] = {
		cmocka_unit_test(every_small_size_says_so_and_stays_inside),
	};
	struct CMUnitTest tests[COUNT_OF(size_rows)];
	size_t n = 0;
	int failed;

	UNIT_ADD_ROWS(tests, &n, size_rows, run_size);
	failed = cmocka_run_group_tests_name("layout", tests, NULL, NULL);
	return failed +
	       cmocka_run_group_tests_name("layout small", others, NULL, NULL);
}
