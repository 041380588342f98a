/* Page -> bytes -> dots -> text, and what the decoder must refuse. */
#include "support/unit.h"

#include <string.h>

#include "core/codec/escpos.h"
#include "core/codec/font.h"

static uint8_t bytes[ESCPOS_MAX_BYTES];
static struct escpos_paper paper;
static struct page page;

static size_t encode_page(void)
{
	struct err err = {.code = ERR_NONE};
	size_t len = 0;

	assert_true(escpos_encode(&page, bytes, sizeof(bytes), &len, &err));
	return len;
}

/* ---- what is printed can be read back ----------------------------------- */

struct text_row {
	const char *name;
	enum page_align align;
	bool bold;
	bool big;
	const char *text;
};

static struct text_row text_rows[] = {
	{"plain text", PAGE_LEFT, false, false, "Nguyễn Thị Đẹp"},
	{"bold text", PAGE_LEFT, true, false, "Nguyễn Thị Đẹp"},
	{"big text", PAGE_LEFT, false, true, "LÒ VĂN TÝ"},
	{"big bold text", PAGE_LEFT, true, true, "1.080.000 đ"},
	{"centred, odd letters", PAGE_CENTER, false, false, "Bưu điện"},
	{"centred, even letters", PAGE_CENTER, false, false, "Bưu điện 1"},
	{"centred bold", PAGE_CENTER, true, false, "BIÊN NHẬN CHI TRẢ"},
	{"centred big", PAGE_CENTER, true, true, "BIÊN NHẬN"},
	{"lower-case vowels with marks", PAGE_LEFT, false, false,
		"àảãáạăằẳẵắặâầẩẫấậèẻẽéẹê"},
	{"more of them", PAGE_LEFT, true, false, "ềểễếệìỉĩíịòỏõóọôồổỗốộơờ"},
	{"and the last", PAGE_CENTER, false, false, "ởỡớợùủũúụưừửữứựỳỷỹýỵđ"},
	{"upper-case vowels with marks", PAGE_LEFT, false, false,
		"ÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬÈẺẼÉẸÊ"},
	{"more upper-case", PAGE_CENTER, true, false,
		"ỀỂỄẾỆÌỈĨÍỊÒỎÕÓỌÔỒỔỖỐỘƠỜ"},
	{"the last upper-case", PAGE_LEFT, false, false,
		"ỞỠỚỢÙỦŨÚỤƯỪỬỮỨỰỲỶỸÝỴĐ"},
	{"figures and marks", PAGE_LEFT, false, false, "1.080.000 ₫ (a/b) - *"},
	{"a line of dots", PAGE_LEFT, false, false, "...................."},
	{"one dash", PAGE_CENTER, false, false, "-"},
	{"32 columns are full", PAGE_LEFT, true, false,
		"12345678901234567890123456789012"},
};

static void text_comes_back(const struct text_row *row, int width)
{
	char got[512];
	struct err err = {.code = ERR_NONE};
	const char *at = got;

	page_init(&page, width);
	page_add_space(&page, 13);
	page_add_text(&page, row->align, row->bold, row->big, row->text);
	page_add_rule(&page);
	page_add_text(&page, row->align, row->bold, row->big, row->text);
	assert_true(escpos_decode(bytes, encode_page(), width, &paper, &err));
	assert_true(escpos_paper_text(&paper, got, sizeof(got)));
	at += strspn(at, " ");
	assert_int_equal(strncmp(at, row->text, strlen(row->text)), 0);
	at += strlen(row->text);
	assert_int_equal(*at++, '\n');
	for (int i = 0; i < page_columns(&page); i++, at += 3)
		assert_memory_equal(at, "─", 3);
	at += strspn(at, " \n");
	assert_int_equal(strncmp(at, row->text, strlen(row->text)), 0);
	assert_string_equal(at + strlen(row->text), "\n");
}

static void run_text_row(void **state)
{
	text_comes_back(*state, PAGE_58);
	text_comes_back(*state, PAGE_80);
}

