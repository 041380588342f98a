/* enrol_book.c - the form that the person looks at, the record and its slip;
 * and cash again. */
#include <stdlib.h>
#include <string.h>

#include "core/money.h"
#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/enrol_internal.h"
#include "terminal/flows/refusal_text.h"

static void say_refused(struct enrol *e, const struct refusal *why)
{
	char text[REFUSAL_TEXT_SIZE];

	refusal_text(why, text, sizeof(text));
	notice_say(&e->notice, NOTICE_WARN, "%s", text);
}

/* ---- the form ---------------------------------------------------------------- */

static struct effect write_it(struct enrol *e)
{
	struct effect fx = effect_of(FX_ACCOUNT_ADD);

	notice_clear(&e->notice);
	fx.drop_keys = true;
	fx.take = e->take;
	e->step = ENROL_WRITING;
	return fx;
}

struct effect enrol_on_form(struct enrol *e, const struct event *ev)
{
	switch (enrol_key(e, ev)) {
	case '1':
		return write_it(e);
	case '2':
		notice_clear(&e->notice);
		enrol_anew(e);
		enrol_go(e, ENROL_START);
		break;
	case '0':
		notice_clear(&e->notice);
		enrol_go(e, e->take.planned ? ENROL_WHEN : ENROL_HOLDER);
		break;
	default:
		break;
	}
	return effect_of(FX_NONE);
}

struct effect enrol_on_shared(struct enrol *e, const struct event *ev)
{
	switch (enrol_key(e, ev)) {
	case '1':
		e->take.shared = ACCOUNT_SHARED_GUARDIAN;
		break;
	case '2':
		e->take.shared = ACCOUNT_SHARED_HOUSEHOLD;
		break;
	case '9':
		e->take.shared = ACCOUNT_SHARED_OTHER;
		e->why_of = ENROL_SHARED;
		notice_clear(&e->notice);
		enrol_go(e, ENROL_WHY);
		return effect_of(FX_NONE);
	case '0':
		break;
	default:
		return effect_of(FX_NONE);
	}
	notice_clear(&e->notice);
	enrol_go(e, ENROL_FORM);
	return effect_of(FX_NONE);
}

/* ---- the record ------------------------------------------------------------------ */

static struct effect print(struct enrol *e)
{
	struct effect fx = effect_of(FX_ACCOUNT_SLIP);

	fx.seq = e->told.held.seq;
	e->step = ENROL_PRINTING;
	return fx;
}

static void refused(struct enrol *e, const struct refusal *why)
{
	say_refused(e, why);
	switch (why->code) {
	case REFUSED_ACCOUNT_SHARED:
		enrol_go(e, ENROL_SHARED);
		break;
	case REFUSED_ACCOUNT_NAME:
		enrol_go(e, ENROL_DIFFERS);
		break;
	case REFUSED_NO_CONSENT:
		enrol_go(e, ENROL_NO_CONSENT);
		break;
	default:
		enrol_go(e, ENROL_FORM);
	}
}

struct effect enrol_on_writing(struct enrol *e, const struct event *ev)
{
	switch (ev->kind) {
	case EV_ACCOUNT:
		e->told = ev->account;
		e->done = true;
		e->seq = e->told.held.seq;
		return print(e);
	case EV_REFUSED:
		refused(e, &ev->refusal);
		break;
	case EV_FAILED:
		notice_say(&e->notice, NOTICE_STOP, "%s",
			tr("Not known whether the account is in the book. "
			   "Confirming it once more does no harm."));
		enrol_go(e, ENROL_FORM);
		break;
	default:
		break;
	}
	return effect_of(FX_NONE);
}

/* ---- its slip ------------------------------------------------------------------------ */

bool enrol_is_slip(const struct enrol *e, const struct event *ev)
{
	return ev->kind == EV_PRINT && ev->print.test && e->seq != 0 &&
	       ev->print.seq == e->seq;
}

struct effect enrol_on_done(struct enrol *e, const struct event *ev)
{
	if (enrol_is_slip(e, ev)) {
		if (ev->print.state != PRINT_PRINTING) {
			e->paper = pay_paper_of(ev);
			e->step = ENROL_DONE;
		}
		return effect_of(FX_NONE);
	}
	switch (enrol_key(e, ev)) {
	case '1':
		return print(e);
	case K_ACCEPT:
	case '0':
		return effect_of(FX_LEAVE);
	default:
		break;
	}
	return effect_of(FX_NONE);
}

void enrol_paper_text(const struct enrol *e, struct notice *state,
	struct notice *cure)
{
	notice_clear(state);
	notice_clear(cure);
	if (e->paper.state == PRINT_PRINTED) {
		notice_say(state, NOTICE_NOTE, "%s", tr("SLIP PRINTED"));
		notice_say(cure, NOTICE_NOTE, "%s",
			tr("Give the slip to the person, to keep."));
	} else if (e->paper.no_printer) {
		notice_say(state, NOTICE_WARN, "%s", tr("SLIP NOT PRINTED"));
		notice_say(cure, NOTICE_NOTE, "%s",
			tr("No printer is ready: write number and account "
			   "down for the person."));
	} else {
		notice_say(state, NOTICE_WARN, "%s",
			tr("SLIP NOT PRINTED TO THE END"));
		pay_paper_cure(&e->paper, "", cure);
	}
}

