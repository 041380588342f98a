/*
 * Workbooks: those of three writers, cells of every kind, and hostile ones.
 */
#include "support/unit.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/codec/list_in.h"
#include "core/codec/paylist.h"
#include "support/bookfile.h"
#include "support/hearlist.h"
#include "support/tmpdir.h"
#include "support/xlsxbook.h"

static char dir[256];
static char path[512];
static struct bookheard heard;

static int setup(void **state)
{
	(void)state;
	tmpdir_make(dir, sizeof(dir));
	tmpdir_path(dir, "book.xlsx", path, sizeof(path));
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	tmpdir_remove(dir);
	return 0;
}

/* ---- what stands in the cells -------------------------------------------- */

#define STYLES                                                                 \
	"<numFmts><numFmt numFmtId=\"164\" formatCode=\"mm/yyyy\"/></numFmts>" \
	"<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs>"          \
	"<xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/>"      \
	"</cellXfs><dxfs><xf numFmtId=\"14\"/></dxfs>"
#define STRINGS                                                              \
	"<si><t>một</t></si><si><r><t>Nguyễn </t></r><r><rPr/><t>Thị " \
	"Đẹp</t></r><rPh><t>kana</t></rPh></si><si/><si><t>a_x000D_b</t>" \
	"</si>"

