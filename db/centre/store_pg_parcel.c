/* store_pg_parcel.c - what goes down to terminals, in PostgreSQL. */
#include <string.h>

#include "db/centre/store_pg_internal.h"

/* Nobody's is an empty one, which is no NULL. */
static void ask_dev(struct pg_question *q, const uint8_t *dev)
{
	pg_bytes(q, dev ? (const void *)dev : "", dev ? PARCEL_DEV : 0);
}

bool store_pg_parcel_add(struct store *base, const struct parcel *p,
	struct err *err)
{
	struct pg_question q;

	pg_ask(&q, "INSERT INTO parcel (dev, kind, version, made, until, sha,"
		   " len, key_id, sig) VALUES ($1, $2, $3, $4, $5, $6, $7, $8,"
		   " $9)");
	ask_dev(&q, p->for_all ? NULL : p->dev);
	pg_number(&q, p->kind);
	pg_number(&q, p->version);
	pg_number(&q, p->made);
	pg_number(&q, p->until);
	pg_bytes(&q, p->sha256, sizeof(p->sha256));
	pg_number(&q, p->len);
	pg_bytes(&q, p->key_id, sizeof(p->key_id));
	pg_bytes(&q, p->sig, sizeof(p->sig));
	return pgs_run(base, &q, "add a parcel", err);
}

bool store_pg_parcels(struct store *base, const uint8_t *dev, uint64_t kind,
	uint64_t above, bool (*each)(const struct parcel *p, void *arg),
	void *arg, struct err *err)
{
	struct parcel p = {.kind = kind, .for_all = !dev};
	struct pg_question q;
	bool ok;

	if (dev)
		memcpy(p.dev, dev, sizeof(p.dev));
	pg_ask(&q, "SELECT version, made, until, sha, len, key_id, sig"
		   " FROM parcel WHERE dev = $1 AND kind = $2"
		   " AND version > $3 ORDER BY version LIMIT 1000");
	ask_dev(&q, dev);
	pg_number(&q, kind);
	pg_number(&q, above);
	ok = pg_run(pgs(base)->pg, &q, "list parcels", err);
	for (int r = 0; ok && r < q.rows; r++) {
		p.version = pg_get_number(&q, r, 0);
		p.made = pg_get_number(&q, r, 1);
		p.until = pg_get_number(&q, r, 2);
		pg_get_bytes(&q, r, 3, p.sha256, sizeof(p.sha256));
		p.len = pg_get_number(&q, r, 4);
		pg_get_bytes(&q, r, 5, p.key_id, sizeof(p.key_id));
		pg_get_bytes(&q, r, 6, p.sig, sizeof(p.sig));
		if (!each(&p, arg))
			break;
	}
	pg_done(&q);
	return ok;
}

bool store_pg_parcel_last(struct store *base, const uint8_t *dev, uint64_t kind,
	uint64_t *version, struct err *err)
{
	struct pg_question q;
	enum lookup l;

	pg_ask(&q, "SELECT coalesce(max(version), 0)::bigint FROM parcel"
		   " WHERE dev = $1 AND kind = $2");
	ask_dev(&q, dev);
	pg_number(&q, kind);
	l = pgs_row(base, &q, "find the newest parcel", err);
	if (l == LOOKUP_FOUND)
		*version = pg_get_number(&q, 0, 0);
	pg_done(&q);
	return l == LOOKUP_FOUND;
}

bool store_pg_piece_add(struct store *base, const uint8_t *sha, uint64_t n,
	const void *bytes, size_t len, struct err *err)
{
	struct pg_question q;

	pg_ask(&q, "INSERT INTO piece (sha, n, bytes) VALUES ($1, $2, $3)"
		   " ON CONFLICT DO NOTHING");
	pg_bytes(&q, sha, CRYPTO_HASH_SIZE);
	pg_number(&q, n);
	pg_bytes(&q, bytes, len);
	return pgs_run(base, &q, "add a piece", err);
}

enum lookup store_pg_piece_get(struct store *base, const uint8_t *sha,
	uint64_t n, uint8_t *out, size_t *len, struct err *err)
{
	struct pg_question q;
	const uint8_t *bytes;
	enum lookup l;

	pg_ask(&q, "SELECT bytes FROM piece WHERE sha = $1 AND n = $2");
	pg_bytes(&q, sha, CRYPTO_HASH_SIZE);
	pg_number(&q, n);
	l = pgs_row(base, &q, "find a piece", err);
	if (l == LOOKUP_FOUND) {
		bytes = pg_get_blob(&q, 0, 0, len);
		if (*len <= STORE_PIECE)
			memcpy(out, bytes, *len);
	}
	pg_done(&q);
	return l;
}
