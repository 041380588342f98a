/*
 * epoch_internal.h - the terminal's own signing keys: one for each shift.
 *
 * The secret of the epoch in force lies in the store, locked with the device
 * secret of DIR/device.key; when the next epoch begins it is overwritten.
 */
#ifndef DB_EPOCH_INTERNAL_H
#define DB_EPOCH_INTERNAL_H

#include "core/crypto.h"
#include "db/db.h"

/* A new key pair for epoch number, announced by record seq. */
bool epoch_add(struct db *db, uint64_t number, uint64_t seq,
	const struct crypto_pair *pair, struct err *err);

/* The secret of the epoch; wipe it. ERR_CORRUPT if it does not open. */
bool epoch_secret(struct db *db, uint64_t number,
	uint8_t out[CRYPTO_SECRET_SIZE], struct err *err);

/* Overwrite the secret of an epoch that is over. */
bool epoch_forget(struct db *db, uint64_t number, struct err *err);

/* The key that signed record seq (2 or later). */
bool epoch_public_for(struct db *db, uint64_t seq,
	uint8_t out[CRYPTO_PUBLIC_SIZE], struct err *err);

#endif
