/* elsewhere_check.c - paid marks once more, from the messages that were kept. */
#include <stdlib.h>
#include <string.h>

#include "db/db_internal.h"
#include "db/elsewhere_internal.h"
#include "db/journal_internal.h"
#include "db/positions_internal.h"
#include "db/record_internal.h"
#include "db/stmt.h"

enum {
	SETS,
	LIST,
	MARK,
	ROWS,
	COUNT
};

static const char *const sql[COUNT] = {
	[SETS] = ("SELECT s.seq, s.bytes, j.body FROM mark_set AS s"
		  " LEFT JOIN journal AS j ON j.seq = s.seq"
		  " ORDER BY s.seq /* scan */"),
	[LIST] = "SELECT id FROM list WHERE substr(sha256, 1, 8) = :list"
		 " /* scan */",
	[MARK] = "SELECT seq FROM paid_elsewhere WHERE ent = :ent",
	[ROWS] = "SELECT count(*) FROM paid_elsewhere /* scan */",
};

const struct stmt_set elsewhere_check_stmts = {"elsewhere check", sql, COUNT};

/* The sets so far, and the list of the last one. */
struct checking {
	struct db *db;
	uint64_t sets;
	int64_t marks; /* rows that there must be */
	bool told;
	uint8_t list[MARKS_SHORT];
	struct positions at;
};

/* The message is the one of its record; *paid: what that says it marks. */
static bool is_of_record(sqlite3_stmt *st, const struct marks *m,
	uint64_t *paid)
{
	const uint8_t *bytes = sqlite3_column_blob(st, 1);
	const void *body = sqlite3_column_blob(st, 2);
	uint8_t sum[CRYPTO_HASH_SIZE];
	struct record r;
	const char *finding;

	if (!body || !record_decode(body, (size_t)sqlite3_column_bytes(st, 2),
			     &r, &finding))
		return false;
	crypto_sha256(bytes, (size_t)sqlite3_column_bytes(st, 1), sum);
	*paid = r.result;
	return r.kind == JOURNAL_MARKS && r.ref == m->seq &&
	       memcmp(r.peer, m->dev, sizeof(r.peer)) == 0 &&
	       memcmp(r.rsum, sum, sizeof(sum)) == 0;
}

/* The positions of that list; those of the last one are kept. */
static bool load_list(struct checking *c, const uint8_t list[MARKS_SHORT],
	struct err *err)
{
	sqlite3_stmt *st;
	int64_t id = 0;

	if (c->at.ent && memcmp(c->list, list, MARKS_SHORT) == 0)
		return true;
	positions_free(&c->at);
	memcpy(c->list, list, MARKS_SHORT);
	st = stmt_get(c->db, &elsewhere_check_stmts, LIST);
	stmt_blob(st, ":list", list, MARKS_SHORT);
	if (stmt_row(c->db, st, err) == LOOKUP_FAILED)
		return false;
	if (st)
		id = sqlite3_column_int64(st, 0);
	stmt_done(st);
	return positions_load(c->db, id, &c->at, err);
}

/* What set seq marks is marked by it, or was before. */
static bool check_mark(struct checking *c, uint32_t i, int64_t seq,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(c->db, &elsewhere_check_stmts, MARK);
	enum lookup got;
	int64_t by = 0;

	stmt_blob(st, ":ent", c->at.ent[i], ENT_SIZE);
	got = stmt_row(c->db, st, err);
	if (got == LOOKUP_FOUND) {
		by = sqlite3_column_int64(st, 0);
		stmt_done(st);
	}
	c->told = c->told && by > 0 && by <= seq;
	c->marks += by == seq;
	return got != LOOKUP_FAILED;
}

static bool check_marks(struct checking *c, const uint8_t *bytes, size_t len,
	int64_t seq, const struct marks *m, uint64_t paid, struct err *err)
{
	uint64_t set = 0;
	uint8_t *bits = calloc(marks_bits_size(m->count), 1);
	bool ok = true;

	if (!bits)
		return err_set(err, ERR_NO_MEMORY, 0,
			"no memory for paid marks");
	c->told = c->told && c->at.count == m->count &&
		  memcmp(c->at.names, m->names, sizeof(m->names)) == 0 &&
		  marks_read_bits(bytes, len, m, bits);
	for (uint32_t i = 0; ok && c->told && i < m->count; i++)
		if (marks_bit(bits, i)) {
			ok = check_mark(c, i, seq, err);
			set++;
		}
	c->told = c->told && set == paid;
	free(bits);
	return ok;
}

static bool check_set(struct checking *c, sqlite3_stmt *st, struct err *err)
{
	const int64_t seq = sqlite3_column_int64(st, 0);
	const uint8_t *bytes = sqlite3_column_blob(st, 1);
	const size_t len = (size_t)sqlite3_column_bytes(st, 1);
	struct marks m;
	uint64_t paid;

	c->sets++;
	c->told = c->told && bytes && marks_read_head(bytes, len, &m) &&
		  is_of_record(st, &m, &paid);
	if (!c->told)
		return true;
	return load_list(c, m.list, err) &&
	       check_marks(c, bytes, len, seq, &m, paid, err);
}

static bool count_rows(struct db *db, int64_t *out, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &elsewhere_check_stmts, ROWS);

	if (stmt_row(db, st, err) != LOOKUP_FOUND)
		return false;
	*out = sqlite3_column_int64(st, 0);
	stmt_done(st);
	return true;
}

bool elsewhere_check(struct db *db, uint64_t count, bool *told, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &elsewhere_check_stmts, SETS);
	struct checking c = {.db = db, .told = true};
	enum lookup got;
	int64_t rows;
	bool ok = true;

	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		ok = check_set(&c, st, err);
		if (!ok) {
			stmt_done(st);
			break;
		}
	}
	positions_free(&c.at);
	if (!ok || got == LOOKUP_FAILED || !count_rows(db, &rows, err))
		return false;
	*told = c.told && c.sets == count && rows == c.marks;
	return true;
}
