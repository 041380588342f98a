/*
 * centre_keys.h - the two signing keys of the centre that are believed here.
 *
 * The one that signs now, and the one before it: for what was signed before
 * the centre rolled, such as a checkpoint whose answer was lost. The first is
 * told by `init`, at enrolment or by a supervisor (revlist_set_key()); from
 * then on a roll (core/codec/parcel.h), signed by the key that is to go, is
 * the only way on. Each has its CONFIG record, line "centre HEX".
 */
#ifndef DB_CENTRE_KEYS_H
#define DB_CENTRE_KEYS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/crypto.h"
#include "db/db.h"

enum {
	CENTRE_KEYS = 2
};

struct centre_keys {
	int count; /* 0: no centre is known */
	uint8_t key[CENTRE_KEYS][CRYPTO_PUBLIC_SIZE]; /* [0] signs now */
	/* Of key[0]: how many rolls led to it. Nobody knows at first, since
	 * whoever tells a terminal of a key tells no number. */
	bool has_number;
	uint64_t number;
};

bool centre_keys_load(struct db *db, struct centre_keys *out, struct err *err);

#endif
