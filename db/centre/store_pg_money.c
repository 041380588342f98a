/* store_pg_money.c - who paid what; alerts, evidence, codes. */
#include <stdlib.h>
#include <string.h>

#include "db/centre/store_pg_internal.h"

/* ---- money ----------------------------------------------------------------------
 */

/* p is in the order of ent, and the rows that came of it mostly are. */
static void mark_taken(const struct pg_question *q, const struct store_paid *p,
	size_t n, bool *taken)
{
	size_t at = 0;
	uint8_t ent[16];

	for (int r = 0; r < q->rows; r++) {
		pg_get_bytes(q, r, 0, ent, sizeof(ent));
		for (size_t i = 0; i < n; i++, at = (at + 1) % n)
			if (!taken[at] &&
				memcmp(p[at].ent, ent, sizeof(ent)) == 0)
				break;
		taken[at] = true;
	}
}

bool store_pg_paid_put(struct store *base, const struct store_paid *p, size_t n,
	bool *taken, struct err *err)
{
	const void **bytes = malloc(2 * n * sizeof(*bytes));
	size_t *len = malloc(n * sizeof(*len));
	uint64_t *seq = malloc(n * sizeof(*seq));
	struct pg_question q;
	bool ok = bytes && len && seq;

	if (!ok)
		err_set(err, ERR_NO_MEMORY, 0, "no memory");
	for (size_t i = 0; ok && i < n; i++) {
		bytes[i] = p[i].ent;
		bytes[n + i] = p[i].dev;
		len[i] = 16;
		seq[i] = p[i].seq;
		taken[i] = false;
	}
	if (ok) {
		pg_ask(&q, "INSERT INTO paid (ent, dev, seq) SELECT * FROM"
			   " unnest($1::bytea[], $2::bytea[], $3::bigint[])"
			   " ON CONFLICT DO NOTHING RETURNING ent");
		pg_byteas(&q, bytes, len, n);
		pg_byteas(&q, bytes + n, len, n);
		pg_numbers(&q, seq, n);
		ok = pg_run(pgs(base)->pg, &q, "enter payments", err);
		if (ok)
			mark_taken(&q, p, n, taken);
		pg_done(&q);
	}
	free(bytes);
	free(len);
	free(seq);
	return ok;
}

static void ask_paid(struct pg_question *q, const char *sql,
	const struct store_paid *p)
{
	pg_ask(q, sql);
	pg_bytes(q, p->ent, sizeof(p->ent));
	pg_bytes(q, p->dev, sizeof(p->dev));
	pg_number(q, p->seq);
}

enum lookup store_pg_paid_drop(struct store *base, const struct store_paid *p,
	struct err *err)
{
	struct pg_question q;
	enum lookup l = LOOKUP_FAILED;

	ask_paid(&q,
		"DELETE FROM paid WHERE ent = $1 AND dev = $2 AND seq = $3", p);
	if (pg_run(pgs(base)->pg, &q, "take a payment out", err))
		l = q.changed == 1 ? LOOKUP_FOUND : LOOKUP_ABSENT;
	pg_done(&q);
	return l;
}

static enum lookup read_paid(struct store *base, struct pg_question *q,
	const uint8_t *ent, const char *doing, struct store_paid *out,
	struct err *err)
{
	const enum lookup l = pgs_row(base, q, doing, err);

	if (l == LOOKUP_FOUND) {
		memcpy(out->ent, ent, sizeof(out->ent));
		pg_get_bytes(q, 0, 0, out->dev, sizeof(out->dev));
		out->seq = pg_get_number(q, 0, 1);
	}
	pg_done(q);
	return l;
}

enum lookup store_pg_paid_by(struct store *base, const uint8_t *ent,
	struct store_paid *out, struct err *err)
{
	struct pg_question q;

	pg_ask(&q, "SELECT dev, seq FROM paid WHERE ent = $1");
	pg_bytes(&q, ent, sizeof(out->ent));
	return read_paid(base, &q, ent, "find a payment", out, err);
}

enum lookup store_pg_double_take(struct store *base, const uint8_t *ent,
	uint64_t by, struct store_paid *out, struct err *err)
{
	struct pg_question q;

	pg_ask(&q, "UPDATE alert SET ended = $2 WHERE id = (SELECT id FROM"
		   " alert WHERE kind = 1 AND ended = 0 AND ent = $1"
		   " ORDER BY id LIMIT 1 FOR UPDATE) RETURNING dev, seq");
	pg_bytes(&q, ent, sizeof(out->ent));
	pg_number(&q, by);
	return read_paid(base, &q, ent, "end a double", out, err);
}

bool store_pg_double_end(struct store *base, const struct store_paid *p,
	uint64_t by, struct err *err)
{
	struct pg_question q;

	ask_paid(&q,
		"UPDATE alert SET ended = $4 WHERE kind = 1 AND ended = 0"
		" AND ent = $1 AND dev = $2 AND seq = $3",
		p);
	pg_number(&q, by);
	return pgs_run(base, &q, "end a double", err);
}

/* ---- alerts, evidence, codes ---------------------------------------------------------
 */

bool store_pg_alert_add(struct store *base, const struct store_alert *a,
	struct err *err)
{
	struct pg_question q;

