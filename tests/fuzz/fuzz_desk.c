/*
 * Any keys, scans, ticks and failures, against a small book that keeps its
 * promises: the desk must keep money where the book says it is.
 *
 * One byte an event. The low six bits choose from actions[], the high two
 * how long after the one before.
 */
#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"
#include "support/story.h"
#include "terminal/flows/desk.h"

static const char actions[] = "0123456789\n\n<\b.*#an 1\n@;:\"`_~()|^{}["
			      /* answers: done, refused, failed, failed but
			       * done all the same */
			      "YYYYYYYRFG";

enum book_row {
	BOOK_NOTHING,
	BOOK_OPEN, /* PAID */
	BOOK_HANDED,
	BOOK_VOIDED,
};

/* What is true, whatever the desk was told. */
struct book {
	bool shift;
	enum book_row row;
	uint8_t uid[PAYOUT_UID_SIZE]; /* of row */
	uint8_t next_uid;             /* for the next person shown */
};

struct rig {
	struct desk desk;
	struct book book;
	struct effect asked; /* no answer yet */
	bool told_paid;      /* the desk was told of the open payout */
	bool unsure;         /* money failed and nothing was looked up */
	long long enter_ms;  /* ENTER before this event */
	long long ms;
};

static void must(bool holds)
{
	if (!holds)
		abort();
}

static struct event *fresh(struct rig *r, enum event_kind kind)
{
	static struct event ev;

	memset(&ev, 0, sizeof(ev));
	ev.kind = kind;
	ev.at_ms = r->ms;
	return &ev;
}

/* ---- the book ---------------------------------------------------------- */

static enum payout_state state_of(enum book_row row)
{
	return row == BOOK_OPEN     ? PAYOUT_PAID
	       : row == BOOK_HANDED ? PAYOUT_HANDED
				    : PAYOUT_VOIDED;
}

static void fill_payout(const struct rig *r, struct event *ev)
{
	struct event like;

	story_event('M', r->ms, &like);
	ev->payout = like.payout;
	ev->payout.state = state_of(r->book.row);
	memcpy(ev->payout.uid, r->book.uid, PAYOUT_UID_SIZE);
}

/* Do what was asked; false if a rule says no. */
static bool book_do(struct rig *r)
{
	struct book *b = &r->book;

	switch (r->asked.kind) {
	case FX_PAY:
		if (!b->shift || b->row == BOOK_OPEN || b->row == BOOK_HANDED)
			return false;
		b->row = BOOK_OPEN;
		memcpy(b->uid, r->asked.pay.request.uid, sizeof(b->uid));
		return true;
	case FX_HANDED:
	case FX_NOT_HANDED:
		if (b->row != BOOK_OPEN)
			return false;
		b->row = r->asked.kind == FX_HANDED ? BOOK_HANDED : BOOK_VOIDED;
		return true;
	case FX_VOID:
		if (b->row != BOOK_HANDED)
			return false;
		b->row = BOOK_VOIDED;
		return true;
	case FX_RECOVER:
		if (b->row != BOOK_OPEN)
			return false;
		b->row = r->asked.recover.handed ? BOOK_HANDED : BOOK_VOIDED;
		return true;
	case FX_SHIFT_OPEN:
		if (b->shift)
			return false;
		b->shift = true;
		return true;
	case FX_SHIFT_CLOSE:
		if (!b->shift || b->row == BOOK_OPEN)
			return false;
		b->shift = false;
		return true;
	default:
		return true;
	}
}

static bool was_recorded(const struct rig *r)
{
	return r->book.row != BOOK_NOTHING &&
	       memcmp(r->asked.uid, r->book.uid, PAYOUT_UID_SIZE) == 0;
}

static void person(struct rig *r, struct event *ev)
{
	struct event like;

	story_event(r->book.row == BOOK_HANDED ? 'A' : 'P', r->ms, &like);
	ev->person = like.person;
	memset(ev->person.uid, ++r->book.next_uid, PAYOUT_UID_SIZE);
}

