#include "terminal/app/run_money.h"

#include <string.h>

#include "core/crash.h"
#include "core/str.h"
#include "terminal/app/run_devices.h"

/* By PIN, by QR, or nobody: what stands by the act, until ended(). */
struct beside {
	struct session by;
	const struct session *who; /* NULL: nobody */
};

/* What the book said, as an event: done is the kind when it did it. */
static void verdict(struct ports *p, enum verdict got, enum event_kind done,
	const struct refusal *why, const struct err *err, struct event *answer)
{
	p->written = true;
	p->status_due = true;
	switch (got) {
	case VERDICT_DONE:
		answer->kind = done;
		return;
	case VERDICT_REFUSED:
		answer->kind = EV_REFUSED;
		answer->refusal = *why;
		return;
	case VERDICT_FAILED:
		answer->kind = EV_FAILED;
		answer->err = *err;
	}
}

bool run_second(struct ports *p, int64_t by, const char *pin,
	struct session *out, struct event *answer)
{
	struct sign_in_result result = {0};
	struct err err;
	enum sign_in got;

	session_clear(out);
	if (by == 0)
		return true;
	got = users_check(p->db, by, pin, out, &result, &err);
	p->written = true;
	if (got == SIGN_IN_DONE)
		return true;
	if (got == SIGN_IN_FAILED) {
		answer->kind = EV_FAILED;
		answer->err = err;
		return false;
	}
	answer->kind = EV_SIGN_IN_REFUSED;
	answer->sign_in.how = got;
	answer->sign_in.tries_left = result.tries_left;
	answer->sign_in.wait_seconds = result.wait_seconds;
	return false;
}

/* False: *answer says why not. */
static bool begin(struct ports *p, const struct effect *fx, int64_t by,
	const char *pin, struct beside *b, struct event *answer)
{
	struct refusal why = {0};
	struct err err;
	enum verdict got = VERDICT_FAILED;

	b->who = &b->by;
	if (fx->second.ask) {
		got = approvals_ask(p->db, &p->session, &p->approval, &b->by,
			      &err)
			      ? VERDICT_DONE
			      : VERDICT_FAILED;
	} else if (fx->second.answer[0]) {
		got = approvals_answer(p->db, &p->session, &p->approval,
			fx->second.answer, &b->by, &why, &err);
	} else {
		b->who = by ? &b->by : NULL;
		return run_second(p, by, pin, &b->by, answer);
	}
	if (got == VERDICT_DONE)
		return true;
	verdict(p, got, EV_FAILED, &why, &err, answer);
	return false;
}

/* The act is over. True: the request stands in *answer. */
static bool ended(struct ports *p, const struct effect *fx, struct beside *b,
	enum verdict *got, struct refusal *why, struct err *err,
	struct event *answer)
{
	session_clear(&b->by);
	if (fx->second.answer[0])
		*got = approvals_answered(p->db, &p->approval, *got, why);
	if (!fx->second.ask)
		return false;
	*got = approvals_asked(p->db, &p->approval, *got, why, err);
	if (*got != VERDICT_REFUSED || why->code != REFUSED_APPROVAL_WANTED)
		return false;
	answer->kind = EV_APPROVAL;
	str_copy(answer->approval, sizeof(answer->approval), p->approval.text);
	return true;
}

static void shift_state(struct ports *p, struct event *answer)
{
	struct err err;

	switch (shifts_current(p->db, &answer->shift, &err)) {
	case LOOKUP_FOUND:
		answer->kind = EV_SHIFT;
		return;
	case LOOKUP_ABSENT:
		answer->kind = EV_NO_SHIFT;
		return;
	case LOOKUP_FAILED:
		answer->kind = EV_FAILED;
		answer->err = err;
	}
}

static void shift_notes(struct ports *p, const struct effect *fx,
	struct event *answer)
{
	const struct notes *n = &fx->shift.notes;
	struct refusal why = {0};
	struct err err;
	struct shift s;
	enum verdict got;

