/* Payment lists into the store: what is taken, what is refused, and why. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "core/str.h"
#include "db/db_internal.h"
#include "db/journal.h"
#include "db/people.h"
#include "support/faultvfs.h"
#include "support/liststore.h"
#include "support/tmpdir.h"

#define ID_A "025145000112"
#define ID_B "025145004578"

enum {
	MONTH = 540000,
	MAX_ROWS = 3
};

static int start(void **state)
{
	static struct liststore s;

	liststore_open(&s);
	*state = &s;
	return 0;
}

static int stop(void **state)
{
	liststore_close(*state);
	return 0;
}

/* Rows are used up to the first without money. */
static int rows_of(const struct listrow row[MAX_ROWS])
{
	int n = 0;

	while (n < MAX_ROWS && row[n].monthly)
		n++;
	return n;
}

static int64_t people_in(struct liststore *s)
{
	struct err err = {0};
	int64_t done;
	int64_t all;

	if (!people_progress(s->db, &done, &all, &err))
		fail_msg("%s", err.text);
	return all;
}

static bool is_known(struct liststore *s, const char *id12)
{
	struct person_due due;
	struct err err = {0};
	const enum lookup got = people_by_id12(s->db, id12, &due, &err);

	assert_int_not_equal(got, LOOKUP_FAILED);
	return got == LOOKUP_FOUND;
}

static const struct {
	const char *name;
	struct listrow first[MAX_ROWS];
	struct listrow second[MAX_ROWS];
	int fresh;
	int same;
	int errors; /* 0: the second list is taken */
	enum paylist_column column;
	const char *value;
} seconds[] = {
	{"another person of the same period", {{.monthly = MONTH}},
		{{.code = "P2", .monthly = MONTH}}, 1, 0, 0, 0, NULL},
	{"a row that an earlier list has is the same", {{.monthly = MONTH}},
		{{.monthly = MONTH}, {.code = "P2", .monthly = MONTH}}, 1, 1, 0,
		0, NULL},
	{"the same person, another period", {{.monthly = MONTH}},
		{{.monthly = MONTH, .period = "2027-01"}}, 1, 0, 0, 0, NULL},
	{"two periods in one list", {{.monthly = MONTH}},
		{{.code = "P2", .monthly = MONTH},
			{.code = "P2", .monthly = MONTH, .period = "2027-01"}},
		2, 0, 0, 0, NULL},
	{"another amount", {{.monthly = MONTH}}, {{.monthly = 600000}}, 0, 0, 1,
		COL_MONTHLY_AMOUNT, "600000 (540000)"},
	{"another kind of money more", {{.monthly = MONTH}},
		{{.monthly = MONTH, .funeral = 10800000}}, 0, 0, 1, COL_TOTAL,
		"P1"},
	{"a kind of money less", {{.monthly = MONTH, .funeral = 10800000}},
		{{.monthly = MONTH}}, 0, 0, 1, COL_TOTAL, "540000 (11340000)"},
	{"arrears of another month",
		{{.monthly = MONTH, .arrears = 1, .months = "2026-11"}},
		{{.monthly = MONTH, .arrears = 1, .months = "2026-10"}}, 0, 0,
		1, COL_ARREARS_MONTHS, NULL},
	{"cash on one list, account on the other", {{.monthly = MONTH}},
		{{.monthly = MONTH, .account = true}}, 0, 0, 1, COL_METHOD,
		"2700205123456"},
	{"the same person and period twice in the file", {{.monthly = MONTH}},
		{{.code = "P2", .monthly = MONTH},
			{.code = "P2", .monthly = MONTH}},
		0, 0, 1, COL_BENEFICIARY_ID, "P2"},
	{"twice in the file, and on an earlier list", {{.monthly = MONTH}},
		{{.monthly = MONTH}, {.monthly = MONTH}}, 0, 0, 1,
		COL_BENEFICIARY_ID, "P1"},
	{"one id12, two people of the file", {{.monthly = MONTH}},
		{{.code = "P2", .id12 = ID_A, .monthly = MONTH},
			{.code = "P3", .id12 = ID_A, .monthly = MONTH}},
		0, 0, 1, COL_ID12, ID_A},
	{"one id12, two people of two lists",
		{{.id12 = ID_A, .monthly = MONTH}},
		{{.code = "P2", .id12 = ID_A, .monthly = MONTH}}, 0, 0, 1,
		COL_ID12, ID_A},
	{"one id12 in two units is one human being, paid by both",
		{{.id12 = ID_A, .monthly = MONTH}},
		{{.id12 = ID_A, .monthly = MONTH, .unit = "U2"}}, 1, 0, 0, 0,
		NULL},
	{"a code that was somebody else's", {{.id12 = ID_A, .monthly = MONTH}},
		{{.id12 = ID_B,
			.name = "Lê Văn An",
			.monthly = MONTH,
			.period = "2027-01"}},
		0, 0, 1, COL_NAME, "Lê Văn An"},
	{"a corrected id12 of the same name",
		{{.id12 = ID_A, .monthly = MONTH}},
		{{.id12 = ID_B, .monthly = MONTH, .period = "2027-01"}}, 1, 0,
		0, 0, NULL},
	{"an id12 that was given later", {{.monthly = MONTH}},
		{{.id12 = ID_B, .monthly = MONTH, .period = "2027-01"}}, 1, 0,
		0, 0, NULL},
	{"one bad row of three takes the good ones with it",
		{{.monthly = MONTH}},
		{{.code = "P2", .id12 = ID_B, .monthly = MONTH},
			{.code = "P3", .birth = "31/02/1945", .monthly = MONTH},
			{.code = "P4", .monthly = MONTH}},
		0, 0, 1, COL_DOB, "31/02/1945"},
};