static void money_answer(struct rig *r, struct event *ev)
{
	switch (r->asked.kind) {
	case FX_PAY:
		ev->kind = EV_PAID;
		break;
	case FX_LOOK:
		ev->kind = was_recorded(r) ? EV_PAID : EV_NOT_RECORDED;
		break;
	case FX_HANDED:
		ev->kind = EV_HANDED;
		break;
	case FX_NOT_HANDED:
		ev->kind = EV_NOT_HANDED;
		break;
	case FX_VOID:
		ev->kind = EV_VOIDED;
		break;
	case FX_RECOVER:
		ev->kind = EV_RECOVERED;
		break;
	default:
		ev->kind = r->book.row == BOOK_OPEN ? EV_OPEN_PAYOUT
						    : EV_NO_OPEN_PAYOUT;
		break;
	}
	if (ev->kind != EV_NOT_RECORDED && ev->kind != EV_NO_OPEN_PAYOUT)
		fill_payout(r, ev);
}

static struct event *answer(struct rig *r)
{
	struct event *ev = fresh(r, EV_FAILED);

	switch (r->asked.kind) {
	case FX_SIGN_IN:
		story_event('S', r->ms, ev);
		break;
	case FX_SHIFT_STATE:
	case FX_SHIFT_OPEN:
	case FX_SHIFT_TOP_UP:
	case FX_SHIFT_DROP:
		story_event(r->book.shift ? 'H' : 'N', r->ms, ev);
		break;
	case FX_SHIFT_CLOSE:
		story_event('Z', r->ms, ev);
		break;
	case FX_FIND:
		story_event('G', r->ms, ev);
		break;
	case FX_PERSON:
	case FX_CARD:
		ev->kind = EV_PERSON;
		person(r, ev);
		break;
	case FX_NOT_PAID:
		ev->kind = EV_NOT_PAID_SAVED;
		break;
	case FX_COMPLAIN:
		story_event('\006', r->ms, ev);
		break;
	case FX_ACCOUNT:
		story_event(r->ms % 2 ? '\021' : '\023', r->ms, ev);
		break;
	case FX_ACCOUNT_ADD:
	case FX_ACCOUNT_CASH:
		story_event('\022', r->ms, ev);
		break;
	case FX_CONSENT_STATE:
		story_event(r->ms % 2 ? '\031' : '\032', r->ms, ev);
		break;
	case FX_CONSENT_TEXT:
		story_event('\034', r->ms, ev);
		break;
	case FX_REQUEST:
		story_event('\177', r->ms, ev);
		break;
	case FX_CONSENT_GIVE:
	case FX_CONSENT_REFUSE:
	case FX_CONSENT_WITHDRAW:
		story_event('\035', r->ms, ev);
		break;
	case FX_RECEIPT:
		story_event('T', r->ms, ev);
		ev->preview.brief.state = state_of(r->book.row);
		break;
	default:
		money_answer(r, ev);
	}
	/* What this small book knows nothing of fails: the shift's file. */
	if (!flow_answers(r->asked.kind, ev->kind)) {
		ev = fresh(r, EV_FAILED);
		ev->err.code = ERR_GONE;
	}
	return ev;
}

static struct event *refusal(struct rig *r, enum refusal_code code)
{
	struct event *ev = fresh(r, EV_REFUSED);

	ev->refusal.code = code;
	/* What cannot be refused fails. */
	if (!flow_answers(r->asked.kind, EV_REFUSED))
		ev->kind = EV_FAILED;
	return ev;
}

static struct event *reply(struct rig *r, char how)
{
	struct event *ev;

	if (r->asked.kind == FX_NONE)
		return NULL;
	switch (how) {
	case 'R':
		ev = refusal(r, REFUSED_SECOND_PERSON);
		break;
	case 'F':
		ev = fresh(r, EV_FAILED);
		ev->err.code = ERR_IO;
		break;
	case 'G':
		book_do(r);
		ev = fresh(r, EV_FAILED);
		ev->err.code = ERR_IO;
		break;
	default:
		ev = book_do(r) ? answer(r)
				: refusal(r, REFUSED_NO_OPEN_PAYOUT);
	}
	return ev;
}

/* ---- what must hold ---------------------------------------------------- */

