/*
 * The Z slip as the reader of the paper sees it, beside the golden text.
 * GENERATE=1 rewrites that.
 */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/codec/escpos.h"
#include "core/codec/slip.h"
#include "support/golden.h"

static uint8_t bytes[ESCPOS_MAX_BYTES];
static struct escpos_paper paper;
static struct page page;
static char text[16384];

static const struct slip_doc usual = {
	.unit = "Bưu điện tỉnh Phú Thọ",
	.point = "Nhà văn hoá khu 5, xã Cẩm Khê",
	.dev6 = "a0a1a2",
	.seq = 412,
	.shift = 7,
	.opened_at = INT64_C(1795309920000), /* 22/11/2026 08:12 at UTC+7 */
	.closed_at = INT64_C(1795337100000), /* 15:45 */
	.agent = "Lan (số 7)",
	.payouts = 96,
	.float_in = 120000000,
	.paid = 103680000,
	.float_out = 10000000,
	.expected = 6320000,
	.counted = 6320000,
	.note = {{500000, 12}, {100000, 3}, {20000, 1}},
	.notes = 3,
	.code = "129S-RZCJ-BYD8-9",
	.qr = "CZ1:B90NJK.UKG.KZ8L9KLSVL2/LP5M000200000I/0524I/2C905",
	.words = WORDS_NORTH,
};

static const char *print(const struct slip_doc *doc, int width)
{
	struct err err = {.code = ERR_NONE};
	size_t len;

	if (!slip_page(doc, width, &page, &err))
		fail_msg("%s", err.text);
	if (!escpos_encode(&page, bytes, sizeof(bytes), &len, &err))
		fail_msg("%s", err.text);
	if (!escpos_decode(bytes, len, width, &paper, &err))
		fail_msg("%s", err.text);
	assert_int_equal(paper.cuts, 1);
	assert_true(escpos_paper_text(&paper, text, sizeof(text)));
	return text;
}

static void golden_58(void **state)
{
	(void)state;
	golden_compare("tests/golden/slip_58.txt", print(&usual, PAGE_58));
}

static void golden_80(void **state)
{
	(void)state;
	golden_compare("tests/golden/slip_80.txt", print(&usual, PAGE_80));
}

struct row {
	const char *name;
	int64_t counted; /* in one kind of note */
	int copy;
	bool training;
	bool unsure;
	const char *reason;
	const char *second;
	const char *has;
	const char *lacks;
};

static struct row rows[] = {
	{"a drawer that agrees says so", 6320000, 0, false, false, "", "",
		"Khớp với sổ", "THỪA"},
	{"nobody stood by: nobody is named", 6320000, 0, false, false, "", "",
		"Lan (số 7)", "Lý do"},
	{"too much money is told in big letters", 6340000, 0, false, false,
		"Đếm nhầm", "Hoà (số 2)", "THỪA 20.000", "Khớp với sổ"},
	{"too little as well", 6300000, 0, false, false, "Đếm nhầm",
		"Hoà (số 2)", "THIẾU 20.000", "Khớp với sổ"},
	{"with the reason", 6300000, 0, false, false, "Đếm nhầm", "Hoà (số 2)",
		"Đếm nhầm", ""},
	{"and who stood by", 6300000, 0, false, false, "Đếm nhầm", "Hoà (số 2)",
		"Hoà (số 2)", ""},
	{"an empty drawer", 0, 0, false, false, "", "", "Không đồng", ""},
	{"a copy says so", 6320000, 2, false, false, "", "", "BẢN SAO 2", ""},
	{"training says so", 6320000, 0, true, false, "", "", "TẬP HUẤN", ""},
	{"a clock that may be wrong is marked", 6320000, 0, false, true, "", "",
		"(giờ máy chưa xác nhận)", ""},
};

static void run_row(void **state)
{
	const struct row *row = *state;
	struct slip_doc doc = usual;
	const char *got;

	doc.counted = row->counted;
	doc.note[0] = (struct receipt_note){10000, row->counted / 10000};
	doc.notes = 1;
	doc.copy = row->copy;
	doc.training = row->training;
	doc.clock_unsure = row->unsure;
	snprintf(doc.reason, sizeof(doc.reason), "%s", row->reason);
	snprintf(doc.second, sizeof(doc.second), "%s", row->second);
	got = print(&doc, PAGE_58);
	if (!strstr(got, row->has))
		fail_msg("'%s' is not on:\n%s", row->has, got);
	if (row->lacks[0] && strstr(got, row->lacks))
		fail_msg("'%s' is on:\n%s", row->lacks, got);
	print(&doc, PAGE_80);
}

/* By banknote, where that is known; on lines of its own. */
static void which_notes_differ_stands_below(void **state)
{
	struct slip_doc doc = usual;
	const char *got;

	(void)state;
	doc.counted = 6300000;
	doc.note[0] = (struct receipt_note){10000, 630};
	doc.notes = 1;
	snprintf(doc.differs, sizeof(doc.differs),
		"thiếu 2 tờ 50.000, thừa 4 tờ 20.000");
	got = print(&doc, PAGE_80);
	assert_non_null(strstr(got, "So với sổ: thiếu 2 tờ 50.000"));
	got = print(&doc, PAGE_58);
	assert_non_null(strstr(got, "THIẾU 20.000"));
	assert_non_null(strstr(got, "thừa 4 tờ"));
	doc.differs[0] = '\0';
	assert_null(strstr(print(&doc, PAGE_58), "So với"));
}

static void a_count_that_is_not_its_notes_is_refused(void **state)
{
	struct slip_doc doc = usual;
	struct err err = {.code = ERR_NONE};

	(void)state;
	doc.counted += 1000;
	assert_false(slip_page(&doc, PAGE_58, &page, &err));
	assert_int_equal(err.code, ERR_INVALID);
	doc = usual;
	doc.notes = RECEIPT_MAX_NOTES + 1;
	assert_false(slip_page(&doc, PAGE_58, &page, &err));
	doc = usual;
	doc.note[2].pieces = -1;
	assert_false(slip_page(&doc, PAGE_58, &page, &err));
	doc = usual;
	doc.expected = -1;
	assert_false(slip_page(&doc, PAGE_58, &page, &err));
	doc = usual;
	doc.note[0].denomination = INT64_MAX;
	assert_false(slip_page(&doc, PAGE_58, &page, &err));
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + 4] = {
		cmocka_unit_test(golden_58),
		cmocka_unit_test(golden_80),
		cmocka_unit_test(which_notes_differ_stands_below),
		cmocka_unit_test(a_count_that_is_not_its_notes_is_refused),
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		tests[4 + i] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = &rows[i]};
	return cmocka_run_group_tests_name("slip", tests, NULL, NULL);
}
