/*
 * store_sqlite.c - the centre's store in one file: WAL, every commit synced.
 *
 * Several may be open on one file, each in its own thread; SQLite lets one
 * write at a time, the others wait.
 */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "db/centre/store_driver.h"

enum {
	APPLICATION_ID = 0x43544331 /* "CTC1" */
};

enum statement {
	Q_BEGIN,
	Q_COMMIT,
	Q_ROLLBACK,
	Q_DEVICE,
	Q_DEVICE_ADD,
	Q_DEVICE_PUT,
	Q_DEVICES,
	Q_RECORD_ADD,
	Q_HASHES,
	Q_RECORDS,
	Q_KEY_ADD,
	Q_KEY_AT,
	Q_PD_ADD,
	Q_NOTE,
	Q_NOTE_PUT,
	Q_PAID_PUT,
	Q_PAID_DROP,
	Q_PAID_BY,
	Q_DOUBLE_NEXT,
	Q_DOUBLE_ID_END,
	Q_DOUBLE_END,
	Q_ALERT_ADD,
	Q_ALERTS,
	Q_EVIDENCE_ADD,
	Q_EVIDENCE_EACH,
	Q_CODE_ADD,
	Q_CODE_TAKE,
	Q_COUNTS,
	Q_COUNT
};

#define DEVICE_COLUMNS                                                \
	"dev, pk, name, state, last, head, key, epoch, tot, claimed," \
	" unsign, ended, enrolled, contact"

static const char *const sql[Q_COUNT] = {
	[Q_BEGIN] = "BEGIN IMMEDIATE",
	[Q_COMMIT] = "COMMIT",
	[Q_ROLLBACK] = "ROLLBACK",
	[Q_DEVICE] = "SELECT " DEVICE_COLUMNS " FROM device WHERE dev = ?1",
	[Q_DEVICE_ADD] = ("INSERT INTO device (" DEVICE_COLUMNS ") VALUES"
			  " (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11,"
			  " ?12, ?13, ?14) ON CONFLICT DO NOTHING"),
	[Q_DEVICE_PUT] = ("UPDATE device SET state = ?4, last = ?5, head = ?6,"
			  " key = ?7, epoch = ?8, tot = ?9, claimed = ?10,"
			  " unsign = ?11, ended = ?12, contact = ?14"
			  " WHERE dev = ?1"),
	[Q_DEVICES] = "SELECT " DEVICE_COLUMNS " FROM device ORDER BY dev",
	[Q_RECORD_ADD] = ("INSERT INTO record (dev, seq, kind, t, shift, body,"
			  " h, sig, came) VALUES"
			  " (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"),
	[Q_HASHES] = ("SELECT h FROM record WHERE dev = ?1"
		      " AND seq BETWEEN ?2 AND ?3 ORDER BY seq LIMIT ?4"),
	[Q_RECORDS] = ("SELECT seq, kind, t, shift, body, h, sig FROM record"
		       " WHERE dev = ?1 AND seq BETWEEN ?2 AND ?3"
		       " ORDER BY seq"),
	[Q_KEY_ADD] = ("INSERT INTO epoch (dev, first, epoch, key)"
		       " VALUES (?1, ?2, ?3, ?4)"),
	[Q_KEY_AT] = ("SELECT key FROM epoch WHERE dev = ?1 AND first <= ?2"
		      " ORDER BY first DESC LIMIT 1"),
	[Q_PD_ADD] = ("INSERT INTO pd (dev, seq, sealed) VALUES (?1, ?2, ?3)"
		      " ON CONFLICT DO NOTHING"),
	[Q_NOTE] = "SELECT text FROM note WHERE dev = ?1 AND seq = ?2",
	[Q_NOTE_PUT] = ("INSERT INTO note (dev, seq, text, t)"
			" VALUES (?1, ?2, ?3, ?4)"),
	[Q_PAID_PUT] = ("INSERT INTO paid (ent, dev, seq) VALUES (?1, ?2, ?3)"
			" ON CONFLICT DO NOTHING"),
	[Q_PAID_DROP] = ("DELETE FROM paid WHERE ent = ?1 AND dev = ?2"
			 " AND seq = ?3"),
	[Q_PAID_BY] = "SELECT dev, seq FROM paid WHERE ent = ?1",
	[Q_DOUBLE_NEXT] = ("SELECT dev, seq, id FROM alert WHERE kind = 1"
			   " AND ended = 0 AND ent = ?1 ORDER BY id LIMIT 1"),
	[Q_DOUBLE_ID_END] = "UPDATE alert SET ended = ?2 WHERE id = ?1",
	[Q_DOUBLE_END] = ("UPDATE alert SET ended = ?4 WHERE kind = 1"
			  " AND ended = 0 AND ent = ?1 AND dev = ?2"
			  " AND seq = ?3"),
	[Q_ALERT_ADD] = ("INSERT INTO alert (kind, t, dev, seq, ent,"
			 " other_dev, other_seq, ended) VALUES"
			 " (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"),
	[Q_ALERTS] = ("SELECT kind, t, dev, seq, ent, other_dev, other_seq,"
		      " ended FROM alert ORDER BY id"),
	[Q_EVIDENCE_ADD] = ("INSERT INTO evidence (kind, dev, sha, t, seq,"
			    " chk, bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
			    " ON CONFLICT DO NOTHING"),
	[Q_EVIDENCE_EACH] = ("SELECT kind, dev, t, seq, chk, bytes"
			     " FROM evidence ORDER BY id"),
	[Q_CODE_ADD] = ("INSERT INTO code (hash, name, until, used)"
			" VALUES (?1, ?2, ?3, 0)"),
	[Q_CODE_TAKE] = ("UPDATE code SET used = ?2, dev = ?3 WHERE hash = ?1"
			 " AND used = 0 AND until > ?2 RETURNING name"),
	[Q_COUNTS] = ("SELECT (SELECT count(*) FROM device),"
		      " (SELECT coalesce(sum(last), 0) FROM device),"
		      " (SELECT count(*) FROM evidence),"
		      " (SELECT count(*) FROM alert WHERE ended = 0)"),
};

