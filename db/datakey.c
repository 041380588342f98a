#include "db/datakey_internal.h"

#include <assert.h>
#include <string.h>

#include "core/buf.h"
#include "db/db_internal.h"
#include "db/people_internal.h"
#include "db/stmt.h"

enum {
	GET,
	PUT,
	ANY,
	USERS,
	TAKE,
	COUNT
};

static const char *const sql[COUNT] = {
	[GET] = "SELECT wrapped FROM data_key WHERE number = :number",
	[PUT] = "INSERT INTO data_key VALUES (:number, :wrapped)",
	[ANY] = "SELECT number FROM data_key LIMIT 1 /* scan */",
	[USERS] = ("SELECT number, public FROM user WHERE NOT revoked"
		   " ORDER BY number /* scan */"),
	[TAKE] = "DELETE FROM data_key WHERE number = :number",
};

const struct stmt_set datakey_stmts = {"datakey", sql, COUNT};

static const char context[] = "data key";
static const char use_rows[8] = "CHTRROWS";
static const char use_blind[8] = "CHTRFIND";

enum {
	SEALED_SIZE = CRYPTO_KEY_SIZE + CRYPTO_SEAL_EXTRA,
	WRAPPED_SIZE = SEALED_SIZE + CRYPTO_LOCK_EXTRA,
	NONCE_RANDOM = CRYPTO_NONCE_SIZE - 8,
	ROW_CONTEXT = 1 + 8,
	BLIND_MAX = 128
};

struct datakey {
	uint8_t key[CRYPTO_KEY_SIZE];
	uint8_t rows[CRYPTO_KEY_SIZE];
	uint8_t blind[CRYPTO_KEY_SIZE];
	/* A nonce: random bytes, drawn whenever the key comes into memory, and
	 * a count of the rows since. A child of this process has neither. */
	uint8_t random[NONCE_RANDOM];
	uint64_t count;
	int signed_in;
};

/* ---- in the store -------------------------------------------------------- */

static bool wrap(struct db *db, int64_t number,
	const uint8_t public[CRYPTO_PUBLIC_SIZE],
	const uint8_t key[CRYPTO_KEY_SIZE], struct err *err)
{
	sqlite3_stmt *st;
	uint8_t sealed[SEALED_SIZE];
	uint8_t wrapped[WRAPPED_SIZE];

	if (!crypto_seal_to_signer(key, CRYPTO_KEY_SIZE, public, sealed))
		return err_set(err, ERR_CORRUPT, 0,
			"the public key of user %lld is no key",
			(long long)number);
	crypto_lock(sealed, sizeof(sealed), context, db->secret, wrapped);
	st = stmt_get(db, &datakey_stmts, PUT);
	stmt_int(st, ":number", number);
	stmt_blob(st, ":wrapped", wrapped, sizeof(wrapped));
	return stmt_run(db, st, err);
}

/* Is there a key in the store at all? */
static enum lookup any(struct db *db, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &datakey_stmts, ANY);
	const enum lookup got = stmt_row(db, st, err);

	stmt_done(st);
	return got;
}

/* A new key, for everybody who is there. */
static bool make(struct db *db, uint8_t key[CRYPTO_KEY_SIZE], struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &datakey_stmts, USERS);
	enum lookup got = LOOKUP_ABSENT;
	bool ok = true;

	crypto_random(key, CRYPTO_KEY_SIZE);
	while (ok && (got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		uint8_t public[CRYPTO_PUBLIC_SIZE];
		const int64_t number = sqlite3_column_int64(st, 0);

		ok = stmt_column_blob(st, 1, public, sizeof(public)) ||
		     err_set(err, ERR_CORRUPT, 0, "keys of user %lld",
			     (long long)number);
		ok = ok && wrap(db, number, public, key, err);
	}
	if (!ok)
		stmt_done(st);
	return ok && got == LOOKUP_ABSENT;
}

static bool unwrap(struct db *db, int64_t number,
	const uint8_t wrapped[WRAPPED_SIZE],
	const uint8_t secret[CRYPTO_SECRET_SIZE], uint8_t key[CRYPTO_KEY_SIZE],
	struct err *err)
{
	uint8_t sealed[SEALED_SIZE];

	return (crypto_unlock(wrapped, WRAPPED_SIZE, context, db->secret,
			sealed) &&
		       crypto_seal_open_signer(sealed, sizeof(sealed), secret,
			       key)) ||
	       err_set(err, ERR_CORRUPT, 0,
		       "the data key of user %lld does not open",
		       (long long)number);
}

