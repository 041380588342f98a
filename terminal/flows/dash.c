#include "terminal/flows/dash.h"

#include <string.h>

#include "core/date.h"
#include "core/tr.h"
#include "terminal/flows/board_text.h"
#include "terminal/flows/err_text.h"

static const struct binding counting_keys[] = {
	{'0', "0", TR("Stop, and go back"), TR("Stop"), false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding shown_keys[] = {
	{'1', "1", TR("By group"), TR("Groups"), false},
	{'2', "2", TR("By commune and hamlet"), TR("Hamlets"), false},
	{'3', "3", TR("By hour of the day"), TR("By hour"), false},
	{'4', "4", TR("By day"), TR("Every day"), false},
	{'5', "5", TR("Drawers that were counted"), TR("Drawers"), false},
	{'6', "6", TR("Terminals, and what is not sent"), TR("Terminals"),
		false},
	{'7', "7", TR("Another month"), TR("Other month"), false},
	{'.', ".", TR("Further rows"), TR("Further"), false},
	{K_UP, "up", TR("Up"), NULL, false},
	{K_DOWN, "down", TR("Down"), NULL, false},
	{'0', "0", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding month_keys[] = {
	{K_DIGITS, "0-9", TR("Month and year: 12 2026"), TR("Month"), false},
	{K_ACCEPT, "ENTER", TR("Show it; empty: the newest list"), TR("Show"),
		false},
	{K_ERASE, "<-", TR("Erase"), NULL, false},
	{K_BACK, "Esc", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding failed_keys[] = {
	{'1', "1", TR("Try again"), NULL, false},
	{'0', "0", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};

#define ROWS(table)                                          \
	do {                                                 \
		*count = sizeof(table) / sizeof((table)[0]); \
		return table;                                \
	} while (0)

const struct binding *dash_bindings(enum dash_step step, size_t *count)
{
	switch (step) {
	case DASH_COUNTING:
		ROWS(counting_keys);
	case DASH_SHOWN:
		ROWS(shown_keys);
	case DASH_MONTH:
		ROWS(month_keys);
	case DASH_FAILED:
		ROWS(failed_keys);
	case DASH_STEP_COUNT:
		break;
	}
	*count = 0;
	return NULL;
}

int dash_rows(const struct dash *d)
{
	const struct board *b = d->board;
	int first;
	int last;

	if (!b)
		return 0;
	switch (d->page) {
	case DASH_GROUPS:
	case DASH_PAGE_COUNT:
		break;
	case DASH_PLACES:
		return b->units + b->hamlets;
	case DASH_HOURS:
		board_hours(b, &first, &last);
		return last - first + 1;
	case DASH_DAYS:
		return b->days;
	case DASH_DRAWERS:
		return b->closes;
	case DASH_TERMINALS:
		return b->terminals;
	}
	return 0;
}

static struct effect count(struct dash *d)
{
	struct effect fx = effect_of(FX_BOARD);

	d->counting = true;
	d->done = 0;
	d->all = 0;
	fx.study.number = d->number += 2;
	fx.study.period = d->period;
	return fx;
}

/* Nothing is on the screen meanwhile but how far it is. */
static struct effect count_first(struct dash *d)
{
	d->step = DASH_COUNTING;
	return count(d);
}

struct effect dash_start(struct dash *d)
{
	const int number = d->number;
	const uint64_t made = d->made;

	memset(d, 0, sizeof(*d));
	/* What is still on its way from before is none of this one's. */
	d->number = number;
	d->made = made;
	return count_first(d);
}

/* ---- what comes by itself -------------------------------------------------- */

static void take_board(struct dash *d, const struct event *ev)
{
	d->board = ev->study.board;
	d->target = ev->study.target;
	d->counting = false;
	if (d->step == DASH_COUNTING || d->step == DASH_FAILED)
		d->step = DASH_SHOWN;
	if (d->first >= dash_rows(d))
		d->first = 0;
}

static struct effect on_study(struct dash *d, const struct event *ev)
{
	if (ev->study.number != d->number || !d->counting)
		return effect_of(FX_NONE);
	switch (ev->study.state) {
	case STUDY_RUNS:
		d->done = ev->study.done;
		d->all = ev->study.all;
		break;
	case STUDY_DONE:
		d->asked_ms = ev->at_ms;
		take_board(d, ev);
		break;
	case STUDY_FAILED:
		d->asked_ms = ev->at_ms;
		d->counting = false;
		notice_say(&d->notice, NOTICE_WARN, "%s",
			err_text(ev->study.code, ERR_WHILE_READING));
		if (d->step == DASH_COUNTING)
			d->step = DASH_FAILED;
		break;
	}
	return effect_of(FX_NONE);
}

/* The book has grown since. */
static struct effect on_tick(struct dash *d, const struct event *ev)
{
	if (d->step != DASH_SHOWN || d->counting || !d->board ||
		d->board->made >= d->made ||
		ev->at_ms - d->asked_ms < DASH_AGAIN_MS)
		return effect_of(FX_NONE);
	return count(d);
}

/* ---- keys ------------------------------------------------------------------ */

static struct effect go(struct dash *d, int by)
{
	const int rows = dash_rows(d);

	d->first += by;
	if (d->first >= rows)
		d->first = by == 1 && rows > 0 ? rows - 1 : 0;
	if (d->first < 0)
		d->first = 0;
	return effect_of(FX_NONE);
}

static struct effect on_shown(struct dash *d, int key)
{
	if (key >= '1' && key < '1' + DASH_PAGE_COUNT) {
		d->page = (enum dash_page)(key - '1');
		d->first = 0;
	}
	switch (key) {
	case '7':
		entry_init(&d->month, ENTRY_NUMBER, 6);
		d->step = DASH_MONTH;
		break;
	case '.':
		return go(d, DASH_ROWS);
	case K_UP:
		return go(d, -1);
	case K_DOWN:
		return go(d, 1);
	case '0':
		return effect_of(FX_LEAVE);
	default:
		break;
	}
	return effect_of(FX_NONE);
}

bool dash_read_month(const char *text, int32_t *out)
{
	const size_t len = strlen(text);
	char iso[8];

	*out = 0;
	if (len == 0)
		return true;
	if (len < 5 || len > 6)
		return false;
	memcpy(iso, text + len - 4, 4);
	iso[4] = len == 6 ? text[0] : '0';
	iso[5] = len == 6 ? text[1] : text[0];
	iso[6] = '\0';
	return period_parse(iso, out);
}

static struct effect on_month(struct dash *d, const struct event *ev)
{
	if (ev->kind != EV_KEY || ev->key == '#')
		return effect_of(FX_NONE);
	switch (entry_key(&d->month, ev->key)) {
	case ENTRY_ACCEPTED:
		if (dash_read_month(d->month.text, &d->period)) {
			d->first = 0;
			return count_first(d);
		}
		notice_say(&d->notice, NOTICE_WARN, "%s",
			tr("This is no month: type month and year, as"
			   " 12 2026."));
		break;
	case ENTRY_CANCELLED:
		d->step = DASH_SHOWN;
		break;
	case ENTRY_IGNORED:
	case ENTRY_CHANGED:
	case ENTRY_FULL:
		break;
	}
	return effect_of(FX_NONE);
}

static struct effect on_key(struct dash *d, const struct event *ev)
{
	size_t count;
	const struct binding *b = dash_bindings(d->step, &count);
	const int key = binding_key(b, count, ev);

	notice_clear(&d->notice);
	switch (d->step) {
	case DASH_COUNTING:
		return effect_of(key == '0' ? FX_LEAVE : FX_NONE);
	case DASH_SHOWN:
		return on_shown(d, key);
	case DASH_MONTH:
		return on_month(d, ev);
	case DASH_FAILED:
		if (key == '1')
			return count_first(d);
		return effect_of(key == '0' ? FX_LEAVE : FX_NONE);
	case DASH_STEP_COUNT:
		break;
	}
	return effect_of(FX_NONE);
}

struct effect dash_handle(struct dash *d, const struct event *ev)
{
	switch (ev->kind) {
	case EV_KEY:
		return on_key(d, ev);
	case EV_STUDY:
		return on_study(d, ev);
	case EV_TICK:
		return on_tick(d, ev);
	case EV_STATUS:
		d->made = ev->status.made;
		break;
	default:
		break;
	}
	return effect_of(FX_NONE);
}