static void check_second(size_t i, struct liststore *s)
{
	struct list_result r;
	int64_t before;

	liststore_take(s, seconds[i].first, rows_of(seconds[i].first), &r);
	if (!r.taken)
		fail_msg("%s: the first list", seconds[i].name);
	before = people_in(s);
	liststore_take(s, seconds[i].second, rows_of(seconds[i].second), &r);
	if (r.taken != (seconds[i].errors == 0) ||
		r.errors != seconds[i].errors)
		fail_msg("%s: taken %d, %d errors", seconds[i].name, r.taken,
			(int)r.errors);
	if (r.taken) {
		assert_int_equal(r.fresh, seconds[i].fresh);
		assert_int_equal(r.same, seconds[i].same);
		return;
	}
	if (r.trouble[0].column != seconds[i].column ||
		(seconds[i].value &&
			strcmp(r.trouble[0].value, seconds[i].value) != 0))
		fail_msg("%s: %s '%s'", seconds[i].name,
			paylist_column_name(r.trouble[0].column),
			r.trouble[0].value);
	assert_int_equal(people_in(s), before);
	assert_false(is_known(s, ID_B));
}

static void a_second_list(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(seconds); i++) {
		struct liststore s;

		liststore_open(&s);
		check_second(i, &s);
		liststore_close(&s);
	}
}

/* The same mistakes, all in the first list: found from memory there. */
static void mistakes_inside_one_list(void **state)
{
	static const struct listrow row[] = {
		{.code = "P1", .id12 = ID_A, .monthly = MONTH},
		{.code = "P1", .id12 = ID_A, .monthly = MONTH},
		{.code = "P2", .id12 = ID_A, .monthly = MONTH},
		{.code = "P1",
			.id12 = ID_B,
			.name = "Lê Văn An",
			.monthly = MONTH,
			.period = "2027-01"},
	};
	struct list_result r;

	liststore_take(*state, row, COUNT_OF(row), &r);
	assert_false(r.taken);
	assert_int_equal(r.errors, 3);
	assert_int_equal(r.kept, 3);
	assert_int_equal(r.trouble[0].row, 3);
	assert_int_equal(r.trouble[0].column, COL_BENEFICIARY_ID);
	assert_int_equal(r.trouble[1].row, 4);
	assert_int_equal(r.trouble[1].column, COL_ID12);
	assert_int_equal(r.trouble[2].row, 5);
	assert_int_equal(r.trouble[2].column, COL_NAME);
	assert_int_equal(people_in(*state), 0);
}

