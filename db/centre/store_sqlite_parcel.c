/* store_sqlite_parcel.c - what goes down to terminals, in SQLite. */
#include <string.h>

#include "db/centre/store_sqlite_internal.h"

/* An empty one is no NULL. */
static void bind_dev(sqlite3_stmt *st, const uint8_t *dev)
{
	lite_blob(st, 1, dev ? (const void *)dev : "", dev ? PARCEL_DEV : 0);
}

bool sqlite_parcel_add(struct store *base, const struct parcel *p,
	struct err *err)
{
	struct store_sqlite *s = lite(base);
	sqlite3_stmt *st = lite_get(s, Q_PARCEL_ADD, err);

	if (!st)
		return false;
	bind_dev(st, p->for_all ? NULL : p->dev);
	lite_number(st, 2, p->kind);
	lite_number(st, 3, p->version);
	lite_number(st, 4, p->made);
	lite_number(st, 5, p->until);
	lite_blob(st, 6, p->sha256, sizeof(p->sha256));
	lite_number(st, 7, p->len);
	lite_blob(st, 8, p->key_id, sizeof(p->key_id));
	lite_blob(st, 9, p->sig, sizeof(p->sig));
	return lite_run(s, st, "add a parcel", err);
}

static void read_parcel(sqlite3_stmt *st, struct parcel *out)
{
	out->version = lite_get_number(st, 0);
	out->made = lite_get_number(st, 1);
	out->until = lite_get_number(st, 2);
	lite_get_blob(st, 3, out->sha256, sizeof(out->sha256));
	out->len = lite_get_number(st, 4);
	lite_get_blob(st, 5, out->key_id, sizeof(out->key_id));
	lite_get_blob(st, 6, out->sig, sizeof(out->sig));
}

bool sqlite_parcels(struct store *base, const uint8_t *dev, uint64_t kind,
	uint64_t above, bool (*each)(const struct parcel *p, void *arg),
	void *arg, struct err *err)
{
	struct store_sqlite *s = lite(base);
	sqlite3_stmt *st = lite_get(s, Q_PARCELS, err);
	struct parcel p = {.kind = kind, .for_all = !dev};
	enum lookup l = LOOKUP_FAILED;

	if (!st)
		return false;
	if (dev)
		memcpy(p.dev, dev, sizeof(p.dev));
	bind_dev(st, dev);
	lite_number(st, 2, kind);
	lite_number(st, 3, above);
	while ((l = lite_row(s, st, "list parcels", err)) == LOOKUP_FOUND) {
		read_parcel(st, &p);
		if (!each(&p, arg))
			break;
	}
	lite_done(st);
	return l != LOOKUP_FAILED;
}

bool sqlite_parcel_last(struct store *base, const uint8_t *dev, uint64_t kind,
	uint64_t *version, struct err *err)
{
	struct store_sqlite *s = lite(base);
	sqlite3_stmt *st = lite_get(s, Q_PARCEL_LAST, err);
	enum lookup l;

	if (!st)
		return false;
	bind_dev(st, dev);
	lite_number(st, 2, kind);
	l = lite_row(s, st, "find the newest parcel", err);
	if (l == LOOKUP_FOUND)
		*version = lite_get_number(st, 0);
	lite_done(st);
	return l == LOOKUP_FOUND;
}

bool sqlite_piece_add(struct store *base, const uint8_t *sha, uint64_t n,
	const void *bytes, size_t len, struct err *err)
{
	struct store_sqlite *s = lite(base);
	sqlite3_stmt *st = lite_get(s, Q_PIECE_ADD, err);

	if (!st)
		return false;
	lite_blob(st, 1, sha, CRYPTO_HASH_SIZE);
	lite_number(st, 2, n);
	lite_blob(st, 3, bytes, len);
	return lite_run(s, st, "add a piece", err);
}

enum lookup sqlite_piece_get(struct store *base, const uint8_t *sha, uint64_t n,
	uint8_t *out, size_t *len, struct err *err)
{
	struct store_sqlite *s = lite(base);
	sqlite3_stmt *st = lite_get(s, Q_PIECE, err);
	enum lookup l;

	if (!st)
		return LOOKUP_FAILED;
	lite_blob(st, 1, sha, CRYPTO_HASH_SIZE);
	lite_number(st, 2, n);
	l = lite_row(s, st, "find a piece", err);
	if (l == LOOKUP_FOUND) {
		*len = (size_t)sqlite3_column_bytes(st, 0);
		lite_get_blob(st, 0, out, STORE_PIECE);
	}
	lite_done(st);
	return l;
}
