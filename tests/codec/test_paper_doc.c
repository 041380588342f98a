/*
 * Papers for offices: workbooks read back by our own reader, PDFs by
 * pdftotext, tables as CSV; T48.
 */
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/codec/paper_doc.h"
#include "core/codec/sheet_in.h"
#include "core/codec/sheet_zip.h"
#include "core/text.h"
#include "support/tmpdir.h"

enum {
	COLUMNS = 4,
	MUCH = 4 * 1024 * 1024,
	MONEY = 3
};

static const struct paper_column columns[COLUMNS] = {
	{10, PAPER_CENTRE},
	{90, PAPER_LEFT},
	{40, PAPER_CENTRE},
	{40, PAPER_RIGHT},
};

static const struct paper_head heads[] = {
	{0, 0, 2, 1, "STT"},
	{0, 1, 2, 1, "Họ và tên"},
	{0, 2, 1, 2, "Kỳ này"},
	{1, 2, 1, 1, "Số định danh"},
	{1, 3, 1, 1, "Số tiền"},
};

static const struct paper_head flat_heads[] = {
	{0, 0, 1, 1, "STT"},
	{0, 1, 1, 1, "Họ và tên"},
	{0, 2, 1, 1, "Số định danh"},
	{0, 3, 1, 1, "Số tiền"},
};

static const struct paper_sign signs[] = {
	{"NGƯỜI CHI TIỀN", "(Ký, ghi rõ họ tên)"},
	{"ĐẠI DIỆN UBND XÃ", "(Ký tên, đóng dấu)"},
};

static const struct paper_doc merged = {
	.landscape = true,
	.motto = true,
	.office = "BƯU ĐIỆN\nXÃ CẨM KHÊ",
	.title = "DANH SÁCH CHI TRẢ",
	.subtitle = "Kỳ 12/2026",
	.unit = "Đơn vị tính: đồng",
	.sheet = "Danh sach",
	.column = columns,
	.columns = COLUMNS,
	.head = heads,
	.heads = COUNT_OF(heads),
	.head_rows = 2,
	.place = "Cẩm Khê, ngày …… tháng …… năm ………",
	.sign = signs,
	.signs = COUNT_OF(signs),
};

/* ---- what comes out -------------------------------------------------------- */

static struct out {
	char *bytes;
	size_t len;
	size_t fail_after; /* bytes; 0: never */
} out;

static bool put(void *ctx, const void *bytes, size_t len, struct err *err)
{
	struct out *o = ctx;

	if (o->fail_after > 0 && o->len + len > o->fail_after)
		return err_set(err, ERR_FULL, 28, "no room");
	assert_true(o->len + len < MUCH);
	memcpy(o->bytes + o->len, bytes, len);
	o->len += len;
	o->bytes[o->len] = '\0';
	return true;
}

static const struct paper_sink sink = {&out, put};

static char dir[256];

static int setup(void **state)
{
	(void)state;
	out = (struct out){.bytes = malloc(MUCH)};
	assert_non_null(out.bytes);
	tmpdir_make(dir, sizeof(dir));
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	free(out.bytes);
	tmpdir_remove(dir);
	return 0;
}

static struct paper *begin(enum paper_kind kind, const struct paper_doc *doc)
{
	struct err err = {0};
	struct paper *p = paper_new(kind, doc, &sink, &err);

	if (!p)
		fail_msg("%s", err.text);
	return p;
}

static void row(struct paper *p, const char *number, const char *name,
	const char *id, int64_t money, enum paper_weight weight)
{
	const struct paper_cell cell[COLUMNS] = {{.text = number},
		{.text = name}, {.text = id}, {.number = money}};
	struct err err = {0};

	if (!paper_row(p, cell, weight, &err))
		fail_msg("%s", err.text);
}

static void end(struct paper *p)
{
	struct err err = {0};

	if (!paper_end(p, &err))
		fail_msg("%s", err.text);
	paper_free(p);
}

static void two_people(enum paper_kind kind, const struct paper_doc *doc)
{
	struct paper *p = begin(kind, doc);
	const struct paper_cell total[COLUMNS] = {{.text = "Tổng cộng",
							  .span = 3},
		{0}, {0}, {.number = 4092000}};
	struct err err = {0};

	row(p, "1", "Nguyễn Thị Đẹp", "001145000001", 1080000, PAPER_PLAIN);
	row(p, "2", "H'Mẫu Êban", "001145000002", 3012000, PAPER_PLAIN);
	assert_true(paper_row(p, total, PAPER_STRONG, &err));
	assert_true(paper_line(p,
		"Bằng chữ: Bốn triệu không trăm chín mươi hai"
		" nghìn đồng",
		PAPER_PLAIN, &err));
	end(p);
}

