/* store_pg_handed.c - what goes back to terminals, in PostgreSQL. */
#include "db/centre/store_pg_internal.h"

bool store_pg_pds(struct store *base, const uint8_t *dev, uint64_t from,
	uint64_t to, bool (*each)(const struct batch_pd *pd, void *arg),
	void *arg, struct err *err)
{
	struct pg_question q;
	bool ok;

	pg_ask(&q, "SELECT seq, sealed FROM pd WHERE dev = $1 AND seq >= $2"
		   " AND seq <= $3 ORDER BY seq");
	pg_bytes(&q, dev, BATCH_DEV);
	pg_number(&q, from);
	pg_number(&q, to);
	ok = pg_run(pgs(base)->pg, &q, "read sealed data", err);
	for (int r = 0; ok && r < q.rows; r++) {
		struct batch_pd pd = {.seq = pg_get_number(&q, r, 0)};

		pd.sealed = pg_get_blob(&q, r, 1, &pd.len);
		if (!each(&pd, arg))
			break;
	}
	pg_done(&q);
	return ok;
}

bool store_pg_handed_add(struct store *base, const struct store_handed *h,
	struct err *err)
{
	struct pg_question q;

	pg_ask(&q, "INSERT INTO handed (dev, t, first, last, by_file)"
		   " VALUES ($1, $2, $3, $4, $5)");
	pg_bytes(&q, h->dev, sizeof(h->dev));
	pg_number(&q, h->t);
	pg_number(&q, h->from);
	pg_number(&q, h->to);
	pg_number(&q, h->by_file);
	return pgs_run(base, &q, "note what went back", err);
}

bool store_pg_handed_each(struct store *base,
	bool (*each)(const struct store_handed *h, void *arg), void *arg,
	struct err *err)
{
	struct store_handed h = {0};
	struct pg_question q;
	bool ok;

	pg_ask(&q, "SELECT dev, t, first, last, by_file FROM handed"
		   " ORDER BY id");
	ok = pg_run(pgs(base)->pg, &q, "list what went back", err);
	for (int r = 0; ok && r < q.rows; r++) {
		pg_get_bytes(&q, r, 0, h.dev, sizeof(h.dev));
		h.t = pg_get_number(&q, r, 1);
		h.from = pg_get_number(&q, r, 2);
		h.to = pg_get_number(&q, r, 3);
		h.by_file = pg_get_number(&q, r, 4) != 0;
		if (!each(&h, arg))
			break;
	}
	pg_done(&q);
	return ok;
}
