/* What is said about a scan, and about the scanner. */
#include "support/unit.h"

#include <string.h>

#include "core/tr.h"
#include "terminal/flows/scan_says.h"

#define CARD(name, sex, home) \
	"001145000112|012345678|" name "|02091945|" sex "|" home "|15042021"
#define WHOLE CARD("Nguyễn Thị Thử", "Nữ", "Thôn Mẫu, Hà Nội")
#define BARE CARD("Nguyen Thi Thu", "Nu", "Thon Mau, Ha Noi")
#define BROKEN CARD("Nguy?n Th? Th?", "N?", "Thon Mau, Ha Noi")
#define CP1252                                                 \
	CARD("Nguy\u00e1\u00bb\u2026n", "N\u00e1\u00bb\u00af", \
		"Th\u00c3\u00b4n")

struct row {
	const char *name;
	const char *bytes;
	struct scanned how;
	const char *kind; /* idcard_kind_code(), or "z_slip" */
	bool good;
	enum scan_marks marks;
	enum scan_advice advice[SCAN_SAYS_ADVICE];
	int advices;
};

#define SERIAL                                                 \
	{                                                      \
		.by = SCANNED_BY_SERIAL, .end = SCANNED_END_CR \
	}
#define KEYS                                                                \
	{                                                                   \
		.by = SCANNED_BY_KEYS, .end = SCANNED_END_ENTER, .ms = 250, \
		.pieces = 100                                               \
	}

static struct row rows[] = {
	{"a card by serial", WHOLE, SERIAL, "cccd", true, SCAN_MARKS_KEPT,
		{SCAN_ADVICE_FINE}, 1},
	{"a card by keys, every letter there", WHOLE, KEYS, "cccd", true,
		SCAN_MARKS_KEPT, {SCAN_ADVICE_FINE}, 1},
	{"a card by keys, without marks: to serial", BARE, KEYS, "cccd", true,
		SCAN_MARKS_LOST, {SCAN_ADVICE_SERIAL}, 1},
	{"a card by keys, damaged: to serial", BROKEN, KEYS, "cccd", true,
		SCAN_MARKS_DAMAGED, {SCAN_ADVICE_SERIAL}, 1},
	{"bytes taken for Western letters are put right", CP1252, KEYS, "cccd",
		true, SCAN_MARKS_REPAIRED, {SCAN_ADVICE_FINE}, 1},
	{"by serial the scanner did that itself", CP1252, SERIAL, "cccd", true,
		SCAN_MARKS_REPAIRED, {SCAN_ADVICE_UTF8}, 1},
	{"without marks by serial", BARE, SERIAL, "cccd", true, SCAN_MARKS_LOST,
		{SCAN_ADVICE_UTF8}, 1},
	{"a layout that was undone", WHOLE,
		{.by = SCANNED_BY_KEYS,
			.end = SCANNED_END_ENTER,
			.layout = true},
		"cccd", true, SCAN_MARKS_KEPT, {SCAN_ADVICE_LAYOUT}, 1},
	{"keys as slow as a person's", WHOLE,
		{.by = SCANNED_BY_KEYS,
			.end = SCANNED_END_ENTER,
			.ms = 1500,
			.pieces = 100},
		"cccd", true, SCAN_MARKS_KEPT, {SCAN_ADVICE_FASTER}, 1},
	{"no suffix", WHOLE, {.by = SCANNED_BY_SERIAL}, "cccd", true,
		SCAN_MARKS_KEPT, {SCAN_ADVICE_SUFFIX}, 1},
	{"no suffix, and damaged: the gravest first", BROKEN,
		{.by = SCANNED_BY_KEYS}, "cccd", true, SCAN_MARKS_DAMAGED,
		{SCAN_ADVICE_SERIAL, SCAN_ADVICE_SUFFIX}, 2},
	{"a picture has no suffix", WHOLE, {.by = SCANNED_BY_PICTURE}, "cccd",
		true, SCAN_MARKS_KEPT, {SCAN_ADVICE_FINE}, 1},
	{"HID-POS says itself that it is whole", WHOLE,
		{.by = SCANNED_BY_REPORTS, .end = SCANNED_END_REPORT}, "cccd",
		true, SCAN_MARKS_KEPT, {SCAN_ADVICE_FINE}, 1},
	{"half a card", "001145000112|012345678|Ng", SERIAL, "unknown", false,
		SCAN_MARKS_UNKNOWN, {SCAN_ADVICE_AGAIN}, 1},
	{"nothing of it came", "", {.by = SCANNED_BY_REPORTS}, "unknown", false,
		SCAN_MARKS_UNKNOWN, {SCAN_ADVICE_AGAIN}, 1},
	{"a receipt of ours", "CV1:129S-RZCJ-BYD8-9", SERIAL, "receipt", true,
		SCAN_MARKS_UNKNOWN, {SCAN_ADVICE_FINE}, 1},
	{"a Z slip of ours", "CZ1:129S-RZCJ-BYD8-9", SERIAL, "z_slip", false,
		SCAN_MARKS_UNKNOWN, {SCAN_ADVICE_FINE}, 1},
	{"a link", "https://example.org/", SERIAL, "url", false,
		SCAN_MARKS_UNKNOWN, {SCAN_ADVICE_FINE}, 1},
	{"goods", "8936036020038", SERIAL, "unknown", false, SCAN_MARKS_UNKNOWN,
		{SCAN_ADVICE_FINE}, 1},
};

