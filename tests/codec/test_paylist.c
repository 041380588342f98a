/*
 * Payment lists: one cell at a time (what it becomes, or what is wrong with
 * it), whole files, the names of columns, and the limits.
 */
#include "support/unit.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/asset.h"
#include "core/buf.h"
#include "core/codec/paylist.h"
#include "core/codec/paylist_internal.h"

/* ---- a sink that writes down what it hears ---- */

struct story {
	struct buf told;
	char text[8192];
	struct paylist_row last;
	int rows;
	int troubles;
	int errors;
	int64_t sum;
	int stop_at; /* say stop at this row; 0: never */
};

static bool hear_row(void *ctx, const struct paylist_row *row, int errors)
{
	struct story *s = ctx;

	s->last = *row;
	s->rows++;
	s->sum += row->total;
	buf_printf(&s->told, "%" PRId64 " %s %" PRId64 "%s\n", row->row,
		row->name, row->total, errors ? " bad" : "");
	return s->rows != s->stop_at;
}

static bool hear_trouble(void *ctx, const struct paylist_error *e)
{
	struct story *s = ctx;

	s->troubles++;
	s->errors += paylist_trouble_is_error(e->trouble);
	buf_printf(&s->told, "%" PRId64 " %s %s [%s]\n", e->row,
		paylist_column_name(e->column),
		paylist_trouble_code(e->trouble), e->value);
	return true;
}

/* Feed text in pieces of so many bytes; what came of it is in *s. */
static bool read_list(const char *text, size_t len, size_t piece,
	struct story *s, struct err *err)
{
	const struct paylist_sink sink = {s, hear_row, hear_trouble};
	struct paylist_reader *r = paylist_reader_new(&sink, err);
	bool ok = true;

	assert_non_null(r);
	for (size_t at = 0; ok && at < len; at += piece)
		ok = paylist_reader_feed(r, text + at,
			len - at < piece ? len - at : piece, err);
	ok = ok && paylist_reader_end(r, err);
	paylist_reader_free(r);
	return ok;
}

static void story_init(struct story *s)
{
	memset(s, 0, sizeof(*s));
	buf_init(&s->told, s->text, sizeof(s->text));
}

/* ---- one cell ---- */

/* A row in which all is well; a test replaces a cell or two. */
static const char *const good[COL_COUNT] = {
	[COL_PERIOD] = "2026-12",
	[COL_UNIT_CODE] = "08341",
	[COL_LIST_NO] = "CK-2026-12",
	[COL_SEQ] = "7",
	[COL_BENEFICIARY_ID] = "PT260007",
	[COL_ID12] = "025145000112",
	[COL_CMND9] = "",
	[COL_NAME] = "Nguyễn Thị Thử",
	[COL_DOB] = "02/09/1945",
	[COL_SEX] = "Nữ",
	[COL_ADDRESS] = "Thôn 3, xã Cẩm Khê, tỉnh Phú Thọ",
	[COL_GROUP] = "BTXH",
	[COL_MONTHLY_AMOUNT] = "540000",
};

struct cell_row {
	const char *name;
	enum paylist_column column;
	const char *cell;
	const char *want; /* the value, or "!trouble", or "value !notice" */
	enum paylist_column other; /* a second cell */
	const char *other_cell;
};

#define LONG_40 "1234567890123456789012345678901234567890"
#define LONG_160 LONG_40 LONG_40 LONG_40 LONG_40

/* No second cell. */
#define ALONE COL_COUNT, NULL

