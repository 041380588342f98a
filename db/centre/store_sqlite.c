/*
 * store_sqlite.c - the centre's store in one file: WAL, every commit synced.
 *
 * Several may be open on one file, each in its own thread; SQLite lets one
 * write at a time, the others wait.
 */
#include <stdlib.h>
#include <string.h>

#include "db/centre/store_sqlite_internal.h"

enum {
	APPLICATION_ID = 0x43544331 /* "CTC1" */
};

#define DEVICE_COLUMNS                                                \
	"dev, pk, name, state, last, head, key, epoch, tot, claimed," \
	" unsign, ended, enrolled, contact"

static const char *const sql[Q_COUNT] = {
	[Q_BEGIN] = "BEGIN IMMEDIATE",
	[Q_COMMIT] = "COMMIT",
	[Q_ROLLBACK] = "ROLLBACK",
	[Q_DEVICE] = ("SELECT " DEVICE_COLUMNS " FROM device WHERE dev = ?1"),
	[Q_DEVICE_ADD] = ("INSERT INTO device (" DEVICE_COLUMNS ") VALUES"
			  " (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11,"
			  " ?12, ?13, ?14) ON CONFLICT DO NOTHING"),
	[Q_DEVICE_PUT] = ("UPDATE device SET state = ?4, last = ?5, head = ?6,"
			  " key = ?7, epoch = ?8, tot = ?9, claimed = ?10,"
			  " unsign = ?11, ended = ?12, contact = ?14"
			  " WHERE dev = ?1"),
	[Q_DEVICES] = ("SELECT " DEVICE_COLUMNS " FROM device ORDER BY dev"),
	[Q_RECORD_ADD] = ("INSERT INTO record (dev, seq, kind, t, shift, body,"
			  " h, sig, came) VALUES"
			  " (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"),
	[Q_HASHES] = ("SELECT h FROM record WHERE dev = ?1"
		      " AND seq BETWEEN ?2 AND ?3 ORDER BY seq LIMIT ?4"),
	[Q_RECORDS] = ("SELECT seq, kind, t, shift, body, h, sig FROM record"
		       " WHERE dev = ?1 AND seq BETWEEN ?2 AND ?3"
		       " ORDER BY seq"),
	[Q_MOVES] = ("SELECT seq, kind, t, shift, body, h, sig, dev FROM record"
		     " WHERE kind IN (43, 44)"),
	[Q_KEY_ADD] = ("INSERT INTO epoch (dev, first, epoch, key)"
		       " VALUES (?1, ?2, ?3, ?4)"),
	[Q_KEY_AT] = ("SELECT key FROM epoch WHERE dev = ?1 AND first <= ?2"
		      " ORDER BY first DESC LIMIT 1"),
	[Q_PD_ADD] = ("INSERT INTO pd (dev, seq, sealed) VALUES (?1, ?2, ?3)"
		      " ON CONFLICT DO NOTHING"),
	[Q_PDS] = ("SELECT seq, sealed FROM pd WHERE dev = ?1"
		   " AND seq BETWEEN ?2 AND ?3 ORDER BY seq"),
	[Q_HANDED_ADD] = ("INSERT INTO handed (dev, t, first, last, by_file)"
			  " VALUES (?1, ?2, ?3, ?4, ?5)"),
	[Q_HANDED_EACH] = ("SELECT dev, t, first, last, by_file FROM handed"
			   " ORDER BY id"),
	[Q_NOTE] = "SELECT text FROM note WHERE dev = ?1 AND seq = ?2",
	[Q_NOTE_PUT] = ("INSERT INTO note (dev, seq, text, t)"
			" VALUES (?1, ?2, ?3, ?4)"),
	[Q_NOTES] = ("SELECT text, t FROM note WHERE t >= ?1 AND t < ?2"
		     " ORDER BY dev, seq"),
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
	[Q_PARCEL_ADD] = ("INSERT INTO parcel (dev, kind, version, made, until,"
			  " sha, len, key_id, sig) VALUES"
			  " (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"),
	[Q_PARCELS] = ("SELECT version, made, until, sha, len, key_id, sig"
		       " FROM parcel WHERE dev = ?1 AND kind = ?2"
		       " AND version > ?3 ORDER BY version"),
	[Q_PARCEL_LAST] = ("SELECT coalesce(max(version), 0) FROM parcel"
			   " WHERE dev = ?1 AND kind = ?2"),
	[Q_PIECE_ADD] = ("INSERT INTO piece (sha, n, bytes)"
			 " VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING"),
	[Q_PIECE] = "SELECT bytes FROM piece WHERE sha = ?1 AND n = ?2",
};

