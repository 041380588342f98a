/* Answers of the account check: what a row becomes, or what is wrong. */
#include "support/unit.h"

#include <inttypes.h>
#include <string.h>

#include "core/buf.h"
#include "core/codec/answerlist.h"
#include "core/codec/csv_in.h"

#define HEAD                                                                \
	"unit_code,beneficiary_id,id12,account_bin,account_no,holder_name," \
	"answer,message,date\n"

/* "line unit code id12 bin number holder answer message date [bad]" */
static struct list_case {
	const char *name;
	const char *text;
	const char *want;
} lists[] = {
	{"every answer",
		HEAD "U1,P1,,970405,2700205123456,LE AN,verified,,2026-11-30\n"
		     "U1,P2,,970405,27002,,not_found,x y,\n"
		     "U1,P3,,970405,27003,,name_differs,,\n"
		     "U1,P4,,970405,27004,,closed,,\n"
		     "U1,P5,,970405,27005,,refused,,\n",
		"2 U1 P1  970405 2700205123456 LE AN 1  2026-11-30\n"
		"3 U1 P2  970405 27002  2 x y \n"
		"4 U1 P3  970405 27003  3  \n"
		"5 U1 P4  970405 27004  4  \n"
		"6 U1 P5  970405 27005  5  \n"},
	{"Vietnamese names and words",
		"Số CCCD\tMã ngân hàng\tSố tài khoản\tChủ tài khoản\tKết "
		"quả\n"
		"025145000112\t970405\t27001\tLê An\tĐúng\n"
		"025145004578\t970405\t27002\tLê An\tKhông tìm thấy\n"
		"025145004578\t970405\t27002\tLê An\tSai tên\n"
		"025145004578\t970405\t27002\tLê An\tĐã đóng\n"
		"025145004578\t970405\t27002\tLê An\tTừ chối\n",
		"2  025145000112 025145000112 970405 27001 Lê An 1  \n"
		"3  025145004578 025145004578 970405 27002 Lê An 2  \n"
		"4  025145004578 025145004578 970405 27002 Lê An 3  \n"
		"5  025145004578 025145004578 970405 27002 Lê An 4  \n"
		"6  025145004578 025145004578 970405 27002 Lê An 5  \n"},
	{"no answer", HEAD "U1,P1,,970405,27001,,,,\n",
		"! 2 answer missing []\n2 U1 P1  970405 27001  0   bad\n"},
	{"an answer nobody knows", HEAD "U1,P1,,970405,27001,,maybe,,\n",
		"! 2 answer bad_answer [maybe]\n"
		"2 U1 P1  970405 27001  0   bad\n"},
	{"no account", HEAD "U1,P1,,,,,closed,,\n",
		"! 2 account_bin missing []\n! 2 account_no missing []\n"
		"2 U1 P1     4   bad\n"},
	{"an account that is none", HEAD "U1,P1,,970405,1-2,,closed,,\n",
		"! 2 account_no bad_account [1-2]\n"
		"2 U1 P1  970405   4   bad\n"},
	{"a date that is none", HEAD "U1,P1,,970405,27001,,closed,,32/1/2026\n",
		"! 2 date bad_date [32/1/2026]\n"
		"2 U1 P1  970405 27001  4   bad\n"},
	{"nobody", HEAD "U1,,,970405,27001,,closed,,\n",
		"! 2 id12 missing []\n2 U1   970405 27001  4   bad\n"},
	{"columns are missing", "id12,answer,account_no,name,message\n",
		"failed: row 1: columns missing: account_bin"},
	{"whom we asked about by its id, and nothing else",
		"account_ref,account_bin,account_no,answer\nd-57,,,verified\n",
		"2       1  \n"},
	{"nothing was checked: a notice",
		HEAD "U1,P1,,970405,27001,,no answer,NORR,\n"
		     "U1,P2,,970405,27001,,Chưa trả lời,,\n",
		"! 2 answer no_answer [no answer]\n"
		"2 U1 P1  970405 27001  0 NORR \n"
		"! 3 answer no_answer [Chưa trả lời]\n"
		"3 U1 P2  970405 27001  0  \n"},
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

static bool on_row(void *ctx, const struct answer_row *row, int errors)
{
	struct heard *h = ctx;
	const struct paylist_row *p = &row->person;
	char date[DATE_TEXT_SIZE];

	buf_printf(&h->told, "%" PRId64 " %s %s %s %s %s %s %d %s %s%s\n",
		p->row, p->unit_code, p->beneficiary_id, p->id12,
		p->account_bin, p->account_no, row->holder, row->answer,
		row->message, date_iso(row->date, date), errors ? " bad" : "");
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
	const struct answer_sink sink = {h, on_row, on_trouble};
	const struct cells_sink cells = {h, on_cells};
	struct err err = {0};
	struct csv_in *csv = csv_in_new(&cells, &err);

	buf_init(&h->told, h->text, sizeof(h->text));
	h->reader = answerlist_new(&sink, &err);
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
	struct heard h = {.stop_at = 1};

	(void)state;
	hear(&h, HEAD "U1,P1,,970405,27001,,closed,,\n"
		      "U1,P2,,970405,27001,,closed,,\n");
	assert_int_equal(h.err.code, ERR_BUSY);
	assert_int_equal(h.rows, 1);
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(lists) + 1] = {
		cmocka_unit_test(the_sink_may_stop),
	};
	size_t n = 1;

	UNIT_ADD_ROWS(tests, &n, lists, check_list);
	return cmocka_run_group_tests_name("answerlist", tests, NULL, NULL);
}
