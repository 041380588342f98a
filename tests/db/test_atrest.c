/* What a stolen disk shows of people: nothing (T64). */
#include "support/unit.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "db/changes.h"
#include "db/db_internal.h"
#include "db/people.h"
#include "support/bookstore.h"
#include "support/canary.h"
#include "support/oldstore.h"
#include "support/tmpdir.h"

enum {
	LAN = 7,
	SAMPLE = 3 /* this one is looked at closely */
};

static int setup(void **state)
{
	static struct bookstore b;

	bookstore_make(&b);
	*state = &b;
	return 0;
}

static int teardown(void **state)
{
	bookstore_remove(*state);
	return 0;
}

static void sign_in(struct bookstore *b)
{
	struct sign_in_result result;
	struct err err = {0};

	if (users_sign_in(b->db, LAN, "246801", &b->lan, &result, &err) !=
		SIGN_IN_DONE)
		fail_msg("%s", err.text);
}

/* Nothing of anybody, in no file, as it lies there at this moment. */
static void nothing_shows(const char *dir)
{
	char where[600];
	const int hits = canary_hits(dir, where, sizeof(where));

	if (hits > 0)
		fail_msg("%d hits, in %s", hits, where);
}

static struct person_due due_of(struct bookstore *b, int i)
{
	struct person_due due;
	struct canary c;
	struct err err = {0};

	canary_get(i, &c);
	if (people_by_id12(b->db, c.id12, &due, &err) != LOOKUP_FOUND)
		fail_msg("%s: %s", c.name, err.text);
	return due;
}

/* ---- files from outside; they lie elsewhere -------------------------------- */

typedef bool import_fn(struct db *db, const struct session *s, const char *path,
	const struct list_options *options, struct list_result *out,
	struct err *err);

static void take(struct bookstore *b, import_fn *import, const char *text)
{
	const struct list_options o = {.count = -1, .sum = -1};
	struct list_result *r = malloc(sizeof(*r));
	char dir[256];
	char path[512];
	struct err err = {0};

	tmpdir_make(dir, sizeof(dir));
	tmpdir_write(dir, "in.csv", text, strlen(text));
	tmpdir_path(dir, "in.csv", path, sizeof(path));
	assert_non_null(r);
	if (!import(b->db, &b->hoa, path, &o, r, &err) || !r->taken)
		fail_msg("%s %d, row %d, column %d: %s", err.text,
			(int)r->errors, (int)r->trouble[0].row,
			(int)r->trouble[0].column, r->trouble[0].value);
	tmpdir_remove(dir);
	free(r);
}

static void take_list(struct bookstore *b, const char *period)
{
	static char text[16384];
	struct canary c;
	size_t len;

	len = (size_t)snprintf(text, sizeof(text),
		"period,unit_code,list_no,seq,beneficiary_id,id12,cmnd9,name,"
		"dob,sex,address,group,monthly_amount,payee,payee_name,"
		"payee_id,method,account_bin,account_no\n");
	for (int i = 0; i < CANARIES; i++) {
		canary_get(i, &c);
		len += (size_t)snprintf(text + len, sizeof(text) - len,
			"%s,U1,L1,%d,%s,%s,%s,%s,02/09/1944,Nữ,\"%s\",BTXH,"
			"540000,guardian,%s,%s,cash,970405,%s\n",
			period, i + 1, c.code, c.id12, c.old_id, c.name,
			c.address, c.guardian, c.guardian_id, c.account);
	}
	assert_true(len < sizeof(text));
	take(b, lists_import, text);
}

static void take_side_lists(struct bookstore *b)
{
	char text[1024];
	struct canary c;

	canary_get(SAMPLE, &c);
	snprintf(text, sizeof(text),
		"kind,period,unit_code,beneficiary_id,id12,name,note\n"
		"altered,2026-12,U1,%s,%s,%s,%s\n",
		c.code, c.id12, c.name, c.note);
	take(b, changes_import, text);
	snprintf(text, sizeof(text),
		"unit_code,beneficiary_id,account_bin,account_no,answer,"
		"message\nU1,%s,970405,%s,name_differs,%s\n",
		c.code, c.account, c.note);
	take(b, answers_import, text);
}

