/* Words into lines: what stands on each line of a page 32 columns wide. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/codec/page.h"

enum way {
	TEXT,
	BIG,
	MARK,
	PAIR,
	FIELD, /* from column 10 */
};

struct row {
	const char *name;
	enum way way;
	const char *label;
	const char *value;
	const char *lines; /* "text" or "label|value", each ended by '\n' */
};

static struct row rows[] = {
	{"a short text is one line", TEXT, "Xin chào", "", "Xin chào\n"},
	{"an empty text is an empty line", TEXT, "", "", "\n"},
	{"exactly 32 columns stay on one line", TEXT,
		"Ủy ban nhân dân xã Thử Nghiệm 12", "",
		"Ủy ban nhân dân xã Thử Nghiệm 12\n"},
	{"33 columns break at the last blank", TEXT,
		"Ủy ban nhân dân xã Thử Nghiệm 123", "",
		"Ủy ban nhân dân xã Thử Nghiệm\n123\n"},
	{"blanks at the break are dropped", TEXT,
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa   b", "",
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\nb\n"},
	{"a word longer than the line is cut", TEXT,
		"x aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa y", "",
		"x\naaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\naaaaaaaaaa y\n"},
	{"big letters take two columns", BIG, "BIÊN NHẬN CHI TRẢ", "",
		"BIÊN NHẬN CHI\nTRẢ\n"},
	{"a mark keeps a cell on either side", MARK, "BẢN SAO 2 CỦA BẢN", "",
		"BẢN SAO 2 CỦA\nBẢN\n"},
	{"a pair", PAIR, "Kỳ 12/2026", "540.000", "Kỳ 12/2026|540.000\n"},
	{"a pair that just fits", PAIR, "aaaaaaaaaaaaaaaaaaaa", "12.345.6789",
		"aaaaaaaaaaaaaaaaaaaa|12.345.6789\n"},
	{"a pair too wide goes on two lines", PAIR, "aaaaaaaaaaaaaaaaaaaaa",
		"12.345.6789", "aaaaaaaaaaaaaaaaaaaaa\n|12.345.6789\n"},
	{"a field", FIELD, "Họ tên:", "Nguyễn Thị Đẹp",
		"Họ tên:|Nguyễn Thị Đẹp\n"},
	{"a long field goes on under itself", FIELD,
		"Địa chỉ:", "Thôn 2, xã Thử Nghiệm, huyện Ví Dụ",
		"Địa chỉ:|Thôn 2, xã Thử Nghiệm,\n|huyện Ví Dụ\n"},
	{"a label as wide as the column has its own line", FIELD, "Người nhận",
		"Lò Văn Tý", "Người nhận\n|Lò Văn Tý\n"},
	{"combining characters take no column", TEXT,
		"a\u0301a\u0301aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "",
		"a\u0301a\u0301aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"},
	{"a broken byte does no harm", TEXT,
		"a\xff"
		"b",
		"",
		"a\xff"
		"b\n"},
};

static void add(struct page *p, const struct row *row)
{
	switch (row->way) {
	case TEXT:
		page_add_text(p, PAGE_LEFT, false, false, row->label);
		break;
	case BIG:
		page_add_text(p, PAGE_CENTER, true, true, row->label);
		break;
	case MARK:
		page_add_mark(p, row->label);
		break;
	case PAIR:
		page_add_pair(p, true, row->label, row->value);
		break;
	case FIELD:
		page_add_field(p, true, 10, row->label, row->value);
		break;
	}
}

static void run_row(void **state)
{
	const struct row *row = *state;
	static struct page p;
	char got[1024] = "";
	size_t len = 0;

	page_init(&p, PAGE_58);
	add(&p, row);
	for (int i = 0; i < p.lines; i++)
		len += (size_t)snprintf(got + len, sizeof(got) - len,
			p.line[i].kind == PAGE_PAIR ? "%s|%s\n" : "%s%s\n",
			p.line[i].text, p.line[i].value);
	assert_string_equal(got, row->lines);
	assert_false(p.full);
}

static void columns_follow_the_paper(void **state)
{
	static struct page p;

	(void)state;
	page_init(&p, PAGE_58);
	assert_int_equal(page_columns(&p), 32);
	page_init(&p, PAGE_80);
	assert_int_equal(page_columns(&p), 48);
	assert_int_equal(page_text_columns("Đỗ ₫ a\u0301"), 6);
}

static void a_page_that_overflows_says_so(void **state)
{
	static struct page p;

	(void)state;
	page_init(&p, PAGE_80);
	for (int i = 0; i < PAGE_MAX_LINES; i++)
		page_add_rule(&p);
	assert_false(p.full);
	page_add_text(&p, PAGE_LEFT, false, false, "one too many");
	assert_true(p.full);
	assert_int_equal(p.lines, PAGE_MAX_LINES);
}

static void a_flood_of_marks_stays_inside_the_line(void **state)
{
	static struct page p;
	static char text[4001];

	(void)state;
	for (size_t i = 0; i + 2 < sizeof(text); i += 2)
		memcpy(text + i, "\u0301", 2);
	page_init(&p, PAGE_58);
	page_add_text(&p, PAGE_LEFT, false, false, text);
	assert_int_equal(p.lines, 16);
	for (int i = 0; i < p.lines; i++)
		assert_true(strlen(p.line[i].text) < PAGE_TEXT_SIZE);
}

static void a_page_has_one_qr(void **state)
{
	static struct page p;
	char text[PAGE_QR_SIZE + 1];

	(void)state;
	page_init(&p, PAGE_58);
	page_add_qr(&p, "CV1:A", 6);
	assert_false(p.full);
	page_add_qr(&p, "CV1:B", 6);
	assert_true(p.full);
	page_init(&p, PAGE_58);
	memset(text, 'A', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	page_add_qr(&p, text, 6);
	assert_true(p.full);
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + 4] = {
		cmocka_unit_test(columns_follow_the_paper),
		cmocka_unit_test(a_page_that_overflows_says_so),
		cmocka_unit_test(a_flood_of_marks_stays_inside_the_line),
		cmocka_unit_test(a_page_has_one_qr),
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		tests[4 + i] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = &rows[i]};
	return cmocka_run_group_tests_name("page", tests, NULL, NULL);
}
