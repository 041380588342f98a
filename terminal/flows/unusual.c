#include "terminal/flows/unusual.h"

#include <string.h>

#include "core/tr.h"
#include "terminal/flows/err_text.h"

#define HELP                                  \
	{                                     \
		'#', "#", TR("Help"), NULL, 0 \
	}

#define SHIFT_BEFORE                                                           \
	{                                                                      \
		'8', "8", TR("The shift before this one"), TR("Shift before"), \
			0                                                      \
	}
#define BACK {'0', "0", TR("Back"), NULL, 0}, HELP

/* The rows come last: as many digits are offered as there are rows. The shift
 * before comes first, as there may be none. */
static const struct binding list_keys[] = {
	SHIFT_BEFORE,
	{'.', ".", TR("Older ones of this shift"), TR("Older"), 0},
	{'7', "7", TR("Only one kind: the next kind, then all"), TR("One kind"),
		0},
	BACK,
	{K_ACCEPT, "ENTER", TR("See the first one whole"), TR("See the first"),
		0},
	{'1', "1", TR("See line 1 whole"), TR("Line 1"), 0},
	{'2', "2", TR("See line 2 whole"), TR("Line 2"), 0},
	{'3', "3", TR("See line 3 whole"), TR("Line 3"), 0},
	{'4', "4", TR("See line 4 whole"), TR("Line 4"), 0},
	{'5', "5", TR("See line 5 whole"), TR("Line 5"), 0},
	{'6', "6", TR("See line 6 whole"), TR("Line 6"), 0},
};
/* Of a shift with nothing in it; the last two, if there is none before. */
static const struct binding empty_keys[] = {
	SHIFT_BEFORE,
	BACK,
};
static const struct binding one_keys[] = {
	{'.', ".", TR("The next one of the list"), TR("Next one"), 0},
	{'0', "0", TR("Back to the list"), TR("Back"), 0},
	HELP,
};

enum {
	LIST_OTHERS = 5, /* keys before those of the rows … */
	LIST_ENTER = 1   /* … and ENTER, which is the first one's */
};

static const struct binding *keys_of_list(const struct unusual *u,
	size_t *count)
{
	const size_t skip = u->page.shift > 0 ? 0 : 1;

	if (u->page.present == 0) {
		*count = sizeof(empty_keys) / sizeof(empty_keys[0]) - skip;
		return empty_keys + skip;
	}
	*count = LIST_OTHERS - skip;
	if (u->page.rows > 0)
		*count += LIST_ENTER + (size_t)u->page.rows;
	return list_keys + skip;
}

const struct binding *unusual_bindings(const struct unusual *u, size_t *count)
{
	switch (u->step) {
	case UNUSUAL_LIST:
		return keys_of_list(u, count);
	case UNUSUAL_ONE:
		*count = sizeof(one_keys) / sizeof(one_keys[0]);
		return one_keys;
	case UNUSUAL_LOADING:
	case UNUSUAL_STEP_COUNT:
		break;
	}
	*count = 0;
	return NULL;
}

static struct effect ask(struct unusual *u, int64_t shift, int64_t first)
{
	struct effect fx = effect_of(FX_EXCEPTIONS);

	u->step = UNUSUAL_LOADING;
	fx.unusual.shift = shift;
	fx.unusual.first = first;
	fx.unusual.kinds = u->kind == EXCEPTION_KINDS ? EXCEPTION_ALL
						      : EXCEPTION_BIT(u->kind);
	return fx;
}

struct effect unusual_start(struct unusual *u)
{
	memset(u, 0, sizeof(*u));
	u->kind = EXCEPTION_KINDS;
	return ask(u, 0, 0);
}

/* The page of a shift, again. */
static int64_t this_shift(const struct unusual *u)
{
	return u->page.shift > 0 ? u->page.shift : FLOW_BEFORE_SHIFTS;
}

/* The next kind that there is in this shift; behind the last, all. */
static struct effect next_kind(struct unusual *u)
{
	int k = u->kind == EXCEPTION_KINDS ? 0 : u->kind + 1;

	while (k < EXCEPTION_KINDS && !(u->page.present & EXCEPTION_BIT(k)))
		k++;
	u->kind = k;
	return ask(u, this_shift(u), 0);
}

static struct effect older(struct unusual *u)
{
	const int64_t next = u->page.first + u->page.rows;

	if (next < u->page.total)
		return ask(u, this_shift(u), next);
	notice_say(&u->notice, NOTICE_NOTE, "%s",
		tr("These are the oldest of this shift"));
	return effect_of(FX_NONE);
}

static struct effect shift_before(struct unusual *u)
{
	const int64_t before = u->page.shift - 1;

	u->kind = EXCEPTION_KINDS;
	return ask(u, before > 0 ? before : FLOW_BEFORE_SHIFTS, 0);
}

static struct effect on_list(struct unusual *u, const struct event *ev)
{
	size_t count;
	const struct binding *b = unusual_bindings(u, &count);
	const int key = binding_key(b, count, ev);

	switch (key) {
	case '0':
		return effect_of(FX_LEAVE);
	case '.':
		return older(u);
	case '7':
		return next_kind(u);
	case '8':
		return shift_before(u);
	case K_ACCEPT:
		u->at = 0;
		u->step = UNUSUAL_ONE;
		break;
	default:
		if (key < '1' || key > '6')
			break;
		u->at = key - '1';
		u->step = UNUSUAL_ONE;
	}
	return effect_of(FX_NONE);
}

static struct effect on_one(struct unusual *u, const struct event *ev)
{
	size_t count;
	const struct binding *b = unusual_bindings(u, &count);
	const int key = binding_key(b, count, ev);

	if (key == '0')
		u->step = UNUSUAL_LIST;
	if (key == '.')
		u->at = (u->at + 1) % u->page.rows;
	return effect_of(FX_NONE);
}

static struct effect on_loaded(struct unusual *u, const struct event *ev)
{
	u->step = UNUSUAL_LIST;
	if (ev->kind == EV_EXCEPTIONS)
		u->page = ev->unusual;
	else
		notice_say(&u->notice, NOTICE_WARN, "%s",
			err_text(ev->err.code, ERR_WHILE_READING));
	return effect_of(FX_NONE);
}

struct effect unusual_handle(struct unusual *u, const struct event *ev)
{
	if (ev->kind == EV_KEY)
		notice_clear(&u->notice);
	switch (u->step) {
	case UNUSUAL_LOADING:
		return on_loaded(u, ev);
	case UNUSUAL_LIST:
		return on_list(u, ev);
	case UNUSUAL_ONE:
		return on_one(u, ev);
	case UNUSUAL_STEP_COUNT:
		break;
	}
	return effect_of(FX_NONE);
}
