/* Stores: what the program left is accepted, and no hand in it goes unseen;
 * nothing is written where the store lies. */
#include "support/unit.h"

#include <dirent.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "core/clock.h"
#include "core/crypto.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/verify/verify_run.h"
#include "support/bookstore.h"
#include "support/tmpdir.h"

enum {
	PATH = 512,
	ALICE = 1,
	BOB = 2
};

/* Lists are put into it by SQL: the book must be told of them, too. */
static void import_lists(struct bookstore *b)
{
	uint8_t sum[CRYPTO_HASH_SIZE];
	const struct journal_entry entry = {.kind = JOURNAL_IMPORT,
		.rsum = sum};
	struct journal_done done;
	sqlite3_stmt *st = NULL;
	char sql[128];
	struct err err;

	sqlite3_prepare_v2(b->db->handle, "SELECT sha256 FROM list", -1, &st,
		NULL);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	assert_int_equal(sqlite3_column_bytes(st, 0), sizeof(sum));
	memcpy(sum, sqlite3_column_blob(st, 0), sizeof(sum));
	assert_int_equal(sqlite3_step(st), SQLITE_DONE);
	sqlite3_finalize(st);
	assert_true(journal_append(b->db, &entry, &done, &err));
	snprintf(sql, sizeof(sql), "UPDATE list SET seq = %llu",
		(unsigned long long)done.seq);
	bookstore_sql(b, sql);
}

/* A day: two paid, one of them voided and paid again, one copy, closed. */
static void play(struct bookstore *b)
{
	struct notes counted = {0};
	struct shift_slip slip;
	struct refusal why;
	struct payout p;
	struct shift s;
	struct err err;
	int copy;

	bookstore_make(b);
	bookstore_due(b, ALICE, ENT_MONTH, BOOKSTORE_PERIOD, 540000, false);
	bookstore_due(b, BOB, ENT_MONTH, BOOKSTORE_PERIOD, 1080000, false);
	import_lists(b);
	bookstore_shift(b, 20);
	bookstore_pay(b, ALICE, &p);
	bookstore_hand(b, p.seq);
	bookstore_pay(b, BOB, &p);
	assert_int_equal(payouts_not_handed(b->db, &b->lan, p.seq, &b->hoa, &p,
				 &why, &err),
		VERDICT_DONE);
	bookstore_pay(b, BOB, &p);
	assert_true(payouts_print_result(b->db, &b->lan, p.seq, PRINT_PRINTED,
		&err));
	bookstore_hand(b, p.seq);
	assert_int_equal(payouts_reprint(b->db, &b->lan, p.seq, 1, &copy, &why,
				 &err),
		VERDICT_DONE);
	assert_int_equal(shifts_current(b->db, &s, &err), LOOKUP_FOUND);
	counted.pieces[NOTES_KINDS - 1] = (int32_t)(s.expected / 1000);
	assert_int_equal(shifts_close(b->db, &b->lan, &counted,
				 SHIFT_REASON_NONE, NULL, &slip, &why, &err),
		VERDICT_DONE);
	bookstore_shift(b, 10);
}

/* Run the verifier as its main does; its JSON goes to said. */
static int verify(const char *path, const char *salvage, char **said)
{
	const struct verify_args args = {.json = true,
		.future = true,
		.from = 1,
		.to = UINT64_MAX,
		.salvage = salvage,
		.path = path};
	struct err err = {0};
	int status = VERIFY_CANNOT;
	size_t size = 0;
	FILE *out = open_memstream(said, &size);

	if (!verify_run(&args, out, &status, &err)) {
		status = VERIFY_CANNOT;
		fprintf(out, "%s", err.text);
	}
	fclose(out);
	return status;
}

static void must_say(const char *path, int want, const char *text)
{
	char *said = NULL;
	const int got = verify(path, NULL, &said);

	if (got != want || (text && !strstr(said, text)))
		fail_msg("status %d, not %d with %s: %s", got, want,
			text ? text : "anything", said);
	free(said);
}

static int files_in(const char *dir)
{
	DIR *d = opendir(dir);
	int n = 0;

	assert_non_null(d);
	while (readdir(d))
		n++;
	closedir(d);
	return n;
}

static void test_a_store_of_the_program_is_accepted(void **state)
{
	struct bookstore b;
	char *said = NULL;

	(void)state;
	play(&b);
	db_close(b.db);
	b.db = NULL;
	if (verify(b.dir, NULL, &said) != VERIFY_ACCEPTED)
		fail_msg("%s", said);
	assert_non_null(strstr(said, "\"payouts\":3"));
	assert_non_null(strstr(said, "\"shifts\":2"));
	assert_non_null(strstr(said, "\"n_void\":1"));
	free(said);
	bookstore_remove(&b);
}