struct store_sqlite {
	struct store base;
	sqlite3 *handle;
	sqlite3_stmt *st[Q_COUNT];
};

static const struct store_ops ops;

static struct store_sqlite *mine(struct store *s)
{
	return (struct store_sqlite *)s;
}

/* ---- errors, statements ---------------------------------------------------------
 */

static bool failed(struct store_sqlite *s, const char *doing, struct err *err)
{
	static const struct {
		int rc;
		enum err_code code;
	} map[] = {
		{SQLITE_BUSY, ERR_BUSY},
		{SQLITE_LOCKED, ERR_BUSY},
		{SQLITE_READONLY, ERR_DENIED},
		{SQLITE_PERM, ERR_DENIED},
		{SQLITE_CORRUPT, ERR_CORRUPT},
		{SQLITE_NOTADB, ERR_CORRUPT},
		{SQLITE_CONSTRAINT, ERR_INVALID},
		{SQLITE_FULL, ERR_FULL},
		{SQLITE_NOMEM, ERR_NO_MEMORY},
	};
	const int rc = sqlite3_extended_errcode(s->handle);
	enum err_code code = ERR_IO;

	for (size_t i = 0; i < sizeof(map) / sizeof(map[0]); i++)
		if (map[i].rc == (rc & 0xff))
			code = map[i].code;
	return err_set(err, code, rc, "%s: %s", doing,
		sqlite3_errmsg(s->handle));
}

/* Ready to be bound; NULL: *err says why. */
static sqlite3_stmt *get(struct store_sqlite *s, enum statement q,
	struct err *err)
{
	if (!s->st[q] && sqlite3_prepare_v3(s->handle, sql[q], -1,
				 SQLITE_PREPARE_PERSISTENT, &s->st[q],
				 NULL) != SQLITE_OK) {
		failed(s, sql[q], err);
		return NULL;
	}
	return s->st[q];
}

static void blob(sqlite3_stmt *st, int at, const void *bytes, size_t len)
{
	sqlite3_bind_blob64(st, at, bytes, len, SQLITE_STATIC);
}

static void number(sqlite3_stmt *st, int at, uint64_t v)
{
	sqlite3_bind_int64(st, at, (sqlite3_int64)v);
}

static void done(sqlite3_stmt *st)
{
	sqlite3_reset(st);
	sqlite3_clear_bindings(st);
}

