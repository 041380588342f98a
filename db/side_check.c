/* side_check.c - tables change, account_state against the journal. */
#include "db/db_internal.h"
#include "db/record_internal.h"
#include "db/side_internal.h"
#include "db/stmt.h"

enum {
	CHANGES,
	ANSWERS,
	COUNT
};

static const char *const sql[COUNT] = {
	[CHANGES] = "SELECT seq, kind, period, reason FROM change /* scan */",
	[ANSWERS] = "SELECT seq, state, 0, 0 FROM account_state /* scan */",
};

const struct stmt_set side_check_stmts = {"side_check", sql, COUNT};

/* One row of a table, as its record must have it. */
struct told {
	uint64_t seq;
	uint64_t result;
	uint64_t period;
	uint64_t reason;
};

static bool agrees(struct db *db, const struct told *t, enum journal_kind kind,
	bool *same, struct err *err)
{
	struct journal_row row;
	struct record r;
	const char *finding;

	switch (journal_row(db, t->seq, &row, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		*same = false;
		return true;
	case LOOKUP_FOUND:
		break;
	}
	*same = record_decode(row.body, row.len, &r, &finding) &&
		r.kind == kind && r.result == t->result &&
		r.period == t->period && r.reason == t->reason;
	return true;
}

static bool check(struct db *db, int index, enum journal_kind kind,
	uint64_t records, bool *same, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &side_check_stmts, index);
	enum lookup got = LOOKUP_ABSENT;
	uint64_t rows = 0;

	*same = true;
	while (*same && (got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		const struct told t = {(uint64_t)sqlite3_column_int64(st, 0),
			(uint64_t)sqlite3_column_int64(st, 1),
			(uint64_t)sqlite3_column_int64(st, 2),
			(uint64_t)sqlite3_column_int64(st, 3)};

		rows++;
		if (!agrees(db, &t, kind, same, err))
			got = LOOKUP_FAILED;
		if (got == LOOKUP_FAILED)
			break;
	}
	stmt_done(st);
	*same = *same && rows == records;
	return got != LOOKUP_FAILED;
}

bool side_check(struct db *db, uint64_t changes, uint64_t answers,
	const char **finding, struct err *err)
{
	bool same;

	*finding = NULL;
	if (!check(db, CHANGES, JOURNAL_CHANGE, changes, &same, err))
		return false;
	if (!same)
		*finding = "table change does not say what the journal says";
	if (!check(db, ANSWERS, JOURNAL_ACCOUNT_STATE, answers, &same, err))
		return false;
	if (!same)
		*finding = "table account_state does not say what the journal"
			   " says";
	return true;
}
