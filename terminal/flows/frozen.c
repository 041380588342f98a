#include "terminal/flows/frozen.h"

#include <string.h>

#include "core/tr.h"
#include "terminal/flows/err_text.h"
#include "terminal/flows/proof_text.h"
#include "terminal/flows/refusal_text.h"

static const struct binding lost_keys[] = {
	{'5', "5", TR("Count and close the drawer"), TR("Close"),
		BINDING_NEEDS(ACT_DRAWER)},
	{'7', "7", TR("Sign out"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding moved_keys[] = {
	{'1', "1", TR("Same terminal, new system"), TR("Same terminal"),
		BINDING_NEEDS(ACT_SWEAR)},
	{'2', "2", TR("Look for a person"), TR("Look"), false},
	{'5', "5", TR("Count and close the drawer"), TR("Close"),
		BINDING_NEEDS(ACT_DRAWER)},
	{'7', "7", TR("Sign out"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding sure_keys[] = {
	{'1', "1", TR("Yes, and the old machine pays no more"), TR("Yes"),
		true},
	{'0', "0", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding paper_keys[] = {
	{K_SCAN, "", TR("Scan the last Z slip or receipt"), NULL, false},
	{'0', "0", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};

#define ROWS(table)                                          \
	do {                                                 \
		*count = sizeof(table) / sizeof((table)[0]); \
		return table;                                \
	} while (0)

const struct binding *frozen_bindings(enum frozen_step step, size_t *count)
{
	switch (step) {
	case FROZEN_LOST:
		ROWS(lost_keys);
	case FROZEN_MOVED:
		ROWS(moved_keys);
	case FROZEN_SURE:
		ROWS(sure_keys);
	case FROZEN_PAPER:
		ROWS(paper_keys);
	case FROZEN_ASKING:
	case FROZEN_STEP_COUNT:
		break;
	}
	*count = 0;
	return NULL;
}

void frozen_init(struct frozen *f, enum frozen_step step)
{
	memset(f, 0, sizeof(*f));
	f->step = step;
}

static struct effect leave(struct frozen *f, enum frozen_choice choice)
{
	f->choice = choice;
	return effect_of(FX_LEAVE);
}

/* paper: what was scanned, "" while nobody knows that one is wanted. */
static struct effect ask(struct frozen *f, const struct event *ev)
{
	struct effect fx = effect_of(FX_MOVED);

	if (ev && !proof_scanned(ev->scan.bytes, ev->scan.len, fx.paper)) {
		notice_say(&f->notice, NOTICE_WARN, "%s",
			tr("This is not the code of a receipt or a Z slip."));
		return effect_of(FX_NONE);
	}
	f->step = FROZEN_ASKING;
	return fx;
}

static void refused(struct frozen *f, const struct refusal *why)
{
	char text[REFUSAL_TEXT_SIZE];

	refusal_text(why, text, sizeof(text));
	notice_say(&f->notice, NOTICE_WARN, "%s", text);
	f->step = why->code == REFUSED_LAST_PAPER ? FROZEN_PAPER : FROZEN_MOVED;
}

static struct effect on_answer(struct frozen *f, const struct event *ev)
{
	switch (ev->kind) {
	case EV_CONFIRMED:
		return leave(f, FROZEN_DONE);
	case EV_REFUSED:
		refused(f, &ev->refusal);
		break;
	case EV_FAILED:
		notice_say(&f->notice, NOTICE_STOP, "%s",
			err_text(ev->err.code, ERR_WHILE_WRITING));
		f->step = FROZEN_MOVED;
		break;
	default:
		break;
	}
	return effect_of(FX_NONE);
}

static struct effect on_stopped(struct frozen *f, int key)
{
	switch (key) {
	case '1':
		f->step = FROZEN_SURE;
		break;
	case '2':
		return leave(f, FROZEN_FIND);
	case '5':
		return leave(f, FROZEN_CLOSE);
	case '7':
		return effect_of(FX_SIGN_OUT);
	default:
		break;
	}
	return effect_of(FX_NONE);
}

struct effect frozen_handle(struct frozen *f, const struct event *ev)
{
	size_t count;
	const struct binding *b = frozen_bindings(f->step, &count);
	const int key = binding_key(b, count, ev);

	if (ev->kind == EV_KEY || ev->kind == EV_SCAN)
		notice_clear(&f->notice);
	if (f->step == FROZEN_ASKING)
		return on_answer(f, ev);
	if (f->step == FROZEN_PAPER && ev->kind == EV_SCAN)
		return ask(f, ev);
	if (f->step == FROZEN_LOST || f->step == FROZEN_MOVED)
		return on_stopped(f, key);
	if (key == '0')
		f->step = FROZEN_MOVED;
	if (f->step == FROZEN_SURE && key == '1')
		return ask(f, NULL);
	return effect_of(FX_NONE);
}
