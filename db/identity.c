#include "db/identity_internal.h"

#include <string.h>

#include "core/str.h"
#include "db/db_internal.h"
#include "db/home_internal.h"
#include "db/stmt.h"

enum {
	PUT,
	GET,
	COUNT
};

static const char *const sql[COUNT] = {
	[PUT] = "INSERT INTO device (one, dev, public, secret, centre)"
		" VALUES (1, :dev, :public, :secret, :centre)",
	[GET] = "SELECT dev, public, secret, centre FROM device WHERE one = 1",
};

const struct stmt_set identity_stmts = {"identity", sql, COUNT};

static const char context[] = "device";

enum {
	LOCKED_SIZE = CRYPTO_SECRET_SIZE + CRYPTO_LOCK_EXTRA
};

static const char centre_file[] = "centre.key";

enum {
	CENTRE_SIZE = 2 * CRYPTO_KEY_SIZE + 1 /* hex digits and a newline */
};

/* What an init that did not get to its end, or the store before this one,
 * has left: what is sealed to it may be wanted yet. */
static enum lookup old_centre(struct db *db, struct err *err)
{
	uint8_t secret[CRYPTO_KEY_SIZE];
	char hex[CENTRE_SIZE];
	size_t len = 0;
	enum lookup got = home_file_read(db->info.dir, centre_file, hex,
		sizeof(hex), err);

	if (got == LOOKUP_FOUND) {
		hex[sizeof(hex) - 1] = '\0';
		if (str_from_hex(hex, secret, sizeof(secret), &len) &&
			len == sizeof(secret)) {
			crypto_seal_public(secret, db->centre);
		} else {
			err_set(err, ERR_CORRUPT, 0, "%s is no key",
				centre_file);
			got = LOOKUP_FAILED;
		}
	}
	crypto_wipe(secret, sizeof(secret));
	crypto_wipe(hex, sizeof(hex));
	return got;
}

/*
 * A store without a centre: what is sealed to it nobody opens, since the secret
 * is kept nowhere. Only a demo, whose people are none, has it beside the book.
 */
static bool make_centre(struct db *db, bool keep, struct err *err)
{
	const enum lookup got = old_centre(db, err);
	uint8_t secret[CRYPTO_KEY_SIZE];
	char hex[CENTRE_SIZE];
	bool ok;

	if (got != LOOKUP_ABSENT)
		return got == LOOKUP_FOUND;
	crypto_seal_pair_new(db->centre, secret);
	str_to_hex(secret, sizeof(secret), hex);
	hex[sizeof(hex) - 1] = '\n';
	ok = !keep ||
	     home_file_write(db->info.dir, centre_file, hex, sizeof(hex), err);
	crypto_wipe(secret, sizeof(secret));
	crypto_wipe(hex, sizeof(hex));
	return ok;
}

/* journal.md 2: SHA-256("TRAIN" || dev), the first half. */
static void training_dev(const uint8_t *dev, uint8_t out[DB_DEV_SIZE])
{
	uint8_t hash[CRYPTO_HASH_SIZE];
	struct crypto_hash h;

	crypto_hash_start(&h);
	crypto_hash_add(&h, "TRAIN", 5);
	crypto_hash_add(&h, dev, DB_DEV_SIZE);
	crypto_hash_end(&h, hash);
	memcpy(out, hash, DB_DEV_SIZE);
}

bool identity_make(struct db *db, const struct db_setup *setup,
	struct crypto_pair *device, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &identity_stmts, PUT);
	uint8_t locked[LOCKED_SIZE];

	crypto_pair_new(device);
	if (setup->training_of)
		training_dev(setup->training_of, db->info.dev);
	else
		crypto_random(db->info.dev, sizeof(db->info.dev));
	memcpy(db->device_public, device->public, sizeof(db->device_public));
	if (setup->centre_key)
		memcpy(db->centre, setup->centre_key, sizeof(db->centre));
	else if (!make_centre(db, setup->demo, err))
		return false;
	crypto_lock(device->secret, sizeof(device->secret), context, db->secret,
		locked);
	stmt_blob(st, ":dev", db->info.dev, sizeof(db->info.dev));
	stmt_blob(st, ":public", device->public, sizeof(device->public));
	stmt_blob(st, ":secret", locked, sizeof(locked));
	stmt_blob(st, ":centre", db->centre, sizeof(db->centre));
	return stmt_run(db, st, err);
}

/* The device secret opens D0, and D0 is the key that the row names. */
static bool key_fits(struct db *db, const uint8_t locked[LOCKED_SIZE])
{
	uint8_t secret[CRYPTO_SECRET_SIZE];
	struct crypto_pair again;
	bool ok;

	ok = crypto_unlock(locked, LOCKED_SIZE, context, db->secret, secret);
	if (ok) {
		crypto_pair_from_seed(secret, &again);
		ok = crypto_equal(again.public, db->device_public,
			sizeof(again.public));
	}
	crypto_wipe(secret, sizeof(secret));
	crypto_wipe(&again, sizeof(again));
	return ok;
}

bool identity_load(struct db *db, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &identity_stmts, GET);
	struct db_info *i = &db->info;
	uint8_t locked[LOCKED_SIZE];
	const enum lookup got = stmt_row(db, st, err);
	bool ok;

	if (got == LOOKUP_FAILED)
		return false;
	ok = got == LOOKUP_FOUND &&
	     stmt_column_blob(st, 0, i->dev, sizeof(i->dev)) &&
	     stmt_column_blob(st, 1, db->device_public,
		     sizeof(db->device_public)) &&
	     (db->evidence ||
		     stmt_column_blob(st, 2, locked, sizeof(locked))) &&
	     stmt_column_blob(st, 3, db->centre, sizeof(db->centre));
	stmt_done(st);
	str_to_hex(i->dev, sizeof(i->dev), i->dev_hex);
	if (!ok || (!db->evidence && !key_fits(db, locked)))
		return err_set(err, ERR_CORRUPT, 0,
			"device.key is not the key of this store");
	return true;
}

bool identity_secret(struct db *db, uint8_t out[CRYPTO_SECRET_SIZE],
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &identity_stmts, GET);
	uint8_t locked[LOCKED_SIZE];
	const enum lookup got = stmt_row(db, st, err);
	bool ok;

	if (got == LOOKUP_FAILED)
		return false;
	ok = got == LOOKUP_FOUND &&
	     stmt_column_blob(st, 2, locked, sizeof(locked)) &&
	     crypto_unlock(locked, sizeof(locked), context, db->secret, out);
	stmt_done(st);
	return ok || err_set(err, ERR_CORRUPT, 0,
			     "device.key is not the key of this store");
}