/* Run what gives no rows. */
static bool run(struct store_sqlite *s, sqlite3_stmt *st, const char *doing,
	struct err *err)
{
	const bool ok =
		sqlite3_step(st) == SQLITE_DONE || failed(s, doing, err);

	done(st);
	return ok;
}

static enum lookup row(struct store_sqlite *s, sqlite3_stmt *st,
	const char *doing, struct err *err)
{
	switch (sqlite3_step(st)) {
	case SQLITE_ROW:
		return LOOKUP_FOUND;
	case SQLITE_DONE:
		return LOOKUP_ABSENT;
	}
	failed(s, doing, err);
	return LOOKUP_FAILED;
}

static uint64_t get_number(sqlite3_stmt *st, int column)
{
	return (uint64_t)sqlite3_column_int64(st, column);
}

/* Columns that CHECK keeps at their length; a shorter one leaves zeros. */
static void get_blob(sqlite3_stmt *st, int column, void *out, size_t len)
{
	const int have = sqlite3_column_bytes(st, column);

	if (have > 0 && (size_t)have <= len)
		memcpy(out, sqlite3_column_blob(st, column), (size_t)have);
}

/* ---- transactions ---------------------------------------------------------------
 */

static bool simple(struct store *base, enum statement q, const char *doing,
	struct err *err)
{
	struct store_sqlite *s = mine(base);
	sqlite3_stmt *st = get(s, q, err);

	return st && run(s, st, doing, err);
}

static bool sqlite_begin(struct store *base, struct err *err)
{
	return simple(base, Q_BEGIN, "begin", err);
}

static bool sqlite_commit(struct store *base, struct err *err)
{
	return simple(base, Q_COMMIT, "commit", err);
}

static void sqlite_rollback(struct store *base)
{
	if (!sqlite3_get_autocommit(mine(base)->handle))
		simple(base, Q_ROLLBACK, "roll back", NULL);
}

/* ---- terminals -------------------------------------------------------------------
 */

static void read_device(sqlite3_stmt *st, struct store_device *out)
{
	uint8_t tot[STORE_TOT_BYTES] = {0};

	*out = (struct store_device){0};
	get_blob(st, 0, out->dev, sizeof(out->dev));
	get_blob(st, 1, out->pk, sizeof(out->pk));
	snprintf(out->name, sizeof(out->name), "%s",
		(const char *)sqlite3_column_text(st, 2));
	out->state = (enum store_state)sqlite3_column_int(st, 3);
	out->last = get_number(st, 4);
	get_blob(st, 5, out->head, sizeof(out->head));
	get_blob(st, 6, out->key, sizeof(out->key));
	out->epoch = get_number(st, 7);
	get_blob(st, 8, tot, sizeof(tot));
	store_tot_unpack(tot, out->tot);
	out->claimed = get_number(st, 9);
	out->unsign = get_number(st, 10);
	out->ended = get_number(st, 11) != 0;
	out->enrolled = get_number(st, 12);
	out->contact = get_number(st, 13);
}

/* The immediate transaction has locked all of it already. */
static enum lookup sqlite_device_get(struct store *base, const uint8_t *dev,
	bool lock, struct store_device *out, struct err *err)
{
	struct store_sqlite *s = mine(base);
	sqlite3_stmt *st = get(s, Q_DEVICE, err);
	enum lookup l;

	(void)lock;
	if (!st)
		return LOOKUP_FAILED;
	blob(st, 1, dev, BATCH_DEV);
	l = row(s, st, "find the terminal", err);
	if (l == LOOKUP_FOUND)
		read_device(st, out);
	done(st);
	return l;
}

static void bind_device(sqlite3_stmt *st, const struct store_device *d,
	const uint8_t tot[STORE_TOT_BYTES])
{
	blob(st, 1, d->dev, sizeof(d->dev));
	number(st, 4, d->state);
	number(st, 5, d->last);
	blob(st, 6, d->head, sizeof(d->head));
	blob(st, 7, d->key, sizeof(d->key));
	number(st, 8, d->epoch);
	blob(st, 9, tot, STORE_TOT_BYTES);
	number(st, 10, d->claimed);
	number(st, 11, d->unsign);
	number(st, 12, d->ended);
	number(st, 14, d->contact);
}

