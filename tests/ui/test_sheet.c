/* Lines that fit themselves in: what goes first, and what never goes. */
#include "support/unit.h"

#include <string.h>

#include "terminal/ui/sheet.h"

/* A canvas of the size, a sheet for it, and the text that came of it. */
struct fixture {
	struct canvas canvas;
	struct sheet sheet;
	char drawn[4096];
};

static void begin(struct fixture *f, int rows, int cols)
{
	canvas_clear(&f->canvas, rows, cols);
	sheet_init(&f->sheet, &f->canvas);
}

static void show(struct fixture *f, int rows)
{
	const struct canvas_area area = {0, 0, rows, f->canvas.cols};

	sheet_show(&f->sheet, &f->canvas, &area);
	canvas_dump(&f->canvas, f->drawn, sizeof(f->drawn));
}

static void mixed(struct sheet *s)
{
	sheet_text(s, RANK_MUST, STYLE_NORMAL, "must 1");
	sheet_space(s);
	sheet_text(s, RANK_NICE, STYLE_NORMAL, "nice 1");
	sheet_text(s, RANK_USEFUL, STYLE_NORMAL, "useful 1");
	sheet_space(s);
	sheet_text(s, RANK_NICE, STYLE_NORMAL, "nice 2");
	sheet_text(s, RANK_MUST, STYLE_NORMAL, "must 2");
}

struct fit_row {
	const char *name;
	int rows;
	const char *drawn;
};

static struct fit_row fit_rows[] = {
	{"all fits", 7, "must 1\n\nnice 1\nuseful 1\n\nnice 2\nmust 2\n\n"},
	{"the lowest empty line goes first", 6,
		"must 1\n\nnice 1\nuseful 1\nnice 2\nmust 2\n\n\n"},
	{"then the other one", 5,
		"must 1\nnice 1\nuseful 1\nnice 2\nmust 2\n\n\n\n"},
	{"then what is nice, from below", 4,
		"must 1\nnice 1\nuseful 1\nmust 2\n\n\n\n\n"},
	{"then what is useful", 2, "must 1\nmust 2\n\n\n\n\n\n\n"},
	{"if even that does not fit, it says so", 1,
		"Còn nữa, cần màn hình lớn hơn\n\n\n\n\n\n\n\n"},
};

static void run_fit(void **state)
{
	static struct fixture f;
	const struct fit_row *row = *state;

	begin(&f, 8, 40);
	mixed(&f.sheet);
	show(&f, row->rows);
	assert_string_equal(f.drawn, row->drawn);
}

/* "Give it to him if" would be worse than nothing. */
static void half_a_sentence_is_never_left(void **state)
{
	static struct fixture f;

	(void)state;
	begin(&f, 4, 40);
	sheet_text(&f.sheet, RANK_MUST, STYLE_NORMAL, "must");
	sheet_text(&f.sheet, RANK_USEFUL, STYLE_NORMAL, "one row");
	sheet_sign(&f.sheet, RANK_USEFUL, SIGN_NOTE,
		"Give it to him if he has shown you the card with his name");
	show(&f, 3);
	assert_string_equal(f.drawn, "must\none row\n\n\n");
	show(&f, 4);
	assert_string_equal(f.drawn,
		"must\none row\n● Give it to him if he has shown you the\n"
		"  card with his name\n");
}

static void money_is_right_aligned_with_leaders(void **state)
{
	static struct fixture f;

	(void)state;
	begin(&f, 3, 40);
	sheet_money(&f.sheet, RANK_MUST, "Kỳ 12/2026", 500000);
	sheet_money(&f.sheet, RANK_MUST, "Truy lĩnh", 12345678);
	show(&f, 3);
	assert_string_equal(f.drawn,
		"Kỳ 12/2026 ..................  500.000\n"
		"Truy lĩnh ................  12.345.678\n\n");
}

static void a_long_label_has_lines_and_the_money_is_whole(void **state)
{
	static struct fixture f;

	(void)state;
	begin(&f, 4, 40);
	sheet_money(&f.sheet, RANK_MUST,
		"Trợ cấp hưu trí xã hội và truy lĩnh nhiều tháng trước",
		INT64_C(999999999999999));
	show(&f, 4);
	assert_string_equal(f.drawn,
		"Trợ cấp hưu trí xã\n"
		"hội và truy lĩnh\n"
		"nhiều tháng trước  999.999.999.999.999\n\n");
}

