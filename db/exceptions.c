#include "db/exceptions.h"

#include <string.h>

#include "core/str.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/limits_internal.h"
#include "db/month_internal.h"
#include "db/payouts_internal.h"
#include "db/people.h"
#include "db/record_internal.h"
#include "db/samples_internal.h"
#include "db/stmt.h"
#include "db/users_internal.h"

enum {
	RECORDS,
	OWNER,
	LIST,
	COUNT
};

enum {
	FLAG_SIGFAIL = 1,
	LOGIN_NOT_ALLOWED = 1, /* key 17 of LOGIN_FAIL */
	STEP_CASH_AGAIN = 8    /* key 28 of ACCOUNT_STATE */
};

static const char *const sql[COUNT] = {
	[RECORDS] = ("SELECT seq, body FROM journal"
		     " WHERE seq BETWEEN :first AND :last ORDER BY seq"),
	[OWNER] = "SELECT coalesce(person, 0) FROM pd WHERE seq = :seq",
	[LIST] = "SELECT replaces FROM list WHERE seq = :seq /* scan */",
};

const struct stmt_set exceptions_stmts = {"exceptions", sql, COUNT};

static const char *const names[EXCEPTION_KINDS] = {
	[EXCEPTION_APPROVED] = "approved",
	[EXCEPTION_ALONE] = "alone",
	[EXCEPTION_PAD] = "pad",
	[EXCEPTION_REVIEW] = "difference",
	[EXCEPTION_VOID] = "void",
	[EXCEPTION_COPY] = "copy",
	[EXCEPTION_DRAWER] = "drawer",
	[EXCEPTION_OVER_SHORT] = "over_short",
	[EXCEPTION_STAND_IN] = "stand_in",
	[EXCEPTION_NO_SLIP] = "no_slip",
	[EXCEPTION_LIMIT] = "limit",
	[EXCEPTION_LIST] = "list",
	[EXCEPTION_CASH_AGAIN] = "cash_again",
	[EXCEPTION_OUTAGE] = "outage",
	[EXCEPTION_CLOCK] = "clock",
	[EXCEPTION_COMPLAINT] = "complaint",
	[EXCEPTION_WRONG_PIN] = "wrong_pin",
	[EXCEPTION_NOT_ALLOWED] = "not_allowed",
	[EXCEPTION_GIVEN] = "given",
	[EXCEPTION_CALLED] = "called",
	[EXCEPTION_UNSIGNED] = "unsigned",
};

const char *exception_name(enum exception_kind k)
{
	return names[k];
}

bool exception_parse(const char *name, enum exception_kind *out)
{
	for (int i = 0; i < EXCEPTION_KINDS; i++)
		if (strcmp(names[i], name) == 0) {
			*out = (enum exception_kind)i;
			return true;
		}
	return false;
}

/* ---- which it is --------------------------------------------------------- */

/* Records of these kinds only are read whole; any may bear flag 1. */
static const uint64_t looked_at =
	~(MONTH_KIND(JOURNAL_PRINT) | MONTH_KIND(JOURNAL_HANDED) |
		MONTH_KIND(JOURNAL_LOGIN) | MONTH_KIND(JOURNAL_LOGOUT));

static enum exception_kind kind_of_pay(const struct record *r)
{
	if (r->flags & JOURNAL_HANDWRITTEN)
		return EXCEPTION_PAD;
	if (r->has & RECORD_HAS(KEY_COSIG))
		return EXCEPTION_APPROVED;
	return r->flags & JOURNAL_OVERRIDE ? EXCEPTION_ALONE : EXCEPTION_KINDS;
}

/* A limit, or what somebody said who was called back. */
static enum exception_kind kind_of_config(const struct record *r,
	struct exception *out)
{
	struct sample_called c;
	enum limit l;
	int64_t value;

	if (limits_of_record(r, &l, &value)) {
		str_copy(out->line, sizeof(out->line), r->line);
		return EXCEPTION_LIMIT;
	}
	if (!samples_read_called(r, &c) || !sample_said_otherwise(c.said))
		return EXCEPTION_KINDS;
	out->word = (struct sample_word){.pay = c.pay,
		.said = c.said,
		.amount = c.amount,
		.note = c.note};
	return EXCEPTION_CALLED;
}

static enum exception_kind kind_of_other(const struct record *r,
	struct exception *out)
{
	enum exception_kind kind;