static void it_is_said(void **state)
{
	const struct row *r = *state;
	struct scan_says says;

	scan_says(&says, r->bytes, strlen(r->bytes), &r->how);
	assert_string_equal(says.slip ? "z_slip" : idcard_kind_code(says.kind),
		r->kind);
	assert_int_equal(says.good, r->good);
	assert_int_equal(says.marks, r->marks);
	assert_int_equal(says.advices, r->advices);
	for (int i = 0; i < r->advices; i++)
		assert_int_equal(says.advice[i], r->advice[i]);
	assert_true(*scan_kind_text(&says));
}

static void T46_too_long_is_said_to_be_no_whole_code(void **state)
{
	static char bytes[IDCARD_MAX_BYTES + 1];
	const struct scanned how = SERIAL;
	struct scan_says says;

	(void)state;
	memset(bytes, '7', sizeof(bytes));
	scan_says(&says, bytes, sizeof(bytes), &how);
	assert_false(says.good);
	assert_int_equal(says.note, CARD_NOTE_TOO_LONG);
	assert_int_equal(says.advice[0], SCAN_ADVICE_AGAIN);
}

/* Each says something of its own, in both languages. */
static void every_word_is_there(void **state)
{
	static const char *const langs[] = {"en", "vi"};

	(void)state;
	for (size_t l = 0; l < COUNT_OF(langs); l++) {
		tr_set_lang(langs[l]);
		for (int i = 0; i < SCAN_ADVICE_COUNT; i++)
			for (int j = 0; j < i; j++)
				assert_string_not_equal(
					scan_advice_text((enum scan_advice)i),
					scan_advice_text((enum scan_advice)j));
		for (int i = 0; i <= SCAN_MARKS_DAMAGED; i++)
			assert_true(*scan_marks_text((enum scan_marks)i));
		for (int i = 0; i <= SCANNED_END_REPORT; i++)
			assert_true(*scan_end_text((enum scanned_end)i));
		for (int i = 0; i <= SCANNED_BY_KEYS; i++)
			assert_true(*scan_by_text((enum scanned_by)i));
	}
	for (int i = 0; i < SCAN_ADVICE_COUNT; i++)
		assert_true(*scan_advice_code((enum scan_advice)i));
	assert_string_equal(scan_symbology("]Q1"), "QR");
	assert_string_equal(scan_symbology("]C1"), "Code 128");
	assert_string_equal(scan_symbology("]?1"), "");
	assert_string_equal(scan_symbology(""), "");
}

struct safe_row {
	const char *name;
	const char *bytes;
	size_t size;
	const char *text;
};

static struct safe_row safe_rows[] = {
	{"letters stay", "Nguyễn 1|2", 64, "Nguyễn 1|2"},
	{"T41 escapes are written out", "a\x1b[2Jb", 64, "a\\x1b[2Jb"},
	{"T41 line ends and GS, too", "a\r\x1d\n", 64, "a\\x0d\\x1d\\x0a"},
	{"a tab is a blank", "a\tb", 64, "a b"},
	{"T42 what turns the line round", "a\xe2\x80\xae", 64,
		"a\\xe2\\x80\\xae"},
	{"T46 what is no UTF-8", "a\xff\xc3(", 64, "a\\xff\\xc3("},
	{"it ends inside the buffer", "aaaaaaaaaaaaaaaa", 8, "aaaa"},
	{"and between letters", "ễễễễ", 20, "ễễễ"},
	{"nothing is nothing", "", 8, ""},
};

static void it_is_safe_to_show(void **state)
{
	const struct safe_row *r = *state;
	char out[64];

	scan_safe_text(r->bytes, strlen(r->bytes), out, r->size);
	assert_string_equal(out, r->text);
}

int main(void)
{
	const struct CMUnitTest others[] = {
		cmocka_unit_test(T46_too_long_is_said_to_be_no_whole_code),
		cmocka_unit_test(every_word_is_there),
	};
	struct CMUnitTest
		tests[COUNT_OF(rows) + COUNT_OF(safe_rows) + COUNT_OF(others)];
	size_t n = 0;

	UNIT_ADD_ROWS(tests, &n, rows, it_is_said);
	UNIT_ADD_ROWS(tests, &n, safe_rows, it_is_safe_to_show);
	for (size_t i = 0; i < COUNT_OF(others); i++)
		tests[n++] = others[i];
	return _cmocka_run_group_tests("scan_says", tests, n, NULL, NULL);
}
