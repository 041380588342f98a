#include "terminal/flows/arrivals.h"

#include <string.h>

#include "core/tr.h"
#include "terminal/flows/err_text.h"
#include "terminal/flows/refusal_text.h"

#define BACK                                      \
	{'0', "0", TR("Back"), NULL, false},      \
	{                                         \
		'#', "#", TR("Help"), NULL, false \
	}

static const struct binding shown_keys[] = {
	{K_ACCEPT, "ENTER", TR("Take this list"), TR("Take it"),
		BINDING_ONCE | BINDING_NEEDS(ACT_DOWN)},
	BACK,
};
static const struct binding bad_keys[] = {
	{K_ACCEPT, "ENTER", TR("Put it aside: the centre has to send another"),
		TR("Put aside"), BINDING_ONCE | BINDING_NEEDS(ACT_DOWN)},
	BACK,
};
/* No way back: they are shown this once. */
static const struct binding pins_keys[] = {
	{K_ACCEPT, "ENTER", TR("They are written down"), NULL,
		BINDING_ONCE | BINDING_NEEDS(ACT_ADD_USER)},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding more_keys[] = {
	{K_ACCEPT, "ENTER", TR("Look at the next list"), TR("Next list"),
		BINDING_ONCE | BINDING_NEEDS(ACT_DOWN)},
	BACK,
};
static const struct binding over_keys[] = {
	{K_ACCEPT, "ENTER", TR("Done"), NULL, true},
	BACK,
};
static const struct binding again_keys[] = {
	{K_ACCEPT, "ENTER", TR("Look at it again"), TR("Again"),
		BINDING_ONCE | BINDING_NEEDS(ACT_DOWN)},
	BACK,
};
static const struct binding none_keys[] = {
	BACK,
};

#define ROWS(table)                                          \
	do {                                                 \
		*count = sizeof(table) / sizeof((table)[0]); \
		return table;                                \
	} while (0)

const struct binding *arrivals_bindings(const struct arrivals *a, size_t *count)
{
	switch (a->step) {
	case ARRIVALS_SHOWN:
		ROWS(shown_keys);
	case ARRIVALS_BAD:
		ROWS(bad_keys);
	case ARRIVALS_PINS:
		ROWS(pins_keys);
	case ARRIVALS_TAKEN:
	case ARRIVALS_REFUSED:
		if (a->told.waiting > 0)
			ROWS(more_keys);
		ROWS(over_keys);
	case ARRIVALS_FAILED:
		ROWS(again_keys);
	case ARRIVALS_NONE:
		ROWS(none_keys);
	case ARRIVALS_LOOKING:
	case ARRIVALS_TAKING:
	case ARRIVALS_STEP_COUNT:
		break;
	}
	*count = 0;
	return NULL;
}

const char *arrivals_kind(uint64_t kind)
{
	static const char *const name[PARCEL_KINDS] = {
		[PARCEL_ROLL] = TR("key of the centre"),
		[PARCEL_REVLIST] = TR("list of revoked users"),
		[PARCEL_TEXT] = TR("text to be read out"),
		[PARCEL_LIST] = TR("payment list"),
		[PARCEL_CHANGES] = TR("changes of the list"),
		[PARCEL_ANSWERS] = TR("answers about accounts"),
		[PARCEL_USERS] = TR("table of users"),
	};

	return kind < PARCEL_KINDS && name[kind] ? tr(name[kind]) : "?";
}

static struct effect look(struct arrivals *a)
{
	a->step = ARRIVALS_LOOKING;
	notice_clear(&a->notice);
	return effect_of(FX_ARRIVAL_LOOK);
}

struct effect arrivals_start(struct arrivals *a)
{
	memset(a, 0, sizeof(*a));
	return look(a);
}

/* ---- answers ---------------------------------------------------------------- */

static enum arrivals_step step_of(const struct arrivals *a)
{
	const struct down_row *r = &a->told.row;

	if (r->kind == 0)
		return ARRIVALS_NONE;
	if (a->told.users.pins > 0)
		return ARRIVALS_PINS;
	switch (r->state) {
	case DOWN_WAITS:
		break;
	case DOWN_TAKEN:
		return ARRIVALS_TAKEN;
	case DOWN_REFUSED:
		return ARRIVALS_REFUSED;
	}
	return r->errors > 0 ? ARRIVALS_BAD : ARRIVALS_SHOWN;
}

static void on_failed(struct arrivals *a, const struct event *ev)
{
	char text[REFUSAL_TEXT_SIZE];
	const bool took = a->step == ARRIVALS_TAKING;

	a->step = ARRIVALS_FAILED;
	if (ev->kind == EV_REFUSED) {
		refusal_text(&ev->refusal, text, sizeof(text));
		notice_say(&a->notice, NOTICE_WARN, "%s", text);
	} else if (ev->err.code == ERR_BUSY) {
		notice_say(&a->notice, NOTICE_NOTE, "%s",
			a->told.row.kind == PARCEL_USERS
				? tr("Stopped: who has no first PIN yet was"
				     " not added.")
				: tr("Stopped: nothing of the list was"
				     " taken."));
	} else {
		notice_say(&a->notice, NOTICE_STOP, "%s",
			err_text(ev->err.code,
				took ? ERR_WHILE_WRITING : ERR_WHILE_READING));
	}
}

static struct effect on_answer(struct arrivals *a, const struct event *ev)
{
	if (ev->kind == EV_ARRIVALS) {
		a->told = ev->arrivals;
		a->step = step_of(a);
	} else if (ev->kind == EV_FAILED || ev->kind == EV_REFUSED) {
		on_failed(a, ev);
	}
	return effect_of(FX_NONE);
}

/* ---- keys --------------------------------------------------------------------- */

static struct effect take(struct arrivals *a)
{
	struct effect fx = effect_of(FX_ARRIVAL_TAKE);

	fx.arrival = a->told.row;
	/* What was typed ahead was typed for another screen. */
	fx.drop_keys = true;
	a->step = ARRIVALS_TAKING;
	notice_clear(&a->notice);
	return fx;
}

/* The next of them, or that was the last. */
static struct effect on_written(struct arrivals *a)
{
	memset(&a->told.users.pin, 0, sizeof(a->told.users.pin));
	a->told.users.pins = 0;
	if (a->told.row.state == DOWN_WAITS)
		return take(a);
	a->step = ARRIVALS_TAKEN;
	return effect_of(FX_NONE);
}

static struct effect on_accept(struct arrivals *a)
{
	switch (a->step) {
	case ARRIVALS_PINS:
		return on_written(a);
	case ARRIVALS_SHOWN:
	case ARRIVALS_BAD:
		return take(a);
	case ARRIVALS_FAILED:
		return look(a);
	case ARRIVALS_TAKEN:
	case ARRIVALS_REFUSED:
		return a->told.waiting > 0 ? look(a) : effect_of(FX_LEAVE);
	case ARRIVALS_NONE:
	case ARRIVALS_LOOKING:
	case ARRIVALS_TAKING:
	case ARRIVALS_STEP_COUNT:
		break;
	}
	return effect_of(FX_NONE);
}

struct effect arrivals_handle(struct arrivals *a, const struct event *ev)
{
	size_t count;
	const struct binding *b = arrivals_bindings(a, &count);

	if (a->step == ARRIVALS_LOOKING || a->step == ARRIVALS_TAKING)
		return on_answer(a, ev);
	switch (binding_key(b, count, ev)) {
	case K_ACCEPT:
		return on_accept(a);
	case '0':
		return effect_of(FX_LEAVE);
	default:
		return effect_of(FX_NONE);
	}
}