static struct cell_row {
	const char *name;
	const char *rows;
	const char *want; /* or "!reason" */
} cell_rows[] = {
	{"shared texts", "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row>",
		"1 một\n"},
	{"a shared text of several runs",
		"<row r=\"1\"><c r=\"A1\" t=\"s\"><v>1</v></c></row>",
		"1 Nguyễn Thị Đẹp\n"},
	{"an empty shared text",
		"<row r=\"1\"><c r=\"A1\" t=\"s\"><v>2</v></c>"
		"<c r=\"B1\"><v>1</v></c></row>",
		"1 |1\n"},
	{"a line end in a shared text",
		"<row r=\"1\"><c r=\"A1\" t=\"s\"><v>3</v></c></row>",
		"1 a b\n"},
	{"a shared text that is not there",
		"<row r=\"1\"><c r=\"A1\" t=\"s\"><v>4</v></c></row>",
		"!a text that is not there"},
	{"an inline text",
		"<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>x</t></is>"
		"</c></row>",
		"1 x\n"},
	{"how an inline text is read aloud is not the text",
		"<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>x</t>"
		"<rPh><t>kana</t></rPh></is></c></row>",
		"1 x\n"},
	{"an inline text of runs",
		"<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><r><t>x "
		"</t></r><r><t>&amp; y</t></r></is></c></row>",
		"1 x & y\n"},
	{"a formula's stored number",
		"<row r=\"1\"><c r=\"A1\"><f>B1*2</f><v>1080000</v></c></row>",
		"1 1080000\n"},
	{"a formula's stored text",
		"<row r=\"1\"><c r=\"A1\" t=\"str\"><f>B1</f><v>Nam</v></c>"
		"</row>",
		"1 Nam\n"},
	{"a formula that was never worked out",
		"<row r=\"1\"><c r=\"A1\"><f>B1</f></c><c r=\"B1\"><v>1</v>"
		"</c></row>",
		"1 |1\n"},
	{"an error", "<row r=\"1\"><c r=\"A1\" t=\"e\"><v>#N/A</v></c></row>",
		"1 #N/A\n"},
	{"true and false",
		"<row r=\"1\"><c r=\"A1\" t=\"b\"><v>1</v></c><c r=\"B1\""
		" t=\"b\"><v>0</v></c></row>",
		"1 TRUE|FALSE\n"},
	{"twelve digits as a number, and with exponent",
		"<row r=\"1\"><c r=\"A1\"><v>251450001123</v></c><c r=\"B1\">"
		"<v>1.2345E+11</v></c></row>",
		"1 251450001123|123450000000\n"},
	{"a number as text",
		"<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>025145000112"
		"</t></is></c></row>",
		"1 025145000112\n"},
	{"what is no number is given as it is",
		"<row r=\"1\"><c r=\"A1\"><v>abc</v></c></row>", "1 abc\n"},
	{"a date by its format, a month by its own",
		"<row r=\"1\"><c r=\"A1\" s=\"1\"><v>16682</v></c><c r=\"B1\""
		" s=\"2\"><v>46357</v></c><c r=\"C1\" s=\"0\"><v>46357</v></c>"
		"<c r=\"D1\" s=\"9\"><v>46357</v></c></row>",
		"1 1945-09-02|2026-12|46357|46357\n"},
	{"a date as ISO text",
		"<row r=\"1\"><c r=\"A1\" t=\"d\"><v>1945-09-02T00:00:00</v>"
		"</c></row>",
		"1 1945-09-02\n"},
	{"a day that never was stays a number",
		"<row r=\"1\"><c r=\"A1\" s=\"1\"><v>60</v></c></row>",
		"1 60\n"},
	{"cells and rows without references",
		"<row><c><v>1</v></c><c><v>2</v></c></row><row><c/><c><v>3</v>"
		"</c></row>",
		"1 1|2\n2 |3\n"},
	{"rows and cells that are left out",
		"<row r=\"3\"><c r=\"C3\"><v>1</v></c></row><row r=\"7\"/>"
		"<row r=\"9\"><c r=\"B9\"><v>2</v></c></row>",
		"3 ||1\n9 |2\n"},
	{"columns behind those that count",
		"<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"XFD1\"><v>2</v>"
		"</c></row>",
		"1 1...\n"},
	{"elements with a prefix",
		"<x:row xmlns:x=\"y\" r=\"1\"><x:c r=\"A1\"><x:v>1</x:v></x:c>"
		"</x:row>",
		"1 1\n"},
	{"two rows of one number",
		"<row r=\"1\"><c><v>1</v></c></row><row r=\"1\"><c><v>2</v>"
		"</c></row>",
		"!row 1 comes twice"},
	{"a row number that is none", "<row r=\"0\"/>",
		"!a row without number"},
	{"T49 a cell within a cell",
		"<row r='1'><c r='A1'><c r='B1'><v>1</v></c></c></row>",
		"!cells out of order"},
	{"T49 a row within a row", "<row r='1'><row r='2'></row></row>",
		"!row 2 comes twice"},
	{"cells out of order",
		"<row r=\"1\"><c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>2</v></c>"
		"</row>",
		"!cells out of order"},
	{"a cell without a place",
		"<row r=\"1\"><c r=\"1A\"><v>1</v></c></row>",
		"!cells out of order"},
	{"a cell outside of rows", "<c r=\"A1\"><v>1</v></c>",
		"!cells out of order"},
	{"XML that does not close", "<row r=\"1\"><c></row>",
		"!mismatched tag"},
	{"T49 a row beyond the limit",
		"<row r=\"2000002\"><c><v>1</v></c></row>", "!too many rows"},
};

static void read_cells(void **state)
{
	const struct cell_row *row = *state;
	struct err err = {.code = ERR_NONE};
	const bool want = row->want[0] != '!';

	bookfile_sheet(path, row->rows, STRINGS, STYLES);
	if (bookfile_hear(path, &heard, &err) != want)
		fail_msg("%s", err.text);
	if (want) {
		assert_string_equal(buf_text(&heard.told), row->want);
		assert_string_equal(heard.sheet, "Một");
		return;
	}
	assert_int_equal(err.code, ERR_INVALID);
	if (!strstr(err.text, row->want + 1))
		fail_msg("%s", err.text);
}

/* ---- three writers ------------------------------------------------------- */

static struct hearlist list;

static bool list_row(void *ctx, const struct cells *row)
{
	struct err err;

	return paylist_reader_row(ctx, row, &err);
}

static int64_t read_at(void *ctx, int64_t at, void *out, size_t len)
{
	return pread(*(const int *)ctx, out, len, at);
}

