/*
 * store_pg.c - the centre's store in PostgreSQL 15 or later.
 *
 * One connection a store. Several centres may work on one database: a
 * terminal's row is locked while its records are added, an entitlement's name
 * is unique. Nothing is prepared on the connection, since pgbouncer gives each
 * transaction another one; a batch is one statement a table instead (pg.h).
 */
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "db/centre/pg.h"
#include "db/centre/store_driver.h"

struct store_pg {
	struct store base;
	struct pg *pg;
	uint64_t month; /* partitions are there for it and the next; 0: ask */
};

static const struct store_ops ops;

static struct store_pg *mine(struct store *s)
{
	return (struct store_pg *)s;
}

/* ---- transactions ------------------------------------------------------------
 */

static bool store_pg_begin(struct store *base, struct err *err)
{
	return pg_begin(mine(base)->pg,
		"BEGIN; SET LOCAL lock_timeout = '10s';"
		" SET LOCAL statement_timeout = '60s'",
		err);
}

static bool store_pg_commit(struct store *base, struct err *err)
{
	return pg_end(mine(base)->pg, true, err);
}

static void store_pg_rollback(struct store *base)
{
	struct err ignored;

	pg_end(mine(base)->pg, false, &ignored);
}

/* Run it and throw the rows away. */
static bool run(struct store *base, struct pg_question *q, const char *doing,
	struct err *err)
{
	const bool ok = pg_run(mine(base)->pg, q, doing, err);

	pg_done(q);
	return ok;
}

/* Run it; the caller reads row 0 and calls pg_done(). */
static enum lookup row(struct store *base, struct pg_question *q,
	const char *doing, struct err *err)
{
	if (!pg_run(mine(base)->pg, q, doing, err))
		return LOOKUP_FAILED;
	return q->rows > 0 ? LOOKUP_FOUND : LOOKUP_ABSENT;
}

/* ---- terminals -----------------------------------------------------------------
 */

#define DEVICE_COLUMNS                                                \
	"dev, pk, name, state, last, head, key, epoch, tot, claimed," \
	" unsign, ended, enrolled, contact"

static void read_device(const struct pg_question *q, int r,
	struct store_device *out)
{
	uint8_t tot[STORE_TOT_BYTES];

	*out = (struct store_device){0};
	pg_get_bytes(q, r, 0, out->dev, sizeof(out->dev));
	pg_get_bytes(q, r, 1, out->pk, sizeof(out->pk));
	pg_get_text(q, r, 2, out->name, sizeof(out->name));
	out->state = (enum store_state)pg_get_number(q, r, 3);
	out->last = pg_get_number(q, r, 4);
	pg_get_bytes(q, r, 5, out->head, sizeof(out->head));
	pg_get_bytes(q, r, 6, out->key, sizeof(out->key));
	out->epoch = pg_get_number(q, r, 7);
	pg_get_bytes(q, r, 8, tot, sizeof(tot));
	store_tot_unpack(tot, out->tot);
	out->claimed = pg_get_number(q, r, 9);
	out->unsign = pg_get_number(q, r, 10);
	out->ended = pg_get_number(q, r, 11) != 0;
	out->enrolled = pg_get_number(q, r, 12);
	out->contact = pg_get_number(q, r, 13);
}

static enum lookup store_pg_device_get(struct store *base, const uint8_t *dev,
	bool lock, struct store_device *out, struct err *err)
{
	struct pg_question q;
	enum lookup l;

	pg_ask(&q, lock ? ("SELECT " DEVICE_COLUMNS " FROM device"
			   " WHERE dev = $1 FOR UPDATE")
			: ("SELECT " DEVICE_COLUMNS " FROM device"
			   " WHERE dev = $1"));
	pg_bytes(&q, dev, BATCH_DEV);
	l = row(base, &q, "find the terminal", err);
	if (l == LOOKUP_FOUND)
		read_device(&q, 0, out);
	pg_done(&q);
	return l;
}