static bool sqlite_device_add(struct store *base, const struct store_device *d,
	struct err *err)
{
	struct store_sqlite *s = mine(base);
	sqlite3_stmt *st = get(s, Q_DEVICE_ADD, err);
	uint8_t tot[STORE_TOT_BYTES];

	if (!st)
		return false;
	store_tot_pack(d->tot, tot);
	bind_device(st, d, tot);
	blob(st, 2, d->pk, sizeof(d->pk));
	sqlite3_bind_text(st, 3, d->name, -1, SQLITE_STATIC);
	number(st, 13, d->enrolled);
	if (!run(s, st, "add the terminal", err))
		return false;
	if (sqlite3_changes(s->handle) == 0)
		return err_set(err, ERR_INVALID, 0,
			"this terminal is there already");
	return true;
}

static bool sqlite_device_put(struct store *base, const struct store_device *d,
	struct err *err)
{
	struct store_sqlite *s = mine(base);
	sqlite3_stmt *st = get(s, Q_DEVICE_PUT, err);
	uint8_t tot[STORE_TOT_BYTES];

	if (!st)
		return false;
	store_tot_pack(d->tot, tot);
	bind_device(st, d, tot);
	return run(s, st, "keep the terminal", err);
}

static bool sqlite_devices(struct store *base,
	bool (*each)(const struct store_device *d, void *arg), void *arg,
	struct err *err)
{
	struct store_sqlite *s = mine(base);
	sqlite3_stmt *st = get(s, Q_DEVICES, err);
	struct store_device d;
	enum lookup l = LOOKUP_FAILED;

	while (st && (l = row(s, st, "list terminals", err)) == LOOKUP_FOUND) {
		read_device(st, &d);
		if (!each(&d, arg))
			break;
	}
	if (st)
		done(st);
	return l != LOOKUP_FAILED;
}

/* ---- books -----------------------------------------------------------------------
 */

static bool sqlite_records_add(struct store *base, const uint8_t *dev,
	const struct store_record *r, size_t n, uint64_t now, struct err *err)
{
	struct store_sqlite *s = mine(base);
	sqlite3_stmt *st = get(s, Q_RECORD_ADD, err);

	for (size_t i = 0; st && i < n; i++) {
		blob(st, 1, dev, BATCH_DEV);
		number(st, 2, r[i].seq);
		number(st, 3, r[i].kind);
		number(st, 4, r[i].t);
		number(st, 5, r[i].shift);
		blob(st, 6, r[i].body, r[i].len);
		blob(st, 7, r[i].h, CRYPTO_HASH_SIZE);
		blob(st, 8, r[i].sig, CRYPTO_SIG_SIZE);
		number(st, 9, now);
		if (!run(s, st, "add a record", err))
			return false;
	}
	return st != NULL;
}

static bool sqlite_hashes(struct store *base, const uint8_t *dev, uint64_t from,
	uint64_t to, uint8_t (*out)[CRYPTO_HASH_SIZE], size_t *n,
	struct err *err)
{
	struct store_sqlite *s = mine(base);
	sqlite3_stmt *st = get(s, Q_HASHES, err);
	enum lookup l = LOOKUP_FAILED;

	*n = 0;
	if (!st)
		return false;
	blob(st, 1, dev, BATCH_DEV);
	number(st, 2, from);
	number(st, 3, to);
	number(st, 4, BATCH_MAX_RECORDS + 1);
	while ((l = row(s, st, "read hashes", err)) == LOOKUP_FOUND)
		get_blob(st, 0, out[(*n)++], CRYPTO_HASH_SIZE);
	done(st);
	return l != LOOKUP_FAILED;
}

static bool sqlite_records(struct store *base, const uint8_t *dev,
	uint64_t from, uint64_t to,
	bool (*each)(const struct store_record *r, void *arg), void *arg,
	struct err *err)
{
	struct store_sqlite *s = mine(base);
	sqlite3_stmt *st = get(s, Q_RECORDS, err);
	enum lookup l = LOOKUP_FAILED;

