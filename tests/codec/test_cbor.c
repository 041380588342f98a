/* The subset of CBOR that the journal is written in: strict both ways. */
#include "support/unit.h"

#include <string.h>

#include "core/codec/cbor.h"
#include "core/str.h"
#include "support/vectors.h"

/* RFC 8949, appendix A, and the edges of each head. */
static const struct number_row {
	int64_t value;
	const char *hex;
} numbers[] = {
	{0, "00"},
	{23, "17"},
	{24, "1818"},
	{100, "1864"},
	{255, "18ff"},
	{256, "190100"},
	{1000, "1903e8"},
	{65535, "19ffff"},
	{65536, "1a00010000"},
	{1000000, "1a000f4240"},
	{INT64_C(4294967295), "1affffffff"},
	{INT64_C(4294967296), "1b0000000100000000"},
	{INT64_C(1000000000000), "1b000000e8d4a51000"},
	{INT64_MAX, "1b7fffffffffffffff"},
	{-1, "20"},
	{-10, "29"},
	{-100, "3863"},
	{-1000, "3903e7"},
	{INT64_MIN, "3b7fffffffffffffff"},
};

static void numbers_take_their_shortest_form(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(numbers); i++) {
		uint8_t bytes[16];
		char hex[33];
		struct buf b;
		struct cbor_reader r;
		struct cbor_item item;
		int64_t back;

		buf_init(&b, bytes, sizeof(bytes));
		cbor_put_int(&b, numbers[i].value);
		str_to_hex(bytes, b.len, hex);
		assert_string_equal(hex, numbers[i].hex);
		cbor_reader_init(&r, bytes, b.len);
		assert_true(cbor_next(&r, &item));
		back = (int64_t)item.number;
		if (item.type == CBOR_NINT)
			back = -1 - back;
		assert_int_equal(back, numbers[i].value);
		assert_ptr_equal(r.at, r.end);
	}
}

static const struct row {
	const char *name;
	const char *hex;
	bool good;
} rows[] = {
	{"empty map", "a0", true},
	{"one pair", "a10100", true},
	{"keys ascending", "a201000200", true},
	{"bytes", "a10142aabb", true},
	{"text", "a10163c490e1", false},
	{"text with marks", "a10165c490e1bab9", true},
	{"bool", "a101f5", true},
	{"array in array", "a101818101", true},
	{"array thrice deep", "a10181818101", false},
	{"negative value", "a10120", true},
	{"key of two bytes", "a1184000", true},
	{"nothing", "", false},
	{"no map", "01", false},
	{"array at the top", "8101", false},
	{"keys descending", "a202000100", false},
	{"key twice", "a201000100", false},
	{"key is text", "a1616100", false},
	{"key is negative", "a12000", false},
	{"bytes after the end", "a1010000", false},
	{"cut in a value", "a10142aa", false},
	{"cut in a head", "a10119aa", false},
	{"one pair too few", "a20100", false},
	{"longer head than needed, 24", "a1011817", false},
	{"longer head than needed, 25", "a1011900ff", false},
	{"longer head than needed, 26", "a1011a0000ffff", false},
	{"longer head than needed, 27", "a1011b00000000ffffffff", false},
	{"longer length than needed", "a1015802aabb", false},
	{"longer key than needed", "a1180100", false},
	{"indefinite bytes", "a1015f41aaff", false},
	{"indefinite array", "a1019f01ff", false},
	{"indefinite map", "bf0100ff", false},
	{"null", "a101f6", false},
	{"undefined", "a101f7", false},
	{"half float", "a101f93c00", false},
	{"double float", "a101fb3ff0000000000000", false},
	{"tag", "a101c11a514b67b0", false},
	{"simple value", "a101f0", false},
	{"simple value of two bytes", "a101f820", false},
	{"reserved head 28", "a1011c", false},
	{"map in the map", "a101a0", false},
	{"map in an array", "a10181a0", false},
	{"array of four billion", "a1019affffffff", false},
	{"bytes of 2^63", "a1015b8000000000000000", false},
	{"text with escape", "a101621b5b", false},
	{"text that is not UTF-8", "a10161ff", false},
	{"text in NFD", "a1016365cc81", false},
	{"text with a bidi mark", "a10163e280ae", false},
};

static void only_the_canonical_is_taken(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		uint8_t bytes[64];
		size_t len;

		assert_true(str_from_hex(rows[i].hex, bytes, sizeof(bytes),
			&len));
		if (cbor_is_canonical(bytes, len) != rows[i].good)
			fail_msg("%s: %s", rows[i].name, rows[i].hex);
	}
}

static void more_than_4096_bytes_is_refused(void **state)
{
	static uint8_t bytes[CBOR_MAX_BYTES + 8];
	static const uint8_t fill[CBOR_MAX_BYTES];
	struct buf b;

	(void)state;
	for (size_t over = 0; over <= 1; over++) {
		buf_init(&b, bytes, sizeof(bytes));
		cbor_put_map(&b, 1);
		cbor_put_uint(&b, 1);
		cbor_put_bytes(&b, fill, CBOR_MAX_BYTES - 5 + over);
		assert_int_equal(b.len, CBOR_MAX_BYTES + over);
		assert_int_equal(cbor_is_canonical(bytes, b.len), over == 0);
	}
}

static void the_golden_bodies_are_canonical(void **state)
{
	static const char *const names[] = {"rec1", "rec2"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		uint8_t body[256];
		const size_t len = vector_bytes("journal_vectors.txt", names[i],
			body, sizeof(body));

		assert_true(cbor_is_canonical(body, len));
		for (size_t cut = 0; cut < len; cut++)
			assert_false(cbor_is_canonical(body, cut));
	}
}

static void what_does_not_fit_is_left_out_and_said(void **state)
{
	uint8_t bytes[4];
	struct buf b;

	(void)state;
	buf_init(&b, bytes, sizeof(bytes));
	cbor_put_text(&b, "abcdef");
	assert_true(b.full);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_take_their_shortest_form),
		cmocka_unit_test(only_the_canonical_is_taken),
		cmocka_unit_test(more_than_4096_bytes_is_refused),
		cmocka_unit_test(the_golden_bodies_are_canonical),
		cmocka_unit_test(what_does_not_fit_is_left_out_and_said),
	};

	return cmocka_run_group_tests_name("cbor", tests, NULL, NULL);
}
