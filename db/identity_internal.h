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

#endif