/* ---- workbooks ------------------------------------------------------------- */

static int64_t read_at(void *ctx, int64_t at, void *bytes, size_t len)
{
	const struct out *o = ctx;
	size_t left = (size_t)at < o->len ? o->len - (size_t)at : 0;

	if (left > len)
		left = len;
	memcpy(bytes, o->bytes + at, left);
	return (int64_t)left;
}

static char sheet[65536];

static bool hear_row(void *ctx, const struct cells *r)
{
	const size_t len = strlen(sheet);

	(void)ctx;
	snprintf(sheet + len, sizeof(sheet) - len, "%d:", (int)r->row);
	for (int i = 0; i < r->count; i++) {
		const size_t at = strlen(sheet);

		snprintf(sheet + at, sizeof(sheet) - at, "%.*s|",
			(int)r->cell[i].len, r->cell[i].text);
	}
	snprintf(sheet + strlen(sheet), sizeof(sheet) - strlen(sheet), "\n");
	return true;
}

static enum cells_header no_header(const struct cells *r)
{
	(void)r;
	return CELLS_NO_HEADER;
}

static void read_sheet(void)
{
	const struct cells_file file = {.ctx = &out,
		.size = (int64_t)out.len,
		.read_at = read_at};
	const struct cells_sink cells = {.row = hear_row};
	char name[SHEET_NAME_SIZE];
	struct err err = {0};

	sheet[0] = '\0';
	if (!sheet_in_read(&file, no_header, &cells, name, &err))
		fail_msg("%s", err.text);
}

static void has(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("'%s' is not in: %s", part, text);
}

static void a_workbook_reads_back(void **state)
{
	(void)state;
	two_people(PAPER_XLSX, &merged);
	read_sheet();
	has(sheet, "BƯU ĐIỆN XÃ CẨM KHÊ");
	has(sheet, "Độc lập - Tự do - Hạnh phúc");
	has(sheet, "DANH SÁCH CHI TRẢ|");
	has(sheet, "STT|Họ và tên|Kỳ này|");
	has(sheet, "||Số định danh|Số tiền|");
	has(sheet, "1|Nguyễn Thị Đẹp|001145000001|1080000|");
	has(sheet, "2|H'Mẫu Êban|001145000002|3012000|");
	has(sheet, "Tổng cộng|||4092000|");
	has(sheet, "Bằng chữ: Bốn triệu");
	has(sheet, "NGƯỜI CHI TIỀN");
	has(sheet, "(Ký tên, đóng dấu)");
}

static char part[262144];

static bool take_part(void *ctx, const void *bytes, size_t len, struct err *err)
{
	size_t *used = ctx;

	(void)err;
	assert_true(*used + len < sizeof(part));
	memcpy(part + *used, bytes, len);
	*used += len;
	part[*used] = '\0';
	return true;
}

static void unzip(const char *name)
{
	const struct cells_file file = {.ctx = &out,
		.size = (int64_t)out.len,
		.read_at = read_at};
	struct err err = {0};
	struct sheet_zip *z = sheet_zip_open(&file, &err);
	size_t used = 0;

	assert_non_null(z);
	assert_true(sheet_zip_read(z, name, take_part, &used, &err));
	sheet_zip_close(z);
}

static void a_workbook_is_laid_out_for_a4(void **state)
{
	(void)state;
	two_people(PAPER_XLSX, &merged);
	unzip("xl/worksheets/sheet1.xml");
	has(part, "paperSize=\"9\"");
	has(part, "orientation=\"landscape\"");
	/* Heads over two rows, over two columns; the total over three. */
	has(part, "<mergeCell ref=\"A6:A7\"/>");
	has(part, "<mergeCell ref=\"C6:D6\"/>");
	has(part, "<mergeCell ref=\"A10:C10\"/>");
	unzip("xl/workbook.xml");
	has(part, "_xlnm.Print_Titles");
}

static const char *const formulas[] = {"=cmd|'/c calc'!A1", "+1", "-1", "@SUM",
	"=1+1", "http://example.org", "{=1}"};

static void T48_no_text_is_a_formula_or_a_link(void **state)
{
	struct paper_doc flat = merged;

	(void)state;
	for (int many = 0; many < 2; many++) {
		struct paper *p;

		out.len = 0;
		flat.many = many;
		flat.head = flat_heads;
		flat.heads = COUNT_OF(flat_heads);
		flat.head_rows = 1;
		p = begin(PAPER_XLSX, &flat);
		for (size_t i = 0; i < COUNT_OF(formulas); i++)
			row(p, "1", formulas[i], "001145000001", -5,
				PAPER_PLAIN);
		end(p);
		unzip("xl/worksheets/sheet1.xml");
		assert_null(strstr(part, "<f>"));
		assert_null(strstr(part, "hyperlink"));
		read_sheet();
		has(sheet, "=cmd|'/c calc'!A1|001145000001|-5|");
		has(sheet, "@SUM|");
	}
}

