/* A backup is evidence: whole, without keys, never written to. T28, T31. */
#include "support/unit.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/backup.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/record_internal.h"
#include "support/bookstore.h"
#include "support/tmpdir.h"

struct vault {
	struct bookstore b;
	char dir[256];
	char file[300];
	char back[300];
};

static int setup(void **state)
{
	static struct vault v;
	struct payout p;

	memset(&v, 0, sizeof(v));
	bookstore_make(&v.b);
	bookstore_due(&v.b, 1, ENT_MONTH, BOOKSTORE_PERIOD, 500000, false);
	bookstore_shift(&v.b, 20);
	bookstore_pay(&v.b, 1, &p);
	bookstore_hand(&v.b, p.seq);
	tmpdir_make(v.dir, sizeof(v.dir));
	tmpdir_path(v.dir, "backup", v.file, sizeof(v.file));
	tmpdir_path(v.dir, "back", v.back, sizeof(v.back));
	*state = &v;
	return 0;
}

static int teardown(void **state)
{
	struct vault *v = *state;

	bookstore_remove(&v->b);
	tmpdir_remove(v->back);
	tmpdir_remove(v->dir);
	return 0;
}

static void save(struct vault *v)
{
	struct export_done d;
	struct refusal why;
	struct err err = {0};

	if (backup_write(v->b.db, &v->b.hoa, v->file, &d, &why, &err) !=
		VERDICT_DONE)
		fail_msg("%s", err.text);
	assert_true(d.seq > 0 && d.bytes > 0);
}

static struct db *take_out(struct vault *v)
{
	struct err err = {0};
	struct db *db;

	if (!backup_restore(v->file, v->back, NULL, &err))
		fail_msg("%s", err.text);
	db = db_open(v->back, &err);
	if (!db)
		fail_msg("%s", err.text);
	return db;
}

static void it_opens_as_evidence_and_verifies(void **state)
{
	struct vault *v = *state;
	struct journal_head was;
	struct journal_head head;
	struct export_done d;
	struct session nobody = {0};
	struct refusal why;
	struct err err = {0};
	char path[300];
	struct db *db;

	assert_true(journal_head(v->b.db, &was, &err));
	save(v);
	bookstore_must_hold(&v->b);
	db = take_out(v);
	assert_true(db_info(db)->evidence);
	assert_false(db_info(v->b.db)->evidence);
	assert_true(db_check(db, &err));
	assert_true(journal_head(db, &head, &err));
	assert_int_equal(head.last_seq, was.last_seq);
	assert_memory_equal(head.head, was.head, sizeof(was.head));
	tmpdir_path(v->dir, "journal", path, sizeof(path));
	assert_int_equal(export_journal(db, &nobody, 0, 0, path, &d, &why,
				 &err),
		VERDICT_DONE);
	assert_false(d.is_signed);
	db_close(db);
	db = db_open(v->back, &err);
	assert_non_null(db);
	db_close(db);
}

static void nothing_is_written_to_evidence(void **state)
{
	struct vault *v = *state;
	const struct journal_entry entry = {.kind = JOURNAL_LOGOUT, .actor = 7};
	struct sign_in_result result;
	struct pay_request r = {.person = 1, .payee = PAYEE_SELF};
	struct session s;
	struct refusal why;
	struct payout p;
	struct err err;
	struct db *db;

	save(v);
	db = take_out(v);
	assert_false(journal_append(db, &entry, NULL, &err));
	assert_int_equal(err.code, ERR_DENIED);
	assert_int_equal(users_sign_in(db, 7, "246801", &s, &result, &err),
		SIGN_IN_FAILED);
	payouts_uid(r.uid);
	assert_int_not_equal(payouts_pay(db, &v->b.lan, &r, &p, &why, &err),
		VERDICT_DONE);
	assert_false(setting_put(db, "evidence", "0", &err));
	db_close(db);
}

static bool file_has(const char *path, const void *bytes, size_t len)
{
	static uint8_t all[4 << 20];
	FILE *f = fopen(path, "rb");
	size_t n;

	assert_non_null(f);
	n = fread(all, 1, sizeof(all), f);
	fclose(f);
	return memmem(all, n, bytes, len) != NULL;
}

