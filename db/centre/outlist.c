#include "db/centre/outlist.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"

enum {
	BYTES = 1024 * 1024 /* REVLIST_MAX_BYTES of terminals */
};

static const char title[] = "CHITRA-REVLIST v1\n";
static const char tag[] = "CHTRREV1";

/* The users' lines of the newest one, as they are. */
static bool add_last(struct store *s, uint64_t version, struct buf *out,
	struct err *err)
{
	struct parcel p;
	char *text;
	bool ok;

	if (version == 0)
		return true;
	if (store_parcel_get(s, NULL, PARCEL_REVLIST, version, &p, err) !=
			LOOKUP_FOUND ||
		p.len > BYTES)
		return err_set(err, ERR_CORRUPT, 0, "the last list is gone");
	text = calloc((size_t)p.len + 1, 1);
	if (!text)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory");
	ok = parcels_content(s, &p, text, err);
	for (char *at = text; ok && *at;) {
		const size_t len = strcspn(at, "\n");

		if (str_starts(at, "user "))
			buf_put(out, at, len + 1);
		at += len + (at[len] == '\n');
	}
	free(text);
	return ok;
}

static void add_user(const struct outlist_user *u, uint64_t now,
	struct buf *out)
{
	char hex[2 * CRYPTO_PUBLIC_SIZE + 1] = "-";

	if (!u->any_key)
		str_to_hex(u->key, CRYPTO_PUBLIC_SIZE, hex);
	buf_printf(out, "user %" PRId64 " %s %" PRIu64 "\n", u->number, hex,
		now);
}

static void sign(const struct crypto_pair *key, struct buf *out)
{
	uint8_t sum[CRYPTO_HASH_SIZE];
	uint8_t sig[CRYPTO_SIG_SIZE];
	char hex[2 * CRYPTO_SIG_SIZE + 1];

	crypto_sha256(out->data, out->len, sum);
	crypto_sign_tagged(tag, sum, sizeof(sum), key->secret, sig);
	str_to_hex(sig, sizeof(sig), hex);
	buf_printf(out, "sig %s\n", hex);
}

static bool write_list(struct store *s, const struct crypto_pair *key,
	const struct outlist_user *user, size_t count, uint64_t now,
	struct buf *b, struct parcel *out, struct err *err)
{
	uint64_t last;

	*out = (struct parcel){0};
	if (!store_parcel_last(s, NULL, PARCEL_REVLIST, &last, err))
		return false;
	if (last == 0 && count == 0)
		return true;
	buf_printf(b, "%sversion %" PRIu64 "\nissued %" PRIu64 "\n", title,
		last + 1, now);
	if (!add_last(s, last, b, err))
		return false;
	for (size_t i = 0; i < count; i++)
		add_user(&user[i], now, b);
	sign(key, b);
	if (b->full)
		return err_set(err, ERR_FULL, 0, "the list is too long");
	return parcels_put(s, key,
		&(struct parcels_new){.kind = PARCEL_REVLIST,
			.content = b->data,
			.len = b->len,
			.version = last + 1,
			.now = now},
		out, err);
}

bool outlist_add(struct store *s, const struct crypto_pair *key,
	const struct outlist_user *user, size_t count, uint64_t now,
	struct parcel *out, struct err *err)
{
	void *room = malloc(BYTES);
	struct buf b;
	bool ok;

	if (!room)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory");
	buf_init(&b, room, BYTES);
	ok = store_begin(s, err) &&
	     write_list(s, key, user, count, now, &b, out, err) &&
	     store_commit(s, err);
	if (!ok)
		store_rollback(s);
	free(room);
	return ok;
}
