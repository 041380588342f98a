/*
 * datakey_internal.h - the key that people's data are locked with.
 *
 * It is made with the first user of a store, and lies there once for each
 * user (table data_key), sealed to his signing key: who knows a PIN, and has
 * the device secret, opens it, and a new PIN changes nothing here. In memory
 * it is from the first sign-in to the last sign-out, in a page of its own.
 *
 * Rows are locked with XChaCha20-Poly1305 under a key made of it, bound to
 * their table and number, so that none opens in another's place. What has to
 * be found again is looked for by its blind: keyed BLAKE2b, under another.
 */
#ifndef DB_DATAKEY_INTERNAL_H
#define DB_DATAKEY_INTERNAL_H

#include "core/crypto.h"
#include "db/db.h"

struct datakey;

/* What a row or a blind is of. Numbers are in stores: never change them. */
enum datakey_use {
	DATAKEY_PERSON = 1,
	DATAKEY_PAYOUT = 2,
	DATAKEY_CHANGE = 3,
	DATAKEY_ANSWER = 4,
	DATAKEY_NOT_PAID = 5,
	DATAKEY_OFFICE = 6, /* its key: row 1 */
	DATAKEY_REVIEW = 7,
	DATAKEY_CONSENT = 8,
	DATAKEY_REQUEST = 9,
	DATAKEY_ACCOUNT = 20,
	DATAKEY_ACCOUNT_NO = 21, /* blinds: bank and number */
	DATAKEY_VISIT = 24,
	DATAKEY_VISIT_ANSWERS = 25,
	DATAKEY_VISIT_DRAFT = 26,
	DATAKEY_CODE = 16, /* blinds: beneficiary id */
	DATAKEY_ID12 = 17,
	DATAKEY_OLD_ID = 18,
};

/* Is it here? ERR_DENIED: nobody is signed in. */
bool datakey_needed(const struct db *db, struct err *err);

/*
 * The key of a store, for the user with this signing key, inside the caller's
 * transaction; the first user who asks a store without one makes it, for all
 * who are there. It is not in memory yet.
 */
bool datakey_open(struct db *db, int64_t number,
	const uint8_t secret[CRYPTO_SECRET_SIZE], uint8_t key[CRYPTO_KEY_SIZE],
	struct err *err);

/*
 * A new user gets it, too, inside the caller's transaction. ERR_DENIED:
 * nobody who has it is signed in. Not needed for the very first.
 */
bool datakey_give(struct db *db, int64_t number,
	const uint8_t public[CRYPTO_PUBLIC_SIZE], struct err *err);

/* He is not given it any more: a revoked user. */
bool datakey_take(struct db *db, int64_t number, struct err *err);

/* One more who is signed in; and one less, the last one locks. */
bool datakey_enter(struct db *db, const uint8_t key[CRYPTO_KEY_SIZE],
	struct err *err);
void datakey_leave(struct db *db);

/* Out of memory with it, and with all that was read by it. */
void datakey_drop(struct db *db);

/* For tests, whose sessions outlive a restart. False: it is not here. */
bool datakey_copy(const struct db *db, uint8_t out[CRYPTO_KEY_SIZE]);

/*
 * Lock len bytes as row number of that table; locked is CRYPTO_LOCK_EXTRA
 * longer. It must be here (datakey_needed()).
 */
void datakey_lock(struct db *db, enum datakey_use use, int64_t row,
	const void *plain, size_t len, uint8_t *locked);

/* False: altered, of another row, or of another store. */
bool datakey_unlock(const struct db *db, enum datakey_use use, int64_t row,
	const void *locked, size_t len, void *plain);

/* What stands for a text in an index. */
int64_t datakey_blind(const struct db *db, enum datakey_use use,
	const char *text);

#endif
