/* payouts_may.c - whether a PAY may be: nothing of it is written here. */
#include <string.h>

#include "core/clock.h"
#include "core/codec/personid.h"
#include "core/money.h"
#include "core/str.h"
#include "core/text.h"
#include "db/db_internal.h"
#include "db/elsewhere.h"
#include "db/handover.h"
#include "db/journal_internal.h"
#include "db/lease.h"
#include "db/limits.h"
#include "db/payouts_internal.h"
#include "db/roles_internal.h"
#include "db/shifts_internal.h"
#include "db/stmt.h"
#include "db/verdict_internal.h"
#include "db/window_internal.h"

enum {
	NOT_PAID_SEQ,
	PAID_FOR,
	COUNT
};

static const char *const sql[COUNT] = {
	[NOT_PAID_SEQ] = "SELECT seq FROM not_paid WHERE person = :person",
	[PAID_FOR] = ("SELECT coalesce(max(x.seq), 0) FROM entitlement e"
		      " JOIN paid x ON x.ent = e.ent AND x.state < 4"
		      " WHERE e.person = :person AND e.list_period = :period"),
};

const struct stmt_set payouts_may_stmts = {"payouts_may", sql, COUNT};

/* A clock may be set back a little; more, and nobody knows the day. */
static const int64_t behind_limit = INT64_C(10) * 60 * 1000;

static enum verdict no_open_payout(struct db *db, struct refusal *why,
	struct err *err)
{
	switch (payouts_prior_open(db, &why->prior, err)) {
	case LOOKUP_FAILED:
		return VERDICT_FAILED;
	case LOOKUP_FOUND:
		why->actor = why->prior.actor;
		why->amount = why->prior.amount;
		return refuse(why, REFUSED_OPEN_PAYOUT);
	case LOOKUP_ABSENT:
		break;
	}
	return VERDICT_DONE;
}

/* T13: blocked until the clock is right, or a second person signs. */
static enum verdict clock_is_right(struct db *db, struct payouts_plan *p,
	struct refusal *why, struct err *err)
{
	struct journal_clock clock;

	if (!journal_clock(db, &clock, err))
		return VERDICT_FAILED;
	p->clock_is_right = clock.behind <= behind_limit;
	if (p->clock_is_right)
		return VERDICT_DONE;
	why->amount = clock.behind;
	if (!p->approver)
		return refuse(why, REFUSED_CLOCK);
	p->flags |= JOURNAL_OVERRIDE;
	return VERDICT_DONE;
}

/* T60: what is due is this terminal's for a time only. Of a sheet of the pad
 * the money is gone. */
static enum verdict lease_holds(struct db *db, const struct payouts_plan *p,
	struct refusal *why, struct err *err)
{
	struct lease lease;

	if (p->request.pad[0])
		return VERDICT_DONE;
	if (!lease_get(db, &lease, err))
		return VERDICT_FAILED;
	why->amount = lease.until;
	return lease_is_over(&lease) ? refuse(why, REFUSED_LEASE)
				     : VERDICT_DONE;
}

/* A list of changes says so: when, and who took it, is in prior. */
static enum verdict he_left(struct db *db, const struct payouts_plan *p,
	struct refusal *why, struct err *err)
{
	if (payouts_prior(db, p->due.left_seq, &why->prior, err) ==
		LOOKUP_FAILED)
		return VERDICT_FAILED;
	why->prior.period = p->due.left_from;
	why->amount = p->due.left_reason;
	why->actor = why->prior.actor;
	return refuse(why, REFUSED_MARKED_NOT_PAID);
}

static bool has_funeral_money(const struct person_due *d)
{
	for (int i = 0; i < d->items; i++)
		if (d->item[i].what == ENT_FUNERAL)
			return true;
	return false;
}

/* Died, moved, in prison: who noted it, and when, is in prior. */
static enum verdict not_marked(struct db *db, struct payouts_plan *p,
	struct refusal *why, struct err *err)
{
	const int reason = p->due.person.not_paid_reason;
	sqlite3_stmt *st;
	enum lookup got;

