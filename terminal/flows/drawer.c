#include "terminal/flows/drawer_internal.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "core/money.h"
#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/err_text.h"
#include "terminal/flows/refusal_text.h"

static const struct binding last_slip_keys[] = {
	{K_SCAN, "", TR("Scan the last Z slip"), NULL, false},
	{'1', "1", TR("Open without the slip: this is noted"), TR("Without"),
		true},
	{'0', "0", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding sure_keys[] = {
	{'1', "1", TR("The sum is right: record it"), TR("Record"), true},
	{'0', "0", TR("Count again"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding unknown_keys[] = {
	{'1', "1", TR("Look again whether it was recorded"), TR("Look again"),
		true},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding reason_keys[] = {
	{'1', "1", TR("Counted wrongly during the shift"), TR("Miscount"),
		true},
	{'2', "2", TR("The cause is not known"), TR("Not known"), false},
	{'3', "3", TR("Small change could not be given"), TR("Change"), false},
	{'9', "9", TR("Another cause"), TR("Other"), false},
	{'0', "0", TR("Count again"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding slip_keys[] = {
	{K_ACCEPT, "ENTER", TR("Done"), NULL, true},
	{'1', "1", TR("Print the Z slip again"), TR("Print again"), true},
	{'5', "5", TR("A signed file of this shift for me to keep"),
		TR("My file"), BINDING_NEEDS(ACT_EXPORT)},
	{'0', "0", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};

#define ROWS(table)                                          \
	do {                                                 \
		*count = sizeof(table) / sizeof((table)[0]); \
		return table;                                \
	} while (0)

const struct binding *drawer_bindings(const struct drawer *d, size_t *count)
{
	switch (d->step) {
	case DRAWER_LAST_SLIP:
		ROWS(last_slip_keys);
	case DRAWER_NOTES:
		return note_table_bindings(count);
	case DRAWER_SURE:
		ROWS(sure_keys);
	case DRAWER_UNKNOWN:
		ROWS(unknown_keys);
	case DRAWER_REASON:
		ROWS(reason_keys);
	case DRAWER_SECOND:
		return second_bindings(d->second.step, count);
	case DRAWER_SLIP:
		ROWS(slip_keys);
	case DRAWER_COMPARING:
	case DRAWER_WORKING:
	case DRAWER_LOOKING:
	case DRAWER_STEP_COUNT:
		break;
	}
	*count = 0;
	return NULL;
}

int drawer_key(const struct drawer *d, const struct event *ev)
{
	size_t count;
	const struct binding *b = drawer_bindings(d, &count);

	return binding_key(b, count, ev);
}

void drawer_init(struct drawer *d, enum drawer_task task,
	const struct shift *now)
{
	memset(d, 0, sizeof(*d));
	d->task = task;
	if (now)
		d->before = *now;
	d->step = DRAWER_NOTES;
	note_table_init(&d->table);
	second_init(&d->second);
}

void drawer_ask_slip(struct drawer *d, int64_t last_closed)
{
	d->last_closed = last_closed;
	d->step = DRAWER_LAST_SLIP;
}

struct effect drawer_leave(struct drawer *d, bool done)
{
	d->done = done;
	return effect_of(FX_LEAVE);
}

/* ---- counting ---------------------------------------------------------- */

static void counted(struct drawer *d)
{
	note_table_notes(&d->table, &d->notes);
	d->sum = notes_sum(&d->notes);
	if (d->sum == 0 &&
		(d->task == DRAWER_TOP_UP || d->task == DRAWER_DROP)) {
		notice_say(&d->notice, NOTICE_WARN, "%s",
			tr("No banknote is entered yet"));
		return;
	}
	notice_clear(&d->notice);
	d->step = DRAWER_SURE;
}

static struct effect on_notes_step(struct drawer *d, const struct event *ev)
{
	switch (note_table_handle(&d->table, ev)) {
	case NOTE_TABLE_COUNTED:
		counted(d);
		break;
	case NOTE_TABLE_LEFT:
		return drawer_leave(d, false);
	case NOTE_TABLE_CHANGED:
		notice_clear(&d->notice);
		break;
	case NOTE_TABLE_TYPING:
		break;
	}
	return effect_of(FX_NONE);
}

/* ---- recording --------------------------------------------------------- */

static struct effect record(struct drawer *d)
{
	static const enum effect_kind kind[] = {
		[DRAWER_OPEN] = FX_SHIFT_OPEN,
		[DRAWER_TOP_UP] = FX_SHIFT_TOP_UP,
		[DRAWER_DROP] = FX_SHIFT_DROP,
		[DRAWER_CLOSE] = FX_SHIFT_CLOSE,
	};
	struct effect fx = effect_of(kind[d->task]);

	fx.drop_keys = true;
	fx.shift.notes = d->notes;
	fx.shift.reason = d->reason;
	if (d->task == DRAWER_OPEN)
		str_copy(fx.shift.slip, sizeof(fx.shift.slip), d->last_slip);
	notice_clear(&d->notice);
	d->step = DRAWER_WORKING;
	return fx;
}

static struct effect look(struct drawer *d)
{
	d->step = DRAWER_LOOKING;
	return effect_of(FX_SHIFT_STATE);
}

static struct effect on_sure_step(struct drawer *d, const struct event *ev)
{
	switch (drawer_key(d, ev)) {
	case '1':
		d->reason = SHIFT_REASON_NONE;
		return record(d);
	case '0':
		d->step = DRAWER_NOTES;
		break;
	default:
		break;
	}
	return effect_of(FX_NONE);
}

/* To the safe goes what is there; topping up first would be no cure. */
static void say_why(const struct drawer *d, const struct refusal *why,
	char *out, size_t size)
{
	char amount[MONEY_TEXT_SIZE];

	if (d->task == DRAWER_DROP && why->code == REFUSED_NOT_ENOUGH_CASH)
		snprintf(out, size,
			tr("Only %s đồng are in the drawer: count again."),
			money_format(why->amount, amount));
	else
		refusal_text(why, out, size);
}

/* Nothing differs, but the drawer is not his own: shifts.h. */
static void ask_second(struct drawer *d)
{
	d->two = true;
	second_init(&d->second);
	notice_say(&d->second.notice, NOTICE_NOTE, "%s",
		tr("The drawer of somebody who left is closed by two: a "
		   "supervisor stands by."));
	d->step = DRAWER_SECOND;
}

static void on_refused(struct drawer *d, const struct refusal *why)
{
	char text[REFUSAL_TEXT_SIZE];

	if (second_wrong(&d->second, why)) {
		d->step = DRAWER_SECOND;
		return;
	}
	if (d->task == DRAWER_CLOSE && why->code == REFUSED_SECOND_PERSON &&
		d->reason == SHIFT_REASON_NONE && !d->two) {
		ask_second(d);
		return;
	}
	say_why(d, why, text, sizeof(text));
	if (d->task == DRAWER_CLOSE &&
		(d->reason != SHIFT_REASON_NONE || d->two) &&
		why->code != REFUSED_NOT_YOUR_SHIFT &&
		why->code != REFUSED_NO_SHIFT) {
		/* It is about the second person: ask for another one. */
		second_init(&d->second);
		notice_say(&d->second.notice, NOTICE_WARN, "%s", text);
		d->step = DRAWER_SECOND;
		return;
	}
	notice_say(&d->notice, NOTICE_WARN, "%s", text);
	d->step = d->task == DRAWER_CLOSE && why->code == REFUSED_DIFFERENCE
			  ? DRAWER_REASON
			  : DRAWER_NOTES;
}

static struct effect print_slip(struct drawer *d)
{
	struct effect fx = effect_of(FX_SLIP);

	fx.slip = d->slip.shift.number;
	d->paper = (struct pay_paper){.state = PRINT_PRINTING};
	return fx;
}

static struct effect on_working_step(struct drawer *d, const struct event *ev)
{
	switch (ev->kind) {
	case EV_SHIFT:
		d->shift = ev->shift;
		return drawer_leave(d, true);
	case EV_SHIFT_CLOSED:
		d->slip = ev->slip;
		d->step = DRAWER_SLIP;
		return print_slip(d);
	case EV_REFUSED:
		on_refused(d, &ev->refusal);
		break;
	case EV_APPROVAL:
		second_asked(&d->second, ev);
		d->step = DRAWER_SECOND;
		break;
	case EV_SIGN_IN_REFUSED:
		second_refused(&d->second, ev);
		d->step = DRAWER_SECOND;
		break;
	case EV_FAILED:
		return look(d);
	default:
		break;
	}
	return effect_of(FX_NONE);
}

/* Does the shift as it stands now hold what was being recorded? */
static bool is_recorded(const struct drawer *d, const struct shift *now)
{
	switch (d->task) {
	case DRAWER_OPEN:
		return now != NULL;
	case DRAWER_TOP_UP:
		return now && now->float_in == d->before.float_in + d->sum;
	case DRAWER_DROP:
		return now && now->float_out == d->before.float_out + d->sum;
	case DRAWER_CLOSE:
		return now == NULL;
	}
	return false;
}

static struct effect looked(struct drawer *d, const struct shift *now)
{
	if (is_recorded(d, now)) {
		if (now)
			d->shift = *now;
		notice_say(&d->notice, NOTICE_WARN, "%s",
			tr("Looked up: it is recorded. Go on from here."));
		return drawer_leave(d, true);
	}
	notice_say(&d->notice, NOTICE_WARN, "%s",
		tr("Looked up: it is not recorded. Record it again."));
	d->step = DRAWER_SURE;
	return effect_of(FX_NONE);
}

static struct effect on_looking_step(struct drawer *d, const struct event *ev)
{
	switch (ev->kind) {
	case EV_SHIFT:
		return looked(d, &ev->shift);
	case EV_NO_SHIFT:
		return looked(d, NULL);
	case EV_FAILED:
		notice_say(&d->notice, NOTICE_STOP, "%s",
			err_text(ev->err.code, ERR_WHILE_WRITING));
		d->step = DRAWER_UNKNOWN;
		break;
	default:
		break;
	}
	return effect_of(FX_NONE);
}

static struct effect on_unknown_step(struct drawer *d, const struct event *ev)
{
	return drawer_key(d, ev) == '1' ? look(d) : effect_of(FX_NONE);
}

/* ---- a difference ------------------------------------------------------ */

static struct effect on_reason_step(struct drawer *d, const struct event *ev)
{
	switch (drawer_key(d, ev)) {
	case '1':
		d->reason = SHIFT_REASON_MISCOUNT;
		break;
	case '2':
		d->reason = SHIFT_REASON_UNKNOWN;
		break;
	case '3':
		d->reason = SHIFT_REASON_CHANGE;
		break;
	case '9':
		d->reason = SHIFT_REASON_OTHER;
		break;
	case '0':
		notice_clear(&d->notice);
		d->step = DRAWER_NOTES;
		return effect_of(FX_NONE);
	default:
		return effect_of(FX_NONE);
	}
	second_init(&d->second);
	d->step = DRAWER_SECOND;
	return effect_of(FX_NONE);
}

static struct effect on_second_step(struct drawer *d, const struct event *ev)
{
	struct effect fx;
	const enum second_result how = second_handle(&d->second, ev);

	switch (how) {
	case SECOND_TYPING:
		break;
	case SECOND_CANCELLED:
		d->step = d->reason == SHIFT_REASON_NONE ? DRAWER_NOTES
							 : DRAWER_REASON;
		d->two = false;
		break;
	case SECOND_GIVEN:
	case SECOND_ASKED:
		fx = record(d);
		second_by_qr(&d->second, how, &fx);
		if (d->second.step != SECOND_QR && how == SECOND_GIVEN)
			second_take(&d->second, &fx.shift.by, fx.shift.pin);
		return fx;
	}
	return effect_of(FX_NONE);
}

static struct effect on_slip_step(struct drawer *d, const struct event *ev)
{
	if (ev->kind == EV_PRINT && ev->print.slip)
		d->paper = pay_paper_of(ev);
	switch (drawer_key(d, ev)) {
	case K_ACCEPT:
	case '0':
		return drawer_leave(d, true);
	case '5':
		d->file = true;
		return drawer_leave(d, true);
	case '1':
		/* One at a time: the number of a copy is in the book. */
		if (d->paper.state != PRINT_PRINTING)
			return print_slip(d);
		break;
	default:
		break;
	}
	return effect_of(FX_NONE);
}

struct effect drawer_handle(struct drawer *d, const struct event *ev)
{
	typedef struct effect (*step_fn)(struct drawer *, const struct event *);
	static const step_fn on_step[DRAWER_STEP_COUNT] = {
		[DRAWER_LAST_SLIP] = drawer_on_last_slip,
		[DRAWER_COMPARING] = drawer_on_comparing,
		[DRAWER_NOTES] = on_notes_step,
		[DRAWER_SURE] = on_sure_step,
		[DRAWER_WORKING] = on_working_step,
		[DRAWER_LOOKING] = on_looking_step,
		[DRAWER_UNKNOWN] = on_unknown_step,
		[DRAWER_REASON] = on_reason_step,
		[DRAWER_SECOND] = on_second_step,
		[DRAWER_SLIP] = on_slip_step,
	};

	return on_step[d->step](d, ev);
}