static void T48_a_table_as_csv(void **state)
{
	struct paper *p = begin(PAPER_CSV, &merged);

	(void)state;
	row(p, "1", "=cmd|'/c calc'!A1", "001145000001", -5, PAPER_PLAIN);
	end(p);
	assert_string_equal(out.bytes,
		"\xef\xbb\xbf\"STT\",\"Họ và tên\",\"Kỳ này - Số định"
		" danh\",\"Kỳ này - Số tiền\"\r\n"
		"\"1\",\"'=cmd|'/c calc'!A1\",\"001145000001\",-5\r\n");
}

/* ---- PDF --------------------------------------------------------------------- */

/* What a reader finds in it, on one line; false: there is no reader here. */
static bool read_pdf(const char *options, char *text, size_t size)
{
	char command[1024];
	char path[512];
	size_t len;
	FILE *in;

	tmpdir_write(dir, "a.pdf", out.bytes, out.len);
	snprintf(command, sizeof(command), "pdftotext %s %s - 2>%s", options,
		tmpdir_path(dir, "a.pdf", path, sizeof(path)), "/dev/null");
	in = popen(command, "r");
	assert_non_null(in);
	len = fread(text, 1, size - 1, in);
	text[len] = '\0';
	if (pclose(in) == 127 * 256) {
		print_message("pdftotext (poppler-utils) is not installed\n");
		return false;
	}
	return true;
}

static char words[1024 * 1024];

static void words_of_a_pdf_are_found_again_in_nfc(void **state)
{
	(void)state;
	two_people(PAPER_PDF, &merged);
	has(out.bytes, "%PDF-");
	if (!read_pdf("", words, sizeof(words)))
		skip();
	has(words, "Nguyễn Thị Đẹp");
	has(words, "H'Mẫu Êban");
	has(words, "001145000001");
	has(words, "1.080.000");
	has(words, "Bốn triệu không trăm chín mươi hai nghìn đồng");
	has(words, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM");
	has(words, "NGƯỜI CHI TIỀN");
	has(words, "Trang 1");
}

/* All 134 letters with marks, and those without. */
static void every_letter_comes_back(void **state)
{
	static const char *const lines[] = {"ÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆ",
		"ÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ",
		"àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệ",
		"ìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ",
		"abcdefghijklmnopqrstuvwxyz ABCDEFGHIJKLMNOPQRSTUVWXYZ"};
	struct paper *p = begin(PAPER_PDF, &merged);
	struct err err = {0};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(lines); i++)
		assert_true(paper_line(p, lines[i],
			i % 2 ? PAPER_STRONG : PAPER_PLAIN, &err));
	end(p);
	if (!read_pdf("", words, sizeof(words)))
		skip();
	for (size_t i = 0; i < COUNT_OF(lines); i++)
		has(words, lines[i]);
}

static int count_of(const char *text, const char *what)
{
	int n = 0;

	for (; (text = strstr(text, what)); text++)
		n++;
	return n;
}

static void sums_go_from_page_to_page(void **state)
{
	struct paper_doc doc = merged;
	struct paper *p;
	char number[16];

	(void)state;
	doc.carry = MONEY;
	doc.row_mm = 12;
	p = begin(PAPER_PDF, &doc);
	for (int i = 1; i <= 40; i++) {
		snprintf(number, sizeof(number), "%d", i);
		row(p, number, "Nguyễn Thị Đẹp", "001145000001", 100000 + i,
			PAPER_PLAIN);
	}
	row(p, "", "Tổng cộng", "", 4000820, PAPER_STRONG);
	end(p);
	if (!read_pdf("-layout", words, sizeof(words)))
		skip();
	/* On every page its head; the sums before the last. */
	assert_int_equal(count_of(words, "\f"), 4);
	assert_int_equal(count_of(words, "Họ và tên"), 4);
	assert_int_equal(count_of(words, "Cộng trang này"), 4);
	assert_int_equal(count_of(words, "Cộng chuyển sang trang sau"), 3);
	assert_int_equal(count_of(words, "Trang trước chuyển sang"), 3);
	assert_int_equal(count_of(words, "4.000.820"), 1);
}

