/* Payment lists, one cell at a time: what it becomes, or what is wrong. */
#include "support/unit.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/buf.h"
#include "core/codec/paylist.h"
#include "support/hearlist.h"

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
	{"the year does not fit the number", COL_ID12, "025146000112",
		"025146000112 !id_odd", ALONE},
	{"the century does not fit the number", COL_ID12, "025345000112",
		"025345000112 !id_odd", ALONE},
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
	{"T42 a name with a Cyrillic letter", COL_NAME, "NGUYỄN THỊ \u0410NH",
		"!foreign_letters", ALONE},
	{"T42 a payee with a Greek letter", COL_PAYEE_NAME, "Nguy\u03b5n Ba",
		"!foreign_letters", COL_PAYEE, "guardian"},
	{"T42 right to left", COL_NAME, "Nguy\u202en", "!bad_text", ALONE},
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
	case COL_KIND:
	case COL_REASON:
	case COL_DATE:
	case COL_HOLDER_NAME:
	case COL_ANSWER:
	case COL_MESSAGE:
	case COL_ACCOUNT_REF:
	case COL_ALL:
		break;
	}
	return "";
}

/* "value !notice" when taken, "!trouble" when not. */
static void outcome_of(const struct hearlist *s, const struct cell_row *row,
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
	static struct hearlist s;
	char text[4096];
	char got[512];
	struct err err;
	struct buf b;

	hearlist_init(&s);
	buf_init(&b, text, sizeof(text));
	append_row(&b, row);
	assert_true(hearlist_read(&s, text, b.len, b.len, &err));
	assert_int_equal(s.rows, 1);
	assert_in_range(s.troubles, 0, 1);
	outcome_of(&s, row, got, sizeof(got));
	assert_string_equal(got, row->want);
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(cell_rows)];

	for (size_t i = 0; i < COUNT_OF(cell_rows); i++)
		tests[i] = (struct CMUnitTest){.name = cell_rows[i].name,
			.test_func = one_cell,
			.initial_state = &cell_rows[i]};
	return cmocka_run_group_tests_name("paylist row", tests, NULL, NULL);
}
