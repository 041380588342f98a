/*
 * accounts_method.c - what pays somebody: the lists say it, and two records
 * since: the account pays from a list on, cash again from a list on.
 */
#include <string.h>

#include "core/crash.h"
#include "core/money.h"
#include "db/accounts_internal.h"
#include "db/datakey_internal.h"
#include "db/db_internal.h"
#include "db/people_internal.h"
#include "db/record_internal.h"
#include "db/roles_internal.h"
#include "db/stmt.h"
#include "db/verdict_internal.h"
#include "db/window_internal.h"

enum {
	ADD,
	LAST,
	LISTS,
	FREES,
	ACCOUNTS,
	STEPS,
	COUNT
};

/*
 * LAST: the newest word on what pays. LISTS: of each list of his, whether the
 * account pays it. FREES: what is not paid yet and no cash now.
 */
static const char *const sql[COUNT] = {
	[ADD] = ("INSERT INTO account_step (seq, person, step, account, period,"
		 " reason) VALUES (:seq, :person, :step, :account, :period,"
		 " :reason)"),
	[LAST] = ("SELECT seq, step, period, reason FROM account_step"
		  " WHERE person = :person AND step IN (8, 9)"
		  " ORDER BY seq DESC LIMIT 1"),
	[LISTS] = ("SELECT e.list_period, min(" PEOPLE_BY_ACCOUNT ")"
		   " FROM entitlement e WHERE e.person = :person"
		   " GROUP BY e.list_period ORDER BY e.list_period DESC"),
	[FREES] = ("SELECT coalesce(sum(e.amount), 0) FROM entitlement e"
		   " LEFT JOIN paid x ON x.ent = e.ent AND x.state < 4"
		   " WHERE e.person = :person AND e.list_period >= :period"
		   " AND e.carried_by IS NULL AND x.seq IS NULL"
		   " AND " PEOPLE_BY_ACCOUNT " = 1"),
	[ACCOUNTS] = ("SELECT seq, kind, via, whose, names, shared, consent"
		      " FROM account /* scan */"),
	[STEPS] = ("SELECT seq, step, account, period, reason"
		   " FROM account_step /* scan */"),
};

const struct stmt_set accounts_method_stmts = {"accounts_method", sql, COUNT};

/* ---- writing ---------------------------------------------------------------- */

static bool put_row(struct db *db, uint64_t seq, const struct person *p,
	const struct account_held *a, const struct accounts_step *what,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &accounts_method_stmts, ADD);

	stmt_int(st, ":seq", (sqlite3_int64)seq);
	stmt_int(st, ":person", p->id);
	stmt_int(st, ":step", what->step);
	stmt_int(st, ":account", (sqlite3_int64)a->seq);
	stmt_int(st, ":period", what->period);
	stmt_int(st, ":reason", what->back);
	return stmt_run(db, st, err);
}

bool accounts_step(struct db *db, const struct session *s,
	const struct person *p, const struct account_held *a,
	const struct accounts_step *what, struct err *err)
{
	uint8_t pd[JOURNAL_PD_MAX];
	const bool moves_money = what->step == ACCOUNT_STEP_CASH ||
				 what->step == ACCOUNT_STEP_PAYS;
	const struct journal_entry entry = {.kind = JOURNAL_ACCOUNT_STATE,
		.actor = s->user.number,
		.by = moves_money ? s : NULL,
		.cosig = what->by,
		.person = p->id,
		.ref = a->seq,
		.period = what->period,
		.pd = pd,
		.pd_len = accounts_pd(p, a, pd),
		.has_reason = what->back != ACCOUNT_BACK_NOT,
		.reason = (uint64_t)what->back,
		.flags = what->frees ? JOURNAL_OVERRIDE : 0,
		.has_result = true,
		.result = (uint64_t)what->step};
	struct journal_done done;

	if (!journal_append(db, &entry, &done, err))
		return false;
	crash_point("account_step.appended");
	return put_row(db, done.seq, p, a, what, err);
}

/* ---- what pays ------------------------------------------------------------------ */

/* The first of the newest lists that the account pays, one after the other. */
static bool read_lists(struct db *db, int64_t person, int32_t *from,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &accounts_method_stmts, LISTS);
	enum lookup got;

	*from = 0;
	stmt_int(st, ":person", person);
	while ((got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		if (sqlite3_column_int(st, 1) != 1) {
			stmt_done(st);
			return true;
		}
		*from = sqlite3_column_int(st, 0);
	}
	return got == LOOKUP_ABSENT;
}