	switch (r->kind) {
	case JOURNAL_CONFIG:
		kind = kind_of_config(r, out);
		if (kind != EXCEPTION_KINDS)
			return kind;
		break;
	case JOURNAL_ACCOUNT_STATE:
		if (r->result == STEP_CASH_AGAIN)
			return EXCEPTION_CASH_AGAIN;
		break;
	case JOURNAL_LOGIN_FAIL:
		return r->has & RECORD_HAS(KEY_RSN) ? EXCEPTION_NOT_ALLOWED
						    : EXCEPTION_WRONG_PIN;
	case JOURNAL_IMPORT:
		if (!(r->has & RECORD_HAS(KEY_RES)))
			return EXCEPTION_LIST; /* if it replaced one */
		break;
	case JOURNAL_OPEN:
		if (r->flags & JOURNAL_OVERRIDE)
			return EXCEPTION_NO_SLIP;
		break;
	case JOURNAL_CLOSE:
		if (r->flags & JOURNAL_OVERRIDE)
			return EXCEPTION_STAND_IN;
		break;
	}
	return r->flags & FLAG_SIGFAIL ? EXCEPTION_UNSIGNED : EXCEPTION_KINDS;
}

/* EXCEPTION_KINDS: it is the plain case. */
static enum exception_kind kind_of(const struct record *r,
	struct exception *out)
{
	static const enum exception_kind plain[] = {
		[JOURNAL_VOID] = EXCEPTION_VOID + 1,
		[JOURNAL_REPRINT] = EXCEPTION_COPY + 1,
		[JOURNAL_NULL] = EXCEPTION_DRAWER + 1,
		[JOURNAL_OVER_SHORT] = EXCEPTION_OVER_SHORT + 1,
		[JOURNAL_REVIEW] = EXCEPTION_REVIEW + 1,
		[JOURNAL_FAULT_BEGIN] = EXCEPTION_OUTAGE + 1,
		[JOURNAL_CLOCK] = EXCEPTION_CLOCK + 1,
		[JOURNAL_COMPLAINT] = EXCEPTION_COMPLAINT + 1,
		[JOURNAL_APPROVE] = EXCEPTION_GIVEN + 1,
	};

	if (r->kind == JOURNAL_PAY)
		return kind_of_pay(r);
	if (r->kind < sizeof(plain) / sizeof(plain[0]) && plain[r->kind] > 0)
		return (enum exception_kind)(plain[r->kind] - 1);
	return kind_of_other(r, out);
}

/* ---- what there is to say of it ------------------------------------------- */

/* Whose key made the second signature: that of his PIN here, or the one that
 * he approves with elsewhere, whose card may have been another since. */
static bool say_approver(struct db *db, const struct record *r,
	struct exception *out, struct err *err)
{
	uint8_t public[CRYPTO_PUBLIC_SIZE];
	uint8_t digest[CRYPTO_HASH_SIZE];

	if (!(r->has & RECORD_HAS(KEY_COSIG)))
		return true;
	out->approver = (int64_t)r->approver;
	if (!payouts_user_name(db, out->approver, out->approver_name,
		    sizeof(out->approver_name), err) ||
		!users_public(db, out->approver, public, err))
		return false;
	record_act_digest(r, digest);
	out->by = crypto_verify_tagged("CHTRACT1", digest, sizeof(digest),
			  public, r->cosig)
			  ? EXCEPTION_BY_PIN
			  : EXCEPTION_BY_QR;
	return true;
}

/* A payment, or what is about one. Copies are of other papers, too. */
static bool say_payment(struct db *db, const struct record *r,
	struct exception *out, struct err *err)
{
	const bool called = out->kind == EXCEPTION_CALLED;
	const uint64_t seq = called                   ? out->word.pay
			     : r->kind == JOURNAL_PAY ? r->seq
						      : r->ref;
	struct payout p;

