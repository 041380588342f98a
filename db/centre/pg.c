#include "db/centre/pg.h"

#include <assert.h>
#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/str.h"

enum {
	OID_BYTEA = 17,
	OID_INT8 = 20
};

struct pg {
	PGconn *conn;
	bool begun;  /* a transaction */
	bool warned; /* since the last word to it */
};

/* ---- errors -----------------------------------------------------------------
 */

/* The first two letters of an SQLSTATE are its class. */
static enum err_code code_of(const char *state)
{
	static const struct {
		const char *begins;
		enum err_code code;
	} map[] = {
		{"40", ERR_BUSY},    /* serialization, deadlock */
		{"55P03", ERR_BUSY}, /* lock timeout */
		{"57014", ERR_BUSY}, /* statement timeout */
		{"08", ERR_GONE},    /* connection */
		{"57P", ERR_GONE},   /* shut down */
		{"53100", ERR_FULL}, /* disk */
		{"53200", ERR_NO_MEMORY},
		{"53", ERR_BUSY},      /* too many connections */
		{"25006", ERR_DENIED}, /* a standby: read-only */
		{"42501", ERR_DENIED},
		{"28", ERR_DENIED},
		{"23", ERR_INVALID},    /* a constraint */
		{"CT002", ERR_INVALID}, /* take_batch(): paid already */
		{"XX001", ERR_CORRUPT},
		{"XX002", ERR_CORRUPT},
	};

	for (size_t i = 0; i < sizeof(map) / sizeof(map[0]); i++)
		if (str_starts(state, map[i].begins))
			return map[i].code;
	return ERR_IO;
}

/* libpq ends its messages with a line feed, and some have several lines. */
static bool failed(struct pg *pg, const PGresult *r, const char *doing,
	struct err *err)
{
	const char *state = r ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL;
	const char *said =
		r ? PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY) : NULL;
	char line[160];

	str_copy(line, sizeof(line), said ? said : PQerrorMessage(pg->conn));
	line[strcspn(line, "\n")] = '\0';
	if (PQstatus(pg->conn) != CONNECTION_OK)
		return err_set(err, ERR_GONE, 0, "%s: %s", doing, line);
	return err_set(err, state ? code_of(state) : ERR_IO, 0, "%s: %s", doing,
		line);
}

/* ---- connection --------------------------------------------------------------
 */

/*
 * A commit that waits for its standby and is told to stop waiting (a timeout,
 * an administrator) is there, but only here, and says so by a warning. What
 * was not carried to the other machine is not to be confirmed to anybody.
 */
static void see_notice(void *arg, const PGresult *r)
{
	struct pg *pg = arg;
	const char *level =
		PQresultErrorField(r, PG_DIAG_SEVERITY_NONLOCALIZED);

	if (level && strcmp(level, "WARNING") == 0)
		pg->warned = true;
}

static bool is_certain(struct pg *pg, const char *doing, struct err *err)
{
	return !pg->warned ||
	       err_set(err, ERR_GONE, 0,
		       "%s: with a warning, so perhaps on this machine only",
		       doing);
}

/* No question may keep a worker for ever, as when the standby is gone. Behind
 * pgbouncer it holds for whom it meets: set it for the role there. */
static void greet(struct pg *pg)
{
	PQclear(PQexec(pg->conn, "SET statement_timeout = '60s'"));
}

struct pg *pg_open(const char *url, struct err *err)
{
	struct pg *pg = calloc(1, sizeof(*pg));

	if (!pg) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory");
		return NULL;
	}
	pg->conn = PQconnectdb(url);
	if (!pg->conn || PQstatus(pg->conn) != CONNECTION_OK) {
		failed(pg, NULL, "connect", err);
		pg_close(pg);
		return NULL;
	}
	PQsetNoticeReceiver(pg->conn, see_notice, pg);
	greet(pg);
	return pg;
}

void pg_close(struct pg *pg)
{
	if (!pg)
		return;
	PQfinish(pg->conn);
	free(pg);
}

/* A server that was started anew is met by the first word to it: then the
 * next question finds it. */
static void connect_anew(struct pg *pg)
{
	if (!pg->begun && PQstatus(pg->conn) != CONNECTION_OK) {
		PQreset(pg->conn);
		greet(pg);
	}
	pg->warned = false;
}

bool pg_simple(struct pg *pg, const char *sql, const char *doing,
	struct err *err)
{
	PGresult *r;
	bool ok;

	connect_anew(pg);
	r = PQexec(pg->conn, sql);
	ok = PQresultStatus(r) == PGRES_COMMAND_OK ||
	     PQresultStatus(r) == PGRES_TUPLES_OK || failed(pg, r, doing, err);
	PQclear(r);
	return ok;
}

bool pg_begin(struct pg *pg, const char *sql, struct err *err)
{
	assert(!pg->begun);
	if (pg_simple(pg, sql, "begin", err)) {
		pg->begun = true;
		return true;
	}
	/* Some of it may have been done. */
	if (PQtransactionStatus(pg->conn) != PQTRANS_IDLE)
		PQreset(pg->conn);
	return false;
}