static struct cell_row cell_rows[] = {
	{"a period with a dash", COL_PERIOD, "2026-12", "2026-12", ALONE},
	{"a period as people write it", COL_PERIOD, "12/2026", "2026-12",
		ALONE},
	{"a period that is no month", COL_PERIOD, "13/2026", "!bad_period",
		ALONE},
	{"a period that is empty", COL_PERIOD, "", "!missing", ALONE},
	{"a unit code keeps its zeros", COL_UNIT_CODE, "00004", "00004", ALONE},
	{"a unit code must be there", COL_UNIT_CODE, "  ", "!missing", ALONE},
	{"a list number must be there", COL_LIST_NO, "", "!missing", ALONE},
	{"a list number too long", COL_LIST_NO, LONG_40, "!too_long", ALONE},
	{"a running number", COL_SEQ, "200", "200", ALONE},
	{"no running number", COL_SEQ, "", "0", ALONE},
	{"a running number of letters", COL_SEQ, "IV", "!bad_number", ALONE},
	{"a running number below one", COL_SEQ, "-3", "!bad_number", ALONE},
	{"a number of the person", COL_BENEFICIARY_ID, "PT 01", "PT 01", ALONE},
	{"without one the 12 digits do", COL_BENEFICIARY_ID, "", "025145000112",
		ALONE},
	{"12 digits", COL_ID12, "025145000112", "025145000112", ALONE},
	{"12 digits in groups", COL_ID12, " 025 145 000 112 ", "025145000112",
		ALONE},
	{"12 digits marked as text by Excel", COL_ID12, "'025145000112",
		"025145000112", ALONE},
	{"11 digits mended", COL_ID12, "25145000112",
		"025145000112 !id_repaired", ALONE},
	{"10 digits mended", COL_ID12, "1145000112",
		"001145000112 !id_repaired", ALONE},
	{"11 digits that could be two people", COL_ID12, "25145000112",
		"!id_short", COL_DOB, ""},
	{"11 digits that fit nobody", COL_ID12, "25045000112", "!id_short",
		ALONE},
	{"scientific notation is no number", COL_ID12, "2.5145E+10", "!bad_id",
		ALONE},
	{"scientific notation with a comma", COL_ID12, "2,5145E+10", "!bad_id",
		ALONE},
	{"13 digits", COL_ID12, "0251450001123", "!bad_id", ALONE},
	{"letters", COL_ID12, "O25145000112", "!bad_id", ALONE},
	{"no 12 digits is no trouble", COL_ID12, "", "", ALONE},
	{"nothing to tell the person by", COL_ID12, "", "!missing",
		COL_BENEFICIARY_ID, ""},
	{"an old number in the column of new ones", COL_ID12, "131350269", "",
		ALONE},
	{"the sex does not fit the number", COL_ID12, "025045000112",
		"025045000112 !id_odd", ALONE},
	{"the province does not exist", COL_ID12, "005145000112",
		"005145000112 !id_odd", ALONE},
	{"9 digits", COL_CMND9, "131350269", "131350269", ALONE},
	{"8 digits mended", COL_CMND9, "11350269", "011350269 !id_repaired",
		ALONE},
	{"7 digits", COL_CMND9, "1350269", "!bad_id", ALONE},
	{"the new number in the old column", COL_CMND9, "025145000112", "",
		ALONE},
	{"another new number in the old column", COL_CMND9, "025145000113",
		"!bad_id", ALONE},
	{"two old numbers", COL_CMND9, "131350269", "!bad_id", COL_ID12,
		"131350268"},
	{"a name is composed", COL_NAME, "Nguye\u0302\u0303n Thi\u0323 Thu",
		"Nguyễn Thị Thu", ALONE},
	{"a name keeps its apostrophe", COL_NAME, "H' Mẫu Êban", "H' Mẫu Êban",
		ALONE},
	{"a name over two lines", COL_NAME, "Nguyễn Thị\r\nThử",
		"Nguyễn Thị Thử", ALONE},
	{"T47 a name is never a pattern or SQL", COL_NAME, "%' OR 1=1 --",
		"%' OR 1=1 --", ALONE},
	{"T47 an underscore is an underscore", COL_NAME, "_", "_", ALONE},
	{"a formula is text", COL_NAME, "=cmd|'/c calc'!A1",
		"=cmd|'/c calc'!A1", ALONE},
	{"quotes doubled are quotes", COL_NAME, "Nguyễn \"\"Út\"\"",
		"Nguyễn \"Út\"", ALONE},
	{"no name", COL_NAME, "", "!missing", ALONE},
	{"a name too long", COL_NAME, LONG_160, "!too_long", ALONE},
	{"bytes that are no UTF-8", COL_NAME, "Nguy\xe1n", "!bad_text", ALONE},
	{"a terminal escape", COL_NAME, "Nguy\033[2Jn", "!bad_text", ALONE},
	{"an invisible character", COL_NAME, "Nguy\u200bn", "!bad_text", ALONE},
	{"a full date", COL_DOB, "2-9-1945", "1945-09-02", ALONE},
	{"a year", COL_DOB, "1945", "1945", ALONE},
	{"an ISO date", COL_DOB, "1945-09-02", "1945-09-02", ALONE},
	{"a day that is not in the calendar", COL_DOB, "31/02/1945",
		"!bad_date", ALONE},
	{"a date as Excel counts days", COL_DOB, "16682", "!bad_date", ALONE},
	{"no birthday", COL_DOB, "", "", ALONE},
	{"a woman", COL_SEX, "NỮ", "2", ALONE},
	{"a woman without marks", COL_SEX, "nu", "2", ALONE},
	{"a woman in English", COL_SEX, "F", "2", ALONE},
	{"a man", COL_SEX, "Nam", "1 !id_odd", ALONE},
	{"a man in English", COL_SEX, "male", "1 !id_odd", ALONE},
	{"no sex", COL_SEX, "", "0", ALONE},
	{"1 and 2 mean different things in different lists", COL_SEX, "2",
		"!bad_sex", ALONE},
	{"an address", COL_ADDRESS, "Thôn 3,  xã Cẩm Khê", "Thôn 3, xã Cẩm Khê",
		ALONE},
	{"a group by its code", COL_GROUP, "ncc", "NCC", ALONE},
	{"a group by its name", COL_GROUP, "Bảo trợ xã hội", "BTXH", ALONE},
	{"people with merit", COL_GROUP, "Người có công", "NCC", ALONE},
	{"other groups", COL_GROUP, "Khác", "KHAC", ALONE},
	{"a group that there is not", COL_GROUP, "HT", "!bad_group", ALONE},
	{"no group", COL_GROUP, "", "!missing", ALONE},
	{"a subgroup is text", COL_SUBGROUP, "tuất liệt sĩ", "tuất liệt sĩ",
		ALONE},
	{"an amount with dots", COL_MONTHLY_AMOUNT, "1.080.000", "1080000",
		ALONE},
	{"an amount without", COL_MONTHLY_AMOUNT, "1080000", "1080000", ALONE},
	{"an amount with the unit", COL_MONTHLY_AMOUNT, "1.080.000 đ",
		"1080000", ALONE},
	{"an amount that is a dash", COL_MONTHLY_AMOUNT, "-", "!no_amount",
		ALONE},
	{"an amount of zero", COL_MONTHLY_AMOUNT, "0", "!no_amount", ALONE},
	{"a negative amount", COL_MONTHLY_AMOUNT, "-540000", "!bad_amount",
		ALONE},
	{"a fraction", COL_MONTHLY_AMOUNT, "540000,5", "!bad_amount", ALONE},
	{"an amount in words", COL_MONTHLY_AMOUNT, "năm trăm", "!bad_amount",
		ALONE},
	{"an amount in scientific notation", COL_MONTHLY_AMOUNT, "5,4E+05",
		"!bad_amount", ALONE},
	{"an amount beyond all reason", COL_MONTHLY_AMOUNT,
		"99999999999999999999", "!bad_amount", ALONE},
	{"parts that add up beyond all reason", COL_ARREARS_AMOUNT, "1",
		"!bad_amount", COL_MONTHLY_AMOUNT, "999999999999999"},
	{"arrears", COL_ARREARS_AMOUNT, "160.000", "160000", ALONE},
	{"funeral money", COL_FUNERAL_AMOUNT, "10,800,000", "10800000", ALONE},
	{"unpaid before", COL_CARRY_OVER_AMOUNT, "540 000", "540000", ALONE},
	{"months of arrears", COL_ARREARS_MONTHS, "2026-10,2026-11",
		"2026-10,2026-11", ALONE},
	{"months of arrears as people write them", COL_ARREARS_MONTHS,
		"7/2026; 08/2026", "2026-07,2026-08", ALONE},
	{"months of arrears that are none", COL_ARREARS_MONTHS, "T7-T10",
		"!bad_period", ALONE},
	{"a total that is the sum", COL_TOTAL, "540.000", "540000", ALONE},
	{"a total that is not the sum", COL_TOTAL, "540.001", "!total", ALONE},
	{"a total alone", COL_TOTAL, "540.000", "540000", COL_MONTHLY_AMOUNT,
		""},
	{"no total", COL_TOTAL, "", "540000", ALONE},
	{"paid to the person", COL_PAYEE, "chính chủ", "0", ALONE},
	{"paid to nobody in particular", COL_PAYEE, "", "0", ALONE},
	{"a guardian", COL_PAYEE, "Người giám hộ", "1", COL_PAYEE_NAME,
		"Trần A"},
	{"an authorised person", COL_PAYEE, "người được uỷ quyền", "2",
		COL_PAYEE_NAME, "Trần A"},
	{"a guardian without a name", COL_PAYEE, "guardian", "!missing", ALONE},
	{"a payee that is none", COL_PAYEE, "hàng xóm", "!bad_payee", ALONE},
	{"another name, but not by what right", COL_PAYEE_NAME, "Trần A",
		"!bad_payee", ALONE},
	{"the same name as the person's", COL_PAYEE_NAME, "NGUYỄN THỊ THỬ",
		"NGUYỄN THỊ THỬ", ALONE},
	{"the payee's number", COL_PAYEE_ID, "025071174258", "025071174258",
		ALONE},
	{"the payee's old number", COL_PAYEE_ID, "131350269", "131350269",
		ALONE},
	{"the payee's number short of a zero", COL_PAYEE_ID, "25071174258",
		"!id_short", ALONE},
	{"the payee's number in letters", COL_PAYEE_ID, "chưa có", "!bad_id",
		ALONE},
	{"cash", COL_METHOD, "tiền mặt", "0", ALONE},
	{"nothing said is cash", COL_METHOD, "", "0", ALONE},
	{"by account", COL_METHOD, "TK", "1", COL_ACCOUNT_NO, "0123456789"},
	{"by account, but which?", COL_METHOD, "Tài khoản", "!missing", ALONE},
	{"a method that there is not", COL_METHOD, "bưu tá", "!bad_method",
		ALONE},
	{"a bank", COL_ACCOUNT_BIN, "970405", "970405", ALONE},
	{"a bank by its letters", COL_ACCOUNT_BIN, "VCB", "VCB", ALONE},
	{"a bank by its name", COL_ACCOUNT_BIN, "Nông nghiệp", "!bad_account",
		ALONE},
	{"an account keeps its zeros", COL_ACCOUNT_NO, "0011 0012 3456",
		"001100123456", ALONE},
	{"an account in scientific notation", COL_ACCOUNT_NO, "2,7002E+12",
		"!bad_account", ALONE},
	{"a note", COL_NOTE, "=SUM(A1)", "=SUM(A1)", ALONE},
	{"a note too long", COL_NOTE, LONG_160 LONG_160, "!too_long", ALONE},
};

