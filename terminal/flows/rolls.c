#include "terminal/flows/rolls.h"

#include <string.h>

#include "core/tr.h"
#include "db/list_look.h"
#include "terminal/flows/err_text.h"

#define HELP                                  \
	{                                     \
		'#', "#", TR("Help"), NULL, 0 \
	}
#define STOP                                                     \
	{                                                        \
		'0', "0", TR("Stop, and go back"), TR("Stop"), 0 \
	}

static const struct binding counting_keys[] = {
	STOP,
	HELP,
};
/* The last two need a list. */
static const struct binding all_keys[] = {
	{'.', ".", TR("Older lists"), TR("Older"), 0},
	{K_UP, "up", TR("Up"), NULL, 0},
	{K_DOWN, "down", TR("Down"), NULL, 0},
	{'6', "6", TR("Take a list from a stick"), TR("From stick"),
		BINDING_NEEDS(ACT_CORRECT)},
	{'0', "0", TR("Back"), NULL, 0},
	HELP,
	{K_ACCEPT, "ENTER", TR("Look into the first of these lists"),
		TR("The first"), 0},
	{K_CHOICES, "1-5", TR("Look into the list with that digit"),
		TR("That list"), 0},
};
/* The last row is only for a list that corrected another one. */
static const struct binding one_keys[] = {
	{'3', "3", TR("Assign people: a hamlet, or numbers on the list"),
		TR("Assign"), BINDING_NEEDS(ACT_ASSIGN)},
	{'.', ".", TR("Further hamlets"), TR("Further"), 0},
	{K_UP, "up", TR("Up"), NULL, 0},
	{K_DOWN, "down", TR("Down"), NULL, 0},
	{'0', "0", TR("Back to the lists"), TR("Back"), 0},
	HELP,
	{'2', "2", TR("What this list corrected, person by person"),
		TR("What it corrected"), 0},
};
static const struct binding fixes_keys[] = {
	{'.', ".", TR("Further corrections"), TR("Further"), 0},
	{K_UP, "up", TR("Up"), NULL, 0},
	{K_DOWN, "down", TR("Down"), NULL, 0},
	{'0', "0", TR("Back to its hamlets"), TR("Back"), 0},
	HELP,
};
static const struct binding failed_keys[] = {
	{'1', "1", TR("Try again"), NULL, 0},
	{'0', "0", TR("Back"), NULL, 0},
	HELP,
};

#define ROWS(table)                                          \
	do {                                                 \
		*count = sizeof(table) / sizeof((table)[0]); \
		return table;                                \
	} while (0)

/* How many lists have a digit now. */
static int on_page(const struct rolls *r)
{
	const int left = r->shelf ? r->shelf->count - r->first : 0;

	return left > ROLLS_PAGE ? ROLLS_PAGE : left;
}

/* One that was corrected gives nobody away: the first key is not for it. */
static const struct binding *one_bindings(const struct list_look *l,
	size_t *count)
{
	const bool stands = l && !l->list.is.replaced_by;

	*count = sizeof(one_keys) / sizeof(one_keys[0]) - !stands;
	*count -= !l || l->fixes == 0;
	return stands ? one_keys : one_keys + 1;
}

const struct binding *rolls_bindings(const struct rolls *r, size_t *count)
{
	switch (r->step) {
	case ROLLS_COUNTING:
	case ROLLS_LOOKING:
		ROWS(counting_keys);
	case ROLLS_ALL:
		*count = sizeof(all_keys) / sizeof(all_keys[0]);
		*count -= on_page(r) > 0 ? 0 : 2;
		return all_keys;
	case ROLLS_ONE:
		return one_bindings(r->look, count);
	case ROLLS_FIXES:
		ROWS(fixes_keys);
	case ROLLS_WHICH:
	case ROLLS_FROM:
	case ROLLS_UNTIL:
	case ROLLS_ASKING:
	case ROLLS_USERS:
	case ROLLS_GIVING:
		return rolls_give_bindings(r, count);
	case ROLLS_FAILED:
		ROWS(failed_keys);
	case ROLLS_STEP_COUNT:
		break;
	}
	*count = 0;
	return NULL;
}

/* ---- counting --------------------------------------------------------------- */

static struct effect ask(struct rolls *r)
{
	struct effect fx = effect_of(FX_ROLLS);

	r->working = true;
	r->done = 0;
	r->all = 0;
	r->shelf = NULL;
	r->look = NULL;
	r->row = 0;
	r->step = r->list ? ROLLS_LOOKING : ROLLS_COUNTING;
	/* Below zero, as those of the board and the papers are above. */
	fx.study.number = r->number -= 2;
	fx.study.list = r->list;
	return fx;
}