static bool store_pg_device_add(struct store *base,
	const struct store_device *d, struct err *err)
{
	uint8_t tot[STORE_TOT_BYTES];
	struct pg_question q;
	bool ok;

	store_tot_pack(d->tot, tot);
	pg_ask(&q, "INSERT INTO device (" DEVICE_COLUMNS ") VALUES ($1, $2, $3,"
		   " $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
		   " ON CONFLICT DO NOTHING");
	pg_bytes(&q, d->dev, sizeof(d->dev));
	pg_bytes(&q, d->pk, sizeof(d->pk));
	pg_text(&q, d->name);
	pg_number(&q, d->state);
	pg_number(&q, d->last);
	pg_bytes(&q, d->head, sizeof(d->head));
	pg_bytes(&q, d->key, sizeof(d->key));
	pg_number(&q, d->epoch);
	pg_bytes(&q, tot, sizeof(tot));
	pg_number(&q, d->claimed);
	pg_number(&q, d->unsign);
	pg_number(&q, d->ended);
	pg_number(&q, d->enrolled);
	pg_number(&q, d->contact);
	ok = pg_run(mine(base)->pg, &q, "add the terminal", err);
	if (ok && q.changed == 0)
		ok = err_set(err, ERR_INVALID, 0,
			"this terminal is there already");
	pg_done(&q);
	return ok;
}

static bool store_pg_device_put(struct store *base,
	const struct store_device *d, struct err *err)
{
	uint8_t tot[STORE_TOT_BYTES];
	struct pg_question q;

	store_tot_pack(d->tot, tot);
	pg_ask(&q, "UPDATE device SET state = $2, last = $3, head = $4,"
		   " key = $5, epoch = $6, tot = $7, claimed = $8, unsign = $9,"
		   " ended = $10, contact = $11 WHERE dev = $1");
	pg_bytes(&q, d->dev, sizeof(d->dev));
	pg_number(&q, d->state);
	pg_number(&q, d->last);
	pg_bytes(&q, d->head, sizeof(d->head));
	pg_bytes(&q, d->key, sizeof(d->key));
	pg_number(&q, d->epoch);
	pg_bytes(&q, tot, sizeof(tot));
	pg_number(&q, d->claimed);
	pg_number(&q, d->unsign);
	pg_number(&q, d->ended);
	pg_number(&q, d->contact);
	return run(base, &q, "keep the terminal", err);
}

static bool store_pg_devices(struct store *base,
	bool (*each)(const struct store_device *d, void *arg), void *arg,
	struct err *err)
{
	struct pg_question q;
	struct store_device d;
	bool ok;

	pg_ask(&q, "SELECT " DEVICE_COLUMNS " FROM device ORDER BY dev");
	ok = pg_run(mine(base)->pg, &q, "list terminals", err);
	for (int r = 0; ok && r < q.rows; r++) {
		read_device(&q, r, &d);
		if (!each(&d, arg))
			break;
	}
	pg_done(&q);
	return ok;
}

/* ---- books ---------------------------------------------------------------------
 */

/* Partitions for this month and the next, once a month and connection. */
static bool see_to_month(struct store_pg *s, uint64_t now, struct err *err)
{
	/* Any number that is another one in each month, and sooner. */
	const uint64_t month = now / (UINT64_C(27) * 86400000) + 1;
	struct pg_question q;

	if (s->month == month)
		return true;
	pg_ask(&q, "SELECT record_month($1::bigint), record_month($1::bigint"
		   " + 2678400000)");
	pg_number(&q, now);
	if (!run(&s->base, &q, "make the partition of the month", err))
		return false;
	s->month = month;
	return true;
}

/* Columns of a batch. */
struct columns {
	uint64_t number[4][BATCH_MAX_RECORDS];
	const void *bytes[3][BATCH_MAX_RECORDS];
	size_t len[3][BATCH_MAX_RECORDS];
};

static void ask_records(struct pg_question *q, struct columns *c,
	const uint8_t *dev, const struct store_record *r, size_t n,
	uint64_t now)
{
	for (size_t i = 0; i < n; i++) {
		c->number[0][i] = r[i].seq;
		c->number[1][i] = r[i].kind;
		c->number[2][i] = r[i].t;
		c->number[3][i] = r[i].shift;
		c->bytes[0][i] = r[i].body;
		c->bytes[1][i] = r[i].h;
		c->bytes[2][i] = r[i].sig;
		c->len[0][i] = r[i].len;
		c->len[1][i] = CRYPTO_HASH_SIZE;
		c->len[2][i] = CRYPTO_SIG_SIZE;
	}
	pg_ask(q, "INSERT INTO record (dev, seq, kind, t, shift, body, h, sig,"
		  " came) SELECT $1::bytea, u.*, $2::bigint FROM unnest("
		  "$3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[],"
		  " $7::bytea[], $8::bytea[], $9::bytea[]) u");
	pg_bytes(q, dev, BATCH_DEV);
	pg_number(q, now);
	for (int i = 0; i < 4; i++)
		pg_numbers(q, c->number[i], n);
	for (int i = 0; i < 3; i++)
		pg_byteas(q, c->bytes[i], c->len[i], n);
}

