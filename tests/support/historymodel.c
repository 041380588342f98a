/* historymodel.c - what the book must say, worked out without the book. */
#include "support/history.h"

#include <string.h>

static const int64_t number[] = {[LAN] = 7, [MINH] = 8, [HOA] = 1};

enum {
	CLERK = 5, /* whose PIN is tried */
	TEN_MINUTES = 10 * 60 * 1000
};

static void add_item(struct model_person *p, int32_t period, enum ent_what what,
	int64_t amount, bool by_account)
{
	p->item[p->items++] = (struct model_item){.period = period,
		.what = what,
		.amount = amount,
		.by_account = by_account,
		.may_stop = period >= 202612 && what != ENT_FUNERAL,
		.payout = -1};
}

void model_begin(struct model *m, uint64_t seq, int64_t now)
{
	struct model_person *p = m->person;

	memset(p, 0, sizeof(m->person));
	memset(m->sheet, 0, sizeof(m->sheet));
	add_item(&p[0], 202612, ENT_MONTH, 500000, false);
	add_item(&p[1], 202612, ENT_MONTH, 500000, false);
	add_item(&p[1], 202612, ENT_ARREARS, 200000, false);
	add_item(&p[2], 202611, ENT_MONTH, 300000, false);
	add_item(&p[2], 202612, ENT_MONTH, 500000, false);
	add_item(&p[3], 202612, ENT_MONTH, 16000000, false);
	add_item(&p[4], 202612, ENT_MONTH, 500000, true);
	add_item(&p[5], 202612, ENT_FUNERAL, 10800000, false);
	add_item(&p[5], 202612, ENT_MONTH, 540000, false);
	add_item(&p[6], 202611, ENT_MONTH, 350000, false);
	add_item(&p[6], 202612, ENT_MONTH, 540000, false);
	m->payouts = 0;
	m->open = -1;
	m->base = seq;
	m->seq = seq;
	m->now = now;
}

/* ---- records ------------------------------------------------------------- */

static struct model_record *put(struct model *m, enum journal_kind kind,
	int64_t actor)
{
	struct model_record *r = &m->record[m->seq - m->base];

	*r = (struct model_record){.kind = kind, .actor = actor, .t = m->now};
	m->seq++;
	if (m->last_t > m->max_t)
		m->max_t = m->last_t;
	m->last_t = m->now;
	if (m->last_t > m->max_t)
		m->max_t = m->last_t;
	return r;
}

/* A record, and before it CLOCK if the last one is later than now. */
static struct model_record *record(struct model *m, enum journal_kind kind,
	int64_t actor)
{
	if (m->now < m->last_t)
		put(m, JOURNAL_CLOCK, 0);
	return put(m, kind, actor);
}

/* ---- who may, and when ----------------------------------------------------- */

/* Refused, and noted (T72). */
static enum refusal_code wrong_role(struct model *m, enum actor who)
{
	record(m, JOURNAL_LOGIN_FAIL, number[who]);
	return REFUSED_ROLE;
}

static enum refusal_code own_shift(struct model *m, enum actor who)
{
	if (who == HOA)
		return wrong_role(m, who);
	if (!m->shift)
		return REFUSED_NO_SHIFT;
	return m->owner == who ? REFUSED_NOT : REFUSED_NOT_YOUR_SHIFT;
}

static enum refusal_code second(enum actor who, enum actor by)
{
	if (by != HOA)
		return REFUSED_SECOND_PERSON;
	return who == HOA ? REFUSED_SAME_PERSON : REFUSED_NOT;
}

/* ---- the drawer ------------------------------------------------------------- */

static enum refusal_code open_shift(struct model *m, const struct step *s)
{
	const int64_t sum = INT64_C(500000) * step_pieces(s);

