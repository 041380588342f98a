/*
 * nextkey_internal.h - the signing keys of the epochs to come, made ahead.
 *
 * Whoever puts yesterday's disk back loses the records that told of newer
 * keys; the paper signed by those could then prove nothing. So the keys of
 * the next epochs are made ahead, and the store of yesterday can verify the
 * paper of today, offline. Three: further back the centre has to tell. Each
 * lies in the store locked like the one in force, and moves to table epoch
 * when its turn comes.
 */
#ifndef DB_NEXTKEY_INTERNAL_H
#define DB_NEXTKEY_INTERNAL_H

#include "core/crypto.h"
#include "db/db.h"

enum {
	NEXTKEY_AHEAD = 3
};

/* The pair of epoch number, made ahead or new; wipe it. */
bool nextkey_take(struct db *db, uint64_t number, struct crypto_pair *out,
	struct err *err);

/* Have the keys after epoch number ready. */
bool nextkey_fill(struct db *db, uint64_t number, struct err *err);

/* Those that are ready; *count of them. */
bool nextkey_publics(struct db *db,
	uint8_t out[NEXTKEY_AHEAD][CRYPTO_PUBLIC_SIZE], int *count,
	struct err *err);

#endif