bool accounts_method(struct db *db, int64_t person, struct account_method *out,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &accounts_method_stmts, LAST);
	enum account_step step = ACCOUNT_STEP_NONE;
	int32_t period = 0;
	enum lookup got;

	*out = (struct account_method){.pays_from = 0};
	stmt_int(st, ":person", person);
	got = stmt_row(db, st, err);
	if (got == LOOKUP_FAILED)
		return false;
	if (got == LOOKUP_FOUND) {
		out->seq = (uint64_t)sqlite3_column_int64(st, 0);
		step = (enum account_step)sqlite3_column_int(st, 1);
		period = sqlite3_column_int(st, 2);
		out->back = (enum account_back)sqlite3_column_int(st, 3);
		stmt_done(st);
	}
	if (!read_lists(db, person, &out->pays_from, err))
		return false;
	if (step == ACCOUNT_STEP_PAYS &&
		(out->pays_from == 0 || out->pays_from > period))
		out->pays_from = period;
	if (step == ACCOUNT_STEP_CASH && out->pays_from < period)
		out->cash_from = period;
	if (step == ACCOUNT_STEP_CASH && out->cash_from == 0)
		out->back = ACCOUNT_BACK_NOT; /* a list came since */
	return true;
}

static bool read_frees(struct db *db, int64_t person, int32_t period,
	int64_t *out, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &accounts_method_stmts, FREES);

	stmt_int(st, ":person", person);
	stmt_int(st, ":period", period);
	if (stmt_row(db, st, err) != LOOKUP_FOUND)
		return false;
	*out = sqlite3_column_int64(st, 0);
	stmt_done(st);
	return true;
}

/* ---- saying it anew ---------------------------------------------------------------- */

static bool is_period(int32_t period)
{
	return period >= PERIOD_MIN && period <= PERIOD_MAX &&
	       period % 100 >= 1 && period % 100 <= 12;
}

/* The person and his newest account, if he has one (seq 0). */
static enum verdict find(struct db *db, const struct session *s,
	enum role_act act, int64_t person, struct person_due *due,
	struct account_held *a, struct refusal *why, struct err *err)
{
	enum verdict v = roles_may(db, s, act, why);
	enum lookup got;

	if (v == VERDICT_DONE)
		v = window_clock(db, why, err);
	if (v != VERDICT_DONE)
		return v;
	got = people_get(db, person, due, err);
	if (got == LOOKUP_FOUND && !due->person.beneficiary_id[0])
		got = LOOKUP_ABSENT;
	if (got == LOOKUP_ABSENT)
		return refuse(why, REFUSED_NOT_FOUND);
	if (got == LOOKUP_FAILED ||
		accounts_of(db, person, a, err) == LOOKUP_FAILED)
		return VERDICT_FAILED;
	return VERDICT_DONE;
}

static enum verdict pays(struct db *db, const struct session *s, int64_t person,
	int32_t period, struct refusal *why, struct err *err)
{
	const struct accounts_step step = {.step = ACCOUNT_STEP_PAYS,
		.period = period};
	struct account_held a = {.seq = 0};
	struct person_due due;
	enum verdict v = find(db, s, ACT_METHOD, person, &due, &a, why, err);

	if (v != VERDICT_DONE)
		return v;
	if (a.standing != ACCOUNT_STANDS_VERIFIED && !due.person.has_account)
		return refuse(why, REFUSED_ACCOUNT_UNVERIFIED);
	return accounts_step(db, s, &due.person, &a, &step, err)
		       ? VERDICT_DONE
		       : VERDICT_FAILED;
}

static enum verdict ended(struct db *db, enum verdict v, int64_t person,
	struct account_method *out, struct err *err)
{
	if (v != VERDICT_DONE)
		return v;
	crash_point("account_step.committed");
	people_recount(db);
	return accounts_method(db, person, out, err) ? VERDICT_DONE
						     : VERDICT_FAILED;
}

enum verdict accounts_pays(struct db *db, const struct session *s,
	int64_t person, int32_t period, struct account_method *out,
	struct refusal *why, struct err *err)
{
	*why = (struct refusal){0};
	if (!is_period(period)) {
		err_set(err, ERR_INVALID, 0, "period %d", (int)period);
		return VERDICT_FAILED;
	}
	if (!datakey_needed(db, err) || !db_begin(db, err))
		return VERDICT_FAILED;
	return ended(db,
		db_end_verdict(db, pays(db, s, person, period, why, err), err),
		person, out, err);
}

/* Whoever makes money payable that an account was to pay is a supervisor. */
static enum verdict may_free(struct db *db, const struct session *s,
	const struct session *by, int64_t frees, struct refusal *why)
{
	why->amount = frees;
	if (!by && (frees == 0 || s->user.role == ROLE_SUPERVISOR))
		return VERDICT_DONE;
	return second_person(db, s, by, why);
}

