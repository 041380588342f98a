/* The canvas: width, cutting, what never becomes a cell (T41), dumps. */
#include "support/unit.h"

#include "terminal/ui/canvas.h"

struct text_row {
	const char *name;
	const char *text;
	int col;
	const char *drawn; /* on a canvas of one row and eight columns */
	int next_col;
};

static struct text_row text_rows[] = {
	{"plain", "abc", 0, "abc\n", 3},
	{"cut at the right edge", "abcdefghij", 0, "abcdefgh\n", 10},
	{"cut at the left edge", "abc", -1, "bc\n", 2},
	{"far off the right edge", "abc", 300, "\n", 303},
	{"two bytes", "Đ.", 0, "Đ.\n", 2},
	{"three bytes", "ếẸ.", 0, "ếẸ.\n", 3},
	{"four bytes, wide", "\xf0\x9f\x98\x80.", 0, "\xf0\x9f\x98\x80.\n", 3},
	{"a wide character", "\xe4\xbd\x9c.", 0, "\xe4\xbd\x9c.\n", 3},
	{"a wide character at the edge is left out", "\xe4\xbd\x9c", 7, "\n",
		9},
	{"a wide character half off the left edge", "\xe4\xbd\x9c.", -1, " .\n",
		2},
	{"not UTF-8 is a question mark",
		"a\xff"
		"b",
		0, "a?b\n", 3},
	{"cut off in the middle of a character", "a\xe4\xbd", 0, "a??\n", 3},
	{"overlong slash is no slash", "\xc0\xaf", 0, "??\n", 2},
	{"T41 escape sequences lose their escape", "a\x1b[2Jb\n", 0, "a[2Jb\n",
		5},
	{"T41 OSC title with BEL", "\x1b]0;x\x07y", 0, "]0;xy\n", 5},
	{"T41 C1 control as UTF-8",
		"a\xc2\x9b"
		"2Jb",
		0, "a2Jb\n", 4},
	{"T41 C1 control as a bare byte",
		"a\x9b"
		"2J",
		0, "a?2J\n", 4},
	{"T41 DEL, tab, return", "a\x7f\tb\rc", 0, "abc\n", 3},
	{"T41 right-to-left override",
		"a\xe2\x80\xae"
		"b",
		0, "ab\n", 2},
	{"T41 zero-width space and BOM",
		"a\xe2\x80\x8b\xef\xbb\xbf"
		"b",
		0, "ab\n", 2},
	{"a combining mark takes no cell", "e\xcc\x81.", 0, "e.\n", 2},
};

static void run_text(void **state)
{
	static struct canvas canvas;
	const struct text_row *row = *state;
	char drawn[128];

	canvas_clear(&canvas, 1, 8);
	assert_int_equal(canvas_print(&canvas, 0, row->col, STYLE_NORMAL, "%s",
				 row->text),
		row->next_col);
	canvas_dump(&canvas, drawn, sizeof(drawn));
	assert_string_equal(drawn, row->drawn);
}

static void expect(const struct canvas *c, const char *want)
{
	char drawn[512];

	canvas_dump(c, drawn, sizeof(drawn));
	assert_string_equal(drawn, want);
}

static void t41_every_byte_leaves_no_control_in_a_cell(void **state)
{
	static struct canvas c;
	char text[3] = "";

	(void)state;
	for (int a = 1; a < 256; a++)
		for (int b = 1; b < 256; b++) {
			text[0] = (char)a;
			text[1] = (char)b;
			canvas_clear(&c, 1, 4);
			canvas_text(&c, 0, 0, STYLE_NORMAL, text);
			for (int col = 0; col < 4; col++) {
				const uint32_t ch = c.cell[0][col].ch;

				assert_true(ch >= 0x20);
				assert_false(ch >= 0x7f && ch < 0xa0);
			}
		}
}

static void rows_outside_are_cut(void **state)
{
	static struct canvas c;

	(void)state;
	canvas_clear(&c, 2, 3);
	canvas_text(&c, -1, 0, STYLE_NORMAL, "abc");
	canvas_text(&c, 2, 0, STYLE_NORMAL, "def");
	canvas_text(&c, 1, 0, STYLE_NORMAL, "ghi");
	expect(&c, "\nghi\n");
}

static void the_size_is_cut_to_what_there_is(void **state)
{
	static struct canvas c;

	(void)state;
	canvas_clear(&c, 5000, 5000);
	assert_int_equal(c.rows, CANVAS_MAX_ROWS);
	assert_int_equal(c.cols, CANVAS_MAX_COLS);
	canvas_clear(&c, -3, -3);
	assert_int_equal(c.rows, 0);
	canvas_text(&c, 0, 0, STYLE_NORMAL, "x");
	canvas_cursor(&c, 0, 0, true);
	assert_int_equal(c.cursor_row, -1);
	expect(&c, "");
}

static void drawing_stays_inside_the_clip(void **state)
{
	static struct canvas c;
	const struct canvas_area area = {1, 2, 1, 3};
	const struct canvas_area outside = {-5, -5, 2, 2};

	(void)state;
	canvas_clear(&c, 3, 8);
	canvas_clip(&c, &area);
	for (int row = 0; row < 3; row++)
		canvas_text(&c, row, 0, STYLE_NORMAL, "abcdefgh");
	canvas_repeat(&c, 1, 4, STYLE_NORMAL, '-', 9);
	canvas_clip(&c, &outside);
	canvas_text(&c, 0, 0, STYLE_NORMAL, "zzzz");
	canvas_clip(&c, NULL);
	canvas_text(&c, 2, 7, STYLE_NORMAL, "!");
	expect(&c, "\n  cd-\n       !\n");
}

