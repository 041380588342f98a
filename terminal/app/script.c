#include "terminal/app/script.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/str.h"

enum {
	KEY_PAUSE_MS = 2 * FLOW_HELD_MS
};

void script_init(struct script *s, struct ports *ports)
{
	memset(s, 0, sizeof(*s));
	s->ports = ports;
	s->now_ms = clock_ms();
}

/* Remember what a person would have read. */
static void keep(struct script *s, const struct event *ev)
{
	if (ev->kind == EV_REFUSED)
		s->why = ev->refusal;
	if (ev->kind == EV_SIGN_IN_REFUSED)
		s->second = *ev;
	if (ev->kind == EV_FAILED) {
		s->err = ev->err;
		s->failed = true;
	}
	if (ev->kind == EV_PAID || ev->kind == EV_HANDED)
		s->payout = ev->payout;
}

/* Carry out effects and hand the answers back until nothing is asked. */
static enum effect_kind settle(struct script *s, struct effect fx,
	struct effect (*handle)(void *flow, const struct event *ev), void *flow)
{
	struct event *ev = calloc(1, sizeof(*ev));
	enum effect_kind last = fx.kind;

	while (ev && fx.kind != FX_NONE && fx.kind != FX_LEAVE) {
		last = fx.kind;
		if (run_effect(s->ports, &fx, ev)) {
			keep(s, ev);
			fx = handle(flow, ev);
			continue;
		}
		fx = effect_of(FX_NONE);
		while (fx.kind == FX_NONE && run_unasked(s->ports, ev))
			if (ev->kind == EV_PRINT)
				fx = handle(flow, ev);
	}
	free(ev);
	return fx.kind == FX_LEAVE ? FX_LEAVE : last;
}

static struct effect handle_check(void *flow, const struct event *ev)
{
	return check_handle(flow, ev);
}

static struct effect handle_pay(void *flow, const struct event *ev)
{
	return pay_handle(flow, ev);
}

static struct event key(struct script *s, int k)
{
	s->now_ms += KEY_PAUSE_MS;
	return (struct event){.kind = EV_KEY, .at_ms = s->now_ms, .key = k};
}

static void check_key(struct script *s, int k)
{
	const struct event ev = key(s, k);

	settle(s, check_handle(&s->check, &ev), handle_check, &s->check);
}

static void pay_key(struct script *s, int k)
{
	const struct event ev = key(s, k);

	settle(s, pay_handle(&s->pay, &ev), handle_pay, &s->pay);
}

static void fill_request(struct pay_request *r, const struct script_order *o)
{
	r->list_period = o->period;
	r->notes = o->notes;
	if (o->pad) {
		str_copy(r->pad, sizeof(r->pad), o->pad);
		r->given_at = o->given_at;
	}
	if (o->payee == PAYEE_SELF)
		return;
	r->payee = o->payee;
	if (o->payee_name)
		str_copy(r->payee_name, sizeof(r->payee_name), o->payee_name);
	if (o->payee_id)
		str_copy(r->payee_id, sizeof(r->payee_id), o->payee_id);
	r->payee_until = o->payee_until;
	r->payee_relation = o->payee_relation;
	if (o->payee_paper)
		str_copy(r->payee_paper, sizeof(r->payee_paper),
			o->payee_paper);
}

static enum script_end outcome(const struct script *s)
{
	if (s->failed)
		return SCRIPT_FAILED;
	return s->why.code != REFUSED_NOT ? SCRIPT_REFUSED : SCRIPT_FAILED;
}

/* The second person comes to the desk and gives number and PIN. */
static void second_keys(struct script *s, const struct script_order *o)
{
	char number[24];

	snprintf(number, sizeof(number), "%lld", (long long)o->by);
	for (const char *c = number; *c; c++)
		pay_key(s, *c);
	pay_key(s, K_ACCEPT);
	for (const char *c = o->by_pin; *c; c++)
		pay_key(s, *c);
	pay_key(s, K_ACCEPT);
}

