/*
 * Every Vietnamese letter in the printers' pages, there and back. TCVN-3 was
 * compared with npm @point-of-sale/codepage-encoder 3.0 once, and is with
 * glibc's TCVN5712-1 here, CP1258 with glibc's.
 */
#include "support/unit.h"

#include <iconv.h>
#include <string.h>

#include "core/codec/codepage.h"
#include "core/utf8.h"

static const char small[] = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmn"
			    "oòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ";
static const char capitals[] = "AÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬBCDĐEÈẺẼÉẸÊỀỂỄẾỆGHIÌỈĨÍỊKLMN"
			       "OÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢPQRSTUÙỦŨÚỤƯỪỬỮỨỰVXYỲỶỸÝỴ";

static uint32_t there_and_back(enum codepage page, uint32_t ch)
{
	uint8_t bytes[CODEPAGE_MAX_BYTES];
	const size_t n = codepage_encode(page, ch, bytes);

	if (n == 0)
		return 0;
	if (n == 1)
		return codepage_decode(page, bytes[0]);
	return codepage_join(codepage_decode(page, bytes[0]),
		codepage_decode(page, bytes[1]));
}

static void all_there(enum codepage page, const char *text)
{
	for (uint32_t ch = utf8_next(&text); ch; ch = utf8_next(&text))
		assert_int_equal(there_and_back(page, ch), ch);
}

static void small_letters_are_in_tcvn3(void **state)
{
	(void)state;
	all_there(CODEPAGE_TCVN3, small);
	all_there(CODEPAGE_TCVN3, " 0123456789.,:;/()-+*");
}

static void capitals_are_on_the_other_page(void **state)
{
	(void)state;
	all_there(CODEPAGE_TCVN3_CAPITALS, capitals);
	all_there(CODEPAGE_TCVN3_CAPITALS, " 0123456789.,:;/()-+*");
}

static void cp1258_has_both(void **state)
{
	(void)state;
	all_there(CODEPAGE_CP1258, small);
	all_there(CODEPAGE_CP1258, capitals);
}

/* What glibc makes of the bytes of one letter. */
static uint32_t by_iconv(const char *name, const uint8_t *bytes, size_t n)
{
	iconv_t cd = iconv_open("UTF-8", name);
	char in[4];
	char out[16] = "";
	char *from = in;
	char *to = out;
	size_t left = n;
	size_t room = sizeof(out) - 1;
	const char *text = out;

	if (cd == (iconv_t)-1)
		skip();
	memcpy(in, bytes, n);
	iconv(cd, &from, &left, &to, &room);
	iconv(cd, NULL, NULL, &to, &room);
	iconv_close(cd);
	return utf8_next(&text);
}

static void the_bytes_are_those_of_glibc(void **state)
{
	static const struct {
		enum codepage page;
		const char *name;
		const char *text;
	} cases[] = {
		{CODEPAGE_TCVN3, "TCVN5712-1", small},
		{CODEPAGE_CP1258, "CP1258", small},
		{CODEPAGE_CP1258, "CP1258", capitals},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		const char *text = cases[i].text;

		for (uint32_t ch = utf8_next(&text); ch;
			ch = utf8_next(&text)) {
			uint8_t bytes[CODEPAGE_MAX_BYTES];
			const size_t n =
				codepage_encode(cases[i].page, ch, bytes);

			assert_int_equal(by_iconv(cases[i].name, bytes, n), ch);
		}
	}
}

/* So that no name can ever be a command. */
static void no_character_becomes_a_control(void **state)
{
	(void)state;
	for (int page = CODEPAGE_TCVN3; page <= CODEPAGE_CP1258; page++)
		for (uint32_t ch = 0; ch < 0x3000; ch++) {
			uint8_t bytes[CODEPAGE_MAX_BYTES];
			const size_t n =
				codepage_encode((enum codepage)page, ch, bytes);

			for (size_t i = 0; i < n; i++)
				assert_true(bytes[i] >= ' ' &&
					    bytes[i] != 0x7f);
			if (n == 1)
				assert_int_equal(codepage_decode((enum codepage)
									 page,
							 bytes[0]),
					ch);
		}
}

static void strangers_are_absent(void **state)
{
	static const char text[] = "₫日€Ω…";
	uint8_t bytes[CODEPAGE_MAX_BYTES];
	const char *at = text;

	(void)state;
	for (uint32_t ch = utf8_next(&at); ch; ch = utf8_next(&at))
		assert_int_equal(codepage_encode(CODEPAGE_TCVN3, ch, bytes), 0);
	assert_int_equal(codepage_encode(CODEPAGE_TCVN3, 0x1ea4, bytes), 0);
	assert_int_equal(codepage_encode(CODEPAGE_TCVN3_CAPITALS, 0x1ea5,
				 bytes),
		0);
	assert_int_equal(codepage_join('b', 0x0301), 0);
	assert_int_equal(codepage_join(0xe1, 0x0301), 0);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(small_letters_are_in_tcvn3),
		cmocka_unit_test(capitals_are_on_the_other_page),
		cmocka_unit_test(cp1258_has_both),
		cmocka_unit_test(the_bytes_are_those_of_glibc),
		cmocka_unit_test(no_character_becomes_a_control),
		cmocka_unit_test(strangers_are_absent),
	};

	return cmocka_run_group_tests_name("codepage", tests, NULL, NULL);
}