static void append_row(struct buf *b, const struct cell_row *row)
{
	for (int c = 0; c < COL_COUNT; c++)
		buf_printf(b, "%s%s", c ? "," : "",
			paylist_column_name((enum paylist_column)c));
	buf_printf(b, "\n");
	for (int c = 0; c < COL_COUNT; c++) {
		const char *cell = good[c] ? good[c] : "";

		if ((int)row->column == c)
			cell = row->cell;
		else if ((int)row->other == c)
			cell = row->other_cell;
		buf_printf(b, "%s\"%s\"", c ? "," : "", cell);
	}
	buf_printf(b, "\n");
	assert_false(b->full);
}

static const char *number(int64_t n, char out[32])
{
	snprintf(out, 32, "%" PRId64, n);
	return out;
}

static const char *value_of(const struct paylist_row *r,
	enum paylist_column column, char out[32])
{
	switch (column) {
	case COL_PERIOD:
		return period_iso(r->period, out);
	case COL_UNIT_CODE:
		return r->unit_code;
	case COL_LIST_NO:
		return r->list_no;
	case COL_SEQ:
		return number(r->seq, out);
	case COL_BENEFICIARY_ID:
		return r->beneficiary_id;
	case COL_ID12:
		return r->id12;
	case COL_CMND9:
		return r->old_id;
	case COL_NAME:
		return r->name;
	case COL_DOB:
		return date_iso(r->birth, out);
	case COL_SEX:
		return number(r->sex, out);
	case COL_ADDRESS:
		return r->address;
	case COL_GROUP:
		return r->group;
	case COL_SUBGROUP:
		return r->subgroup;
	case COL_MONTHLY_AMOUNT:
		return number(r->monthly, out);
	case COL_ARREARS_AMOUNT:
		return number(r->arrears, out);
	case COL_ARREARS_MONTHS:
		return r->arrears_months;
	case COL_FUNERAL_AMOUNT:
		return number(r->funeral, out);
	case COL_CARRY_OVER_AMOUNT:
		return number(r->carry_over, out);
	case COL_TOTAL:
		return number(r->total, out);
	case COL_PAYEE:
		return number(r->payee, out);
	case COL_PAYEE_NAME:
		return r->payee_name;
	case COL_PAYEE_ID:
		return r->payee_id;
	case COL_METHOD:
		return number(r->method, out);
	case COL_ACCOUNT_BIN:
		return r->account_bin;
	case COL_ACCOUNT_NO:
		return r->account_no;
	case COL_NOTE:
		return r->note;
	case COL_COUNT:
		break;
	}
	return "";
}