/* The whole way: a file to the rows of a payment list. */
static void hear_list(const char *file, char sheet[SHEET_NAME_SIZE])
{
	struct paylist_sink sink;
	struct err err = {.code = ERR_NONE};
	struct paylist_reader *r;
	int fd = open(file, O_RDONLY);
	struct cells_file from = {.ctx = &fd, .read_at = read_at};
	struct cells_sink rows = {NULL, list_row};
	struct stat st;

	assert_true(fd >= 0 && fstat(fd, &st) == 0);
	from.size = st.st_size;
	hearlist_init(&list);
	hearlist_sink(&list, &sink);
	r = paylist_reader_new(&sink, &err);
	assert_non_null(r);
	rows.ctx = r;
	if (!list_in_read(&from, LIST_PAYMENTS, &rows, sheet, &err) ||
		!paylist_reader_end(r, &err))
		fail_msg("%s", err.text);
	paylist_reader_free(r);
	close(fd);
}

/* Titles, a hidden sheet, a date as month, a number without its zero. */
static void same_list(void **state)
{
	char sheet[SHEET_NAME_SIZE];

	hear_list(*state, sheet);
	assert_string_equal(sheet, "Danh sách 12-2026");
	assert_string_equal(buf_text(&list.told),
		"5 id12 id_repaired [25145000112]\n5 Thử Thị An 540000\n"
		"6 id12 id_odd [025145000113]\n6 Trần Văn Bình 810000\n");
	assert_int_equal(list.last.period, 202612);
	assert_int_equal(list.last.birth.year, 1950);
	assert_string_equal(list.last.unit_code, "8341");
	assert_string_equal(list.last.id12, "025145000113");
}

static const char *const columns[] = {"period", "unit_code", "list_no", "seq",
	"beneficiary_id", "id12", "cmnd9", "name", "dob", "sex", "address",
	"group", "total"};

static void write_by_libxlsxwriter(bool streamed)
{
	struct xlsxbook *b = xlsxbook_new(path, streamed);

	xlsxbook_sheet(b, "Bìa");
	xlsxbook_text(b, 0, 0, "Kính gửi");
	xlsxbook_sheet(b, "Danh sách");
	xlsxbook_title(b, 0, 12, "DANH SÁCH");
	for (size_t i = 0; i < COUNT_OF(columns); i++)
		xlsxbook_text(b, 2, (int)i, columns[i]);
	xlsxbook_date(b, 3, 0, 2026, 12, 1, "mmm-yy");
	xlsxbook_number(b, 3, 1, 8341);
	xlsxbook_text(b, 3, 2, "L1");
	xlsxbook_number(b, 3, 3, 1);
	xlsxbook_text(b, 3, 4, "A1");
	xlsxbook_number(b, 3, 5, 251450001123.0);
	xlsxbook_text(b, 3, 7, "Thử A");
	xlsxbook_date(b, 3, 8, 1945, 9, 2, "dd/mm/yyyy");
	xlsxbook_text(b, 3, 9, "Nữ");
	xlsxbook_text(b, 3, 10, "Thôn 3");
	xlsxbook_text(b, 3, 11, "BTXH");
	xlsxbook_formula(b, 3, 12, "=270000*2", 540000);
	xlsxbook_close(b);
}

static void libxlsxwriter_writes_shared_and_inline_texts(void **state)
{
	char sheet[SHEET_NAME_SIZE];

	(void)state;
	for (int inline_texts = 0; inline_texts < 2; inline_texts++) {
		write_by_libxlsxwriter(inline_texts);
		hear_list(path, sheet);
		assert_string_equal(sheet, "Danh sách");
		assert_string_equal(buf_text(&list.told),
			"4 id12 id_odd [251450001123]\n4 Thử A 540000\n");
		assert_int_equal(list.last.period, 202612);
		assert_int_equal(list.last.birth.day, 2);
		assert_int_equal(list.last.birth.year, 1945);
	}
}

/* ---- which sheet --------------------------------------------------------- */

