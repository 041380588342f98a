#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "db/db_internal.h"
#include "db/nextkey_internal.h"

static const char context[] = "next epoch";

enum {
	LOCKED_SIZE = CRYPTO_SECRET_SIZE + CRYPTO_LOCK_EXTRA,
	NAME_SIZE = 16,
	VALUE_SIZE = 24 + 2 * CRYPTO_PUBLIC_SIZE + 2 * LOCKED_SIZE
};

/* One setting a place: "NUMBER PUBLICHEX LOCKEDHEX". */
struct place {
	uint64_t number;
	uint8_t public[CRYPTO_PUBLIC_SIZE];
	uint8_t locked[LOCKED_SIZE];
};

static void name_of(uint64_t number, char out[NAME_SIZE])
{
	snprintf(out, NAME_SIZE, "next_key.%d", (int)(number % NEXTKEY_AHEAD));
}

/* Takes the value apart. */
static bool is_place(char *value, struct place *out)
{
	char *public;
	char *locked;
	int64_t number;
	size_t len;

	public = strchr(value, ' ');
	locked = public ? strchr(public + 1, ' ') : NULL;
	if (!locked)
		return false;
	*public ++ = '\0';
	*locked++ = '\0';
	if (!str_to_int(value, 1, INT64_MAX, &number) ||
		!str_from_hex(public, out->public, sizeof(out->public), &len) ||
		len != sizeof(out->public) ||
		!str_from_hex(locked, out->locked, sizeof(out->locked), &len) ||
		len != sizeof(out->locked))
		return false;
	out->number = (uint64_t)number;
	return true;
}

/* ABSENT: nothing is ready in the place of that number, or another one is. */
static enum lookup find(struct db *db, uint64_t number, struct place *out,
	struct err *err)
{
	char name[NAME_SIZE];
	char value[VALUE_SIZE];

	name_of(number, name);
	if (!setting_get(db, name, value, sizeof(value), err))
		return LOOKUP_FAILED;
	return is_place(value, out) && out->number == number ? LOOKUP_FOUND
							     : LOOKUP_ABSENT;
}

static bool put(struct db *db, uint64_t number, struct err *err)
{
	struct crypto_pair pair;
	uint8_t locked[LOCKED_SIZE];
	char public_hex[2 * CRYPTO_PUBLIC_SIZE + 1];
	char locked_hex[2 * LOCKED_SIZE + 1];
	char name[NAME_SIZE];
	char value[VALUE_SIZE];

	crypto_pair_new(&pair);
	crypto_lock(pair.secret, sizeof(pair.secret), context, db->secret,
		locked);
	str_to_hex(pair.public, sizeof(pair.public), public_hex);
	str_to_hex(locked, sizeof(locked), locked_hex);
	crypto_wipe(&pair, sizeof(pair));
	name_of(number, name);
	snprintf(value, sizeof(value), "%" PRIu64 " %s %s", number, public_hex,
		locked_hex);
	return setting_put(db, name, value, err);
}

bool nextkey_take(struct db *db, uint64_t number, struct crypto_pair *out,
	struct err *err)
{
	uint8_t secret[CRYPTO_SECRET_SIZE];
	struct place place;
	bool opens;

	switch (find(db, number, &place, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		crypto_pair_new(out);
		return true;
	case LOOKUP_FOUND:
		break;
	}
	opens = crypto_unlock(place.locked, sizeof(place.locked), context,
		db->secret, secret);
	if (opens)
		crypto_pair_from_seed(secret, out);
	crypto_wipe(secret, sizeof(secret));
	if (!opens ||
		!crypto_equal(out->public, place.public, sizeof(place.public)))
		return err_set(err, ERR_CORRUPT, 0,
			"the key made ahead for epoch %" PRIu64
			" does not open",
			number);
	return true;
}

bool nextkey_fill(struct db *db, uint64_t number, struct err *err)
{
	struct place place;

	for (uint64_t n = number + 1; n <= number + NEXTKEY_AHEAD; n++) {
		const enum lookup got = find(db, n, &place, err);

		if (got == LOOKUP_FAILED ||
			(got == LOOKUP_ABSENT && !put(db, n, err)))
			return false;
	}
	return true;
}

bool nextkey_publics(struct db *db,
	uint8_t out[NEXTKEY_AHEAD][CRYPTO_PUBLIC_SIZE], int *count,
	struct err *err)
{
	struct place place;
	char name[NAME_SIZE];
	char value[VALUE_SIZE];

	*count = 0;
	for (uint64_t n = 0; n < NEXTKEY_AHEAD; n++) {
		name_of(n, name);
		if (!setting_get(db, name, value, sizeof(value), err))
			return false;
		if (is_place(value, &place))
			memcpy(out[(*count)++], place.public,
				sizeof(place.public));
	}
	return true;
}
