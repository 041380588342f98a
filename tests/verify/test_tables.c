/*
 * Each column of each table that the book speaks of, changed alone: what a
 * thief with sqlite3 does (T32, T33), and what the verifier says of it. Where
 * the schema would not have it the table is made anew without its rules: then
 * V01 says so, and everything else is still read without a fall (T35).
 */
#include "support/unit.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/verify/verify_run.h"
#include "support/fullstore.h"
#include "support/tmpdir.h"

enum {
	PATH = 300
};

static struct realstore full;

struct row {
	const char *name;
	const char *loose; /* made anew without its rules; NULL: none */
	const char *sql;
	int status;
	const char *says;
};

#define STATE "table state"
#define PAYOUT "table payout does not say of it"
#define SHIFT "table shift does not say of it"
#define EPOCH "table epoch does not say of it"
#define CANNOT_BE "table entitlement has a row that cannot be"
#define SIZE "a column of its row has the wrong size or type"
#define LAST "(SELECT max(seq) FROM payout)"
#define FIRST "(SELECT min(seq) FROM payout)"

static const struct row rows[] = {
	/* state */
	{"state has no hash", NULL, "UPDATE state SET head = NULL", 1,
		STATE " has another hash"},
	{"state has half a hash", NULL,
		"UPDATE state SET head = substr(head, 1, 16)", 1,
		STATE " has another hash"},
	{"state has no totals", NULL, "UPDATE state SET tot = NULL", 1,
		"the totals of table state"},
	{"state is there twice", "state",
		"INSERT INTO state SELECT * FROM state", 1,
		STATE " has 2 rows"},
	/* paid */
	{"an entitlement of another size", "paid",
		"UPDATE paid SET ent = substr(ent, 1, 8) WHERE rowid = 1", 1,
		"table paid has an entitlement that no record paid"},
	{"an entitlement that is text", "paid",
		"UPDATE paid SET ent = 'sixteen bytes of' WHERE rowid = 1", 1,
		"table paid has an entitlement that no record paid"},
	/* payout */
	{"a payment was entered from the pad", NULL,
		"UPDATE payout SET pad = '77' WHERE seq = " FIRST, 1, PAYOUT},
	{"its sheet has another number", NULL,
		"UPDATE payout SET pad = '000124' WHERE pad <> ''", 1, PAYOUT},
	{"it was not entered from the pad", NULL,
		"UPDATE payout SET pad = '' WHERE pad <> ''", 1, PAYOUT},
	{"its sheet is no text", "payout",
		"UPDATE payout SET pad = NULL WHERE pad <> ''", 1, PAYOUT},
	{"it came back for another reason", NULL,
		"UPDATE payout SET void_reason = 1 WHERE void_reason = 3", 1,
		PAYOUT},
	{"it was printed another way", NULL,
		"UPDATE payout SET print = 3 WHERE seq = " FIRST, 1, PAYOUT},
	{"what is handed over is being printed", NULL,
		"UPDATE payout SET print = 1 WHERE seq = " FIRST, 1, PAYOUT},
	{"it was copied", NULL,
		"UPDATE payout SET copies = 7 WHERE seq = " FIRST, 1, PAYOUT},
	{"it is of another shift", NULL,
		"UPDATE payout SET shift = shift + 1 WHERE seq = " FIRST, 1,
		PAYOUT},
	{"its code is no code", NULL,
		"UPDATE payout SET code = 'U' WHERE seq = " FIRST, 1, PAYOUT},
	{"its code is a receipt's QR", NULL,
		"UPDATE payout SET code = 'CV1:ABC' WHERE seq = " FIRST, 1,
		PAYOUT},
	{"it has no code", "payout",
		"UPDATE payout SET code = NULL WHERE seq = " FIRST, 1, PAYOUT},
	{"a payment behind all of the book", NULL,
		"UPDATE payout SET seq = 9000 WHERE seq = " LAST, 1,
		"table payout has a row of a record that is no PAY"},
	{"a payment between two of the book", NULL,
		"UPDATE payout SET seq = seq + 1 WHERE seq = " FIRST, 1,
		"table payout has a row of a record that is no PAY"},
	/* shift */
	{"a shift was opened by another record", NULL,
		"UPDATE shift SET open_seq = open_seq + 1 WHERE number = 1", 1,
		SHIFT},
	{"a shift was opened at another time", NULL,
		"UPDATE shift SET opened_at = opened_at + 1 WHERE number = 1",
		1, SHIFT},
	{"the totals before a shift", NULL,
		"UPDATE shift SET tot = randomblob(48) WHERE number = 2", 1,
		SHIFT},
	{"a shift without totals", "shift",
		"UPDATE shift SET tot = NULL WHERE number = 2", 1, SHIFT},
	{"a shift was closed by another record", NULL,
		"UPDATE shift SET close_seq = close_seq + 1 WHERE number = 1",
		1, SHIFT},
	{"a closed shift is open", NULL,
		"UPDATE shift SET close_seq = NULL WHERE number = 2", 1, SHIFT},
	{"a shift has another number", NULL,
		"UPDATE shift SET number = 7 WHERE number = 1", 1, SHIFT},
	{"a shift more", NULL,
		"INSERT INTO shift SELECT 3, actor, open_seq, opened_at, tot,"
		" close_seq FROM shift WHERE number = 2",
		1, "table shift has 3 rows"},
	{"a shift less", NULL, "DELETE FROM shift WHERE number = 2", 1,
		"table shift has 1 rows"},
	/* epoch */
	{"an epoch was announced elsewhere", NULL,
		"UPDATE epoch SET seq = seq + 1 WHERE number = 2", 1, EPOCH},
	{"an epoch with half a key", "epoch",
		"UPDATE epoch SET public = substr(public, 1, 16) WHERE number "
		"= 1",
		1, EPOCH},
	{"an epoch more", NULL,
		"INSERT INTO epoch SELECT 99, public, 9999, NULL FROM epoch"
		" WHERE number = 1",
		1, "table epoch has"},
	{"an epoch less", NULL, "DELETE FROM epoch WHERE number = 1", 1,
		"table epoch has"},
	/* lists */
	{"a list without a hash", "list", "UPDATE list SET sha256 = NULL", 1,
		"table list has no hash of a list"},
	{"a list of another record", NULL, "UPDATE list SET seq = 2", 1,
		"table list has a row of this record, which is no IMPORT"},
	{"a list of no record", NULL, "UPDATE list SET seq = 9000", 1,
		"table list has a row of this record, which is no IMPORT"},
	{"an entitlement of nothing", "entitlement",
		"UPDATE entitlement SET amount = 0 WHERE rowid = 1", 1,
		CANNOT_BE},
	{"an entitlement of a month that cannot be", NULL,
		"UPDATE entitlement SET period = 219913 WHERE person = 1", 1,
		CANNOT_BE},
	{"an entitlement of a month before all months", NULL,
		"UPDATE entitlement SET period = -1 WHERE person = 1", 1,
		CANNOT_BE},
	{"an entitlement of a kind that is none", "entitlement",
		"UPDATE entitlement SET what = 6 WHERE rowid = 1", 1,
		CANNOT_BE},
	{"an entitlement on no list", NULL,
		"UPDATE entitlement SET list = 99 WHERE person = 1", 1,
		CANNOT_BE},
	{"an entitlement without its name", "entitlement",
		"UPDATE entitlement SET ent = NULL WHERE rowid = 1", 1,
		CANNOT_BE},
	{"one name for two entitlements", "entitlement",
		"UPDATE entitlement SET ent = (SELECT ent FROM entitlement"
		" WHERE rowid = 1) WHERE rowid = 2",
		1, "\"check\":\"V34\""},
	/* rows that stand for a record */
	{"a change of another kind", NULL,
		"UPDATE change SET kind = 3 WHERE reason > 0", 1,
		"table change does not say what this record says"},
	{"a change from another month on", NULL,
		"UPDATE change SET period = period + 1", 1,
		"table change does not say what this record says"},
	{"a change for another reason", NULL,
		"UPDATE change SET reason = 9 WHERE reason > 0", 1,
		"table change does not say what this record says"},
	{"a change of no record", NULL,
		"UPDATE change SET seq = seq + 9000 WHERE reason > 0", 1,
		"table change has a row of this record, which is no CHANGE"},
	{"another answer of the bank", NULL,
		"UPDATE account_state SET state = 3", 1,
		"table account_state does not say what this record says"},
	{"an answer of another record", NULL,
		"UPDATE account_state SET seq = 3", 1,
		"table account_state has a row of this record"},
	{"another reason not to pay", NULL, "UPDATE not_paid SET reason = 1", 1,
		"table not_paid does not say what this record says"},
	{"a reason of another record", NULL, "UPDATE not_paid SET seq = 3", 1,
		"table not_paid has a row of this record"},
	{"a file of changes with another hash", NULL,
		"UPDATE side_file SET sha256 = randomblob(32) WHERE kind = 1",
		1, "table side_file does not say what this record says"},
	{"a file of another kind", NULL, "UPDATE side_file SET kind = 3 - kind",
		1, "table side_file does not say what this record says"},
	{"a file without a hash", "side_file",
		"UPDATE side_file SET sha256 = NULL", 1,
		"table side_file does not say what this record says"},
	{"personal data of no record", NULL,
		"INSERT INTO pd (seq, sealed) VALUES (9000, x'00')", 1,
		"personal data of a record that commits to none"},
	/* journal */
	{"a body that is NULL", "journal",
		"UPDATE journal SET body = NULL WHERE seq = 12", 1, SIZE},
	{"a hash of another size", "journal",
		"UPDATE journal SET h = substr(h, 1, 31) WHERE seq = 12", 1,
		SIZE},
	{"a signature that is text", "journal",
		"UPDATE journal SET sig = hex(sig) WHERE seq = 12", 1, SIZE},
	{"a receipt's signature that is text", "journal",
		"UPDATE journal SET rsig = 'x' WHERE seq = " FIRST, 1, SIZE},
	{"a record before the first", NULL,
		"INSERT INTO journal SELECT -1, body, h, sig, rsig FROM journal"
		" WHERE seq = 1",
		1, SIZE},
	/* device, user */
	{"T35 no device", NULL, "DELETE FROM device", 2,
		"does not say which device"},
	{"T35 a device with half an id", "device",
		"UPDATE device SET dev = substr(dev, 1, 8)", 2,
		"does not say which device"},
	{"T35 a device without a key", "device",
		"UPDATE device SET public = NULL", 2,
		"does not say which device"},
	{"a user whose key is text", "user",
		"UPDATE user SET public = hex(public) WHERE number = 7", 1,
		"user 7 cannot be"},
	{"a user with a number that is none", "user",
		"UPDATE user SET number = -7 WHERE number = 7", 1,
		"user -7 cannot be"},
	/* what is in the way */
	{"T35 a table less", NULL, "DROP TABLE not_paid", 1,
		"table \\\"not_paid\\\" is missing"},
	{"T35 no personal data at all", NULL, "DROP TABLE pd", 2, "pd"},
	{"T35 no lists", NULL, "DROP TABLE list", 2, "list"},
	{"T35 no money on them", NULL, "DROP TABLE entitlement", 2,
		"entitlement"},
	{"T35 no state", NULL, "DROP TABLE state", 2, "state"},
	{"T35 no payouts", NULL, "DROP TABLE payout", 2, "payout"},
	{"T35 no shifts", NULL, "DROP TABLE shift", 2, "shift"},
	{"T35 no epochs", NULL, "DROP TABLE epoch", 2, "epoch"},
	{"T35 no users", NULL, "PRAGMA foreign_keys = OFF; DROP TABLE user", 2,
		"user"},
	{"T35 an index is a table", NULL,
		"DROP INDEX payout_open; CREATE TABLE payout_open (x)", 1,
		"payout_open\\\" was altered"},
	{"T35 a trigger that does something else", NULL,
		"DROP TRIGGER journal_nd; CREATE TRIGGER journal_nd BEFORE"
		" DELETE ON journal BEGIN SELECT 1; END",
		1, "trigger \\\"journal_nd\\\" was altered"},
	{"T35 a schema before the first", NULL, "PRAGMA user_version = 0", 1,
		"schema 0"},
	{"T35 a payout of an older schema says nothing of pads", NULL,
		"DROP INDEX payout_by_pad; ALTER TABLE payout DROP COLUMN pad;"
		"UPDATE payout SET copies = 7 WHERE seq = " FIRST,
		1, PAYOUT},
};