struct effect rolls_look(struct rolls *r)
{
	return ask(r);
}

static struct effect ask_all(struct rolls *r)
{
	r->list = 0;
	return ask(r);
}

struct effect rolls_start(struct rolls *r)
{
	const int number = r->number;

	memset(r, 0, sizeof(*r));
	/* What is still on its way from before is none of this one's. */
	r->number = number;
	return ask(r);
}

static void take(struct rolls *r, const struct event *ev)
{
	r->shelf = ev->study.shelf;
	r->look = ev->study.look;
	r->step = r->list ? ROLLS_ONE : ROLLS_ALL;
	if (r->shelf && r->first >= r->shelf->count)
		r->first = 0;
}

static struct effect on_study(struct rolls *r, const struct event *ev)
{
	if (ev->study.number != r->number || !r->working)
		return effect_of(FX_NONE);
	switch (ev->study.state) {
	case STUDY_RUNS:
		r->done = ev->study.done;
		r->all = ev->study.all;
		break;
	case STUDY_DONE:
		r->working = false;
		take(r, ev);
		break;
	case STUDY_FAILED:
		r->working = false;
		r->step = ROLLS_FAILED;
		notice_say(&r->notice, NOTICE_WARN, "%s",
			err_text(ev->study.code, ERR_WHILE_READING));
		break;
	}
	return effect_of(FX_NONE);
}

/* ---- keys ------------------------------------------------------------------- */

/* The row at the top, by so many further; behind the end it begins anew. */
static int turn(int at, int by, int rows)
{
	at += by;
	if (at >= rows)
		at = by == 1 && rows > 0 ? rows - 1 : 0;
	return at < 0 ? 0 : at;
}

static int step_of(int key, int page)
{
	switch (key) {
	case '.':
		return page;
	case K_UP:
		return -1;
	case K_DOWN:
		return 1;
	default:
		return 0;
	}
}

static struct effect on_all(struct rolls *r, int key)
{
	r->take_one = key == '6';
	if (key == '0' || key == '6')
		return effect_of(FX_LEAVE);
	if (key == K_ACCEPT)
		key = '1';
	if (key >= '1' && key < '1' + on_page(r)) {
		r->list = r->shelf->list[r->first + key - '1'].is.id;
		return ask(r);
	}
	r->first = turn(r->first, step_of(key, ROLLS_PAGE), r->shelf->count);
	return effect_of(FX_NONE);
}

static struct effect on_one(struct rolls *r, int key)
{
	if (key == '0')
		return ask_all(r);
	if (key == '2' || key == '3') {
		r->step = key == '2' ? ROLLS_FIXES : ROLLS_WHICH;
		r->row = 0;
		return effect_of(FX_NONE);
	}
	r->row = turn(r->row, step_of(key, ROLLS_ROWS), r->look->hamlets);
	return effect_of(FX_NONE);
}

static struct effect on_fixes(struct rolls *r, int key)
{
	if (key == '0') {
		r->step = ROLLS_ONE;
		r->row = 0;
	}
	r->row = turn(r->row, step_of(key, ROLLS_ROWS), r->look->kept);
	return effect_of(FX_NONE);
}

static struct effect on_failed(struct rolls *r, int key)
{
	if (key == '1')
		return ask(r);
	return effect_of(key == '0' ? FX_LEAVE : FX_NONE);
}

struct effect rolls_handle(struct rolls *r, const struct event *ev)
{
	size_t count;
	const struct binding *b = rolls_bindings(r, &count);
	const int key = binding_key(b, count, ev);

	if (ev->kind == EV_STUDY)
		return on_study(r, ev);
	if (r->step >= ROLLS_WHICH && r->step <= ROLLS_GIVING)
		return rolls_give(r, ev);
	if (ev->kind != EV_KEY)
		return effect_of(FX_NONE);
	notice_clear(&r->notice);
	switch (r->step) {
	case ROLLS_COUNTING:
		return effect_of(key == '0' ? FX_LEAVE : FX_NONE);
	case ROLLS_LOOKING:
		if (key == '0')
			return ask_all(r);
		break;
	case ROLLS_ALL:
		return on_all(r, key);
	case ROLLS_ONE:
		return on_one(r, key);
	case ROLLS_FIXES:
		return on_fixes(r, key);
	case ROLLS_FAILED:
		return on_failed(r, key);
	case ROLLS_WHICH:
	case ROLLS_FROM:
	case ROLLS_UNTIL:
	case ROLLS_ASKING:
	case ROLLS_USERS:
	case ROLLS_GIVING:
	case ROLLS_STEP_COUNT:
		break;
	}
	return effect_of(FX_NONE);
}