/* "value !notice" when taken, "!trouble" when not. */
static void outcome_of(const struct story *s, const struct cell_row *row,
	char *out, size_t size)
{
	char number_text[32];
	char code[40] = "";
	const char *line = strstr(s->text, " [");

	if (s->troubles > 0) {
		const char *from = line;

		while (from[-1] != ' ')
			from--;
		snprintf(code, sizeof(code), "!%.*s", (int)(line - from), from);
	}
	if (s->errors > 0)
		snprintf(out, size, "%s", code);
	else
		snprintf(out, size, "%s%s%s",
			value_of(&s->last, row->column, number_text),
			code[0] ? " " : "", code);
}

static void one_cell(void **state)
{
	const struct cell_row *row = *state;
	static struct story s;
	char text[4096];
	char got[512];
	struct err err;
	struct buf b;

	story_init(&s);
	buf_init(&b, text, sizeof(text));
	append_row(&b, row);
	assert_true(read_list(text, b.len, b.len, &s, &err));
	assert_int_equal(s.rows, 1);
	assert_in_range(s.troubles, 0, 1);
	outcome_of(&s, row, got, sizeof(got));
	assert_string_equal(got, row->want);
}

/* ---- whole files ---- */

#define H12                                                                    \
	"period,unit_code,list_no,seq,beneficiary_id,id12,cmnd9,name,dob,sex," \
	"address,group"