	if (reason != NOT_PAID_DIED && reason != NOT_PAID_MOVED &&
		reason != NOT_PAID_PRISON)
		return VERDICT_DONE;
	if (reason == NOT_PAID_DIED && p->request.payee == PAYEE_FUNERAL &&
		has_funeral_money(&p->due)) {
		p->only_funeral = true;
		return VERDICT_DONE;
	}
	if (reason == p->due.left_reason)
		return he_left(db, p, why, err);
	st = stmt_get(db, &payouts_may_stmts, NOT_PAID_SEQ);
	stmt_int(st, ":person", p->request.person);
	got = stmt_row(db, st, err);
	if (got == LOOKUP_FOUND) {
		const uint64_t seq = (uint64_t)sqlite3_column_int64(st, 0);

		stmt_done(st);
		got = payouts_prior(db, seq, &why->prior, err);
	}
	if (got == LOOKUP_FAILED)
		return VERDICT_FAILED;
	why->amount = reason;
	why->actor = why->prior.actor;
	return refuse(why, REFUSED_MARKED_NOT_PAID);
}

static enum verdict find_person(struct db *db, struct payouts_plan *p,
	struct refusal *why, struct err *err)
{
	switch (people_get(db, p->request.person, &p->due, err)) {
	case LOOKUP_FAILED:
		return VERDICT_FAILED;
	case LOOKUP_ABSENT:
		return refuse(why, REFUSED_NOT_FOUND);
	case LOOKUP_FOUND:
		break;
	}
	return not_marked(db, p, why, err);
}

/*
 * The payment that the list asked for got, if it got one: what was paid of
 * older lists is not among the items.
 */
static bool last_paid(struct db *db, const struct payouts_plan *p,
	uint64_t *seq, struct err *err)
{
	sqlite3_stmt *st;

	*seq = p->due.last_seq;
	if (!p->request.list_period)
		return true;
	st = stmt_get(db, &payouts_may_stmts, PAID_FOR);
	stmt_int(st, ":person", p->request.person);
	stmt_int(st, ":period", p->request.list_period);
	if (stmt_row(db, st, err) != LOOKUP_FOUND)
		return false;
	*seq = (uint64_t)sqlite3_column_int64(st, 0);
	stmt_done(st);
	return true;
}

/* Another terminal is to pay it: which, who said so and when is in prior. */
static enum verdict is_away(struct db *db, const struct due_item *it,
	struct refusal *why, struct err *err)
{
	if (handover_prior(db, it->away, &why->prior, err) != LOOKUP_FOUND)
		return VERDICT_FAILED;
	why->prior.period = it->list_period;
	why->amount = it->amount;
	why->actor = why->prior.actor;
	return refuse(why, REFUSED_RELEASED);
}

/* Nothing of it can be paid: say which of the reasons it is. */
static enum verdict why_nothing(struct db *db, const struct payouts_plan *p,
	struct refusal *why, struct err *err)
{
	const struct due_item *account = NULL;
	const struct due_item *paid = NULL;
	uint64_t seq;

	for (int i = 0; i < p->due.items; i++) {
		const struct due_item *it = &p->due.item[i];
		const struct due_item **best = it->paid_seq ? &paid : &account;

		if (p->request.list_period &&
			it->list_period != p->request.list_period)
			continue;
		if (it->stopped && !it->paid_seq)
			return he_left(db, p, why, err);
		if (it->away && !it->paid_seq)
			return is_away(db, it, why, err);
		if (!*best || it->list_period > (*best)->list_period ||
			(it->list_period == (*best)->list_period &&
				it->paid_seq > (*best)->paid_seq))
			*best = it;
	}
	if (account && (!paid || account->list_period > paid->list_period)) {
		why->prior.period = p->due.account.pays_from
					    ? p->due.account.pays_from
					    : account->list_period;
		why->amount = account->amount;
		return refuse(why, REFUSED_BY_ACCOUNT);
	}
	seq = paid ? paid->paid_seq : 0;
	if (seq == 0 && !last_paid(db, p, &seq, err))
		return VERDICT_FAILED;
	if (seq == 0)
		return refuse(why, REFUSED_NOTHING_DUE);
	if (payouts_prior(db, seq, &why->prior, err) != LOOKUP_FOUND)
		return VERDICT_FAILED;
	why->actor = why->prior.actor;
	why->amount = why->prior.amount;
	return refuse(why, REFUSED_ALREADY_PAID);
}

/*
 * Money that was voided goes out again. If it had been out before, a second
 * person stands by; if it never left the drawer, the record is flagged.
 */
static enum verdict may_repeat(struct db *db, struct payouts_plan *p,
	struct refusal *why, struct err *err)
{
	for (int i = 0; i < p->items; i++) {
		enum void_reason was;

		if (!payouts_voided_as(db, p->item[i].ent, &was, err))
			return VERDICT_FAILED;
		if (was == VOID_NONE || p->approver)
			continue;
		if (was != VOID_NOT_HANDED)
			return second_person(db, p->s, NULL, why);
		p->flags |= JOURNAL_OVERRIDE;
	}
	return VERDICT_DONE;
}

