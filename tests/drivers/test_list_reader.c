/*
 * List files, good and hostile, through the real child in its sandbox. This
 * program is also that child, and under other names a child gone wrong.
 */
#include "support/unit.h"

#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sys/socket.h>
#include <sys/wait.h>

#include "core/buf.h"
#include "core/clock.h"
#include "core/codec/sheet_zip.h"
#include "drivers/lists/list_wire.h"
#include "drivers/sandbox/child.h"
#include "support/bookfile.h"
#include "support/monthbook.h"
#include "support/tmpdir.h"
#include "support/xlsxbook.h"

enum {
	PATIENCE = 30 * 1000 /* under a sanitizer, on a loaded machine */
};

#define HEADER "period,unit_code,name,id12\n"

static char dir[PATH_MAX];
static char told[65536];
static struct buf heard;
static int64_t rows;
static int64_t stop_at;
static enum list_kind kind = LIST_PAYMENTS;
static char sheet[LIST_SHEET_SIZE];
static struct err failed;

static int setup(void **state)
{
	(void)state;
	tmpdir_make(dir, sizeof(dir));
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	tmpdir_remove(dir);
	return 0;
}

static bool hear(void *ctx, const struct cells *row)
{
	(void)ctx;
	if (rows++ < 100) {
		if (row->sheet)
			buf_printf(&heard, "%d:", row->sheet);
		buf_printf(&heard, "%" PRId64, row->row);
		for (int i = 0; i < row->count; i++)
			buf_printf(&heard, "|%s%.*s",
				row->cell[i].too_long ? "!" : "",
				(int)row->cell[i].len, row->cell[i].text);
		buf_printf(&heard, row->more ? "...\n" : "\n");
	}
	return rows != stop_at;
}

static bool read_file(const char *program, const char *path, int idle_ms,
	struct err *err)
{
	static const struct cells_sink sink = {NULL, hear};
	const int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool ok;

	assert_true(fd >= 0);
	buf_init(&heard, told, sizeof(told));
	rows = 0;
	ok = list_reader_read(program, fd, kind, idle_ms, &sink, sheet, err);
	close(fd);
	return ok;
}

static const char *in_dir(const char *name)
{
	static char path[PATH_MAX];

	return tmpdir_path(dir, name, path, sizeof(path));
}

static void must_read(const char *path)
{
	struct err err = {.code = ERR_NONE};

	if (!read_file(NULL, path, PATIENCE, &err))
		fail_msg("%s", err.text);
}

static void must_fail(const char *path, enum err_code code, const char *why)
{
	struct err err = {.code = ERR_NONE};

	if (read_file(NULL, path, PATIENCE, &err))
		fail_msg("%s was read", path);
	if (err.code != code || !strstr(err.text, why))
		fail_msg("%s", err.text);
	failed = err;
}

static void write_text(const char *text)
{
	tmpdir_write(dir, "list.csv", text, strlen(text));
}

static void csv_comes_as_rows(void **state)
{
	(void)state;
	write_text(HEADER "\n2026-12,08341,\"Thử,\nA\",\n");
	must_read(in_dir("list.csv"));
	assert_string_equal(buf_text(&heard),
		"1|period|unit_code|name|id12\n3|2026-12|08341|Thử, A|\n");
	assert_string_equal(sheet, "");
}

static void a_workbook_comes_with_its_sheet(void **state)
{
	(void)state;
	must_read("tests/data/sheet_libreoffice.xlsx");
	assert_string_equal(sheet, "Danh sách 12-2026");
	assert_int_equal(rows, 6);
	assert_non_null(strstr(buf_text(&heard),
		"\n5|1|2026-12|08341|L1|A1|25145000112||Thử Thị An|1945-09-02|"
		"Nữ|"));
}