#define HEADER H12 ",monthly_amount\n"
#define WITH_TOTAL H12 ",monthly_amount,total\n"
#define A "2026-12,08341,L1,1,A1,025145000112,,Thử A,1945,Nữ,X,BTXH,540000"
#define B "2026-12,08341,L1,2,B1,025145000113,,Thử B,1945,Nữ,X,BTXH,810000"
#define A_SEMI \
	"2026-12;08341;L1;1;A1;025145000112;;Thử A;1945;Nữ;X, Y;BTXH;540000\n"
#define A_TAB                                                                    \
	"2026-12\t08341\tL1\t1\tA1\t025145000112\t\tThử A\t1945\tNữ\tX, Y\t" \
	"BTXH\t540000\n"
#define H_SEMI                                                                 \
	"period;unit_code;list_no;seq;beneficiary_id;id12;cmnd9;name;dob;sex;" \
	"address;group;monthly_amount\n"
#define H_TAB                                                                  \
	"period\tunit_code\tlist_no\tseq\tbeneficiary_id\tid12\tcmnd9\tname\t" \
	"dob\tsex\taddress\tgroup\tmonthly_amount\n"
#define H_VI                                                                                         \
	"Kỳ chi trả,Mã đơn vị,Số danh sách,STT,Mã đối tượng,\"Số CCCD/Định " \
	"danh\",Số CMND cũ,HỌ VÀ TÊN,Năm sinh,Giới tính,Nơi cư trú,Nhóm đối "      \
	"tượng,\"Mức trợ\ncấp (đồng)\"\n"
#define OK_A "2 Thử A 540000\n"

struct file_row {
	const char *name;
	const char *text;
	const char *want; /* what the sink hears, or "!reason" at the end */
};

static struct file_row file_rows[] = {
	{"commas", HEADER A "\n", OK_A},
	{"semicolons", H_SEMI A_SEMI, OK_A},
	{"tabs", H_TAB A_TAB, OK_A},
	{"a BOM", "\xef\xbb\xbf" HEADER A "\n", OK_A},
	{"no line end at the end", HEADER A, OK_A},
	{"CR LF", H12 ",monthly_amount\r\n" A "\r\n", OK_A},
	{"CR alone", H12 ",monthly_amount\r" A "\r", OK_A},
	{"Vietnamese names", H_VI A "\n", OK_A},
	{"Excel's hint of the separator", "sep=;\r\n" H_SEMI A_SEMI,
		"3 Thử A 540000\n"},
	{"a header and no row", HEADER, ""},
	{"columns in another order",
		"monthly_amount," H12 "\n540000,2026-12,"
		"08341,L1,1,A1,025145000112,,Thử A,1945,Nữ,X,BTXH\n",
		OK_A},
	{"a column that nobody knows is ignored",
		"điểm," H12 ",monthly_amount\n9," A "\n", OK_A},
	{"empty lines count, and are skipped", "\n" HEADER "\n\r\n" A "\n\n\n",
		"5 Thử A 540000\n"},
	{"rows of empty cells are skipped", HEADER ",,,,,,,,,,,,\n" A "\n,,\n",
		"3 Thử A 540000\n"},
	{"a line end in a cell is no row",
		HEADER
		"2026-12,08341,L1,1,A1,025145000112,,\"Thử\nA\",1945,Nữ,X,"
		"BTXH,540000\n" B "\n",
		"2 Thử A 540000\n3 Thử B 810000\n"},
	{"cells in quotes",
		HEADER
		"\"2026-12\",\"08341\",\"L1\",\"1\",\"A1\",\"025145000112\","
		"\"\",\"Thử A\",\"1945\",\"Nữ\",\"X, "
		"Y\",\"BTXH\",\"540.000\"\n",
		OK_A},
	{"fewer cells at the end are empty ones",
		H12 ",monthly_amount,note\n" A "\n", OK_A},
	{"more cells than the header", HEADER A ",7\n",
		"2 monthly_amount cells [540000]\n2 Thử A 540000 bad\n"},
	{"more cells, all empty", HEADER A ",,\n", OK_A},
	{"all troubles of a row, and the next row",
		HEADER "2026-13,,L1,1,A1,12,,Thử A,1945,Nữ,X,BTXH,5k\n" B "\n",
		"2 period bad_period [2026-13]\n2 unit_code missing []\n"
		"2 id12 bad_id [12]\n2 monthly_amount bad_amount [5k]\n"
		"2 Thử A 0 bad\n3 Thử B 810000\n"},
	{"a bad cell is shown without its bad bytes",
		HEADER
		"2026-12,08341,L1,1,A1,025145000112,,T\033[2J\xff,1945,Nữ,X,"
		"BTXH,540000\n",
		"2 name bad_text [T?[2J?]\n2  540000 bad\n"},
	{"a sum at the end is checked",
		HEADER A "\n" B "\n,,,,,,,Tổng cộng,,,,,1.350.000\n",
		"2 Thử A 540000\n3 Thử B 810000\n"},
	{"a sum that is not the sum",
		HEADER A "\n" B "\nTổng cộng,,,,,,,,,,,,1.350.001\n",
		"2 Thử A 540000\n3 Thử B 810000\n"
		"4 monthly_amount total [1.350.001]\n"},
	{"sums in between and of all",
		HEADER A "\nCộng thôn 1,,,,,,,,,,,,"
			 "540000\n" B "\n,,,Cộng thôn 2,,,,,,,,,810000\n"
			 ",,,,,,,TỔNG CỘNG:,,,,,1350000\n",
		"2 Thử A 540000\n4 Thử B 810000\n"},
	{"words and signatures behind a sum are skipped",
		HEADER A
		"\n,,,,,,,Cộng,,,,,540000\n\"(Bằng chữ: Năm trăm bốn mươi "
		"nghìn "
		"đồng)\"\n,,,,,,,Người lập,,,TM. UBND\n,,,,,,,Trần Văn Lập\n",
		OK_A},
	{"a person behind a sum is a person",
		HEADER A "\n,,,,,,,Cộng,,,,,540000\n" B "\n",
		"2 Thử A 540000\n4 Thử B 810000\n"},
	{"words in front of a sum are not skipped",
		HEADER "\"(Bằng chữ)\",,,,,,,,,,,,\n",
		"2 period bad_period [(Bằng chữ)]\n2 unit_code missing []\n"
		"2 list_no missing []\n2 name missing []\n2 id12 missing []\n"
		"2 group missing []\n2 total no_amount []\n2  0 bad\n"},
	{"Tống Công Minh is no sum",
		HEADER
		"2026-12,08341,L1,1,A1,,131350269,Tống Công Minh,1945,Nam,X,"
		"BTXH,540000\n",
		"2 Tống Công Minh 540000\n"},
	{"a list with nothing but totals", H12 ",Tổng cộng\n" A "\n", OK_A},
	{"a total beside the parts", WITH_TOTAL A ",540000\n" B ",540000\n",
		"2 Thử A 540000\n3 total total [540000]\n3 Thử B 810000 bad\n"},

