/*
 * The receipt as the reader of the paper sees it: encoded, decoded, read back
 * from the dots, beside the golden text. GENERATE=1 rewrites that.
 */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/codec/escpos.h"
#include "core/codec/receipt.h"
#include "support/golden.h"
#include "support/receipts.h"

static uint8_t bytes[ESCPOS_MAX_BYTES];
static struct escpos_paper paper;
static struct page page;
static char text[32768];

/* What stands on paper; the bytes are left in bytes, *len of them. */
static const char *print(const struct receipt_doc *doc, int width, size_t *len)
{
	struct err err = {.code = ERR_NONE};

	if (!receipt_page(doc, width, &page, &err))
		fail_msg("%s", err.text);
	if (!escpos_encode(&page, bytes, sizeof(bytes), len, &err))
		fail_msg("%s", err.text);
	if (!escpos_decode(bytes, *len, width, &paper, &err))
		fail_msg("%s", err.text);
	assert_int_equal(paper.cuts, 1);
	assert_false(paper.drawer_opened);
	assert_true(escpos_paper_text(&paper, text, sizeof(text)));
	return text;
}

/* ---- golden -------------------------------------------------------------- */

static void golden_58(void **state)
{
	size_t len;

	(void)state;
	golden_compare("tests/golden/receipt_58.txt",
		print(&receipts_full, PAGE_58, &len));
}

static void golden_80(void **state)
{
	size_t len;

	(void)state;
	golden_compare("tests/golden/receipt_80.txt",
		print(&receipts_full, PAGE_80, &len));
}

static void golden_512(void **state)
{
	size_t len;

	(void)state;
	golden_compare("tests/golden/receipt_512.txt",
		print(&receipts_full, 512, &len));
}

/* Nothing is cut off or read otherwise, however wide a printer prints. */
static void every_width_between_has_all_of_it(void **state)
{
	static const char *const has[] = {"Số: a0a1a2-2", "Ca 7",
		"********4578", "1.080.000 đồng", "129S-RZCJ-BYD8-9", "[QR]",
		"Hỏi đáp: 1900 0000", "2 tờ 500.000", "ghi rõ họ tên)"};
	struct receipt_doc longest;
	const char *got;
	size_t len;

	(void)state;
	receipts_longest(&longest);
	for (int width = PAGE_58; width <= PAGE_80; width += 8) {
		got = print(&receipts_full, width, &len);
		for (size_t i = 0; i < COUNT_OF(has); i++)
			if (!strstr(got, has[i]))
				fail_msg("%d dots: no '%s' on:\n%s", width,
					has[i], got);
		assert_null(strstr(got, "[?]"));
		assert_in_range(len, 10000, 45 * 1024);
		print(&longest, width, &len);
	}
}

static void a_width_is_one_that_can_be_laid_out(void **state)
{
	static const struct {
		int dots, near;
	} row[] = {{0, 384}, {100, 384}, {384, 384}, {400, 400}, {511, 504},
		{512, 512}, {576, 576}, {640, 576}, {833, 576}};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(row); i++)
		assert_int_equal(page_width_near(row[i].dots), row[i].near);
}

/* ---- what must stand on it ----------------------------------------------- */

struct row {
	const char *name;
	void (*change)(struct receipt_doc *doc);
	const char *has;   /* "" if nothing is asked */
	const char *lacks; /* "" if nothing is asked */
};

static void no_change(struct receipt_doc *doc)
{
	(void)doc;
}

static void make_copy(struct receipt_doc *doc)
{
	doc->copy = 3;
}

static void make_training(struct receipt_doc *doc)
{
	doc->training = true;
}

static void make_voided(struct receipt_doc *doc)
{
	doc->voided = true;
}

static void make_clock_unsure(struct receipt_doc *doc)
{
	doc->clock_unsure = true;
}

static void take_payee(struct receipt_doc *doc)
{
	doc->payee[0] = '\0';
}

static void make_southern(struct receipt_doc *doc)
{
	doc->words = WORDS_SOUTH;
}

static void take_notes(struct receipt_doc *doc)
{
	doc->notes = 0;
}