static void the_same_file_again(void **state)
{
	static const struct listrow row[] = {
		{.monthly = MONTH},
		{.code = "P2", .monthly = MONTH, .arrears = 160000},
	};
	struct liststore *s = *state;
	struct list_result one;
	struct list_result two;
	struct journal_head before;
	struct journal_head after;
	struct err err = {0};

	liststore_take(s, row, COUNT_OF(row), &one);
	assert_true(one.taken);
	assert_false(one.again);
	assert_int_equal(one.sum, 2 * MONTH + 160000);
	assert_true(journal_head(s->db, &before, &err));
	liststore_take(s, row, COUNT_OF(row), &two);
	assert_true(two.taken);
	assert_true(two.again);
	assert_int_equal(two.rows, 2);
	assert_int_equal(two.same, 2);
	assert_int_equal(two.fresh, 0);
	assert_int_equal(two.sum, one.sum);
	assert_string_equal(two.sha256, one.sha256);
	assert_true(journal_head(s->db, &after, &err));
	assert_int_equal(after.last_seq, before.last_seq);
}

/* One record a list, and the book is whole after it. */
static void an_import_is_in_the_journal(void **state)
{
	static const struct listrow row = {.monthly = MONTH};
	struct liststore *s = *state;
	struct journal_report report;
	struct journal_head before;
	struct journal_head after;
	struct list_result r;
	struct err err = {0};

	assert_true(journal_head(s->db, &before, &err));
	liststore_take(s, &row, 1, &r);
	assert_true(r.taken);
	assert_true(journal_head(s->db, &after, &err));
	assert_int_equal(after.last_seq, before.last_seq + 1);
	assert_true(journal_verify(s->db, 1, &report, &err));
	assert_int_equal(report.bad_seq, 0);
	liststore_reopen(s); /* the schema is as db_open() wants it */
}

static const struct {
	const char *name;
	int64_t count;
	int64_t sum;
	bool check_only;
	bool taken;
	bool count_differs;
	bool sum_differs;
} declared[] = {
	{"nothing said", -1, -1, false, true, false, false},
	{"both right", 2, 2 * MONTH, false, true, false, false},
	{"a row is missing", 3, 2 * MONTH, false, false, true, false},
	{"money is missing", 2, 2 * MONTH + 1, false, false, false, true},
	{"both wrong", 1, MONTH, false, false, true, true},
	{"only a look", 2, 2 * MONTH, true, false, false, false},
};

static void what_was_declared(void **state)
{
	static const struct listrow row[] = {
		{.monthly = MONTH},
		{.code = "P2", .monthly = MONTH},
	};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(declared); i++) {
		const struct list_options o = {.count = declared[i].count,
			.sum = declared[i].sum,
			.check_only = declared[i].check_only};
		struct list_result r;
		struct err err = {0};
		struct liststore s;

		liststore_open(&s);
		assert_true(lists_import(s.db, &s.session,
			liststore_write(&s, "list.csv", row, 2, ','), &o, &r,
			&err));
		if (r.taken != declared[i].taken ||
			r.count_differs != declared[i].count_differs ||
			r.sum_differs != declared[i].sum_differs)
			fail_msg("%s", declared[i].name);
		assert_int_equal(r.rows, 2);
		assert_int_equal(r.fresh, 2);
		assert_int_equal(people_in(&s), r.taken ? 2 : 0);
		liststore_reopen(&s);
		liststore_close(&s);
	}
}

static void separators_and_bom(void **state)
{
	static const char seps[] = {',', ';', '\t'};
	struct liststore *s = *state;
	struct list_result r;
	char bytes[4096] = "\xef\xbb\xbf";
	char path[256];

	for (size_t i = 0; i < COUNT_OF(seps); i++) {
		const char *code[] = {"P1", "P2", "P3"};
		const struct listrow row = {.code = code[i], .monthly = MONTH};

		liststore_import(s,
			liststore_write(s, "list.csv", &row, 1, seps[i]), &r);
		assert_true(r.taken);
		assert_int_equal(r.fresh, 1);
	}
	{
		const struct listrow row = {.code = "P4", .monthly = MONTH};
		FILE *f = fopen(liststore_write(s, "list.csv", &row, 1, ';'),
			"r");
		const size_t n = fread(bytes + 3, 1, sizeof(bytes) - 3, f);

		fclose(f);
		tmpdir_write(s->dir, "bom.csv", bytes, n + 3);
	}
	liststore_import(s, tmpdir_path(s->dir, "bom.csv", path, sizeof(path)),
		&r);
	assert_true(r.taken);
	assert_int_equal(people_in(s), 4);
}

