#include "db/daylog.h"

#include <string.h>

#include "core/str.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/month_internal.h"
#include "db/payouts_internal.h"
#include "db/people_internal.h"
#include "db/record_internal.h"
#include "db/sealed_internal.h"
#include "db/stmt.h"
#include "db/watch.h"

enum {
	TIMES,
	SHIFT,
	RECORDS,
	PAYOUT,
	BODY,
	COUNT
};

static const char *const sql[COUNT] = {
	[TIMES] = "SELECT seq, body FROM journal ORDER BY seq /* scan */",
	[SHIFT] = ("SELECT open_seq, coalesce(close_seq,"
		   " (SELECT max(seq) FROM journal)) FROM shift"
		   " WHERE number = :shift"),
	[RECORDS] = ("SELECT seq, body FROM journal"
		     " WHERE seq BETWEEN :first AND :last ORDER BY seq"),
	[PAYOUT] = ("SELECT p.state, p.void_reason, p.print, p.code, p.pad,"
		    " p.payee, p.person, q.sealed FROM payout p"
		    " LEFT JOIN person q ON q.id = p.person"
		    " WHERE p.seq = :seq"),
	[BODY] = "SELECT body FROM journal WHERE seq = :seq",
};

const struct stmt_set daylog_stmts = {"daylog", sql, COUNT};

/* ---- which records -------------------------------------------------------- */

enum lookup daylog_days(struct db *db, int64_t from, int64_t until,
	struct daylog_range *out, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &daylog_stmts, TIMES);
	struct month_record r;
	enum lookup got;

	*out = (struct daylog_range){.from = from, .until = until};
	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		const uint64_t seq = (uint64_t)sqlite3_column_int64(st, 0);

		if (!month_read(sqlite3_column_blob(st, 1),
			    (size_t)sqlite3_column_bytes(st, 1), MONTH_ALL,
			    &r) ||
			r.t < from || r.t >= until)
			continue;
		if (out->first == 0)
			out->first = seq;
		out->last = seq;
	}
	if (got == LOOKUP_FAILED)
		return LOOKUP_FAILED;
	return out->first > 0 ? LOOKUP_FOUND : LOOKUP_ABSENT;
}

enum lookup daylog_shift(struct db *db, int64_t shift, struct daylog_range *out,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &daylog_stmts, SHIFT);
	enum lookup got;

	*out = (struct daylog_range){.first = 0};
	stmt_int(st, ":shift", shift);
	got = stmt_row(db, st, err);
	if (got != LOOKUP_FOUND)
		return got;
	out->first = (uint64_t)sqlite3_column_int64(st, 0);
	out->last = (uint64_t)sqlite3_column_int64(st, 1);
	stmt_done(st);
	return LOOKUP_FOUND;
}

/* ---- payments ------------------------------------------------------------- */

static bool take_person(struct db *db, sqlite3_stmt *st,
	struct daylog_payment *out, struct err *err)
{
	uint8_t plain[SEALED_PLAIN];
	struct person *p = &out->person;
	struct sealed s;
	bool ok;

	ok = sealed_read(db, st, 7, DATAKEY_PERSON, p->id, plain, &s, err);
	if (ok) {
		p->birth = people_birth(s.birth);
		str_copy(p->beneficiary_id, sizeof(p->beneficiary_id),
			s.text[SEALED_CODE]);
		str_copy(p->id12, sizeof(p->id12), s.text[SEALED_ID12]);
		str_copy(p->old_id, sizeof(p->old_id), s.text[SEALED_OLD_ID]);
		str_copy(p->name, sizeof(p->name), s.text[SEALED_NAME]);
		str_copy(p->group, sizeof(p->group), s.text[SEALED_GROUP]);
	}
	if (ok)
		ok = sealed_read(db, st, 5, DATAKEY_PAYOUT, (int64_t)out->pay,
			plain, &s, err);
	if (ok) {
		str_copy(out->payee_name, sizeof(out->payee_name),
			s.text[PAYOUTS_PAYEE_NAME]);
		str_copy(out->payee_id, sizeof(out->payee_id),
			s.text[PAYOUTS_PAYEE_ID]);
	}
	crypto_wipe(plain, sizeof(plain));
	return ok;
}

static bool read_payout(struct db *db, struct daylog_payment *out,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &daylog_stmts, PAYOUT);
	enum lookup got;
	bool ok;

	stmt_int(st, ":seq", (sqlite3_int64)out->pay);
	got = stmt_row(db, st, err);
	if (got == LOOKUP_ABSENT)
		return err_set(err, ERR_CORRUPT, 0, "record %llu is no payment",
			(unsigned long long)out->pay);
	if (got == LOOKUP_FAILED)
		return false;
	out->state = (enum payout_state)sqlite3_column_int(st, 0);
	out->void_reason = (enum void_reason)sqlite3_column_int(st, 1);
	out->print = (enum print_state)sqlite3_column_int(st, 2);
	stmt_column_text(st, 3, out->code, sizeof(out->code));
	stmt_column_text(st, 4, out->pad, sizeof(out->pad));
	out->person.id = sqlite3_column_int64(st, 6);
	ok = take_person(db, st, out, err);
	stmt_done(st);
	return ok;
}

