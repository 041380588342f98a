/*
 * Stores as anybody may hand them to the verifier. Input: lines. "@N HEX" puts
 * bytes over the database's file from byte N on, "!N" cuts it there, "%N HEX"
 * puts them over the file's log, and any other line is SQL for a thief's
 * sqlite3. The reader ends, whatever there is; and where it accepts, records
 * and payments are what they were.
 *
 * The store is played at the start (fullstore.h); nothing of it is an input.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/crypto.h"
#include "core/str.h"
#include "db/verify/vstore.h"
#include "support/bookbytes.h"
#include "support/fullstore.h"
#include "support/tmpdir.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
	STEPS = 200000, /* of SQLite's machine, for all SQL of an input */
	LINE = 600,
	CHANGE = 64 /* bytes at once */
};

static struct {
	char dir[256];
	char path[300];
	char wal[320];
	struct bytes db;  /* honest */
	struct bytes log; /* of the same, in use */
	struct bytes db_of_log;
	struct bytes canon;
	int left; /* steps */
} store;

/* ---- what must not be altered unseen --------------------------------------
 */

/* Records, payments and totals as text; "" if they cannot be read. */
static void canon(const char *path, struct bytes *out)
{
	static const char sql[] =
		"SELECT group_concat(seq || hex(body) || hex(h) || hex(sig) ||"
		" coalesce(hex(rsig), '')) || (SELECT group_concat(hex(ent) ||"
		" seq || state) FROM paid) || (SELECT group_concat(last_seq ||"
		" hex(head) || hex(tot) || shift || epoch) FROM state) ||"
		" (SELECT group_concat(seq || state || print || copies) FROM"
		" payout) FROM journal";
	sqlite3 *h = NULL;
	sqlite3_stmt *st = NULL;

	out->len = 0;
	if (sqlite3_open_v2(path, &h, SQLITE_OPEN_READWRITE, NULL) ==
			SQLITE_OK &&
		sqlite3_prepare_v2(h, sql, -1, &st, NULL) == SQLITE_OK &&
		sqlite3_step(st) == SQLITE_ROW)
		bytes_put(out, sqlite3_column_text(st, 0),
			(size_t)sqlite3_column_bytes(st, 0));
	sqlite3_finalize(st);
	sqlite3_close(h);
}

/* ---- the input -------------------------------------------------------------
 */

static int used_up(void *unused)
{
	(void)unused;
	return --store.left <= 0;
}

static void steal(const char *sql)
{
	sqlite3 *h = NULL;

	if (sqlite3_open_v2(store.path, &h, SQLITE_OPEN_READWRITE, NULL) ==
		SQLITE_OK) {
		/* No other file is touched. */
		sqlite3_limit(h, SQLITE_LIMIT_ATTACHED, 0);
		sqlite3_progress_handler(h, 1, used_up, NULL);
		sqlite3_exec(h, sql, NULL, NULL, NULL);
	}
	sqlite3_close(h);
}

static void change(const char *path, const char *line)
{
	uint8_t bytes[CHANGE];
	char *hex = NULL;
	const unsigned long at = strtoul(line, &hex, 10);
	struct bytes b = {0};
	size_t n = 0;

	while (*hex == ' ')
		hex++;
	if (!str_from_hex(hex, bytes, sizeof(bytes), &n) || n == 0)
		return;
	realstore_load(path, &b);
	for (size_t i = 0; b.len > 0 && i < n; i++)
		b.at[(at + i) % b.len] = bytes[i];
	bytes_save(&b, path);
	bytes_free(&b);
}

static void cut(const char *line)
{
	struct bytes b = {0};

	realstore_load(store.path, &b);
	b.len = b.len ? strtoul(line, NULL, 10) % b.len : 0;
	bytes_save(&b, store.path);
	bytes_free(&b);
}

static void apply(const char *line)
{
	if (line[0] == '%' && access(store.wal, F_OK) != 0) {
		bytes_save(&store.db_of_log, store.path);
		bytes_save(&store.log, store.wal);
	}
	if (line[0] == '@')
		change(store.path, line + 1);
	else if (line[0] == '!')
		cut(line + 1);
	else if (line[0] == '%')
		change(store.wal, line + 1);
	else
		steal(line);
}

/* ---- one store -------------------------------------------------------------
 */

static void honest(void)
{
	unlink(store.wal);
	bytes_save(&store.db, store.path);
	store.left = STEPS;
}

static void remove_all(void)
{
	tmpdir_remove(store.dir);
}

static void make(void)
{
	struct realstore full;
	struct err err;
	char dir[256];
	char path[300];
	char wal[320];

	if (!crypto_start(&err))
		abort();
	tmpdir_in_memory();
	fullstore_make(&full);
	realstore_copy(&full, dir, sizeof(dir), path);
	realstore_load(path, &store.db);
	tmpdir_remove(dir);
	fullstore_in_use(&full, dir, sizeof(dir), path);
	realstore_load(path, &store.db_of_log);
	snprintf(wal, sizeof(wal), "%s-wal", path);
	realstore_load(wal, &store.log);
	tmpdir_remove(dir);
	realstore_remove(&full);
	tmpdir_make(store.dir, sizeof(store.dir));
	atexit(remove_all);
	tmpdir_path(store.dir, "chitra.db", store.path, sizeof(store.path));
	snprintf(store.wal, sizeof(store.wal), "%s-wal", store.path);
	honest();
	canon(store.path, &store.canon);
	if (store.canon.len < 1000)
		abort();
}

static bool accepted(bool damaged)
{
	static FILE *nowhere;
	const struct audit_options options = {.future = true,
		.from = 1,
		.to = UINT64_MAX};
	struct evidence evidence;
	struct vreport report;
	struct keyring keys;
	struct vstore *s;
	struct err err;
	bool ok = false;

	if (!nowhere)
		nowhere = fopen("/dev/null", "w");
	keyring_init(&keys);
	evidence_init(&evidence);
	if (!nowhere || !vreport_init(&report, nowhere))
		abort();
	report.json = true;
	s = vstore_open(store.path, damaged, &err);
	if (s)
		ok = vstore_walk(s, &options, &keys, &evidence, &report, &err);
	vstore_close(s);
	if (ok)
		vreport_end(&report);
	ok = ok && report.findings == 0;
	vreport_clear(&report);
	evidence_clear(&evidence);
	keyring_clear(&keys);
	return ok;
}

/* Not within the time that one input may take. */
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	make();
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes now = {0};
	size_t at = 0;

	if (!store.dir[0])
		make();
	honest();
	while (at < size) {
		const uint8_t *end = memchr(data + at, '\n', size - at);
		const size_t len = end ? (size_t)(end - data) - at : size - at;
		char line[LINE];

		snprintf(line, sizeof(line), "%.*s",
			(int)(len < LINE ? len : LINE - 1),
			(const char *)data + at);
		apply(line);
		at += len + 1;
	}
	if (accepted(false)) {
		canon(store.path, &now);
		if (now.len != store.canon.len ||
			memcmp(now.at, store.canon.at, now.len) != 0)
			abort();
	}
	bytes_free(&now);
	accepted(true);
	return 0;
}
