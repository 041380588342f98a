#include "db/signs.h"

#include <string.h>

#include "core/date.h"
#include "core/lookup.h"
#include "db/db_internal.h"
#include "db/payouts.h"
#include "db/record_internal.h"
#include "db/stmt.h"

enum {
	IS_THERE,
	RECORDS,
	COUNT
};

static const char *const sql[COUNT] = {
	[IS_THERE] = "SELECT 1 FROM shift WHERE number = :shift",
	[RECORDS] = "SELECT j.body FROM shift AS s JOIN journal AS j"
		    " ON j.seq BETWEEN s.open_seq"
		    " AND coalesce(s.close_seq, 9223372036854775807)"
		    " WHERE s.number = :shift ORDER BY j.seq",
};

const struct stmt_set signs_stmts = {"signs", sql, COUNT};

static bool minutes(const char *text, int *out)
{
	if (strspn(text, "0123456789") != 2 || text[2] != ':' ||
		strspn(text + 3, "0123456789") < 2)
		return false;
	*out = ((text[0] - '0') * 10 + text[1] - '0') * 60 +
	       (text[3] - '0') * 10 + text[4] - '0';
	return text[3] < '6' && *out <= 24 * 60;
}

bool signs_hours_parse(const char *text, int *from, int *to)
{
	*from = 0;
	*to = 24 * 60;
	if (!text[0])
		return true;
	return strlen(text) == 11 && text[5] == '-' && minutes(text, from) &&
	       minutes(text + 6, to) && *from < *to;
}

struct hours {
	int from;
	int to;
};

static bool is_outside(const struct hours *h, const struct record *r)
{
	const struct daytime t = date_of_ms((int64_t)r->t);
	const int at = t.hour * 60 + t.minute;

	return at < h->from || at >= h->to;
}

static void count(const struct record *r, const struct hours *h,
	struct signs *out)
{
	switch (r->kind) {
	case JOURNAL_PAY:
		out->payouts++;
		if (r->flags & JOURNAL_LATE)
			out->sheets++;
		else
			out->outside += is_outside(h, r);
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
	}
}

static bool read_hours(struct db *db, struct hours *out, struct err *err)
{
	char text[SIGNS_HOURS_SIZE] = "";

	if (!setting_get(db, "hours", text, sizeof(text), err))
		return false;
	if (!signs_hours_parse(text, &out->from, &out->to))
		return err_set(err, ERR_CORRUPT, 0,
			"the setting hours is none");
	return true;
}

static bool read_records(struct db *db, int64_t shift, const struct hours *h,
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
			count(&r, h, out);
	return got != LOOKUP_FAILED;
}

enum lookup signs_of(struct db *db, int64_t shift, struct signs *out,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &signs_stmts, IS_THERE);
	struct hours hours = {0};
	enum lookup got;

	*out = (struct signs){.shift = shift};
	stmt_int(st, ":shift", shift);
	got = stmt_row(db, st, err);
	stmt_done(st);
	if (got != LOOKUP_FOUND)
		return got;
	if (!read_hours(db, &hours, err) ||
		!read_records(db, shift, &hours, out, err) ||
		!payouts_quick(db, shift, &out->quick, err))
		return LOOKUP_FAILED;
	return LOOKUP_FOUND;
}

int64_t signs_sum(const struct signs *s)
{
	return s->quick + s->outside + s->alone + s->not_handed +
	       s->taken_back + s->wrong_pins;
}