	if (!st)
		return false;
	blob(st, 1, dev, BATCH_DEV);
	number(st, 2, from);
	number(st, 3, to);
	while ((l = row(s, st, "read records", err)) == LOOKUP_FOUND) {
		const struct store_record r = {.seq = get_number(st, 0),
			.kind = get_number(st, 1),
			.t = get_number(st, 2),
			.shift = get_number(st, 3),
			.body = sqlite3_column_blob(st, 4),
			.len = (size_t)sqlite3_column_bytes(st, 4),
			.h = sqlite3_column_blob(st, 5),
			.sig = sqlite3_column_blob(st, 6)};

		if (!each(&r, arg))
			break;
	}
	done(st);
	return l != LOOKUP_FAILED;
}

static bool sqlite_key_add(struct store *base, const uint8_t *dev,
	uint64_t first, uint64_t epoch, const uint8_t *key, struct err *err)
{
	struct store_sqlite *s = mine(base);
	sqlite3_stmt *st = get(s, Q_KEY_ADD, err);

	if (!st)
		return false;
	blob(st, 1, dev, BATCH_DEV);
	number(st, 2, first);
	number(st, 3, epoch);
	blob(st, 4, key, CRYPTO_PUBLIC_SIZE);
	return run(s, st, "add a key", err);
}

static enum lookup sqlite_key_at(struct store *base, const uint8_t *dev,
	uint64_t seq, uint8_t *out, struct err *err)
{
	struct store_sqlite *s = mine(base);
	sqlite3_stmt *st = get(s, Q_KEY_AT, err);
	enum lookup l;

	if (!st)
		return LOOKUP_FAILED;
	blob(st, 1, dev, BATCH_DEV);
	number(st, 2, seq);
	l = row(s, st, "find a key", err);
	if (l == LOOKUP_FOUND)
		get_blob(st, 0, out, CRYPTO_PUBLIC_SIZE);
	done(st);
	return l;
}

static bool sqlite_pds_add(struct store *base, const uint8_t *dev,
	const struct batch_pd *pd, size_t n, struct err *err)
{
	struct store_sqlite *s = mine(base);
	sqlite3_stmt *st = get(s, Q_PD_ADD, err);

	for (size_t i = 0; st && i < n; i++) {
		blob(st, 1, dev, BATCH_DEV);
		number(st, 2, pd[i].seq);
		blob(st, 3, pd[i].sealed, pd[i].len);
		if (!run(s, st, "add sealed data", err))
			return false;
	}
	return st != NULL;
}

static enum lookup sqlite_note_get(struct store *base, const uint8_t *dev,
	uint64_t seq, struct store_note *out, struct err *err)
{
	struct store_sqlite *s = mine(base);
	sqlite3_stmt *st = get(s, Q_NOTE, err);
	enum lookup l;

	if (!st)
		return LOOKUP_FAILED;
	blob(st, 1, dev, BATCH_DEV);
	number(st, 2, seq);
	l = row(s, st, "find a checkpoint", err);
	if (l == LOOKUP_FOUND) {
		out->len = (size_t)sqlite3_column_bytes(st, 0);
		if (out->len > sizeof(out->text)) {
			err_set(err, ERR_CORRUPT, 0, "a checkpoint too long");
			l = LOOKUP_FAILED;
		} else {
			get_blob(st, 0, out->text, sizeof(out->text));
		}
	}
	done(st);
	return l;
}

static bool sqlite_note_put(struct store *base, const uint8_t *dev,
	uint64_t seq, const struct store_note *note, uint64_t now,
	struct err *err)
{
	struct store_sqlite *s = mine(base);
	sqlite3_stmt *st = get(s, Q_NOTE_PUT, err);

	if (!st)
		return false;
	blob(st, 1, dev, BATCH_DEV);
	number(st, 2, seq);
	blob(st, 3, note->text, note->len);
	number(st, 4, now);
	return run(s, st, "keep a checkpoint", err);
}

/* ---- money ------------------------------------------------------------------------
 */

static void bind_paid(sqlite3_stmt *st, const struct store_paid *p)
{
	blob(st, 1, p->ent, sizeof(p->ent));
	blob(st, 2, p->dev, sizeof(p->dev));
	number(st, 3, p->seq);
}