static void a_second_table_has_a_sheet_and_a_page_of_its_own(void **state)
{
	struct paper_doc other = merged;
	struct err err = {0};
	struct paper *p;

	(void)state;
	other.sheet = "Hai";
	other.title = "BẢNG HAI";
	other.carry = MONEY;
	for (int kind = PAPER_XLSX; kind < PAPER_KINDS; kind++) {
		out.len = 0;
		p = begin((enum paper_kind)kind, &merged);
		row(p, "1", "Nguyễn Thị Đẹp", "1", 1, PAPER_PLAIN);
		assert_true(paper_next(p, &other, &err));
		row(p, "2", "Trần Văn An", "2", 2, PAPER_PLAIN);
		end(p);
		if (kind != PAPER_XLSX)
			continue;
		unzip("xl/workbook.xml");
		has(part, "name=\"Danh sach\"");
		has(part, "name=\"Hai\"");
		unzip("xl/worksheets/sheet2.xml");
		has(part, "orientation=\"landscape\"");
	}
	if (!read_pdf("-layout", words, sizeof(words)))
		skip();
	assert_int_equal(count_of(words, "\f"), 2);
	assert_int_equal(count_of(words, "NGƯỜI CHI TIỀN"), 2);
	has(words, "BẢNG HAI");
	has(words, "Trang 2");
	assert_null(strstr(words, "Trang trước chuyển sang"));
}

static void a_long_text_stays_in_its_cell(void **state)
{
	struct paper *p = begin(PAPER_PDF, &merged);
	char text[900];

	(void)state;
	memset(text, 'W', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	for (int i = 0; i < 8; i++)
		row(p, "1", text, "1", i, PAPER_PLAIN);
	end(p);
	if (!read_pdf("-layout", words, sizeof(words)))
		skip();
	assert_int_equal(count_of(words, "Họ và tên"), count_of(words, "\f"));
}

/* ---- what fails -------------------------------------------------------------- */

static void a_full_disk_is_told_of(void **state)
{
	(void)state;
	for (int kind = 0; kind < PAPER_KINDS; kind++) {
		struct err err = {0};
		struct paper *p;
		bool ok;

		out.len = 0;
		out.fail_after = kind == PAPER_CSV ? 100 : 1000;
		p = paper_new((enum paper_kind)kind, &merged, &sink, &err);
		ok = p != NULL;
		for (int i = 0; ok && i < 200; i++) {
			const struct paper_cell cell[COLUMNS] = {{.text = "1"},
				{.text = "Nguyễn Thị Đẹp"}, {.text = ""},
				{.number = i}};

			ok = paper_row(p, cell, PAPER_PLAIN, &err);
		}
		ok = ok && paper_end(p, &err);
		paper_free(p);
		assert_false(ok);
		assert_int_equal(err.code, ERR_FULL);
	}
}

static void a_paper_given_up_leaves_nothing_behind(void **state)
{
	(void)state;
	for (int kind = 0; kind < PAPER_KINDS; kind++) {
		struct paper *p = begin((enum paper_kind)kind, &merged);

		row(p, "1", "Nguyễn Thị Đẹp", "", 1, PAPER_PLAIN);
		paper_free(p);
	}
	paper_free(NULL);
}

static void kinds_by_the_end_of_a_name(void **state)
{
	enum paper_kind kind;

	(void)state;
	assert_true(paper_kind_of("/a.b/x.PDF", &kind));
	assert_int_equal(kind, PAPER_PDF);
	assert_true(paper_kind_of("x.xlsx", &kind));
	assert_int_equal(kind, PAPER_XLSX);
	assert_true(paper_kind_of("x.csv", &kind));
	assert_int_equal(kind, PAPER_CSV);
	assert_false(paper_kind_of("x.xls", &kind));
	assert_false(paper_kind_of("pdf", &kind));
}

#define WITH_ROOM(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_ROOM(a_workbook_reads_back),
		WITH_ROOM(a_workbook_is_laid_out_for_a4),
		WITH_ROOM(T48_no_text_is_a_formula_or_a_link),
		WITH_ROOM(T48_a_table_as_csv),
		WITH_ROOM(words_of_a_pdf_are_found_again_in_nfc),
		WITH_ROOM(every_letter_comes_back),
		WITH_ROOM(sums_go_from_page_to_page),
		WITH_ROOM(a_second_table_has_a_sheet_and_a_page_of_its_own),
		WITH_ROOM(a_long_text_stays_in_its_cell),
		WITH_ROOM(a_full_disk_is_told_of),
		WITH_ROOM(a_paper_given_up_leaves_nothing_behind),
		cmocka_unit_test(kinds_by_the_end_of_a_name),
	};

	return cmocka_run_group_tests_name("paper_doc", tests, NULL, NULL);
}
