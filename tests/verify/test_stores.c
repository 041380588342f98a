/*
 * Stores that were tampered with (T32, T33, T35): what a thief does with
 * sqlite3, found by chitra-verify, and where the program meets it: at the
 * start, or at the opening of a shift and selftest.
 */
#include "support/unit.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/bookcheck.h"
#include "support/bookgen_internal.h"
#include "support/realstore.h"
#include "support/tmpdir.h"

#define V(n) (UINT64_C(1) << (n))

enum {
	PATH = 300
};

static struct realstore all;

static int set_up(void **state)
{
	(void)state;
	realstore_make(&all);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	realstore_remove(&all);
	return 0;
}

/* ---- rows ------------------------------------------------------------------*/

enum met {
	AT_START,
	AT_CHECK, /* not at the start; at a shift's opening and selftest */
	BY_NOBODY /* of the program: only the verifier looks there */
};

struct row {
	const char *name;
	uint64_t checks; /* any of them */
	enum met met;
	const char *sql;
};

#define LAST_PAID "(SELECT max(seq) FROM payout WHERE state = 3)"

static const struct row rows[] = {
	{"T32: the totals of state", V(40), AT_START,
		"UPDATE state SET tot = zeroblob(48)"},
	{"T32: the totals of state, by one", V(40), AT_START,
		"UPDATE state SET tot = CAST(substr(tot, 1, 47) || x'77' AS "
		"BLOB)"},
	{"T32: the hash of state", V(40), AT_START,
		"UPDATE state SET head = randomblob(32)"},
	{"T32: the number of state", V(40), AT_START,
		"UPDATE state SET last_seq = last_seq - 1"},
	{"T32: the shift of state", V(40), AT_START,
		"UPDATE state SET shift = shift + 1"},
	{"T32: the epoch of state", V(40), AT_START,
		"UPDATE state SET epoch = epoch + 1"},
	{"T32: no state", V(40), AT_START, "DELETE FROM state"},
	{"T33: a row of paid is gone, to pay again", V(40), AT_START,
		"DELETE FROM paid WHERE seq = " LAST_PAID},
	{"T33: all of paid is gone", V(40), AT_START, "DELETE FROM paid"},
	{"T33: paid says voided", V(40), AT_START,
		"UPDATE paid SET state = 4 WHERE seq = " LAST_PAID},
	{"T33: paid says handed", V(40), AT_CHECK,
		"UPDATE paid SET state = 3 WHERE state = 1"},
	{"T33: paid names another record", V(40), AT_START,
		"UPDATE paid SET seq = seq + 1 WHERE seq = " LAST_PAID},
	{"T33: paid has one more", V(40), AT_START,
		"INSERT INTO paid VALUES (randomblob(16), 5, 3)"},
	{"payout says voided", V(40), BY_NOBODY,
		"UPDATE payout SET state = 4 WHERE seq = " LAST_PAID},
	{"payout says not printed, for another original", V(40), BY_NOBODY,
		"UPDATE payout SET print = 0 WHERE seq = " LAST_PAID},
	{"payout is gone", V(40), BY_NOBODY,
		"DELETE FROM payout WHERE seq = " LAST_PAID},
	{"the open shift is closed", V(40), AT_START,
		"UPDATE shift SET close_seq = 99 WHERE close_seq IS NULL"},
	{"the shift is another's", V(40), BY_NOBODY,
		"UPDATE shift SET actor = 8 WHERE number = 1"},
	{"an epoch's key", V(40), AT_CHECK,
		"UPDATE epoch SET public = randomblob(32) WHERE number = 2"},
	{"a secret of an epoch that is over", V(9), BY_NOBODY,
		"UPDATE epoch SET secret = randomblob(100) WHERE number = 1"},
	{"the device's key", V(6), AT_START,
		"UPDATE device SET public = randomblob(32)"},
	{"the device's id", V(4) | V(6), AT_START,
		"UPDATE device SET dev = randomblob(16)"},
	{"a user's key", V(23), AT_CHECK,
		"UPDATE user SET public = randomblob(32) WHERE number = 7"},
	{"an agent becomes a supervisor", V(23), AT_CHECK,
		"UPDATE user SET role = 3 WHERE number = 8"},
	{"a user whom no CONFIG tells of", V(23), AT_CHECK,
		"INSERT INTO user (number, name, role, salt, passes, kib,"
		" public, secret) SELECT 77, 'X', 3, salt, passes, kib,"
		" randomblob(32), secret FROM user WHERE number = 7"},
	{"a limit is gone, so that the old one holds again", V(40), AT_CHECK,
		"DELETE FROM limit_change WHERE seq = (SELECT max(seq) FROM"
		" limit_change)"},
	{"a limit of a record that tells of none", V(40), AT_CHECK,
		"UPDATE limit_change SET seq = 3 WHERE seq = (SELECT max(seq)"
		" FROM limit_change)"},
	{"a limit of another name", V(40), AT_CHECK,
		"UPDATE limit_change SET name = 'sum'"},
	{"a list says less than was paid", V(34), BY_NOBODY,
		"UPDATE entitlement SET amount = amount - 1000"},
	{"an entitlement that was paid is gone", V(34), BY_NOBODY,
		"DELETE FROM entitlement WHERE ent IN (SELECT ent FROM paid)"},
	{"the hash of the list", V(34), BY_NOBODY,
		"UPDATE list SET sha256 = randomblob(32)"},
	{"sealed data of a record that has none", V(27), BY_NOBODY,
		"INSERT INTO pd (seq, sealed) VALUES (1, randomblob(100))"},
	{"T20: a byte of an old body", V(2) | V(7) | V(8), AT_CHECK,
		"UPDATE journal SET body = CAST(substr(body, 1, 40) || x'55' ||"
		" substr(body, 42) AS BLOB) WHERE seq = 12"},
	{"T20: a byte of the newest body", V(2) | V(7) | V(8), AT_START,
		"UPDATE journal SET body = CAST(substr(body, 1, 40) || x'55' ||"
		" substr(body, 42) AS BLOB)"
		" WHERE seq = (SELECT max(seq) FROM journal)"},
	{"T21: an old record is gone", V(5), AT_CHECK,
		"DELETE FROM journal WHERE seq = 12"},
	{"T22: two records changed places", V(5) | V(7), AT_CHECK,
		"UPDATE journal SET seq = -1 WHERE seq = 12;"
		"UPDATE journal SET seq = 12 WHERE seq = 13;"
		"UPDATE journal SET seq = 13 WHERE seq = -1"},
	{"T23: one more record", V(5) | V(7) | V(8), AT_START,
		"INSERT INTO journal SELECT seq + 1, body, randomblob(32),"
		" randomblob(64), NULL FROM journal ORDER BY seq DESC LIMIT 1"},
	{"T26: a signature of zeros", V(8), AT_CHECK,
		"UPDATE journal SET sig = zeroblob(64) WHERE seq = 12"},
	{"T26: a receipt's signature is gone", V(8), AT_CHECK,
		"UPDATE journal SET rsig = NULL WHERE seq = (SELECT min(seq)"
		" FROM payout)"},
	{"V07: a hash", V(7), AT_CHECK,
		"UPDATE journal SET h = randomblob(32) WHERE seq = 12"},
	{"T27: the last record is gone", V(40), AT_START,
		"DELETE FROM journal WHERE seq = (SELECT max(seq) FROM"
		" journal)"},
	{"T31: no record is left", V(1) | V(40), AT_START,
		"DELETE FROM journal"},
	{"T35: a trigger more", V(1), AT_START,
		"CREATE TRIGGER evil AFTER INSERT ON journal BEGIN DELETE FROM"
		" paid; END"},
	{"T35: a view more", V(1), AT_START,
		"CREATE VIEW evil AS SELECT * FROM user"},
	{"T35: a table more", V(1), AT_START, "CREATE TABLE evil (a)"},
	{"T35: an index more", V(1), AT_START,
		"CREATE INDEX evil ON user (name)"},
	{"T35: a view where a table was", V(1), AT_START,
		"ALTER TABLE paid RENAME TO paid2; CREATE VIEW paid AS SELECT"
		" ent, seq, state FROM paid2"},
	{"T35: the schema of another day", V(1), AT_START,
		"PRAGMA user_version = 1"},
	{"T35: the schema of the future", V(1), AT_START,
		"PRAGMA user_version = 9000"},
};

