/* Text from outside comes out safe, or not at all. */
#include "support/unit.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "core/utf8.h"

struct row {
	const char *name;
	const char *in;
	enum text_verdict verdict;
	const char *out; /* NULL: as it came in */
	size_t len;      /* 0: strlen(in) */
};

static struct row rows[] = {
	{"a name", "Nguyễn Thị Thử", TEXT_OK, NULL, 0},
	{"ASCII", "Lot 12/3-A, ~!", TEXT_OK, NULL, 0},
	{"nothing", "", TEXT_OK, NULL, 0},
	{"one letter", "Y", TEXT_OK, NULL, 0},
	{"every quality and tone", "ăắằẳẵặ âấầẩẫậ đ êếềểễệ ôốồổỗộ ơớờởỡợ",
		TEXT_OK, NULL, 0},
	{"money, dashes and quotes", "540.000 ₫ – “Bưu điện”…", TEXT_OK, NULL,
		0},
	{"Chinese", "阮文安", TEXT_OK, NULL, 0},
	{"Hangul", "한국", TEXT_OK, NULL, 0},
	{"an emoji", "😀", TEXT_OK, NULL, 0},
	{"the replacement character", "Nguy\ufffdn", TEXT_OK, NULL, 0},
	{"a mark that has no letter of its own", "m\u0302", TEXT_OK, NULL, 0},

	{"blanks around", "  a b ", TEXT_CHANGED, "a b", 0},
	{"blanks doubled", "a   b", TEXT_CHANGED, "a b", 0},
	{"only blanks", " \t \u00a0", TEXT_CHANGED, "", 0},
	{"a tab", "a\tb", TEXT_CHANGED, "a b", 0},
	{"a no-break space", "a\u00a0b", TEXT_CHANGED, "a b", 0},
	{"blanks of typesetters", "a\u2003\u2009b\u3000", TEXT_CHANGED, "a b",
		0},
	{"blanks and marks", " Thị  Bé ", TEXT_CHANGED, "Thị Bé", 0},

	{"T43 NFD becomes NFC", "Nguye\u0302\u0303n", TEXT_CHANGED, "Nguyễn",
		0},
	{"T43 half composed becomes NFC", "Nguy\u00ea\u0303n", TEXT_CHANGED,
		"Nguyễn", 0},
	{"T43 dot before hat becomes NFC", "Me\u0323\u0302", TEXT_CHANGED, "Mệ",
		0},
	{"T43 dot behind hat becomes NFC", "Me\u0302\u0323", TEXT_CHANGED, "Mệ",
		0},
	{"T43 horn and tone", "U\u031bo\u031b\u0301c", TEXT_CHANGED, "Ước", 0},
	{"T43 NFD and blanks", " a\u0300  b", TEXT_CHANGED, "à b", 0},
	{"an old tone mark becomes the new", "e\u0341", TEXT_CHANGED, "é", 0},
	{"Ångström is a letter", "\u212b", TEXT_CHANGED, "\u00c5", 0},
	{"an en quad is a blank", "a\u2000b", TEXT_CHANGED, "a b", 0},

	{"T41 ESC", "a\033[2Jb", TEXT_CONTROL, "", 0},
	{"T41 ESC alone", "\033", TEXT_CONTROL, "", 0},
	{"T41 CSI as C1",
		"a\xc2\x9b"
		"2J",
		TEXT_CONTROL, "", 0},
	{"T41 OSC", "\033]0;title\007", TEXT_CONTROL, "", 0},
	{"T41 OSC as C1", "a\xc2\x9d", TEXT_CONTROL, "", 0},
	{"T41 NUL inside", "a\0b", TEXT_CONTROL, "", 3},
	{"T41 NUL at the end", "a\0", TEXT_CONTROL, "", 2},
	{"T41 first C1", "\xc2\x80", TEXT_CONTROL, "", 0},
	{"T41 last C1", "\xc2\x9f", TEXT_CONTROL, "", 0},
	{"T41 DEL", "a\x7f", TEXT_CONTROL, "", 0},
	{"T51 a newline", "a\nb", TEXT_CONTROL, "", 0},
	{"T51 a newline at the end", "a\n", TEXT_CONTROL, "", 0},
	{"T51 a return", "a\r", TEXT_CONTROL, "", 0},
	{"T51 printer commands", "\x1d\x56\x01", TEXT_CONTROL, "", 0},
	{"a form feed", "a\f", TEXT_CONTROL, "", 0},
	{"line separator", "a\u2028b", TEXT_CONTROL, "", 0},
	{"paragraph separator", "a\u2029b", TEXT_CONTROL, "", 0},

