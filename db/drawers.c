#include "db/drawers.h"

#include <stddef.h>

#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/shifts_internal.h"
#include "db/stmt.h"
#include "db/verdict_internal.h"

enum {
	ADD,
	GET,
	COUNT
};

static const char *const sql[COUNT] = {
	[ADD] = "INSERT OR IGNORE INTO drawer_open (seq, open_ms)"
		" VALUES (:seq, :ms)",
	[GET] = "SELECT open_ms FROM drawer_open WHERE seq = :seq",
};

const struct stmt_set drawers_stmts = {"drawers", sql, COUNT};

static enum verdict without(struct db *db, const struct session *s,
	enum drawer_reason reason, uint64_t *seq, struct refusal *why,
	struct err *err)
{
	const struct journal_entry entry = {.kind = JOURNAL_NULL,
		.actor = s->user.number,
		.has_reason = true,
		.reason = reason};
	struct journal_done done;
	struct shift shift;
	const enum verdict own = shifts_own(db, s, &shift, why, err);

	if (own != VERDICT_DONE)
		return own;
	if (!journal_append(db, &entry, &done, err))
		return VERDICT_FAILED;
	*seq = done.seq;
	return VERDICT_DONE;
}

enum verdict drawers_without(struct db *db, const struct session *s,
	enum drawer_reason reason, uint64_t *seq, struct refusal *why,
	struct err *err)
{
	enum verdict v;

	*why = (struct refusal){0};
	if (!db_begin(db, err))
		return VERDICT_FAILED;
	v = db_end_verdict(db, without(db, s, reason, seq, why, err), err);
	return v;
}

bool drawers_shut(struct db *db, uint64_t seq, int64_t open_ms, struct err *err)
{
	sqlite3_stmt *st;

	if (!db_begin(db, err))
		return false;
	st = stmt_get(db, &drawers_stmts, ADD);
	stmt_int(st, ":seq", (sqlite3_int64)seq);
	stmt_int(st, ":ms", open_ms < 0 ? 0 : open_ms);
	return db_end(db, stmt_run(db, st, err), err);
}

enum lookup drawers_open_ms(struct db *db, uint64_t seq, int64_t *open_ms,
	struct err *err)
{
	sqlite3_stmt *st;
	enum lookup got;

	if (!db_ready(db, err))
		return LOOKUP_FAILED;
	st = stmt_get(db, &drawers_stmts, GET);
	stmt_int(st, ":seq", (sqlite3_int64)seq);
	got = stmt_row(db, st, err);
	if (got == LOOKUP_FOUND)
		*open_ms = sqlite3_column_int64(st, 0);
	stmt_done(st);
	return got;
}
