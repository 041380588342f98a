/* The verifier's own reader of CBOR: what is canonical, and what only looks
 * like it. */
#include "support/unit.h"

#include <string.h>

#include "core/str.h"
#include "db/verify/vcbor.h"

struct row {
	const char *name;
	const char *hex;
	enum vcbor_verdict want;
};

static struct row rows[] = {
	{"an empty map is a body", "a0", VCBOR_GOOD},
	{"a number under a number", "a10101", VCBOR_GOOD},
	{"every type that is allowed", "a7010102200341000461610580 06f407f5",
		VCBOR_GOOD},
	{"an array in an array", "a101818101", VCBOR_GOOD},
	{"an array deeper than three levels", "a10181818101", VCBOR_TOO_DEEP},
	{"a map within the map", "a101a0", VCBOR_NOT_CANONICAL},
	{"keys that fall", "a202010101", VCBOR_NOT_CANONICAL},
	{"a key twice", "a201010101", VCBOR_NOT_CANONICAL},
	{"a key that is no number", "a1616101", VCBOR_NOT_CANONICAL},
	{"a key below zero", "a12001", VCBOR_NOT_CANONICAL},
	{"23 in two bytes", "a1011817", VCBOR_NOT_CANONICAL},
	{"24 in two bytes", "a1011818", VCBOR_GOOD},
	{"255 in three bytes", "a1011900ff", VCBOR_NOT_CANONICAL},
	{"65535 in five bytes", "a1011a0000ffff", VCBOR_NOT_CANONICAL},
	{"2^32-1 in nine bytes", "a1011b00000000ffffffff", VCBOR_NOT_CANONICAL},
	{"2^32 in nine bytes", "a1011b0000000100000000", VCBOR_GOOD},
	{"a length in two bytes that fits into one", "a101580100",
		VCBOR_NOT_CANONICAL},
	{"a map of indefinite length", "bf0101ff", VCBOR_NOT_CANONICAL},
	{"bytes of indefinite length", "a1015f4100ff", VCBOR_NOT_CANONICAL},
	{"a tag", "a101c001", VCBOR_NOT_CANONICAL},
	{"null", "a101f6", VCBOR_NOT_CANONICAL},
	{"a float", "a101f93c00", VCBOR_NOT_CANONICAL},
	{"a simple value in two bytes", "a101f8f5", VCBOR_NOT_CANONICAL},
	{"bytes cut off", "a1014201", VCBOR_NOT_CANONICAL},
	{"a length beyond all", "a1015bffffffffffffffff", VCBOR_NOT_CANONICAL},
	{"an array of more than there is", "a1019affffffff",
		VCBOR_NOT_CANONICAL},
	{"a map of more than there is", "bbffffffffffffffff01",
		VCBOR_NOT_CANONICAL},
	{"bytes behind the map", "a1010100", VCBOR_NOT_CANONICAL},
	{"nothing at all", "", VCBOR_NOT_CANONICAL},
	{"an array in place of the map", "80", VCBOR_NOT_CANONICAL},
	{"a text in NFC", "a10163e1bb87", VCBOR_GOOD},
	{"a text in NFD", "a10163 65cca3", VCBOR_NOT_CANONICAL},
	{"a text that is no UTF-8", "a10161ff", VCBOR_NOT_CANONICAL},
	{"a text with a control character", "a101611b", VCBOR_NOT_CANONICAL},
	{"a text with a zero-width character", "a10163e2808b",
		VCBOR_NOT_CANONICAL},
};

/* Hex, with blanks between the parts for the eye. */
static size_t bytes_of(const char *hex, uint8_t *out, size_t size)
{
	char packed[256];
	size_t n = 0;
	size_t len = 0;

	for (; *hex; hex++)
		if (*hex != ' ')
			packed[n++] = *hex;
	packed[n] = '\0';
	if (n > 0)
		assert_true(str_from_hex(packed, out, size, &len));
	return len;
}

static void check_row(void **state)
{
	const struct row *row = *state;
	uint8_t bytes[128];
	const size_t len = bytes_of(row->hex, bytes, sizeof(bytes));

	assert_int_equal(vcbor_check_body(bytes, len), row->want);
}

static void test_every_cut_of_a_good_body_is_refused(void **state)
{
	static const uint8_t good[] = {0xa2, 0x01, 0x82, 0x19, 0x01, 0x00, 0x41,
		0x05, 0x18, 0x40, 0x62, 'a', 'b'};

	(void)state;
	assert_int_equal(vcbor_check_body(good, sizeof(good)), VCBOR_GOOD);
	for (size_t n = 0; n < sizeof(good); n++)
		assert_int_not_equal(vcbor_check_body(good, n), VCBOR_GOOD);
}

static void test_numbers_beyond_int64_are_no_integers(void **state)
{
	static const uint8_t least[] = {0x3b, 0x7f, 0xff, 0xff, 0xff, 0xff,
		0xff, 0xff, 0xff};
	static const uint8_t less[] = {0x3b, 0x80, 0, 0, 0, 0, 0, 0, 0};
	struct vcbor in;
	int64_t v;

	(void)state;
	vcbor_init(&in, least, sizeof(least));
	assert_true(vcbor_int(&in, &v));
	assert_true(v == INT64_MIN);
	vcbor_init(&in, less, sizeof(less));
	assert_false(vcbor_int(&in, &v));
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + 2] = {
		cmocka_unit_test(test_every_cut_of_a_good_body_is_refused),
		cmocka_unit_test(test_numbers_beyond_int64_are_no_integers),
	};
	size_t n = 2;

	UNIT_ADD_ROWS(tests, &n, rows, check_row);
	return cmocka_run_group_tests_name("vcbor", tests, NULL, NULL);
}
