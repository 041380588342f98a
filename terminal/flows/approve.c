#include "terminal/flows/approve.h"

#include <string.h>

#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/err_text.h"
#include "terminal/flows/refusal_text.h"

static const struct binding ask_keys[] = {
	{'1', "1", TR("Yes, I approve: show the answer"), TR("Approve"), true},
	{'0', "0", TR("No: approve nothing"), TR("Do not"), false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding take_keys[] = {
	{'1', "1", TR("Yes: believe my card here"), TR("Believe my card"),
		true},
	{'0', "0", TR("No: change nothing"), TR("Do not"), false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding shown_keys[] = {
	{'0', "0", TR("Done"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};

#define ROWS(table)                                          \
	do {                                                 \
		*count = sizeof(table) / sizeof((table)[0]); \
		return table;                                \
	} while (0)

const struct binding *approve_bindings(enum approve_step step, size_t *count)
{
	switch (step) {
	case APPROVE_ASK:
		ROWS(ask_keys);
	case APPROVE_TAKE:
		ROWS(take_keys);
	case APPROVE_UNREADABLE:
	case APPROVE_ANSWER:
	case APPROVE_CARD:
		ROWS(shown_keys);
	case APPROVE_GIVING:
	case APPROVE_SHOWING:
	case APPROVE_TAKING:
	case APPROVE_STEP_COUNT:
		break;
	}
	*count = 0;
	return NULL;
}

void approve_start(struct approve *a, const char *text)
{
	memset(a, 0, sizeof(*a));
	str_copy(a->text, sizeof(a->text), text);
	if (approval_request_parse(text, &a->request)) {
		a->step = APPROVE_ASK;
	} else if (approval_card_parse(text, &a->card)) {
		a->step = APPROVE_TAKE;
	} else {
		a->step = APPROVE_UNREADABLE;
		notice_say(&a->notice, NOTICE_WARN, "%s",
			tr("This code was not read whole. Scan it once more."));
	}
}

struct effect approve_start_card(struct approve *a)
{
	memset(a, 0, sizeof(*a));
	a->step = APPROVE_SHOWING;
	return effect_of(FX_CARD_SHOW);
}

/* What went wrong, said where we came from. */
static struct effect give_up(struct approve *a, const struct event *ev)
{
	char text[REFUSAL_TEXT_SIZE];

	if (ev->kind == EV_REFUSED) {
		refusal_text(&ev->refusal, text, sizeof(text));
		notice_say(&a->notice, NOTICE_WARN, "%s", text);
	} else {
		notice_say(&a->notice, NOTICE_STOP, "%s",
			err_text(ev->err.code, ERR_WHILE_WRITING));
	}
	return effect_of(FX_LEAVE);
}

static struct effect on_answer(struct approve *a, const struct event *ev)
{
	switch (ev->kind) {
	case EV_APPROVAL:
		str_copy(a->text, sizeof(a->text), ev->approval);
		a->step = a->step == APPROVE_GIVING ? APPROVE_ANSWER
						    : APPROVE_CARD;
		break;
	case EV_CONFIRMED:
		notice_say(&a->notice, NOTICE_NOTE, "%s",
			tr("Recorded: you can approve for this terminal from "
			   "your own."));
		return effect_of(FX_LEAVE);
	case EV_REFUSED:
	case EV_FAILED:
		return give_up(a, ev);
	default:
		break;
	}
	return effect_of(FX_NONE);
}

static struct effect send(struct approve *a, enum effect_kind kind,
	enum approve_step to)
{
	struct effect fx = effect_of(kind);

	fx.drop_keys = true;
	str_copy(fx.approval, sizeof(fx.approval), a->text);
	a->step = to;
	return fx;
}

struct effect approve_handle(struct approve *a, const struct event *ev)
{
	size_t count;
	const struct binding *b = approve_bindings(a->step, &count);
	const int key = binding_key(b, count, ev);

	if (count == 0)
		return on_answer(a, ev);
	if (key == '0')
		return effect_of(FX_LEAVE);
	if (key == '1' && a->step == APPROVE_ASK)
		return send(a, FX_APPROVE, APPROVE_GIVING);
	if (key == '1' && a->step == APPROVE_TAKE)
		return send(a, FX_CARD_TAKE, APPROVE_TAKING);
	return effect_of(FX_NONE);
}