static void test_a_store_in_use_is_read_and_nothing_is_left_in_it(void **state)
{
	struct bookstore b;
	char temp[PATH];
	struct stat before;
	struct stat after;
	char wal[PATH];
	int files;

	(void)state;
	play(&b);
	tmpdir_make(temp, sizeof(temp));
	setenv("TMPDIR", temp, 1);
	files = files_in(b.dir);
	assert_int_equal(stat(tmpdir_path(b.dir, "chitra.db-wal", wal,
				      sizeof(wal)),
				 &before),
		0);
	assert_true(before.st_size > 0);
	must_say(b.dir, VERIFY_ACCEPTED, "\"payouts\":3");
	assert_int_equal(stat(wal, &after), 0);
	assert_int_equal(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
	assert_int_equal(before.st_size, after.st_size);
	assert_int_equal(files_in(b.dir), files);
	assert_int_equal(files_in(temp), 2);
	unsetenv("TMPDIR");
	tmpdir_remove(temp);
	bookstore_must_hold(&b);
	bookstore_remove(&b);
}

/* ---- a hand in the store ---------------------------------------------------
 */

static struct tamper {
	const char *name;
	const char *sql;
	int status;
	const char *said;
} tampers[] = {
	{"T20 a bit of a body is flipped",
		"UPDATE journal SET body = CAST(substr(body, 1, length(body) -"
		" 1) || x'00' AS BLOB) WHERE seq = 15",
		1, "\"seq\":15,\"check\":\"V07\""},
	{"T21 a record is deleted", "DELETE FROM journal WHERE seq = 20", 1,
		"record 20 is missing"},
	{"T21 many records are deleted",
		"DELETE FROM journal WHERE seq BETWEEN 15 AND 20", 1,
		"records 15 to 20 are missing"},
	{"T22 two records are swapped",
		"UPDATE journal SET seq = -seq WHERE seq IN (20, 21);"
		"UPDATE journal SET seq = 41 + seq WHERE seq < 0",
		1, "\"check\":\"V05\""},
	{"T27 the newest records are cut off, tables left",
		"DELETE FROM journal WHERE seq > 25", 1, "table state ends"},
	{"a hash is changed",
		"UPDATE journal SET h = zeroblob(32) WHERE seq = 15", 1,
		"\"check\":\"V07\""},
	{"a signature is taken away",
		"UPDATE journal SET sig = zeroblob(64) WHERE seq = 15", 1,
		"its signature is missing"},
	{"a receipt's signature is taken away",
		"UPDATE journal SET rsig = NULL WHERE rsig IS NOT NULL", 1,
		"signature for its paper is missing"},
	{"a receipt's signature is changed",
		"UPDATE journal SET rsig = sig WHERE rsig IS NOT NULL", 1,
		"signature for its paper is wrong"},
	{"T32 totals of state are changed",
		"UPDATE state SET tot = zeroblob(48)", 1,
		"the totals of table state"},
	{"state says another shift", "UPDATE state SET shift = 9", 1,
		"another shift"},
	{"state says another epoch", "UPDATE state SET epoch = 9", 1,
		"another epoch"},
	{"state says that something was acknowledged",
		"UPDATE state SET acked_seq = 9", 1, "acknowledged"},
	{"state is gone", "DELETE FROM state", 1, "table state has 0 rows"},
	{"T33 a row of paid is deleted",
		"DELETE FROM paid WHERE seq = (SELECT min(seq) FROM paid)", 1,
		"table paid has 1 rows"},
	{"T33 a row of paid is set to voided", "UPDATE paid SET state = 4", 1,
		"table paid does not say"},
	{"something is paid that no record paid",
		"INSERT INTO paid VALUES (randomblob(16), 99, 3)", 1,
		"an entitlement that no record paid"},
	{"a payout is deleted",
		"DELETE FROM payout WHERE seq = (SELECT max(seq) FROM payout)",
		1, "table payout has 2 rows"},
	{"a payout is said to be printed", "UPDATE payout SET print = 2", 1,
		"table payout does not say"},
	{"copies of a payout are forgotten", "UPDATE payout SET copies = 0", 1,
		"table payout does not say"},
	{"a payout bears another code",
		"UPDATE payout SET code = '129S-RZCJ-BYD8-9'"
		" WHERE state = 4",
		1, "table payout does not say"},
	{"a shift is said to be another's",
		"UPDATE shift SET actor = 8 WHERE number = 1", 1,
		"table shift does not say"},
	{"a shift is said to be open",
		"DELETE FROM shift WHERE number = 2;"
		"UPDATE shift SET close_seq = NULL",
		1, "table shift does not say"},
	{"a key of an epoch is changed",
		"UPDATE epoch SET public = zeroblob(32) WHERE number = 2", 1,
		"table epoch does not say"},
	{"the secret of an epoch that is over is kept",
		"UPDATE epoch SET secret = x'00' WHERE number = 1", 1,
		"\"check\":\"V09\""},
	{"the device's key is changed",
		"UPDATE device SET public = zeroblob(32)", 1,
		"\"check\":\"V06\""},
	{"a user's role is changed",
		"UPDATE user SET role = 3 WHERE number = 7", 1,
		"no CONFIG record before tells of the key and role of user 7"},
	{"a user's key is changed",
		"UPDATE user SET public = randomblob(32) WHERE number = 7", 1,
		"\"check\":\"V24\""},
	{"a user is deleted", "DELETE FROM user WHERE number = 7", 1,
		"user 7 is not known"},
	{"personal data of a record that has none",
		"INSERT INTO pd (seq, sealed) VALUES (1, x'00')", 1,
		"\"check\":\"V27\""},
	{"T69 personal data are erased", "DELETE FROM pd", 0,
		"records were erased"},
	{"T35 a trigger more",
		"CREATE TRIGGER t AFTER INSERT ON paid BEGIN SELECT 1; END", 1,
		"trigger \\\"t\\\" does not belong"},
	{"T35 a view more", "CREATE VIEW v AS SELECT 1", 1,
		"view \\\"v\\\" does not belong"},
	{"T35 a table more", "CREATE TABLE aaa (x)", 1,
		"table \\\"aaa\\\" does not belong"},
	{"T35 a trigger less", "DROP TRIGGER journal_nd", 1,
		"trigger \\\"journal_nd\\\" is missing"},
	{"T35 an index less", "DROP INDEX payout_open", 1,
		"index \\\"payout_open\\\" is missing"},
	{"T35 the journal is a view",
		"ALTER TABLE journal RENAME TO j;"
		"CREATE VIEW journal AS SELECT * FROM j",
		2, "no table \"journal\""},
	{"T35 no table of payments", "DROP TABLE paid", 2, "paid"},
	{"a schema of tomorrow", "PRAGMA user_version = 999", 1, "schema 999"},
};

/* As a thief with sqlite3 would, on the closed store. */
static void run_sql(const char *dir, const char *sql)
{
	char path[PATH];
	char *text = NULL;
	sqlite3 *h = NULL;

	assert_int_equal(sqlite3_open(tmpdir_path(dir, "chitra.db", path,
					      sizeof(path)),
				 &h),
		SQLITE_OK);
	if (sqlite3_exec(h, sql, NULL, NULL, &text) != SQLITE_OK)
		fail_msg("%s: %s", sql, text);
	sqlite3_close(h);
}

static char *trigger_sql(const char *dir, const char *name)
{
	char path[PATH];
	sqlite3_stmt *st = NULL;
	sqlite3 *h = NULL;
	char *out = NULL;

	sqlite3_open(tmpdir_path(dir, "chitra.db", path, sizeof(path)), &h);
	sqlite3_prepare_v2(h, "SELECT sql FROM sqlite_schema WHERE name = ?1",
		-1, &st, NULL);
	sqlite3_bind_text(st, 1, name, -1, SQLITE_STATIC);
	if (sqlite3_step(st) == SQLITE_ROW)
		out = strdup((const char *)sqlite3_column_text(st, 0));
	sqlite3_finalize(st);
	sqlite3_close(h);
	return out;
}

/* The triggers of the journal step aside, and come back as they were. */
static void tamper(const char *dir, const char *sql)
{
	const bool journal =
		strstr(sql, " journal ") != NULL && strstr(sql, "VIEW") == NULL;
	char *nu = trigger_sql(dir, "journal_nu");
	char *nd = trigger_sql(dir, "journal_nd");

	if (journal)
		run_sql(dir, "DROP TRIGGER journal_nu;"
			     "DROP TRIGGER journal_nd");
	run_sql(dir, sql);
	if (journal) {
		run_sql(dir, nu);
		run_sql(dir, nd);
	}
	free(nu);
	free(nd);
}

/* One store is played for all rows; each works on a copy. */
static struct bookstore played;

static int play_once(void **state)
{
	struct err err;

	(void)state;
	if (!crypto_start(&err))
		return 1;
	play(&played);
	db_close(played.db);
	played.db = NULL;
	return 0;
}

static int forget(void **state)
{
	(void)state;
	bookstore_remove(&played);
	return 0;
}

static void check_tamper(void **state)
{
	const struct tamper *row = *state;
	char dir[PATH];

	bookstore_image(&played, dir, sizeof(dir));
	tamper(dir, row->sql);
	must_say(dir, row->status, row->said);
	tmpdir_remove(dir);
}

/* ---- hostile and broken files ----------------------------------------------
 */

static long load(const char *path, unsigned char **out)
{
	FILE *in = fopen(path, "rb");
	long size;

	assert_non_null(in);
	fseek(in, 0, SEEK_END);
	size = ftell(in);
	rewind(in);
	*out = malloc((size_t)size);
	assert_int_equal(fread(*out, 1, (size_t)size, in), size);
	fclose(in);
	return size;
}

/* VERIFY_DAMAGES=n: more of them. */
static void test_T35_a_damaged_database_is_never_accepted_wrongly(void **state)
{
	const char *often = getenv("VERIFY_DAMAGES");
	const int rounds = often ? (int)strtol(often, NULL, 10) : 60;
	unsigned char *bytes = NULL;
	unsigned random = 12345;
	char dir[PATH];
	char path[PATH];
	char *clean = NULL;
	long size;

	(void)state;
	bookstore_image(&played, dir, sizeof(dir));
	size = load(tmpdir_path(dir, "chitra.db", path, sizeof(path)), &bytes);
	assert_int_equal(verify(dir, NULL, &clean), VERIFY_ACCEPTED);
	for (int i = 0; i < rounds; i++) {
		unsigned char was[64];
		char *said = NULL;
		long at;
		int got;

		random = random * 1103515245 + 12345;
		at = (long)((random >> 4) % (unsigned)(size - 64));
		memcpy(was, bytes + at, sizeof(was));
		memset(bytes + at, (int)(random >> 24), sizeof(was));
		tmpdir_write(dir, "chitra.db", bytes, (size_t)size);
		got = verify(dir, NULL, &said);
		assert_in_range(got, VERIFY_ACCEPTED, VERIFY_CANNOT);
		/* Names, lists' texts and free pages are not the book's. */
		if (got == VERIFY_ACCEPTED)
			assert_string_equal(strstr(said, ",\"totals\""),
				strstr(clean, ",\"totals\""));
		memcpy(bytes + at, was, sizeof(was));
		free(said);
	}
	free(clean);
	free(bytes);
	tmpdir_remove(dir);
}

static void test_a_file_that_is_cut_or_none_cannot_be_read(void **state)
{
	unsigned char *bytes = NULL;
	char dir[PATH];
	char path[PATH];
	long size;

	(void)state;
	bookstore_image(&played, dir, sizeof(dir));
	size = load(tmpdir_path(dir, "chitra.db", path, sizeof(path)), &bytes);
	tmpdir_write(dir, "chitra.db", bytes, (size_t)size / 2);
	must_say(dir, VERIFY_CANNOT, NULL);
	tmpdir_write(dir, "chitra.db", bytes, 100);
	must_say(dir, VERIFY_CANNOT, NULL);
	tmpdir_write(dir, "chitra.db", "", 0);
	must_say(dir, VERIFY_CANNOT, "no journal file");
	must_say("/nonexistent/store", VERIFY_CANNOT, "No such file");
	free(bytes);
	tmpdir_remove(dir);
}

/* R3: prefix and island become files that verify by themselves. */
static void test_salvage_writes_what_holds_around_a_broken_record(void **state)
{
	char dir[PATH];
	char out[PATH];
	char island[PATH];
	char *said = NULL;

	(void)state;
	bookstore_image(&played, dir, sizeof(dir));
	tamper(dir, "UPDATE journal SET body = zeroblob(9) WHERE seq = 15");
	tmpdir_path(dir, "saved", out, sizeof(out));
	tmpdir_path(dir, "saved.1", island, sizeof(island));
	assert_int_equal(verify(dir, out, &said), VERIFY_FINDINGS);
	assert_non_null(strstr(said, "records 1 to 14 hold"));
	assert_non_null(strstr(said, "records 16 to "));
	free(said);
	must_say(out, VERIFY_ACCEPTED, "\"records\":14");
	must_say(island, VERIFY_ACCEPTED, "\"payouts\":3");
	/* What was saved is never written over. */
	assert_int_equal(verify(dir, out, &said), VERIFY_CANNOT);
	free(said);
	tmpdir_remove(dir);
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(tampers) + 5] = {
		cmocka_unit_test(test_a_store_of_the_program_is_accepted),
		cmocka_unit_test(
			test_a_store_in_use_is_read_and_nothing_is_left_in_it),
		cmocka_unit_test(
			test_T35_a_damaged_database_is_never_accepted_wrongly),
		cmocka_unit_test(
			test_a_file_that_is_cut_or_none_cannot_be_read),
		cmocka_unit_test(
			test_salvage_writes_what_holds_around_a_broken_record),
	};
	size_t n = 5;

	UNIT_ADD_ROWS(tests, &n, tampers, check_tamper);
	return cmocka_run_group_tests_name("vstore", tests, play_once, forget);
}
