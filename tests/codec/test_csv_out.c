/* Tables for spreadsheets: quotes, formulas, and back again. */
#include "support/unit.h"

#include <string.h>

#include "core/codec/csv_in.h"
#include "core/codec/csv_out.h"

static struct cell_row {
	const char *name;
	const char *text;
	const char *want;
} rows[] = {
	{"a text", "Nguyễn Thị Đẹp", "\"Nguyễn Thị Đẹp\"\r\n"},
	{"an empty one", "", "\"\"\r\n"},
	{"quotes and commas", "a \"b\", c", "\"a \"\"b\"\", c\"\r\n"},
	{"T48 a formula", "=cmd|'/c calc'!A1", "\"'=cmd|'/c calc'!A1\"\r\n"},
	{"T48 a plus", "+1", "\"'+1\"\r\n"},
	{"T48 a minus", "-1", "\"'-1\"\r\n"},
	{"T48 an at", "@SUM(A1)", "\"'@SUM(A1)\"\r\n"},
	{"T48 a tab", "\t=1", "\"'\t=1\"\r\n"},
	{"T48 a CR", "\r=1", "\"'\r=1\"\r\n"},
	{"a sign further on", "1+1=2", "\"1+1=2\"\r\n"},
};

static void a_cell(void **state)
{
	const struct cell_row *row = *state;
	char bytes[256];
	struct buf b;

	buf_init(&b, bytes, sizeof(bytes));
	csv_out_text(&b, row->text);
	csv_out_end(&b);
	assert_false(b.full);
	assert_string_equal(buf_text(&b), row->want);
}

static bool hear(void *ctx, const struct cells *row)
{
	struct buf *told = ctx;

	for (int i = 0; i < row->count; i++)
		buf_printf(told, "[%.*s]", (int)row->cell[i].len,
			row->cell[i].text);
	return true;
}

static void our_own_reader_reads_it(void **state)
{
	char bytes[256];
	char text[256];
	struct buf b;
	struct buf told;
	const struct cells_sink sink = {&told, hear};
	struct err err;
	struct csv_in *r = csv_in_new(&sink, &err);

	(void)state;
	buf_init(&b, bytes, sizeof(bytes));
	buf_init(&told, text, sizeof(text));
	buf_printf(&b, CSV_OUT_BOM);
	buf_byte(&b, '\n');
	csv_out_text(&b, "a,\"b\"");
	csv_out_number(&b, -540000);
	csv_out_text(&b, "c;d");
	csv_out_end(&b);
	csv_out_number(&b, 2);
	csv_out_end(&b);
	assert_true(csv_in_feed(r, bytes, b.len, &err));
	assert_true(csv_in_end(r, &err));
	assert_string_equal(buf_text(&told), "[a,\"b\"][-540000][c;d][2]");
	csv_in_free(r);
}

static void what_does_not_fit_is_known(void **state)
{
	static char text[2000];
	char bytes[4096];
	struct buf b;

	(void)state;
	memset(text, 'x', sizeof(text) - 1);
	buf_init(&b, bytes, sizeof(bytes));
	csv_out_text(&b, text);
	assert_true(b.full);
	memset(text, '"', sizeof(text));
	text[1000] = '\0';
	buf_init(&b, bytes, 100);
	csv_out_text(&b, text);
	assert_true(b.full);
}

int main(void)
{
	struct CMUnitTest tests[32] = {
		cmocka_unit_test(our_own_reader_reads_it),
		cmocka_unit_test(what_does_not_fit_is_known),
	};
	size_t n = 2;

	UNIT_ADD_ROWS(tests, &n, rows, a_cell);
	return _cmocka_run_group_tests("csv_out", tests, n, NULL, NULL);
}
