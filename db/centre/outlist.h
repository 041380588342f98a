/*
 * outlist.h - who may work nowhere any more: the centre's list for terminals.
 *
 * The text of db/FORMATS.md ("List of revoked users"), signed, handed down as
 * a parcel. Each version has all of the one before, and more: nobody is taken
 * off it.
 */
#ifndef DB_CENTRE_OUTLIST_H
#define DB_CENTRE_OUTLIST_H

#include "db/centre/parcels.h"

struct outlist_user {
	int64_t number; /* 1 to 9,999,999 */
	bool any_key;   /* whatever key that number has */
	uint8_t key[CRYPTO_PUBLIC_SIZE];
};

/*
 * The next version: those of the last one and these, out since now. count 0:
 * the same again, under another signature; out->version 0 if there was none.
 * Its own transaction. ERR_FULL: a list of more than 1 MiB.
 */
bool outlist_add(struct store *s, const struct crypto_pair *key,
	const struct outlist_user *user, size_t count, uint64_t now,
	struct parcel *out, struct err *err);

#endif
