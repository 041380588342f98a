#include "terminal/flows/carry.h"

#include <stdio.h>
#include <string.h>

#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/err_text.h"
#include "terminal/flows/refusal_text.h"

#define END                                   \
	{'0', "0", TR("Done"), NULL, 0},      \
	{                                     \
		'#', "#", TR("Help"), NULL, 0 \
	}

#define CARD_KEY                                                             \
	{                                                                    \
		'5', "5", TR("The card of this terminal"), TR("Our card"), 0 \
	}

#define PAPER_KEY                                                         \
	{                                                                 \
		'3', "3", TR("Print all codes on slips"), TR("On paper"), \
			BINDING_ONCE                                      \
	}

static const struct binding show_keys[] = {
	{'.', ".", TR("The next code"), TR("Next code"), 0},
	PAPER_KEY,
	CARD_KEY,
	END,
};
static const struct binding lists_keys[] = {
	{'.', ".", TR("The next code"), TR("Next code"), 0},
	{'2', "2", TR("The next list of this month"), TR("Next list"), 0},
	PAPER_KEY,
	CARD_KEY,
	END,
};
static const struct binding printing_keys[] = {
	{'0', "0", TR("Stop behind this slip"), TR("Stop"), 0},
	{'#', "#", TR("Help"), NULL, 0},
};
static const struct binding stopped_keys[] = {
	{'1', "1", TR("Go on with the slips that lack"), TR("Go on"),
		BINDING_ONCE},
	{'3', "3", TR("Print all slips from the first"), TR("All anew"),
		BINDING_ONCE},
	{'0', "0", TR("Back to the codes on the screen"), TR("Back"), 0},
	{'#', "#", TR("Help"), NULL, 0},
};
static const struct binding collect_keys[] = {
	{K_SCAN, "", TR("Scan the next code of the other terminal"),
		TR("Scan the next code"), 0},
	{'0', "0", TR("Take nothing"), TR("Give up"), 0},
	{'#', "#", TR("Help"), NULL, 0},
};
static const struct binding peer_keys[] = {
	{'1', "1", TR("Yes: believe its paid marks here"),
		TR("Believe this terminal"), BINDING_ONCE},
	{'0', "0", TR("No: change nothing"), TR("Do not"), 0},
	{'#', "#", TR("Help"), NULL, 0},
};
static const struct binding shown_keys[] = {END};

#define ROWS(table)                                          \
	do {                                                 \
		*count = sizeof(table) / sizeof((table)[0]); \
		return table;                                \
	} while (0)

const struct binding *carry_bindings(const struct carry *c, size_t *count)
{
	switch (c->step) {
	case CARRY_SHOW:
		if (c->shown.lists > 1)
			ROWS(lists_keys);
		ROWS(show_keys);
	case CARRY_PRINTING:
		ROWS(printing_keys);
	case CARRY_STOPPED:
		ROWS(stopped_keys);
	case CARRY_COLLECT:
		ROWS(collect_keys);
	case CARRY_PEER:
		ROWS(peer_keys);
	case CARRY_CARD:
	case CARRY_TAKEN:
		ROWS(shown_keys);
	case CARRY_ASKING:
	case CARRY_TAKING:
	case CARRY_KNOWING:
	case CARRY_STEP_COUNT:
		break;
	}
	*count = 0;
	return NULL;
}

/* ---- showing ---------------------------------------------------------------- */

static struct effect ask(struct carry *c, int which)
{
	struct effect fx = effect_of(FX_MARKS_SHOW);

	c->step = CARRY_ASKING;
	c->which = which;
	fx.which = which;
	return fx;
}

struct effect carry_start(struct carry *c)
{
	memset(c, 0, sizeof(*c));
	return ask(c, 0);
}

void carry_code(const struct carry *c, char out[MARKS_TEXT_SIZE])
{
	const int all = marks_pieces(c->shown.len, MARKS_ON_SCREEN);

	if (c->step == CARRY_CARD || all == 0)
		str_copy(out, MARKS_TEXT_SIZE, c->card);
	else
		marks_piece_text(c->shown.bytes, c->shown.len, MARKS_ON_SCREEN,
			c->piece % all, out);
}

/* ---- on paper ------------------------------------------------------------ */

int carry_slips(const struct carry *c)
{
	return marks_pieces(c->shown.len, MARKS_ON_PAPER);
}

/* The next slip. One that is with the printer is waited for, not doubled. */
static struct effect print(struct carry *c)
{
	struct effect fx = effect_of(FX_MARKS_SLIP);