static const struct {
	const char *name;
	struct listrow row;
	int items;
	enum ent_what what;
	int32_t period;
	int64_t amount;
	const char *months;
} kinds[] = {
	{"the month", {.monthly = MONTH}, 1, ENT_MONTH, 202612, MONTH, ""},
	{"arrears of one month are of that month",
		{.arrears = 160000, .months = "2026-11"}, 1, ENT_ARREARS,
		202611, 160000, ""},
	{"arrears of several are of the list",
		{.arrears = 320000, .months = "2026-10,2026-11"}, 1,
		ENT_ARREARS, 202612, 320000, "2026-10,2026-11"},
	{"arrears of no month are of the list", {.arrears = 160000}, 1,
		ENT_ARREARS, 202612, 160000, ""},
	{"funeral", {.funeral = 10800000}, 1, ENT_FUNERAL, 202612, 10800000,
		""},
	{"carried over", {.carry = MONTH}, 1, ENT_CARRIED, 202612, MONTH, ""},
	{"a total without parts is of the month", {.total = 810000}, 1,
		ENT_MONTH, 202612, 810000, ""},
	{"four kinds at once",
		{.monthly = MONTH, .arrears = 1, .funeral = 2, .carry = 3}, 4,
		ENT_MONTH, 202612, MONTH, ""},
};

static void one_entitlement_for_each_kind(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(kinds); i++) {
		struct listrow row = kinds[i].row;
		struct list_result r;
		struct person_due due;
		struct err err = {0};
		struct liststore s;

		liststore_open(&s);
		row.id12 = ID_A;
		liststore_take(&s, &row, 1, &r);
		assert_int_equal(people_by_id12(s.db, ID_A, &due, &err),
			LOOKUP_FOUND);
		if (due.items != kinds[i].items ||
			due.item[0].what != kinds[i].what ||
			due.item[0].period != kinds[i].period ||
			due.item[0].amount != kinds[i].amount ||
			strcmp(due.item[0].months, kinds[i].months) != 0)
			fail_msg("%s: %d items, kind %d, period %d",
				kinds[i].name, due.items, due.item[0].what,
				due.item[0].period);
		assert_int_equal(due.item[0].list_period, 202612);
		assert_int_equal(due.due, r.sum);
		liststore_close(&s);
	}
}

/* Worked out once by another program from the words of db/LISTS.md. */
static void names_of_entitlements_are_fixed(void **state)
{
	static const struct listrow row = {.id12 = ID_A,
		.monthly = MONTH,
		.arrears = 160000,
		.months = "2026-11"};
	struct liststore *s = *state;
	struct person_due due;
	struct list_result r;
	struct err err = {0};
	char hex[2 * ENT_SIZE + 1];

	liststore_take(s, &row, 1, &r);
	assert_int_equal(people_by_id12(s->db, ID_A, &due, &err), LOOKUP_FOUND);
	str_to_hex(due.item[0].ent, ENT_SIZE, hex);
	assert_string_equal(hex, "90308aba2203c95c774fb2f7440dad80");
	str_to_hex(due.item[1].ent, ENT_SIZE, hex);
	assert_string_equal(hex, "8c6f613d9160c5d483c8900bf5a1b831");
}

/* December carries November over: it is not due twice, in either order. */
static void money_carried_over_is_due_once(void **state)
{
	static const struct listrow november = {.id12 = ID_A,
		.monthly = MONTH,
		.period = "2026-11"};
	static const struct listrow december = {.id12 = ID_A,
		.monthly = MONTH,
		.carry = MONTH};
	const struct listrow *order[2][2] = {{&november, &december},
		{&december, &november}};

	(void)state;
	for (int i = 0; i < 2; i++) {
		struct person_due due;
		struct list_result r;
		struct err err = {0};
		struct liststore s;

		liststore_open(&s);
		liststore_take(&s, order[i][0], 1, &r);
		liststore_take(&s, order[i][1], 1, &r);
		assert_true(r.taken);
		assert_int_equal(people_by_id12(s.db, ID_A, &due, &err),
			LOOKUP_FOUND);
		assert_int_equal(due.due, 2 * MONTH);
		assert_int_equal(due.items, 2);
		assert_int_equal(due.item[1].what, ENT_CARRIED);
		liststore_close(&s);
	}
}

