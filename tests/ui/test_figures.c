/* Big figures, drawn and compared as text. */
#include "support/unit.h"

#include "terminal/ui/figures.h"

struct row {
	const char *name;
	int64_t amount;
	const char *drawn; /* '#' stands for a full block */
};

static struct row rows[] = {
	{"nothing", 0, "###\n# #\n# #\n# #\n###\n"},
	{"a million, dots between the groups", 1000000,
		" #    ### ### ###   ### ### ###\n"
		"##    # # # # # #   # # # # # #\n"
		" #    # # # # # #   # # # # # #\n"
		" #    # # # # # #   # # # # # #\n"
		"### # ### ### ### # ### ### ###\n"},
	{"one to five", 12345,
		" #  ###   ### # # ###\n"
		"##    #     # # # #\n"
		" #  ###   ### ### ###\n"
		" #  #       #   #   #\n"
		"### ### # ###   # ###\n"},
	{"six to nine", 6789,
		"###   ### ### ###\n"
		"#       # # # # #\n"
		"###     # ### ###\n"
		"# #     # # #   #\n"
		"### #   # ### ###\n"},
	{"a negative amount", -5,
		"    ###\n"
		"    #\n"
		"### ###\n"
		"      #\n"
		"    ###\n"},
};

static void blocks_to_hashes(const char *in, char *out, size_t size)
{
	size_t n = 0;

	while (*in && n + 1 < size) {
		if (strncmp(in, "█", 3) == 0) {
			out[n++] = '#';
			in += 3;
		} else {
			out[n++] = *in++;
		}
	}
	out[n] = '\0';
}

static void run_row(void **state)
{
	static struct canvas c;
	const struct row *row = *state;
	char drawn[1024];
	char text[1024];

	canvas_clear(&c, FIGURES_ROWS, figures_columns(row->amount));
	figures_draw(&c, 0, 0, STYLE_FIGURE, row->amount);
	canvas_dump(&c, drawn, sizeof(drawn));
	blocks_to_hashes(drawn, text, sizeof(text));
	assert_string_equal(text, row->drawn);
}

static void the_width_told_is_the_width_drawn(void **state)
{
	static struct canvas c;
	static const int64_t amounts[] = {0, 7, 88, 999, 1000, 88888888,
		INT64_C(999999999999999)};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(amounts); i++) {
		const int cols = figures_columns(amounts[i]);
		bool used = false;

		canvas_clear(&c, FIGURES_ROWS, 120);
		figures_draw(&c, 0, 0, STYLE_FIGURE, amounts[i]);
		for (int r = 0; r < FIGURES_ROWS; r++) {
			used |= c.cell[r][cols - 1].ch != ' ';
			assert_int_equal(c.cell[r][cols].ch, ' ');
		}
		assert_true(used);
	}
}

int main(void)
{
	static const struct CMUnitTest others[] = {
		cmocka_unit_test(the_width_told_is_the_width_drawn),
	};
	struct CMUnitTest tests[COUNT_OF(rows)];
	int failed;

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		tests[i] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = &rows[i]};
	failed = cmocka_run_group_tests_name("figures", tests, NULL, NULL);
	return failed +
	       cmocka_run_group_tests_name("figures width", others, NULL, NULL);
}