#define RELS(type, target)                                                     \
	"<Relationship Id=\"" target "\" Type=\"x/" type "\" Target=\"" target \
	"\"/>"
#define CELL(text) "<row><c t=\"inlineStr\"><is><t>" text "</t></is></c></row>"
#define SHEET(rows) "<worksheet><sheetData>" rows "</sheetData></worksheet>"

static void write_sheets(const char *sheets, const char *a, const char *b)
{
	const struct bookpart part[] = {
		{.name = "_rels/.rels", .text = bookfile_rels},
		{.name = "xl/workbook.xml", .text = sheets},
		{.name = "xl/_rels/workbook.xml.rels",
			.text = "<a>" RELS("worksheet", "a.xml")
				RELS("worksheet", "b.xml")
					RELS("chartsheet", "c.xml") "</a>"},
		{.name = "xl/a.xml", .text = a},
		{.name = "xl/b.xml", .text = b},
	};

	bookfile_write(path, part, COUNT_OF(part));
}

static const struct {
	const char *name;
	const char *sheets;
	const char *a;
	const char *b;
	const char *sheet;
	const char *want; /* or "!reason" */
} sheet_rows[] = {
	{"the first with a header",
		"<w><sheet name=\"A\" id=\"a.xml\"/><sheet name=\"B\""
		" id=\"b.xml\"/></w>",
		SHEET(CELL("x")), SHEET(CELL("họ tên")), "B", "1 họ tên\n"},
	{"a hidden one is passed over",
		"<w><sheet name=\"A\" id=\"a.xml\" state=\"veryHidden\"/><sheet"
		" name=\"B\" id=\"b.xml\" state=\"visible\"/></w>",
		SHEET(CELL("họ tên")), SHEET(CELL("x") CELL("họ tên")), "B",
		"1 x\n2 họ tên\n"},
	{"without a header anywhere the first",
		"<w><sheet name=\"C\" id=\"c.xml\"/><sheet name=\"A\""
		" id=\"a.xml\"/><sheet name=\"B\" id=\"b.xml\"/></w>",
		SHEET(CELL("x")), SHEET(CELL("y")), "A", "1 x\n"},
	{"a header below twenty rows is none",
		"<w><sheet name=\"A\" id=\"a.xml\"/><sheet name=\"B\""
		" id=\"b.xml\"/></w>",
		SHEET("<row r=\"50\"/>" CELL("1") CELL("2") CELL("3") CELL(
			"4") CELL("5") CELL("6") CELL("7") CELL("8") CELL("9")
				CELL("10") CELL("11") CELL("12") CELL("13")
					CELL("14") CELL("15") CELL("16")
						CELL("17") CELL("18") CELL("19")
							CELL("20")
								CELL("họ tên")),
		SHEET(CELL("họ tên")), "B", "1 họ tên\n"},
	{"none that can be seen",
		"<w><sheet name=\"A\" id=\"a.xml\" state=\"hidden\"/></w>",
		SHEET(CELL("họ tên")), "<x/>", "",
		"!there is no sheet to be seen"},
	{"no sheet at all", "<w/>", "<x/>", "<x/>", "",
		"!there is no sheet to be seen"},
	{"1904",
		"<w><workbookPr date1904=\"1\"/><sheet name=\"A\""
		" id=\"a.xml\"/></w>",
		SHEET(CELL("họ tên")), "<x/>", "A", "1 họ tên\n"},
};

static void the_sheet_with_a_header_is_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(sheet_rows); i++) {
		struct err err = {.code = ERR_NONE};
		const bool want = sheet_rows[i].want[0] != '!';

		write_sheets(sheet_rows[i].sheets, sheet_rows[i].a,
			sheet_rows[i].b);
		if (bookfile_hear(path, &heard, &err) != want)
			fail_msg("%s: %s", sheet_rows[i].name, err.text);
		assert_string_equal(heard.sheet, sheet_rows[i].sheet);
		if (want)
			assert_string_equal(buf_text(&heard.told),
				sheet_rows[i].want);
		else
			assert_non_null(strstr(err.text,
				sheet_rows[i].want + 1));
	}
}