static void the_newest_list_says_who_a_person_is(void **state)
{
	struct listrow row = {.id12 = ID_A,
		.monthly = MONTH,
		.seq = 5,
		.address = "Thôn 5, xã Cẩm Khê"};
	struct liststore *s = *state;
	struct person_due due;
	struct list_result r;
	struct err err = {0};

	liststore_take(s, &row, 1, &r);
	row.period = "2026-11";
	row.seq = 4;
	row.address = "Thôn 4, xã Cẩm Khê";
	liststore_take(s, &row, 1, &r);
	assert_true(r.taken);
	assert_int_equal(people_by_id12(s->db, ID_A, &due, &err), LOOKUP_FOUND);
	assert_int_equal(due.person.seq, 5);
	assert_string_equal(due.person.address, "Thôn 5, xã Cẩm Khê");
	row.period = "2027-01";
	row.id12 = ID_B;
	liststore_take(s, &row, 1, &r);
	assert_true(r.taken);
	assert_int_equal(people_by_id12(s->db, ID_A, &due, &err),
		LOOKUP_ABSENT);
	assert_int_equal(people_by_id12(s->db, ID_B, &due, &err), LOOKUP_FOUND);
	assert_int_equal(due.person.seq, 4);
	assert_int_equal(due.due, 3 * MONTH);
}

static void what_is_no_list(void **state)
{
	static const struct {
		const char *name;
		const char *bytes; /* NULL: the directory itself */
		enum err_code code;
	} cases[] = {
		{"missing.csv", "", ERR_GONE},
		{".", NULL, ERR_INVALID},
		{"empty.csv", "", ERR_INVALID},
		{"other.csv", "a,b,c\n1,2,3\n", ERR_INVALID},
		{"binary.csv",
			"\x7f"
			"ELF\x02\x01\x01",
			ERR_INVALID},
	};
	const struct list_options o = {.count = -1, .sum = -1};
	struct liststore *s = *state;

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		struct list_result r;
		struct err err = {0};
		char path[256];

		if (i > 1)
			tmpdir_write(s->dir, cases[i].name, cases[i].bytes,
				strlen(cases[i].bytes));
		tmpdir_path(s->dir, cases[i].name, path, sizeof(path));
		assert_false(lists_import(s->db, &s->session, path, &o, &r,
			&err));
		if (err.code != cases[i].code || r.taken)
			fail_msg("%s: %s", cases[i].name, err.text);
	}
	assert_int_equal(people_in(s), 0);
}

static bool note_rows(void *ctx, int64_t rows, int64_t bytes)
{
	int64_t *seen = ctx;

	assert_true(rows > *seen && bytes > rows);
	*seen = rows;
	return true;
}

static bool stop_it(void *ctx, int64_t rows, int64_t bytes)
{
	*(int64_t *)ctx = bytes;
	return rows < 2000;
}

/* Stopped on the way: nothing of it is there, and the next time it is new. */
static void an_import_can_be_stopped(void **state)
{
	struct liststore *s = *state;
	static struct listrow row[2500];
	static char code[2500][16];
	int64_t bytes = 0;
	struct list_options o = {.count = -1,
		.sum = -1,
		.progress = stop_it,
		.ctx = &bytes};
	struct list_result r;
	struct err err = {0};
	const char *path;
	struct stat st;

	for (int i = 0; i < 2500; i++) {
		snprintf(code[i], sizeof(code[i]), "P%d", i);
		row[i] = (struct listrow){.code = code[i], .monthly = MONTH};
	}
	path = liststore_write(s, "list.csv", row, 2500, ',');
	assert_false(lists_import(s->db, &s->session, path, &o, &r, &err));
	assert_int_equal(err.code, ERR_BUSY);
	assert_false(r.taken);
	assert_int_equal(people_in(s), 0);
	/* 2000 rows of 2500 are four fifths of the file. */
	assert_int_equal(stat(path, &st), 0);
	assert_in_range(bytes, st.st_size * 79 / 100, st.st_size * 84 / 100);
	o.progress = NULL;
	assert_true(lists_import(s->db, &s->session, path, &o, &r, &err));
	assert_int_equal(r.fresh, 2500);
}

/* More errors than are kept: counted all, the first ones shown; notices make
 * way for them. */