static void run_sql(sqlite3 *h, const char *sql)
{
	char *text = NULL;

	if (sqlite3_exec(h, sql, NULL, NULL, &text) != SQLITE_OK)
		fail_msg("%s: %s", sql, text);
}

static void trigger(sqlite3 *h, const char *name, char *out, size_t size)
{
	sqlite3_stmt *st = NULL;

	sqlite3_prepare_v2(h, "SELECT sql FROM sqlite_schema WHERE name = ?1",
		-1, &st, NULL);
	sqlite3_bind_text(st, 1, name, -1, SQLITE_STATIC);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	snprintf(out, size, "%s", (const char *)sqlite3_column_text(st, 0));
	sqlite3_finalize(st);
}

/* As a thief with sqlite3 does: the triggers go, and come back. */
static void tamper(const char *path, const char *sql)
{
	char update[512];
	char delete[512];
	sqlite3 *h = NULL;

	assert_int_equal(sqlite3_open(path, &h), SQLITE_OK);
	trigger(h, "journal_nu", update, sizeof(update));
	trigger(h, "journal_nd", delete, sizeof(delete));
	run_sql(h, "PRAGMA foreign_keys = OFF; DROP TRIGGER journal_nu;"
		   "DROP TRIGGER journal_nd");
	run_sql(h, sql);
	run_sql(h, update);
	run_sql(h, delete);
	sqlite3_close(h);
}

/* Where the program meets it. */
static enum met meets(const char *dir)
{
	struct err err = {0};
	struct db *db = db_open(dir, &err);
	bool whole;

	if (!db)
		return AT_START;
	whole = db_check(db, &err);
	db_close(db);
	return whole ? BY_NOBODY : AT_CHECK;
}

