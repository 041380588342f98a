/* Lines that fit, broken between words. */
#include "support/unit.h"

#include <stdio.h>

#include "core/utf8.h"
#include "terminal/ui/wrap.h"

struct row {
	const char *name;
	const char *text;
	int cols;
	const char *lines; /* each ended by '/' */
};

static struct row rows[] = {
	{"nothing is no line", "", 10, ""},
	{"it fits", "chi tiền", 8, "chi tiền/"},
	{"broken between words", "mời mở tài khoản", 10, "mời mở tài/khoản/"},
	{"a blank at the break goes", "ab cd", 2, "ab/cd/"},
	{"several blanks at the break go", "ab   cd", 3, "ab /cd/"},
	{"a long word is broken", "abcdefgh ij", 3, "abc/def/gh/ij/"},
	{"a no-break space holds words together",
		"kỳ\xc2\xa0"
		"12 chi",
		6, "kỳ 12/chi/"},
	{"it does so at the break",
		"xx kỳ\xc2\xa0"
		"12",
		6, "xx/kỳ 12/"},
	{"a newline ends a line", "a\nbc\n\nd", 9, "a/bc//d/"},
	{"one column", "abc", 1, "a/b/c/"},
	{"no column is one", "ab", 0, "a/b/"},
	{"a wide character is taken even so", "\xe4\xbd\x9cx", 1,
		"\xe4\xbd\x9c/x/"},
};

static void run_row(void **state)
{
	const struct row *row = *state;
	const char *text = row->text;
	char all[256] = "";
	size_t n = 0;
	int lines = 0;

	while (*text) {
		char line[64];

		text = wrap_next(text, row->cols, line, sizeof(line));
		n += (size_t)snprintf(all + n, sizeof(all) - n, "%s/", line);
		lines++;
		assert_true(lines < 50);
	}
	assert_string_equal(all, row->lines);
	assert_int_equal(wrap_lines(row->text, row->cols), lines);
}

static void a_small_buffer_cuts_but_goes_on(void **state)
{
	const char *text = "đđđđđđđđ next";
	char line[8];

	(void)state;
	text = wrap_next(text, 20, line, sizeof(line));
	assert_string_equal(text, "");
	assert_true(utf8_valid(line, strlen(line)));
}

int main(void)
{
	static const struct CMUnitTest others[] = {
		cmocka_unit_test(a_small_buffer_cuts_but_goes_on),
	};
	struct CMUnitTest tests[COUNT_OF(rows)];
	int failed;

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		tests[i] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = &rows[i]};
	failed = cmocka_run_group_tests_name("wrap", tests, NULL, NULL);
	return failed +
	       cmocka_run_group_tests_name("wrap buffer", others, NULL, NULL);
}