	{"T42 right-to-left override", "An\u202eB", TEXT_INVISIBLE, "", 0},
	{"T42 zero-width space", "An\u200bB", TEXT_INVISIBLE, "", 0},
	{"T42 zero-width joiner", "An\u200dB", TEXT_INVISIBLE, "", 0},
	{"T42 left-to-right mark", "\u200eAn", TEXT_INVISIBLE, "", 0},
	{"T42 isolate", "\u2066An\u2069", TEXT_INVISIBLE, "", 0},
	{"T42 Arabic letter mark", "\u061cAn", TEXT_INVISIBLE, "", 0},
	{"word joiner", "A\u2060n", TEXT_INVISIBLE, "", 0},
	{"BOM inside", "A\ufeffn", TEXT_INVISIBLE, "", 0},
	{"BOM in front", "\ufeffAn", TEXT_INVISIBLE, "", 0},
	{"soft hyphen", "A\u00adn", TEXT_INVISIBLE, "", 0},
	{"grapheme joiner", "A\u034fn", TEXT_INVISIBLE, "", 0},
	{"Hangul filler", "A\u3164n", TEXT_INVISIBLE, "", 0},
	{"Braille blank", "A\u2800n", TEXT_INVISIBLE, "", 0},
	{"variation selector", "A\ufe0f", TEXT_INVISIBLE, "", 0},
	{"interlinear note", "A\ufff9n", TEXT_INVISIBLE, "", 0},
	{"tag character", "A\U000e0041", TEXT_INVISIBLE, "", 0},
	{"variation selector of another plane", "A\U000e0100", TEXT_INVISIBLE,
		"", 0},
	{"private use", "A\ue000", TEXT_INVISIBLE, "", 0},
	{"private use of the last plane", "A\U0010fffd", TEXT_INVISIBLE, "", 0},
	{"noncharacter", "A\ufdd0", TEXT_INVISIBLE, "", 0},
	{"noncharacter at the end of its plane", "A\U0001ffff", TEXT_INVISIBLE,
		"", 0},

	{"lone continuation", "a\x80", TEXT_BAD_UTF8, "", 0},
	{"Latin-1", "Nguy\xean", TEXT_BAD_UTF8, "", 0},
	{"cut in a letter", "Nguy\xe1\xbb", TEXT_BAD_UTF8, "", 0},
	{"surrogate", "a\xed\xa0\x80", TEXT_BAD_UTF8, "", 0},
	{"overlong NUL", "a\xc0\x80", TEXT_BAD_UTF8, "", 0},
	{"overlong ESC", "a\xc0\x9b", TEXT_BAD_UTF8, "", 0},
	{"beyond Unicode", "a\xf4\x90\x80\x80", TEXT_BAD_UTF8, "", 0},
};

static void run_row(void **state)
{
	const struct row *row = *state;
	const size_t len = row->len ? row->len : strlen(row->in);
	const bool good = row->verdict <= TEXT_CHANGED;
	const char *want = row->out ? row->out : row->in;
	/* On the heap and without a NUL, so that ASan sees a byte too far. */
	char *in = malloc(len ? len : 1);
	char out[128] = "left over";
	char again[128];
	struct text_report r;

	assert_non_null(in);
	memcpy(in, row->in, len);
	assert_int_equal(text_clean(in, len, out, sizeof(out), &r), good);
	free(in);
	assert_int_equal(r.verdict, row->verdict);
	assert_string_equal(out, want);
	assert_int_equal(r.composed || r.trimmed, row->verdict == TEXT_CHANGED);
	/* What is clean stays so. */
	assert_true(text_clean(out, strlen(out), again, sizeof(again), &r));
	assert_int_equal(r.verdict, TEXT_OK);
	assert_string_equal(again, out);
	/* It fits exactly, and not into one byte less. */
	if (!good)
		return;
	assert_true(text_clean(row->in, len, out, strlen(want) + 1, NULL));
	assert_string_equal(out, want);
	assert_false(text_clean(row->in, len, out, strlen(want), &r));
	assert_int_equal(r.verdict, TEXT_TOO_LONG);
}