static void pay(struct bookstore *b, int i, struct payout *out)
{
	struct pay_request r = {.person = due_of(b, i).person.id,
		.payee = PAYEE_GUARDIAN,
		.review = REVIEW_NAME_MARKS};
	struct refusal why = {0};
	struct canary c;
	struct err err = {0};

	canary_get(i, &c);
	payouts_uid(r.uid);
	memcpy(r.payee_name, c.guardian, sizeof(c.guardian));
	memcpy(r.payee_id, c.guardian_id, sizeof(c.guardian_id));
	if (payouts_pay(b->db, &b->lan, &r, out, &why, &err) != VERDICT_DONE)
		fail_msg("%s %s", refusal_code_name(why.code), err.text);
}

static void a_day(struct bookstore *b)
{
	struct person_found found[5];
	struct refusal why;
	struct payout out;
	struct canary c;
	struct err err = {0};
	bool more;
	int count;

	take_list(b, "2026-12");
	take_side_lists(b);
	bookstore_shift(b, 100);
	pay(b, 0, &out);
	bookstore_hand(b, out.seq);
	pay(b, 1, &out);
	assert_int_equal(payouts_not_handed(b->db, &b->lan, out.seq, NULL, &out,
				 &why, &err),
		VERDICT_DONE);
	assert_int_equal(payouts_not_paid(b->db, &b->lan,
				 due_of(b, 2).person.id, NOT_PAID_DIED,
				 (struct date){2026, 11, 3}, &why, &err),
		VERDICT_DONE);
	canary_get(SAMPLE, &c);
	assert_true(people_find(b->db, c.name, found, 5, &count, &more, &err));
	assert_int_equal(count, 1);
	take_list(b, "2027-01");
	pay(b, SAMPLE, &out); /* and the plug is pulled */
}

/* What a day left is all there, for whoever signs in. */
static void all_is_there(struct bookstore *b)
{
	struct person_due due = due_of(b, SAMPLE);
	struct canary c;

	canary_get(SAMPLE, &c);
	assert_string_equal(due.person.name, c.name);
	assert_string_equal(due.person.id12, c.id12);
	assert_string_equal(due.person.old_id, c.old_id);
	assert_string_equal(due.person.address, c.address);
	assert_string_equal(due.person.payee_name, c.guardian);
	assert_string_equal(due.person.payee_id, c.guardian_id);
	assert_string_equal(due.person.account_no, c.account);
	assert_string_equal(due.person.account_message, c.note);
	assert_string_equal(due.change_note, c.note);
	assert_int_equal(due.person.birth.year, 1944);
	assert_int_equal(due.person.seq, SAMPLE + 1);
	bookstore_must_hold(b);
}

/* ---- tests ----------------------------------------------------------------- */

static void T64_canaries_show_when_they_are_there(void **state)
{
	struct bookstore *b = *state;
	char where[600];
	struct canary c;

	nothing_shows(b->dir);
	for (int i = 0; i < CANARIES; i++) {
		char folded[128];

		canary_get(i, &c);
		viet_fold(c.name, folded, sizeof(folded));
		tmpdir_write(b->dir, "seen", folded, strlen(folded));
		assert_true(canary_hits(b->dir, where, sizeof(where)) > 0);
		tmpdir_write(b->dir, "seen", c.account, strlen(c.account));
		assert_true(canary_hits(b->dir, where, sizeof(where)) > 0);
	}
	tmpdir_write(b->dir, "seen", "", 0);
	nothing_shows(b->dir);
}

static void T64_no_file_shows_anybody(void **state)
{
	struct bookstore *b = *state;
	struct payout open;
	struct canary c;
	struct err err = {0};

	a_day(b);
	nothing_shows(b->dir);
	bookstore_crash(b);
	nothing_shows(b->dir);
	b->has_key = false;
	bookstore_open(b);
	sign_in(b);
	all_is_there(b);
	assert_int_equal(payouts_open(b->db, &open, &err), LOOKUP_FOUND);
	canary_get(SAMPLE, &c);
	assert_string_equal(open.person.name, c.name);
	assert_string_equal(open.payee_name, c.guardian);
	assert_string_equal(open.payee_id, c.guardian_id);
	assert_true(db_checkpoint(b->db, &err));
	nothing_shows(b->dir);
	db_close(b->db);
	b->db = NULL;
	nothing_shows(b->dir);
}