static void a_whole_page_comes_back(void **state)
{
	static const char want[] = "      Bưu điện Thử Nghiệm\n"
				   "────────────────────────────────\n"
				   "             ĐÃ HUỶ\n"
				   "Họ tên:   NGUYỄN THỊ ĐẸP THỨ HAI\n"
				   "          MƯƠI\n"
				   "Kỳ 12/2026               540.000\n"
				   "              [QR]\n"
				   "\n\n\n"
				   "Người nhận             Người chi\n";
	char got[2048];
	struct err err = {.code = ERR_NONE};

	(void)state;
	page_init(&page, PAGE_58);
	page_add_text(&page, PAGE_CENTER, false, false, "Bưu điện Thử Nghiệm");
	page_add_rule(&page);
	page_add_mark(&page, "ĐÃ HUỶ");
	page_add_field(&page, true, 10,
		"Họ tên:", "NGUYỄN THỊ ĐẸP THỨ HAI MƯƠI");
	page_add_pair(&page, true, "Kỳ 12/2026", "540.000");
	page_add_qr(&page, "CV1:B90NJK.UKG.KZ8L9KLSVL2/LP5M00020000", 6);
	page_add_space(&page, 60);
	page_add_pair(&page, false, "Người nhận", "Người chi");
	page_add_cut(&page);
	assert_true(escpos_decode(bytes, encode_page(), PAGE_58, &paper, &err));
	assert_int_equal(paper.cuts, 1);
	assert_false(paper.drawer_opened);
	assert_true(escpos_paper_text(&paper, got, sizeof(got)));
	assert_string_equal(got, want);
}

static void too_small_a_text_says_so(void **state)
{
	char got[8];
	struct err err = {.code = ERR_NONE};

	(void)state;
	page_init(&page, PAGE_58);
	page_add_text(&page, PAGE_LEFT, false, false, "Nguyễn Thị Đẹp");
	assert_true(escpos_decode(bytes, encode_page(), PAGE_58, &paper, &err));
	assert_false(escpos_paper_text(&paper, got, sizeof(got)));
	assert_true(strlen(got) < sizeof(got));
}

static void a_picture_of_something_else_is_named_so(void **state)
{
	static const uint8_t job[] = {0x1d, 'v', '0', 0, 1, 0, 3, 0, 0x81, 0x42,
		0x3c};
	char got[64];
	struct err err = {.code = ERR_NONE};

	(void)state;
	assert_true(escpos_decode(job, sizeof(job), PAGE_58, &paper, &err));
	assert_true(escpos_paper_text(&paper, got, sizeof(got)));
	assert_string_equal(got, "              [?]\n");
}

/* ---- bytes --------------------------------------------------------------- */

static void the_bytes_of_one_letter(void **state)
{
	const uint8_t *i = font_glyph('i');
	int top = 0;
	int end = FONT_HEIGHT;
	size_t len;

	(void)state;
	while (i[2 * top] == 0 && i[2 * top + 1] == 0)
		top++;
	while (i[2 * end - 2] == 0 && i[2 * end - 1] == 0)
		end--;
	page_init(&page, PAGE_58);
	page_add_text(&page, PAGE_LEFT, false, false, "i");
	len = encode_page();
	assert_memory_equal(bytes, "\x1b@\x1dv0\0\1\0", 8);
	assert_int_equal(bytes[8], top); /* white rows above */
	assert_int_equal(bytes[9], 0);
	assert_memory_equal(bytes + 10 + top, "\x1dv0\0\1\0", 6);
	assert_int_equal(bytes[16 + top], end - top);
	for (int y = top; y < end; y++)
		assert_int_equal(bytes[18 + y], i[2 * y]);
	assert_int_equal(len, 18 + end + 8 + 26 - end);
}

static void empty_paper_costs_little(void **state)
{
	(void)state;
	page_init(&page, PAGE_80);
	page_add_space(&page, 200);
	page_add_text(&page, PAGE_LEFT, false, false, "");
	assert_int_equal(encode_page(), 2 + 8 + 226);
}