static void many_troubles_and_progress(void **state)
{
	struct liststore *s = *state;
	static struct listrow row[1200];
	static char code[1200][16];
	int64_t reported = 0;
	const struct list_options o = {.count = -1,
		.sum = -1,
		.progress = note_rows,
		.ctx = &reported};
	struct list_result r;
	struct err err = {0};

	for (int i = 0; i < 1200; i++) {
		snprintf(code[i], sizeof(code[i]), "P%d", i);
		row[i] = (struct listrow){.code = code[i],
			.monthly = MONTH,
			.birth = i < 300 ? "1945" : "nonsense",
			/* 2045 and male: odd, not wrong */
			.id12 = i == 0 ? "025245000112" : NULL};
	}
	assert_true(lists_import(s->db, &s->session,
		liststore_write(s, "list.csv", row, 1200, ','), &o, &r, &err));
	assert_int_equal(reported, 1000);
	assert_int_equal(r.rows, 1200);
	assert_int_equal(r.errors, 900);
	assert_true(r.notices > 0);
	assert_int_equal(r.kept, LISTS_MAX_SHOWN);
	assert_int_equal(r.trouble[0].row, 302);
	assert_int_equal(r.trouble[LISTS_MAX_SHOWN - 1].row, 501);
}

/* ---- lists from elsewhere ------------------------------------------------ */

struct giver {
	int rows;           /* to give, of a good list, before it ends */
	enum err_code code; /* with this, or well */
	const char *touch;  /* a file that somebody writes to meanwhile … */
	const char *how;    /* … "a" behind its end, "r+" over its begin */
};

static void give(const char *const text[], int64_t row,
	const struct cells_sink *sink, struct cells *c)
{
	cells_begin(c, row);
	for (int i = 0; i < 13; i++)
		cells_set(c, i, text[i], strlen(text[i]));
	sink->row(sink->ctx, c);
}

static bool give_rows(void *ctx, int fd, enum list_kind kind,
	const struct cells_sink *sink, char *sheet, struct err *err)
{
	static const char *const header[] = {"period", "unit_code", "list_no",
		"seq", "beneficiary_id", "id12", "cmnd9", "name", "dob", "sex",
		"address", "group", "total"};
	static struct cells c;
	const struct giver *g = ctx;
	char code[16];
	const char *person[] = {"2026-12", "U1", "L1", "", code, "", "",
		"Thử A", "1945", "Nữ", "X", "BTXH", "540000"};

	assert_true(fd >= 0);
	assert_int_equal(kind, LIST_PAYMENTS);
	str_copy(sheet, LISTS_SHEET_SIZE, "Trang 1");
	give(header, 3, sink, &c);
	for (int i = 0; i < g->rows; i++) {
		snprintf(code, sizeof(code), "P%d", i);
		give(person, 4 + i, sink, &c);
	}
	if (g->touch) {
		FILE *f = fopen(g->touch, g->how);

		assert_non_null(f);
		fputs("x", f);
		fclose(f);
	}
	return g->code == ERR_NONE || err_set(err, g->code, 0, "gave up");
}

static void import_given(struct liststore *s, const struct giver *g, bool ok,
	struct list_result *r)
{
	const struct list_source source = {(void *)g, give_rows};
	const struct list_options o = {.source = &source,
		.count = -1,
		.sum = -1};
	struct err err = {0};
	char path[256];

	tmpdir_write(s->dir, "given", "whatever", 8);
	tmpdir_path(s->dir, "given", path, sizeof(path));
	assert_int_equal(lists_import(s->db, &s->session, path, &o, r, &err),
		ok);
	if (!ok)
		assert_int_equal(err.code,
			g->code == ERR_NONE ? ERR_IO : g->code);
}

static void a_source_gives_rows(void **state)
{
	struct liststore *s = *state;
	struct list_result r;

	import_given(s, &(struct giver){.rows = 300}, true, &r);
	assert_true(r.taken);
	assert_int_equal(r.rows, 300);
	assert_string_equal(r.sheet, "Trang 1");
	/* The hash is the file's, whoever takes it apart. */
	assert_string_equal(r.sha256, "85738f8f9a7f1b04b5329c590ebcb9e4"
				      "25925c6d0984089c43a022de4f19c281");
}

static void a_workbook_is_read_here_too(void **state)
{
	struct liststore *s = *state;
	struct list_result r;

	liststore_import(s, "tests/data/sheet_openpyxl.xlsx", &r);
	assert_true(r.taken);
	assert_int_equal(r.fresh, 2);
	assert_int_equal(r.sum, 1350000);
	assert_string_equal(r.sheet, "Danh sách 12-2026");
}

