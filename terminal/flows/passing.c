#include "terminal/flows/passing.h"

#include <stdio.h>
#include <string.h>

#include "core/money.h"
#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/err_text.h"
#include "terminal/flows/refusal_text.h"

#define HELP                                  \
	{                                     \
		'#', "#", TR("Help"), NULL, 0 \
	}

/* The digits come first: as many of them are offered as there are terminals;
 * which one a digit is stands on the screen. */
static const struct binding pick_keys[] = {
	{'0', "0", TR("Do not hand over"), TR("Back"), 0},
	HELP,
	{'1', "1", TR("The first terminal"), TR("First"), BINDING_ONCE},
	{'2', "2", TR("The second terminal"), TR("Second"), BINDING_ONCE},
	{'3', "3", TR("The third terminal"), TR("Third"), BINDING_ONCE},
	{'4', "4", TR("The fourth terminal"), TR("Fourth"), BINDING_ONCE},
	{'5', "5", TR("The fifth terminal"), TR("Fifth"), BINDING_ONCE},
	{'6', "6", TR("The sixth terminal"), TR("Sixth"), BINDING_ONCE},
	{'7', "7", TR("The seventh terminal"), TR("Seventh"), BINDING_ONCE},
	{'8', "8", TR("The eighth terminal"), TR("Eighth"), BINDING_ONCE},
	{'9', "9", TR("The ninth terminal"), TR("Ninth"), BINDING_ONCE},
};
static const struct binding sure_keys[] = {
	{'1', "1", TR("Yes: the other terminal pays from now on"),
		TR("Hand over"), BINDING_ONCE | BINDING_NEEDS(ACT_HAND_OVER)},
	{'0', "0", TR("No: pay here"), TR("No"), 0},
	HELP,
};
static const struct binding show_keys[] = {
	{'.', ".", TR("The next code of this person"), TR("Next code"), 0},
	{'3', "3", TR("Print the codes on a slip"), TR("On paper"),
		BINDING_ONCE},
	{'0', "0", TR("Done"), NULL, 0},
	HELP,
};
static const struct binding collect_keys[] = {
	{K_SCAN, "", TR("Scan the code that the other terminal shows"),
		TR("Scan the code"), 0},
	{'0', "0", TR("Take nobody"), TR("Give up"), 0},
	HELP,
};
static const struct binding taken_keys[] = {
	{'1', "1", TR("Go on to this person"), TR("To this person"),
		BINDING_ONCE},
	{'0', "0", TR("Done"), NULL, 0},
	HELP,
};

enum {
	PICK_OTHERS = 2, /* rows before the terminals' */
};

#define ROWS(table)                                          \
	do {                                                 \
		*count = sizeof(table) / sizeof((table)[0]); \
		return table;                                \
	} while (0)

const struct binding *passing_bindings(const struct passing *p, size_t *count)
{
	switch (p->step) {
	case PASSING_PICK:
		*count = PICK_OTHERS + (size_t)p->ways.peers;
		return pick_keys;
	case PASSING_SURE:
		ROWS(sure_keys);
	case PASSING_SHOW:
		ROWS(show_keys);
	case PASSING_COLLECT:
		ROWS(collect_keys);
	case PASSING_TAKEN:
		ROWS(taken_keys);
	case PASSING_ASKING:
	case PASSING_RELEASING:
	case PASSING_TAKING:
	case PASSING_STEP_COUNT:
		break;
	}
	*count = 0;
	return NULL;
}

/* ---- going -------------------------------------------------------------------- */

struct effect passing_start(struct passing *p, const struct person *who,
	int64_t due)
{
	struct effect fx = effect_of(FX_HANDOVER);
	const struct person copy = *who; /* it may lie within *p */

	memset(p, 0, sizeof(*p));
	p->who = copy;
	p->due = due;
	p->step = PASSING_ASKING;
	fx.person = copy.id;
	return fx;
}

void passing_terminal(const struct passing *p, char out[HANDOVER_SHORT_SIZE])
{
	const uint8_t *dev = p->step == PASSING_TAKEN ? p->taken.message.from
			     : p->step == PASSING_SURE
				     ? p->ways.peer[p->to]
				     : p->ways.shown.message.to;

	str_to_hex(dev, (HANDOVER_SHORT_SIZE - 1) / 2, out);
}

void passing_code(const struct passing *p, char out[MARKS_TEXT_SIZE])
{
	const struct handover_shown *h = &p->ways.shown;

	release_piece_text(h->bytes, h->len, MARKS_ON_SCREEN, p->piece, out);
}

static struct effect release(struct passing *p)
{
	struct effect fx = effect_of(FX_RELEASE);

	p->step = PASSING_RELEASING;
	fx.drop_keys = true;
	fx.release.person = p->who.id;
	memcpy(fx.release.to, p->ways.peer[p->to], sizeof(fx.release.to));
	return fx;
}

static struct effect print(struct passing *p)
{
	struct effect fx = effect_of(FX_HANDOVER_SLIP);

	p->slip_out = true;
	fx.handover_slip.shown = &p->ways.shown;
	fx.handover_slip.who = &p->who;
	fx.handover_slip.piece = p->slips + 1;
	notice_say(&p->notice, NOTICE_NOTE, tr("Printing slip %d/%d"),
		p->slips + 1, marks_pieces(p->ways.shown.len, MARKS_ON_PAPER));
	return fx;
}

bool passing_is_slip(const struct passing *p, const struct event *ev)
{
	const struct release *m = &p->ways.shown.message;

	return p->slip_out && ev->print.piece == p->slips + 1 && m->count > 0 &&
	       ev->print.seq == m->item[0].seq;
}