static bool store_pg_records_add(struct store *base, const uint8_t *dev,
	const struct store_record *r, size_t n, uint64_t now, struct err *err)
{
	struct columns *c;
	struct pg_question q;
	bool ok;

	if (!see_to_month(mine(base), now, err))
		return false;
	c = malloc(sizeof(*c));
	if (!c)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory");
	ask_records(&q, c, dev, r, n, now);
	ok = run(base, &q, "add records", err);
	free(c);
	return ok;
}

static bool store_pg_hashes(struct store *base, const uint8_t *dev,
	uint64_t from, uint64_t to, uint8_t (*out)[CRYPTO_HASH_SIZE], size_t *n,
	struct err *err)
{
	struct pg_question q;
	bool ok;

	*n = 0;
	pg_ask(&q, "SELECT h FROM record WHERE dev = $1 AND seq >= $2"
		   " AND seq <= $3 ORDER BY seq LIMIT $4");
	pg_bytes(&q, dev, BATCH_DEV);
	pg_number(&q, from);
	pg_number(&q, to);
	pg_number(&q, BATCH_MAX_RECORDS + 1);
	ok = pg_run(mine(base)->pg, &q, "read hashes", err);
	for (int r = 0; ok && r < q.rows; r++)
		pg_get_bytes(&q, r, 0, out[(*n)++], CRYPTO_HASH_SIZE);
	pg_done(&q);
	return ok;
}

/* Page by page, so that a book of a million records takes no more memory. */
static bool store_pg_records(struct store *base, const uint8_t *dev,
	uint64_t from, uint64_t to,
	bool (*each)(const struct store_record *r, void *arg), void *arg,
	struct err *err)
{
	enum {
		PAGE = 1000
	};
	struct pg_question q;
	bool more = true;
	size_t len;

	while (more && from <= to) {
		pg_ask(&q, "SELECT seq, kind, t, shift, body, h, sig"
			   " FROM record WHERE dev = $1 AND seq >= $2"
			   " AND seq <= $3 ORDER BY seq LIMIT $4");
		pg_bytes(&q, dev, BATCH_DEV);
		pg_number(&q, from);
		pg_number(&q, to);
		pg_number(&q, PAGE);
		if (!pg_run(mine(base)->pg, &q, "read records", err)) {
			pg_done(&q);
			return false;
		}
		more = q.rows == PAGE;
		for (int i = 0; i < q.rows; i++) {
			struct store_record r = {.seq = pg_get_number(&q, i, 0),
				.kind = pg_get_number(&q, i, 1),
				.t = pg_get_number(&q, i, 2),
				.shift = pg_get_number(&q, i, 3)};

			r.body = pg_get_blob(&q, i, 4, &r.len);
			r.h = pg_get_blob(&q, i, 5, &len);
			r.sig = pg_get_blob(&q, i, 6, &len);
			from = r.seq + 1;
			if (!each(&r, arg)) {
				more = false;
				break;
			}
		}
		pg_done(&q);
	}
	return true;
}

static bool store_pg_key_add(struct store *base, const uint8_t *dev,
	uint64_t first, uint64_t epoch, const uint8_t *key, struct err *err)
{
	struct pg_question q;

	pg_ask(&q, "INSERT INTO epoch (dev, first, epoch, key)"
		   " VALUES ($1, $2, $3, $4)");
	pg_bytes(&q, dev, BATCH_DEV);
	pg_number(&q, first);
	pg_number(&q, epoch);
	pg_bytes(&q, key, CRYPTO_PUBLIC_SIZE);
	return run(base, &q, "add a key", err);
}

