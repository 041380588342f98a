/*
 * Pages in a printer's own letters: what is printed is what the same page has
 * as dots, in a fortieth of the bytes; and streams of other people's encoders.
 */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/codec/escpos.h"
#include "core/codec/receipt.h"
#include "core/str.h"
#include "support/receipts.h"

enum {
	/* budgets.md: a normal receipt in bytes, with its QR. */
	TEXT_BUDGET = 2048,
	RASTER_BUDGET = 45 * 1024,
	FULL_BUDGET = 2400 /* one with everything that a receipt can have */
};

static uint8_t bytes[ESCPOS_MAX_BYTES];
static struct escpos_paper paper;
static struct page page;

static size_t encode(const struct escpos_how *how)
{
	struct err err = {.code = ERR_NONE};
	size_t len = 0;

	if (!escpos_encode_as(&page, how, bytes, sizeof(bytes), &len, &err))
		fail_msg("%s", err.text);
	return len;
}

/* Lines with text on them, as read from the paper; rules and air left out. */
static void read_lines(size_t len, const struct escpos_how *how, char *out,
	size_t size)
{
	static char text[16384];
	struct err err = {.code = ERR_NONE};
	size_t n = 0;

	if (!escpos_decode_as(bytes, len, page.width, how, &paper, &err))
		fail_msg("%s", err.text);
	assert_true(escpos_paper_text(&paper, text, sizeof(text)));
	for (char *save, *line = strtok_r(text, "\n", &save); line;
		line = strtok_r(NULL, "\n", &save)) {
		if (strspn(line, "-") == strlen(line) ||
			str_starts(line, "\xe2\x94\x80"))
			continue;
		n += (size_t)snprintf(out + n, size - n, "%s\n",
			line + strspn(line, " "));
	}
}

struct mode_row {
	const char *name;
	int width;
	struct escpos_how how;
};

#define TCVN3                        \
	{                            \
		ESCPOS_TCVN3, 30, 31 \
	}
#define CP1258                       \
	{                            \
		ESCPOS_CP1258, 52, 0 \
	}
#define UTF8                      \
	{                         \
		ESCPOS_UTF8, 0, 0 \
	}

static struct mode_row mode_rows[] = {
	{"TCVN-3 on 80 mm is the raster's text", PAGE_80, TCVN3},
	{"TCVN-3 on 58 mm is the raster's text", PAGE_58, TCVN3},
	{"TCVN-3 on 512 dots is the raster's text", 512, TCVN3},
	{"TCVN-3 on 504 dots is the raster's text", 504, TCVN3},
	{"UTF-8 on 512 dots is the raster's text", 512, UTF8},
	{"CP1258 on 80 mm is the raster's text", PAGE_80, CP1258},
	{"CP1258 on 58 mm is the raster's text", PAGE_58, CP1258},
	{"UTF-8 on 80 mm is the raster's text", PAGE_80, UTF8},
	{"UTF-8 on 58 mm is the raster's text", PAGE_58, UTF8},
};

static void same_as_raster(void **state)
{
	static const struct escpos_how raster = {.letters = ESCPOS_RASTER};
	static char letters[16384], dots[16384];
	const struct mode_row *row = *state;
	struct err err = {.code = ERR_NONE};
	size_t len;

	assert_true(receipt_page(&receipts_full, row->width, &page, &err));
	len = encode(&raster);
	assert_true(len < RASTER_BUDGET);
	read_lines(len, &raster, dots, sizeof(dots));
	len = encode(&row->how);
	read_lines(len, &row->how, letters, sizeof(letters));
	assert_string_equal(letters, dots);
	assert_int_equal(paper.cuts, 1);
	assert_false(paper.drawer_opened);
}

/* One person, one month, paid to himself: most are so. */
static void normal_receipt(int width)
{
	struct receipt_doc doc = receipts_full;
	struct err err = {.code = ERR_NONE};

	doc.payee[0] = '\0';
	doc.relation[0] = '\0';
	doc.items = 1;
	doc.item[0].amount = doc.total;
	doc.notes = 0;
	assert_true(receipt_page(&doc, width, &page, &err));
}

static void a_receipt_is_small(void **state)
{
	static const struct escpos_how tcvn3 = TCVN3;
	static const int widths[] = {PAGE_58, PAGE_80};
	struct err err = {.code = ERR_NONE};

	(void)state;
	for (int i = 0; i < 2; i++) {
		normal_receipt(widths[i]);
		assert_true(encode(&tcvn3) < TEXT_BUDGET);
		assert_true(receipt_page(&receipts_full, widths[i], &page,
			&err));
		assert_true(encode(&tcvn3) < FULL_BUDGET);
	}
}

