/* open.c - making, opening and closing a store. */
#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/crash.h"
#include "core/str.h"
#include "db/centre_keys_internal.h"
#include "db/check_internal.h"
#include "db/datakey_internal.h"
#include "db/db_internal.h"
#include "db/home_internal.h"
#include "db/identity_internal.h"
#include "db/journal_internal.h"
#include "db/moved_internal.h"
#include "db/reserve_internal.h"
#include "db/window_internal.h"

/* Names the device whose book lies here; no secret. */
static const char id_file[] = "device.id";

const struct db_info *db_info(const struct db *db)
{
	return &db->info;
}

/* A struct db for dir, holding its lock; nothing of it is open yet. */
static struct db *begin_with(const char *dir, bool make, struct err *err)
{
	struct db *db = calloc(1, sizeof(*db));

	if (!db) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory for the store");
		return NULL;
	}
	db->lock_fd = -1;
	/* Not allowed is no reason to pay nobody; screen.c logs it. */
	crypto_memory_hold(db->secret, sizeof(db->secret));
	clock_boot_id(db->boot);
	db->least_free = UINT64_C(32) << 20;
	if (!str_copy(db->info.dir, sizeof(db->info.dir), dir))
		err_set(err, ERR_INVALID, 0, "its path is too long");
	else if (crypto_start(err) && (!make || home_make(dir, err)) &&
		 home_lock(dir, &db->lock_fd, err))
		return db;
	free(db);
	return NULL;
}

static void end_with(struct db *db)
{
	datakey_drop(db);
	if (db->handle)
		db_handle_close(db);
	home_unlock(db->lock_fd);
	crypto_wipe(db->secret, sizeof(db->secret));
	free(db);
}

static bool put_settings(struct db *db, const struct db_setup *setup,
	struct err *err)
{
	return setting_put(db, "point", setup->point, err) &&
	       setting_put(db, "name", setup->name, err) &&
	       setting_put(db, "unit", setup->unit, err) &&
	       setting_put(db, "demo", setup->demo ? "1" : "0", err) &&
	       setting_put(db, "training", setup->training_of ? "1" : "0",
		       err) &&
	       setting_put(db, "list_window", setup->list_window, err) &&
	       setting_put(db, "hours", setup->hours, err) &&
	       moved_bind(db, err) &&
	       users_set_pin_cost(db, setup->pin_kibibytes, err);
}

/* Without a key only what says of itself that it is a copy. */
static bool get_evidence(struct db *db, struct err *err)
{
	const bool keyless = db->info.evidence;
	char evidence[2];

	if (!setting_get(db, "evidence", evidence, sizeof(evidence), err))
		return false;
	db->evidence = strcmp(evidence, "1") == 0;
	db->info.evidence = db->evidence;
	return db->evidence || !keyless ||
	       err_set(err, ERR_GONE, 0, "device.key is missing");
}

static bool get_settings(struct db *db, struct err *err)
{
	struct db_info *i = &db->info;
	char window[16];
	char demo[2];
	char training[2];

	if (!setting_get(db, "point", i->point, sizeof(i->point), err) ||
		!setting_get(db, "name", i->name, sizeof(i->name), err) ||
		!setting_get(db, "unit", i->unit, sizeof(i->unit), err) ||
		!setting_get(db, "demo", demo, sizeof(demo), err) ||
		!setting_get(db, "training", training, sizeof(training), err) ||
		!setting_get(db, "list_window", window, sizeof(window), err))
		return false;
	if (!window_parse(window, &db->list_before, &db->list_after))
		return err_set(err, ERR_CORRUPT, 0,
			"the setting list_window is no window");
	i->demo = strcmp(demo, "1") == 0;
	i->training = strcmp(training, "1") == 0;
	return get_evidence(db, err);
}

/* Everything of a new store but its files, in one transaction. */
static bool fill(struct db *db, const struct db_setup *setup, struct err *err)
{
	struct crypto_pair device;
	bool ok;

	if (!db_begin(db, err))
		return false;
	ok = db_migrate(db, err) && db_prepare_all(db, err) &&
	     identity_make(db, setup, &device, err);
	if (ok)
		ok = put_settings(db, setup, err) &&
		     journal_start(db, &device, err) &&
		     (!setup->centre_sign_key ||
			     centre_keys_set(db, NULL, setup->centre_sign_key,
				     err)) &&
		     mark_put(db, err);
	crypto_wipe(&device, sizeof(device));
	crash_point("init.filled");
	return db_end(db, ok, err);
}

bool db_key_is_away(const char *dir, char *where, size_t size)
{
	return home_secret_away(dir, where, size);
}