static void the_report_tells_what_changed(void **state)
{
	struct text_report r;
	char out[32];

	(void)state;
	assert_true(text_clean("a\u0300", 3, out, sizeof(out), &r));
	assert_true(r.composed && !r.trimmed);
	assert_true(text_clean(" \u00e0", 3, out, sizeof(out), &r));
	assert_true(!r.composed && r.trimmed);
	assert_true(text_clean(" a\u0300", 4, out, sizeof(out), &r));
	assert_true(r.composed && r.trimmed);
	assert_true(text_clean("\t", 1, out, sizeof(out), &r));
	assert_true(r.trimmed);
}

static void no_room_at_all(void **state)
{
	struct text_report r;
	char out[1] = {'#'};

	(void)state;
	assert_false(text_clean("", 0, out, 0, &r));
	assert_int_equal(r.verdict, TEXT_TOO_LONG);
	assert_int_equal(out[0], '#');
	assert_true(text_clean(NULL, 0, out, 1, &r));
	assert_string_equal(out, "");
}

/* Longer than what is done without asking for memory. */
static void long_texts(void **state)
{
	enum {
		PAIRS = 3000
	};
	static char in[PAIRS * 5 + 1];
	static char out[PAIRS * 3 + 1];
	struct text_report r;

	(void)state;
	for (int i = 0; i < PAIRS; i++)
		memcpy(in + 5 * i, "e\u0302\u0303", 6);
	assert_true(text_clean(in, PAIRS * 5, out, sizeof(out), &r));
	assert_true(r.composed);
	assert_int_equal(strlen(out), PAIRS * 3);
	assert_memory_equal(out + PAIRS * 3 - 3, "ễ", 3);
	assert_false(text_clean(in, PAIRS * 5, out, sizeof(out) - 1, &r));
	assert_int_equal(r.verdict, TEXT_TOO_LONG);
	assert_false(text_clean(in, PAIRS * 5, out, 100, &r));
	assert_int_equal(r.verdict, TEXT_TOO_LONG);
	memset(in, ' ', sizeof(in));
	in[PAIRS] = 'x';
	assert_true(text_clean(in, sizeof(in), out, 2, &r));
	assert_string_equal(out, "x");
}

/* No code point slips through: each is kept, a blank, or refused. */
static void every_code_point_has_a_verdict(void **state)
{
	size_t refused = 0;

	(void)state;
	for (uint32_t ch = 0; ch <= 0x10ffff; ch++) {
		char in[UTF8_MAX_BYTES + 2] = "a";
		char out[64];
		char again[64];
		struct text_report r;
		size_t len;

		if (ch == 0xd800)
			ch = 0xe000;
		len = 1 + utf8_encode(ch, in + 1);
		if (!text_clean(in, len, out, sizeof(out), &r)) {
			refused++;
			continue;
		}
		if (!text_clean(out, strlen(out), again, sizeof(again), &r) ||
			r.verdict != TEXT_OK)
			fail_msg("U+%04X is not clean when cleaned", ch);
	}
	/* 64 controls without the tab, and two private planes with tags. */
	assert_true(refused > 64 + 3 * 65536);
}

static void normal_forms(void **state)
{
	char out[16];

	(void)state;
	assert_true(text_nfc("e\u0302\u0303", out, sizeof(out)));
	assert_string_equal(out, "ễ");
	assert_true(text_nfd("ễ", out, sizeof(out)));
	assert_string_equal(out, "e\u0302\u0303");
	assert_true(text_nfd("đ", out, sizeof(out)));
	assert_string_equal(out, "đ");
	assert_true(text_nfc("", out, 1));
	assert_string_equal(out, "");
	assert_true(text_nfd("ễ", out, 6));
	assert_false(text_nfd("ễ", out, 5));
	assert_string_equal(out, "");
	assert_true(text_nfc("ễ", out, 4));
	assert_false(text_nfc("ễ", out, 3));
	assert_false(text_nfc("", out, 0));
	assert_false(text_nfd("ễễễễễễễễễễễễễ", out, sizeof(out)));
}

int main(void)
{
	struct CMUnitTest tests[5 + COUNT_OF(rows)] = {
		cmocka_unit_test(the_report_tells_what_changed),
		cmocka_unit_test(no_room_at_all),
		cmocka_unit_test(long_texts),
		cmocka_unit_test(every_code_point_has_a_verdict),
		cmocka_unit_test(normal_forms),
	};
	size_t n = 5;

	UNIT_ADD_ROWS(tests, &n, rows, run_row);
	return _cmocka_run_group_tests("text", tests, n, NULL, NULL);
}
