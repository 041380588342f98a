/* Nothing is written past the end, and what is missing is told. */
#include "support/unit.h"

#include <stdbool.h>
#include <string.h>

#include "core/buf.h"

static void puts_are_all_or_nothing(void **state)
{
	uint8_t data[6];
	struct buf b;

	(void)state;
	memset(data, 0xaa, sizeof(data));
	buf_init(&b, data, 5);
	assert_true(buf_put(&b, "abc", 3));
	assert_false(buf_put(&b, "def", 3));
	assert_true(b.full);
	assert_int_equal(b.len, 3);
	assert_int_equal(data[3], 0xaa);
	assert_true(buf_put(&b, "de", 2));
	assert_false(buf_byte(&b, 'f'));
	assert_memory_equal(data, "abcde\xaa", 6);
	buf_clear(&b);
	assert_false(b.full);
	assert_int_equal(b.len, 0);
}

static void an_empty_one_takes_nothing(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, NULL, 0);
	assert_true(buf_put(&b, NULL, 0));
	assert_false(b.full);
	assert_false(buf_printf(&b, "%s", ""));
	assert_false(buf_byte(&b, 0));
	assert_true(b.full);
	assert_int_equal(b.len, 0);
}

static void numbers_are_big_endian(void **state)
{
	uint8_t data[16];
	struct buf b;

	(void)state;
	buf_init(&b, data, sizeof(data));
	assert_true(buf_be(&b, 0x0102030405060708, 8));
	assert_true(buf_be(&b, 0x1122334455667788, 3));
	assert_true(buf_be(&b, 0xff01, 1));
	assert_memory_equal(data, "\1\2\3\4\5\6\7\x8\x66\x77\x88\1", 12);
	assert_int_equal(b.len, 12);
	assert_false(buf_be(&b, 1, 5));
	assert_int_equal(b.len, 12);
}

static void printf_is_all_or_nothing(void **state)
{
	char data[9] = "........";
	struct buf b;

	(void)state;
	buf_init(&b, data, 8);
	assert_true(buf_printf(&b, "%d", 1234));
	assert_false(buf_printf(&b, "%s", "5678"));
	assert_true(b.full);
	assert_string_equal(buf_text(&b), "1234");
	assert_true(buf_printf(&b, "%s", "567"));
	assert_string_equal(buf_text(&b), "1234567");
	assert_int_equal(data[8], '\0');
	assert_int_equal(b.len, 7);
}

static void text_makes_room_for_its_nul(void **state)
{
	char data[4];
	struct buf b;

	(void)state;
	buf_init(&b, data, sizeof(data));
	assert_string_equal(buf_text(&b), "");
	assert_false(b.full);
	buf_put(&b, "abcd", 4);
	assert_false(b.full);
	assert_string_equal(buf_text(&b), "abc");
	assert_true(b.full);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(puts_are_all_or_nothing),
		cmocka_unit_test(an_empty_one_takes_nothing),
		cmocka_unit_test(numbers_are_big_endian),
		cmocka_unit_test(printf_is_all_or_nothing),
		cmocka_unit_test(text_makes_room_for_its_nul),
	};

	return cmocka_run_group_tests_name("buf", tests, NULL, NULL);
}