bool db_create(const char *dir, const struct db_setup *setup, struct err *err)
{
	struct db *db = begin_with(dir, true, err);
	struct err absent;
	bool used = false;
	bool ok;

	if (!db)
		return err_wrap(err, "make a store in %s", dir);
	if (home_has(dir, id_file, &absent) &&
		!home_has(dir, "chitra.db", &absent)) {
		end_with(db);
		return err_set(err, ERR_CORRUPT, 0,
			"%s: the book of a device was here and is gone", dir);
	}
	if (!window_parse(setup->list_window, &db->list_before,
		    &db->list_after)) {
		end_with(db);
		return err_set(err, ERR_INVALID, 0,
			"the time of lists is two numbers of months: 2:3");
	}
	ok = home_secret_make(dir, setup->device_key, setup->keeper, db->secret,
		     err) &&
	     home_file_make(dir, "chitra.db", err) && home_sync(dir, err);
	crash_point("init.home");
	ok = ok && db_handle_open(db, err) && db_is_used(db, &used, err);
	if (used)
		ok = err_set(err, ERR_INVALID, 0, "there is one already");
	ok = ok && fill(db, setup, err);
	crash_point("init.committed");
	ok = ok && home_sync(dir, err);
	if (ok)
		reserve_take(dir, db->least_free);
	end_with(db);
	return ok || err_wrap(err, "make a store in %s", dir);
}

/*
 * A book that is gone is not a store that never was: device.id lies beside it
 * from the first start on (T31).
 */
static bool find_store(struct db *db, const struct db_keeper *keeper,
	struct err *err)
{
	const char *dir = db->info.dir;
	struct err absent;

	if (!home_has(dir, "chitra.db", err))
		return home_has(dir, id_file, &absent)
			       ? err_set(err, ERR_CORRUPT, 0,
					 "the book of this device is gone")
			       : false;
	/* A restored copy has no key; identity_load() sees to it. */
	db->info.evidence = !home_secret_is_there(dir);
	return db->info.evidence || home_secret_read(dir, keeper, db->secret,
					    &db->info.key_left, err);
}

static bool remember_device(struct db *db, struct err *err)
{
	char line[2 * DB_DEV_SIZE + 2];
	struct err absent;

	if (db->evidence)
		return db_run(db, "PRAGMA query_only = ON", err);
	if (home_has(db->info.dir, id_file, &absent))
		return true;
	snprintf(line, sizeof(line), "%s\n", db->info.dev_hex);
	return home_file_write(db->info.dir, id_file, line, strlen(line), err);
}

struct db *db_open(const char *dir, struct err *err)
{
	return db_open_kept(dir, NULL, err);
}

struct db *db_open_kept(const char *dir, const struct db_keeper *keeper,
	struct err *err)
{
	struct db *db = begin_with(dir, false, err);

	if (!db)
		goto fail;
	if (!find_store(db, keeper, err) || !db_handle_open(db, err) ||
		!db_schema_is_ours(db, err) || !db_migrate(db, err) ||
		!db_prepare_all(db, err) || !get_settings(db, err) ||
		!identity_load(db, err) || !check_at_open(db, err) ||
		!db_log_keep(db, err) || !moved_look(db, err) ||
		!remember_device(db, err)) {
		end_with(db);
		goto fail;
	}
	crash_point("open.checked");
	reserve_take(dir, db->least_free);
	return db;

fail:
	err_wrap(err, "store %s", dir);
	return NULL;
}

void db_close(struct db *db)
{
	struct err ignored;

	if (!db)
		return;
	assert(db->depth == 0);
	/* Only saves time at the next start: the mark may stay behind. */
	if (db->handle && !db->suspect && !db->evidence)
		mark_put(db, &ignored);
	end_with(db);
}

bool db_checkpoint(struct db *db, struct err *err)
{
	if (!db_ready(db, err))
		return false;
	reserve_help(db->info.dir);
	crash_point("checkpoint.begin");
	if (sqlite3_wal_checkpoint_v2(db->handle, NULL,
		    SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL) != SQLITE_OK)
		return db_failed(db, "checkpoint", err);
	crash_point("checkpoint.logged");
	/* The first write into an empty log syncs twice: let it be this one
	 * and not somebody's payout. */
	if (!db->evidence && !mark_put(db, err))
		return false;
	reserve_take(db->info.dir, db->least_free);
	return true;
}

bool db_room(const struct db *db, struct db_room *out, struct err *err)
{
	*out = (struct db_room){.reserve = reserve_is_held(db->info.dir)};
	if (!home_room(db->info.dir, &out->free_bytes, &out->read_only, err))
		return false;
	out->enough = !out->read_only && out->free_bytes >= db->least_free;
	out->low = out->enough && out->free_bytes / 2 < db->least_free;
	return true;
}