static const struct {
	enum list_kind kind;
	const char *sheet;
	const char *row; /* the first below the header */
} of_month[] = {
	{LIST_CHANGES, "Biến động",
		"\n5|1|Giảm|2026-12|08341|PT260009|025147954966|Hà Thị Ty|Chết|"
		"2026-11-05||Giấy báo tử số 12\n"},
	{LIST_PAYMENTS, "Chi trả",
		"\n4|1|2027-01|08341|CK-2027-01|PT260009|025147954966||Hà Thị "
		"Ty|1947-11-17|Nữ|Thôn 3|BTXH|540000\n"},
	{LIST_ANSWERS, "Trả lời",
		"\n3|08341|PT260018|970405|2700123456|Sai tên|"
		"Chủ tài khoản là LE QUANG LAI|2026-11-30\n"},
};

/* All lists of a month in one workbook, others before it that look alike. */
static void of_a_workbook_the_sheet_of_that_kind_is_read(const char *path)
{
	for (size_t i = 0; i < COUNT_OF(of_month); i++) {
		kind = of_month[i].kind;
		must_read(path);
		kind = LIST_PAYMENTS;
		assert_string_equal(sheet, of_month[i].sheet);
		if (!strstr(buf_text(&heard), of_month[i].row))
			fail_msg("%s: %s", sheet, buf_text(&heard));
	}
}

static void a_workbook_of_a_month(void **state)
{
	(void)state;
	monthbook_write(in_dir("month.xlsx"));
	of_a_workbook_the_sheet_of_that_kind_is_read(in_dir("month.xlsx"));
	/* The one that the scripts of tests/e2e read. */
	of_a_workbook_the_sheet_of_that_kind_is_read(
		"tests/data/month_libxlsxwriter.xlsx");
}

/* A workbook with nothing of the kind: part of a header is better than none. */
static void without_a_whole_header_the_nearest_sheet_is_read(void **state)
{
	(void)state;
	kind = LIST_CHANGES;
	must_read("tests/data/sheet_libreoffice.xlsx");
	kind = LIST_PAYMENTS;
	assert_string_equal(sheet, "Danh sách 12-2026");
}

/* Of a questionnaire all three sheets are read, hidden or not, in the order
 * of their numbers; rows count from the first in each. */
static void of_questions_all_sheets_are_read(void **state)
{
	struct xlsxbook *b = xlsxbook_new(in_dir("form.xlsx"), false);

	(void)state;
	xlsxbook_sheet(b, "Settings");
	xlsxbook_text(b, 0, 0, "form_id");
	xlsxbook_text(b, 1, 0, "visit");
	xlsxbook_sheet(b, "Ghi chú");
	xlsxbook_text(b, 0, 0, "type");
	xlsxbook_sheet(b, "choices");
	xlsxbook_text(b, 4, 1, "Có");
	xlsxbook_sheet(b, "survey");
	xlsxbook_text(b, 0, 0, "type");
	xlsxbook_text(b, 1, 0, "text");
	xlsxbook_close(b);
	kind = LIST_QUESTIONS;
	must_read(in_dir("form.xlsx"));
	assert_string_equal(buf_text(&heard),
		"1|type\n2|text\n1:5||Có\n2:1|form_id\n2:2|visit\n");
	assert_string_equal(sheet, "");
	write_text("settings\n,form_id\n,visit\nother\n,x\nsurvey,\n,type,\n"
		   ",,\n,text,\"a\nb\"\n");
	must_read(in_dir("list.csv"));
	kind = LIST_PAYMENTS;
	assert_string_equal(buf_text(&heard),
		"2:2|form_id\n2:3|visit\n7|type|\n9|text|a b\n");
}

