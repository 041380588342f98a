/* Changes and answers of the account check into the store. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/codec/answerlist.h"
#include "core/codec/changelist.h"
#include "db/changes.h"
#include "db/db_internal.h"
#include "db/sealed_internal.h"
#include "support/bookstore.h"
#include "support/faultvfs.h"
#include "support/monthbook.h"
#include "support/tmpdir.h"

#define CHANGES \
	"kind,period,unit_code,beneficiary_id,id12,name,address,reason\n"
#define ANSWERS "unit_code,beneficiary_id,account_bin,account_no,answer,date\n"

enum {
	BINH = 3,
	RICH = 4
};

static int setup(void **state)
{
	static struct bookstore b;

	bookstore_make(&b);
	bookstore_due(&b, BINH, ENT_MONTH, 202611, 300000, false);
	bookstore_due(&b, BINH, ENT_MONTH, 202612, 500000, false);
	bookstore_due(&b, RICH, ENT_MONTH, 202612, 700000, false);
	*state = &b;
	return 0;
}

static int teardown(void **state)
{
	bookstore_remove(*state);
	return 0;
}

typedef bool import_fn(struct db *db, const struct session *s, const char *path,
	const struct list_options *options, struct list_result *out,
	struct err *err);

static void take_file(struct bookstore *b, import_fn *import, const char *name,
	struct list_result *r)
{
	const struct list_options o = {.count = -1, .sum = -1};
	struct err err = {0};
	char path[512];

	tmpdir_path(b->dir, name, path, sizeof(path));
	if (!import(b->db, &b->hoa, path, &o, r, &err))
		fail_msg("%s", err.text);
}

static void take(struct bookstore *b, import_fn *import, const char *text,
	struct list_result *r)
{
	tmpdir_write(b->dir, "side.csv", text, strlen(text));
	take_file(b, import, "side.csv", r);
}

static struct person_due due_of(struct bookstore *b, int64_t id)
{
	struct person_due due;
	struct err err = {0};

	assert_int_equal(people_get(b->db, id, &due, &err), LOOKUP_FOUND);
	return due;
}

static int64_t records(struct bookstore *b, const char *table)
{
	char sql[64];

	snprintf(sql, sizeof(sql), "SELECT count(*) FROM %s", table);
	return bookstore_number(b, sql);
}

static struct change_case {
	const char *name;
	const char *before; /* taken first, or NULL */
	const char *text;
	int fresh;
	int same;
	const char *wrong; /* column and code of the only trouble, or NULL */
} cases[] = {
	{"one left", NULL, CHANGES "left,2026-12,U1,B3,,,,died\n", 1, 0, NULL},
	{"the same change in another file",
		CHANGES "left,2026-12,U1,B3,,,,died\n",
		CHANGES "left,2026-12,U1,B3,,,,chết\n", 0, 1, NULL},
	{"left when gone already", CHANGES "left,2026-12,U1,B3,,,,died\n",
		CHANGES "left,2027-01,U1,B3,,,,died\n", 0, 0,
		"period duplicate"},
	{"left again after coming back",
		CHANGES "left,2026-10,U1,B3,,,,moved\n"
			"came,2026-12,U1,B3,,Nguyễn Thị Đẹp,,\n",
		CHANGES "left,2027-02,U1,B3,,,,died\n", 1, 0, NULL},
	{"a newcomer", NULL,
		CHANGES "came,2026-12,U1,N1,025145000112,Lê An,Thôn 9,\n", 1, 0,
		NULL},
	{"a newcomer twice", NULL,
		CHANGES "came,2026-12,U1,N1,,Lê An,,\n"
			"came,2026-12,U1,N1,,Lê An,,\n",
		1, 0, "beneficiary_id duplicate"},
	{"two newcomers of one number", NULL,
		CHANGES "came,2026-12,U1,N1,025145000112,Lê An,,\n"
			"came,2026-12,U1,N2,025145000112,Lê An,,\n",
		1, 0, "beneficiary_id other_person"},
	{"a newcomer of an earlier file",
		CHANGES "came,2026-12,U1,N1,025145000112,Lê An,,\n",
		CHANGES "came,2026-12,U1,,025145000112,Lê An,,\n", 0, 1, NULL},
	{"nobody of that number", NULL, CHANGES "left,2026-12,U1,B9,,,,died\n",
		0, 0, "beneficiary_id unknown"},
	{"the number in another unit", NULL,
		CHANGES "left,2026-12,U2,B3,,,,died\n", 0, 0,
		"beneficiary_id unknown"},
	{"another name", NULL, CHANGES "left,2026-12,U1,B3,,Lê An,,died\n", 0,
		0, "name other_person"},
	{"another id12", NULL,
		CHANGES "left,2026-12,U1,B3,025145000112,,,died\n", 0, 0,
		"id12 other_person"},
	{"twice in one file", NULL,
		CHANGES "left,2026-12,U1,B3,,,,died\n"
			"left,2026-12,U1,B3,,,,died\n",
		1, 0, "beneficiary_id duplicate"},
	{"one bad row takes the good ones with it", NULL,
		CHANGES "left,2026-12,U1,B3,,,,died\n"
			"left,2026-13,U1,B4,,,,died\n",
		1, 0, "period bad_period"},
	{"altered", NULL, CHANGES "altered,2026-12,U1,B3,,Lê An,Thôn 4,\n", 1,
		0, NULL},
	{"altered as it is", CHANGES "altered,2026-12,U1,B3,,Lê An,Thôn 4,\n",
		CHANGES "altered,2026-12,U1,B3,,Lê An,,\n", 0, 1, NULL},
};