/*
 * Another terminal of the office says that it paid that: a second person
 * signs, since it may have taken the money back since.
 */
static enum verdict not_elsewhere(struct db *db, struct payouts_plan *p,
	struct refusal *why, struct err *err)
{
	for (int i = 0; i < p->items; i++) {
		if (p->item[i].elsewhere == 0)
			continue;
		if (elsewhere_prior(db, p->item[i].elsewhere, &why->prior,
			    err) != LOOKUP_FOUND)
			return VERDICT_FAILED;
		why->prior.period = p->item[i].list_period;
		why->amount = p->item[i].amount;
		why->actor = why->prior.actor;
		if (!p->approver)
			return refuse(why, REFUSED_ELSEWHERE);
		p->flags |= JOURNAL_OVERRIDE;
	}
	return VERDICT_DONE;
}

static enum verdict choose_items(struct db *db, struct payouts_plan *p,
	struct refusal *why, struct err *err)
{
	for (int i = 0; i < p->due.items; i++) {
		const struct due_item *it = &p->due.item[i];

		if (it->paid_seq || it->by_account || it->stopped || it->away ||
			(p->only_funeral && it->what != ENT_FUNERAL) ||
			(p->request.list_period &&
				it->list_period != p->request.list_period))
			continue;
		if (!money_add(p->amount, it->amount, &p->amount)) {
			err_set(err, ERR_CORRUPT, 0, "amounts do not add up");
			return VERDICT_FAILED;
		}
		p->item[p->items++] = *it;
		if (it->list_period > p->period)
			p->period = it->list_period;
	}
	if (p->items == 0)
		return why_nothing(db, p, why, err);
	return not_elsewhere(db, p, why, err);
}

/* V35: a list is paid in its time, or a second person signs. */
static enum verdict list_is_of_today(struct db *db, struct payouts_plan *p,
	struct refusal *why)
{
	const int64_t when =
		p->request.pad[0] ? p->request.given_at : clock_wall_ms();

	if (window_has(db, p->period, when))
		return VERDICT_DONE;
	why->prior.period = p->period;
	if (!p->approver)
		return refuse(why, REFUSED_LIST_DAY);
	p->flags |= JOURNAL_OVERRIDE;
	return VERDICT_DONE;
}

static bool clean(char *text, size_t size)
{
	char out[VIET_NAME_SIZE];

	return text_clean(text, strlen(text), out, sizeof(out), NULL) &&
	       str_copy(text, size, out);
}

/* When the money is, or was, handed over. */
static struct date day_of(const struct payouts_plan *p)
{
	return date_of_ms(p->request.pad[0] ? p->request.given_at
					    : clock_wall_ms())
		.date;
}

/* A child does not dispose of money: his guardian does, if one is named. */
static enum verdict himself(struct payouts_plan *p, struct refusal *why)
{
	enum {
		OF_AGE = 18
	};
	const struct person *who = &p->due.person;
	const int age = date_age(who->birth, day_of(p));

	if (who->payee != LIST_PAYEE_GUARDIAN || age < 0 || age >= OF_AGE)
		return VERDICT_DONE;
	if (!p->approver)
		return refuse(why, REFUSED_MINOR);
	p->flags |= JOURNAL_OVERRIDE;
	p->request.review |= REVIEW_MINOR;
	return VERDICT_DONE;
}

static enum verdict payee_is_complete(struct payouts_plan *p,
	struct refusal *why)
{
	struct pay_request *r = &p->request;

	if (!clean(r->card.name, sizeof(r->card.name)) ||
		!clean(r->card.id12, sizeof(r->card.id12)) ||
		!clean(r->payee_name, sizeof(r->payee_name)) ||
		!clean(r->payee_id, sizeof(r->payee_id)) ||
		!clean(r->payee_paper, sizeof(r->payee_paper)))
		return refuse(why, REFUSED_PAYEE);
	if (r->payee_until.year != 0 &&
		date_compare(r->payee_until, day_of(p)) < 0) {
		why->amount = r->payee_until.year * 10000 +
			      r->payee_until.month * 100 + r->payee_until.day;
		return refuse(why, REFUSED_PAPER_OVER);
	}
	switch (r->payee) {
	case PAYEE_SELF:
		return himself(p, why);
	case PAYEE_AUTHORISED:
		if (!r->payee_paper[0])
			break;
		/* fallthrough */
	case PAYEE_GUARDIAN:
	case PAYEE_FUNERAL:
	case PAYEE_CARER:
		if (r->payee_name[0] && personid_is_id12(r->payee_id))
			return VERDICT_DONE;
		break;
	}
	return refuse(why, REFUSED_PAYEE);
}