	{"an empty file", "", "!row 0: the file is empty"},
	{"only line ends", "\n\n\n", "!row 3: the file is empty"},
	{"a column missing",
		"period,unit_code,list_no,seq,beneficiary_id,id12,"
		"cmnd9,name,sex,group,total\n" A "\n",
		"!row 1: columns missing: dob address"},
	{"no amount column", H12 "\n" A "\n",
		"!row 1: columns missing: any amount"},
	{"a column twice", H12 ",total,Họ và tên\n" A "\n",
		"!row 1: column name twice, cells 8 and 14"},
	{"a column under two names", H12 ",total,Số định danh\n",
		"!row 1: column id12 twice, cells 6 and 14"},
	{"a quote inside a cell",
		HEADER A "\n"
			 "x\"y,1\n",
		"2 Thử A 540000\n!row 3: a quote inside a cell"},
	{"a quote that is not closed", HEADER A "\n\"x,1\n",
		"2 Thử A 540000\n!row 3: the last cell has an open quote"},
	{"an XLSX file", "PK\3\4....",
		"!row 0: an Excel file: save it as CSV "
		"UTF-8 first"},
	{"UTF-16", "\xff\xfep\0e\0",
		"!row 0: UTF-16 text: save it as CSV "
		"UTF-8 first"},
	{"some other text", "xin chào\nthế giới\n",
		"!row 1: columns missing: period unit_code list_no seq "
		"beneficiary_id id12 cmnd9 name dob sex address group"},
};

static void whole_file_in_pieces(const struct file_row *row, size_t piece)
{
	static struct story s;
	struct err err = {.code = ERR_NONE};

	story_init(&s);
	if (!read_list(row->text, strlen(row->text), piece, &s, &err)) {
		assert_int_equal(err.code, ERR_INVALID);
		buf_printf(&s.told, "!%s", err.text);
	}
	assert_string_equal(buf_text(&s.told), row->want);
}

static void whole_file(void **state)
{
	const struct file_row *row = *state;

	whole_file_in_pieces(row, 65536);
	whole_file_in_pieces(row, 1);
	whole_file_in_pieces(row, 7);
}

/* ---- names of columns ---- */