static void check_case(void **state)
{
	const struct change_case *c = *state;
	struct bookstore *b = NULL;
	struct list_result r;
	char wrong[64] = "";
	void *book = NULL;
	int64_t before;

	setup(&book);
	b = book;
	if (c->before) {
		take(b, changes_import, c->before, &r);
		assert_true(r.taken);
	}
	before = records(b, "journal");
	take(b, changes_import, c->text, &r);
	assert_int_equal(r.fresh, c->fresh);
	assert_int_equal(r.same, c->same);
	assert_int_equal(r.errors, c->wrong != NULL);
	assert_int_equal(r.taken, c->wrong == NULL);
	/* Its records and one IMPORT, or nothing. */
	assert_int_equal(records(b, "journal"),
		before + (c->wrong ? 0 : c->fresh + 1));
	if (c->wrong) {
		snprintf(wrong, sizeof(wrong), "%s %s",
			paylist_column_name(r.trouble[0].column),
			paylist_trouble_code(r.trouble[0].trouble));
		assert_string_equal(wrong, c->wrong);
	}
	bookstore_must_hold(b);
	teardown(&book);
}

static void who_left_is_refused_from_that_period_on(void **state)
{
	struct bookstore *b = *state;
	struct pay_request rq = {.person = BINH, .payee = PAYEE_SELF};
	struct list_result r;
	struct payout out;
	struct refusal why;
	struct err err = {0};
	struct person_due due;

	bookstore_shift(b, 40);
	take(b, changes_import, CHANGES "left,2026-12,U1,B3,,,,moved\n", &r);
	due = due_of(b, BINH);
	assert_int_equal(due.due, 300000); /* November is his */
	assert_int_equal(due.left_from, 202612);
	assert_int_equal(due.person.not_paid_reason, NOT_PAID_NONE);
	bookstore_pay(b, BINH, &out);
	assert_int_equal(out.amount, 300000);
	assert_int_equal(out.items, 1);
	bookstore_hand(b, out.seq);
	due = due_of(b, BINH);
	assert_int_equal(due.due, 0);
	assert_int_equal(due.person.not_paid_reason, NOT_PAID_MOVED);
	payouts_uid(rq.uid);
	assert_int_equal(payouts_pay(b->db, &b->lan, &rq, &out, &why, &err),
		VERDICT_REFUSED);
	assert_string_equal(refusal_code_name(why.code),
		refusal_code_name(REFUSED_MARKED_NOT_PAID));
	assert_int_equal(why.amount, NOT_PAID_MOVED);
	assert_int_equal(why.prior.seq, due.left_seq);
	assert_int_equal(why.actor, 1); /* Hoa took the list */
	assert_int_equal(why.prior.period, 202612);
	/* It was a mistake: he is back from the same period. */
	take(b, changes_import,
		CHANGES "came,2026-12,U1,B3,,Nguyễn Thị Đẹp,,\n", &r);
	assert_int_equal(due_of(b, BINH).due, 500000);
	bookstore_pay(b, BINH, &out);
	assert_int_equal(out.amount, 500000);
	bookstore_hand(b, out.seq);
	bookstore_must_hold(b);
}

