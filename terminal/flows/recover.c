#include "terminal/flows/recover.h"

#include <string.h>

#include "core/tr.h"
#include "terminal/flows/err_text.h"
#include "terminal/flows/refusal_text.h"

static const struct binding failed_keys[] = {
	{'1', "1", TR("Try again"), NULL, true},
	{'0', "0", TR("Sign out"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding ask_keys[] = {
	{'1', "1", TR("YES: the money was handed over"), TR("HANDED OVER"),
		BINDING_ONCE | BINDING_NEEDS(ACT_PAY)},
	{'2', "2", TR("NO: the money is still in the drawer"),
		TR("NOT handed over"), BINDING_ONCE | BINDING_NEEDS(ACT_PAY)},
	{'0', "0", TR("Sign out"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding left_keys[] = {
	{'1', "1", TR("YES: the money was handed over"), TR("HANDED OVER"),
		BINDING_ONCE | BINDING_NEEDS(ACT_STAND_IN)},
	{'2', "2", TR("NO: the money is still in the drawer"),
		TR("NOT handed over"),
		BINDING_ONCE | BINDING_NEEDS(ACT_STAND_IN)},
	{'0', "0", TR("Sign out"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding done_keys[] = {
	{K_ACCEPT, "ENTER", TR("Go on"), NULL, true},
	{'1', "1", TR("Print the receipt again"), TR("Print again"), true},
	{'#', "#", TR("Help"), NULL, false},
};

#define ROWS(table)                                          \
	do {                                                 \
		*count = sizeof(table) / sizeof((table)[0]); \
		return table;                                \
	} while (0)

const struct binding *recover_bindings(const struct recover *r, size_t *count)
{
	switch (r->step) {
	case RECOVER_FAILED:
		ROWS(failed_keys);
	case RECOVER_ASK:
		ROWS(ask_keys);
	case RECOVER_LEFT:
		ROWS(left_keys);
	case RECOVER_SECOND:
		return second_bindings(r->second.step, count);
	case RECOVER_DONE:
		ROWS(done_keys);
	case RECOVER_LOOKING:
	case RECOVER_ANSWERING:
	case RECOVER_STEP_COUNT:
		break;
	}
	*count = 0;
	return NULL;
}

static int key_of(const struct recover *r, const struct event *ev)
{
	size_t count;
	const struct binding *b = recover_bindings(r, &count);

	return binding_key(b, count, ev);
}

static struct effect look(struct recover *r)
{
	r->step = RECOVER_LOOKING;
	return effect_of(FX_OPEN_PAYOUT);
}

struct effect recover_start(struct recover *r)
{
	memset(r, 0, sizeof(*r));
	return look(r);
}

static void ask(struct recover *r)
{
	r->step = r->left == SHIFT_LEFT_NOT ? RECOVER_ASK : RECOVER_LEFT;
}

static struct effect on_looking_step(struct recover *r, const struct event *ev)
{
	switch (ev->kind) {
	case EV_NO_OPEN_PAYOUT:
		return effect_of(FX_LEAVE);
	case EV_OPEN_PAYOUT:
		r->payout = ev->payout;
		r->left = ev->left;
		ask(r);
		break;
	case EV_FAILED:
		notice_say(&r->notice, NOTICE_STOP, "%s",
			err_text(ev->err.code, ERR_WHILE_READING));
		r->step = RECOVER_FAILED;
		break;
	default:
		break;
	}
	return effect_of(FX_NONE);
}

static struct effect on_failed_step(struct recover *r, const struct event *ev)
{
	switch (key_of(r, ev)) {
	case '1':
		notice_clear(&r->notice);
		return look(r);
	case '0':
		return effect_of(FX_SIGN_OUT);
	default:
		return effect_of(FX_NONE);
	}
}

static struct effect answer(struct recover *r, bool handed)
{
	struct effect fx = effect_of(FX_RECOVER);

	fx.drop_keys = true;
	fx.recover.handed = handed;
	r->handed = handed;
	notice_clear(&r->notice);
	r->step = RECOVER_ANSWERING;
	return fx;
}

static struct effect on_ask_step(struct recover *r, const struct event *ev)
{
	switch (key_of(r, ev)) {
	case '1':
		return answer(r, true);
	case '2':
		return answer(r, false);
	case '0':
		return effect_of(FX_SIGN_OUT);
	default:
		return effect_of(FX_NONE);
	}
}

static void ask_second(struct recover *r, bool handed)
{
	r->handed = handed;
	second_init(&r->second);
	notice_clear(&r->notice);
	r->step = RECOVER_SECOND;
}

static struct effect on_left_step(struct recover *r, const struct event *ev)
{
	switch (key_of(r, ev)) {
	case '1':
		ask_second(r, true);
		break;
	case '2':
		ask_second(r, false);
		break;
	case '0':
		return effect_of(FX_SIGN_OUT);
	default:
		break;
	}
	return effect_of(FX_NONE);
}

static struct effect on_second_step(struct recover *r, const struct event *ev)
{
	struct effect fx;
	const enum second_result how = second_handle(&r->second, ev);

	switch (how) {
	case SECOND_TYPING:
		break;
	case SECOND_CANCELLED:
		ask(r);
		break;
	case SECOND_GIVEN:
	case SECOND_ASKED:
		fx = answer(r, r->handed);
		second_by_qr(&r->second, how, &fx);
		if (r->second.step != SECOND_QR && how == SECOND_GIVEN)
			second_take(&r->second, &fx.recover.by, fx.recover.pin);
		return fx;
	}
	return effect_of(FX_NONE);
}

/* Another second person may do; all else is said where the question is. */
static struct effect refused(struct recover *r, const struct refusal *why)
{
	char text[REFUSAL_TEXT_SIZE];

	if (why->code == REFUSED_NO_OPEN_PAYOUT)
		return look(r);
	if (r->left != SHIFT_LEFT_NOT && second_wrong(&r->second, why)) {
		r->step = RECOVER_SECOND;
		return effect_of(FX_NONE);
	}
	refusal_text(why, text, sizeof(text));
	if (r->left != SHIFT_LEFT_NOT &&
		(why->code == REFUSED_SECOND_PERSON ||
			why->code == REFUSED_SAME_PERSON)) {
		ask_second(r, r->handed);
		notice_say(&r->second.notice, NOTICE_WARN, "%s", text);
		return effect_of(FX_NONE);
	}
	notice_say(&r->notice, NOTICE_STOP, "%s", text);
	ask(r);
	return effect_of(FX_NONE);
}

static struct effect on_answering_step(struct recover *r,
	const struct event *ev)
{
	switch (ev->kind) {
	case EV_RECOVERED:
		r->payout = ev->payout;
		r->step = RECOVER_DONE;
		break;
	case EV_REFUSED:
		return refused(r, &ev->refusal);
	case EV_APPROVAL:
		second_asked(&r->second, ev);
		r->step = RECOVER_SECOND;
		break;
	case EV_SIGN_IN_REFUSED:
		second_refused(&r->second, ev);
		r->step = RECOVER_SECOND;
		break;
	case EV_FAILED:
		/* It may be recorded all the same: look before asking. */
		notice_say(&r->notice, NOTICE_WARN, "%s",
			err_text(ev->err.code, ERR_WHILE_WRITING));
		return look(r);
	default:
		break;
	}
	return effect_of(FX_NONE);
}

static struct effect on_done_step(struct recover *r, const struct event *ev)
{
	struct effect fx = effect_of(FX_PRINT);

	switch (key_of(r, ev)) {
	case '1':
		fx.print.seq = r->payout.seq;
		fx.print.copy = r->payout.print != PRINT_NONE;
		r->payout.print = PRINT_PRINTING;
		return fx;
	case K_ACCEPT:
		return effect_of(FX_LEAVE);
	default:
		return effect_of(FX_NONE);
	}
}

struct effect recover_handle(struct recover *r, const struct event *ev)
{
	typedef struct effect (*step_fn)(struct recover *,
		const struct event *);
	static const step_fn on_step[RECOVER_STEP_COUNT] = {
		[RECOVER_LOOKING] = on_looking_step,
		[RECOVER_FAILED] = on_failed_step,
		[RECOVER_ASK] = on_ask_step,
		[RECOVER_LEFT] = on_left_step,
		[RECOVER_SECOND] = on_second_step,
		[RECOVER_ANSWERING] = on_answering_step,
		[RECOVER_DONE] = on_done_step,
	};

	if (ev->kind == EV_PRINT) {
		if (r->payout.seq != 0 && ev->print.seq == r->payout.seq)
			r->payout.print = ev->print.state;
		return effect_of(FX_NONE);
	}
	return on_step[r->step](r, ev);
}
