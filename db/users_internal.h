/*
 * users_internal.h - what the files about users share.
 *
 * users.c finds them and tries their PINs, users_change.c adds, unlocks and
 * revokes them and gives a new PIN.
 */
#ifndef DB_USERS_INTERNAL_H
#define DB_USERS_INTERNAL_H

#include "core/crypto.h"
#include "db/users.h"

enum {
	USERS_INNER_SIZE = CRYPTO_SECRET_SIZE + CRYPTO_LOCK_EXTRA,
	USERS_LOCKED_SIZE = USERS_INNER_SIZE + CRYPTO_LOCK_EXTRA
};

/*
 * What a user's signing key is locked as, by PIN and by device: the row that
 * it is of. users_key_before: what every key was locked as up to schema 8.
 */
enum {
	USERS_CONTEXT_SIZE = 40
};
void users_key_context(int64_t number, enum role role,
	char out[USERS_CONTEXT_SIZE]);
extern const char users_key_before[];

/* Takes him out of every open session: he was revoked just now. */
void users_bar(struct db *db, int64_t number);
bool users_is_barred(const struct db *db, int64_t number);

/*
 * Everybody whom the book has as revoked: for when a COMMIT failed that was on
 * the disk all the same, so that nobody was taken out by hand.
 */
bool users_bar_all(struct db *db, struct err *err);

/* The same at once, if it is not known what became of a COMMIT; else nothing
 * to do. A store that does not open now asks when it does. */
void users_ask_book(struct db *db);

/* His last day is over, by the latest time that the book believed. */
bool users_time_is_over(struct db *db, const struct user *u, bool *over,
	struct err *err);

/* One more failure, or none and not locked any more; its own transaction. */
bool users_set_failures(struct db *db, int64_t number, bool up,
	struct err *err);

/* The key that the user signs his acts with here; he must be there. */
bool users_public(struct db *db, int64_t number,
	uint8_t out[CRYPTO_PUBLIC_SIZE], struct err *err);

/* He may not work here any more: the tables, in the caller's transaction
 * whose record says so. */
bool users_take_out(struct db *db, int64_t number, struct err *err);

#endif