static bool sqlite_paid_put(struct store *base, const struct store_paid *p,
	size_t n, bool *taken, struct err *err)
{
	struct store_sqlite *s = mine(base);
	sqlite3_stmt *st = get(s, Q_PAID_PUT, err);

	for (size_t i = 0; st && i < n; i++) {
		bind_paid(st, &p[i]);
		if (!run(s, st, "enter a payment", err))
			return false;
		taken[i] = sqlite3_changes(s->handle) == 1;
	}
	return st != NULL;
}

static enum lookup sqlite_paid_drop(struct store *base,
	const struct store_paid *p, struct err *err)
{
	struct store_sqlite *s = mine(base);
	sqlite3_stmt *st = get(s, Q_PAID_DROP, err);

	if (!st)
		return LOOKUP_FAILED;
	bind_paid(st, p);
	if (!run(s, st, "take a payment out", err))
		return LOOKUP_FAILED;
	return sqlite3_changes(s->handle) == 1 ? LOOKUP_FOUND : LOOKUP_ABSENT;
}

static enum lookup sqlite_paid_by(struct store *base, const uint8_t *ent,
	struct store_paid *out, struct err *err)
{
	struct store_sqlite *s = mine(base);
	sqlite3_stmt *st = get(s, Q_PAID_BY, err);
	enum lookup l;

	if (!st)
		return LOOKUP_FAILED;
	blob(st, 1, ent, sizeof(out->ent));
	l = row(s, st, "find a payment", err);
	if (l == LOOKUP_FOUND) {
		memcpy(out->ent, ent, sizeof(out->ent));
		get_blob(st, 0, out->dev, sizeof(out->dev));
		out->seq = get_number(st, 1);
	}
	done(st);
	return l;
}

static enum lookup sqlite_double_take(struct store *base, const uint8_t *ent,
	uint64_t by, struct store_paid *out, struct err *err)
{
	struct store_sqlite *s = mine(base);
	sqlite3_stmt *st = get(s, Q_DOUBLE_NEXT, err);
	uint64_t id = 0;
	enum lookup l;

	if (!st)
		return LOOKUP_FAILED;
	blob(st, 1, ent, sizeof(out->ent));
	l = row(s, st, "find another payment", err);
	if (l == LOOKUP_FOUND) {
		memcpy(out->ent, ent, sizeof(out->ent));
		get_blob(st, 0, out->dev, sizeof(out->dev));
		out->seq = get_number(st, 1);
		id = get_number(st, 2);
	}
	done(st);
	if (l != LOOKUP_FOUND)
		return l;
	st = get(s, Q_DOUBLE_ID_END, err);
	if (!st)
		return LOOKUP_FAILED;
	number(st, 1, id);
	number(st, 2, by);
	return run(s, st, "end a double", err) ? LOOKUP_FOUND : LOOKUP_FAILED;
}

static bool sqlite_double_end(struct store *base, const struct store_paid *p,
	uint64_t by, struct err *err)
{
	struct store_sqlite *s = mine(base);
	sqlite3_stmt *st = get(s, Q_DOUBLE_END, err);

	if (!st)
		return false;
	bind_paid(st, p);
	number(st, 4, by);
	return run(s, st, "end a double", err);
}

/* ---- alerts, evidence, codes --------------------------------------------------------
 */

static bool sqlite_alert_add(struct store *base, const struct store_alert *a,
	struct err *err)
{
	struct store_sqlite *s = mine(base);
	sqlite3_stmt *st = get(s, Q_ALERT_ADD, err);

	if (!st)
		return false;
	number(st, 1, a->kind);
	number(st, 2, a->t);
	blob(st, 3, a->dev, sizeof(a->dev));
	number(st, 4, a->seq);
	blob(st, 5, a->ent, sizeof(a->ent));
	blob(st, 6, a->other_dev, sizeof(a->other_dev));
	number(st, 7, a->other_seq);
	number(st, 8, a->ended);
	return run(s, st, "add an alert", err);
}

static bool sqlite_alerts(struct store *base,
	bool (*each)(const struct store_alert *a, void *arg), void *arg,
	struct err *err)
{
	struct store_sqlite *s = mine(base);
	sqlite3_stmt *st = get(s, Q_ALERTS, err);
	enum lookup l = LOOKUP_FAILED;