/* Reasons that do not stop the person do stop the money of a leaver. */
static void whatever_the_reason(void **state)
{
	struct bookstore *b = *state;
	struct pay_request rq = {.person = RICH, .payee = PAYEE_SELF};
	struct list_result r;
	struct payout out;
	struct refusal why;
	struct err err = {0};

	bookstore_shift(b, 40);
	take(b, changes_import, CHANGES "left,2026-01,U1,B4,,,,other\n", &r);
	payouts_uid(rq.uid);
	assert_int_equal(payouts_pay(b->db, &b->lan, &rq, &out, &why, &err),
		VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_MARKED_NOT_PAID);
	assert_int_equal(why.amount, NOT_PAID_OTHER);
}

static const struct {
	enum ent_what what;
	int32_t list;
	bool stopped;
} moneys[] = {
	{ENT_MONTH, 202612, true},
	{ENT_FUNERAL, 202612, false},
	{ENT_CARRIED, 202612, false}, /* of November and before */
	{ENT_CARRIED, 202701, true},  /* of December */
	{ENT_ARREARS, 202612, false}, /* no month named: of November */
	{ENT_ARREARS, 202702, true},
};

/* The line of a list of results for him says what the counter would pay. */
static void found_says(struct bookstore *b, int64_t id, int64_t due)
{
	struct person_found f;
	struct err err = {0};
	char query[24];
	bool more;
	int n;

	snprintf(query, sizeof(query), "#%d", (int)id);
	assert_true(people_find(b->db, query, &f, 1, &n, &more, &err));
	assert_int_equal(n, 1);
	assert_int_equal(f.due, due);
	assert_int_equal(due_of(b, id).due, due);
}

static void progress_says(struct bookstore *b, int64_t done, int64_t all)
{
	struct err err = {0};
	int64_t d;
	int64_t a;

	assert_true(people_progress(b->db, &d, &a, &err));
	assert_int_equal(d, done);
	assert_int_equal(a, all);
}

static void the_counts_say_what_the_counter_pays(void **state)
{
	struct bookstore *b = *state;
	struct list_result r;
	struct payout out;

	bookstore_shift(b, 40);
	progress_says(b, 0, 2);
	take(b, changes_import, CHANGES "left,2026-12,U1,B3,,,,moved\n", &r);
	found_says(b, BINH, 300000);
	progress_says(b, 0, 2); /* November is his */
	bookstore_pay(b, BINH, &out);
	bookstore_hand(b, out.seq);
	found_says(b, BINH, 0);
	progress_says(b, 0, 1); /* of December he is not */
	take(b, changes_import, CHANGES "left,2026-01,U1,B4,,,,died\n", &r);
	found_says(b, RICH, 0);
	progress_says(b, 0, 0);
	take(b, changes_import,
		CHANGES "came,2026-12,U1,B3,,Nguyễn Thị Đẹp,,\n", &r);
	found_says(b, BINH, 500000);
	progress_says(b, 0, 1);
	bookstore_pay(b, BINH, &out);
	bookstore_hand(b, out.seq);
	progress_says(b, 1, 1);
	take(b, changes_import, CHANGES "left,2026-12,U1,B3,,,,died\n", &r);
	found_says(b, BINH, 0);
	progress_says(b, 1, 1); /* it was paid before */
	bookstore_restart(b);
	progress_says(b, 1, 1);
}