static void told(struct rig *r, const struct event *ev)
{
	switch (ev->kind) {
	case EV_PAID:
		r->told_paid = ev->payout.state == PAYOUT_PAID;
		r->unsure = false;
		break;
	case EV_OPEN_PAYOUT:
		r->told_paid = true;
		r->unsure = false;
		break;
	case EV_NOT_RECORDED:
	case EV_NO_OPEN_PAYOUT:
		r->unsure = false;
		break;
	case EV_HANDED:
	case EV_NOT_HANDED:
	case EV_RECOVERED:
		r->told_paid = false;
		break;
	case EV_FAILED:
		r->unsure |= r->asked.kind == FX_PAY ||
			     r->asked.kind == FX_HANDED ||
			     r->asked.kind == FX_NOT_HANDED ||
			     r->asked.kind == FX_RECOVER;
		break;
	default:
		break;
	}
}

static void check_effect(const struct rig *r, const struct effect *fx)
{
	/* One question at a time. */
	if (r->asked.kind != FX_NONE)
		must(!flow_is_answered(fx->kind));
	switch (fx->kind) {
	case FX_PAY:
		/* Unknown is a third outcome: look before paying again. */
		must(!r->unsure && !r->told_paid);
		must(fx->drop_keys);
		must(fx->pay.request.approver == NULL);
		break;
	case FX_HANDED:
	case FX_NOT_HANDED:
		must(r->told_paid && !r->unsure);
		must(fx->seq == STORY_SEQ);
		break;
	case FX_RECOVER:
		must(r->told_paid && !r->unsure);
		break;
	case FX_SIGN_IN:
		must(strlen(fx->sign_in.pin) == USERS_PIN_DIGITS);
		break;
	case FX_LEAVE:
		must(false);
		break;
	default:
		break;
	}
}

static void check_desk(const struct rig *r)
{
	const struct desk *d = &r->desk;
	struct check_word words[CHECK_WORDS];
	struct notice state;
	struct notice cure;
	size_t count;

	must(d->depth >= 1 && d->depth <= DESK_DEPTH);
	must(d->waiting == r->asked.kind);
	must(utf8_valid(desk_notice(d)->text, strlen(desk_notice(d)->text)));
	desk_bindings(d, &count);
	must(count > 0 || d->waiting != FX_NONE);
	check_words(&d->check, words);
	pay_paper_text(&d->pay, &state, &cure);
	/* Nobody gets past an open payout (product.md rule 2). */
	if (d->user.number != 0 && d->waiting == FX_NONE &&
		d->stack[0] == DESK_IDLE && r->book.row == BOOK_OPEN) {
		bool seen = false;

		for (int i = 0; i < d->depth; i++)
			seen |= d->stack[i] == DESK_PAY;
		must(seen && pay_is_open(&d->pay));
	}
}

static void step(struct rig *r, uint8_t byte)
{
	static const int pause[] = {1000, 30, 200, 60000};
	const char action = actions[(byte & 0x3f) % (sizeof(actions) - 1)];
	struct event *ev;
	struct effect fx;

	r->ms += pause[byte >> 6];
	if (strchr("YRFG", action)) {
		ev = reply(r, action);
		if (!ev)
			return;
		told(r, ev);
		r->asked = effect_of(FX_NONE);
	} else {
		ev = fresh(r, EV_TICK);
		story_event(action, r->ms, ev);
	}
	fx = desk_handle(&r->desk, ev);
	check_effect(r, &fx);
	if (ev->kind == EV_KEY && ev->key == K_ACCEPT) {
		/* Held down it counts once. */
		if (r->ms - r->enter_ms < FLOW_HELD_MS)
			must(fx.kind != FX_PAY && fx.kind != FX_HANDED);
		r->enter_ms = r->ms;
	}
	if (fx.kind == FX_SIGN_OUT)
		r->told_paid = r->unsure = false;
	if (flow_is_answered(fx.kind))
		r->asked = fx;
	check_desk(r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct rig r;
	const struct desk_info info = {.point = "Cẩm Khê", .demo = true};

	memset(&r, 0, sizeof(r));
	desk_init(&r.desk, &info);
	r.book.shift = true;
	r.ms = 10000;
	for (size_t i = 0; i < size && i < 4096; i++)
		step(&r, data[i]);
	return 0;
}