	if (fx->kind == FX_SHIFT_OPEN)
		got = shifts_open_with(p->db, &p->session, n,
			fx->shift.slip[0] ? fx->shift.slip : NULL, &s, &why,
			&err);
	else if (fx->kind == FX_SHIFT_TOP_UP)
		got = shifts_top_up(p->db, &p->session, n, &s, &why, &err);
	else
		got = shifts_drop(p->db, &p->session, n, &s, &why, &err);
	if (fx->kind == FX_SHIFT_OPEN && got == VERDICT_DONE)
		p->last_receipt = 0;
	verdict(p, got, EV_SHIFT, &why, &err, answer);
	if (got == VERDICT_DONE)
		answer->shift = s;
}

static void shift_close(struct ports *p, const struct effect *fx,
	struct event *answer)
{
	struct refusal why = {0};
	struct shift_slip slip;
	struct beside b;
	struct err err;
	enum verdict got;

	if (!begin(p, fx, fx->shift.by, fx->shift.pin, &b, answer))
		return;
	got = shifts_close(p->db, &p->session, &fx->shift.notes,
		fx->shift.reason, b.who, &slip, &why, &err);
	if (ended(p, fx, &b, &got, &why, &err, answer))
		return;
	verdict(p, got, EV_SHIFT_CLOSED, &why, &err, answer);
	if (got == VERDICT_DONE)
		answer->slip = slip;
}

/*
 * Which notes to give. The same for the same request, or an approval by QR
 * would be of another record. Nobody goes unpaid for want of it.
 */
static void suggest_notes(struct ports *p, struct effect *fx)
{
	struct pay_request *r = &fx->pay.request;
	struct err unheard;

	if (!fx->pay.suggest)
		return;
	if (memcmp(p->advised.uid, r->uid, sizeof(r->uid)) != 0) {
		if (!payouts_advise(p->db, fx->pay.due, &p->advised.advice,
			    &unheard))
			p->advised.advice = (struct notes_advice){0};
		memcpy(p->advised.uid, r->uid, sizeof(r->uid));
	}
	if (!p->advised.advice.exact)
		return;
	r->notes = p->advised.advice.notes;
	r->suggested = true;
}

static void pay(struct ports *p, struct effect *fx, struct event *answer)
{
	struct refusal why = {0};
	struct payout payout;
	struct beside b;
	struct err err;
	enum verdict got;

	if (!begin(p, fx, fx->pay.by, fx->pay.pin, &b, answer))
		return;
	suggest_notes(p, fx);
	fx->pay.request.approver = b.who;
	fx->pay.request.no_printer = !fx->pay.request.pad[0] &&
				     (!run_has_printer(p) || p->printer_gone);
	got = payouts_pay(p->db, &p->session, &fx->pay.request, &payout, &why,
		&err);
	if (ended(p, fx, &b, &got, &why, &err, answer))
		return;
	verdict(p, got, EV_PAID, &why, &err, answer);
	if (got != VERDICT_DONE)
		return;
	crash_point("pay.told");
	answer->payout = payout;
	answer->advice = (struct notes_advice){0};
	if (fx->pay.suggest)
		answer->advice = p->advised.advice;
	p->last_receipt = payout.seq;
}

/* A look-up whose find is a payout. */
static void found(struct ports *p, enum lookup got, enum event_kind there,
	enum event_kind absent, const struct err *err, struct event *answer)
{
	p->status_due = true;
	switch (got) {
	case LOOKUP_FOUND:
		answer->kind = there;
		return;
	case LOOKUP_ABSENT:
		answer->kind = absent;
		return;
	case LOOKUP_FAILED:
		answer->kind = EV_FAILED;
		answer->err = *err;
	}
}

static void settle(struct ports *p, const struct effect *fx,
	struct event *answer)
{
	struct refusal why = {0};
	struct payout payout;
	struct err err;
	enum event_kind done = EV_HANDED;
	enum verdict got;

	if (fx->kind == FX_HANDED) {
		got = payouts_handed_in(p->db, &p->session, fx->seq,
			fx->given.told ? &fx->given.notes : NULL, &payout, &why,
			&err);
	} else {
		done = EV_NOT_HANDED;
		got = payouts_not_handed(p->db, &p->session, fx->seq, NULL,
			&payout, &why, &err);
	}
	verdict(p, got, done, &why, &err, answer);
	if (got == VERDICT_DONE)
		answer->payout = payout;
}