static void which_money_a_leaver_loses(void **state)
{
	struct bookstore *b = *state;
	struct list_result r;

	for (size_t i = 0; i < COUNT_OF(moneys); i++) {
		const int64_t id = 20 + (int64_t)i;
		char text[256];

		bookstore_due(b, id, moneys[i].what, moneys[i].list, 1000,
			false);
		snprintf(text, sizeof(text),
			CHANGES "left,2026-12,U1,B%d,,,,died\n", (int)id);
		take(b, changes_import, text, &r);
		assert_true(r.taken);
		found_says(b, id, moneys[i].stopped ? 0 : 1000);
	}
}

static void a_newcomer_has_no_money(void **state)
{
	struct bookstore *b = *state;
	struct person_due due;
	struct list_result r;
	struct err err = {0};

	take(b, changes_import,
		CHANGES "came,2026-12,U1,N1,025145000112,Lê An,Thôn 9,\n", &r);
	assert_int_equal(people_by_id12(b->db, "025145000112", &due, &err),
		LOOKUP_FOUND);
	assert_string_equal(due.person.name, "Lê An");
	assert_string_equal(due.person.address, "Thôn 9");
	assert_string_equal(due.person.beneficiary_id, "N1");
	assert_int_equal(due.items, 0);
	assert_int_equal(due.due, 0);
}

static void altered_is_altered_where_given(void **state)
{
	struct bookstore *b = *state;
	struct list_result r;
	struct person_due due;

	take(b, changes_import, CHANGES "altered,2026-12,U1,B3,,,Thôn 4,\n",
		&r);
	due = due_of(b, BINH);
	assert_string_equal(due.person.address, "Thôn 4");
	assert_string_equal(due.person.name, "Nguyễn Thị Đẹp");
	assert_int_equal(due.due, 800000);
	/* An older period than his list's does not say who he is now. */
	bookstore_due(b, RICH, ENT_MONTH, 202611, 1, false);
	take(b, changes_import, CHANGES "altered,2026-01,U1,B4,,,Thôn 5,\n",
		&r);
	assert_true(r.taken);
	assert_string_equal(due_of(b, RICH).person.address,
		"Thôn 3, xã Cẩm Khê");
}

#define NOTED "kind,period,unit_code,beneficiary_id,monthly_amount,note\n"

/* Composed, without what cannot be seen, blanks single; or refused. */
static void what_is_written_beside_is_kept_clean(void **state)
{
	static const char *const same[] = {NOTED
		"altered,2026-12,U1,B3,810000,  Nuôi   con nhỏ \n",
		NOTED "altered,2026-12,U1,B3,810.000,Nuôi con nho\xcc\x89\n"};
	struct bookstore *b = *state;
	struct list_result r;
	struct person_due due;

	for (int i = 0; i < 2; i++) {
		take(b, changes_import, same[i], &r);
		assert_true(r.taken);
		assert_int_equal(r.fresh, i == 0);
		due = due_of(b, BINH);
		assert_int_equal(due.change_kind, CHANGE_ALTERED);
		assert_int_equal(due.change_period, 202612);
		assert_int_equal(due.change_monthly, 810000);
		assert_string_equal(due.change_note, "Nuôi con nhỏ");
		assert_int_equal(due.due, 800000);
	}
	/* Another amount is news, though nothing of the person is. */
	take(b, changes_import, NOTED "altered,2026-12,U1,B3,540000,\n", &r);
	assert_int_equal(r.fresh, 1);
	assert_int_equal(due_of(b, BINH).change_monthly, 540000);
	assert_string_equal(due_of(b, BINH).change_note, "");
	take(b, changes_import,
		NOTED "altered,2026-12,U1,B3,1,a\xe2\x80\xae z\n", &r);
	assert_false(r.taken);
	assert_int_equal(r.trouble[0].trouble, TROUBLE_BAD_TEXT);
	bookstore_must_hold(b);
}

