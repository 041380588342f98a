/* Bars and sparklines, drawn and compared as text. */
#include "support/unit.h"

#include <string.h>

#include "core/utf8.h"
#include "terminal/ui/bar.h"
#include "terminal/ui/plain.h"

enum {
	COLS = 8,
	TEXT_SIZE = 128
};

struct row {
	const char *name;
	int64_t part;
	int64_t all;
	const char *drawn;
	const char *plain; /* where letters are ASCII only */
};

static struct row rows[] = {
	{"nothing", 0, 100, "--------", "--------"},
	{"of nothing", 5, 0, "--------", "--------"},
	{"anything shows at once", 1, 1000000, "▎-------", ".-------"},
	{"a cell and a quarter", 40, 256, "█▎------", "#.------"},
	{"half", 128, 256, "████----", "####----"},
	{"half and half a cell", 144, 256, "████▌---", "####:---"},
	{"three quarters of the last", 255, 256, "███████▊", "########"},
	{"all, and only all is full", 256, 256, "████████", "########"},
	{"more than all", 300, 256, "████████", "########"},
	{"as much money as there is", INT64_MAX / 2, INT64_MAX, "████----",
		"####----"},
};

static void text_of(const struct canvas *c, int cols, bool plain, char *out)
{
	size_t n = 0;

	for (int i = 0; i < cols; i++) {
		const uint32_t ch = c->cell[0][i].ch;

		assert_true(plain_in_font(ch));
		if (plain)
			out[n++] = plain_char(ch);
		else
			n += utf8_encode(ch, out + n);
	}
	out[n] = '\0';
}

static void run(void **state)
{
	static struct canvas c;
	const struct row *row = *state;
	const struct bar b = {COLS, STYLE_FIGURE, '-'};
	char text[TEXT_SIZE];

	canvas_clear(&c, 15, 40);
	bar_draw(&c, 0, 0, &b, row->part, row->all);
	text_of(&c, COLS, false, text);
	assert_string_equal(text, row->drawn);
	text_of(&c, COLS, true, text);
	assert_string_equal(text, row->plain);
	assert_int_equal(c.cell[0][COLS].ch, ' ');
}

struct spark_row {
	const char *name;
	int64_t value[COLS];
	int count;
	const char *drawn;
	const char *plain;
};

static struct spark_row sparks[] = {
	{"heights as the values are", {1, 2, 3, 4, 5, 6, 7, 8}, 8, "▁▂▃▄▅▆▇█",
		".:-=+*%#"},
	{"nothing is a dot, one of many is seen", {0, 1, 1000, 0}, 4, ".▁█.",
		"..#."},
	{"the largest only is full", {999, 1000}, 2, "▇█", "%#"},
	{"nothing at all", {0, 0, 0}, 3, "...", "..."},
	{"alike is full", {7, 7}, 2, "██", "##"},
	{"none", {0}, 0, "", ""},
};

static void run_spark(void **state)
{
	static struct canvas c;
	const struct spark_row *row = *state;
	char text[TEXT_SIZE];

	canvas_clear(&c, 15, 40);
	assert_int_equal(bar_spark(&c, 0, 0, STYLE_FIGURE, row->value,
				 row->count),
		row->count);
	text_of(&c, row->count, false, text);
	assert_string_equal(text, row->drawn);
	text_of(&c, row->count, true, text);
	assert_string_equal(text, row->plain);
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + COUNT_OF(sparks)];
	size_t n = 0;

	UNIT_ADD_ROWS(tests, &n, rows, run);
	UNIT_ADD_ROWS(tests, &n, sparks, run_spark);
	return cmocka_run_group_tests_name("bar", tests, NULL, NULL);
}