static void run_sql(sqlite3 *h, const char *sql)
{
	char *text = NULL;

	if (sqlite3_exec(h, sql, NULL, NULL, &text) != SQLITE_OK)
		fail_msg("%s: %s", sql, text);
}

static void loosen(sqlite3 *h, const char *table)
{
	char sql[512];

	snprintf(sql, sizeof(sql),
		"CREATE TABLE loose AS SELECT * FROM %s; DROP TABLE %s;"
		"ALTER TABLE loose RENAME TO %s",
		table, table, table);
	run_sql(h, sql);
}

static void tamper(const char *path, const struct row *row)
{
	sqlite3 *h = NULL;

	assert_int_equal(sqlite3_open(path, &h), SQLITE_OK);
	run_sql(h, "PRAGMA foreign_keys = OFF");
	if (row->loose)
		loosen(h, row->loose);
	run_sql(h, row->sql);
	sqlite3_close(h);
}

/* As its main does it; its JSON goes to *said. */
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

	assert_non_null(out);
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

	if (got != want || !strstr(said, text))
		fail_msg("status %d, not %d with %s: %s", got, want, text,
			said);
	free(said);
}

static void run_row(void **state)
{
	const struct row *row = *state;
	char dir[PATH];
	char path[PATH];

	realstore_copy(&full, dir, sizeof(dir), path);
	tamper(path, row);
	must_say(dir, row->status, row->says);
	tmpdir_remove(dir);
}