/* Not even locked: neither in rows nor in pages that are free. */
static void no_key_is_in_it(void **state)
{
	struct vault *v = *state;
	uint8_t locked[3][104];
	struct stat st;
	static const char *const sql[] = {"SELECT secret FROM device",
		"SELECT secret FROM epoch WHERE secret IS NOT NULL",
		"SELECT secret FROM user WHERE number = 7"};
	char path[300];

	for (int i = 0; i < 3; i++) {
		sqlite3_stmt *q = NULL;

		sqlite3_prepare_v2(v->b.db->handle, sql[i], -1, &q, NULL);
		assert_int_equal(sqlite3_step(q), SQLITE_ROW);
		memcpy(locked[i], sqlite3_column_blob(q, 0), 104);
		sqlite3_finalize(q);
	}
	save(v);
	tmpdir_path(v->b.dir, "chitra.db", path, sizeof(path));
	assert_true(file_has(path, locked[0], 104));
	for (int i = 0; i < 3; i++)
		assert_false(file_has(v->file, locked[i], 104));
	assert_false(file_has(v->file, "next_key", 8));
	assert_false(file_has(v->file, v->b.db->secret, 32));
	assert_int_equal(stat(v->file, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	tmpdir_path(v->b.dir, "backup.part", path, sizeof(path));
	assert_int_not_equal(access(path, F_OK), 0);
}

static void supervisors_only_and_never_over_another(void **state)
{
	struct vault *v = *state;
	struct export_done d;
	struct refusal why;
	struct err err;

	assert_int_equal(backup_write(v->b.db, &v->b.lan, v->file, &d, &why,
				 &err),
		VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_ROLE);
	save(v);
	assert_int_equal(backup_write(v->b.db, &v->b.hoa, v->file, &d, &why,
				 &err),
		VERDICT_FAILED);
	assert_int_equal(err.sys, EEXIST);
	bookstore_must_hold(&v->b);
}

/* A store itself is no backup, and a backup never goes over a store. */
static void what_is_no_backup_is_not_restored(void **state)
{
	struct vault *v = *state;
	char path[300];
	struct err err;

	save(v);
	db_checkpoint(v->b.db, &err);
	tmpdir_path(v->b.dir, "chitra.db", path, sizeof(path));
	assert_false(backup_restore(path, v->back, NULL, &err));
	assert_int_equal(err.code, ERR_INVALID);
	assert_false(backup_restore(v->file, v->b.dir, NULL, &err));
	assert_int_equal(err.code, ERR_INVALID);
	tmpdir_write(v->dir, "junk", "not a database", 14);
	tmpdir_path(v->dir, "junk", path, sizeof(path));
	assert_false(backup_restore(path, v->back, NULL, &err));
	assert_int_equal(err.code, ERR_INVALID);
}

/* Stops at the first question of a part or a later one. */
static bool stop_from(void *part, const struct far *f)
{
	return f->part < *(const int *)part;
}

static void stopped_it_leaves_nothing(void **state)
{
	struct vault *v = *state;
	char dir[300];
	struct stat st;

	save(v);
	tmpdir_path(v->dir, "fresh", dir, sizeof(dir));
	assert_int_equal(mkdir(v->back, 0700), 0);
	for (int part = 0; part < 2; part++) {
		const struct db_watch watch = {stop_from, &part};
		struct err err = {0};

		assert_false(backup_restore(v->file, dir, &watch, &err));
		assert_true(db_watch_stopped(&err));
		assert_int_not_equal(stat(dir, &st), 0);
		/* A directory that was there stays, with nothing in it. */
		assert_false(backup_restore(v->file, v->back, &watch, &err));
		assert_int_equal(rmdir(v->back), 0);
		assert_int_equal(mkdir(v->back, 0700), 0);
	}
	db_close(take_out(v));
}

static bool go_on(void *last, const struct far *f)
{
	*(struct far *)last = *f;
	return true;
}

static void it_says_how_far_it_is(void **state)
{
	struct vault *v = *state;
	struct far last = {0};
	const struct db_watch watch = {go_on, &last};
	struct err err = {0};
	struct stat st;

	save(v);
	assert_int_equal(stat(v->file, &st), 0);
	assert_true(backup_restore(v->file, v->back, &watch, &err));
	assert_int_equal(last.part, 1);
	assert_int_equal(last.parts, 2);
	assert_int_equal(last.unit, FAR_BYTES);
	assert_int_equal(last.done, st.st_size);
	assert_int_equal(last.all, st.st_size);
}

static void T31_a_deleted_book_is_not_made_anew(void **state)
{
	struct vault *v = *state;
	const struct db_setup setup = {.point = "P", .name = "N"};
	char path[300];
	struct err err = {0};

	bookstore_restart(&v->b);
	db_close(v->b.db);
	v->b.db = NULL;
	tmpdir_path(v->b.dir, "chitra.db", path, sizeof(path));
	assert_int_equal(unlink(path), 0);
	assert_null(db_open(v->b.dir, &err));
	assert_int_equal(err.code, ERR_CORRUPT);
	assert_false(db_create(v->b.dir, &setup, &err));
	assert_int_equal(err.code, ERR_CORRUPT);
	assert_int_not_equal(access(path, F_OK), 0);
}

/* db/README.md: 4 is a day's list, 5 a backup. */
static void the_book_calls_it_a_backup(void **state)
{
	struct vault *v = *state;
	struct journal_row row;
	struct journal_head head;
	struct record r;
	const char *finding;
	struct err err;

	save(v);
	assert_true(journal_head(v->b.db, &head, &err));
	assert_int_equal(journal_row(v->b.db, head.last_seq, &row, &err),
		LOOKUP_FOUND);
	assert_true(record_decode(row.body, row.len, &r, &finding));
	assert_int_equal(r.kind, JOURNAL_EXPORT);
	assert_int_equal(r.result, 5);
}

#define ROW(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROW(it_opens_as_evidence_and_verifies),
		ROW(the_book_calls_it_a_backup),
		ROW(nothing_is_written_to_evidence),
		ROW(no_key_is_in_it),
		ROW(supervisors_only_and_never_over_another),
		ROW(what_is_no_backup_is_not_restored),
		ROW(stopped_it_leaves_nothing),
		ROW(it_says_how_far_it_is),
		ROW(T31_a_deleted_book_is_not_made_anew),
	};

	return cmocka_run_group_tests_name("backup", tests, NULL, NULL);
}
