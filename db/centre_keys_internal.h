/* centre_keys_internal.h - another key of the centre. Private to db/. */
#ifndef DB_CENTRE_KEYS_INTERNAL_H
#define DB_CENTRE_KEYS_INTERNAL_H

#include "core/codec/parcel.h"
#include "db/centre_keys.h"
#include "db/revlist_internal.h"

/*
 * All in the caller's transaction.
 *
 * centre_keys_set(): somebody says which it is; there is none before it, and
 * its number is not known. by NULL: init.
 * centre_keys_roll(): the next one, its parcel was checked.
 * centre_keys_number(): the number of the one that signs now.
 */
bool centre_keys_set(struct db *db, const struct session *by,
	const uint8_t public[CRYPTO_PUBLIC_SIZE], struct err *err);
bool centre_keys_roll(struct db *db, const struct centre_keys *have,
	const struct parcel_roll *r, struct err *err);
bool centre_keys_number(struct db *db, uint64_t number, struct err *err);

/* Key n as it is in the store, whether it can be one or not; "": none. */
bool centre_keys_text(struct db *db, int n, char out[REVLIST_HEX_SIZE],
	struct err *err);

/* What the CONFIG record of it tells: the hash of its line. */
void centre_keys_line(const char *hex, uint8_t out[CRYPTO_HASH_SIZE]);

#endif
