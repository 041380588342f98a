/* payouts_pace.c - one payout soon after another (journal.md 5, V39). */
#include <string.h>

#include "db/journal_internal.h"
#include "db/limits.h"
#include "db/payouts_internal.h"
#include "db/record_internal.h"
#include "db/stmt.h"

enum {
	BEFORE,
	OF_SHIFT,
	COUNT
};

static const char *const sql[COUNT] = {
	[BEFORE] = "SELECT coalesce(max(seq), 0) FROM payout WHERE seq < :seq",
	[OF_SHIFT] = "SELECT seq FROM payout WHERE shift = :shift"
		     " ORDER BY seq /* scan */",
};

const struct stmt_set payouts_pace_stmts = {"payouts_pace", sql, COUNT};

static bool read_pay(struct db *db, uint64_t seq, struct record *out,
	struct err *err)
{
	struct journal_row row;
	const char *finding = "it is not there";

	const enum lookup got = journal_row(db, seq, &row, err);

	if (got == LOOKUP_FAILED)
		return false;
	if (got == LOOKUP_ABSENT ||
		!record_decode(row.body, row.len, out, &finding))
		return err_set(err, ERR_CORRUPT, 0, "record %llu: %s",
			(unsigned long long)seq, finding);
	return true;
}

/*
 * By the clock that nobody can set, unless the machine was started anew. What
 * was paid by hand is only entered now.
 */
static bool is_quick(const struct record *before, const struct record *pay,
	int64_t pace)
{
	const bool same_boot =
		memcmp(before->boot, pay->boot, sizeof(pay->boot)) == 0;
	const int64_t ms = same_boot ? (int64_t)(pay->mono - before->mono)
				     : (int64_t)(pay->t - before->t);

	return ms >= 0 && ms < pace * 1000 &&
	       ((before->flags | pay->flags) & JOURNAL_LATE) == 0;
}

bool payouts_is_quick(struct db *db, uint64_t seq, bool *quick, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &payouts_pace_stmts, BEFORE);
	struct record before = {.seq = 0};
	struct record pay = {.seq = 0};
	struct limits at;
	uint64_t last;

	*quick = false;
	stmt_int(st, ":seq", (sqlite3_int64)seq);
	if (stmt_row(db, st, err) != LOOKUP_FOUND)
		return false;
	last = (uint64_t)sqlite3_column_int64(st, 0);
	stmt_done(st);
	if (last == 0)
		return true;
	if (!read_pay(db, last, &before, err) ||
		!read_pay(db, seq, &pay, err) ||
		!limits_before(db, seq, &at, err))
		return false;
	*quick = is_quick(&before, &pay, at.value[LIMIT_PACE]);
	return true;
}

bool payouts_quick(struct db *db, int64_t shift, int64_t *count,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &payouts_pace_stmts, OF_SHIFT);
	struct record before = {.seq = 0};
	struct record pay = {.seq = 0};
	struct limits at;
	enum lookup got;

	*count = 0;
	stmt_int(st, ":shift", shift);
	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		const uint64_t seq = (uint64_t)sqlite3_column_int64(st, 0);

		if (!read_pay(db, seq, &pay, err) ||
			!limits_before(db, seq, &at, err)) {
			stmt_done(st);
			return false;
		}
		if (before.seq > 0 &&
			is_quick(&before, &pay, at.value[LIMIT_PACE]))
			++*count;
		before = pay;
	}
	return got == LOOKUP_ABSENT;
}