static void many_sheets_have_a_limit(void **state)
{
	static char sheets[8192] = "<w>";
	struct err err = {.code = ERR_NONE};
	size_t n = strlen(sheets);

	(void)state;
	for (int i = 0; i < SHEET_MAX_SHEETS + 1; i++)
		n += (size_t)snprintf(sheets + n, sizeof(sheets) - n,
			"<sheet name=\"%d\" id=\"a.xml\"/>", i);
	snprintf(sheets + n, sizeof(sheets) - n, "</w>");
	write_sheets(sheets, SHEET(""), SHEET(""));
	assert_false(bookfile_hear(path, &heard, &err));
	assert_non_null(strstr(err.text, "more than 64 sheets"));
}

static void the_sink_can_stop(void **state)
{
	struct err err = {.code = ERR_NONE};

	(void)state;
	bookfile_sheet(path, CELL("a") CELL("b") CELL("c"), NULL, NULL);
	heard.stop_at = 2;
	assert_false(bookfile_hear(path, &heard, &err));
	heard.stop_at = 0;
	assert_int_equal(err.code, ERR_BUSY);
	assert_int_equal(heard.rows, 2);
}

static void csv_is_read_too(void **state)
{
	static const char csv[] = "họ tên;b\n\nx;\"y;z\"\n";
	struct err err = {.code = ERR_NONE};

	(void)state;
	tmpdir_write(dir, "a.csv", csv, strlen(csv));
	tmpdir_path(dir, "a.csv", path, sizeof(path));
	assert_true(bookfile_hear(path, &heard, &err));
	assert_string_equal(heard.sheet, "");
	assert_string_equal(buf_text(&heard.told), "1 họ tên|b\n3 x|y;z\n");
	tmpdir_write(dir, "a.csv", "a,b\"c\n", 6);
	assert_false(bookfile_hear(path, &heard, &err));
	assert_int_equal(err.code, ERR_INVALID);
	tmpdir_path(dir, "book.xlsx", path, sizeof(path));
}

/* ---- hostile ------------------------------------------------------------- */

static void must_refuse(const char *why)
{
	struct err err = {.code = ERR_NONE};

	if (bookfile_hear(path, &heard, &err))
		fail_msg("taken, not \"%s\"", why);
	if (err.code != ERR_INVALID || !strstr(err.text, why))
		fail_msg("%s", err.text);
	assert_in_range(err.sys, 0, SHEET_WHY_COUNT - 1);
}

/* A good workbook with one part more, or in place of its own. */
static void write_with(const struct bookpart *extra)
{
	static const char *const sheet = SHEET(CELL("họ tên"));
	const struct bookpart own[] = {
		{.name = "_rels/.rels", .text = bookfile_rels},
		{.name = "xl/workbook.xml", .text = bookfile_workbook},
		{.name = "xl/_rels/workbook.xml.rels",
			.text = bookfile_workbook_rels},
		{.name = "xl/styles.xml", .text = "<a/>"},
		{.name = "xl/sharedStrings.xml", .text = "<a/>"},
		{.name = "xl/worksheets/sheet1.xml", .text = sheet},
	};
	struct bookpart part[COUNT_OF(own) + 1];
	size_t n = 0;

	for (size_t i = 0; i < COUNT_OF(own); i++)
		if (strcmp(own[i].name, extra->name) != 0)
			part[n++] = own[i];
	part[n++] = *extra;
	bookfile_write(path, part, n);
}

#define LAUGHS                                                        \
	"<!DOCTYPE a [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">" \
	"<!ENTITY c \"&b;&b;&b;&b;\">]><sst><si><t>&c;</t></si></sst>"
#define OUTSIDE                                                    \
	"<!DOCTYPE a [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>" \
	"<sst><si><t>&a;</t></si></sst>"

