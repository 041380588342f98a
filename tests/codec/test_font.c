/* The font has what our texts need, and its dots can be read back. */
#include "support/unit.h"

#include <string.h>

#include "core/codec/font.h"
#include "core/utf8.h"

struct row {
	const char *name;
	const char *letters;
};

static struct row rows[] = {
	{"has ASCII", "AZaz09 !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"},
	{"has the letters with a and ă",
		"aàảãáạăằẳẵắặâầẩẫấậAÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬ"},
	{"has the letters with e and ê", "eèẻẽéẹêềểễếệEÈẺẼÉẸÊỀỂỄẾỆ"},
	{"has the letters with i and y", "iìỉĩíịyỳỷỹýỵIÌỈĨÍỊYỲỶỸÝỴ"},
	{"has the letters with o, ô and ơ",
		"oòỏõóọôồổỗốộơờởỡớợOÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢ"},
	{"has the letters with u and ư", "uùủũúụưừửữứựUÙỦŨÚỤƯỪỬỮỨỰ"},
	{"has đ", "đĐ"},
	{"has the marks of receipts", "₫–‘’“”•…×°←→│─█░"},
};

static int count_ink(const uint8_t *bits)
{
	int ink = 0;

	for (int i = 0; i < FONT_BYTES; i++)
		for (int b = 0; b < 8; b++)
			ink += bits[i] >> b & 1;
	return ink;
}

static void every_letter_is_there_and_comes_back(void **state)
{
	const struct row *row = *state;
	const char *at = row->letters;

	for (uint32_t ch = utf8_next(&at); ch; ch = utf8_next(&at)) {
		const uint8_t *bits = font_glyph(ch);
		uint8_t bold[FONT_BYTES];

		assert_true(font_has(ch));
		assert_true(ch == ' ' || count_ink(bits) > 0);
		assert_int_equal(font_find(bits), ch);
		font_embolden(bits, bold);
		assert_int_equal(font_find_bold(bold), ch);
	}
}

static void the_table_is_sorted_and_stays_in_the_cell(void **state)
{
	(void)state;
	assert_true(font_rows_count >= 320);
	for (size_t i = 0; i < font_rows_count; i++) {
		if (i > 0)
			assert_true(font_rows[i - 1].ch < font_rows[i].ch);
		for (int y = 0; y < FONT_HEIGHT; y++)
			assert_int_equal(font_rows[i].bits[2 * y + 1] & 0x0f,
				0);
	}
}

static void all_but_look_alikes_are_told_apart(void **state)
{
	size_t alike = 0;

	(void)state;
	for (size_t i = 0; i < font_rows_count; i++) {
		const uint32_t found = font_find(font_rows[i].bits);

		assert_true(found != 0);
		if (found != font_rows[i].ch)
			alike++;
	}
	assert_int_equal(alike, font_rows_count - font_shapes_count);
	assert_int_equal(font_find(font_glyph(0xa0)), ' ');
	assert_int_equal(font_find(font_glyph(0xd0)), 0x110);
	assert_int_equal(font_find(font_glyph(0xad)), '-');
	assert_int_equal(font_find(font_glyph(0x2014)), '-');
}

static void what_is_missing_prints_as_a_question_mark(void **state)
{
	(void)state;
	assert_false(font_has(0x4e2d));
	assert_false(font_has(0x1f600));
	assert_false(font_has(0x301));
	assert_ptr_equal(font_glyph(0x4e2d), font_glyph('?'));
	assert_ptr_equal(font_glyph(0), font_glyph('?'));
}

static void dots_of_no_letter_are_none(void **state)
{
	uint8_t bits[FONT_BYTES];

	(void)state;
	memset(bits, 0xaa, sizeof(bits));
	assert_int_equal(font_find(bits), 0);
	assert_int_equal(font_find_bold(bits), 0);
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + 4] = {
		cmocka_unit_test(the_table_is_sorted_and_stays_in_the_cell),
		cmocka_unit_test(all_but_look_alikes_are_told_apart),
		cmocka_unit_test(what_is_missing_prints_as_a_question_mark),
		cmocka_unit_test(dots_of_no_letter_are_none),
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		tests[4 + i] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = every_letter_is_there_and_comes_back,
			.initial_state = &rows[i]};
	return cmocka_run_group_tests_name("font", tests, NULL, NULL);
}