	if (s->who == HOA)
		return wrong_role(m, s->who);
	if (m->shift)
		return REFUSED_SHIFT_OPEN;
	record(m, JOURNAL_KEYROLL, number[s->who]);
	record(m, JOURNAL_OPEN, number[s->who]);
	record(m, JOURNAL_FLOAT_IN, number[s->who])->amount = sum;
	m->shift = true;
	m->owner = s->who;
	m->expected = sum;
	m->in_hand += sum;
	return REFUSED_NOT;
}

static enum refusal_code move_cash(struct model *m, const struct step *s)
{
	const enum refusal_code own = own_shift(m, s->who);
	const bool out = s->kind == STEP_DROP;
	const int64_t sum = INT64_C(500000) * step_pieces(s);

	if (own != REFUSED_NOT)
		return own;
	if (sum == 0)
		return REFUSED_NOTES;
	if (out && sum > m->expected)
		return REFUSED_NOT_ENOUGH_CASH;
	record(m, out ? JOURNAL_FLOAT_OUT : JOURNAL_FLOAT_IN, number[s->who])
		->amount = sum;
	m->expected += out ? -sum : sum;
	m->in_hand += out ? -sum : sum;
	return REFUSED_NOT;
}

static enum refusal_code close_shift(struct model *m, const struct step *s)
{
	const int64_t difference = step_difference(s, m->expected);
	enum refusal_code no = own_shift(m, s->who);
	struct model_record *r;

	if (no != REFUSED_NOT)
		return no;
	if (m->open >= 0)
		return REFUSED_OPEN_PAYOUT;
	if (difference != 0 &&
		(step_shift_reason(s) == SHIFT_REASON_NONE || s->by == NOBODY))
		return REFUSED_DIFFERENCE;
	no = s->by == NOBODY ? REFUSED_NOT : second(s->who, s->by);
	if (no != REFUSED_NOT)
		return no;
	record(m, JOURNAL_COUNT, number[s->who])->amount =
		m->expected + difference;
	if (difference != 0) {
		r = record(m, JOURNAL_OVER_SHORT, number[s->who]);
		r->amount = difference < 0 ? -difference : difference;
		r->res = difference > 0 ? 1 : 2;
	}
	record(m, JOURNAL_CLOSE, number[s->who])->amount = m->expected;
	m->shift = false;
	return REFUSED_NOT;
}

/* ---- paying ---------------------------------------------------------------- */

static bool is_stopped(const struct model_person *p, const struct model_item *i)
{
	return p->left && i->may_stop;
}

static bool is_asked(const struct model_item *i, int32_t list_period)
{
	return list_period == 0 || i->period == list_period;
}

static bool is_payable(const struct model_person *p, const struct model_item *i)
{
	return i->payout < 0 && !i->by_account && !is_stopped(p, i);
}

int64_t model_due(const struct model *m, int person, int32_t list_period)
{
	const struct model_person *p = &m->person[person];
	int64_t due = 0;

	for (int i = 0; i < p->items; i++)
		if (is_payable(p, &p->item[i]) &&
			is_asked(&p->item[i], list_period))
			due += p->item[i].amount;
	return due;
}

/* Died, or left with nothing more to come. */
static bool is_marked(const struct model *m, int person)
{
	const struct model_person *p = &m->person[person];
	bool stopped = false;

	for (int i = 0; i < p->items; i++)
		stopped |= is_stopped(p, &p->item[i]) && p->item[i].payout < 0;
	return p->reason == NOT_PAID_DIED ||
	       (p->reason == NOT_PAID_NONE && stopped &&
		       model_due(m, person, 0) == 0);
}

static enum refusal_code why_nothing(const struct model_person *p,
	int32_t list_period)
{
	bool account = false;
	bool paid = false;

	for (int i = 0; i < p->items; i++) {
		const struct model_item *it = &p->item[i];

		if (!is_asked(it, list_period))
			continue;
		if (it->payout < 0 && is_stopped(p, it))
			return REFUSED_MARKED_NOT_PAID;
		account |= it->by_account;
		paid |= it->payout >= 0;
	}
	if (paid)
		return REFUSED_ALREADY_PAID;
	return account ? REFUSED_BY_ACCOUNT : REFUSED_NOTHING_DUE;
}

