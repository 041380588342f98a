#include "db/reader.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/datakey_internal.h"
#include "db/db_internal.h"
#include "db/people_internal.h"

enum {
	STEPS = 2000 /* of SQLite's machine, between two looks at stopped */
};

static int is_over(void *ctx)
{
	return reader_is_stopped(ctx);
}

static bool set_up(struct db *r, struct err *err)
{
	sqlite3_extended_result_codes(r->handle, 1);
	sqlite3_busy_timeout(r->handle, 2000);
	sqlite3_db_config(r->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(r->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_progress_handler(r->handle, STEPS, is_over, r);
	return db_run(r, "PRAGMA query_only = ON", err) &&
	       db_run(r, "PRAGMA cell_size_check = ON", err) &&
	       db_run(r, "PRAGMA temp_store = MEMORY", err) &&
	       db_prepare_all(r, err);
}

/* What the other one knows and no statement asks for. */
static bool take_over(struct db *r, const struct db *db, struct err *err)
{
	uint8_t key[CRYPTO_KEY_SIZE];
	bool ok;

	r->info = db->info;
	r->list_before = db->list_before;
	r->list_after = db->list_after;
	r->evidence = db->evidence;
	memcpy(r->boot, db->boot, sizeof(r->boot));
	memcpy(r->device_public, db->device_public, sizeof(r->device_public));
	memcpy(r->centre, db->centre, sizeof(r->centre));
	if (!datakey_copy(db, key))
		return true;
	ok = datakey_enter(r, key, err);
	crypto_wipe(key, sizeof(key));
	return ok;
}

struct db *reader_open(const struct db *db, struct err *err)
{
	struct db *r = calloc(1, sizeof(*r));
	char path[DB_PATH_SIZE];

	if (!r) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory to read the store");
		return NULL;
	}
	r->lock_fd = -1;
	r->reads_only = true;
	snprintf(path, sizeof(path), "%s/chitra.db", db->info.dir);
	if (sqlite3_open_v2(path, &r->handle,
		    SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX,
		    NULL) != SQLITE_OK)
		db_failed(r, path, err);
	else if (set_up(r, err) && take_over(r, db, err))
		return r;
	reader_close(r);
	return NULL;
}

void reader_stop(struct db *reader)
{
	atomic_store(&reader->stopped, true);
}

bool reader_is_stopped(const struct db *reader)
{
	return atomic_load(&reader->stopped);
}

void reader_close(struct db *reader)
{
	if (!reader)
		return;
	assert(reader->reads_only);
	datakey_drop(reader);
	if (reader->handle)
		db_handle_close(reader);
	free(reader);
}