static void the_words_of_the_bank_are_kept(void **state)
{
#define SAID "unit_code,beneficiary_id,account_bin,account_no,answer,message\n"
	static const struct {
		const char *text;
		int fresh;
		const char *kept;
	} said[] = {
		{SAID "U1,B3,970405,27001,refused,\n", 1, ""},
		{SAID "U1,B3,970405,27001,refused, Tạm  khóa\n", 1, "Tạm khóa"},
		{SAID "U1,B3,970405,27001,từ chối,Tạm khóa\n", 0, "Tạm khóa"},
		{SAID "U1,B3,970405,27001,REFUSED,\n", 0, "Tạm khóa"},
	};
	struct bookstore *b = *state;

	for (size_t i = 0; i < COUNT_OF(said); i++) {
		struct list_result r;

		take(b, answers_import, said[i].text, &r);
		assert_int_equal(r.fresh, said[i].fresh);
		assert_string_equal(due_of(b, BINH).person.account_message,
			said[i].kept);
	}
	bookstore_must_hold(b);
}

/* As if his newest list named that account. */
static void list_says_account(struct bookstore *b, int64_t id, const char *no)
{
	const struct sealed s = {
		.text = {[SEALED_CODE] = "B3", [SEALED_ACCOUNT_NO] = no}};
	uint8_t locked[SEALED_SIZE];
	sqlite3_stmt *st = NULL;

	sqlite3_prepare_v2(b->db->handle,
		"UPDATE person SET sealed = :sealed WHERE id = :id", -1, &st,
		NULL);
	sealed_put(b->db, st, ":sealed", DATAKEY_PERSON, id, &s, locked);
	sqlite3_bind_int64(st, 2, id);
	assert_int_equal(sqlite3_step(st), SQLITE_DONE);
	sqlite3_finalize(st);
}

static void an_account_is_there_once_verified(void **state)
{
	static const char *const answer[] = {"name_differs", "verified",
		"closed"};
	struct bookstore *b = *state;
	struct list_result r;
	struct person_due due;

	for (int i = 0; i < 3; i++) {
		char text[256];

		snprintf(text, sizeof(text),
			ANSWERS "U1,B3,970405,27001,%s,2026-11-30\n",
			answer[i]);
		take(b, answers_import, text, &r);
		assert_true(r.taken && r.fresh == 1);
		due = due_of(b, BINH);
		assert_int_equal(due.person.has_account, i == 1);
	}
	assert_int_equal(due.person.account_state, ACCOUNT_CLOSED);
	assert_string_equal(due.person.account_bin, "970405");
	assert_string_equal(due.person.account_no, "27001");
	assert_string_equal(due.person.account_date, "2026-11-30");
	assert_int_equal(records(b, "account_state"), 3);
	/* Nothing new, though another file. */
	take(b, answers_import,
		ANSWERS "U1,B3,970405,27001,đã đóng,30/11/2026\n", &r);
	assert_true(r.taken && r.same == 1 && r.fresh == 0);
	take(b, answers_import, ANSWERS "U1,B9,970405,27001,closed,\n", &r);
	assert_int_equal(r.trouble[0].trouble, TROUBLE_UNKNOWN);
	take(b, answers_import,
		ANSWERS
		"U1,B4,970405,1234,closed,\nU1,B4,970405,1234,closed,\n",
		&r);
	assert_false(r.taken);
	assert_int_equal(r.trouble[0].trouble, TROUBLE_DUPLICATE);
	/* Not of the account that the list names. */
	list_says_account(b, 3, "999");
	assert_int_equal(due_of(b, BINH).person.account_state,
		ACCOUNT_NOT_ASKED);
	bookstore_must_hold(b);
}

