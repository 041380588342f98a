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

/* What a user's signing key is locked as, by PIN and by device. */
extern const char users_key_context[];

/* One more failure, or none and not locked any more; its own transaction. */
bool users_set_failures(struct db *db, int64_t number, bool up,
	struct err *err);

#endif