static void take_hotline(struct receipt_doc *doc)
{
	doc->hotline[0] = '\0';
}

static void take_qr(struct receipt_doc *doc)
{
	doc->qr[0] = '\0';
}

static struct row rows[] = {
	{"the title", no_change, "BIÊN NHẬN", ""},
	{"who pays", no_change, "Bưu điện", ""},
	{"device and number", no_change, "Số: a0a1a2-2", ""},
	{"the shift", no_change, "Ca 7", ""},
	{"date and time", no_change, "22/11/2026 08:12", ""},
	{"no word about a clock that is right", no_change, "", "giờ máy"},
	{"a clock that may be wrong is marked", make_clock_unsure,
		"(giờ máy chưa xác nhận)", ""},
	{"the period", no_change, "Kỳ 12/2026", ""},
	{"the masked number", no_change, "********4578", ""},
	{"the total in figures", no_change, "1.080.000 đồng", ""},
	{"the code", no_change, "129S-RZCJ-BYD8-9", ""},
	{"the QR", no_change, "[QR]", ""},
	{"no QR when there is none", take_qr, "129S-RZCJ-BYD8-9", "[QR]"},
	{"that all was received", no_change, "Tôi đã nhận đủ số tiền trên.",
		""},
	{"where to sign", no_change, "ghi rõ họ tên)", ""},
	{"who received it for the person", no_change, "Người nhận thay", ""},
	{"nobody else when it was the person", take_payee, "",
		"Người nhận thay"},
	{"the notes", no_change, "2 tờ 500.000", ""},
	{"no notes when they were not told", take_notes, "", "tờ"},
	{"the hotline", no_change, "Hỏi đáp: 1900 0000", ""},
	{"no hotline when there is none", take_hotline, "", "Hỏi đáp"},
	{"the words of the south", make_southern, "ngàn", "nghìn"},
	{"T04 a copy says so, with its number", make_copy, "BẢN SAO 3", ""},
	{"an original does not", no_change, "", "BẢN SAO"},
	{"training says so", make_training, "TẬP HUẤN", ""},
	{"and is worth nothing", make_training, "Không có giá trị nhận tiền",
		""},
	{"a real one does not", no_change, "", "TẬP HUẤN"},
	{"a voided one says so", make_voided, "ĐÃ HUỶ", ""},
};

static void run_row_at(const struct row *row, int width)
{
	struct receipt_doc doc = receipts_full;
	const char *got;
	size_t len;

	row->change(&doc);
	got = print(&doc, width, &len);
	if (!strstr(got, row->has))
		fail_msg("'%s' is not on:\n%s", row->has, got);
	if (row->lacks[0] && strstr(got, row->lacks))
		fail_msg("'%s' is on:\n%s", row->lacks, got);
}

static void run_row(void **state)
{
	run_row_at(*state, PAGE_58);
	run_row_at(*state, 512);
	run_row_at(*state, PAGE_80);
}

/* Above the title and again at the end, in white on black. */
static void marks_stand_at_both_ends(void **state)
{
	struct receipt_doc doc = receipts_full;
	const char *first;
	size_t len;

	(void)state;
	doc.copy = 2;
	print(&doc, PAGE_58, &len);
	first = strstr(text, "BẢN SAO 2");
	assert_non_null(first);
	assert_true(first < strstr(text, "BIÊN NHẬN"));
	assert_non_null(strstr(first + 1, "BẢN SAO 2"));
	/* the first row of ink is one black bar of 11 big letters and room */
	for (int y = 0; y < paper.rows; y++) {
		int black = 0;

		for (int x = 0; x < paper.width; x++)
			black += paper.dots[y][x / 8] >> (7 - x % 8) & 1;
		if (black == 0)
			continue;
		assert_int_equal(black, 11 * 24);
		break;
	}
}

/* ---- refused, and small enough ------------------------------------------- */