bool datakey_open(struct db *db, int64_t number,
	const uint8_t secret[CRYPTO_SECRET_SIZE], uint8_t key[CRYPTO_KEY_SIZE],
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &datakey_stmts, GET);
	uint8_t wrapped[WRAPPED_SIZE];
	enum lookup got;
	bool whole;

	stmt_int(st, ":number", number);
	got = stmt_row(db, st, err);
	if (got == LOOKUP_FAILED)
		return false;
	if (got == LOOKUP_FOUND) {
		whole = stmt_column_blob(st, 0, wrapped, sizeof(wrapped));
		stmt_done(st);
		if (!whole)
			memset(wrapped, 0, sizeof(wrapped));
		return unwrap(db, number, wrapped, secret, key, err);
	}
	got = any(db, err);
	if (got == LOOKUP_FOUND)
		err_set(err, ERR_CORRUPT, 0, "user %lld has no data key",
			(long long)number);
	return got == LOOKUP_ABSENT && make(db, key, err);
}

bool datakey_give(struct db *db, int64_t number,
	const uint8_t public[CRYPTO_PUBLIC_SIZE], struct err *err)
{
	uint8_t key[CRYPTO_KEY_SIZE] = {0};
	bool ok;

	if (db->key)
		return wrap(db, number, public, db->key->key, err);
	switch (any(db, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_FOUND:
		return err_set(err, ERR_DENIED, 0,
			"user %lld: somebody who is signed in must add him",
			(long long)number);
	case LOOKUP_ABSENT:
		break;
	}
	/* His row is there already: he is among those it is made for. */
	ok = make(db, key, err);
	crypto_wipe(key, sizeof(key));
	return ok;
}

bool datakey_take(struct db *db, int64_t number, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &datakey_stmts, TAKE);

	stmt_int(st, ":number", number);
	return stmt_run(db, st, err);
}

/* ---- in memory ----------------------------------------------------------- */

bool datakey_needed(const struct db *db, struct err *err)
{
	return db->key || err_set(err, ERR_DENIED, 0,
				  "nobody is signed in: people's data are"
				  " locked");
}

static struct datakey *unpacked(const uint8_t key[CRYPTO_KEY_SIZE])
{
	struct datakey *k = crypto_memory_new(sizeof(*k));

	if (!k)
		return NULL;
	memcpy(k->key, key, sizeof(k->key));
	crypto_subkey(key, 1, use_rows, k->rows);
	crypto_subkey(key, 1, use_blind, k->blind);
	crypto_random(k->random, sizeof(k->random));
	return k;
}

bool datakey_enter(struct db *db, const uint8_t key[CRYPTO_KEY_SIZE],
	struct err *err)
{
	if (!db->key)
		db->key = unpacked(key);
	if (!db->key)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory for the key");
	if (!crypto_equal(db->key->key, key, CRYPTO_KEY_SIZE))
		return err_set(err, ERR_CORRUPT, 0,
			"two users have different data keys");
	db->key->signed_in++;
	return true;
}

void datakey_leave(struct db *db)
{
	if (db->key && --db->key->signed_in <= 0)
		datakey_drop(db);
}

void datakey_drop(struct db *db)
{
	people_forget(db);
	crypto_memory_free(db->key, sizeof(*db->key));
	db->key = NULL;
}

bool datakey_copy(const struct db *db, uint8_t out[CRYPTO_KEY_SIZE])
{
	if (db->key)
		memcpy(out, db->key->key, CRYPTO_KEY_SIZE);
	return db->key != NULL;
}

/* ---- rows ---------------------------------------------------------------- */

static void pack_number(uint64_t number, uint8_t out[8])
{
	for (int i = 7; i >= 0; i--, number >>= 8)
		out[i] = (uint8_t)number;
}

static void row_context(enum datakey_use use, int64_t row,
	uint8_t out[ROW_CONTEXT])
{
	out[0] = (uint8_t)use;
	pack_number((uint64_t)row, out + 1);
}

void datakey_lock(struct db *db, enum datakey_use use, int64_t row,
	const void *plain, size_t len, uint8_t *locked)
{
	struct datakey *k = db->key;
	uint8_t nonce[CRYPTO_NONCE_SIZE];
	uint8_t is[ROW_CONTEXT];

	assert(k);
	memcpy(nonce, k->random, NONCE_RANDOM);
	pack_number(++k->count, nonce + NONCE_RANDOM);
	row_context(use, row, is);
	crypto_lock_row(plain, len, is, sizeof(is), nonce, k->rows, locked);
}

bool datakey_unlock(const struct db *db, enum datakey_use use, int64_t row,
	const void *locked, size_t len, void *plain)
{
	uint8_t is[ROW_CONTEXT];

	assert(db->key);
	row_context(use, row, is);
	return crypto_unlock_row(locked, len, is, sizeof(is), db->key->rows,
		plain);
}

int64_t datakey_blind(const struct db *db, enum datakey_use use,
	const char *text)
{
	uint8_t bytes[BLIND_MAX];
	struct buf b;

	assert(db->key);
	buf_init(&b, bytes, sizeof(bytes));
	buf_byte(&b, (uint8_t)use);
	buf_put(&b, text, strlen(text));
	assert(!b.full);
	return (int64_t)crypto_blind(db->key->blind, bytes, b.len);
}
