/* handle.c - the SQLite handle, set up as journal.md 4 says. */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "db/db_internal.h"
#include "db/people_internal.h"
#include "db/reserve_internal.h"
#include "db/users_internal.h"
#include "db/watch_internal.h"

/* Between two checkpoints by db_checkpoint(); a bound, not the habit. */
#define WAL_PAGES "4000"

/* Does the pragma really stand at what was asked? */
static bool pragma_is(struct db *db, const char *sql, const char *wanted,
	struct err *err)
{
	sqlite3_stmt *st = NULL;
	const char *value = NULL;
	bool ok = false;

	if (sqlite3_prepare_v2(db->handle, sql, -1, &st, NULL) == SQLITE_OK &&
		sqlite3_step(st) == SQLITE_ROW)
		value = (const char *)sqlite3_column_text(st, 0);
	if (!value)
		db_failed(db, sql, err);
	else if (strcmp(value, wanted) != 0)
		err_set(err, ERR_CORRUPT, 0, "%s is %s, not %s", sql, value,
			wanted);
	else
		ok = true;
	sqlite3_finalize(st);
	return ok;
}

static bool set_up(struct db *db, struct err *err)
{
	sqlite3 *h = db->handle;

	sqlite3_extended_result_codes(h, 1);
	sqlite3_busy_timeout(h, 2000);
	sqlite3_db_config(h, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(h, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	return db_run(db, "PRAGMA cell_size_check = ON", err) &&
	       db_run(db, "PRAGMA foreign_keys = ON", err) &&
	       db_run(db, "PRAGMA secure_delete = ON", err) &&
	       db_run(db, "PRAGMA temp_store = MEMORY", err) &&
	       pragma_is(db, "PRAGMA journal_mode = WAL", "wal", err) &&
	       db_run(db, "PRAGMA synchronous = FULL", err) &&
	       db_run(db, "PRAGMA wal_autocheckpoint = " WAL_PAGES, err) &&
	       pragma_is(db, "PRAGMA synchronous", "2", err);
}

bool db_handle_open(struct db *db, struct err *err)
{
	char path[DB_PATH_SIZE];

	/* The index of the log needs room before anything can be read. */
	reserve_help(db->info.dir);
	snprintf(path, sizeof(path), "%s/chitra.db", db->info.dir);
	/* One thread has the store: SQLite's own locks are a tenth of the
	 * time of an import. */
	if (sqlite3_open_v2(path, &db->handle,
		    SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
		    NULL) != SQLITE_OK)
		db_failed(db, path, err);
	else if (set_up(db, err)) {
		watch_handle(db, db->handle);
		return true;
	}
	sqlite3_close(db->handle);
	db->handle = NULL;
	return false;
}

void db_handle_close(struct db *db)
{
	people_forget(db);
	db_finalize_all(db);
	sqlite3_close(db->handle);
	db->handle = NULL;
}

bool db_log_keep(struct db *db, struct err *err)
{
	const int rc = sqlite3_wal_checkpoint_v2(db->handle, NULL,
		SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);

	/* The log is synced before the file grows: that there is no room
	 * takes nothing back. */
	return rc == SQLITE_OK || rc == SQLITE_FULL ||
	       db_failed(db, "bring the log in", err);
}

/* What recovery found, in the file and synced, and a log begun anew. */
static bool settle(struct db *db, struct err *err)
{
	db->suspect = false;
	if (db_checkpoint(db, err) && users_bar_all(db, err))
		return true;
	db->suspect = true;
	return false;
}

bool db_ready(struct db *db, struct err *err)
{
	if (!db->suspect)
		return true;
	assert(db->depth == 0);
	db_handle_close(db);
	if (db_handle_open(db, err)) {
		if (db_prepare_all(db, err) && settle(db, err))
			return true;
		db_handle_close(db);
	}
	err_wrap(err, "open the store again");
	db->lost = *err;
	return false;
}