static void nobody_reads_without_signing_in(void **state)
{
	struct bookstore *b = *state;
	const struct list_options o = {.count = -1, .sum = -1};
	struct person_found found[5];
	struct list_result r;
	struct person_due due;
	struct payout open;
	struct canary c;
	struct err err = {0};
	bool more;
	int count;

	a_day(b);
	b->has_key = false;
	bookstore_restart(b);
	canary_get(0, &c);
	assert_int_equal(people_by_id12(b->db, c.id12, &due, &err),
		LOOKUP_FAILED);
	assert_int_equal(err.code, ERR_DENIED);
	assert_int_equal(people_get(b->db, 1, &due, &err), LOOKUP_FAILED);
	assert_int_equal(err.code, ERR_DENIED);
	for (size_t i = 0; i < 3; i++) {
		const char *const query[] = {c.name, c.id12, c.id12 + 8};

		assert_false(people_find(b->db, query[i], found, 5, &count,
			&more, &err));
		assert_int_equal(err.code, ERR_DENIED);
	}
	assert_int_equal(payouts_open(b->db, &open, &err), LOOKUP_FAILED);
	assert_int_equal(err.code, ERR_DENIED);
	assert_false(lists_import(b->db, &b->hoa, "assets/demo/people.csv", &o,
		&r, &err));
	assert_int_equal(err.code, ERR_DENIED);
	bookstore_must_hold(b);
	/* And no more after the last one left. */
	sign_in(b);
	assert_int_equal(people_get(b->db, 1, &due, &err), LOOKUP_FOUND);
	assert_true(users_sign_out(b->db, &b->lan, &err));
	assert_int_equal(people_get(b->db, 1, &due, &err), LOOKUP_FAILED);
	assert_false(people_find(b->db, c.name, found, 5, &count, &more, &err));
}

static const char *const swaps[] = {
	"UPDATE person SET sealed = (SELECT sealed FROM person WHERE id = 2)"
	" WHERE id = 1",
	"UPDATE person SET sealed = CAST(substr(sealed, 1, 50) AS BLOB)"
	" WHERE id = 1",
	"UPDATE person SET id12 = (SELECT id12 FROM person WHERE id = 2),"
	" unit_code = 'U9' WHERE id = 1; UPDATE person SET id12 = NULL"
	" WHERE id = 2",
};

/* A thief with sqlite3 gives one person's money to another's card. */
static void an_altered_row_is_nobody(void **state)
{
	struct bookstore *b = *state;
	struct person_due due;
	struct canary c;
	struct err err = {0};

	take_list(b, "2026-12");
	for (size_t i = 0; i < COUNT_OF(swaps); i++) {
		bookstore_sql(b, "SAVEPOINT before");
		bookstore_sql(b, swaps[i]);
		canary_get(i == 2, &c);
		assert_int_equal(people_by_id12(b->db, c.id12, &due, &err),
			LOOKUP_FAILED);
		assert_int_equal(err.code, ERR_CORRUPT);
		bookstore_sql(b, "ROLLBACK TO before; RELEASE before");
	}
}

/* ---- a store from before ----------------------------------------------------- */

static void put_bare(sqlite3 *h, const char *sql, int i)
{
	sqlite3_stmt *st = NULL;
	struct canary c;
	char folded[128];

	canary_get(i, &c);
	viet_fold(c.name, folded, sizeof(folded));
	assert_int_equal(sqlite3_prepare_v2(h, sql, -1, &st, NULL), SQLITE_OK);
	sqlite3_bind_int(st, 1, i + 1);
	sqlite3_bind_text(st, 2, folded, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 3, c.code, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 4, c.id12, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 5, c.old_id, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 6, c.name, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 7, c.address, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 8, c.guardian, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 9, c.guardian_id, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 10, c.account, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 11, c.note, -1, SQLITE_STATIC);
	sqlite3_bind_int(st, 12, 0);
	assert_int_equal(sqlite3_step(st), SQLITE_DONE);
	sqlite3_finalize(st);
}