static void the_widest_rows_fit(void **state)
{
	static char wide[3 * (CELLS_MAX + 1) * (CELLS_MAX_TEXT + 2)];
	struct buf b;

	(void)state;
	buf_init(&b, wide, sizeof(wide));
	buf_printf(&b, HEADER);
	for (int row = 0; row < 2; row++)
		for (int i = 0; i <= CELLS_MAX; i++) {
			for (int k = 0; k < CELLS_MAX_TEXT; k++)
				buf_byte(&b, 'x');
			buf_byte(&b, i < CELLS_MAX ? ',' : '\n');
		}
	buf_printf(&b, "%0*d,1\n", CELLS_MAX_TEXT + 1, 0);
	assert_false(b.full);
	tmpdir_write(dir, "list.csv", wide, b.len);
	must_read(in_dir("list.csv"));
	assert_int_equal(rows, 4);
	assert_non_null(strstr(buf_text(&heard), "xx...\n"));
	assert_non_null(strstr(buf_text(&heard), "\n4|!|1\n"));
}

static void many_rows_come_in_order(void **state)
{
	FILE *out = fopen(in_dir("list.csv"), "w");

	(void)state;
	assert_non_null(out);
	fputs(HEADER, out);
	for (int i = 0; i < 20000; i++)
		fprintf(out, "2026-12,08341,Thử %d,\n", i);
	fclose(out);
	must_read(in_dir("list.csv"));
	assert_int_equal(rows, 20001);
}

static void the_sink_can_stop(void **state)
{
	(void)state;
	write_text(HEADER "a\nb\nc\n");
	stop_at = 2;
	must_fail(in_dir("list.csv"), ERR_BUSY, "stopped");
	stop_at = 0;
	assert_int_equal(rows, 2);
}

static void bad_files_are_refused_with_the_reason(void **state)
{
	static const struct bookpart climbs[] = {
		{.name = "../../etc/x", .text = "x"}};

	(void)state;
	write_text(HEADER "a\"b\n");
	must_fail(in_dir("list.csv"), ERR_INVALID,
		"row 2: a quote inside a cell");
	bookfile_write(in_dir("list.xlsx"), climbs, 1);
	must_fail(in_dir("list.xlsx"), ERR_INVALID,
		"workbook: an entry has a name that is not allowed");
	assert_int_equal(failed.sys, SHEET_WHY_HOSTILE);
	must_fail("/", ERR_IO, "cannot be read");
}

static void a_program_that_is_no_child_is_an_error(void **state)
{
	struct err err = {.code = ERR_NONE};

	(void)state;
	write_text(HEADER);
	assert_false(read_file("/bin/true", in_dir("list.csv"), 1000, &err));
	assert_int_equal(err.code, ERR_IO);
	assert_false(read_file("/no/such/program", in_dir("list.csv"), 1000,
		&err));
	assert_int_equal(err.code, ERR_IO);
}

/* ---- children gone wrong ------------------------------------------------- */

static struct wrong {
	const char *name;
	const char *manner;
	enum err_code code;
	const char *why;
} wrongs[] = {
	{"T44 it dies", "dies", ERR_IO, "its child died"},
	{"T44 it hangs", "hangs", ERR_TIMEOUT, "no answer in time"},
	{"T44 it has no sandbox", "open", ERR_DENIED, "no?sandbox"},
	{"T44 a packet of nothing", "short", ERR_IO, "bad answer"},
	{"T44 half an end", "half", ERR_IO, "bad end"},
	{"T44 a kind that is none", "kind", ERR_IO, "bad end"},
	{"T44 a reason that is none", "why", ERR_IO, "bad end"},
	{"T44 rows without bytes", "rows", ERR_IO, "bad rows"},
	{"T44 a row twice", "twice", ERR_IO, "bad rows"},
	{"T44 more cells than there are", "cells", ERR_IO, "bad rows"},
	{"T44 a cell longer than its packet", "long", ERR_IO, "bad rows"},
	{"T44 a row beyond the limit", "beyond", ERR_IO, "bad rows"},
	{"T44 a place before the beginning", "before", ERR_IO, "bad rows"},
	{"T44 a sheet beyond the limit", "sheets", ERR_IO, "bad rows"},
	{"T44 bytes behind the rows", "behind", ERR_IO, "bad rows"},
};

