/* Lists of changes: what a row becomes, or what is wrong with it. */
#include "support/unit.h"

#include <inttypes.h>
#include <string.h>

#include "core/buf.h"
#include "core/codec/changelist.h"
#include "core/codec/csv_in.h"

#define HEAD                                                            \
	"kind,period,unit_code,beneficiary_id,id12,cmnd9,name,dob,sex," \
	"address,group,reason,date,monthly_amount,note\n"

/* "line kind period unit code id12 name reason date [bad]", a line a row. */
static struct list_case {
	const char *name;
	const char *text;
	const char *want;
} lists[] = {
	{"who came",
		HEAD "came,2026-12,U1,P1,025145000112,,Nguyễn Thị "
		     "Thử,1945,Nữ,Thôn 3,BTXH,,,540000,\n",
		"2 1 202612 U1 P1 025145000112 Nguyễn Thị Thử 0 \n"},
	{"who left, with the day of death",
		HEAD "left,12/2026,U1,P1,,,,,,,,died,05/11/2026,,\n",
		"2 2 202612 U1 P1   3 2026-11-05\n"},
	{"who is altered",
		HEAD "altered,2026-12,U1,P1,,,Lê An,,,Thôn 4,NCC,ghi sai,,,\n",
		"2 3 202612 U1 P1  Lê An 0 \n"},
	{"Vietnamese names and words",
		"Biến động;Từ tháng;Mã đơn vị;Số CCCD;Họ và tên;Lý do;Ngày "
		"chết\n"
		"Giảm;12/2026;U1;025145000112;Lê An;Chuyển đi;\n"
		"Tăng;12/2026;U1;025145004578;Lê Bình;;\n"
		"Điều chỉnh;12/2026;U1;025145004578;Lê Bình;;\n",
		"2 2 202612 U1 025145000112 025145000112 Lê An 2 \n"
		"3 1 202612 U1 025145004578 025145004578 Lê Bình 0 \n"
		"4 3 202612 U1 025145004578 025145004578 Lê Bình 0 \n"},
	{"marks left out, titles above, columns numbered",
		"DANH SACH TANG GIAM\n"
		"TANG GIAM,TU KY,MA DON VI,MA DOI TUONG,HO TEN,PHAI,LY DO\n"
		"(1),(2),(3),(4),(5),(6),(7)\n"
		"giam,12/2026,U1,P1,,,tu vong\n",
		"4 2 202612 U1 P1   3 \n"},
	{"prison, refusal and the rest",
		HEAD "left,2026-12,U1,P1,,,,,,,,đi tù,,,\n"
		     "left,2026-12,U1,P2,,,,,,,,từ chối,,,\n"
		     "left,2026-12,U1,P3,,,,,,,,khác,,,\n",
		"2 2 202612 U1 P1   5 \n3 2 202612 U1 P2   4 \n"
		"4 2 202612 U1 P3   9 \n"},
	{"an old number alone",
		HEAD "left,2026-12,U1,,,123456789,,,,,,died,,,\n",
		"2 2 202612 U1 123456789   3 \n"},
	{"no kind", HEAD ",2026-12,U1,P1,,,,,,,,,,,\n",
		"! 2 kind missing []\n2 0 202612 U1 P1   0  bad\n"},
	{"a kind nobody knows", HEAD "gone,2026-12,U1,P1,,,,,,,,,,,\n",
		"! 2 kind bad_kind [gone]\n2 0 202612 U1 P1   0  bad\n"},
	{"left without a reason", HEAD "left,2026-12,U1,P1,,,,,,,,,,,\n",
		"! 2 reason missing []\n2 2 202612 U1 P1   0  bad\n"},
	{"a reason nobody knows", HEAD "left,2026-12,U1,P1,,,,,,,,x,,,\n",
		"! 2 reason bad_reason [x]\n2 2 202612 U1 P1   0  bad\n"},
	{"came without a name", HEAD "came,2026-12,U1,P1,,,,,,,,,,,\n",
		"! 2 name missing []\n2 1 202612 U1 P1   0  bad\n"},
	{"no period, no unit, no number", HEAD "left,,,,,,,,,,,died,,,\n",
		"! 2 period missing []\n! 2 unit_code missing []\n"
		"! 2 id12 missing []\n2 2 0     3  bad\n"},
	{"a period and a date that are none",
		HEAD "left,2026-13,U1,P1,,,,,,,,died,31/02/2026,,\n",
		"! 2 period bad_period [2026-13]\n"
		"! 2 date bad_date [31/02/2026]\n2 2 0 U1 P1   3  bad\n"},
	{"a group and an amount that are none",
		HEAD "altered,2026-12,U1,P1,,,,,,,XYZ,,,-5,\n",
		"! 2 group bad_group [XYZ]\n"
		"! 2 monthly_amount bad_amount [-5]\n"
		"2 3 202612 U1 P1   0  bad\n"},
	{"more cells than the header",
		"kind,period,unit_code,beneficiary_id\n"
		"altered,2026-12,U1,P1,more\n",
		"! 2 note cells []\n2 3 202612 U1 P1   0  bad\n"},
	{"empty rows and unknown columns",
		"kind,x,period,unit_code,id12\n\naltered,y,2026-12,U1,"
		"025145000112\n",
		"3 3 202612 U1 025145000112 025145000112  0 \n"},
	{"a column is missing", "kind,period,name,id12\n",
		"failed: row 1: columns missing: unit_code"},
	{"no number of a person", "kind,period,unit_code,name\n",
		"failed: row 1: columns missing: beneficiary_id or id12 or "
		"cmnd9"},
	{"a column twice", "kind,period,unit_code,id12,Số CCCD\n",
		"failed: row 1: column id12 twice, cell 5"},
	{"no header at all", "a,b\n", "failed: row 1: no header"},
	{"titles without end",
		"1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n17\n"
		"18\n19\n20\n21\n",
		"failed: row 20: no header so far"},
	{"nothing", "", "failed: row 0: the file is empty"},
};