/* Each of the three is known by the file's hash and its kind. */
static void one_workbook_brings_all_lists_of_a_month(void **state)
{
	static const struct {
		import_fn *import;
		const char *sheet;
		int rows;
	} lists[] = {
		{lists_import, "Chi trả", 2},
		{changes_import, "Biến động", 2},
		{answers_import, "Trả lời", 1},
	};
	struct bookstore *b = *state;
	struct person_due due;
	struct err err = {0};
	char path[512];

	monthbook_write(tmpdir_path(b->dir, "month.xlsx", path, sizeof(path)));
	for (int again = 0; again < 2; again++)
		for (size_t i = 0; i < COUNT_OF(lists); i++) {
			struct list_result r;

			take_file(b, lists[i].import, "month.xlsx", &r);
			assert_true(r.taken);
			assert_int_equal(r.errors, 0);
			assert_int_equal(r.rows, lists[i].rows);
			assert_int_equal(r.fresh, again ? 0 : lists[i].rows);
			if (!again)
				assert_string_equal(r.sheet, lists[i].sheet);
		}
	assert_int_equal(people_by_id12(b->db, "025147954966", &due, &err),
		LOOKUP_FOUND);
	assert_int_equal(due.left_from, 202612);
	assert_int_equal(due.due, 0);
	assert_string_equal(due.change_note, "Giấy báo tử số 12");
	assert_int_equal(due.change_monthly, 0);
	assert_int_equal(people_by_id12(b->db, "025045601158", &due, &err),
		LOOKUP_FOUND);
	assert_int_equal(due.person.account_state, ACCOUNT_NAME_DIFFERS);
	assert_string_equal(due.person.account_no, "2700123456");
	assert_string_equal(due.person.account_date, "2026-11-30");
	assert_string_equal(due.person.account_message,
		"Chủ tài khoản là LE QUANG LAI");
	assert_int_equal(people_by_id12(b->db, "025145000112", &due, &err),
		LOOKUP_FOUND);
	assert_string_equal(due.person.name, "Nguyễn Thị Thử");
	assert_int_equal(due.change_kind, CHANGE_CAME);
	assert_int_equal(due.change_monthly, 540000);
	assert_int_equal(due.due, 0); /* it is said, and not money */
	bookstore_must_hold(b);
}

static void the_same_file_again_and_only_looked_at(void **state)
{
	static const char text[] = CHANGES "left,2026-12,U1,B3,,,,died\n";
	struct list_options o = {.count = -1, .sum = -1, .check_only = true};
	struct bookstore *b = *state;
	const int64_t before = records(b, "journal");
	struct list_result r;
	struct err err = {0};
	char path[512];

	tmpdir_write(b->dir, "side.csv", text, sizeof(text) - 1);
	tmpdir_path(b->dir, "side.csv", path, sizeof(path));
	assert_true(changes_import(b->db, &b->hoa, path, &o, &r, &err));
	assert_false(r.taken);
	assert_int_equal(r.fresh, 1);
	o.check_only = false;
	o.count = 2;
	assert_true(changes_import(b->db, &b->hoa, path, &o, &r, &err));
	assert_true(r.count_differs && !r.taken);
	assert_int_equal(records(b, "journal"), before);
	assert_int_equal(records(b, "change"), 0);
	take(b, changes_import, text, &r);
	assert_true(r.taken && !r.again);
	take(b, changes_import, text, &r);
	assert_true(r.taken && r.again);
	assert_int_equal(r.same, 1);
	assert_int_equal(records(b, "journal"), before + 2);
	tmpdir_path(b->dir, "none.csv", path, sizeof(path));
	assert_false(changes_import(b->db, &b->hoa, path, &o, &r, &err));
	assert_int_equal(err.code, ERR_GONE);
	assert_false(changes_import(b->db, &b->hoa, b->dir, &o, &r, &err));
	assert_int_equal(err.code, ERR_INVALID);
}

static const char *const forgeries[] = {
	"UPDATE change SET kind = 1",
	"UPDATE change SET period = 202701",
	"UPDATE change SET reason = 2",
	"DELETE FROM change",
	"INSERT INTO change SELECT 1, person, kind, period, reason, 0, x''"
	" FROM change",
	"UPDATE account_state SET state = 1",
	"DELETE FROM account_state",
};