struct effect passing_on_slip(struct passing *p, const struct event *ev)
{
	const int all = marks_pieces(p->ways.shown.len, MARKS_ON_PAPER);

	if (ev->print.state == PRINT_PRINTING)
		return effect_of(FX_NONE);
	p->slip_out = false;
	if (ev->print.state != PRINT_PRINTED) {
		notice_say(&p->notice, NOTICE_WARN, "%s",
			tr("THE SLIP IS NOT PRINTED. See to the printer and "
			   "press 3, or let the codes be scanned off the "
			   "screen."));
		return effect_of(FX_NONE);
	}
	if (++p->slips < all && p->step == PASSING_SHOW)
		return print(p);
	notice_say(&p->notice, NOTICE_NOTE, "%s",
		tr("The slip is printed: it goes with the person."));
	return effect_of(FX_NONE);
}

static struct effect on_show(struct passing *p, int key)
{
	const int all = marks_pieces(p->ways.shown.len, MARKS_ON_SCREEN);

	if (key == '.')
		p->piece = (p->piece + 1) % (all > 0 ? all : 1);
	if (key == '3' && !p->slip_out) {
		if (p->slips == marks_pieces(p->ways.shown.len, MARKS_ON_PAPER))
			p->slips = 0;
		return print(p);
	}
	return effect_of(key == '0' ? FX_LEAVE : FX_NONE);
}

static struct effect on_pick(struct passing *p, int key)
{
	if (key == '0')
		return effect_of(FX_LEAVE);
	if (key >= '1' && key <= '9') {
		p->to = key - '1';
		p->step = PASSING_SURE;
	}
	return effect_of(FX_NONE);
}

/* ---- coming ------------------------------------------------------------------- */

struct effect passing_expect(struct passing *p, const char *own)
{
	char copy[HANDOVER_SHORT_SIZE]; /* it may lie within *p */

	str_copy(copy, sizeof(copy), own);
	memset(p, 0, sizeof(*p));
	str_copy(p->own, sizeof(p->own), copy);
	p->step = PASSING_COLLECT;
	return effect_of(FX_NONE);
}

static struct effect take(struct passing *p)
{
	struct effect fx = effect_of(FX_ACQUIRE);

	p->step = PASSING_TAKING;
	fx.drop_keys = true;
	fx.marks.bytes = p->parts.bytes;
	fx.marks.len = p->parts.len;
	return fx;
}

bool passing_counts(const struct passing *p)
{
	return p->parts.size == MARKS_ON_SCREEN ||
	       p->parts.size == MARKS_ON_PAPER;
}

static void say_next(struct passing *p)
{
	if (passing_counts(p))
		notice_say(&p->notice, NOTICE_NOTE,
			tr("Now code %d of the other terminal."),
			marks_lacking(&p->parts, 0));
	else
		notice_say(&p->notice, NOTICE_NOTE, "%s",
			tr("Now its other codes, from the first on."));
}

struct effect passing_scan(struct passing *p, const char *text)
{
	if (p->step != PASSING_COLLECT)
		passing_expect(p, p->own);
	notice_clear(&p->notice);
	switch (release_take_piece(&p->parts, text)) {
	case MARKS_WHOLE:
		return take(p);
	case MARKS_AGAIN:
	case MARKS_PIECE:
		say_next(p);
		break;
	case MARKS_OTHER:
		notice_say(&p->notice, NOTICE_WARN, "%s",
			tr("This code is of somebody else: what was scanned "
			   "before is forgotten."));
		break;
	case MARKS_NO_PIECE:
	case MARKS_BROKEN:
		notice_say(&p->notice, NOTICE_WARN, "%s",
			tr("This code was not read whole. Scan it once more."));
		break;
	}
	return effect_of(FX_NONE);
}

/* ---- answers ------------------------------------------------------------------- */

/* What went wrong, said where we came from. */
static struct effect give_up(struct passing *p, const struct event *ev)
{
	char text[REFUSAL_TEXT_SIZE];

	if (ev->kind == EV_REFUSED) {
		refusal_text(&ev->refusal, text, sizeof(text));
		notice_say(&p->notice, NOTICE_WARN, "%s", text);
	} else {
		notice_say(&p->notice, NOTICE_STOP, "%s",
			err_text(ev->err.code, ERR_WHILE_WRITING));
	}
	return effect_of(FX_LEAVE);
}

static struct effect on_answer(struct passing *p, const struct event *ev)
{
	switch (ev->kind) {
	case EV_HANDOVER:
		p->ways = ev->handover;
		p->piece = 0;
		p->step = p->ways.away ? PASSING_SHOW : PASSING_PICK;
		break;
	case EV_ACQUIRED:
		p->taken = ev->acquired.taken;
		str_copy(p->name, sizeof(p->name), ev->acquired.name);
		p->step = PASSING_TAKEN;
		break;
	case EV_REFUSED:
	case EV_FAILED:
		return give_up(p, ev);
	default:
		break;
	}
	return effect_of(FX_NONE);
}

struct effect passing_handle(struct passing *p, const struct event *ev)
{
	size_t count;
	const struct binding *b = passing_bindings(p, &count);
	const int key = binding_key(b, count, ev);

	if (count == 0)
		return on_answer(p, ev);
	if (p->step == PASSING_SHOW)
		return on_show(p, key);
	if (p->step == PASSING_PICK)
		return on_pick(p, key);
	if (key == '1' && p->step == PASSING_SURE)
		return release(p);
	if (key == '0' && p->step == PASSING_SURE) {
		p->step = PASSING_PICK;
		return effect_of(FX_NONE);
	}
	p->go_on = key == '1' && p->step == PASSING_TAKEN;
	if (key == '0' || p->go_on)
		return effect_of(FX_LEAVE);
	return effect_of(FX_NONE);
}
