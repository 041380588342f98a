#include <assert.h>
#include <errno.h>

#include "db/db_internal.h"
#include "db/reserve_internal.h"

bool db_failed(struct db *db, const char *doing, struct err *err)
{
	const int rc = sqlite3_extended_errcode(db->handle);
	enum err_code code = ERR_IO;
	int sys = 0;

	if (!db->handle)
		return err_set(err, ERR_IO, 0, "%s: the store is not open",
			doing);
	switch (rc & 0xff) {
	case SQLITE_IOERR:
	case SQLITE_CANTOPEN:
		sys = sqlite3_system_errno(db->handle);
		if (sys == ENOSPC || sys == EDQUOT)
			code = ERR_FULL;
		else if (sys == EROFS || sys == EACCES || sys == EPERM)
			code = ERR_DENIED;
		break;
	case SQLITE_READONLY:
	case SQLITE_PERM:
		code = ERR_DENIED;
		break;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_INTERRUPT: /* db_watch_stopped() */
		code = ERR_BUSY;
		break;
	case SQLITE_CONSTRAINT:
		code = ERR_INVALID;
		break;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		code = ERR_CORRUPT;
		break;
	case SQLITE_NOMEM:
		code = ERR_NO_MEMORY;
		break;
	case SQLITE_FULL:
		code = ERR_FULL;
		break;
	}
	return err_set(err, code, rc, "%s: %s", doing,
		sqlite3_errmsg(db->handle));
}

bool db_run(struct db *db, const char *sql, struct err *err)
{
	if (sqlite3_exec(db->handle, sql, NULL, NULL, NULL) != SQLITE_OK)
		return db_failed(db, sql, err);
	return true;
}

bool db_begin(struct db *db, struct err *err)
{
	if (db->depth == 0) {
		if (!db_ready(db, err))
			return false;
		db->doomed = false;
		reserve_help(db->info.dir);
		if (!db_run(db, "BEGIN IMMEDIATE", err))
			return false;
	}
	db->depth++;
	return true;
}

static void roll_back(struct db *db)
{
	/* SQLite may have rolled back by itself already. */
	if (!sqlite3_get_autocommit(db->handle))
		sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
	/* Even this takes memory. An open transaction would let nothing begin
	 * any more; opening anew ends it. */
	if (!sqlite3_get_autocommit(db->handle))
		db->suspect = true;
}

bool db_end(struct db *db, bool ok, struct err *err)
{
	assert(db->depth > 0);
	if (!ok)
		db->doomed = true;
	if (--db->depth > 0)
		return ok;
	if (db->doomed) {
		roll_back(db);
		return false;
	}
	if (db_run(db, "COMMIT", err))
		return true;
	/* The log may be whole on the disk although its sync failed. */
	db->suspect = true;
	roll_back(db);
	return false;
}

bool db_read_begin(struct db *db, struct err *err)
{
	return db->depth > 0 || (db_ready(db, err) && db_run(db, "BEGIN", err));
}

void db_read_end(struct db *db)
{
	if (db->depth == 0)
		roll_back(db);
}