static void what_the_journal_does_not_say_is_found(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(forgeries); i++) {
		struct list_result r;
		struct err err = {0};
		void *book = NULL;
		struct bookstore *b;

		setup(&book);
		b = book;
		take(b, changes_import, CHANGES "left,2026-12,U1,B3,,,,died\n",
			&r);
		take(b, answers_import, ANSWERS "U1,B3,970405,27001,closed,\n",
			&r);
		bookstore_must_hold(b);
		bookstore_sql(b, forgeries[i]);
		assert_false(db_check(b->db, &err));
		assert_int_equal(err.code, ERR_CORRUPT);
		teardown(&book);
	}
}

/* Pull the plug at every write and sync in turn. */
static void T08_a_failing_disk_takes_all_or_nothing(void **state)
{
	static const char text[] = CHANGES "left,2026-12,U1,B3,,,,died\n"
					   "came,2026-12,U1,N1,,Lê An,,\n";
	const struct list_options o = {.count = -1, .sum = -1};
	struct bookstore *b = *state;
	bool taken = false;
	int failures = 0;
	char path[512];

	tmpdir_write(b->dir, "side.csv", text, sizeof(text) - 1);
	tmpdir_path(b->dir, "side.csv", path, sizeof(path));
	for (int n = 1; !taken; n++) {
		struct list_result r;
		struct err err = {0};
		bool ok;

		faultvfs_arm(n);
		ok = changes_import(b->db, &b->hoa, path, &o, &r, &err);
		failures += faultvfs_tripped();
		faultvfs_arm(0);
		bookstore_restart(b);
		taken = records(b, "change") == 2;
		if (ok && r.taken && !taken)
			fail_msg("write %d: it was said to be taken", n);
		assert_int_equal(records(b, "change"), taken ? 2 : 0);
		assert_int_equal(records(b, "side_file"), taken);
		assert_int_equal(records(b, "person"), taken ? 3 : 2);
	}
	take(b, changes_import, text, &(struct list_result){0});
	assert_true(failures > 3);
	bookstore_must_hold(b);
}

/* ---- the file -------------------------------------------------------------- */

/* One who left; and somebody writes to the file meanwhile. */
static bool write_meanwhile(void *ctx, int fd, enum list_kind kind,
	const struct cells_sink *sink, char *sheet, struct err *err)
{
	static const char *const rows[2][4] = {{"kind", "period", "unit_code",
						       "beneficiary_id"},
		{"left", "2026-12", "U1", "B3"}};
	static struct cells c;
	const char *const *what = ctx; /* path, how to open it */
	FILE *f = fopen(what[0], what[1]);

	assert_true(fd >= 0);
	assert_int_equal(kind, LIST_CHANGES);
	assert_string_equal(sheet, "");
	for (int r = 0; r < 2; r++) {
		cells_begin(&c, r + 1);
		for (int i = 0; i < 4; i++)
			cells_set(&c, i, rows[r][i], strlen(rows[r][i]));
		assert_true(sink->row(sink->ctx, &c));
	}
	assert_int_equal(err->code, ERR_NONE);
	assert_non_null(f);
	fputs("K", f);
	fclose(f);
	return true;
}

static void a_file_that_changes_meanwhile_is_not_taken(void **state)
{
	static const char text[] = CHANGES "left,2026-12,U1,B3,,,,died\n";
	static const char *const how[] = {"a", "r+"};
	struct bookstore *b = *state;
	struct list_result r;
	char path[512];

	tmpdir_path(b->dir, "side.csv", path, sizeof(path));
	for (size_t i = 0; i < COUNT_OF(how); i++) {
		const char *what[] = {path, how[i]};
		const struct list_source source = {what, write_meanwhile};
		const struct list_options o = {.source = &source,
			.count = -1,
			.sum = -1};
		struct err err = {0};

		tmpdir_write(b->dir, "side.csv", text, strlen(text));
		assert_false(changes_import(b->db, &b->hoa, path, &o, &r,
			&err));
		assert_int_equal(err.code, ERR_IO);
		assert_non_null(strstr(err.text, path));
		assert_false(r.taken);
		assert_int_equal(records(b, "change"), 0);
	}
}