/* The number of a sheet is good once, and its time is past. */
static enum refusal_code may_enter(const struct model *m, const struct step *s)
{
	if (s->kind != STEP_SHEET)
		return REFUSED_NOT;
	if (step_ago_ms(s) <= 0)
		return REFUSED_LATE;
	return m->sheet[step_sheet(s)] ? REFUSED_PAD : REFUSED_NOT;
}

/* Is any of it money that was out and came back? */
static bool was_out(const struct model *m, const struct step *s)
{
	const struct model_person *p = &m->person[s->person];

	for (int i = 0; i < p->items; i++)
		if (p->item[i].was_out && is_payable(p, &p->item[i]) &&
			is_asked(&p->item[i], step_list_period(s)))
			return true;
	return false;
}

static enum refusal_code may_pay(struct model *m, const struct step *s,
	int64_t due)
{
	enum refusal_code no;

	if (s->who == HOA)
		return wrong_role(m, s->who);
	if (m->open >= 0)
		return REFUSED_OPEN_PAYOUT;
	no = own_shift(m, s->who);
	if (no != REFUSED_NOT)
		return no;
	if (m->max_t - m->now > TEN_MINUTES && s->by == NOBODY)
		return REFUSED_CLOCK;
	no = may_enter(m, s);
	if (no != REFUSED_NOT)
		return no;
	if (is_marked(m, s->person))
		return REFUSED_MARKED_NOT_PAID;
	if (due == 0)
		return why_nothing(&m->person[s->person], step_list_period(s));
	if (s->by == NOBODY && was_out(m, s))
		return REFUSED_SECOND_PERSON;
	if (step_lacks_number(s))
		return REFUSED_PAYEE;
	if (step_says_wrong_notes(s))
		return REFUSED_NOTES;
	if (due > 15000000 || s->by != NOBODY) {
		no = second(s->who, s->by);
		if (no != REFUSED_NOT)
			return no;
	}
	return due > m->expected ? REFUSED_NOT_ENOUGH_CASH : REFUSED_NOT;
}

/* Nobody is asked whether it was handed over. */
static void was_given(struct model *m, const struct step *s)
{
	struct model_payout *p = &m->payout[m->open];

	record(m, JOURNAL_HANDED, number[s->who])->ref = p->seq;
	p->state = PAYOUT_HANDED;
	p->by_hand = true;
	m->sheet[step_sheet(s)] = true;
	m->open = -1;
}

/* The clock is right again. */
static void end_fault(struct model *m, enum actor who)
{
	if (m->fault)
		record(m, JOURNAL_FAULT_END, number[who])->ref = m->fault;
	m->fault = 0;
}

static enum refusal_code pay(struct model *m, const struct step *s)
{
	const int32_t list = step_list_period(s);
	const int64_t due = model_due(m, s->person, list);
	const bool behind = m->max_t - m->now > TEN_MINUTES;
	const enum refusal_code no = may_pay(m, s, due);
	struct model_person *p = &m->person[s->person];

	if (no == REFUSED_CLOCK && m->fault == 0) {
		record(m, JOURNAL_FAULT_BEGIN, number[s->who]);
		m->fault = m->seq;
	}
	if (no != REFUSED_NOT)
		return no;
	if (!behind)
		end_fault(m, s->who);
	for (int i = 0; i < p->items; i++)
		if (is_payable(p, &p->item[i]) && is_asked(&p->item[i], list))
			p->item[i].payout = m->payouts;
	if (step_reviews(s))
		record(m, JOURNAL_REVIEW, number[s->who]);
	record(m, JOURNAL_PAY, number[s->who])->amount = due;
	m->open = m->payouts;
	m->payout[m->payouts++] = (struct model_payout){.seq = m->seq,
		.amount = due,
		.state = PAYOUT_PAID,
		.who = s->who};
	m->expected -= due;
	m->in_hand -= due;
	if (s->kind == STEP_SHEET)
		was_given(m, s);
	return REFUSED_NOT;
}