/* ---- cash again -------------------------------------------------------------------------- */

struct effect enrol_on_cash(struct enrol *e, const struct event *ev)
{
	const int key = enrol_key(e, ev);

	if (key == '0') {
		notice_clear(&e->notice);
		enrol_go(e, e->told.consent ? ENROL_START : ENROL_NO_CONSENT);
	} else if (key >= '1' && key <= '9') {
		e->back = (enum account_back)(key - '0');
		if (e->cash_from == 0)
			e->cash_from = e->told.method.pays_from;
		notice_clear(&e->notice);
		enrol_go(e, ENROL_CASH_FROM);
	}
	return effect_of(FX_NONE);
}

/* "012027" is January 2027. */
static bool read_month(const char *text, int32_t *out)
{
	const long number = strtol(text, NULL, 10);
	const int32_t month = (int32_t)(number / 10000);
	const int32_t year = (int32_t)(number % 10000);

	*out = year * 100 + month;
	return strlen(text) == 6 && month >= 1 && month <= 12 && year >= 2025 &&
	       year <= 2199;
}

struct effect enrol_on_cash_from(struct enrol *e, const struct event *ev)
{
	if (ev->kind != EV_KEY)
		return effect_of(FX_NONE);
	switch (entry_key(&e->typed, ev->key)) {
	case ENTRY_ACCEPTED:
		if (read_month(e->typed.text, &e->cash_from)) {
			enrol_go(e, ENROL_CASH_SURE);
			break;
		}
		notice_say(&e->notice, NOTICE_WARN, "%s",
			tr("This is no month. Type month and year: 012027"));
		break;
	case ENTRY_CANCELLED:
		notice_clear(&e->notice);
		enrol_go(e, ENROL_CASH);
		break;
	case ENTRY_CHANGED:
		notice_clear(&e->notice);
		break;
	case ENTRY_IGNORED:
	case ENTRY_FULL:
		break;
	}
	return effect_of(FX_NONE);
}

static struct effect say_cash(struct enrol *e)
{
	struct effect fx = effect_of(FX_ACCOUNT_CASH);

	notice_clear(&e->notice);
	fx.drop_keys = true;
	fx.cash.person = e->person;
	fx.cash.from = e->cash_from;
	fx.cash.why = e->back;
	e->step = ENROL_CASH_WRITING;
	return fx;
}

struct effect enrol_on_cash_sure(struct enrol *e, const struct event *ev)
{
	switch (enrol_key(e, ev)) {
	case '1':
		return say_cash(e);
	case '0':
		notice_clear(&e->notice);
		enrol_go(e, ENROL_CASH_FROM);
		break;
	default:
		break;
	}
	return effect_of(FX_NONE);
}

/* By his PIN only: what he agrees to stands on this screen. */
struct effect enrol_on_second(struct enrol *e, const struct event *ev)
{
	struct effect fx;

	if (ev->kind == EV_KEY && ev->key == '.')
		return effect_of(FX_NONE);
	switch (second_handle(&e->second, ev)) {
	case SECOND_GIVEN:
		fx = say_cash(e);
		second_take(&e->second, &fx.cash.by, fx.cash.pin);
		return fx;
	case SECOND_CANCELLED:
		enrol_go(e, ENROL_CASH_SURE);
		break;
	case SECOND_TYPING:
	case SECOND_ASKED:
		break;
	}
	return effect_of(FX_NONE);
}

static void cash_refused(struct enrol *e, const struct refusal *why)
{
	if (why->code == REFUSED_SECOND_PERSON && !e->second.number.max)
		second_init(&e->second);
	if (why->code == REFUSED_SECOND_PERSON ||
		why->code == REFUSED_SAME_PERSON ||
		why->code == REFUSED_REVOKED || why->code == REFUSED_EXPIRED) {
		say_refused(e, why);
		e->second.notice = e->notice;
		e->step = ENROL_SECOND;
		return;
	}
	say_refused(e, why);
	enrol_go(e, ENROL_CASH_SURE);
}

struct effect enrol_on_cash_writing(struct enrol *e, const struct event *ev)
{
	switch (ev->kind) {
	case EV_ACCOUNT:
		e->told = ev->account;
		e->done = true;
		notice_say(&e->notice, NOTICE_NOTE,
			tr("Cash again from list %02d/%d on: %s"),
			(int)e->cash_from % 100, (int)e->cash_from / 100,
			e->name);
		return effect_of(FX_LEAVE);
	case EV_REFUSED:
		cash_refused(e, &ev->refusal);
		break;
	case EV_SIGN_IN_REFUSED:
		second_refused(&e->second, ev);
		e->step = ENROL_SECOND;
		break;
	case EV_FAILED:
		notice_say(&e->notice, NOTICE_STOP, "%s",
			tr("Not known whether that is in the book. Saying it "
			   "once more does no harm."));
		enrol_go(e, ENROL_CASH_SURE);
		break;
	default:
		break;
	}
	return effect_of(FX_NONE);
}