/* A VOID says no month: it is that of what it takes back. */
static bool read_period(struct db *db, struct daylog_payment *out,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &daylog_stmts, BODY);
	const char *finding = "it is not there";
	struct record r;
	enum lookup got;
	bool ok;

	stmt_int(st, ":seq", (sqlite3_int64)out->pay);
	got = stmt_row(db, st, err);
	if (got == LOOKUP_FAILED)
		return false;
	ok = got == LOOKUP_FOUND &&
	     record_decode(sqlite3_column_blob(st, 0),
		     (size_t)sqlite3_column_bytes(st, 0), &r, &finding);
	stmt_done(st);
	if (!ok)
		return err_set(err, ERR_CORRUPT, 0, "record %llu: %s",
			(unsigned long long)out->pay, finding);
	out->period = (int32_t)r.period;
	return true;
}

static bool read_payment(struct db *db, uint64_t seq, const void *body,
	size_t len, struct daylog_payment *out, struct err *err)
{
	struct record r;
	const char *finding;
	int sign;

	if (!record_decode(body, len, &r, &finding))
		return err_set(err, ERR_CORRUPT, 0, "record %llu: %s",
			(unsigned long long)seq, finding);
	sign = r.kind == JOURNAL_VOID ? -1 : 1;
	*out = (struct daylog_payment){.seq = seq,
		.pay = r.kind == JOURNAL_VOID ? r.ref : seq,
		.t = (int64_t)r.t,
		.shift = (int64_t)r.shift,
		.actor = (int64_t)r.actor,
		.amount = sign * (int64_t)r.amount,
		.period = (int32_t)r.period,
		.payee = (enum payee)r.who};
	for (size_t i = 0; i < r.items; i++)
		if (r.item[i].what >= ENT_MONTH && r.item[i].what <= ENT_OTHER)
			out->by_kind[r.item[i].what] += sign * r.item[i].amount;
	return (out->pay == seq || read_period(db, out, err)) &&
	       read_payout(db, out, err);
}

/* The record that st is at, of those of the range: db/watch.h. */
static bool far_in(struct db *db, const struct daylog_range *range,
	sqlite3_stmt *st, struct err *err)
{
	return db_watch_step(db,
		sqlite3_column_int64(st, 0) - (int64_t)range->first + 1,
		(int64_t)(range->last - range->first + 1), err);
}

bool daylog_payments(struct db *db, const struct daylog_range *range,
	bool (*each)(void *ctx, const struct daylog_payment *p), void *ctx,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &daylog_stmts, RECORDS);
	enum lookup got = LOOKUP_ABSENT;
	struct daylog_payment p;
	struct month_record r;
	bool ok = true;

	*err = (struct err){.code = ERR_NONE};
	stmt_int(st, ":first", (sqlite3_int64)range->first);
	stmt_int(st, ":last", (sqlite3_int64)range->last);
	while (ok && (got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		const void *body = sqlite3_column_blob(st, 1);
		const size_t len = (size_t)sqlite3_column_bytes(st, 1);

		ok = far_in(db, range, st, err);
		if (!ok || !month_read(body, len,
				   MONTH_KIND(JOURNAL_PAY) |
					   MONTH_KIND(JOURNAL_VOID),
				   &r))
			continue;
		ok = read_payment(db, (uint64_t)sqlite3_column_int64(st, 0),
			     body, len, &p, err) &&
		     each(ctx, &p);
	}
	stmt_done(st);
	return ok && got == LOOKUP_ABSENT;
}

bool daylog_each(struct db *db, const struct daylog_range *range,
	enum daylog_kind kind, bool (*each)(void *ctx, uint64_t seq), void *ctx,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &daylog_stmts, RECORDS);
	enum lookup got = LOOKUP_ABSENT;
	struct month_record r;
	bool ok = true;

	*err = (struct err){.code = ERR_NONE};
	stmt_int(st, ":first", (sqlite3_int64)range->first);
	stmt_int(st, ":last", (sqlite3_int64)range->last);
	while (ok && (got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		ok = far_in(db, range, st, err);
		if (ok && month_read(sqlite3_column_blob(st, 1),
				  (size_t)sqlite3_column_bytes(st, 1),
				  MONTH_KIND(kind), &r))
			ok = each(ctx, (uint64_t)sqlite3_column_int64(st, 0));
	}
	stmt_done(st);
	return ok && got == LOOKUP_ABSENT;
}

/* ---- totals --------------------------------------------------------------- */

static bool totals_at(struct db *db, uint64_t seq, struct journal_totals *out,
	struct err *err)
{
	struct journal_row row;
	struct record r;
	const char *finding = "it is not there";

	*out = (struct journal_totals){0};
	if (seq == 0)
		return true;
	switch (journal_row(db, seq, &row, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_FOUND:
		if (record_decode(row.body, row.len, &r, &finding)) {
			*out = r.tot;
			return true;
		}
		break;
	case LOOKUP_ABSENT:
		break;
	}
	return err_set(err, ERR_CORRUPT, 0, "record %llu: %s",
		(unsigned long long)seq, finding);
}

bool daylog_totals(struct db *db, const struct daylog_range *range,
	struct journal_totals *out, struct err *err)
{
	struct journal_totals before;

	if (!totals_at(db, range->first - 1, &before, err) ||
		!totals_at(db, range->last, out, err))
		return false;
	out->paid_gross -= before.paid_gross;
	out->void_gross -= before.void_gross;
	out->float_in -= before.float_in;
	out->float_out -= before.float_out;
	out->payments -= before.payments;
	out->voids -= before.voids;
	return true;
}