static void the_cut_is_ours_alone_and_58_mm_feeds_to_the_tear_bar(void **state)
{
	size_t len;

	(void)state;
	page_init(&page, PAGE_58);
	page_add_cut(&page);
	len = encode_page();
	assert_int_equal(len, 9);
	assert_memory_equal(bytes,
		"\x1b@\x1b"
		"d\4\x1dVB\0",
		9);
	page_init(&page, PAGE_80);
	page_add_cut(&page);
	len = encode_page();
	assert_int_equal(len, 6);
	assert_memory_equal(bytes, "\x1b@\x1dVB\0", 6);
}

static void the_drawer_opens_by_its_own_job(void **state)
{
	static const struct escpos_kick pin_2 = {0, 50, 500};
	static const struct escpos_kick pin_5 = {1, 0, 9999};
	uint8_t kick[ESCPOS_KICK_BYTES];
	struct err err = {.code = ERR_NONE};

	(void)state;
	escpos_drawer_kick(&pin_2, kick);
	assert_memory_equal(kick, "\x1bp\0\x19\xfa", 5);
	assert_true(escpos_decode(kick, sizeof(kick), PAGE_58, &paper, &err));
	assert_true(paper.drawer_opened);
	assert_int_equal(paper.rows, 0);
	escpos_drawer_kick(&pin_5, kick);
	assert_memory_equal(kick, "\x1bp\1\x01\xff", 5);
}

static void pages_that_cannot_be_printed_are_refused(void **state)
{
	struct err err = {.code = ERR_NONE};
	size_t len;

	(void)state;
	page_init(&page, PAGE_58);
	page_add_qr(&page, "CV1:A", 40);
	assert_false(escpos_encode(&page, bytes, sizeof(bytes), &len, &err));
	assert_int_equal(err.code, ERR_INVALID);
	page_init(&page, PAGE_58);
	page_add_qr(&page, "CV1:A", 0);
	assert_false(escpos_encode(&page, bytes, sizeof(bytes), &len, &err));
	page_init(&page, PAGE_58);
	page_add_text(&page, PAGE_LEFT, false, false, "Nguyễn");
	assert_false(escpos_encode(&page, bytes, 40, &len, &err));
	page.full = true;
	assert_false(escpos_encode(&page, bytes, sizeof(bytes), &len, &err));
	page_init(&page, PAGE_58);
	for (int i = 0; i < 11; i++)
		page_add_space(&page, 400);
	assert_false(escpos_encode(&page, bytes, sizeof(bytes), &len, &err));
}

/* ---- hostile names ------------------------------------------------------- */

static struct text_row hostile_rows[] = {
	{"T51 a name with ESC @", PAGE_LEFT, false, false, "A\x1b@B"},
	{"T51 a name that opens the drawer", PAGE_LEFT, false, false,
		"A\x1bp\x01\x19\x19"
		"B"},
	{"T51 a name that cuts", PAGE_CENTER, true, true, "\x1dV\x42\x01"},
	{"T51 a name with a newline", PAGE_LEFT, false, false, "A\n\rB"},
	{"T51 a name with a raster", PAGE_LEFT, true, false,
		"\x1dv0\x01\x01\x01\x01\x01\xff"},
	{"T51 a name with DLE EOT", PAGE_LEFT, false, false, "\x10\x04\x01"},
	{"T51 a name with a bidirectional mark", PAGE_LEFT, false, false,
		"A\u202e\u200bB"},
};

/* As text_clean() would refuse all of these, this is the second wall. */
static void only_dots_get_through(void **state)
{
	const struct text_row *row = *state;
	struct err err = {.code = ERR_NONE};
	char got[256];

	page_init(&page, PAGE_58);
	page_add_text(&page, row->align, row->bold, row->big, row->text);
	page_add_field(&page, true, 10, row->text, row->text);
	page_add_mark(&page, row->text);
	assert_true(escpos_decode(bytes, encode_page(), PAGE_58, &paper, &err));
	assert_int_equal(paper.cuts, 0);
	assert_false(paper.drawer_opened);
	assert_int_equal(paper.rows, (row->big ? 52 : 26) + 26 + 52);
	assert_true(escpos_paper_text(&paper, got, sizeof(got)));
	for (const char *c = got; *c; c++)
		assert_true(*c == '\n' || (*c & 0x80) || *c >= ' ');
}

