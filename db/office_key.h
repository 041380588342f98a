/*
 * office_key.h - the secret that entitlements are named with (LISTS.md).
 *
 * Names of entitlements are in every record of a payment and leave the
 * terminal with it. Without a secret whoever suspects a number can work out
 * its name and see what was paid. So an office may have a key of 32 bytes, the
 * same on all its terminals: the same list gives the same names there, and
 * nobody else can work them out. Taken once, before the first list, by a
 * supervisor: CONFIG record, line "office <8 hex of its SHA-256>", signed. It
 * lies in the store locked as people's data are (sealed_internal.h).
 */
#ifndef DB_OFFICE_KEY_H
#define DB_OFFICE_KEY_H

#include "core/crypto.h"
#include "db/refusal.h"
#include "db/users.h"

enum {
	OFFICE_KEY_MARK = 9 /* 8 digits that a key is known by, and NUL */
};

/* The same bytes always have the same mark; it says nothing of them. */
void office_key_mark(const uint8_t key[CRYPTO_KEY_SIZE],
	char out[OFFICE_KEY_MARK]);

/*
 * REFUSED_ROLE; REFUSED_OFFICE_KEY: lists were taken already, or the store has
 * another key; REFUSED_CLOCK_DAY. DONE, and no record, if it has this one.
 */
enum verdict office_key_take(struct db *db, const struct session *s,
	const uint8_t key[CRYPTO_KEY_SIZE], struct refusal *why,
	struct err *err);

/* The mark of the key here, "" if there is none. Somebody is signed in. */
bool office_key_here(struct db *db, char out[OFFICE_KEY_MARK], struct err *err);

#endif