static const struct store_ops ops;

struct store_sqlite *lite(struct store *s)
{
	return (struct store_sqlite *)s;
}

/* ---- errors, statements ---------------------------------------------------------
 */

static bool lite_failed(struct store_sqlite *s, const char *doing,
	struct err *err)
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

sqlite3_stmt *lite_get(struct store_sqlite *s, enum statement q,
	struct err *err)
{
	if (!s->st[q] && sqlite3_prepare_v3(s->handle, sql[q], -1,
				 SQLITE_PREPARE_PERSISTENT, &s->st[q],
				 NULL) != SQLITE_OK) {
		lite_failed(s, sql[q], err);
		return NULL;
	}
	return s->st[q];
}

void lite_blob(sqlite3_stmt *st, int at, const void *bytes, size_t len)
{
	sqlite3_bind_blob64(st, at, bytes, len, SQLITE_STATIC);
}

void lite_number(sqlite3_stmt *st, int at, uint64_t v)
{
	sqlite3_bind_int64(st, at, (sqlite3_int64)v);
}

void lite_done(sqlite3_stmt *st)
{
	sqlite3_reset(st);
	sqlite3_clear_bindings(st);
}

bool lite_run(struct store_sqlite *s, sqlite3_stmt *st, const char *doing,
	struct err *err)
{
	const bool ok =
		sqlite3_step(st) == SQLITE_DONE || lite_failed(s, doing, err);

	lite_done(st);
	return ok;
}

enum lookup lite_row(struct store_sqlite *s, sqlite3_stmt *st,
	const char *doing, struct err *err)
{
	switch (sqlite3_step(st)) {
	case SQLITE_ROW:
		return LOOKUP_FOUND;
	case SQLITE_DONE:
		return LOOKUP_ABSENT;
	}
	lite_failed(s, doing, err);
	return LOOKUP_FAILED;
}

uint64_t lite_get_number(sqlite3_stmt *st, int column)
{
	return (uint64_t)sqlite3_column_int64(st, column);
}

void lite_get_blob(sqlite3_stmt *st, int column, void *out, size_t len)
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
	struct store_sqlite *s = lite(base);
	sqlite3_stmt *st = lite_get(s, q, err);

	return st && lite_run(s, st, doing, err);
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
	if (!sqlite3_get_autocommit(lite(base)->handle))
		simple(base, Q_ROLLBACK, "roll back", NULL);
}

/* ---- open, close ---------------------------------------------------------------------
 */

static void sqlite_close(struct store *base)
{
	struct store_sqlite *s = lite(base);

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
		lite_failed(s, text, err);
	sqlite3_finalize(st);
	return ok;
}

static bool exec(struct store_sqlite *s, const char *text, struct err *err)
{
	return sqlite3_exec(s->handle, text, NULL, NULL, NULL) == SQLITE_OK ||
	       lite_failed(s, text, err);
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
		return lite_failed(s, "open", err);
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
	.moves = sqlite_moves,
	.key_add = sqlite_key_add,
	.key_at = sqlite_key_at,
	.pds_add = sqlite_pds_add,
	.pds = sqlite_pds,
	.handed_add = sqlite_handed_add,
	.handed_each = sqlite_handed_each,
	.note_get = sqlite_note_get,
	.note_put = sqlite_note_put,
	.notes = sqlite_notes,
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
	.parcel_add = sqlite_parcel_add,
	.parcels = sqlite_parcels,
	.parcel_last = sqlite_parcel_last,
	.piece_add = sqlite_piece_add,
	.piece_get = sqlite_piece_get,
};