static struct hostile_row {
	const char *name;
	struct bookpart part;
	const char *why;
} hostile_rows[] = {
	{"T49 entities that expand",
		{.name = "xl/sharedStrings.xml", .text = LAUGHS}, "DOCTYPE"},
	{"T49 an entity from outside",
		{.name = "xl/worksheets/sheet1.xml", .text = OUTSIDE},
		"DOCTYPE"},
	{"T49 an attribute without end",
		{.name = "xl/worksheets/sheet1.xml",
			.text = "<a b='0123456789 xyzuvw abcdefghijkl'      ",
			.repeat = 1},
		"unclosed token"},
	{"T49 elements in elements",
		{.name = "xl/worksheets/sheet1.xml",
			.text = "<a>",
			.repeat = 50},
		"nested too deeply"},
	{"T49 a ZIP for a sheet",
		{.name = "xl/worksheets/sheet1.xml",
			.text = "PK\3\4zip in zip"},
		"not well-formed"},
	{"T50 a name that climbs", {.name = "../../etc/x", .text = "x"},
		"not allowed"},
	{"T50 a name that climbs in the middle",
		{.name = "xl/../../x", .text = "x"}, "not allowed"},
	{"T50 an absolute name", {.name = "/etc/x", .text = "x"},
		"not allowed"},
	{"T50 a name of Windows", {.name = "xl\\x", .text = "x"},
		"not allowed"},
	{"T50 a drive", {.name = "C:x", .text = "x"}, "not allowed"},
	{"T50 a link", {.name = "xl/x", .text = "/etc/passwd", .link = true},
		"a link"},
	{"T50 two of one name but for case",
		{.name = "XL/Workbook.xml", .text = "x"}, "one name"},
	{"a locked part", {.name = "xl/x", .text = "x", .password = "1234"},
		"locked with a password"},
	{"macros", {.name = "xl/vbaProject.bin", .text = "x"}, "XLSM"},
	{"a binary workbook", {.name = "xl/workbook.bin", .text = "x"}, "XLSB"},
	{"OpenDocument", {.name = "content.xml", .text = "x"}, "ODS"},
	{"Word", {.name = "word/document.xml", .text = "x"}, "Word"},
	{"relationships that name nothing",
		{.name = "_rels/.rels", .text = "<a/>"}, "no workbook"},
	{"a workbook that names a missing part",
		{.name = "xl/_rels/workbook.xml.rels",
			.text = "<a>" RELS("styles", "no.xml") "</a>"},
		"xl/no.xml is missing"},
};

static void hostile(void **state)
{
	const struct hostile_row *row = *state;

	write_with(&row->part);
	must_refuse(row->why);
}

static void T49_a_token_without_end_stops(void **state)
{
	const size_t len = 3 * 1000 * 1000;
	char *noise = malloc(len);
	uint32_t seed = 1;
	struct bookpart part = {.name = "xl/styles.xml", .len = len};

	(void)state;
	assert_non_null(noise);
	for (size_t i = 0; i < len; i++) {
		seed = seed * 1103515245u + 12345u;
		noise[i] = (char)('a' + seed / 65536 % 26);
	}
	memcpy(noise, "<!--", 4);
	part.text = noise;
	write_with(&part);
	free(noise);
	must_refuse("something without end");
}

static void T49_a_sheet_that_unpacks_to_far_more_stops(void **state)
{
	static const char head[] = "<worksheet><sheetData>";
	const size_t times = 2 * 1000 * 1000;
	char *rows = malloc(sizeof(head) + 6 * times);
	struct bookpart part = {.name = "xl/worksheets/sheet1.xml",
		.len = strlen(head) + 6 * times};

	(void)state;
	assert_non_null(rows);
	memcpy(rows, head, sizeof(head));
	for (size_t i = 0; i < times; i++)
		memcpy(rows + strlen(head) + 6 * i, "<row/>", 6);
	part.text = rows;
	write_with(&part);
	free(rows);
	must_refuse("200 times its size");
}

static void T50_two_parts_of_one_name(void **state)
{
	(void)state;
	write_with(&(struct bookpart){.name = "xl/styles.xmk", .text = "x"});
	bookfile_patch(path, "xl/styles.xmk", "xl/styles.xml");
	must_refuse("one name");
}