static enum lookup store_pg_key_at(struct store *base, const uint8_t *dev,
	uint64_t seq, uint8_t *out, struct err *err)
{
	struct pg_question q;
	enum lookup l;

	pg_ask(&q, "SELECT key FROM epoch WHERE dev = $1 AND first <= $2"
		   " ORDER BY first DESC LIMIT 1");
	pg_bytes(&q, dev, BATCH_DEV);
	pg_number(&q, seq);
	l = row(base, &q, "find a key", err);
	if (l == LOOKUP_FOUND)
		pg_get_bytes(&q, 0, 0, out, CRYPTO_PUBLIC_SIZE);
	pg_done(&q);
	return l;
}

static bool store_pg_pds_add(struct store *base, const uint8_t *dev,
	const struct batch_pd *pd, size_t n, struct err *err)
{
	uint64_t seq[BATCH_MAX_RECORDS];
	const void *sealed[BATCH_MAX_RECORDS];
	size_t len[BATCH_MAX_RECORDS];
	struct pg_question q;

	for (size_t i = 0; i < n; i++) {
		seq[i] = pd[i].seq;
		sealed[i] = pd[i].sealed;
		len[i] = pd[i].len;
	}
	pg_ask(&q, "INSERT INTO pd (dev, seq, sealed) SELECT $1::bytea, u.*"
		   " FROM unnest($2::bigint[], $3::bytea[]) u"
		   " ON CONFLICT DO NOTHING");
	pg_bytes(&q, dev, BATCH_DEV);
	pg_numbers(&q, seq, n);
	pg_byteas(&q, sealed, len, n);
	return run(base, &q, "add sealed data", err);
}

static enum lookup store_pg_note_get(struct store *base, const uint8_t *dev,
	uint64_t seq, struct store_note *out, struct err *err)
{
	struct pg_question q;
	const uint8_t *text;
	enum lookup l;

	pg_ask(&q, "SELECT text FROM note WHERE dev = $1 AND seq = $2");
	pg_bytes(&q, dev, BATCH_DEV);
	pg_number(&q, seq);
	l = row(base, &q, "find a checkpoint", err);
	if (l == LOOKUP_FOUND) {
		text = pg_get_blob(&q, 0, 0, &out->len);
		if (out->len > sizeof(out->text)) {
			err_set(err, ERR_CORRUPT, 0, "a checkpoint too long");
			l = LOOKUP_FAILED;
		} else {
			memcpy(out->text, text, out->len);
		}
	}
	pg_done(&q);
	return l;
}

static bool store_pg_note_put(struct store *base, const uint8_t *dev,
	uint64_t seq, const struct store_note *note, uint64_t now,
	struct err *err)
{
	struct pg_question q;

	pg_ask(&q, "INSERT INTO note (dev, seq, text, t)"
		   " VALUES ($1, $2, $3, $4)");
	pg_bytes(&q, dev, BATCH_DEV);
	pg_number(&q, seq);
	pg_bytes(&q, note->text, note->len);
	pg_number(&q, now);
	return run(base, &q, "keep a checkpoint", err);
}

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

static bool store_pg_paid_put(struct store *base, const struct store_paid *p,
	size_t n, bool *taken, struct err *err)
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
		ok = pg_run(mine(base)->pg, &q, "enter payments", err);
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

static enum lookup store_pg_paid_drop(struct store *base,
	const struct store_paid *p, struct err *err)
{
	struct pg_question q;
	enum lookup l = LOOKUP_FAILED;

	ask_paid(&q,
		"DELETE FROM paid WHERE ent = $1 AND dev = $2 AND seq = $3", p);
	if (pg_run(mine(base)->pg, &q, "take a payment out", err))
		l = q.changed == 1 ? LOOKUP_FOUND : LOOKUP_ABSENT;
	pg_done(&q);
	return l;
}

static enum lookup read_paid(struct store *base, struct pg_question *q,
	const uint8_t *ent, const char *doing, struct store_paid *out,
	struct err *err)
{
	const enum lookup l = row(base, q, doing, err);

	if (l == LOOKUP_FOUND) {
		memcpy(out->ent, ent, sizeof(out->ent));
		pg_get_bytes(q, 0, 0, out->dev, sizeof(out->dev));
		out->seq = pg_get_number(q, 0, 1);
	}
	pg_done(q);
	return l;
}