/* All zero means that the split was not said. */
static enum verdict notes_add_up(struct payouts_plan *p, struct refusal *why)
{
	struct notes *n = &p->request.notes;

	for (int i = 0; i < NOTES_KINDS; i++)
		if (n->pieces[i] < 0)
			return refuse(why, REFUSED_NOTES);
	why->amount = p->amount;
	if (notes_none(n) || notes_sum(n) == p->amount)
		return VERDICT_DONE;
	if (!p->request.suggested)
		return refuse(why, REFUSED_NOTES);
	*n = (struct notes){0};
	return VERDICT_DONE;
}

static enum verdict within_limits(struct db *db, const struct payouts_plan *p,
	struct refusal *why, struct err *err)
{
	struct limits at;

	if (!limits_get(db, &at, err))
		return VERDICT_FAILED;
	if (p->amount > at.value[LIMIT_SINGLE] || p->approver) {
		const enum verdict v =
			second_person(db, p->s, p->approver, why);

		why->amount = p->amount;
		if (v != VERDICT_DONE)
			return v;
	}
	why->amount = p->shift.payouts;
	if (p->shift.payouts >= at.value[LIMIT_PAYOUTS])
		return refuse(why, REFUSED_LIMIT_COUNT);
	why->amount = p->shift.paid;
	if (p->shift.paid + p->amount > at.value[LIMIT_SUM])
		return refuse(why, REFUSED_LIMIT_SUM);
	return VERDICT_DONE;
}

static enum verdict cash_and_disk(struct db *db, const struct payouts_plan *p,
	struct refusal *why, struct err *err)
{
	struct db_room room;

	why->amount = p->shift.expected;
	if (p->shift.expected < p->amount)
		return refuse(why, REFUSED_NOT_ENOUGH_CASH);
	if (!db_room(db, &room, err))
		return VERDICT_FAILED;
	if (room.read_only)
		return refuse(why, REFUSED_READ_ONLY);
	why->amount = (int64_t)(room.free_bytes >> 20);
	if (!room.enough)
		return refuse(why, REFUSED_DISK);
	return VERDICT_DONE;
}

enum verdict payouts_may_pay(struct db *db, struct payouts_plan *p,
	struct refusal *why, struct err *err)
{
	enum verdict v = roles_may(db, p->s, ACT_PAY, why);

	if (v == VERDICT_DONE && db->lost_tail)
		v = refuse(why, REFUSED_TAIL_LOST);
	else if (db->moved == MOVED_AWAY)
		v = refuse(why, REFUSED_MOVED);
	if (v == VERDICT_DONE)
		v = no_open_payout(db, why, err);
	if (v == VERDICT_DONE)
		v = shifts_own(db, p->s, &p->shift, why, err);
	if (v == VERDICT_DONE)
		v = clock_is_right(db, p, why, err);
	if (v == VERDICT_DONE)
		v = lease_holds(db, p, why, err);
	if (v == VERDICT_DONE)
		v = payouts_may_enter(db, &p->request, why, err);
	if (v == VERDICT_DONE)
		v = find_person(db, p, why, err);
	if (v == VERDICT_DONE)
		v = choose_items(db, p, why, err);
	if (v == VERDICT_DONE)
		v = may_repeat(db, p, why, err);
	if (v == VERDICT_DONE)
		v = list_is_of_today(db, p, why);
	if (v == VERDICT_DONE)
		v = payee_is_complete(p, why);
	if (v == VERDICT_DONE)
		v = notes_add_up(p, why);
	if (v == VERDICT_DONE)
		v = within_limits(db, p, why, err);
	if (v == VERDICT_DONE)
		v = cash_and_disk(db, p, why, err);
	return v;
}

enum verdict payouts_may_release(struct db *db, struct payouts_plan *p,
	struct refusal *why, struct err *err)
{
	enum verdict v = no_open_payout(db, why, err);

	if (v == VERDICT_DONE)
		v = find_person(db, p, why, err);
	if (v == VERDICT_DONE)
		v = choose_items(db, p, why, err);
	return v;
}
