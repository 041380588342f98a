/* Payment lists: whole files, the names of columns, and the limits. */
#include "support/unit.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "core/asset.h"
#include "core/buf.h"
#include "core/codec/paylist.h"
#include "core/codec/paylist_internal.h"
#include "support/hearlist.h"

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

	{"titles above the header",
		"DANH SÁCH CHI TRẢ,,,,\n\n,Tháng 12 năm 2026\n" HEADER A "\n",
		"5 Thử A 540000\n"},
	{"columns numbered below the header",
		HEADER "A,B,(1),(2),(3),4,[5],6 ,7,8,9,10,\"(11)=(9)+(10)\"\n" A
		       "\n",
		"3 Thử A 540000\n"},
	{"numbers with a gap are no numbering",
		HEADER "1,2,3,4,5,6,7,8,9,10,11,13,540000\n",
		"2 period bad_period [1]\n2 dob bad_date [9]\n"
		"2 sex bad_sex [10]\n2 id12 bad_id [6]\n"
		"2 cmnd9 bad_id [7]\n2 group bad_group [13]\n2 8 540000 bad\n"},
	{"a numbering further down is a row",
		HEADER A "\nA,B,1,2,3,4,5,6,7,8,9,10,11\n",
		"2 Thử A 540000\n3 period bad_period [A]\n"
		"3 dob bad_date [7]\n3 sex bad_sex [8]\n3 id12 bad_id [4]\n"
		"3 cmnd9 bad_id [5]\n3 group bad_group [10]\n3 6 11 bad\n"},
	{"twenty rows and no header, then one is too late",
		"a\na\na\na\na\na\na\na\na\na\na\na\na\na\na\na\na\na\na\n"
		"a\n" HEADER A "\n",
		"!row 1: columns missing: period unit_code list_no seq "
		"beneficiary_id id12 cmnd9 name dob sex address group"},

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
	static struct hearlist s;
	struct err err = {.code = ERR_NONE};

	hearlist_init(&s);
	if (!hearlist_read(&s, row->text, strlen(row->text), piece, &err)) {
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
	static struct hearlist s;
	struct err err;

	(void)state;
	for (size_t i = 0; i < assets_count; i++) {
		if (strcmp(assets[i].path, "assets/demo/people.csv") != 0)
			continue;
		hearlist_init(&s);
		assert_true(hearlist_read(&s, (const char *)assets[i].data,
			assets[i].size, 1000, &err));
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
	static struct hearlist s;
	static const char text[] = HEADER A "\n" B "\n" A "\n";
	struct err err;

	(void)state;
	hearlist_init(&s);
	s.stop_at = 2;
	assert_false(hearlist_read(&s, text, strlen(text), 65536, &err));
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
	static struct hearlist s;
	struct err err;
	struct buf b;

	(void)state;
	for (int more = 51; more <= 52; more++) {
		hearlist_init(&s);
		buf_init(&b, text, sizeof(text));
		buf_printf(&b, "%s,monthly_amount", H12);
		for (int i = 0; i < more; i++)
			buf_printf(&b, ",x%d", i);
		buf_printf(&b, "\n%s\n", A);
		assert_false(b.full);
		assert_int_equal(hearlist_read(&s, text, b.len, b.len, &err),
			13 + more <= PAYLIST_MAX_COLUMNS);
	}
	assert_non_null(strstr(err.text, "too many columns"));
}

static void T49_a_header_without_end_stops(void **state)
{
	static char text[64 * 1024];
	static struct hearlist s;
	struct err err;

	(void)state;
	hearlist_init(&s);
	memset(text, 'a', sizeof(text));
	assert_false(hearlist_read(&s, text, sizeof(text), 1000, &err));
	assert_non_null(strstr(err.text, "no header line"));
}

static void T49_a_long_cell_is_told_and_not_kept(void **state)
{
	static struct hearlist s;
	char text[4096];
	struct err err;
	struct buf b;

	(void)state;
	hearlist_init(&s);
	buf_init(&b, text, sizeof(text));
	buf_printf(&b, "%s,note\n%s,%01025d\n", H12 ",monthly_amount", A, 0);
	assert_true(hearlist_read(&s, text, b.len, b.len, &err));
	assert_string_equal(buf_text(&s.told),
		"2 note too_long []\n2 Thử A 540000 bad\n");
}

static struct CMUnitTest tests[COUNT_OF(file_rows) + 11];

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

	for (size_t i = 0; i < COUNT_OF(file_rows); i++)
		*t++ = (struct CMUnitTest){.name = file_rows[i].name,
			.test_func = whole_file,
			.initial_state = &file_rows[i]};
	memcpy(t, more, sizeof(more));
	return cmocka_run_group_tests_name("paylist", tests, NULL, NULL);
}
