#include "db/office_key_internal.h"

#include <stdio.h>
#include <string.h>

#include "core/str.h"
#include "db/datakey_internal.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/roles_internal.h"
#include "db/stmt.h"
#include "db/verdict_internal.h"
#include "db/window_internal.h"

enum {
	LISTS,
	COUNT
};

static const char *const sql[COUNT] = {
	[LISTS] = "SELECT EXISTS (SELECT 1 FROM list) /* scan */",
};

const struct stmt_set office_key_stmts = {"office key", sql, COUNT};

static const char setting[] = "office_key";

enum {
	LOCKED_SIZE = CRYPTO_KEY_SIZE + CRYPTO_LOCK_EXTRA,
	LOCKED_HEX = 2 * LOCKED_SIZE + 1
};

void office_key_mark(const uint8_t key[CRYPTO_KEY_SIZE],
	char out[OFFICE_KEY_MARK])
{
	uint8_t sum[CRYPTO_HASH_SIZE];
	struct crypto_hash h;

	crypto_hash_start(&h);
	crypto_hash_add(&h, "CHTROFK1", 8);
	crypto_hash_add(&h, key, CRYPTO_KEY_SIZE);
	crypto_hash_end(&h, sum);
	str_to_hex(sum, (OFFICE_KEY_MARK - 1) / 2, out);
}

bool office_key_load(struct db *db, struct err *err)
{
	uint8_t locked[LOCKED_SIZE];
	char hex[LOCKED_HEX];
	size_t len;

	db->has_office = false;
	if (!setting_get(db, setting, hex, sizeof(hex), err))
		return false;
	if (!hex[0])
		return true;
	db->has_office =
		str_from_hex(hex, locked, sizeof(locked), &len) &&
		len == sizeof(locked) &&
		datakey_unlock(db, DATAKEY_OFFICE, 1, locked, len, db->office);
	return db->has_office ||
	       err_set(err, ERR_CORRUPT, 0,
		       "the key of the office is not the one that was taken");
}

void office_key_drop(struct db *db)
{
	crypto_wipe(db->office, sizeof(db->office));
	db->has_office = false;
}

static bool keep(struct db *db, const uint8_t key[CRYPTO_KEY_SIZE],
	struct err *err)
{
	uint8_t locked[LOCKED_SIZE];
	char hex[LOCKED_HEX];

	datakey_lock(db, DATAKEY_OFFICE, 1, key, CRYPTO_KEY_SIZE, locked);
	str_to_hex(locked, sizeof(locked), hex);
	return setting_put(db, setting, hex, err);
}

static bool write_key(struct db *db, const struct session *s,
	const uint8_t key[CRYPTO_KEY_SIZE], struct err *err)
{
	uint8_t sum[CRYPTO_HASH_SIZE];
	const struct journal_entry entry = {.kind = JOURNAL_CONFIG,
		.actor = s->user.number,
		.by = s,
		.rsum = sum};
	char mark[OFFICE_KEY_MARK];
	char line[32];

	office_key_mark(key, mark);
	snprintf(line, sizeof(line), "office %s\n", mark);
	crypto_sha256(line, strlen(line), sum);
	return keep(db, key, err) && journal_append(db, &entry, NULL, err);
}

/* Names that are in a list, or in a record, stay what they are. */
static bool has_lists(struct db *db, bool *has, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &office_key_stmts, LISTS);

	if (stmt_row(db, st, err) != LOOKUP_FOUND)
		return false;
	*has = sqlite3_column_int64(st, 0) > 0;
	stmt_done(st);
	return true;
}

static enum verdict take(struct db *db, const struct session *s,
	const uint8_t key[CRYPTO_KEY_SIZE], struct refusal *why,
	struct err *err)
{
	enum verdict v = roles_may(db, s, ACT_OFFICE_KEY, why);
	bool lists;

	if (v == VERDICT_DONE)
		v = window_clock(db, why, err);
	if (v != VERDICT_DONE)
		return v;
	if (!datakey_needed(db, err) || !office_key_load(db, err) ||
		!has_lists(db, &lists, err))
		return VERDICT_FAILED;
	if (db->has_office)
		return crypto_equal(db->office, key, CRYPTO_KEY_SIZE)
			       ? VERDICT_DONE
			       : refuse(why, REFUSED_OFFICE_KEY);
	if (lists)
		return refuse(why, REFUSED_OFFICE_KEY);
	return write_key(db, s, key, err) ? VERDICT_DONE : VERDICT_FAILED;
}

enum verdict office_key_take(struct db *db, const struct session *s,
	const uint8_t key[CRYPTO_KEY_SIZE], struct refusal *why,
	struct err *err)
{
	enum verdict v;

	*why = (struct refusal){0};
	if (!db_begin(db, err))
		return VERDICT_FAILED;
	v = db_end_verdict(db, take(db, s, key, why, err), err);
	office_key_drop(db);
	return v;
}

bool office_key_here(struct db *db, char out[OFFICE_KEY_MARK], struct err *err)
{
	out[0] = '\0';
	if (!datakey_needed(db, err) || !office_key_load(db, err))
		return false;
	if (db->has_office)
		office_key_mark(db->office, out);
	office_key_drop(db);
	return true;
}