static void what_is_no_file_is_said(void **state)
{
	const struct list_options o = {.count = -1, .sum = -1};
	struct bookstore *b = *state;
	struct list_result r;
	struct err err = {0};
	char path[512];

	assert_false(changes_import(b->db, &b->hoa, b->dir, &o, &r, &err));
	assert_int_equal(err.code, ERR_INVALID);
	tmpdir_path(b->dir, "nowhere.csv", path, sizeof(path));
	assert_false(changes_import(b->db, &b->hoa, path, &o, &r, &err));
	assert_int_equal(err.code, ERR_GONE);
}

static void hear(void *ctx, const struct paylist_error *e)
{
	int *heard = ctx;

	*heard = e ? *heard + 1 : 0;
}

/* The program's own file, as the demo's: nobody is signed in. What was
 * declared is compared, also with a file that is there already. */
static void nobodys_file_and_its_declared_rows(void **state)
{
	static const char text[] = CHANGES "left,2026-12,U1,B3,,,,died\n"
					   "left,2026-12,U1,B99,,,,died\n";
	static const struct session nobody;
	struct bookstore *b = *state;
	int heard = -1;
	struct list_options o = {.count = 3,
		.sum = -1,
		.trouble = hear,
		.ctx = &heard};
	struct list_result r;
	struct err err = {0};
	char path[512];

	tmpdir_write(b->dir, "side.csv", text, strlen(text));
	tmpdir_path(b->dir, "side.csv", path, sizeof(path));
	assert_true(changes_import(b->db, &nobody, path, &o, &r, &err));
	assert_true(!r.taken && r.count_differs && r.rows == 2);
	assert_int_equal(heard, r.errors);
	assert_int_equal(heard, 1);
	tmpdir_write(b->dir, "side.csv", text,
		(size_t)(strstr(text, "B99") - text) - strlen("left,2026-12,"
							      "U1,"));
	o.count = 1;
	assert_true(changes_import(b->db, &nobody, path, &o, &r, &err));
	assert_true(r.taken && !r.count_differs);
	assert_int_equal(heard, 0);
	o.count = 2;
	assert_true(changes_import(b->db, &nobody, path, &o, &r, &err));
	assert_true(r.again && r.count_differs);
	o.count = 1;
	assert_true(changes_import(b->db, &nobody, path, &o, &r, &err));
	assert_true(r.again && !r.count_differs);
	assert_int_equal(records(b, "change"), 1);
}

#define WITH_STORE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(cases) + 16] = {
		WITH_STORE(who_left_is_refused_from_that_period_on),
		WITH_STORE(whatever_the_reason),
		WITH_STORE(the_counts_say_what_the_counter_pays),
		WITH_STORE(which_money_a_leaver_loses),
		WITH_STORE(a_newcomer_has_no_money),
		WITH_STORE(altered_is_altered_where_given),
		WITH_STORE(an_account_is_there_once_verified),
		WITH_STORE(what_is_written_beside_is_kept_clean),
		WITH_STORE(the_words_of_the_bank_are_kept),
		WITH_STORE(one_workbook_brings_all_lists_of_a_month),
		WITH_STORE(the_same_file_again_and_only_looked_at),
		WITH_STORE(a_file_that_changes_meanwhile_is_not_taken),
		WITH_STORE(what_is_no_file_is_said),
		WITH_STORE(nobodys_file_and_its_declared_rows),
		cmocka_unit_test(what_the_journal_does_not_say_is_found),
		WITH_STORE(T08_a_failing_disk_takes_all_or_nothing),
	};
	size_t n = 16;

	UNIT_ADD_ROWS(tests, &n, cases, check_case);
	faultvfs_install();
	return cmocka_run_group_tests_name("changes", tests, NULL, NULL);
}