struct heard {
	struct buf told;
	char text[4096];
	struct sidelist *reader;
	struct err err;
	int stop_at;
	int rows;
};

static bool on_row(void *ctx, const struct change_row *row, int errors)
{
	struct heard *h = ctx;
	const struct paylist_row *p = &row->person;
	char date[DATE_TEXT_SIZE];

	buf_printf(&h->told, "%" PRId64 " %d %d %s %s %s %s %d %s%s\n", p->row,
		row->kind, p->period, p->unit_code, p->beneficiary_id, p->id12,
		p->name, row->reason, date_iso(row->date, date),
		errors ? " bad" : "");
	return ++h->rows != h->stop_at;
}

static bool on_trouble(void *ctx, const struct paylist_error *e)
{
	struct heard *h = ctx;

	buf_printf(&h->told, "! %" PRId64 " %s %s [%s]\n", e->row,
		paylist_column_name(e->column),
		paylist_trouble_code(e->trouble), e->value);
	return h->stop_at >= 0;
}

static bool on_cells(void *ctx, const struct cells *row)
{
	struct heard *h = ctx;

	return sidelist_row(h->reader, row, &h->err);
}

static void hear(struct heard *h, const char *text)
{
	const struct change_sink sink = {h, on_row, on_trouble};
	const struct cells_sink cells = {h, on_cells};
	struct err err = {0};
	struct csv_in *csv = csv_in_new(&cells, &err);

	buf_init(&h->told, h->text, sizeof(h->text));
	h->reader = changelist_new(&sink, &err);
	assert_non_null(h->reader);
	if (csv_in_feed(csv, text, strlen(text), &err))
		csv_in_end(csv, &err);
	sidelist_end(h->reader, &h->err);
	csv_in_free(csv);
	sidelist_free(h->reader);
}

static void check_list(void **state)
{
	const struct list_case *row = *state;
	struct heard h = {.rows = 0};

	hear(&h, row->text);
	if (h.err.code != ERR_NONE)
		buf_printf(&h.told, "failed: %s", h.err.text);
	assert_string_equal(buf_text(&h.told), row->want);
}

static void the_sink_may_stop(void **state)
{
	static const char text[] = HEAD "left,2026-12,U1,P1,,,,,,,,died,,,\n"
					"left,2026-12,U1,P2,,,,,,,,died,,,\n";
	struct heard h = {.stop_at = 1};
	struct heard at_trouble = {.stop_at = -1};

	(void)state;
	hear(&h, text);
	assert_int_equal(h.err.code, ERR_BUSY);
	assert_int_equal(h.rows, 1);
	hear(&at_trouble, HEAD "left,2026-12,U1,P1,,,,,,,,,,,\n");
	assert_int_equal(at_trouble.err.code, ERR_BUSY);
	assert_int_equal(at_trouble.rows, 0);
}

static void a_cell_that_is_too_long(void **state)
{
	char text[4096];
	struct heard h = {.rows = 0};
	struct buf b;

	(void)state;
	buf_init(&b, text, sizeof(text));
	buf_printf(&b, HEAD "altered,2026-12,U1,P1,,,%0*d,,,,,,,,\n",
		CELLS_MAX_TEXT + 1, 0);
	hear(&h, buf_text(&b));
	assert_string_equal(buf_text(&h.told),
		"! 2 name too_long []\n2 3 202612 U1 P1   0  bad\n");
}

static void too_many_columns(void **state)
{
	char text[4096] = "kind,period,unit_code,id12";
	struct heard h = {.rows = 0};
	size_t n = strlen(text);

	(void)state;
	memset(text + n, ',', CELLS_MAX);
	memcpy(text + n + CELLS_MAX, "x\n", sizeof("x\n"));
	hear(&h, text);
	assert_int_equal(h.err.code, ERR_INVALID);
	assert_string_equal(h.err.text, "row 1: too many columns");
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(lists) + 3] = {
		cmocka_unit_test(the_sink_may_stop),
		cmocka_unit_test(a_cell_that_is_too_long),
		cmocka_unit_test(too_many_columns),
	};
	size_t n = 3;

	UNIT_ADD_ROWS(tests, &n, lists, check_list);
	return cmocka_run_group_tests_name("changelist", tests, NULL, NULL);
}