static void a_sign_stands_beside_its_wrapped_text(void **state)
{
	static struct fixture f;

	(void)state;
	begin(&f, 4, 40);
	sheet_sign(&f.sheet, RANK_MUST, SIGN_WARNING,
		"Thẻ và danh sách khác nhau ở họ tên và ngày sinh");
	sheet_sign(&f.sheet, RANK_MUST, SIGN_NOTE, "");
	show(&f, 4);
	assert_string_equal(f.drawn,
		"▲ Thẻ và danh sách khác nhau ở họ tên và\n"
		"  ngày sinh\n\n\n");
}

static void a_stop_is_one_reversed_block(void **state)
{
	static struct fixture f;

	(void)state;
	begin(&f, 2, 40);
	sheet_sign(&f.sheet, RANK_MUST, SIGN_STOP, "Dừng");
	show(&f, 2);
	for (int col = 0; col < 6; col++)
		assert_int_equal(f.canvas.cell[0][col].style, STYLE_STOP);
	assert_int_equal(f.canvas.cell[0][6].style, STYLE_NORMAL);
}

static void states_go_to_the_next_line_whole(void **state)
{
	static struct fixture f;
	struct states at;

	(void)state;
	begin(&f, 3, 40);
	at = sheet_states(&f.sheet);
	sheet_state(&f.sheet, &at, STYLE_STATE, "ĐÚNG NGƯỜI");
	sheet_state(&f.sheet, &at, STYLE_STATE, "CHƯA LĨNH KỲ NÀY");
	sheet_state(&f.sheet, &at, STYLE_STOP, "ĐÚNG ĐIỂM");
	show(&f, 3);
	assert_string_equal(f.drawn,
		"[ĐÚNG NGƯỜI] [CHƯA LĨNH KỲ NÀY]\n[ĐÚNG ĐIỂM]\n\n");
}

static void the_cursor_stands_behind_what_is_typed(void **state)
{
	static struct fixture f;

	(void)state;
	begin(&f, 4, 40);
	sheet_space(&f.sheet);
	sheet_field(&f.sheet, "Số:", "12", 6, true);
	show(&f, 4);
	assert_string_equal(f.drawn, "\nSố: 12____\n\n\n");
	assert_int_equal(f.canvas.cursor_row, 1);
	assert_int_equal(f.canvas.cursor_col, 6);
	assert_true(f.canvas.cursor_shown);
}

static void the_cursor_moves_with_its_line(void **state)
{
	static struct fixture f;

	(void)state;
	begin(&f, 4, 40);
	sheet_space(&f.sheet);
	sheet_field(&f.sheet, "Số:", "12", 6, true);
	show(&f, 1);
	assert_int_equal(f.canvas.cursor_row, 0);
}

static void too_many_lines_are_cut_without_a_crash(void **state)
{
	static struct fixture f;

	(void)state;
	begin(&f, 20, 40);
	for (int i = 0; i < 2 * CANVAS_MAX_ROWS; i++)
		sheet_money(&f.sheet, RANK_MUST, "x", i);
	show(&f, 20);
	assert_non_null(strstr(f.drawn, "Còn nữa"));
}

int main(void)
{
	static const struct CMUnitTest others[] = {
		cmocka_unit_test(money_is_right_aligned_with_leaders),
		cmocka_unit_test(a_long_label_has_lines_and_the_money_is_whole),
		cmocka_unit_test(a_sign_stands_beside_its_wrapped_text),
		cmocka_unit_test(a_stop_is_one_reversed_block),
		cmocka_unit_test(states_go_to_the_next_line_whole),
		cmocka_unit_test(half_a_sentence_is_never_left),
		cmocka_unit_test(the_cursor_stands_behind_what_is_typed),
		cmocka_unit_test(the_cursor_moves_with_its_line),
		cmocka_unit_test(too_many_lines_are_cut_without_a_crash),
	};
	struct CMUnitTest tests[COUNT_OF(fit_rows)];
	size_t n = 0;
	int failed;

	UNIT_ADD_ROWS(tests, &n, fit_rows, run_fit);
	failed = cmocka_run_group_tests_name("sheet fit", tests, NULL, NULL);
	return failed +
	       cmocka_run_group_tests_name("sheet", others, NULL, NULL);
}