/* ---- jobs that are not ours ---------------------------------------------- */

struct job_row {
	const char *name;
	size_t len;
	const char *job;
	const char *why; /* NULL: good */
};

#define JOB(s) sizeof(s) - 1, s

static struct job_row job_rows[] = {
	{"an empty job is good", JOB(""), NULL},
	{"all the commands that we use",
		JOB("\x1b@\x1b"
		    "a\1\x1b"
		    "a\0\x1b"
		    "d\2\x1bp\0\x19\xfa\x10\4\1"
		    "\x10\4\4\x1dV\0\x1dV\1\x1dV\x41\5\x1dV\x42\0"
		    "\x1dv0\0\1\0\1\0\xff"),
		NULL},
	{"text is refused", JOB("\x1b@Hello"), "byte 2: not a command"},
	{"a line feed is refused", JOB("\n"), "byte 0: not a command"},
	{"ESC t is refused", JOB("\x1bt\1"), "byte 0: not a command"},
	{"ESC E is refused",
		JOB("\x1b"
		    "E\1"),
		"byte 0: not a command"},
	{"GS ! is refused", JOB("\x1d!\x11"), "byte 0: not a command"},
	{"ESC * is refused", JOB("\x1b*\0\1\0\1"), "byte 0: not a command"},
	{"GS ( is refused", JOB("\x1d(L\2\0\x30\x32"), "byte 0: not a command"},
	{"firmware commands are refused", JOB("\x1b@\x1f\x1b\x1f\x91"),
		"byte 2: not a command"},
	{"ESC alone is cut off", JOB("\x1b"), "byte 0: command cut off"},
	{"ESC a with nothing is cut off",
		JOB("\x1b@\x1b"
		    "a"),
		"byte 2: command cut off"},
	{"GS V 66 with no feed is cut off", JOB("\x1dV\x42"),
		"byte 0: command cut off"},
	{"GS V 2 is refused", JOB("\x1dV\2"), "byte 0: not a command"},
	{"right alignment is refused",
		JOB("\x1b"
		    "a\2"),
		"byte 0: alignment"},
	{"drawer connector 2 is refused", JOB("\x1bp\2\x19\xfa"),
		"byte 0: drawer connector"},
	{"DLE EOT 5 is refused", JOB("\x10\4\5"), "byte 0: status request"},
	{"DLE ENQ is refused", JOB("\x10\5\1"), "byte 0: not a command"},
	{"a raster cut off in its head", JOB("\x1dv0\0\1\0\1"),
		"byte 0: command cut off"},
	{"a raster one byte short", JOB("\x1b@\x1dv0\0\2\0\2\0\1\2\3"),
		"byte 2: raster cut off"},
	{"a raster of double width", JOB("\x1dv0\1\1\0\1\0\xff"),
		"byte 0: raster of a size other"},
	{"a raster of no width", JOB("\x1dv0\0\0\0\1\0"),
		"byte 0: raster of no size"},
	{"a raster of no rows", JOB("\x1dv0\0\1\0\0\0"),
		"byte 0: raster of no size"},
	{"a raster of 2304 rows", JOB("\x1dv0\0\1\0\0\x09"),
		"byte 0: raster of no size"},
	{"a raster of 49 bytes on 48",
		JOB("\x1dv0\0\x31\0\1\0"
		    "1234567890123456789012345678901234567"
		    "890123456789"),
		"byte 0: raster wider than the paper"},
	{"more paper than a page has",
		JOB("\x1b"
		    "d\x78\x1b"
		    "d\1"),
		"byte 3: more paper"},
};