/* ---- the child's sandbox; what it forbids: test_sandbox.c ---- */

/* One row is enough; the child is not buried before the last. */
static bool look_at_the_child(void *ctx, const struct cells *row)
{
	char path[64];
	char line[128] = "";
	FILE *in;
	int pid;

	(void)row;
	snprintf(path, sizeof(path), "/proc/self/task/%d/children",
		(int)getpid());
	in = fopen(path, "r");
	if (!in || fscanf(in, "%d", &pid) != 1)
		fail_msg("no child");
	fclose(in);
	snprintf(path, sizeof(path), "/proc/%d/status", pid);
	in = fopen(path, "r");
	assert_non_null(in);
	while (fgets(line, sizeof(line), in))
		*(int *)ctx += strcmp(line, "Seccomp:\t2\n") == 0 ||
			       strcmp(line, "NoNewPrivs:\t1\n") == 0;
	fclose(in);
	return false;
}

static void the_child_is_really_inside(void **state)
{
	int found = 0;
	const struct cells_sink sink = {.ctx = &found,
		.row = look_at_the_child};
	struct err err = {.code = ERR_NONE};
	int fd;

	(void)state;
	write_text(HEADER);
	fd = open(in_dir("list.csv"), O_RDONLY | O_CLOEXEC);
	assert_true(fd >= 0);
	assert_false(list_reader_read(NULL, fd, kind, PATIENCE, &sink, sheet,
		&err));
	close(fd);
	assert_int_equal(found, 2);
}

/* ---- a child that lies ---- */

static void say(const void *bytes, size_t len)
{
	send(CHILD_FD, bytes, len, MSG_NOSIGNAL);
}

/* A packet that says it has so many rows; two are there, of one cell "a". */
static void say_rows(uint32_t count, struct list_wire_row a,
	struct list_wire_row b, uint16_t len)
{
	static struct list_packet p;
	uint8_t *at = p.bytes;

	p.kind = LIST_WIRE_ROWS;
	p.rows = count;
	for (int i = 0; i < 2; i++) {
		memcpy(at, i ? &b : &a, sizeof(a));
		memcpy(at + sizeof(a), &len, sizeof(len));
		at[sizeof(a) + sizeof(len)] = 'a';
		at += sizeof(a) + sizeof(len) + 1;
	}
	say(&p, (size_t)(at - (uint8_t *)&p));
}

static void say_wrong_rows(const char *manner)
{
	const struct list_wire_row one = {.row = 1, .count = 1};
	const struct list_wire_row two = {.row = 2, .count = 1};

	if (strcmp(manner, "rows") == 0)
		say_rows(3, one, two, 1);
	else if (strcmp(manner, "twice") == 0)
		say_rows(2, two, two, 1);
	else if (strcmp(manner, "cells") == 0)
		say_rows(2, one, (struct list_wire_row){2, 0, 65, 0, 0}, 1);
	else if (strcmp(manner, "before") == 0)
		say_rows(2, one, (struct list_wire_row){2, -1, 1, 0, 0}, 1);
	else if (strcmp(manner, "long") == 0)
		say_rows(2, one, two, 500);
	else if (strcmp(manner, "beyond") == 0)
		say_rows(2, one, (struct list_wire_row){2000002, 0, 1, 0, 0},
			1);
	else if (strcmp(manner, "sheets") == 0)
		say_rows(2, one, (struct list_wire_row){2, 0, 1, 0, 64}, 1);
	else
		say_rows(1, one, two, 1);
}

