/*
 * identity_internal.h - who this terminal is: id, device key, the centre.
 */
#ifndef DB_IDENTITY_INTERNAL_H
#define DB_IDENTITY_INTERNAL_H

#include "core/crypto.h"
#include "db/db.h"

/*
 * A new identity into the store and into db; *device is D0, to be wiped.
 * centre_key NULL: a new pair, its secret as hex in DIR/centre.key.
 */
bool identity_make(struct db *db, const struct db_setup *setup,
	struct crypto_pair *device, struct err *err);

/* Fill db from the store. ERR_CORRUPT if D0 does not open or fit. */
bool identity_load(struct db *db, struct err *err);

/* The secret of D0, for what the terminal itself vouches for; wipe it. */
bool identity_secret(struct db *db, uint8_t out[CRYPTO_SECRET_SIZE],
	struct err *err);

#endif