static void recover(struct ports *p, const struct effect *fx,
	struct event *answer)
{
	struct refusal why = {0};
	struct payout payout;
	struct beside b;
	struct err err;
	enum verdict got;

	if (!begin(p, fx, fx->recover.by, fx->recover.pin, &b, answer))
		return;
	got = payouts_recover(p->db, &p->session, fx->recover.handed, b.who,
		&payout, &why, &err);
	if (ended(p, fx, &b, &got, &why, &err, answer))
		return;
	verdict(p, got, EV_RECOVERED, &why, &err, answer);
	if (got == VERDICT_DONE)
		answer->payout = payout;
}

/* And whether its agent is out, so that this user answers for him. */
static void open_payout(struct ports *p, struct event *answer)
{
	struct err err;
	struct shift shift;
	enum lookup got = payouts_open(p->db, &answer->payout, &err);

	answer->left = SHIFT_LEFT_NOT;
	if (got == LOOKUP_FOUND) {
		const enum lookup his = shifts_current(p->db, &shift, &err);

		if (his == LOOKUP_FAILED)
			got = LOOKUP_FAILED;
		else if (his == LOOKUP_FOUND &&
			 shift.actor != p->session.user.number)
			answer->left = shift.left;
	}
	found(p, got, EV_OPEN_PAYOUT, EV_NO_OPEN_PAYOUT, &err, answer);
}

static void take_back(struct ports *p, const struct effect *fx,
	struct event *answer)
{
	struct void_request request = {.seq = fx->take_back.seq,
		.reason = fx->take_back.reason};
	struct refusal why = {0};
	struct payout payout;
	struct beside b;
	struct err err;
	enum verdict got;

	if (!begin(p, fx, fx->take_back.by, fx->take_back.pin, &b, answer))
		return;
	request.by = b.who;
	request.paper = fx->take_back.paper[0] ? fx->take_back.paper : NULL;
	got = payouts_void(p->db, &p->session, &request, &payout, &why, &err);
	if (ended(p, fx, &b, &got, &why, &err, answer))
		return;
	verdict(p, got, EV_VOIDED, &why, &err, answer);
	if (got == VERDICT_DONE)
		answer->payout = payout;
}

static void not_paid(struct ports *p, const struct effect *fx,
	struct event *answer)
{
	struct refusal why = {0};
	struct err err;
	const enum verdict got =
		payouts_not_paid(p->db, &p->session, fx->not_paid.person,
			fx->not_paid.reason, fx->not_paid.date, &why, &err);

	verdict(p, got, EV_NOT_PAID_SAVED, &why, &err, answer);
}

bool run_money(struct ports *p, struct effect *fx, struct event *answer)
{
	struct err err;

	switch (fx->kind) {
	case FX_SHIFT_STATE:
		shift_state(p, answer);
		return true;
	case FX_SHIFT_OPEN:
	case FX_SHIFT_TOP_UP:
	case FX_SHIFT_DROP:
		shift_notes(p, fx, answer);
		return true;
	case FX_SHIFT_CLOSE:
		shift_close(p, fx, answer);
		return true;
	case FX_PAY:
		pay(p, fx, answer);
		return true;
	case FX_LOOK:
		found(p,
			payouts_of_request(p->db, fx->uid, &answer->payout,
				&err),
			EV_PAID, EV_NOT_RECORDED, &err, answer);
		return true;
	case FX_OPEN_PAYOUT:
		open_payout(p, answer);
		return true;
	case FX_HANDED:
	case FX_NOT_HANDED:
		settle(p, fx, answer);
		return true;
	case FX_RECOVER:
		recover(p, fx, answer);
		return true;
	case FX_VOID:
		take_back(p, fx, answer);
		return true;
	case FX_NOT_PAID:
		not_paid(p, fx, answer);
		return true;
	default:
		return false;
	}
}