static int misbehave(const char *manner)
{
	struct list_end end = {.kind = LIST_WIRE_END};
	struct list_request request;
	int file;

	if (strcmp(manner, "open") == 0) {
		end.code = ERR_DENIED;
		memcpy(end.text, "no\nsandbox", 10);
	}
	say(&end, sizeof(end));
	if (!child_receive(&request, sizeof(request), &file) ||
		strcmp(manner, "dies") == 0)
		return 1;
	if (strcmp(manner, "sheet") == 0) {
		memcpy(end.sheet, "\x1b[2Jx", 6);
		say(&end, sizeof(end));
	} else if (strcmp(manner, "hangs") == 0)
		pause();
	else if (strcmp(manner, "short") == 0)
		say("ab", 2);
	else if (strcmp(manner, "half") == 0)
		say(&end, sizeof(end) / 2);
	else if (strcmp(manner, "kind") == 0)
		say(&(struct list_end){.kind = 77}, sizeof(end));
	else if (strcmp(manner, "why") == 0)
		say(&(struct list_end){.kind = LIST_WIRE_END,
			    .code = ERR_INVALID,
			    .why = 99},
			sizeof(end));
	else
		say_wrong_rows(manner);
	return 0;
}

/* This program under another name. */
static void make_child(const char *manner, char link[PATH_MAX])
{
	char self[PATH_MAX];
	const ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);

	tmpdir_path(dir, manner, link, PATH_MAX);
	assert_true(n > 0);
	self[n] = '\0';
	assert_int_equal(symlink(self, link), 0);
}

static void T41_a_sheet_cannot_move_the_terminal(void **state)
{
	char link[PATH_MAX];
	struct err err = {.code = ERR_NONE};

	(void)state;
	write_text(HEADER);
	make_child("sheet", link);
	assert_true(read_file(link, in_dir("list.csv"), PATIENCE, &err));
	assert_string_equal(sheet, "?[2Jx");
}

static void run_wrong(void **state)
{
	const struct wrong *w = *state;
	const bool hangs = strcmp(w->manner, "hangs") == 0;
	char link[PATH_MAX];
	struct err err = {.code = ERR_NONE};
	const long long before = clock_ms();

	write_text(HEADER);
	make_child(w->manner, link);
	assert_false(read_file(link, in_dir("list.csv"), hangs ? 200 : PATIENCE,
		&err));
	if (err.code != w->code || !strstr(err.text, w->why))
		fail_msg("%s", err.text);
	assert_in_range(clock_ms() - before, 0, PATIENCE);
	/* Buried: nobody is left to wait for. */
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
}

int main(int argc, char **argv)
{
	struct CMUnitTest tests[COUNT_OF(wrongs) + 11] = {
		cmocka_unit_test(csv_comes_as_rows),
		cmocka_unit_test(a_workbook_comes_with_its_sheet),
		cmocka_unit_test(a_workbook_of_a_month),
		cmocka_unit_test(
			without_a_whole_header_the_nearest_sheet_is_read),
		cmocka_unit_test(of_questions_all_sheets_are_read),
		cmocka_unit_test(the_widest_rows_fit),
		cmocka_unit_test(many_rows_come_in_order),
		cmocka_unit_test(the_sink_can_stop),
		cmocka_unit_test(bad_files_are_refused_with_the_reason),
		cmocka_unit_test(a_program_that_is_no_child_is_an_error),
		cmocka_unit_test(the_child_is_really_inside),
		cmocka_unit_test(T41_a_sheet_cannot_move_the_terminal),
	};
	const char *name = strrchr(argv[0], '/');
	size_t n = 11;

	if (argc == 2 && strcmp(argv[1], LIST_READER_ARG) == 0) {
		for (size_t i = 0; name && i < COUNT_OF(wrongs); i++)
			if (strcmp(name + 1, wrongs[i].manner) == 0)
				return misbehave(name + 1);
		if (name && strcmp(name, "/sheet") == 0)
			return misbehave("sheet");
		return list_reader_child();
	}
	UNIT_ADD_ROWS(tests, &n, wrongs, run_wrong);
	return _cmocka_run_group_tests("list_reader", tests, n, setup,
		teardown);
}
