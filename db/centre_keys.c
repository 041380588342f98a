#include "db/centre_keys.h"

#include <stdio.h>
#include <string.h>

#include "core/str.h"
#include "db/centre_keys_internal.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"

enum {
	LINE_SIZE = 96,
	NUMBER_SIZE = 24
};

static const char before[] = "centre_sign_before";
static const char number[] = "centre_roll";

static bool key_of(const char *hex, uint8_t out[CRYPTO_PUBLIC_SIZE])
{
	size_t len;

	return str_from_hex(hex, out, CRYPTO_PUBLIC_SIZE, &len) &&
	       len == CRYPTO_PUBLIC_SIZE;
}

bool centre_keys_text(struct db *db, int n, char out[REVLIST_HEX_SIZE],
	struct err *err)
{
	return n == 0 ? revlist_get_key(db, out, err)
		      : setting_get(db, before, out, REVLIST_HEX_SIZE, err);
}

bool centre_keys_load(struct db *db, struct centre_keys *out, struct err *err)
{
	char hex[CENTRE_KEYS][REVLIST_HEX_SIZE];
	char text[NUMBER_SIZE];
	int64_t n;

	*out = (struct centre_keys){0};
	if (!centre_keys_text(db, 0, hex[0], err) ||
		!centre_keys_text(db, 1, hex[1], err) ||
		!setting_get(db, number, text, sizeof(text), err))
		return false;
	while (out->count < CENTRE_KEYS &&
		key_of(hex[out->count], out->key[out->count]))
		out->count++;
	out->has_number = str_to_int(text, 0, INT64_MAX, &n);
	if (out->has_number)
		out->number = (uint64_t)n;
	return true;
}

void centre_keys_line(const char *hex, uint8_t out[CRYPTO_HASH_SIZE])
{
	char line[LINE_SIZE];
	const int len = snprintf(line, sizeof(line), "centre %s\n", hex);

	crypto_sha256(line, (size_t)len, out);
}

/* The one that signs now, and its record. */
static bool put(struct db *db, const struct session *by,
	const uint8_t public[CRYPTO_PUBLIC_SIZE], struct err *err)
{
	char hex[REVLIST_HEX_SIZE];
	uint8_t sum[CRYPTO_HASH_SIZE];
	const struct journal_entry entry = {.kind = JOURNAL_CONFIG,
		.actor = by ? by->user.number : 0,
		.by = by,
		.rsum = sum};

	str_to_hex(public, CRYPTO_PUBLIC_SIZE, hex);
	centre_keys_line(hex, sum);
	return revlist_put_key(db, hex, err) &&
	       journal_append(db, &entry, NULL, err);
}

bool centre_keys_set(struct db *db, const struct session *by,
	const uint8_t public[CRYPTO_PUBLIC_SIZE], struct err *err)
{
	return setting_put(db, before, "", err) &&
	       setting_put(db, number, "", err) && put(db, by, public, err);
}

bool centre_keys_number(struct db *db, uint64_t n, struct err *err)
{
	char text[NUMBER_SIZE];

	snprintf(text, sizeof(text), "%llu", (unsigned long long)n);
	return setting_put(db, number, text, err);
}

bool centre_keys_roll(struct db *db, const struct centre_keys *have,
	const struct parcel_roll *r, struct err *err)
{
	char hex[REVLIST_HEX_SIZE];

	str_to_hex(have->key[0], CRYPTO_PUBLIC_SIZE, hex);
	return setting_put(db, before, hex, err) &&
	       centre_keys_number(db, r->number, err) &&
	       put(db, NULL, r->public, err);
}