	pg_ask(&q, "INSERT INTO alert (kind, t, dev, seq, ent, other_dev,"
		   " other_seq, ended) VALUES ($1, $2, $3, $4, $5, $6, $7,"
		   " $8)");
	pg_number(&q, a->kind);
	pg_number(&q, a->t);
	pg_bytes(&q, a->dev, sizeof(a->dev));
	pg_number(&q, a->seq);
	pg_bytes(&q, a->ent, sizeof(a->ent));
	pg_bytes(&q, a->other_dev, sizeof(a->other_dev));
	pg_number(&q, a->other_seq);
	pg_number(&q, a->ended);
	return pgs_run(base, &q, "add an alert", err);
}

bool store_pg_alerts(struct store *base,
	bool (*each)(const struct store_alert *a, void *arg), void *arg,
	struct err *err)
{
	struct pg_question q;
	bool ok;

	pg_ask(&q, "SELECT kind, t, dev, seq, ent, other_dev, other_seq, ended"
		   " FROM alert ORDER BY id");
	ok = pg_run(pgs(base)->pg, &q, "list alerts", err);
	for (int r = 0; ok && r < q.rows; r++) {
		struct store_alert a = {.kind = (enum store_alert_kind)
						pg_get_number(&q, r, 0),
			.t = pg_get_number(&q, r, 1),
			.seq = pg_get_number(&q, r, 3),
			.other_seq = pg_get_number(&q, r, 6),
			.ended = pg_get_number(&q, r, 7)};

		pg_get_bytes(&q, r, 2, a.dev, sizeof(a.dev));
		pg_get_bytes(&q, r, 4, a.ent, sizeof(a.ent));
		pg_get_bytes(&q, r, 5, a.other_dev, sizeof(a.other_dev));
		if (!each(&a, arg))
			break;
	}
	pg_done(&q);
	return ok;
}

bool store_pg_evidence_add(struct store *base, const struct store_evidence *e,
	const uint8_t sha[CRYPTO_HASH_SIZE], struct err *err)
{
	struct pg_question q;

	pg_ask(&q, "INSERT INTO evidence (kind, dev, sha, t, seq, chk, bytes)"
		   " VALUES ($1, $2, $3, $4, $5, $6, $7)"
		   " ON CONFLICT DO NOTHING");
	pg_number(&q, e->kind);
	pg_bytes(&q, e->dev, sizeof(e->dev));
	pg_bytes(&q, sha, CRYPTO_HASH_SIZE);
	pg_number(&q, e->t);
	pg_number(&q, e->seq);
	pg_number(&q, e->check);
	pg_bytes(&q, e->bytes, e->len);
	return pgs_run(base, &q, "keep evidence", err);
}

bool store_pg_evidence_each(struct store *base,
	bool (*each)(const struct store_evidence *e, void *arg), void *arg,
	struct err *err)
{
	struct pg_question q;
	bool ok;

	pg_ask(&q, "SELECT kind, dev, t, seq, chk, bytes FROM evidence"
		   " ORDER BY id");
	ok = pg_run(pgs(base)->pg, &q, "list evidence", err);
	for (int r = 0; ok && r < q.rows; r++) {
		struct store_evidence e = {.kind = (enum store_evidence_kind)
						   pg_get_number(&q, r, 0),
			.t = pg_get_number(&q, r, 2),
			.seq = pg_get_number(&q, r, 3),
			.check = pg_get_number(&q, r, 4)};

		pg_get_bytes(&q, r, 1, e.dev, sizeof(e.dev));
		e.bytes = pg_get_blob(&q, r, 5, &e.len);
		if (!each(&e, arg))
			break;
	}
	pg_done(&q);
	return ok;
}

bool store_pg_code_add(struct store *base, const uint8_t *hash,
	const char *name, uint64_t until, struct err *err)
{
	struct pg_question q;

	pg_ask(&q, "INSERT INTO code (hash, name, until, used)"
		   " VALUES ($1, $2, $3, 0)");
	pg_bytes(&q, hash, CRYPTO_HASH_SIZE);
	pg_text(&q, name);
	pg_number(&q, until);
	return pgs_run(base, &q, "add a code", err);
}

enum lookup store_pg_code_take(struct store *base, const uint8_t *hash,
	uint64_t now, const uint8_t *dev, char *name, struct err *err)
{
	struct pg_question q;
	enum lookup l;

	pg_ask(&q, "UPDATE code SET used = $2, dev = $3 WHERE hash = $1"
		   " AND used = 0 AND until > $2 RETURNING name");
	pg_bytes(&q, hash, CRYPTO_HASH_SIZE);
	pg_number(&q, now);
	pg_bytes(&q, dev, BATCH_DEV);
	l = pgs_row(base, &q, "take a code", err);
	if (l == LOOKUP_FOUND)
		pg_get_text(&q, 0, 0, name, STORE_NAME);
	pg_done(&q);
	return l;
}

bool store_pg_counts(struct store *base, struct store_counts *out,
	struct err *err)
{
	struct pg_question q;
	enum lookup l;

	pg_ask(&q, "SELECT (SELECT count(*) FROM device),"
		   " (SELECT coalesce(sum(last), 0)::bigint FROM device),"
		   " (SELECT count(*) FROM evidence),"
		   " (SELECT count(*) FROM alert WHERE ended = 0)");
	l = pgs_row(base, &q, "count", err);
	if (l == LOOKUP_FOUND)
		*out = (struct store_counts){.devices = pg_get_number(&q, 0, 0),
			.records = pg_get_number(&q, 0, 1),
			.evidence = pg_get_number(&q, 0, 2),
			.alerts = pg_get_number(&q, 0, 3)};
	pg_done(&q);
	return l == LOOKUP_FOUND;
}