static void tampered(void **state)
{
	static const char *const where[] = {"at the start", "at the check",
		"by nobody"};
	const struct row *row = *state;
	const struct bookcheck_with with = {.future = true};
	struct bookcheck got;
	char dir[256];
	char path[PATH];
	enum met met;

	realstore_copy(&all, dir, sizeof(dir), path);
	tamper(path, row->sql);
	bookcheck_store(path, &with, &got);
	met = meets(dir);
	tmpdir_remove(dir);
	if (got.exit == BOOKCHECK_ACCEPT || !(got.checks & row->checks))
		fail_msg("verify: %s", got.text);
	/* Earlier than said here is fine. */
	if (met > row->met)
		fail_msg("met %s, not %s", where[met], where[row->met]);
}

static void an_honest_store_is_accepted(void **state)
{
	const struct bookcheck_with with = {.future = true};
	struct bookcheck got;
	char dir[256];
	char path[PATH];

	(void)state;
	realstore_copy(&all, dir, sizeof(dir), path);
	bookcheck_store(path, &with, &got);
	if (got.exit != BOOKCHECK_ACCEPT)
		fail_msg("%s", got.text);
	assert_int_equal(meets(dir), BY_NOBODY);
	tmpdir_remove(dir);
}

/* ---- T35: pages of noise ---------------------------------------------------*/

/* All that matters, as text; "" if it cannot be read. */
static void canon(const char *path, struct bytes *out)
{
	static const char sql[] =
		"SELECT group_concat(seq || hex(body) || hex(sig) ||"
		" coalesce(hex(rsig), '')) || (SELECT group_concat(hex(ent) ||"
		" seq || state) FROM paid) || (SELECT group_concat(last_seq ||"
		" hex(head) || hex(tot)) FROM state) FROM journal";
	sqlite3 *h = NULL;
	sqlite3_stmt *st = NULL;

	out->len = 0;
	if (sqlite3_open_v2(path, &h, SQLITE_OPEN_READONLY, NULL) ==
			SQLITE_OK &&
		sqlite3_prepare_v2(h, sql, -1, &st, NULL) == SQLITE_OK &&
		sqlite3_step(st) == SQLITE_ROW)
		bytes_put(out, sqlite3_column_text(st, 0),
			(size_t)sqlite3_column_bytes(st, 0));
	sqlite3_finalize(st);
	sqlite3_close(h);
}

static void noise(struct bytes *file, uint64_t *random)
{
	const size_t page = bookgen_random(random) % (file->len / 4096);
	uint8_t *at = file->at + page * 4096;
	const size_t from = bookgen_random(random) % 4096;

	switch (bookgen_random(random) % 4) {
	case 0: /* the head of a page, where its cells are told of */
		at[bookgen_random(random) % 12] =
			(uint8_t)bookgen_random(random);
		break;
	case 1:
		for (size_t i = from; i < 4096 && i < from + 16; i++)
			at[i] = (uint8_t)bookgen_random(random);
		break;
	case 2:
		memset(at, (int)(bookgen_random(random) & 0xff), 4096);
		break;
	case 3: /* another page in its place */
		memcpy(at,
			file->at + bookgen_random(random) % (file->len / 4096) *
					   4096,
			4096);
		break;
	}
}

/* Refused, or nothing that matters was touched; and nothing crashes. */
static void T35_pages_of_noise(void **state)
{
	const char *often = getenv("MUTATIONS");
	const long n = often ? strtol(often, NULL, 10) / 50 : 150;
	const struct bookcheck_with with = {.future = true};
	struct bytes honest = {0};
	struct bytes whole = {0};
	struct bytes canon_now = {0};
	char dir[256];
	char path[PATH];

	(void)state;
	realstore_copy(&all, dir, sizeof(dir), path);
	/* The log into the file, so that noise is read. */
	tamper(path, "PRAGMA wal_checkpoint(TRUNCATE)");
	realstore_load(path, &whole);
	canon(path, &honest);
	assert_true(honest.len > 1000);
	for (uint64_t seed = 1; seed <= (uint64_t)n; seed++) {
		uint64_t random = seed * 977;
		struct bytes file = {0};
		struct bookcheck got;

		bytes_put(&file, whole.at, whole.len);
		for (uint64_t i = seed % 3; i < 3; i++)
			noise(&file, &random);
		bytes_save(&file, path);
		bytes_free(&file);
		bookcheck_store(path, &with, &got);
		canon(path, &canon_now);
		if (got.exit == BOOKCHECK_ACCEPT &&
			(canon_now.len != honest.len ||
				memcmp(canon_now.at, honest.at, honest.len)))
			fail_msg("accepted: noise %llu",
				(unsigned long long)seed);
		meets(dir);
	}
	bytes_free(&whole);
	bytes_free(&honest);
	bytes_free(&canon_now);
	tmpdir_remove(dir);
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + 8] = {
		cmocka_unit_test(an_honest_store_is_accepted),
		cmocka_unit_test(T35_pages_of_noise),
	};
	size_t n = 2;

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		tests[n++] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = tampered,
			.initial_state = (void *)(uintptr_t)&rows[i]};
	return _cmocka_run_group_tests("stores", tests, n, set_up, tear_down);
}