	while (st && (l = row(s, st, "list alerts", err)) == LOOKUP_FOUND) {
		struct store_alert a = {.kind = (enum store_alert_kind)
						get_number(st, 0),
			.t = get_number(st, 1),
			.seq = get_number(st, 3),
			.other_seq = get_number(st, 6),
			.ended = get_number(st, 7)};

		get_blob(st, 2, a.dev, sizeof(a.dev));
		get_blob(st, 4, a.ent, sizeof(a.ent));
		get_blob(st, 5, a.other_dev, sizeof(a.other_dev));
		if (!each(&a, arg))
			break;
	}
	if (st)
		done(st);
	return l != LOOKUP_FAILED;
}

static bool sqlite_evidence_add(struct store *base,
	const struct store_evidence *e, const uint8_t sha[CRYPTO_HASH_SIZE],
	struct err *err)
{
	struct store_sqlite *s = mine(base);
	sqlite3_stmt *st = get(s, Q_EVIDENCE_ADD, err);

	if (!st)
		return false;
	number(st, 1, e->kind);
	blob(st, 2, e->dev, sizeof(e->dev));
	blob(st, 3, sha, CRYPTO_HASH_SIZE);
	number(st, 4, e->t);
	number(st, 5, e->seq);
	number(st, 6, e->check);
	blob(st, 7, e->bytes, e->len);
	return run(s, st, "keep evidence", err);
}

static bool sqlite_evidence_each(struct store *base,
	bool (*each)(const struct store_evidence *e, void *arg), void *arg,
	struct err *err)
{
	struct store_sqlite *s = mine(base);
	sqlite3_stmt *st = get(s, Q_EVIDENCE_EACH, err);
	enum lookup l = LOOKUP_FAILED;

	while (st && (l = row(s, st, "list evidence", err)) == LOOKUP_FOUND) {
		struct store_evidence e = {.kind = (enum store_evidence_kind)
						   get_number(st, 0),
			.t = get_number(st, 2),
			.seq = get_number(st, 3),
			.check = get_number(st, 4),
			.bytes = sqlite3_column_blob(st, 5),
			.len = (size_t)sqlite3_column_bytes(st, 5)};

		get_blob(st, 1, e.dev, sizeof(e.dev));
		if (!each(&e, arg))
			break;
	}
	if (st)
		done(st);
	return l != LOOKUP_FAILED;
}

static bool sqlite_code_add(struct store *base, const uint8_t *hash,
	const char *name, uint64_t until, struct err *err)
{
	struct store_sqlite *s = mine(base);
	sqlite3_stmt *st = get(s, Q_CODE_ADD, err);

	if (!st)
		return false;
	blob(st, 1, hash, CRYPTO_HASH_SIZE);
	sqlite3_bind_text(st, 2, name, -1, SQLITE_STATIC);
	number(st, 3, until);
	return run(s, st, "add a code", err);
}

static enum lookup sqlite_code_take(struct store *base, const uint8_t *hash,
	uint64_t now, const uint8_t *dev, char *name, struct err *err)
{
	struct store_sqlite *s = mine(base);
	sqlite3_stmt *st = get(s, Q_CODE_TAKE, err);
	enum lookup l;

	if (!st)
		return LOOKUP_FAILED;
	blob(st, 1, hash, CRYPTO_HASH_SIZE);
	number(st, 2, now);
	blob(st, 3, dev, BATCH_DEV);
	l = row(s, st, "take a code", err);
	if (l == LOOKUP_FOUND)
		snprintf(name, STORE_NAME, "%s",
			(const char *)sqlite3_column_text(st, 0));
	done(st);
	return l;
}

static bool sqlite_counts(struct store *base, struct store_counts *out,
	struct err *err)
{
	struct store_sqlite *s = mine(base);
	sqlite3_stmt *st = get(s, Q_COUNTS, err);
	enum lookup l;

	if (!st)
		return false;
	l = row(s, st, "count", err);
	if (l == LOOKUP_FOUND)
		*out = (struct store_counts){.devices = get_number(st, 0),
			.records = get_number(st, 1),
			.evidence = get_number(st, 2),
			.alerts = get_number(st, 3)};
	done(st);
	return l == LOOKUP_FOUND;
}

/* ---- open, close ---------------------------------------------------------------------
 */

