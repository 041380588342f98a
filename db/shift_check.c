#include "db/shift_check_internal.h"

#include <string.h>

#include "db/db_internal.h"
#include "db/stmt.h"

enum {
	LAST_SHIFT,
	COUNT
};

static const char *const sql[COUNT] = {
	/* In brackets: clang warns of long strings joined in a table. */
	[LAST_SHIFT] = ("SELECT number, open_seq, tot, coalesce(close_seq, 0),"
			" (SELECT count(*) FROM shift WHERE close_seq IS NULL)"
			" FROM shift ORDER BY number DESC LIMIT 1 /* scan */"),
};

const struct stmt_set shift_check_stmts = {"shift_check", sql, COUNT};

/* Table shift, its newest row. */
struct last_shift {
	uint64_t number;
	uint64_t open_seq;
	struct journal_totals tot;
	uint64_t close_seq; /* 0: open */
	int64_t open;       /* rows of shifts that are open */
};

static enum lookup last_shift(struct db *db, struct last_shift *out,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &shift_check_stmts, LAST_SHIFT);
	uint8_t tot[TOTALS_BYTES] = {0};
	const enum lookup got = stmt_row(db, st, err);

	*out = (struct last_shift){0};
	if (got != LOOKUP_FOUND)
		return got;
	out->number = (uint64_t)sqlite3_column_int64(st, 0);
	out->open_seq = (uint64_t)sqlite3_column_int64(st, 1);
	stmt_column_blob(st, 2, tot, sizeof(tot));
	totals_unpack(tot, &out->tot);
	out->close_seq = (uint64_t)sqlite3_column_int64(st, 3);
	out->open = sqlite3_column_int64(st, 4);
	stmt_done(st);
	return got;
}

/* FOUND: there is such a record, of that kind and shift, with these totals. */
static enum lookup stands(struct db *db, uint64_t seq, enum journal_kind kind,
	uint64_t shift, const struct journal_totals *tot, struct err *err)
{
	struct journal_row row;
	struct record r;
	const char *finding;
	const enum lookup got = journal_row(db, seq, &row, err);

	if (got != LOOKUP_FOUND)
		return got;
	return record_decode(row.body, row.len, &r, &finding) &&
			       r.kind == (uint64_t)kind && r.shift == shift &&
			       (!tot || memcmp(&r.tot, tot, sizeof(*tot)) == 0)
		       ? LOOKUP_FOUND
		       : LOOKUP_ABSENT;
}

/* The drawer stands on the totals at the OPEN record of the shift. */
bool shift_check(struct walk *w, struct err *err)
{
	struct last_shift s;
	enum lookup got = LOOKUP_FOUND;

	if (last_shift(w->db, &s, err) == LOOKUP_FAILED)
		return false;
	if (s.number != w->shift ||
		s.open != (s.number > 0 && s.close_seq == 0))
		got = LOOKUP_ABSENT;
	if (got == LOOKUP_FOUND && s.number > 0)
		got = stands(w->db, s.open_seq, JOURNAL_OPEN, s.number, &s.tot,
			err);
	if (got == LOOKUP_FOUND && s.close_seq > 0)
		got = stands(w->db, s.close_seq, JOURNAL_CLOSE, s.number, NULL,
			err);
	if (got == LOOKUP_ABSENT)
		w->finding = "table shift does not say what the journal says";
	return got != LOOKUP_FAILED;
}
