/* store_sqlite_money.c - who paid what; alerts, evidence, codes. */
#include <stdio.h>
#include <string.h>

#include "db/centre/store_sqlite_internal.h"

/* ---- money ------------------------------------------------------------------------
 */

static void bind_paid(sqlite3_stmt *st, const struct store_paid *p)
{
	lite_blob(st, 1, p->ent, sizeof(p->ent));
	lite_blob(st, 2, p->dev, sizeof(p->dev));
	lite_number(st, 3, p->seq);
}

bool sqlite_paid_put(struct store *base, const struct store_paid *p, size_t n,
	bool *taken, struct err *err)
{
	struct store_sqlite *s = lite(base);
	sqlite3_stmt *st = lite_get(s, Q_PAID_PUT, err);

	for (size_t i = 0; st && i < n; i++) {
		bind_paid(st, &p[i]);
		if (!lite_run(s, st, "enter a payment", err))
			return false;
		taken[i] = sqlite3_changes(s->handle) == 1;
	}
	return st != NULL;
}

enum lookup sqlite_paid_drop(struct store *base, const struct store_paid *p,
	struct err *err)
{
	struct store_sqlite *s = lite(base);
	sqlite3_stmt *st = lite_get(s, Q_PAID_DROP, err);

	if (!st)
		return LOOKUP_FAILED;
	bind_paid(st, p);
	if (!lite_run(s, st, "take a payment out", err))
		return LOOKUP_FAILED;
	return sqlite3_changes(s->handle) == 1 ? LOOKUP_FOUND : LOOKUP_ABSENT;
}

enum lookup sqlite_paid_by(struct store *base, const uint8_t *ent,
	struct store_paid *out, struct err *err)
{
	struct store_sqlite *s = lite(base);
	sqlite3_stmt *st = lite_get(s, Q_PAID_BY, err);
	enum lookup l;

	if (!st)
		return LOOKUP_FAILED;
	lite_blob(st, 1, ent, sizeof(out->ent));
	l = lite_row(s, st, "find a payment", err);
	if (l == LOOKUP_FOUND) {
		memcpy(out->ent, ent, sizeof(out->ent));
		lite_get_blob(st, 0, out->dev, sizeof(out->dev));
		out->seq = lite_get_number(st, 1);
	}
	lite_done(st);
	return l;
}

enum lookup sqlite_double_take(struct store *base, const uint8_t *ent,
	uint64_t by, struct store_paid *out, struct err *err)
{
	struct store_sqlite *s = lite(base);
	sqlite3_stmt *st = lite_get(s, Q_DOUBLE_NEXT, err);
	uint64_t id = 0;
	enum lookup l;

	if (!st)
		return LOOKUP_FAILED;
	lite_blob(st, 1, ent, sizeof(out->ent));
	l = lite_row(s, st, "find another payment", err);
	if (l == LOOKUP_FOUND) {
		memcpy(out->ent, ent, sizeof(out->ent));
		lite_get_blob(st, 0, out->dev, sizeof(out->dev));
		out->seq = lite_get_number(st, 1);
		id = lite_get_number(st, 2);
	}
	lite_done(st);
	if (l != LOOKUP_FOUND)
		return l;
	st = lite_get(s, Q_DOUBLE_ID_END, err);
	if (!st)
		return LOOKUP_FAILED;
	lite_number(st, 1, id);
	lite_number(st, 2, by);
	return lite_run(s, st, "end a double", err) ? LOOKUP_FOUND
						    : LOOKUP_FAILED;
}

bool sqlite_double_end(struct store *base, const struct store_paid *p,
	uint64_t by, struct err *err)
{
	struct store_sqlite *s = lite(base);
	sqlite3_stmt *st = lite_get(s, Q_DOUBLE_END, err);

	if (!st)
		return false;
	bind_paid(st, p);
	lite_number(st, 4, by);
	return lite_run(s, st, "end a double", err);
}

/* ---- alerts, evidence, codes --------------------------------------------------------
 */

bool sqlite_alert_add(struct store *base, const struct store_alert *a,
	struct err *err)
{
	struct store_sqlite *s = lite(base);
	sqlite3_stmt *st = lite_get(s, Q_ALERT_ADD, err);

	if (!st)
		return false;
	lite_number(st, 1, a->kind);
	lite_number(st, 2, a->t);
	lite_blob(st, 3, a->dev, sizeof(a->dev));
	lite_number(st, 4, a->seq);
	lite_blob(st, 5, a->ent, sizeof(a->ent));
	lite_blob(st, 6, a->other_dev, sizeof(a->other_dev));
	lite_number(st, 7, a->other_seq);
	lite_number(st, 8, a->ended);
	return lite_run(s, st, "add an alert", err);
}