/* The store as the program before sealed rows would have left it. */
static void make_old(struct bookstore *b)
{
	char path[512];
	sqlite3 *h = NULL;

	db_close(b->db);
	b->db = NULL;
	b->has_key = false;
	oldstore_from(b->dir, 4);
	tmpdir_path(b->dir, "chitra.db", path, sizeof(path));
	assert_int_equal(sqlite3_open(path, &h), SQLITE_OK);
	sqlite3_exec(h, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
	for (int i = 0; i < CANARIES; i++) {
		put_bare(h,
			"INSERT INTO person SELECT ?1, ?1, ?2, 'U1', ?3, 1,"
			" 202612, 'L1', ?4, ?1, ?5, ?1, ?6, 19440902, 2, ?7,"
			" 'BTXH', '', 1, ?8, ?9, '970405', ?10 WHERE ?11 <> ''"
			" AND ?12 = 0",
			i);
		put_bare(h,
			"INSERT INTO not_paid SELECT ?1, 6, ?1, '2026-11-03'"
			" WHERE coalesce(?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,"
			" ?11, ?12) <> ''",
			i);
		put_bare(h,
			"INSERT INTO account_state SELECT 100 + ?1, ?1,"
			" '970405', ?10, 2, '2026-11-30', ?11 WHERE"
			" coalesce(?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?12) <> ''",
			i);
		put_bare(h,
			"INSERT INTO change SELECT 200 + ?1, ?1, 3, 202612, 0,"
			" '', 0, ?11 WHERE coalesce(?2, ?3, ?4, ?5, ?6, ?7,"
			" ?8, ?9, ?10, ?12) <> ''",
			i);
	}
	sqlite3_close(h);
}

static void an_old_store_is_sealed_at_the_first_sign_in(void **state)
{
	struct bookstore *b = *state;
	struct person_found found[5];
	struct person_due due;
	char where[600];
	struct err err = {0};
	bool more;
	int count;

	make_old(b);
	assert_true(canary_hits(b->dir, where, sizeof(where)) > 100);
	bookstore_open(b);
	sign_in(b);
	assert_int_equal(bookstore_number(b, "SELECT count(*) FROM unsealed"),
		0);
	for (int i = 0; i < CANARIES; i++) {
		struct canary c;

		canary_get(i, &c);
		due = due_of(b, i);
		assert_string_equal(due.person.name, c.name);
		assert_string_equal(due.person.beneficiary_id, c.code);
		assert_string_equal(due.person.old_id, c.old_id);
		assert_string_equal(due.person.address, c.address);
		assert_string_equal(due.person.payee_name, c.guardian);
		assert_string_equal(due.person.payee_id, c.guardian_id);
		assert_string_equal(due.person.account_no, c.account);
		assert_string_equal(due.person.account_date, "2026-11-30");
		assert_string_equal(due.change_note, c.note);
		assert_int_equal(due.person.seq, i + 1);
		assert_int_equal(due.person.birth.day, 2);
		assert_int_equal(due.person.sex, SEX_FEMALE);
		assert_true(people_find(b->db, c.old_id + 4, found, 5, &count,
			&more, &err));
		assert_int_equal(count, 1);
	}
	nothing_shows(b->dir);
	db_close(b->db);
	b->db = NULL;
	nothing_shows(b->dir);
}

/* The plug is pulled on the way; the next sign-in goes on with it. */
static void sealing_that_was_cut_is_gone_on_with(void **state)
{
	struct bookstore *b = *state;

	make_old(b);
	bookstore_open(b);
	sign_in(b);
	bookstore_sql(b, "INSERT INTO unsealed VALUES (0, 0, '')");
	bookstore_crash(b);
	bookstore_open(b);
	sign_in(b);
	assert_int_equal(bookstore_number(b, "SELECT count(*) FROM unsealed"),
		0);
	nothing_shows(b->dir);
	assert_string_equal(due_of(b, 0).person.unit_code, "U1");
}

#define STORE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE(T64_canaries_show_when_they_are_there),
		STORE(T64_no_file_shows_anybody),
		STORE(nobody_reads_without_signing_in),
		STORE(an_altered_row_is_nobody),
		STORE(an_old_store_is_sealed_at_the_first_sign_in),
		STORE(sealing_that_was_cut_is_gone_on_with),
	};

	return cmocka_run_group_tests_name("at rest", tests, NULL, NULL);
}
