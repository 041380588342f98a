/*
 * erase_internal.h - who was erased stays so when his record comes back from
 * the centre (regain.h). Private to db/.
 */
#ifndef DB_ERASE_INTERNAL_H
#define DB_ERASE_INTERNAL_H

#include "db/erase.h"

/*
 * Is rsum that of a line that erases somebody who is here? Then he is erased
 * once more, in the caller's transaction; the file is written anew at the next
 * sign-in. Looks at everybody.
 */
bool erase_again(struct db *db, const uint8_t rsum[CRYPTO_HASH_SIZE],
	struct err *err);

#endif