static struct {
	const char *header;
	enum paylist_column column;
} headers[] = {
	{"Kỳ", COL_PERIOD},
	{"Kỳ chi trả", COL_PERIOD},
	{"MÃ ĐƠN VỊ", COL_UNIT_CODE},
	{"Số danh sách", COL_LIST_NO},
	{"STT", COL_SEQ},
	{"TT", COL_SEQ},
	{"Mã đối tượng", COL_BENEFICIARY_ID},
	{"Số CCCD", COL_ID12},
	{"Số định danh", COL_ID12},
	{"CCCD/Định danh", COL_ID12},
	{"Số định danh/CMND", COL_ID12},
	{"id12", COL_ID12},
	{"CMND", COL_CMND9},
	{"Số CMND cũ", COL_CMND9},
	{"Họ và tên", COL_NAME},
	{"HO VA TEN", COL_NAME},
	{"Ngày sinh", COL_DOB},
	{"Năm sinh", COL_DOB},
	{"Giới tính", COL_SEX},
	{"Địa chỉ", COL_ADDRESS},
	{"Nơi cư trú", COL_ADDRESS},
	{"Nhóm", COL_GROUP},
	{"Nhóm đối tượng", COL_GROUP},
	{"Nhóm con", COL_SUBGROUP},
	{"Mức trợ cấp", COL_MONTHLY_AMOUNT},
	{"Mức trợ cấp (đồng/tháng)", COL_MONTHLY_AMOUNT},
	{"Số tiền tháng này", COL_MONTHLY_AMOUNT},
	{"Truy lĩnh", COL_ARREARS_AMOUNT},
	{"Tháng truy lĩnh", COL_ARREARS_MONTHS},
	{"Mai táng phí", COL_FUNERAL_AMOUNT},
	{"Kỳ trước chưa nhận", COL_CARRY_OVER_AMOUNT},
	{"Tổng cộng", COL_TOTAL},
	{"Cộng", COL_TOTAL},
	{"Người nhận", COL_PAYEE},
	{"Tên người nhận", COL_PAYEE_NAME},
	{"Số giấy tờ người nhận", COL_PAYEE_ID},
	{"Hình thức chi trả", COL_METHOD},
	{"Mã ngân hàng", COL_ACCOUNT_BIN},
	{"Số tài khoản", COL_ACCOUNT_NO},
	{"Ghi chú", COL_NOTE},
	{"Carry_Over_Amount", COL_CARRY_OVER_AMOUNT},
	{"carry over amount", COL_CARRY_OVER_AMOUNT},
	{"", COL_COUNT},
	{"Ký nhận", COL_COUNT},
	{"name2", COL_COUNT},
	{"nam", COL_COUNT},
};

static void columns_have_many_names(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(headers); i++) {
		const enum paylist_column got =
			paylist_column_find(headers[i].header,
				strlen(headers[i].header));

		if (got != headers[i].column)
			print_error("%s\n", headers[i].header);
		assert_int_equal(got, headers[i].column);
	}
}

static void every_column_has_its_english_name(void **state)
{
	(void)state;
	for (int c = 0; c < COL_COUNT; c++) {
		const char *name = paylist_column_name((enum paylist_column)c);

		assert_int_equal(paylist_column_find(name, strlen(name)), c);
	}
	assert_string_equal(paylist_column_name(COL_COUNT), "");
}

static void every_trouble_has_its_code(void **state)
{
	(void)state;
	for (int i = 0; i < TROUBLE_COUNT; i++)
		for (int k = 0; k < i; k++)
			assert_string_not_equal(
				paylist_trouble_code((enum paylist_trouble)i),
				paylist_trouble_code((enum paylist_trouble)k));
	assert_false(paylist_trouble_is_error(TROUBLE_ID_REPAIRED));
	assert_false(paylist_trouble_is_error(TROUBLE_ID_ODD));
	assert_true(paylist_trouble_is_error(TROUBLE_MISSING));
	assert_true(paylist_trouble_is_error(TROUBLE_DUPLICATE));
}

static void missing_and_unknown_columns_are_told(void **state)
{
	static const char text[] = "x,y,," HEADER;
	static const uint32_t optional =
		(UINT32_C(1) << COL_COUNT) - (UINT32_C(1) << COL_SUBGROUP);
	const struct paylist_sink sink = {NULL, NULL, NULL};
	struct err err;
	struct paylist_reader *r = paylist_reader_new(&sink, &err);

	(void)state;
	assert_non_null(r);
	assert_true(paylist_reader_feed(r, text, strlen(text), &err));
	assert_true(paylist_reader_end(r, &err));
	assert_int_equal(paylist_reader_unknown(r), 2);
	assert_int_equal(paylist_reader_missing(r),
		optional & ~(UINT32_C(1) << COL_MONTHLY_AMOUNT));
	paylist_reader_free(r);
	paylist_reader_free(NULL);
}

/* ---- the demo ---- */

static void the_demo_list_is_clean(void **state)
{
	static struct story s;
	struct err err;

	(void)state;
	for (size_t i = 0; i < assets_count; i++) {
		if (strcmp(assets[i].path, "assets/demo/people.csv") != 0)
			continue;
		story_init(&s);
		assert_true(read_list((const char *)assets[i].data,
			assets[i].size, 1000, &s, &err));
		assert_int_equal(s.rows, 200);
		assert_int_equal(s.troubles, 0);
		assert_int_equal(s.sum, 261480000);
		return;
	}
	fail_msg("no demo list");
}

/* ---- stopping, and limits ---- */

