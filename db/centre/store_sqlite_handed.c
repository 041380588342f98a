/* store_sqlite_handed.c - what goes back to terminals, in SQLite. */
#include "db/centre/store_sqlite_internal.h"

bool sqlite_pds(struct store *base, const uint8_t *dev, uint64_t from,
	uint64_t to, bool (*each)(const struct batch_pd *pd, void *arg),
	void *arg, struct err *err)
{
	struct store_sqlite *s = lite(base);
	sqlite3_stmt *st = lite_get(s, Q_PDS, err);
	enum lookup l = LOOKUP_FAILED;

	if (!st)
		return false;
	lite_blob(st, 1, dev, BATCH_DEV);
	lite_number(st, 2, from);
	lite_number(st, 3, to);
	while ((l = lite_row(s, st, "read sealed data", err)) == LOOKUP_FOUND) {
		const struct batch_pd pd = {.seq = lite_get_number(st, 0),
			.sealed = sqlite3_column_blob(st, 1),
			.len = (size_t)sqlite3_column_bytes(st, 1)};

		if (!each(&pd, arg))
			break;
	}
	lite_done(st);
	return l != LOOKUP_FAILED;
}

bool sqlite_handed_add(struct store *base, const struct store_handed *h,
	struct err *err)
{
	struct store_sqlite *s = lite(base);
	sqlite3_stmt *st = lite_get(s, Q_HANDED_ADD, err);

	if (!st)
		return false;
	lite_blob(st, 1, h->dev, sizeof(h->dev));
	lite_number(st, 2, h->t);
	lite_number(st, 3, h->from);
	lite_number(st, 4, h->to);
	lite_number(st, 5, h->by_file);
	return lite_run(s, st, "note what went back", err);
}

bool sqlite_handed_each(struct store *base,
	bool (*each)(const struct store_handed *h, void *arg), void *arg,
	struct err *err)
{
	struct store_sqlite *s = lite(base);
	sqlite3_stmt *st = lite_get(s, Q_HANDED_EACH, err);
	struct store_handed h = {0};
	enum lookup l = LOOKUP_FAILED;

	if (!st)
		return false;
	while ((l = lite_row(s, st, "list what went back", err)) ==
		LOOKUP_FOUND) {
		lite_get_blob(st, 0, h.dev, sizeof(h.dev));
		h.t = lite_get_number(st, 1);
		h.from = lite_get_number(st, 2);
		h.to = lite_get_number(st, 3);
		h.by_file = lite_get_number(st, 4) != 0;
		if (!each(&h, arg))
			break;
	}
	lite_done(st);
	return l != LOOKUP_FAILED;
}