/* By QR: the request is shown, or its answer is scanned. */
static void second_codes(struct script *s, const struct script_order *o)
{
	struct event ev = {.kind = EV_SCAN};

	if (!o->answer) {
		pay_key(s, '.');
		return;
	}
	/* The request was shown by the call before this one. */
	s->pay.second.step = SECOND_QR;
	s->why = (struct refusal){.code = REFUSED_APPROVAL_TEXT};
	ev.scan.len = strnlen(o->answer, sizeof(ev.scan.bytes));
	memcpy(ev.scan.bytes, o->answer, ev.scan.len);
	settle(s, pay_handle(&s->pay, &ev), handle_pay, &s->pay);
}

static void second(struct script *s, const struct script_order *o)
{
	if (o->answer || o->by_qr)
		second_codes(s, o);
	else if (o->by != 0 && o->by_pin)
		second_keys(s, o);
	if (s->pay.step == PAY_SECOND && s->pay.second.step != SECOND_QR)
		s->why = s->pay.why;
}

/* Record, print, hand over: the keys of the normal case. */
static enum script_end pay(struct script *s, const struct script_order *o)
{
	struct pay_request request = s->check.request;
	struct effect fx;

	fill_request(&request, o);
	fx = pay_start(&s->pay, &request, &s->check.due);
	/* Nobody here looks at notes and says that it was these. */
	s->pay.suggest = o->suggest;
	fx.pay.suggest = o->suggest;
	settle(s, fx, handle_pay, &s->pay);
	if (s->pay.step == PAY_SECOND)
		second(s, o);
	if (s->second.kind == EV_SIGN_IN_REFUSED)
		return SCRIPT_SECOND;
	if (s->pay.step == PAY_SECOND && s->pay.second.request[0])
		return SCRIPT_ASKED;
	/* By hand: it was handed over before. */
	if (s->pay.step == PAY_DONE)
		return SCRIPT_DONE;
	if (s->pay.step != PAY_HANDING)
		return outcome(s);
	pay_key(s, '1');
	if (s->pay.step != PAY_DONE)
		return outcome(s);
	return SCRIPT_DONE;
}

static enum script_end not_paid(struct script *s, const struct script_order *o)
{
	struct effect fx = effect_of(FX_NOT_PAID);
	struct event *ev = calloc(1, sizeof(*ev));
	enum script_end end = SCRIPT_FAILED;

	if (!ev)
		return SCRIPT_FAILED;
	fx.not_paid.person = s->check.due.person.id;
	fx.not_paid.reason = o->not_paid;
	fx.not_paid.date = o->date;
	run_effect(s->ports, &fx, ev);
	keep(s, ev);
	end = ev->kind == EV_NOT_PAID_SAVED ? SCRIPT_DONE : outcome(s);
	free(ev);
	return end;
}

/* From the answer to "who is it?" on. */
static enum script_end go_on(struct script *s, const struct script_order *o)
{
	if (s->check.step == CHECK_NOBODY)
		s->why.code = REFUSED_NOT_FOUND;
	if (s->check.step == CHECK_STOP || s->check.step == CHECK_NO_CASH)
		s->why = s->check.stop;
	if (s->check.step == CHECK_DIFFERS && !o->accept && !o->not_paid)
		return SCRIPT_DIFFERS;
	if (o->not_paid && s->check.due.person.id != 0)
		return not_paid(s, o);
	if (s->check.step == CHECK_DIFFERS)
		check_key(s, '1');
	if (s->check.step != CHECK_READY)
		return outcome(s);
	check_key(s, K_ACCEPT);
	if (s->check.outcome != CHECK_PAY)
		return outcome(s);
	return pay(s, o);
}

enum script_end script_pay_card(struct script *s, const void *bytes, size_t len,
	const struct script_order *order)
{
	if (idcard_parse(bytes, len, &s->card) == CARD_REJECT)
		return SCRIPT_CARD;
	settle(s, check_start_card(&s->check, &s->card), handle_check,
		&s->check);
	return go_on(s, order);
}

enum script_end script_pay_person(struct script *s, int64_t person,
	const struct script_order *order)
{
	settle(s, check_start(&s->check, person), handle_check, &s->check);
	return go_on(s, order);
}