/* The dots are doubled by the printer; zbar reads them in test_paper_png. */
static void the_qr_is_doubled(void **state)
{
	static const struct escpos_how tcvn3 = TCVN3;
	struct err err = {.code = ERR_NONE};
	size_t len;

	(void)state;
	page_init(&page, PAGE_58);
	page_add_qr(&page, "CV1:A", 6);
	len = encode(&tcvn3);
	assert_true(escpos_decode_as(bytes, len, PAGE_58, &tcvn3, &paper,
		&err));
	for (int y = 0; y + 1 < paper.rows; y++)
		for (int x = 0; x < PAGE_58 / 8; x++) {
			if (y % 2 == 0)
				continue;
			assert_memory_equal(paper.dots[y - 1], paper.dots[y],
				PAGE_58 / 8);
		}
	/* A printer of which we use dots only does not do that. */
	assert_false(escpos_decode(bytes, len, PAGE_58, &paper, &err));
}

/* ---- single lines ---------------------------------------------------------- */

struct line_row {
	const char *name;
	struct escpos_how how;
	bool bold;
	bool big;
	enum page_align align;
	const char *text;
	const char *bytes; /* after ESC @; NULL: not compared */
};

static struct line_row line_rows[] = {
	{"ASCII needs no page on CP1258 either way", CP1258, false, false,
		PAGE_LEFT, "Ca 7",
		"\x1bt\x34"
		"Ca 7\n"},
	{"small letters", TCVN3, false, false, PAGE_LEFT, "đẹp",
		"\x1bt\x1e\xae\xd1p\n"},
	{"capitals are on their own page", TCVN3, false, false, PAGE_LEFT,
		"ĐẸP", "\x1bt\x1f\xa7\xd1P\n"},
	{"the page changes when it must", TCVN3, false, false, PAGE_LEFT,
		"Lò VĂN TÝ", "\x1bt\x1eL\xdf V\x1bt\x1f\xa1N T\xfd\n"},
	{"a tone of CP1258 follows its letter", CP1258, false, false, PAGE_LEFT,
		"ệ", "\x1bt\x34\xea\xf2\n"},
	{"UTF-8 goes as it is", UTF8, false, false, PAGE_LEFT, "Đẹp",
		"\xc4\x90\xe1\xba\xb9p\n"},
	{"bold and big, centred", TCVN3, true, true, PAGE_CENTER, "A",
		"\x1b"
		"a\1\x1b"
		"E\1\x1d!\x11\x1bt\x1e"
		"A\n"},
	{"a line with a strange character is dots", TCVN3, false, false,
		PAGE_LEFT, "1.080.000 ₫", NULL},
	{"T51 a name with ESC @", TCVN3, false, false, PAGE_LEFT, "A\x1b@B",
		"\x1bt\x1e"
		"A@B\n"},
	{"T51 a name that opens the drawer", TCVN3, false, false, PAGE_LEFT,
		"A\x1bp\x01\x19\x19"
		"B",
		"\x1bt\x1e"
		"ApB\n"},
	{"T51 a name with a newline", TCVN3, false, false, PAGE_LEFT, "A\n\rB",
		"\x1bt\x1e"
		"AB\n"},
	{"T51 UTF-8 with a control character of two bytes", UTF8, false, false,
		PAGE_LEFT,
		"A\xc2\x9b"
		"B",
		"AB\n"},
	{"T51 UTF-8 with a bidirectional mark", UTF8, false, false, PAGE_LEFT,
		"A\u202e\u200bB", "AB\n"},
	{"T51 bytes that are no UTF-8", CP1258, false, false, PAGE_LEFT,
		"A\xff"
		"B",
		NULL},
};

static void run_line(void **state)
{
	const struct line_row *row = *state;
	struct err err = {.code = ERR_NONE};
	size_t len;

	page_init(&page, PAGE_80);
	page_add_text(&page, row->align, row->bold, row->big, row->text);
	len = encode(&row->how);
	if (row->bytes) {
		assert_int_equal(len - 2, strlen(row->bytes));
		assert_memory_equal(bytes + 2, row->bytes, len - 2);
	} else {
		assert_memory_equal(bytes + 2, "\x1dv0", 3);
	}
	assert_true(escpos_decode_as(bytes, len, PAGE_80, &row->how, &paper,
		&err));
	assert_int_equal(paper.cuts, 0);
	assert_false(paper.drawer_opened);
}

/* ---- jobs that are not ours ------------------------------------------------- */

struct job_row {
	const char *name;
	struct escpos_how how;
	size_t len;
	const char *job;
	const char *why; /* NULL: good */
};

#define JOB(s) sizeof(s) - 1, s