static void T49_too_many_entries(void **state)
{
	static struct bookpart part[SHEET_MAX_ENTRIES + 1];
	static char name[SHEET_MAX_ENTRIES + 1][12];

	(void)state;
	for (int i = 0; i <= SHEET_MAX_ENTRIES; i++) {
		snprintf(name[i], sizeof(name[i]), "%d", i);
		part[i] = (struct bookpart){.name = name[i], .text = "x"};
	}
	bookfile_write(path, part, COUNT_OF(part));
	must_refuse("4097 entries");
}

static void T49_a_cell_too_long_is_known(void **state)
{
	static char rows[CELLS_MAX_TEXT * 8 + 200];
	size_t n;
	struct err err = {.code = ERR_NONE};

	(void)state;
	for (size_t len = CELLS_MAX_TEXT; len < CELLS_MAX_TEXT * 8;
		len = len * 2 + 1) {
		n = (size_t)snprintf(rows, sizeof(rows),
			"<row><c t=\"inlineStr\"><is><t>");
		memset(rows + n, 'x', len);
		snprintf(rows + n + len, sizeof(rows) - n - len,
			"</t></is></c><c><v>1</v></c></row>");
		bookfile_sheet(path, rows, NULL, NULL);
		assert_true(bookfile_hear(path, &heard, &err));
		if (len == CELLS_MAX_TEXT)
			assert_int_equal(heard.told.len, len + 5);
		else
			assert_string_equal(buf_text(&heard.told), "1 !|1\n");
	}
}

static void damaged_and_cut_files(void **state)
{
	struct err err;
	struct stat st;

	(void)state;
	bookfile_sheet(path, CELL("họ tên"), STRINGS, STYLES);
	assert_int_equal(stat(path, &st), 0);
	for (off_t len = st.st_size - 1; len >= 4; len -= 7) {
		assert_int_equal(truncate(path, len), 0);
		err.code = ERR_NONE;
		assert_false(bookfile_hear(path, &heard, &err));
		assert_int_equal(err.code, ERR_INVALID);
	}
	tmpdir_write(dir, "book.xlsx", "PK\5\6nothing", 11);
	must_refuse("damaged ZIP");
}

/* The head of an OLE file, its directory with one name. */
static void write_ole(const char *name)
{
	static char bytes[2048];

	memset(bytes, 0, sizeof(bytes));
	memcpy(bytes, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8);
	bytes[30] = 9;
	bytes[48] = 1;
	for (size_t i = 0; name[i]; i++)
		bytes[1024 + 128 + 2 * i] = name[i];
	tmpdir_write(dir, "book.xlsx", bytes, sizeof(bytes));
}

static void old_and_locked_workbooks_are_named(void **state)
{
	(void)state;
	write_ole("Workbook");
	must_refuse("an old Excel file (XLS)");
	write_ole("EncryptedPackage");
	must_refuse("locked with a password");
}

static void a_file_that_cannot_be_read(void **state)
{
	const struct cells_sink sink = {NULL, NULL};
	int fd = -1;
	struct cells_file f = {.ctx = &fd, .size = 10, .read_at = read_at};
	char sheet[SHEET_NAME_SIZE];
	struct err err = {.code = ERR_NONE};

	(void)state;
	assert_false(list_in_read(&f, LIST_PAYMENTS, &sink, sheet, &err));
	assert_int_equal(err.code, ERR_IO);
	assert_false(sheet_in_read(&f, paylist_header, &sink, sheet, &err));
	assert_int_equal(err.code, ERR_IO);
}

/* A disk that fails at the n-th reading, or gives a wrong byte. */
struct bad_disk {
	int fd;
	int left; /* readings until it fails; -1: never */
	int64_t wrong_at;
};

