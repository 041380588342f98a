#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/asset.h"
#include "core/crash.h"
#include "db/db_internal.h"

#define SCHEMA_DIR "db/schema/"

/* "db/schema/0012_sync.sql" is step 12; any other asset is step 0. */
static int step_of(const struct asset *a)
{
	if (strncmp(a->path, SCHEMA_DIR, strlen(SCHEMA_DIR)) != 0)
		return 0;
	return (int)strtol(a->path + strlen(SCHEMA_DIR), NULL, 10);
}

int db_schema_newest(void)
{
	int newest = 0;

	for (size_t i = 0; i < assets_count; i++)
		if (step_of(&assets[i]) > newest)
			newest = step_of(&assets[i]);
	return newest;
}

static bool read_version(struct db *db, int *version, struct err *err)
{
	sqlite3_stmt *st = NULL;
	bool ok;

	ok = sqlite3_prepare_v2(db->handle, "PRAGMA user_version", -1, &st,
		     NULL) == SQLITE_OK &&
	     sqlite3_step(st) == SQLITE_ROW;
	if (ok)
		*version = sqlite3_column_int(st, 0);
	else
		db_failed(db, "read the schema version", err);
	sqlite3_finalize(st);
	return ok;
}

bool db_is_used(struct db *db, bool *used, struct err *err)
{
	int version = 0;

	if (!read_version(db, &version, err))
		return false;
	*used = version > 0;
	return true;
}

static bool apply(struct db *db, const struct asset *a, struct err *err)
{
	char bump[64];

	snprintf(bump, sizeof(bump), "PRAGMA user_version = %d", step_of(a));
	if (sqlite3_exec(db->handle, (const char *)a->data, NULL, NULL, NULL) !=
			SQLITE_OK ||
		sqlite3_exec(db->handle, bump, NULL, NULL, NULL) != SQLITE_OK)
		return db_failed(db, a->path, err);
	return true;
}

/* Apply the files after step from, up to step to. */
static bool apply_steps(struct db *db, int from, int to, struct err *err)
{
	for (size_t i = 0; i < assets_count; i++) {
		const int step = step_of(&assets[i]);

		if (step > from && step <= to && !apply(db, &assets[i], err))
			return false;
	}
	return true;
}

bool db_migrate(struct db *db, struct err *err)
{
	const int newest = db_schema_newest();
	int version = 0;
	bool ok;

	if (!read_version(db, &version, err))
		return false;
	if (version > newest)
		return err_set(err, ERR_CORRUPT, 0,
			"schema %d is newer than this program's %d", version,
			newest);
	if (version == newest)
		return true;
	crash_point("migrate.begin");
	/* A table that others refer to may be made anew; inside a transaction,
	 * as for a new store, where none has rows, this says nothing. */
	if (!db_run(db, "PRAGMA foreign_keys = OFF", err) || !db_begin(db, err))
		return false;
	ok = apply_steps(db, version, newest, err);
	crash_point("migrate.applied");
	if (!db_end(db, ok, err) ||
		!db_run(db, "PRAGMA foreign_keys = ON", err))
		return false;
	crash_point("migrate.committed");
	return true;
}

/* One hash over everything that CREATE ever made, in a fixed order. */
static bool schema_hash(struct db *db, uint8_t out[CRYPTO_HASH_SIZE],
	struct err *err)
{
	static const char sql[] =
		"SELECT type || char(31) || name || char(31) || tbl_name ||"
		" char(31) || coalesce(sql, '') FROM sqlite_schema"
		" ORDER BY type, name";
	struct crypto_hash h;
	sqlite3_stmt *st = NULL;
	int rc;

	crypto_hash_start(&h);
	rc = sqlite3_prepare_v2(db->handle, sql, -1, &st, NULL);
	while (rc == SQLITE_OK && (rc = sqlite3_step(st)) == SQLITE_ROW) {
		crypto_hash_add(&h, sqlite3_column_text(st, 0),
			(size_t)sqlite3_column_bytes(st, 0) + 1);
		rc = SQLITE_OK;
	}
	if (rc != SQLITE_DONE)
		db_failed(db, "read the schema", err);
	sqlite3_finalize(st);
	crypto_hash_end(&h, out);
	return rc == SQLITE_DONE;
}

/* What the files of db/schema/ up to version make, in memory. */
static bool wanted_hash(int version, uint8_t out[CRYPTO_HASH_SIZE],
	struct err *err)
{
	struct db scratch = {.lock_fd = -1};
	bool ok;

	ok = sqlite3_open(":memory:", &scratch.handle) == SQLITE_OK;
	if (!ok)
		db_failed(&scratch, "memory for the schema", err);
	ok = ok && apply_steps(&scratch, 0, version, err) &&
	     schema_hash(&scratch, out, err);
	sqlite3_close(scratch.handle);
	return ok;
}

bool db_schema_is_ours(struct db *db, struct err *err)
{
	uint8_t wanted[CRYPTO_HASH_SIZE];
	uint8_t found[CRYPTO_HASH_SIZE];
	int version = 0;

	if (!read_version(db, &version, err))
		return false;
	if (version < 1 || version > db_schema_newest())
		return err_set(err, ERR_CORRUPT, 0,
			"schema %d is not one of this program's (1 to %d)",
			version, db_schema_newest());
	if (!wanted_hash(version, wanted, err) || !schema_hash(db, found, err))
		return false;
	if (memcmp(wanted, found, sizeof(wanted)) != 0)
		return err_set(err, ERR_CORRUPT, 0,
			"the schema was altered: tables, views or triggers"
			" are not those of version %d",
			version);
	return true;
}