bool pg_end(struct pg *pg, bool commit, struct err *err)
{
	bool ok;

	if (!pg->begun)
		return true;
	ok = pg_simple(pg, commit ? "COMMIT" : "ROLLBACK",
		commit ? "commit" : "roll back", err);
	pg->begun = false;
	return ok && (!commit || is_certain(pg, "commit", err));
}

/* ---- values --------------------------------------------------------------------
 */

void pg_ask(struct pg_question *q, const char *sql)
{
	memset(q, 0, sizeof(*q));
	q->sql = sql;
}

static void value(struct pg_question *q, const void *bytes, size_t len,
	bool binary)
{
	assert(q->n < PG_VALUES);
	/* NULL would be the database's own. */
	q->value[q->n] = bytes ? bytes : "";
	q->len[q->n] = (int)len;
	q->binary[q->n] = binary;
	q->n++;
}

void pg_number(struct pg_question *q, uint64_t v)
{
	struct buf b;

	assert(q->n < PG_VALUES);
	buf_init(&b, q->number[q->n], 8);
	buf_be(&b, v, 8);
	value(q, q->number[q->n], 8, true);
}

void pg_bytes(struct pg_question *q, const void *bytes, size_t len)
{
	value(q, bytes, len, true);
}

void pg_text(struct pg_question *q, const char *text)
{
	value(q, text, strlen(text), false);
}

/* An array of one dimension: its head, then for each its length and bytes. */
static bool array_begin(struct pg_question *q, struct buf *b, uint32_t oid,
	size_t n, size_t bytes)
{
	const size_t size = 20 + 4 * n + bytes;
	void *room = malloc(size);

	if (!room) {
		q->full = true;
		value(q, NULL, 0, true);
		return false;
	}
	buf_init(b, room, size);
	buf_be(b, n > 0, 4);
	buf_be(b, 0, 4);
	buf_be(b, oid, 4);
	if (n > 0) {
		buf_be(b, n, 4);
		buf_be(b, 1, 4);
	}
	return true;
}

static void array_end(struct pg_question *q, const struct buf *b)
{
	assert(!b->full);
	q->array[q->n] = b->data;
	value(q, b->data, b->len, true);
}

void pg_numbers(struct pg_question *q, const uint64_t *v, size_t n)
{
	struct buf b;

	if (!array_begin(q, &b, OID_INT8, n, 8 * n))
		return;
	for (size_t i = 0; i < n; i++) {
		buf_be(&b, 8, 4);
		buf_be(&b, v[i], 8);
	}
	array_end(q, &b);
}

void pg_byteas(struct pg_question *q, const void *const *bytes,
	const size_t *len, size_t n)
{
	struct buf b;
	size_t sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += len[i];
	if (!array_begin(q, &b, OID_BYTEA, n, sum))
		return;
	for (size_t i = 0; i < n; i++) {
		buf_be(&b, len[i], 4);
		buf_put(&b, bytes[i], len[i]);
	}
	array_end(q, &b);
}

/* ---- questions -----------------------------------------------------------------
 */

bool pg_run(struct pg *pg, struct pg_question *q, const char *doing,
	struct err *err)
{
	PGresult *r;
	ExecStatusType status;

	if (q->full)
		return err_set(err, ERR_NO_MEMORY, 0, "%s: no memory", doing);
	connect_anew(pg);
	r = PQexecParams(pg->conn, q->sql, q->n, NULL, q->value, q->len,
		q->binary, 1);
	q->result = r;
	status = PQresultStatus(r);
	if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
		return failed(pg, r, doing, err);
	/* Outside a transaction it was committed, too. */
	if (!pg->begun && !is_certain(pg, doing, err))
		return false;
	q->rows = PQntuples(r);
	q->changed = strtol(PQcmdTuples(r), NULL, 10);
	return true;
}

uint64_t pg_get_number(const struct pg_question *q, int row, int column)
{
	uint8_t in[8];
	uint64_t v = 0;

	pg_get_bytes(q, row, column, in, sizeof(in));
	for (int i = 0; i < 8; i++)
		v = v << 8 | in[i];
	return v;
}

void pg_get_bytes(const struct pg_question *q, int row, int column, void *out,
	size_t len)
{
	memset(out, 0, len);
	if (PQgetlength(q->result, row, column) == (int)len)
		memcpy(out, PQgetvalue(q->result, row, column), len);
}

const uint8_t *pg_get_blob(const struct pg_question *q, int row, int column,
	size_t *len)
{
	*len = (size_t)PQgetlength(q->result, row, column);
	return (const uint8_t *)PQgetvalue(q->result, row, column);
}

void pg_get_text(const struct pg_question *q, int row, int column, char *out,
	size_t size)
{
	str_copy(out, size, PQgetvalue(q->result, row, column));
}

void pg_done(struct pg_question *q)
{
	for (int i = 0; i < q->n; i++)
		free(q->array[i]);
	PQclear(q->result);
	memset(q, 0, sizeof(*q));
}