static int64_t read_badly(void *ctx, int64_t at, void *out, size_t len)
{
	struct bad_disk *d = ctx;
	int64_t n;

	if (d->left == 0)
		return -1;
	d->left -= d->left > 0;
	n = pread(d->fd, out, len, at);
	if (at <= d->wrong_at && d->wrong_at < at + n)
		((char *)out)[d->wrong_at - at] ^= 0x55;
	return n;
}

static bool ignore_row(void *ctx, const struct cells *row)
{
	(void)ctx;
	(void)row;
	return true;
}

static void a_disk_that_fails_half_way(void **state)
{
	const struct cells_sink sink = {NULL, ignore_row};
	struct bad_disk d = {
		.fd = open("tests/data/sheet_openpyxl.xlsx", O_RDONLY)};
	struct cells_file f = {.ctx = &d, .read_at = read_badly};
	char sheet[SHEET_NAME_SIZE];
	struct stat st;
	int failures = 0;
	bool ok;

	(void)state;
	assert_int_equal(fstat(d.fd, &st), 0);
	f.size = st.st_size;
	d.wrong_at = -1;
	for (int n = 0; n == failures; n++) {
		struct err err = {.code = ERR_NONE};

		d.left = n;
		ok = list_in_read(&f, LIST_PAYMENTS, &sink, sheet, &err);
		failures += !ok;
		if (!ok)
			assert_int_equal(err.code, ERR_IO);
	}
	assert_true(failures > 10);
	/* A byte that is wrong is seen, or makes no difference. */
	d.left = -1;
	for (d.wrong_at = 4; d.wrong_at < st.st_size; d.wrong_at += 3) {
		struct err err = {.code = ERR_NONE};

		if (!list_in_read(&f, LIST_PAYMENTS, &sink, sheet, &err))
			assert_int_equal(err.code, ERR_INVALID);
	}
	close(d.fd);
}

static void T49_cell_formats_have_a_limit(void **state)
{
	static char styles[64 + 5 * (SHEET_MAX_STYLES + 2)] = "<cellXfs>";
	size_t n = strlen(styles);

	(void)state;
	for (int i = 0; i <= SHEET_MAX_STYLES; i++, n += 5)
		memcpy(styles + n, "<xf/>", 5);
	memcpy(styles + n, "</cellXfs>", 11);
	bookfile_sheet(path, CELL("x"), NULL, styles);
	must_refuse("too many cell formats");
	sheet_zip_close(NULL);
}

int main(void)
{
	struct CMUnitTest tests[128] = {
		{.name = "a list by openpyxl",
			.test_func = same_list,
			.initial_state = (void *)"tests/data/"
						 "sheet_openpyxl.xlsx"},
		{.name = "a list by LibreOffice",
			.test_func = same_list,
			.initial_state = (void *)"tests/data/"
						 "sheet_libreoffice.xlsx"},
		cmocka_unit_test(libxlsxwriter_writes_shared_and_inline_texts),
		cmocka_unit_test(the_sheet_with_a_header_is_read),
		cmocka_unit_test(many_sheets_have_a_limit),
		cmocka_unit_test(the_sink_can_stop),
		cmocka_unit_test(csv_is_read_too),
		cmocka_unit_test(T49_a_token_without_end_stops),
		cmocka_unit_test(T49_a_sheet_that_unpacks_to_far_more_stops),
		cmocka_unit_test(T49_too_many_entries),
		cmocka_unit_test(T49_a_cell_too_long_is_known),
		cmocka_unit_test(T50_two_parts_of_one_name),
		cmocka_unit_test(damaged_and_cut_files),
		cmocka_unit_test(old_and_locked_workbooks_are_named),
		cmocka_unit_test(a_file_that_cannot_be_read),
		cmocka_unit_test(a_disk_that_fails_half_way),
		cmocka_unit_test(T49_cell_formats_have_a_limit),
	};
	size_t n = 17;

	UNIT_ADD_ROWS(tests, &n, cell_rows, read_cells);
	UNIT_ADD_ROWS(tests, &n, hostile_rows, hostile);
	return _cmocka_run_group_tests("sheet_in", tests, n, setup, teardown);
}