static void give_back(struct model *m, int payout)
{
	const bool out = m->payout[payout].state == PAYOUT_HANDED;

	for (int i = 0; i < HISTORY_PEOPLE; i++)
		for (int j = 0; j < m->person[i].items; j++)
			if (m->person[i].item[j].payout == payout) {
				m->person[i].item[j].payout = -1;
				m->person[i].item[j].was_out = out;
			}
	m->expected += m->payout[payout].amount;
	m->in_hand += m->payout[payout].amount;
}

static enum refusal_code answer(struct model *m, const struct step *s)
{
	const bool recover = s->kind == STEP_RECOVER;
	const bool handed = recover ? s->arg % 2 : s->kind == STEP_HANDED;
	struct model_payout *p = m->open >= 0 ? &m->payout[m->open] : NULL;
	enum refusal_code no;
	struct model_record *r;

	if (s->who == HOA)
		return wrong_role(m, s->who);
	if (!p)
		return REFUSED_NO_OPEN_PAYOUT;
	no = own_shift(m, s->who);
	if (no == REFUSED_NOT && !handed && s->by != NOBODY)
		no = second(s->who, s->by);
	if (no != REFUSED_NOT)
		return no;
	if (recover) {
		r = record(m, JOURNAL_RECOVERY, number[s->who]);
		r->ref = p->seq;
		r->res = handed ? RECOVERY_HANDED : RECOVERY_NOT_HANDED;
	}
	r = record(m, handed ? JOURNAL_HANDED : JOURNAL_VOID, number[s->who]);
	r->ref = p->seq;
	r->amount = handed ? 0 : p->amount;
	if (!handed)
		give_back(m, m->open);
	p->state = handed ? PAYOUT_HANDED : PAYOUT_VOIDED;
	m->open = -1;
	return REFUSED_NOT;
}

static enum refusal_code may_void(struct model *m, const struct step *s)
{
	enum refusal_code no;
	int state;

	if (s->who == HOA)
		return wrong_role(m, s->who);
	if (m->open >= 0)
		return REFUSED_OPEN_PAYOUT;
	no = own_shift(m, s->who);
	if (no != REFUSED_NOT)
		return no;
	if (m->payouts == 0)
		return REFUSED_NOT_FOUND;
	state = m->payout[step_payout(s, m->payouts)].state;
	if (state == PAYOUT_VOIDED)
		return REFUSED_VOIDED;
	if (step_void_reason(s) == VOID_RECEIPT_BACK && !step_shows_paper(s))
		return REFUSED_PAPER;
	return second(s->who, s->by);
}

static enum refusal_code take_back(struct model *m, const struct step *s)
{
	const enum refusal_code no = may_void(m, s);
	struct model_record *r;
	struct model_payout *p;

	if (no != REFUSED_NOT)
		return no;
	p = &m->payout[step_payout(s, m->payouts)];
	r = record(m, JOURNAL_VOID, number[s->who]);
	r->ref = p->seq;
	r->amount = p->amount;
	r = record(m, JOURNAL_VOID_RETURNED, number[s->who]);
	r->ref = m->seq - 1;
	r->amount = p->amount;
	give_back(m, step_payout(s, m->payouts));
	p->state = PAYOUT_VOIDED;
	return REFUSED_NOT;
}

/* ---- paper ------------------------------------------------------------------ */

static void copy(struct model *m, struct model_payout *p, enum actor who)
{
	struct model_record *r;

	if (p->unsure) {
		r = record(m, JOURNAL_PRINT, number[who]);
		r->ref = p->seq;
		r->res = PRINT_UNKNOWN;
		p->unsure = false;
		p->print = PRINT_UNKNOWN;
	}
	r = record(m, JOURNAL_REPRINT, number[who]);
	r->ref = p->seq;
	r->res = (uint64_t)++p->copies;
}

