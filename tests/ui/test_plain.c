/* What is left of a screen on a terminal that has ASCII only. */
#include "support/unit.h"

#include <stdio.h>

#include "core/utf8.h"
#include "terminal/ui/plain.h"

struct row {
	const char *name;
	const char *text;
	const char *plain;
};

static struct row rows[] = {
	{"letters lose their marks", "NGUYỄN THỊ ĐẸP", "NGUYEN THI DEP"},
	{"small letters too", "trợ giúp đặc biệt, ữ ỹ ở ẳ",
		"tro giup dac biet, u y o a"},
	{"signs", "● ▲ ■", "* ! #"},
	{"figures and rules", "██ ──", "## --"},
	{"money", "500.000 ₫", "500.000 d"},
	{"arrows", "←↑→↓", "<^>v"},
	{"what is not known", "作\x01", "??"},
};

static void run_row(void **state)
{
	const struct row *row = *state;
	const char *text = row->text;
	char out[128];
	size_t n = 0;

	while (*text)
		out[n++] = plain_char(utf8_next(&text));
	out[n] = '\0';
	assert_string_equal(out, row->plain);
}

static void the_font_has_all_134_letters(void **state)
{
	int letters = 0;

	(void)state;
	for (uint32_t ch = 0x80; ch < 0x2000; ch++)
		if (plain_in_font(ch) && ch != 0xb7) {
			const char plain = plain_char(ch);

			letters++;
			assert_true((plain >= 'A' && plain <= 'Z') ||
				    (plain >= 'a' && plain <= 'z'));
		}
	assert_int_equal(letters, 134);
}

static void controls_are_in_no_font(void **state)
{
	(void)state;
	for (uint32_t ch = 0; ch < 0x20; ch++)
		assert_false(plain_in_font(ch));
	for (uint32_t ch = 0x7f; ch < 0xa0; ch++)
		assert_false(plain_in_font(ch));
}

int main(void)
{
	static const struct CMUnitTest others[] = {
		cmocka_unit_test(the_font_has_all_134_letters),
		cmocka_unit_test(controls_are_in_no_font),
	};
	struct CMUnitTest tests[COUNT_OF(rows)];
	int failed;

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		tests[i] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = &rows[i]};
	failed = cmocka_run_group_tests_name("plain", tests, NULL, NULL);
	return failed +
	       cmocka_run_group_tests_name("plain font", others, NULL, NULL);
}