static void the_sink_can_stop(void **state)
{
	static struct story s;
	static const char text[] = HEADER A "\n" B "\n" A "\n";
	struct err err;

	(void)state;
	story_init(&s);
	s.stop_at = 2;
	assert_false(read_list(text, strlen(text), 65536, &s, &err));
	assert_int_equal(err.code, ERR_BUSY);
	assert_int_equal(s.rows, 2);
}

/* Feed the same bytes again and again until the reader has had enough. */
static void feed_for_ever(const char *piece, const char *why)
{
	const struct paylist_sink sink = {NULL, NULL, NULL};
	struct err err = {.code = ERR_NONE};
	struct paylist_reader *r = paylist_reader_new(&sink, &err);
	int64_t bytes = 0;

	assert_non_null(r);
	assert_true(paylist_reader_feed(r, HEADER, strlen(HEADER), &err));
	while (paylist_reader_feed(r, piece, strlen(piece), &err)) {
		bytes += (int64_t)strlen(piece);
		assert_in_range(bytes, 0, 1 << 28);
	}
	assert_int_equal(err.code, ERR_INVALID);
	assert_non_null(strstr(err.text, why));
	/* It stays so. */
	assert_false(paylist_reader_feed(r, A "\n", strlen(A "\n"), &err));
	assert_false(paylist_reader_end(r, &err));
	paylist_reader_free(r);
}

static void T49_rows_have_a_limit(void **state)
{
	(void)state;
	feed_for_ever(",,\n,,\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n",
		"too many rows");
}

static void T49_a_cell_without_end_stops(void **state)
{
	(void)state;
	feed_for_ever("\"abc\n", "quote");
	feed_for_ever("aaaaaaaaaaaaaaa", "a cell without end");
}

static void T49_columns_have_a_limit(void **state)
{
	char text[1024];
	static struct story s;
	struct err err;
	struct buf b;

	(void)state;
	for (int more = 51; more <= 52; more++) {
		story_init(&s);
		buf_init(&b, text, sizeof(text));
		buf_printf(&b, "%s,monthly_amount", H12);
		for (int i = 0; i < more; i++)
			buf_printf(&b, ",x%d", i);
		buf_printf(&b, "\n%s\n", A);
		assert_false(b.full);
		assert_int_equal(read_list(text, b.len, b.len, &s, &err),
			13 + more <= PAYLIST_MAX_COLUMNS);
	}
	assert_non_null(strstr(err.text, "too many columns"));
}

static void T49_a_header_without_end_stops(void **state)
{
	static char text[64 * 1024];
	static struct story s;
	struct err err;

	(void)state;
	story_init(&s);
	memset(text, 'a', sizeof(text));
	assert_false(read_list(text, sizeof(text), 1000, &s, &err));
	assert_non_null(strstr(err.text, "no header line"));
}

static void T49_a_long_cell_is_told_and_not_kept(void **state)
{
	static struct story s;
	char text[4096];
	struct err err;
	struct buf b;

	(void)state;
	story_init(&s);
	buf_init(&b, text, sizeof(text));
	buf_printf(&b, "%s,note\n%s,%01025d\n", H12 ",monthly_amount", A, 0);
	assert_true(read_list(text, b.len, b.len, &s, &err));
	assert_string_equal(buf_text(&s.told),
		"2 note too_long []\n2 Thử A 540000 bad\n");
}

static struct CMUnitTest tests[COUNT_OF(cell_rows) + COUNT_OF(file_rows) + 11];

int main(void)
{
	static const struct CMUnitTest more[] = {
		cmocka_unit_test(columns_have_many_names),
		cmocka_unit_test(every_column_has_its_english_name),
		cmocka_unit_test(every_trouble_has_its_code),
		cmocka_unit_test(missing_and_unknown_columns_are_told),
		cmocka_unit_test(the_demo_list_is_clean),
		cmocka_unit_test(the_sink_can_stop),
		cmocka_unit_test(T49_rows_have_a_limit),
		cmocka_unit_test(T49_a_cell_without_end_stops),
		cmocka_unit_test(T49_columns_have_a_limit),
		cmocka_unit_test(T49_a_header_without_end_stops),
		cmocka_unit_test(T49_a_long_cell_is_told_and_not_kept),
	};
	struct CMUnitTest *t = tests;

	for (size_t i = 0; i < COUNT_OF(cell_rows); i++)
		*t++ = (struct CMUnitTest){.name = cell_rows[i].name,
			.test_func = one_cell,
			.initial_state = &cell_rows[i]};
	for (size_t i = 0; i < COUNT_OF(file_rows); i++)
		*t++ = (struct CMUnitTest){.name = file_rows[i].name,
			.test_func = whole_file,
			.initial_state = &file_rows[i]};
	memcpy(t, more, sizeof(more));
	return cmocka_run_group_tests_name("paylist", tests, NULL, NULL);
}
