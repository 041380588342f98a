#include "db/signs.h"

#include <string.h>

#include "core/date.h"
#include "core/lookup.h"
#include "db/db_internal.h"
#include "db/limits_internal.h"
#include "db/payouts.h"
#include "db/record_internal.h"
#include "db/stmt.h"

enum {
	IS_THERE,
	RECORDS,
	COUNT
};

static const char *const sql[COUNT] = {
	[IS_THERE] = "SELECT open_seq FROM shift WHERE number = :shift",
	[RECORDS] = "SELECT j.body FROM shift AS s JOIN journal AS j"
		    " ON j.seq BETWEEN s.open_seq"
		    " AND coalesce(s.close_seq, 9223372036854775807)"
		    " WHERE s.number = :shift ORDER BY j.seq",
};

const struct stmt_set signs_stmts = {"signs", sql, COUNT};

bool signs_hours_parse(const char *text, int *from, int *to)
{
	int64_t hours = LIMIT_WHOLE_DAY;

	if (text[0] && !limit_parse(LIMIT_HOURS, text, &hours))
		return false;
	*from = limit_opens(hours);
	*to = limit_closes(hours);
	return true;
}

static bool is_outside(int64_t hours, const struct record *r)
{
	const struct daytime t = date_of_ms((int64_t)r->t);
	const int at = t.hour * 60 + t.minute;

	return at < limit_opens(hours) || at >= limit_closes(hours);
}

/* hours: those in force, which a record may change. */
static void count(const struct record *r, int64_t *hours, struct signs *out)
{
	enum limit l;
	int64_t value;

	switch (r->kind) {
	case JOURNAL_PAY:
		out->payouts++;
		if (r->flags & JOURNAL_LATE)
			out->sheets++;
		else
			out->outside += is_outside(*hours, r);
		out->alone += (r->flags & JOURNAL_OVERRIDE) &&
			      !(r->has & RECORD_HAS(KEY_COSIG));
		break;
	case JOURNAL_VOID:
		out->not_handed += r->reason == VOID_NOT_HANDED;
		out->taken_back += r->reason != VOID_NOT_HANDED;
		out->lost += r->reason == VOID_RECEIPT_LOST;
		break;
	case JOURNAL_REPRINT:
		out->copies++;
		break;
	case JOURNAL_LOGIN_FAIL:
		out->wrong_pins++;
		break;
	case JOURNAL_FAULT_BEGIN:
		out->outages++;
		break;
	case JOURNAL_CONFIG:
		if (limits_of_record(r, &l, &value) && l == LIMIT_HOURS)
			*hours = value;
		break;
	}
}

static bool read_records(struct db *db, int64_t shift, int64_t hours,
	struct signs *out, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &signs_stmts, RECORDS);
	const char *finding;
	struct record r;
	enum lookup got;

	stmt_int(st, ":shift", shift);
	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND)
		if (record_decode(sqlite3_column_blob(st, 0),
			    (size_t)sqlite3_column_bytes(st, 0), &r, &finding))
			count(&r, &hours, out);
	return got != LOOKUP_FAILED;
}

enum lookup signs_of(struct db *db, int64_t shift, struct signs *out,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &signs_stmts, IS_THERE);
	struct limits at;
	enum lookup got;
	uint64_t open;

	*out = (struct signs){.shift = shift};
	stmt_int(st, ":shift", shift);
	got = stmt_row(db, st, err);
	if (got != LOOKUP_FOUND)
		return got;
	open = (uint64_t)sqlite3_column_int64(st, 0);
	stmt_done(st);
	if (!limits_before(db, open, &at, err) ||
		!read_records(db, shift, at.value[LIMIT_HOURS], out, err) ||
		!payouts_quick(db, shift, &out->quick, err))
		return LOOKUP_FAILED;
	return LOOKUP_FOUND;
}

int64_t signs_sum(const struct signs *s)
{
	return s->quick + s->outside + s->alone + s->not_handed +
	       s->taken_back + s->wrong_pins;
}