	notice_clear(&c->notice);
	c->step = CARRY_PRINTING;
	if (c->slip_out)
		return effect_of(FX_NONE);
	c->slip_out = true;
	fx.marks_slip.shown = &c->shown;
	fx.marks_slip.piece = c->slips + 1;
	return fx;
}

static struct effect print_all(struct carry *c)
{
	if (!c->slip_out)
		c->slips = 0;
	return print(c);
}

/* Where it stopped before, that is asked about first. */
static struct effect on_paper(struct carry *c)
{
	if (c->slips == 0 || c->slips == carry_slips(c))
		return print_all(c);
	notice_clear(&c->notice);
	c->step = CARRY_STOPPED;
	return effect_of(FX_NONE);
}

static struct effect on_stopped(struct carry *c, int key)
{
	if (key == '1')
		return print(c);
	if (key == '3')
		return print_all(c);
	if (key == '0')
		c->step = CARRY_SHOW;
	return effect_of(FX_NONE);
}

bool carry_is_slip(const struct carry *c, const struct event *ev)
{
	return c->slip_out && ev->print.piece == c->slips + 1 &&
	       ev->print.seq == c->shown.head.seq;
}

/* The last one is printed: back to the codes. */
static void all_printed(struct carry *c)
{
	c->step = CARRY_SHOW;
	notice_say(&c->notice, NOTICE_NOTE, tr("All %d slips are printed."),
		c->slips);
}

struct effect carry_on_slip(struct carry *c, const struct event *ev)
{
	if (ev->print.state == PRINT_PRINTING)
		return effect_of(FX_NONE);
	c->slip_out = false;
	c->paper = pay_paper_of(ev);
	if (ev->print.state != PRINT_PRINTED) {
		if (c->step == CARRY_PRINTING)
			c->step = CARRY_STOPPED;
		return effect_of(FX_NONE);
	}
	c->slips++;
	if (c->slips == carry_slips(c) &&
		(c->step == CARRY_PRINTING || c->step == CARRY_STOPPED))
		all_printed(c);
	return c->step == CARRY_PRINTING ? print(c) : effect_of(FX_NONE);
}

void carry_paper_text(const struct carry *c, struct notice *state,
	struct notice *cure)
{
	const int slip = c->slips + 1;

	notice_clear(state);
	notice_clear(cure);
	if (c->slip_out || c->paper.state == PRINT_PRINTED) {
		notice_say(state, NOTICE_NOTE, "%s", tr("PRINTING STOPPED"));
	} else if (c->paper.no_printer) {
		notice_say(state, NOTICE_WARN, tr("SLIP %d IS NOT PRINTED"),
			slip);
		notice_say(cure, NOTICE_NOTE, "%s",
			tr("No printer is ready: plug one in, or let the codes "
			   "be scanned off the screen."));
	} else {
		notice_say(state, NOTICE_WARN,
			tr("SLIP %d IS NOT PRINTED TO THE END"), slip);
		pay_paper_cure(&c->paper, "", cure);
	}
}

static struct effect on_show(struct carry *c, int key)
{
	const int all = marks_pieces(c->shown.len, MARKS_ON_SCREEN);

	if (key == '.')
		c->piece = (c->piece + 1) % (all > 0 ? all : 1);
	if (key == '5')
		c->step = CARRY_CARD;
	if (key == '3')
		return on_paper(c);
	if (key == '2')
		return ask(c, (c->which + 1) % c->shown.lists);
	return effect_of(key == '0' ? FX_LEAVE : FX_NONE);
}

/* ---- taking ----------------------------------------------------------------- */

static void say_lacking(struct carry *c)
{
	char list[64] = "";
	size_t len = 0;

	for (int i = marks_lacking(&c->parts, 0); i > 0 && len < 40;
		i = marks_lacking(&c->parts, i))
		len += (size_t)snprintf(list + len, sizeof(list) - len, "%s%d",
			len > 0 ? ", " : "", i);
	notice_say(&c->notice, NOTICE_NOTE, tr("Still to be scanned: %s"),
		list);
}

static struct effect take(struct carry *c)
{
	struct effect fx = effect_of(FX_MARKS_TAKE);

	c->step = CARRY_TAKING;
	fx.drop_keys = true;
	fx.marks.bytes = c->parts.bytes;
	fx.marks.len = c->parts.len;
	return fx;
}