static enum refusal_code print(struct model *m, const struct step *s)
{
	struct model_payout *p;
	struct model_record *r;

	if (m->payouts == 0)
		return REFUSED_NOT;
	p = &m->payout[m->payouts - 1];
	if (s->kind == STEP_COPY || p->by_hand ||
		(p->print != PRINT_NONE && p->print != PRINT_FAILED)) {
		copy(m, p, s->who);
		return REFUSED_NOT;
	}
	p->print = step_print(s);
	if (p->print == PRINT_PRINTING)
		return REFUSED_NOT;
	r = record(m, JOURNAL_PRINT, number[s->who]);
	r->ref = p->seq;
	r->res = p->print;
	return REFUSED_NOT;
}

static void die(struct model *m)
{
	for (int i = 0; i < m->payouts; i++)
		if (m->payout[i].print == PRINT_PRINTING) {
			m->payout[i].print = PRINT_UNKNOWN;
			m->payout[i].unsure = true;
		}
}

/* ---- the rest --------------------------------------------------------------- */

static enum refusal_code note(struct model *m, const struct step *s)
{
	const enum not_paid reason = step_reason(s);

	if (reason == NOT_PAID_NONE && s->who != HOA)
		return wrong_role(m, s->who);
	record(m, JOURNAL_NOT_PAID, number[s->who])->res = reason;
	m->person[s->person].reason = reason;
	return REFUSED_NOT;
}

/* The file of changes names the last of the set. Once; then it is known. */
static void leave(struct model *m)
{
	struct model_person *p = &m->person[HISTORY_PEOPLE - 1];

	if (p->left)
		return;
	record(m, JOURNAL_CHANGE, number[HOA])->res = 2;
	record(m, JOURNAL_IMPORT, number[HOA])->res = 1;
	p->left = true;
}

static void try_pin(struct model *m, bool right)
{
	if (m->failures >= USERS_MAX_FAILURES)
		return;
	record(m, right ? JOURNAL_LOGIN : JOURNAL_LOGIN_FAIL, CLERK);
	m->failures = right ? 0 : m->failures + 1;
}

static void vouch(struct model *m, enum actor who)
{
	if (who != HOA) {
		wrong_role(m, who);
		return;
	}
	record(m, JOURNAL_CLOCK, number[who]);
	m->max_t = m->now;
	m->set_at = m->now;
	end_fault(m, who);
}

enum refusal_code model_step(struct model *m, const struct step *s)
{
	switch (s->kind) {
	case STEP_OPEN:
		return open_shift(m, s);
	case STEP_CLOSE:
		return close_shift(m, s);
	case STEP_TOP_UP:
	case STEP_DROP:
		return move_cash(m, s);
	case STEP_PAY:
	case STEP_SHEET:
		return pay(m, s);
	case STEP_VOID:
		return take_back(m, s);
	case STEP_HANDED:
	case STEP_NOT_HANDED:
	case STEP_RECOVER:
		return answer(m, s);
	case STEP_PRINT:
	case STEP_COPY:
		return print(m, s);
	case STEP_NOT_PAID:
		return note(m, s);
	case STEP_LEFT:
		leave(m);
		break;
	case STEP_WRONG_PIN:
	case STEP_SIGN_IN:
		try_pin(m, s->kind == STEP_SIGN_IN);
		break;
	case STEP_CRASH:
	case STEP_RESTART:
		die(m);
		break;
	case STEP_CLOCK:
		m->now += step_clock_ms(s);
		break;
	case STEP_VOUCH:
		vouch(m, s->who);
		break;
	case STEP_CHECKPOINT:
	case STEP_COUNT:
		break;
	}
	return REFUSED_NOT;
}