static void what_does_not_add_up_is_refused(void **state)
{
	struct receipt_doc doc = receipts_full;
	struct err err = {.code = ERR_NONE};

	(void)state;
	doc.total += 1;
	assert_false(receipt_page(&doc, PAGE_58, &page, &err));
	assert_int_equal(err.code, ERR_INVALID);
	assert_non_null(strstr(err.text, "1080000 in all is not the total"));
	doc = receipts_full;
	doc.items = 0;
	assert_false(receipt_page(&doc, PAGE_58, &page, &err));
	doc = receipts_full;
	doc.items = RECEIPT_MAX_ITEMS + 1;
	assert_false(receipt_page(&doc, PAGE_58, &page, &err));
	doc = receipts_full;
	doc.item[0].amount = -doc.item[0].amount;
	assert_false(receipt_page(&doc, PAGE_58, &page, &err));
	doc = receipts_full;
	doc.note[0].denomination = 0;
	assert_false(receipt_page(&doc, PAGE_58, &page, &err));
	doc = receipts_full;
	doc.copy = -1;
	assert_false(receipt_page(&doc, PAGE_58, &page, &err));
}

static void the_longest_receipt_fits(void **state)
{
	struct receipt_doc doc;
	size_t len;

	(void)state;
	receipts_longest(&doc);
	print(&doc, PAGE_58, &len);
	assert_true(len <= ESCPOS_MAX_BYTES);
	assert_non_null(strstr(text, "999.999.999.999"));
	print(&doc, PAGE_80, &len);
}

/* budgets.md: a normal receipt stays under 45 KB of raster. */
static void a_normal_receipt_stays_under_45_kb(void **state)
{
	size_t len;

	(void)state;
	print(&receipts_full, PAGE_58, &len);
	assert_in_range(len, 10000, 45 * 1024);
	print(&receipts_full, PAGE_80, &len);
	assert_in_range(len, 10000, 45 * 1024);
}

/* Bytes that would be commands stay letters, or nothing, on the paper. */
static void T51_hostile_texts_cannot_become_commands(void **state)
{
	static const char evil[] = "\x1b@\x1bp\x01\x19\x19\x1dV\x42\x01\n{qr}|";
	struct receipt_doc doc = receipts_full;
	size_t len;

	(void)state;
	snprintf(doc.name, sizeof(doc.name), "%s", evil);
	snprintf(doc.address, sizeof(doc.address), "%s", evil);
	snprintf(doc.item[0].label, sizeof(doc.item[0].label), "%s", evil);
	snprintf(doc.hotline, sizeof(doc.hotline), "%s", evil);
	print(&doc, PAGE_58, &len); /* one cut, no drawer: checked there */
	assert_non_null(strstr(text, "{qr}|"));
}

static void a_point_prints_by_its_own_template(void **state)
{
	static const char tpl[] = "text big: {name}\nif wide\ntext: 80\nend\n";
	struct err err = {.code = ERR_NONE};

	(void)state;
	assert_true(receipt_page_from(tpl, sizeof(tpl) - 1, &receipts_full,
		PAGE_80, &page, &err));
	assert_int_equal(page.lines, 2);
	assert_string_equal(page.line[0].text, receipts_full.name);
	assert_true(page.line[0].big);
	assert_false(receipt_page_from("text: {secret}", 14, &receipts_full,
		PAGE_80, &page, &err));
	assert_non_null(strstr(err.text, "line 1: no such value: secret"));
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + 11] = {
		cmocka_unit_test(golden_58),
		cmocka_unit_test(golden_80),
		cmocka_unit_test(golden_512),
		cmocka_unit_test(every_width_between_has_all_of_it),
		cmocka_unit_test(a_width_is_one_that_can_be_laid_out),
		cmocka_unit_test(marks_stand_at_both_ends),
		cmocka_unit_test(what_does_not_add_up_is_refused),
		cmocka_unit_test(the_longest_receipt_fits),
		cmocka_unit_test(a_normal_receipt_stays_under_45_kb),
		cmocka_unit_test(T51_hostile_texts_cannot_become_commands),
		cmocka_unit_test(a_point_prints_by_its_own_template),
	};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		tests[11 + i] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = &rows[i]};
	return cmocka_run_group_tests_name("receipt", tests, NULL, NULL);
}