static struct effect take_piece(struct carry *c, const char *text)
{
	c->step = CARRY_COLLECT;
	switch (marks_take_piece(&c->parts, text)) {
	case MARKS_WHOLE:
		return take(c);
	case MARKS_AGAIN:
	case MARKS_PIECE:
		say_lacking(c);
		break;
	case MARKS_OTHER:
		notice_say(&c->notice, NOTICE_WARN, "%s",
			tr("This code begins other marks: what was scanned "
			   "before is forgotten."));
		break;
	case MARKS_NO_PIECE:
	case MARKS_BROKEN:
		notice_say(&c->notice, NOTICE_WARN, "%s",
			tr("This code was not read whole. Scan it once more."));
		break;
	}
	return effect_of(FX_NONE);
}

struct effect carry_scan(struct carry *c, const char *text)
{
	if (c->step == CARRY_PRINTING) {
		notice_say(&c->notice, NOTICE_WARN, "%s",
			tr("Not scanned: finish what is on the screen first"));
		return effect_of(FX_NONE);
	}
	if (c->step != CARRY_COLLECT)
		memset(c, 0, sizeof(*c));
	notice_clear(&c->notice);
	if (marks_card_parse(text, &c->peer)) {
		c->step = CARRY_PEER;
		return effect_of(FX_NONE);
	}
	return take_piece(c, text);
}

/* ---- answers ----------------------------------------------------------------- */

static void say_taken(struct carry *c)
{
	const struct elsewhere_taken *t = &c->taken;

	notice_clear(&c->notice);
	if (t->both > 0)
		notice_say(&c->notice, NOTICE_STOP,
			tr("%lld sums are paid on BOTH terminals. Call the "
			   "supervisor."),
			(long long)t->both);
	else if (t->same)
		notice_say(&c->notice, NOTICE_NOTE, "%s",
			tr("These marks were taken before: nothing is new."));
}

/* What went wrong, said where we came from. */
static struct effect give_up(struct carry *c, const struct event *ev)
{
	char text[REFUSAL_TEXT_SIZE];

	if (ev->kind == EV_REFUSED) {
		refusal_text(&ev->refusal, text, sizeof(text));
		notice_say(&c->notice, NOTICE_WARN, "%s", text);
	} else {
		notice_say(&c->notice, NOTICE_STOP, "%s",
			err_text(ev->err.code, ERR_WHILE_WRITING));
	}
	return effect_of(FX_LEAVE);
}

static struct effect on_answer(struct carry *c, const struct event *ev)
{
	switch (ev->kind) {
	case EV_MARKS:
		c->shown = ev->marks.shown;
		c->slips = 0;
		c->slip_out = false;
		str_copy(c->card, sizeof(c->card), ev->marks.card);
		c->piece = 0;
		c->step = CARRY_SHOW;
		break;
	case EV_MARKS_TAKEN:
		c->taken = ev->taken;
		c->step = CARRY_TAKEN;
		say_taken(c);
		break;
	case EV_CONFIRMED:
		notice_say(&c->notice, NOTICE_NOTE, "%s",
			tr("Recorded: the paid marks of that terminal are "
			   "believed here."));
		return effect_of(FX_LEAVE);
	case EV_REFUSED:
	case EV_FAILED:
		return give_up(c, ev);
	default:
		break;
	}
	return effect_of(FX_NONE);
}

static struct effect know(struct carry *c)
{
	struct effect fx = effect_of(FX_PEER);

	c->step = CARRY_KNOWING;
	fx.drop_keys = true;
	fx.peer = c->peer;
	return fx;
}

struct effect carry_handle(struct carry *c, const struct event *ev)
{
	size_t count;
	const struct binding *b = carry_bindings(c, &count);
	const int key = binding_key(b, count, ev);

	if (count == 0)
		return on_answer(c, ev);
	if (c->step == CARRY_SHOW)
		return on_show(c, key);
	if (c->step == CARRY_STOPPED)
		return on_stopped(c, key);
	if (c->step == CARRY_PRINTING) {
		if (key == '0')
			c->step = CARRY_STOPPED;
		return effect_of(FX_NONE);
	}
	if (key == '0' && c->step == CARRY_CARD) {
		c->step = CARRY_SHOW;
		return effect_of(FX_NONE);
	}
	if (key == '0') {
		memset(c, 0, sizeof(*c)); /* what was scanned, too */
		return effect_of(FX_LEAVE);
	}
	if (key == '1' && c->step == CARRY_PEER)
		return know(c);
	return effect_of(FX_NONE);
}