static void a_store_with_everything_is_accepted(void **state)
{
	char dir[PATH];
	char path[PATH];

	(void)state;
	realstore_copy(&full, dir, sizeof(dir), path);
	must_say(dir, VERIFY_ACCEPTED, "\"ok\":true");
	tmpdir_remove(dir);
}

/* ---- what can still be saved (R3) ------------------------------------------
 */

static const struct saved {
	const char *name;
	const char *sql;
	int status;
	const char *says;
} saves[] = {
	{"R3 without users the book is saved", "DROP TABLE user", 1,
		"table \\\"user\\\" is missing"},
	{"R3 without the table of epochs, too", "DROP TABLE epoch", 1,
		"table \\\"epoch\\\" is missing"},
	{"R3 without what is worked out from it", "DROP TABLE paid", 1,
		"table \\\"paid\\\" is missing"},
	{"R3 not without the device", "DROP TABLE device", 2, "device"},
};

static void save(void **state)
{
	const struct saved *row = *state;
	const struct row change = {.sql = row->sql};
	char dir[PATH];
	char path[PATH];
	char out[PATH];
	char *said = NULL;
	int got;

	realstore_copy(&full, dir, sizeof(dir), path);
	tamper(path, &change);
	tmpdir_path(dir, "saved", out, sizeof(out));
	got = verify(dir, out, &said);
	if (got != row->status || !strstr(said, row->says))
		fail_msg("status %d, not %d with %s: %s", got, row->status,
			row->says, said);
	free(said);
	if (row->status == VERIFY_FINDINGS)
		must_say(out, VERIFY_ACCEPTED, "\"ok\":true");
	else
		assert_int_not_equal(access(out, F_OK), 0);
	tmpdir_remove(dir);
}

static int make_full(void **state)
{
	(void)state;
	fullstore_make(&full);
	return 0;
}

static int remove_full(void **state)
{
	(void)state;
	realstore_remove(&full);
	return 0;
}

int main(void)
{
	static struct CMUnitTest tests[COUNT_OF(rows) + COUNT_OF(saves) + 1];
	size_t n = 0;

	tests[n++] = (struct CMUnitTest)
		cmocka_unit_test(a_store_with_everything_is_accepted);
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		tests[n++] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = (void *)(uintptr_t)&rows[i]};
	for (size_t i = 0; i < COUNT_OF(saves); i++)
		tests[n++] = (struct CMUnitTest){.name = saves[i].name,
			.test_func = save,
			.initial_state = (void *)(uintptr_t)&saves[i]};
	return cmocka_run_group_tests_name("tables", tests, make_full,
		remove_full);
}