static void half_of_a_wide_character_never_stays(void **state)
{
	static struct canvas c;

	(void)state;
	canvas_clear(&c, 2, 6);
	canvas_text(&c, 0, 0, STYLE_NORMAL, "\xe4\xbd\x9c\xe4\xbd\x9c");
	canvas_text(&c, 0, 1, STYLE_NORMAL, "x");
	canvas_text(&c, 1, 0, STYLE_NORMAL, "\xe4\xbd\x9c\xe4\xbd\x9c");
	canvas_text(&c, 1, 2, STYLE_NORMAL, "x");
	expect(&c, " x\xe4\xbd\x9c\n\xe4\xbd\x9cx\n");
	assert_int_equal(c.cell[1][3].ch, ' ');
}

static void text_at_the_right_ends_at_its_column(void **state)
{
	static struct canvas c;

	(void)state;
	canvas_clear(&c, 2, 10);
	assert_int_equal(canvas_right(&c, 0, 10, STYLE_NORMAL, "500.000"), 3);
	assert_int_equal(canvas_right(&c, 1, 6, STYLE_NORMAL, "đồng"), 2);
	expect(&c, "   500.000\n  đồng\n");
}

static void copying_keeps_styles_and_the_clip(void **state)
{
	static struct canvas a;
	static struct canvas b;
	const struct canvas_area area = {0, 0, 1, 4};
	char drawn[64];

	(void)state;
	canvas_clear(&a, 1, 6);
	canvas_text(&a, 0, 0, STYLE_STOP,
		"ab\xe4\xbd\x9c"
		"cd");
	canvas_clear(&b, 2, 6);
	canvas_clip(&b, &area);
	canvas_copy(&b, 0, 1, &a, 0, 6);
	canvas_copy(&b, 1, 0, &a, 0, 6);
	canvas_copy(&b, 0, 0, &a, 7, 6);
	canvas_dump_styles(&b, drawn, sizeof(drawn));
	assert_string_equal(drawn, "  ab\n~ SS\n \n");
}

static void the_cursor_is_kept_on_the_canvas(void **state)
{
	static struct canvas c;

	(void)state;
	canvas_clear(&c, 4, 10);
	assert_int_equal(c.cursor_row, -1);
	canvas_cursor(&c, 2, 99, true);
	assert_int_equal(c.cursor_row, 2);
	assert_int_equal(c.cursor_col, 9);
	assert_true(c.cursor_shown);
	canvas_cursor(&c, -2, -2, false);
	assert_int_equal(c.cursor_row, 0);
	assert_int_equal(c.cursor_col, 0);
	assert_false(c.cursor_shown);
}

static void styles_are_dumped_below_their_line(void **state)
{
	static struct canvas c;
	char drawn[128];

	(void)state;
	canvas_clear(&c, 2, 20);
	canvas_text(&c, 0, 0, STYLE_NORMAL, "Tên: ");
	canvas_text(&c, 0, 5, STYLE_TITLE, "Đẹp");
	canvas_restyle(&c, 0, 6, 1, STYLE_DIFFERS);
	canvas_text(&c, 1, 2, STYLE_NORMAL, "x");
	canvas_dump_styles(&c, drawn, sizeof(drawn));
	assert_string_equal(drawn, " Tên: Đẹp\n~     TXT\n   x\n");
}

static void a_dump_that_does_not_fit_ends_in_the_buffer(void **state)
{
	static struct canvas c;
	char drawn[6];

	(void)state;
	canvas_clear(&c, 2, 20);
	canvas_text(&c, 0, 0, STYLE_NORMAL, "ếếếếếế");
	canvas_dump(&c, drawn, sizeof(drawn));
	assert_true(strlen(drawn) < sizeof(drawn));
}

static void every_style_has_its_letter(void **state)
{
	(void)state;
	for (int a = 0; a < STYLE_COUNT; a++)
		for (int b = 0; b < a; b++)
			assert_int_not_equal(canvas_style_letter((enum style)a),
				canvas_style_letter((enum style)b));
}

int main(void)
{
	static const struct CMUnitTest others[] = {
		cmocka_unit_test(t41_every_byte_leaves_no_control_in_a_cell),
		cmocka_unit_test(rows_outside_are_cut),
		cmocka_unit_test(the_size_is_cut_to_what_there_is),
		cmocka_unit_test(drawing_stays_inside_the_clip),
		cmocka_unit_test(half_of_a_wide_character_never_stays),
		cmocka_unit_test(text_at_the_right_ends_at_its_column),
		cmocka_unit_test(copying_keeps_styles_and_the_clip),
		cmocka_unit_test(the_cursor_is_kept_on_the_canvas),
		cmocka_unit_test(styles_are_dumped_below_their_line),
		cmocka_unit_test(a_dump_that_does_not_fit_ends_in_the_buffer),
		cmocka_unit_test(every_style_has_its_letter),
	};
	struct CMUnitTest tests[COUNT_OF(text_rows)];
	int failed;

	for (size_t i = 0; i < COUNT_OF(text_rows); i++)
		tests[i] = (struct CMUnitTest){.name = text_rows[i].name,
			.test_func = run_text,
			.initial_state = &text_rows[i]};
	failed = cmocka_run_group_tests_name("canvas text", tests, NULL, NULL);
	return failed +
	       cmocka_run_group_tests_name("canvas", others, NULL, NULL);
}