static struct job_row job_rows[] = {
	{"all the commands of letters", TCVN3,
		JOB("\x1b@\x1bt\x1e\x1b"
		    "E\1\x1d!\x11"
		    "A\x1b"
		    "d\2\n"),
		NULL},
	{"letters where dots were meant", {ESCPOS_RASTER, 0, 0}, JOB("A\n"),
		"byte 0: not a command"},
	{"a code page where dots were meant", {ESCPOS_RASTER, 0, 0},
		JOB("\x1bt\x1e"), "byte 0: not a command"},
	{"another code page", TCVN3, JOB("\x1bt\x10"),
		"byte 0: a code page that is not"},
	{"a letter before its page", TCVN3, JOB("a\xae\n"),
		"byte 1: a letter before"},
	{"a reset forgets the page", TCVN3, JOB("\x1bt\x1e\x1b@\xae\n"),
		"byte 5: a letter before"},
	{"a byte that the page lacks", TCVN3, JOB("\x1bt\x1e\xff\n"),
		"byte 3: a byte that is no letter"},
	{"a tone on its own", CP1258, JOB("\x1bt\x34\xcc\n"),
		"byte 3: a tone without"},
	{"half a UTF-8 letter", UTF8, JOB("\xe1\xba\n"),
		"byte 0: a byte that is no letter"},
	{"the last line does not end", TCVN3, JOB("A"),
		"byte 1: the last line"},
	{"wider than the paper", TCVN3,
		JOB("123456789012345678901234567890123\n"),
		"byte 32: a line wider"},
	{"big and wider than the paper", TCVN3,
		JOB("\x1d!\x11"
		    "12345678901234567\n"),
		"byte 19: a line wider"},
	{"a raster in the middle of a line", TCVN3,
		JOB("A\x1dv0\0\1\0\1\0\xff"), "byte 1: in the middle"},
	{"a cut in the middle of a line", TCVN3, JOB("A\x1dV\x42\0"),
		"byte 1: in the middle"},
	{"another size", TCVN3, JOB("\x1d!\x01"), "byte 0: a size other"},
	{"emphasis of more than one", TCVN3,
		JOB("\x1b"
		    "E\2"),
		"byte 0: emphasis"},
	{"a doubled raster wider than the paper", TCVN3,
		JOB("\x1dv0\3\x30\0\1\0"), "byte 0: raster wider"},
	{"underlining", TCVN3, JOB("\x1b-\1"), "byte 0: not a command"},
	{"a tab", TCVN3, JOB("A\tB\n"), "byte 1: not a command"},
};

static void run_job(void **state)
{
	const struct job_row *row = *state;
	struct err err = {.code = ERR_NONE};
	const bool ok = escpos_decode_as(row->job, row->len, PAGE_58, &row->how,
		&paper, &err);

	assert_int_equal(ok, row->why == NULL);
	if (row->why && !strstr(err.text, row->why))
		fail_msg("%s", err.text);
}

/* ---- how the settings keep it ------------------------------------------------ */

static void the_settings_keep_it_as_text(void **state)
{
	static const char *const good[] = {"raster", "tcvn3:30:31", "cp1258:52",
		"utf8", "tcvn3:0:255"};
	static const char *const bad[] = {"", "tcvn3", "tcvn3:30",
		"tcvn3:30:", "tcvn3:30:256", "tcvn3:30:31:32", "cp1258",
		"cp1258:-1", "utf8 ", "utf-8", "raster:1", "cp1258:0005"};
	struct escpos_how how;
	char text[ESCPOS_HOW_SIZE];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(good); i++) {
		assert_true(escpos_how_read(good[i], &how));
		assert_string_equal(escpos_how_text(&how, text), good[i]);
	}
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		assert_false(escpos_how_read(bad[i], &how));
}

/* What a job that is broken off leaves the printer waiting for. */
static void the_rest_of_a_command(void **state)
{
	static const char job[] = "\x1b@\x1bt\x1e"
				  "Ab\n\x1dv0\0\2\0\2\0"
				  "\xff\xff\xff\xff\x1b"
				  "d\1";
	static const size_t rest[] = {0, 1, 0, 2, 1, 0, 0, 0, 0, 11, 10};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(rest); i++)
		assert_int_equal(escpos_rest(job, sizeof(job) - 1, i), rest[i]);
	assert_int_equal(escpos_rest(job, sizeof(job) - 1, 19), 1);
	assert_int_equal(escpos_rest(job, sizeof(job) - 1, 20), 0);
	assert_int_equal(escpos_rest(job, sizeof(job) - 1, sizeof(job) - 1), 0);
	assert_int_equal(escpos_rest("\x07\x07", 2, 1), 0);
}

static const struct CMUnitTest others[] = {
	cmocka_unit_test(a_receipt_is_small),
	cmocka_unit_test(the_qr_is_doubled),
	cmocka_unit_test(the_settings_keep_it_as_text),
	cmocka_unit_test(the_rest_of_a_command),
};

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(mode_rows) + COUNT_OF(line_rows) +
				COUNT_OF(job_rows) + COUNT_OF(others)];
	size_t n = 0;

	UNIT_ADD_ROWS(tests, &n, mode_rows, same_as_raster);
	UNIT_ADD_ROWS(tests, &n, line_rows, run_line);
	UNIT_ADD_ROWS(tests, &n, job_rows, run_job);
	memcpy(tests + n, others, sizeof(others));
	return cmocka_run_group_tests_name("escpos_letters", tests, NULL, NULL);
}