static void T44_a_source_that_fails_leaves_nothing(void **state)
{
	static const enum err_code codes[] = {ERR_IO, ERR_TIMEOUT, ERR_DENIED,
		ERR_INVALID};
	struct liststore *s = *state;
	struct list_result r;

	for (size_t i = 0; i < COUNT_OF(codes); i++) {
		import_given(s, &(struct giver){.rows = 1000, .code = codes[i]},
			false, &r);
		assert_false(r.taken);
		assert_int_equal(people_in(s), 0);
	}
}

static void a_file_that_changes_meanwhile_is_not_taken(void **state)
{
	struct liststore *s = *state;
	struct list_result r;
	char path[256];

	tmpdir_path(s->dir, "given", path, sizeof(path));
	for (int over = 0; over < 2; over++) {
		const struct giver g = {.rows = 10,
			.touch = path,
			.how = over ? "r+" : "a"};

		import_given(s, &g, false, &r);
		assert_int_equal(people_in(s), 0);
	}
}

static void the_list_of_the_demo(void **state)
{
	struct liststore *s = *state;
	struct list_result r;

	liststore_import(s, "assets/demo/people.csv", &r);
	assert_true(r.taken);
	assert_int_equal(r.rows, 200);
	assert_int_equal(r.fresh, 200);
	assert_int_equal(r.errors, 0);
}

/*
 * Pull the plug at every write and sync in turn. What was said to be taken
 * is there whole after the next start; what was said to have failed is there
 * whole or not at all.
 */
static void T08_a_failing_disk_takes_all_or_nothing(void **state)
{
	static const struct listrow row[] = {
		{.code = "P1", .id12 = ID_A, .monthly = MONTH},
		{.code = "P2", .monthly = MONTH, .arrears = 1},
		{.code = "P3", .monthly = MONTH},
	};
	const struct list_options o = {.count = -1, .sum = -1};
	struct liststore *s = *state;
	const char *path = liststore_write(s, "list.csv", row, 3, ',');
	bool taken = false;
	int failures = 0;

	for (int n = 1; !taken; n++) {
		struct list_result r;
		struct err err = {0};
		bool ok;

		faultvfs_arm(n);
		ok = lists_import(s->db, &s->session, path, &o, &r, &err);
		failures += faultvfs_tripped();
		faultvfs_arm(0);
		liststore_reopen(s);
		taken = people_in(s) == 3;
		if (ok && r.taken && !taken)
			fail_msg("write %d: it was said to be taken", n);
		if (!taken && (people_in(s) != 0 || is_known(s, ID_A)))
			fail_msg("write %d: half a list", n);
		if (taken) {
			liststore_import(s, path, &r);
			assert_true(r.taken && r.again);
		}
	}
	assert_true(failures > 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_second_list),
		cmocka_unit_test_setup_teardown(mistakes_inside_one_list, start,
			stop),
		cmocka_unit_test_setup_teardown(the_same_file_again, start,
			stop),
		cmocka_unit_test_setup_teardown(an_import_is_in_the_journal,
			start, stop),
		cmocka_unit_test(what_was_declared),
		cmocka_unit_test_setup_teardown(separators_and_bom, start,
			stop),
		cmocka_unit_test(one_entitlement_for_each_kind),
		cmocka_unit_test_setup_teardown(names_of_entitlements_are_fixed,
			start, stop),
		cmocka_unit_test(money_carried_over_is_due_once),
		cmocka_unit_test_setup_teardown(
			the_newest_list_says_who_a_person_is, start, stop),
		cmocka_unit_test_setup_teardown(what_is_no_list, start, stop),
		cmocka_unit_test_setup_teardown(an_import_can_be_stopped, start,
			stop),
		cmocka_unit_test_setup_teardown(many_troubles_and_progress,
			start, stop),
		cmocka_unit_test_setup_teardown(a_source_gives_rows, start,
			stop),
		cmocka_unit_test_setup_teardown(a_workbook_is_read_here_too,
			start, stop),
		cmocka_unit_test_setup_teardown(
			T44_a_source_that_fails_leaves_nothing, start, stop),
		cmocka_unit_test_setup_teardown(
			a_file_that_changes_meanwhile_is_not_taken, start,
			stop),
		cmocka_unit_test_setup_teardown(the_list_of_the_demo, start,
			stop),
		cmocka_unit_test_setup_teardown(
			T08_a_failing_disk_takes_all_or_nothing, start, stop),
	};

	faultvfs_install();
	return cmocka_run_group_tests_name("lists", tests, NULL, NULL);
}