bool sqlite_alerts(struct store *base,
	bool (*each)(const struct store_alert *a, void *arg), void *arg,
	struct err *err)
{
	struct store_sqlite *s = lite(base);
	sqlite3_stmt *st = lite_get(s, Q_ALERTS, err);
	enum lookup l = LOOKUP_FAILED;

	while (st &&
		(l = lite_row(s, st, "list alerts", err)) == LOOKUP_FOUND) {
		struct store_alert a = {.kind = (enum store_alert_kind)
						lite_get_number(st, 0),
			.t = lite_get_number(st, 1),
			.seq = lite_get_number(st, 3),
			.other_seq = lite_get_number(st, 6),
			.ended = lite_get_number(st, 7)};

		lite_get_blob(st, 2, a.dev, sizeof(a.dev));
		lite_get_blob(st, 4, a.ent, sizeof(a.ent));
		lite_get_blob(st, 5, a.other_dev, sizeof(a.other_dev));
		if (!each(&a, arg))
			break;
	}
	if (st)
		lite_done(st);
	return l != LOOKUP_FAILED;
}

bool sqlite_evidence_add(struct store *base, const struct store_evidence *e,
	const uint8_t sha[CRYPTO_HASH_SIZE], struct err *err)
{
	struct store_sqlite *s = lite(base);
	sqlite3_stmt *st = lite_get(s, Q_EVIDENCE_ADD, err);

	if (!st)
		return false;
	lite_number(st, 1, e->kind);
	lite_blob(st, 2, e->dev, sizeof(e->dev));
	lite_blob(st, 3, sha, CRYPTO_HASH_SIZE);
	lite_number(st, 4, e->t);
	lite_number(st, 5, e->seq);
	lite_number(st, 6, e->check);
	lite_blob(st, 7, e->bytes, e->len);
	return lite_run(s, st, "keep evidence", err);
}

bool sqlite_evidence_each(struct store *base,
	bool (*each)(const struct store_evidence *e, void *arg), void *arg,
	struct err *err)
{
	struct store_sqlite *s = lite(base);
	sqlite3_stmt *st = lite_get(s, Q_EVIDENCE_EACH, err);
	enum lookup l = LOOKUP_FAILED;

	while (st &&
		(l = lite_row(s, st, "list evidence", err)) == LOOKUP_FOUND) {
		struct store_evidence e = {.kind = (enum store_evidence_kind)
						   lite_get_number(st, 0),
			.t = lite_get_number(st, 2),
			.seq = lite_get_number(st, 3),
			.check = lite_get_number(st, 4),
			.bytes = sqlite3_column_blob(st, 5),
			.len = (size_t)sqlite3_column_bytes(st, 5)};

		lite_get_blob(st, 1, e.dev, sizeof(e.dev));
		if (!each(&e, arg))
			break;
	}
	if (st)
		lite_done(st);
	return l != LOOKUP_FAILED;
}

bool sqlite_code_add(struct store *base, const uint8_t *hash, const char *name,
	uint64_t until, struct err *err)
{
	struct store_sqlite *s = lite(base);
	sqlite3_stmt *st = lite_get(s, Q_CODE_ADD, err);

	if (!st)
		return false;
	lite_blob(st, 1, hash, CRYPTO_HASH_SIZE);
	sqlite3_bind_text(st, 2, name, -1, SQLITE_STATIC);
	lite_number(st, 3, until);
	return lite_run(s, st, "add a code", err);
}

enum lookup sqlite_code_take(struct store *base, const uint8_t *hash,
	uint64_t now, const uint8_t *dev, char *name, struct err *err)
{
	struct store_sqlite *s = lite(base);
	sqlite3_stmt *st = lite_get(s, Q_CODE_TAKE, err);
	enum lookup l;

	if (!st)
		return LOOKUP_FAILED;
	lite_blob(st, 1, hash, CRYPTO_HASH_SIZE);
	lite_number(st, 2, now);
	lite_blob(st, 3, dev, BATCH_DEV);
	l = lite_row(s, st, "take a code", err);
	if (l == LOOKUP_FOUND)
		snprintf(name, STORE_NAME, "%s",
			(const char *)sqlite3_column_text(st, 0));
	lite_done(st);
	return l;
}

bool sqlite_counts(struct store *base, struct store_counts *out,
	struct err *err)
{
	struct store_sqlite *s = lite(base);
	sqlite3_stmt *st = lite_get(s, Q_COUNTS, err);
	enum lookup l;

	if (!st)
		return false;
	l = lite_row(s, st, "count", err);
	if (l == LOOKUP_FOUND)
		*out = (struct store_counts){.devices = lite_get_number(st, 0),
			.records = lite_get_number(st, 1),
			.evidence = lite_get_number(st, 2),
			.alerts = lite_get_number(st, 3)};
	lite_done(st);
	return l == LOOKUP_FOUND;
}