static void run_job_row(void **state)
{
	const struct job_row *row = *state;
	struct err err = {.code = ERR_NONE};
	uint8_t job[128];
	const bool ok = (memcpy(job, row->job, row->len),
		escpos_decode(job, row->len, PAGE_58, &paper, &err));

	assert_int_equal(ok, row->why == NULL);
	if (ok)
		return;
	assert_int_equal(err.code, ERR_INVALID);
	assert_non_null(strstr(err.text, row->why));
}

static void every_job_cut_short_is_refused_or_a_whole_prefix(void **state)
{
	struct err err = {.code = ERR_NONE};
	size_t whole = 0;
	size_t len;

	(void)state;
	page_init(&page, PAGE_58);
	page_add_text(&page, PAGE_CENTER, true, false, "Lò");
	page_add_cut(&page);
	len = encode_page();
	for (size_t n = 0; n < len; n++)
		whole += escpos_decode(bytes, n, PAGE_58, &paper, &err);
	/* after: nothing, ESC @, blank, ESC a, raster, blank, feed */
	assert_int_equal(whole, 7);
	assert_true(escpos_decode(bytes, len, PAGE_58, &paper, &err));
}

static void centred_dots_stand_in_the_middle(void **state)
{
	static const uint8_t job[] = {0x1b, 'a', 1, 0x1d, 'v', '0', 0, 1, 0, 1,
		0, 0xff, 0x1d, 'v', '0', 0, 2, 0, 1, 0, 0xff, 0xff};
	struct err err = {.code = ERR_NONE};

	(void)state;
	assert_true(escpos_decode(job, sizeof(job), PAGE_58, &paper, &err));
	assert_int_equal(paper.rows, 2);
	assert_int_equal(paper.dots[0][22], 0);
	assert_int_equal(paper.dots[0][23], 0x0f);
	assert_int_equal(paper.dots[0][24], 0xf0);
	assert_int_equal(paper.dots[1][22], 0);
	assert_int_equal(paper.dots[1][23], 0xff);
	assert_int_equal(paper.dots[1][24], 0xff);
	assert_int_equal(paper.dots[1][25], 0);
}

enum {
	ROWS = COUNT_OF(text_rows) + COUNT_OF(hostile_rows) + COUNT_OF(job_rows)
};

static struct CMUnitTest row_test(const char *name, CMUnitTestFunction run,
	void *row)
{
	return (struct CMUnitTest){.name = name,
		.test_func = run,
		.initial_state = row};
}

int main(void)
{
	struct CMUnitTest tests[ROWS + 10] = {
		cmocka_unit_test(a_whole_page_comes_back),
		cmocka_unit_test(too_small_a_text_says_so),
		cmocka_unit_test(a_picture_of_something_else_is_named_so),
		cmocka_unit_test(the_bytes_of_one_letter),
		cmocka_unit_test(empty_paper_costs_little),
		cmocka_unit_test(
			the_cut_is_ours_alone_and_58_mm_feeds_to_the_tear_bar),
		cmocka_unit_test(the_drawer_opens_by_its_own_job),
		cmocka_unit_test(pages_that_cannot_be_printed_are_refused),
		cmocka_unit_test(
			every_job_cut_short_is_refused_or_a_whole_prefix),
		cmocka_unit_test(centred_dots_stand_in_the_middle),
	};
	size_t n = 10;

	for (size_t i = 0; i < COUNT_OF(text_rows); i++)
		tests[n++] = row_test(text_rows[i].name, run_text_row,
			&text_rows[i]);
	for (size_t i = 0; i < COUNT_OF(hostile_rows); i++)
		tests[n++] = row_test(hostile_rows[i].name,
			only_dots_get_through, &hostile_rows[i]);
	for (size_t i = 0; i < COUNT_OF(job_rows); i++)
		tests[n++] =
			row_test(job_rows[i].name, run_job_row, &job_rows[i]);
	assert_int_equal(n, COUNT_OF(tests));
	return cmocka_run_group_tests_name("escpos", tests, NULL, NULL);
}