static enum lookup store_pg_paid_by(struct store *base, const uint8_t *ent,
	struct store_paid *out, struct err *err)
{
	struct pg_question q;

	pg_ask(&q, "SELECT dev, seq FROM paid WHERE ent = $1");
	pg_bytes(&q, ent, sizeof(out->ent));
	return read_paid(base, &q, ent, "find a payment", out, err);
}

static enum lookup store_pg_double_take(struct store *base, const uint8_t *ent,
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

static bool store_pg_double_end(struct store *base, const struct store_paid *p,
	uint64_t by, struct err *err)
{
	struct pg_question q;

	ask_paid(&q,
		"UPDATE alert SET ended = $4 WHERE kind = 1 AND ended = 0"
		" AND ent = $1 AND dev = $2 AND seq = $3",
		p);
	pg_number(&q, by);
	return run(base, &q, "end a double", err);
}

/* ---- alerts, evidence, codes ---------------------------------------------------------
 */

static bool store_pg_alert_add(struct store *base, const struct store_alert *a,
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
	return run(base, &q, "add an alert", err);
}

static bool store_pg_alerts(struct store *base,
	bool (*each)(const struct store_alert *a, void *arg), void *arg,
	struct err *err)
{
	struct pg_question q;
	bool ok;

	pg_ask(&q, "SELECT kind, t, dev, seq, ent, other_dev, other_seq, ended"
		   " FROM alert ORDER BY id");
	ok = pg_run(mine(base)->pg, &q, "list alerts", err);
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

static bool store_pg_evidence_add(struct store *base,
	const struct store_evidence *e, const uint8_t sha[CRYPTO_HASH_SIZE],
	struct err *err)
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
	return run(base, &q, "keep evidence", err);
}

static bool store_pg_evidence_each(struct store *base,
	bool (*each)(const struct store_evidence *e, void *arg), void *arg,
	struct err *err)
{
	struct pg_question q;
	bool ok;

	pg_ask(&q, "SELECT kind, dev, t, seq, chk, bytes FROM evidence"
		   " ORDER BY id");
	ok = pg_run(mine(base)->pg, &q, "list evidence", err);
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

static bool store_pg_code_add(struct store *base, const uint8_t *hash,
	const char *name, uint64_t until, struct err *err)
{
	struct pg_question q;

	pg_ask(&q, "INSERT INTO code (hash, name, until, used)"
		   " VALUES ($1, $2, $3, 0)");
	pg_bytes(&q, hash, CRYPTO_HASH_SIZE);
	pg_text(&q, name);
	pg_number(&q, until);
	return run(base, &q, "add a code", err);
}

static enum lookup store_pg_code_take(struct store *base, const uint8_t *hash,
	uint64_t now, const uint8_t *dev, char *name, struct err *err)
{
	struct pg_question q;
	enum lookup l;

	pg_ask(&q, "UPDATE code SET used = $2, dev = $3 WHERE hash = $1"
		   " AND used = 0 AND until > $2 RETURNING name");
	pg_bytes(&q, hash, CRYPTO_HASH_SIZE);
	pg_number(&q, now);
	pg_bytes(&q, dev, BATCH_DEV);
	l = row(base, &q, "take a code", err);
	if (l == LOOKUP_FOUND)
		pg_get_text(&q, 0, 0, name, STORE_NAME);
	pg_done(&q);
	return l;
}

static bool store_pg_counts(struct store *base, struct store_counts *out,
	struct err *err)
{
	struct pg_question q;
	enum lookup l;

	pg_ask(&q, "SELECT (SELECT count(*) FROM device),"
		   " (SELECT coalesce(sum(last), 0)::bigint FROM device),"
		   " (SELECT count(*) FROM evidence),"
		   " (SELECT count(*) FROM alert WHERE ended = 0)");
	l = row(base, &q, "count", err);
	if (l == LOOKUP_FOUND)
		*out = (struct store_counts){.devices = pg_get_number(&q, 0, 0),
			.records = pg_get_number(&q, 0, 1),
			.evidence = pg_get_number(&q, 0, 2),
			.alerts = pg_get_number(&q, 0, 3)};
	pg_done(&q);
	return l == LOOKUP_FOUND;
}

/* ---- open, close -----------------------------------------------------------------------
 */

static void store_pg_close(struct store *base)
{
	pg_close(mine(base)->pg);
	free(base);
}

static bool version_of(struct store_pg *s, int *out, struct err *err)
{
	struct pg_question q;
	bool ok;

	pg_ask(&q, "SELECT coalesce(max(step), 0)::bigint FROM centre_schema");
	ok = pg_run(s->pg, &q, "read the schema's version", err);
	if (ok)
		*out = (int)pg_get_number(&q, 0, 0);
	pg_done(&q);
	return ok;
}

static bool steps(struct store_pg *s, struct err *err)
{
	const char *next;
	char note[96];
	int version = 0;

	if (!pg_simple(s->pg,
		    "SELECT pg_advisory_xact_lock(1128546096);"
		    "CREATE TABLE IF NOT EXISTS centre_schema"
		    " (step bigint PRIMARY KEY)",
		    "lock the schema", err) ||
		!version_of(s, &version, err))
		return false;
	if (version > store_schema_newest("pg"))
		return err_set(err, ERR_CORRUPT, 0,
			"schema %d is newer than this program's", version);
	while ((next = store_schema_next("pg", version, &version))) {
		snprintf(note, sizeof(note),
			"INSERT INTO centre_schema (step) VALUES (%d)",
			version);
		if (!pg_simple(s->pg, next, "bring the schema up", err) ||
			!pg_simple(s->pg, note, "note the schema", err))
			return false;
	}
	return true;
}

/* What a terminal was told must still be there when the power was cut. */
static bool keeps_its_word(struct store_pg *s, struct err *err)
{
	struct pg_question q;
	bool ok;

	pg_ask(&q, "SELECT (CASE WHEN current_setting('fsync') = 'on' AND"
		   " current_setting('full_page_writes') = 'on' AND"
		   " current_setting('synchronous_commit') <> 'off' THEN 1"
		   " ELSE 0 END)::bigint");
	ok = pg_run(s->pg, &q, "ask for fsync", err);
	if (ok && pg_get_number(&q, 0, 0) != 1)
		ok = err_set(err, ERR_DENIED, 0,
			"fsync, full_page_writes or synchronous_commit is off:"
			" this server may lose what it has confirmed");
	pg_done(&q);
	return ok;
}

static bool set_up(struct store_pg *s, struct err *err)
{
	if (!keeps_its_word(s, err) || !store_pg_begin(&s->base, err))
		return false;
	if (steps(s, err) && see_to_month(s, (uint64_t)clock_wall_ms(), err))
		return store_pg_commit(&s->base, err);
	store_pg_rollback(&s->base);
	return false;
}

struct store *store_pg_open(const char *url, struct err *err)
{
	struct store_pg *s = calloc(1, sizeof(*s));

	if (!s) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory");
		return NULL;
	}
	s->base.ops = &ops;
	/* The address may bear a password: it is in no message. */
	s->pg = pg_open(url, err);
	if (s->pg && set_up(s, err))
		return &s->base;
	err_wrap(err, "postgresql");
	store_pg_close(&s->base);
	return NULL;
}

static const struct store_ops ops = {
	.name = "postgresql",
	.close = store_pg_close,
	.begin = store_pg_begin,
	.commit = store_pg_commit,
	.rollback = store_pg_rollback,
	.device_get = store_pg_device_get,
	.device_add = store_pg_device_add,
	.device_put = store_pg_device_put,
	.devices = store_pg_devices,
	.records_add = store_pg_records_add,
	.hashes = store_pg_hashes,
	.records = store_pg_records,
	.key_add = store_pg_key_add,
	.key_at = store_pg_key_at,
	.pds_add = store_pg_pds_add,
	.note_get = store_pg_note_get,
	.note_put = store_pg_note_put,
	.paid_put = store_pg_paid_put,
	.paid_drop = store_pg_paid_drop,
	.paid_by = store_pg_paid_by,
	.double_take = store_pg_double_take,
	.double_end = store_pg_double_end,
	.alert_add = store_pg_alert_add,
	.alerts = store_pg_alerts,
	.evidence_add = store_pg_evidence_add,
	.evidence_each = store_pg_evidence_each,
	.code_add = store_pg_code_add,
	.code_take = store_pg_code_take,
	.counts = store_pg_counts,
};