static enum verdict cash(struct db *db, const struct session *s, int64_t person,
	struct accounts_step *step, int64_t *frees, struct refusal *why,
	struct err *err)
{
	struct account_held a = {.seq = 0};
	struct person_due due;
	enum verdict v = find(db, s, ACT_ACCOUNT, person, &due, &a, why, err);

	if (v != VERDICT_DONE)
		return v;
	if (!read_frees(db, person, step->period, frees, err))
		return VERDICT_FAILED;
	v = may_free(db, s, step->by, *frees, why);
	if (v != VERDICT_DONE)
		return v;
	step->frees = *frees > 0;
	return accounts_step(db, s, &due.person, &a, step, err)
		       ? VERDICT_DONE
		       : VERDICT_FAILED;
}

enum verdict accounts_cash(struct db *db, const struct session *s,
	int64_t person, int32_t period, enum account_back back,
	const struct session *by, struct account_method *out, int64_t *frees,
	struct refusal *why, struct err *err)
{
	struct accounts_step step = {.step = ACCOUNT_STEP_CASH,
		.period = period,
		.back = back,
		.by = by};

	*why = (struct refusal){0};
	*frees = 0;
	if (!is_period(period) || !account_back_name(back)[0]) {
		err_set(err, ERR_INVALID, 0, "period %d, reason %d",
			(int)period, (int)back);
		return VERDICT_FAILED;
	}
	if (!datakey_needed(db, err) || !db_begin(db, err))
		return VERDICT_FAILED;
	return ended(db,
		db_end_verdict(db, cash(db, s, person, &step, frees, why, err),
			err),
		person, out, err);
}

/* ---- the tables against the book ------------------------------------------------------ */

static bool record_of(struct db *db, uint64_t seq, enum journal_kind kind,
	struct record *r, bool *there, struct err *err)
{
	struct journal_row row;
	const char *finding;

	*there = false;
	switch (journal_row(db, seq, &row, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		return true;
	case LOOKUP_FOUND:
		break;
	}
	*there = record_decode(row.body, row.len, r, &finding) &&
		 r->kind == kind;
	return true;
}

static bool same_account(sqlite3_stmt *st, const struct record *r)
{
	return (uint64_t)sqlite3_column_int64(st, 1) == r->result &&
	       (uint64_t)sqlite3_column_int64(st, 2) == r->via &&
	       (uint64_t)sqlite3_column_int64(st, 3) == r->who &&
	       (uint64_t)sqlite3_column_int64(st, 4) == r->names &&
	       (uint64_t)sqlite3_column_int64(st, 5) == r->reason &&
	       (uint64_t)sqlite3_column_int64(st, 6) == r->ref;
}

static bool same_step(sqlite3_stmt *st, const struct record *r)
{
	return (uint64_t)sqlite3_column_int64(st, 1) == r->result &&
	       (uint64_t)sqlite3_column_int64(st, 2) == r->ref &&
	       (uint64_t)sqlite3_column_int64(st, 3) == r->period &&
	       (uint64_t)sqlite3_column_int64(st, 4) == r->reason;
}

static bool check_table(struct db *db, int index, enum journal_kind kind,
	bool (*same)(sqlite3_stmt *st, const struct record *r),
	uint64_t records, bool *agrees, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &accounts_method_stmts, index);
	enum lookup got = LOOKUP_ABSENT;
	uint64_t rows = 0;

	*agrees = true;
	while (*agrees && (got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		struct record r;
		bool there;

		rows++;
		if (!record_of(db, (uint64_t)sqlite3_column_int64(st, 0), kind,
			    &r, &there, err)) {
			got = LOOKUP_FAILED;
			break;
		}
		*agrees = there && same(st, &r);
	}
	stmt_done(st);
	*agrees = *agrees && rows == records;
	return got != LOOKUP_FAILED;
}

bool accounts_check(struct db *db, uint64_t accounts, uint64_t steps,
	const char **finding, struct err *err)
{
	bool same;

	*finding = NULL;
	if (!check_table(db, ACCOUNTS, JOURNAL_ACCOUNT, same_account, accounts,
		    &same, err))
		return false;
	if (!same)
		*finding = "table account does not say what the journal says";
	if (!check_table(db, STEPS, JOURNAL_ACCOUNT_STATE, same_step, steps,
		    &same, err))
		return false;
	if (!same)
		*finding = "table account_step does not say what the journal"
			   " says";
	return true;
}