	if (!called && r->kind != JOURNAL_PAY && r->kind != JOURNAL_VOID &&
		r->kind != JOURNAL_REPRINT && r->kind != JOURNAL_COMPLAINT)
		return true;
	switch (payouts_get(db, seq, &p, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		return true;
	case LOOKUP_FOUND:
		break;
	}
	out->pay = seq;
	out->person = p.person.id;
	out->has_amount = true;
	out->amount = p.amount;
	str_copy(out->code, sizeof(out->code), p.code);
	str_copy(out->pad, sizeof(out->pad), p.pad);
	str_copy(out->name, sizeof(out->name), p.person.name);
	crypto_wipe(&p, sizeof(p));
	return true;
}

static bool one_number(struct db *db, int index, uint64_t seq, int64_t *out,
	struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &exceptions_stmts, index);
	enum lookup got;

	*out = 0;
	stmt_int(st, ":seq", (sqlite3_int64)seq);
	got = stmt_row(db, st, err);
	if (got == LOOKUP_FOUND) {
		*out = sqlite3_column_int64(st, 0);
		stmt_done(st);
	}
	return got != LOOKUP_FAILED;
}

/* Of a record that bears people's data and is no payment. */
static bool say_person(struct db *db, struct exception *out, struct err *err)
{
	struct person_due due;
	enum lookup got;

	if (!one_number(db, OWNER, out->seq, &out->person, err))
		return false;
	if (out->person == 0)
		return true;
	got = people_get(db, out->person, &due, err);
	if (got == LOOKUP_FOUND)
		str_copy(out->name, sizeof(out->name), due.person.name);
	crypto_wipe(&due, sizeof(due));
	return got != LOOKUP_FAILED;
}

static bool say(struct db *db, const struct record *r, struct exception *out,
	struct err *err)
{
	out->seq = r->seq;
	out->t = (int64_t)r->t;
	out->shift = (int64_t)r->shift;
	out->actor = (int64_t)r->actor;
	out->flags = r->flags;
	out->reason = r->reason;
	out->result = r->result;
	out->has_amount = (r->has & RECORD_HAS(KEY_AMT)) != 0;
	out->amount = (int64_t)r->amount;
	if (!payouts_user_name(db, out->actor, out->actor_name,
		    sizeof(out->actor_name), err) ||
		!say_approver(db, r, out, err) || !say_payment(db, r, out, err))
		return false;
	if (out->kind == EXCEPTION_LIST)
		return one_number(db, LIST, r->seq, &out->list, err);
	if (out->kind == EXCEPTION_REVIEW || out->kind == EXCEPTION_CASH_AGAIN)
		return say_person(db, out, err);
	return true;
}

/* ---- all of them ---------------------------------------------------------- */

/* *stop: each() wants no more. */
static bool take(struct db *db, const struct record *r, unsigned kinds,
	bool (*each)(void *ctx, const struct exception *e), void *ctx,
	bool *stop, struct err *err)
{
	struct exception e = {.seq = 0};
	bool ok;

	e.kind = kind_of(r, &e);
	if (e.kind == EXCEPTION_KINDS || !(kinds & EXCEPTION_BIT(e.kind)))
		return true;
	ok = say(db, r, &e, err);
	if (ok && (e.kind != EXCEPTION_LIST || e.list > 0))
		*stop = !each(ctx, &e);
	crypto_wipe(&e, sizeof(e));
	return ok;
}

bool exceptions_each(struct db *db, const struct daylog_range *range,
	unsigned kinds, bool (*each)(void *ctx, const struct exception *e),
	void *ctx, struct err *err)
{
	sqlite3_stmt *st = stmt_get(db, &exceptions_stmts, RECORDS);
	enum lookup got = LOOKUP_ABSENT;
	struct month_record m;
	struct record r;
	const char *finding;
	bool stop = false;
	bool ok = true;

	*err = (struct err){.code = ERR_NONE};
	stmt_int(st, ":first", (sqlite3_int64)range->first);
	stmt_int(st, ":last", (sqlite3_int64)range->last);
	while (ok && !stop && (got = stmt_row(db, st, err)) == LOOKUP_FOUND) {
		const void *body = sqlite3_column_blob(st, 1);
		const size_t len = (size_t)sqlite3_column_bytes(st, 1);

		if (!month_read(body, len, looked_at, &m))
			continue;
		ok = record_decode(body, len, &r, &finding)
			     ? take(db, &r, kinds, each, ctx, &stop, err)
			     : err_set(err, ERR_CORRUPT, 0, "record %lld: %s",
				       (long long)sqlite3_column_int64(st, 0),
				       finding);
	}
	stmt_done(st);
	return ok && !stop && got == LOOKUP_ABSENT;
}
