/* revlist_internal.h - the centre's signing key in a new store. Private. */
#ifndef DB_REVLIST_INTERNAL_H
#define DB_REVLIST_INTERNAL_H

#include "db/revlist.h"

enum {
	REVLIST_HEX_SIZE = 2 * CRYPTO_PUBLIC_SIZE + 1
};

/* The setting alone: centre_keys_internal.h has what belongs to it. */
bool revlist_put_key(struct db *db, const char hex[REVLIST_HEX_SIZE],
	struct err *err);

/* The setting; "": none. */
bool revlist_get_key(struct db *db, char out[REVLIST_HEX_SIZE],
	struct err *err);

#endif