static void sqlite_close(struct store *base)
{
	struct store_sqlite *s = mine(base);

	for (int q = 0; q < Q_COUNT; q++)
		sqlite3_finalize(s->st[q]);
	sqlite3_close(s->handle);
	free(s);
}

static bool pragma_number(struct store_sqlite *s, const char *text, int *out,
	struct err *err)
{
	sqlite3_stmt *st = NULL;
	const bool ok = sqlite3_prepare_v2(s->handle, text, -1, &st, NULL) ==
				SQLITE_OK &&
			sqlite3_step(st) == SQLITE_ROW;

	if (ok)
		*out = sqlite3_column_int(st, 0);
	else
		failed(s, text, err);
	sqlite3_finalize(st);
	return ok;
}

static bool exec(struct store_sqlite *s, const char *text, struct err *err)
{
	return sqlite3_exec(s->handle, text, NULL, NULL, NULL) == SQLITE_OK ||
	       failed(s, text, err);
}

/* In a transaction: two centres may be started at once. */
static bool migrate(struct store_sqlite *s, struct err *err)
{
	char text[64];
	const char *next;
	int version = 0;
	int app = 0;

	if (!pragma_number(s, "PRAGMA user_version", &version, err) ||
		!pragma_number(s, "PRAGMA application_id", &app, err))
		return false;
	if (version > store_schema_newest("sqlite"))
		return err_set(err, ERR_CORRUPT, 0,
			"schema %d is newer than this program's", version);
	if (version > 0 && app != APPLICATION_ID)
		return err_set(err, ERR_CORRUPT, 0,
			"this is not the store of a centre");
	while ((next = store_schema_next("sqlite", version, &version))) {
		snprintf(text, sizeof(text), "PRAGMA user_version = %d",
			version);
		if (!exec(s, next, err) || !exec(s, text, err))
			return false;
	}
	snprintf(text, sizeof(text), "PRAGMA application_id = %d",
		APPLICATION_ID);
	return app == APPLICATION_ID || exec(s, text, err);
}

static bool set_up(struct store_sqlite *s, const char *path, struct err *err)
{
	if (sqlite3_open_v2(path, &s->handle,
		    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
			    SQLITE_OPEN_NOMUTEX,
		    NULL) != SQLITE_OK)
		return failed(s, "open", err);
	sqlite3_busy_timeout(s->handle, STORE_WAIT_MS);
	if (!exec(s,
		    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
		    "PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;"
		    "PRAGMA trusted_schema = OFF",
		    err) ||
		!exec(s, "BEGIN IMMEDIATE", err))
		return false;
	if (migrate(s, err))
		return exec(s, "COMMIT", err);
	sqlite3_exec(s->handle, "ROLLBACK", NULL, NULL, NULL);
	return false;
}

struct store *store_sqlite_open(const char *path, struct err *err)
{
	struct store_sqlite *s = calloc(1, sizeof(*s));

	if (!s) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory");
		return NULL;
	}
	s->base.ops = &ops;
	if (set_up(s, path, err))
		return &s->base;
	err_wrap(err, "%s", path);
	sqlite_close(&s->base);
	return NULL;
}

static const struct store_ops ops = {
	.name = "sqlite",
	.close = sqlite_close,
	.begin = sqlite_begin,
	.commit = sqlite_commit,
	.rollback = sqlite_rollback,
	.device_get = sqlite_device_get,
	.device_add = sqlite_device_add,
	.device_put = sqlite_device_put,
	.devices = sqlite_devices,
	.records_add = sqlite_records_add,
	.hashes = sqlite_hashes,
	.records = sqlite_records,
	.key_add = sqlite_key_add,
	.key_at = sqlite_key_at,
	.pds_add = sqlite_pds_add,
	.note_get = sqlite_note_get,
	.note_put = sqlite_note_put,
	.paid_put = sqlite_paid_put,
	.paid_drop = sqlite_paid_drop,
	.paid_by = sqlite_paid_by,
	.double_take = sqlite_double_take,
	.double_end = sqlite_double_end,
	.alert_add = sqlite_alert_add,
	.alerts = sqlite_alerts,
	.evidence_add = sqlite_evidence_add,
	.evidence_each = sqlite_evidence_each,
	.code_add = sqlite_code_add,
	.code_take = sqlite_code_take,
	.counts = sqlite_counts,
};
