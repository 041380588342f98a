/* Themes: nothing is told by colour alone, and never red against green. */
#include "support/unit.h"

#include "terminal/ui/theme.h"

struct choice {
	const char *name;
	const char *theme;
	const char *no_color;
	int colours;
	enum theme want;
};

static struct choice choices[] = {
	{"a vt100 has no colours", NULL, NULL, 0, THEME_MONO},
	{"curses says -1 for none", NULL, NULL, -1, THEME_MONO},
	{"the linux console has eight", NULL, NULL, 8, THEME_8},
	{"sixteen are used as eight", NULL, NULL, 16, THEME_8},
	{"xterm-256color", NULL, NULL, 256, THEME_256},
	{"auto is as nothing", "auto", NULL, 256, THEME_256},
	{"an unknown name is as nothing", "pink", NULL, 8, THEME_8},
	{"the settings may ask for less", "mono", NULL, 256, THEME_MONO},
	{"eight of 256", "8", NULL, 256, THEME_8},
	{"but not for more than there is", "256", NULL, 8, THEME_8},
	{"nor for any where there is none", "256", NULL, 0, THEME_MONO},
	{"high contrast needs no colours", "contrast", NULL, 0, THEME_CONTRAST},
	{"NO_COLOR wins over the terminal", NULL, "1", 256, THEME_MONO},
	{"NO_COLOR wins over the settings", "256", "1", 256, THEME_MONO},
	{"NO_COLOR keeps high contrast", "contrast", "1", 256, THEME_CONTRAST},
	{"an empty NO_COLOR does not count", NULL, "", 256, THEME_256},
};

static void run_choice(void **state)
{
	const struct choice *row = *state;

	assert_int_equal(theme_choose(row->theme, row->no_color, row->colours),
		row->want);
}

static bool same_shape(struct look a, struct look b)
{
	return a.bold == b.bold && a.dim == b.dim && a.reverse == b.reverse &&
	       a.underline == b.underline;
}

static void what_stops_is_reversed_in_every_theme(void **state)
{
	(void)state;
	for (int t = 0; t < THEME_COUNT; t++) {
		const struct look stop = theme_look((enum theme)t, STYLE_STOP);
		const struct look go = theme_look((enum theme)t, STYLE_STATE);

		assert_true(stop.reverse);
		assert_false(go.reverse);
		assert_true(theme_look((enum theme)t, STYLE_DIFFERS).reverse);
	}
}

static void fields_stand_out_without_colour(void **state)
{
	(void)state;
	for (int t = 0; t < THEME_COUNT; t++)
		assert_false(same_shape(theme_look((enum theme)t, STYLE_FIELD),
			theme_look((enum theme)t, STYLE_NORMAL)));
}

static void no_red_and_no_green_anywhere(void **state)
{
	static const int unwanted[] = {1, 2, 9, 10};

	(void)state;
	for (int t = 0; t < THEME_COUNT; t++)
		for (int s = 0; s < STYLE_COUNT; s++)
			for (size_t i = 0; i < COUNT_OF(unwanted); i++)
				assert_int_not_equal(theme_look((enum theme)t,
							     (enum style)s)
							     .colour,
					unwanted[i]);
}

static void mono_and_contrast_have_no_colour(void **state)
{
	(void)state;
	for (int s = 0; s < STYLE_COUNT; s++) {
		assert_int_equal(theme_look(THEME_MONO, (enum style)s).colour,
			-1);
		assert_int_equal(theme_look(THEME_CONTRAST, (enum style)s)
					 .colour,
			-1);
		assert_false(theme_look(THEME_CONTRAST, (enum style)s).dim);
	}
}

/* A Linux console makes the dark letters of it lighter: grey on grey. */
static void nothing_is_bold_and_reversed(void **state)
{
	(void)state;
	for (int t = 0; t < THEME_COUNT; t++)
		for (int i = 0; i < STYLE_COUNT; i++) {
			const struct look look =
				theme_look((enum theme)t, (enum style)i);

			assert_false(look.bold && look.reverse);
		}
}

static void a_theme_of_eight_uses_eight(void **state)
{
	(void)state;
	for (int s = 0; s < STYLE_COUNT; s++)
		assert_true(theme_look(THEME_8, (enum style)s).colour < 8);
}

int main(void)
{
	static const struct CMUnitTest others[] = {
		cmocka_unit_test(what_stops_is_reversed_in_every_theme),
		cmocka_unit_test(nothing_is_bold_and_reversed),
		cmocka_unit_test(fields_stand_out_without_colour),
		cmocka_unit_test(no_red_and_no_green_anywhere),
		cmocka_unit_test(mono_and_contrast_have_no_colour),
		cmocka_unit_test(a_theme_of_eight_uses_eight),
	};
	struct CMUnitTest tests[COUNT_OF(choices)];
	int failed;

	for (size_t i = 0; i < COUNT_OF(choices); i++)
		tests[i] = (struct CMUnitTest){.name = choices[i].name,
			.test_func = run_choice,
			.initial_state = &choices[i]};
	failed = cmocka_run_group_tests_name("theme choice", tests, NULL, NULL);
	return failed +
	       cmocka_run_group_tests_name("theme", others, NULL, NULL);
}
