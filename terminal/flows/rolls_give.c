/* rolls_give.c - whose people are whose: rolls.h. */
#include <string.h>

#include "core/str.h"
#include "core/tr.h"
#include "db/list_look.h"
#include "terminal/flows/err_text.h"
#include "terminal/flows/refusal_text.h"
#include "terminal/flows/rolls.h"

enum {
	NUMBER_DIGITS = 6
};

static const struct binding which_keys[] = {
	{K_CHOICES, "1-5", TR("Assign the people of this hamlet"), TR("Hamlet"),
		0},
	{'6', "6", TR("By numbers on the list: from, to"), TR("By numbers"), 0},
	{'.', ".", TR("Further hamlets"), TR("Further"), 0},
	{'0', "0", TR("Back"), NULL, 0},
	{'#', "#", TR("Help"), NULL, 0},
};
static const struct binding number_keys[] = {
	{K_DIGITS, "0-9", TR("Number on the list"), TR("Number"), 0},
	{K_ACCEPT, "ENTER", TR("Go on"), NULL, 0},
	{K_ERASE, "<-", TR("Erase"), NULL, 0},
	{K_BACK, "Esc", TR("Back"), NULL, 0},
	{'#', "#", TR("Help"), NULL, 0},
};
static const struct binding users_keys[] = {
	{K_CHOICES, "1-8", TR("They are this user's from now on"), TR("Theirs"),
		BINDING_ONCE},
	{'9', "9", TR("They are nobody's any more"), TR("Nobody's"),
		BINDING_ONCE},
	{'.', ".", TR("Further users"), TR("Further"), 0},
	{'0', "0", TR("Back"), NULL, 0},
	{'#', "#", TR("Help"), NULL, 0},
};

#define ROWS(table)                                          \
	do {                                                 \
		*count = sizeof(table) / sizeof((table)[0]); \
		return table;                                \
	} while (0)

const struct binding *rolls_give_bindings(const struct rolls *r, size_t *count)
{
	switch (r->step) {
	case ROLLS_WHICH:
		ROWS(which_keys);
	case ROLLS_FROM:
	case ROLLS_UNTIL:
		ROWS(number_keys);
	case ROLLS_USERS:
		ROWS(users_keys);
	default:
		break;
	}
	*count = 0;
	return NULL;
}

int rolls_choices(const struct rolls *r)
{
	const int left = r->look ? r->look->hamlets - r->row : 0;

	return left > ROLLS_ROWS ? ROLLS_ROWS : left;
}

static struct effect ask_users(struct rolls *r, int64_t after)
{
	struct effect fx = effect_of(FX_USERS);

	r->step = ROLLS_ASKING;
	fx.user.number = after;
	return fx;
}

static struct effect on_which(struct rolls *r, int key)
{
	if (key == '0') {
		r->step = ROLLS_ONE;
		r->row = 0;
	} else if (key == '.') {
		r->row += ROLLS_ROWS;
		if (r->row >= r->look->hamlets)
			r->row = 0;
	} else if (key == '6') {
		entry_init(&r->typed, ENTRY_NUMBER, NUMBER_DIGITS);
		r->step = ROLLS_FROM;
	} else if (key >= '1' && key < '1' + rolls_choices(r)) {
		r->give.by_range = false;
		r->give.hamlet = r->row + key - '1';
		return ask_users(r, 0);
	}
	return effect_of(FX_NONE);
}

/* FROM, then UNTIL, which is not before it. */
static struct effect take_number(struct rolls *r)
{
	const bool from = r->step == ROLLS_FROM;
	int64_t n;

	if (!str_to_int(r->typed.text, from ? 1 : r->give.first, INT64_MAX,
		    &n)) {
		notice_say(&r->notice, NOTICE_WARN, "%s",
			tr("Type a number on the list; the last is not before "
			   "the first."));
		return effect_of(FX_NONE);
	}
	entry_clear(&r->typed);
	if (from) {
		r->give.first = n;
		r->step = ROLLS_UNTIL;
		return effect_of(FX_NONE);
	}
	r->give.last = n;
	r->give.by_range = true;
	return ask_users(r, 0);
}

static struct effect on_number(struct rolls *r, const struct event *ev)
{
	if (ev->kind != EV_KEY || ev->key == '#')
		return effect_of(FX_NONE);
	switch (entry_key(&r->typed, ev->key)) {
	case ENTRY_ACCEPTED:
		return take_number(r);
	case ENTRY_CANCELLED:
		r->step = r->step == ROLLS_FROM ? ROLLS_WHICH : ROLLS_FROM;
		break;
	case ENTRY_IGNORED:
	case ENTRY_CHANGED:
	case ENTRY_FULL:
		break;
	}
	return effect_of(FX_NONE);
}

static struct effect on_asked(struct rolls *r, const struct event *ev)
{
	if (ev->kind == EV_USERS) {
		r->give.users = ev->users.count;
		r->give.more = ev->users.more;
		memcpy(r->give.user, ev->users.row, sizeof(r->give.user));
		r->step = ROLLS_USERS;
	} else if (ev->kind == EV_FAILED) {
		notice_say(&r->notice, NOTICE_WARN, "%s",
			err_text(ev->err.code, ERR_WHILE_READING));
		r->step = ROLLS_WHICH;
	}
	return effect_of(FX_NONE);
}

static struct effect give(struct rolls *r, int64_t user)
{
	struct effect fx = effect_of(FX_ASSIGN);

	fx.assign.list = r->list;
	fx.assign.user = user;
	fx.assign.by_range = r->give.by_range;
	fx.assign.first = r->give.first;
	fx.assign.last = r->give.last;
	if (!r->give.by_range) {
		const struct list_hamlet *h = &r->look->hamlet[r->give.hamlet];

		str_copy(fx.assign.unit, sizeof(fx.assign.unit), h->unit);
		str_copy(fx.assign.hamlet, sizeof(fx.assign.hamlet), h->hamlet);
	}
	r->step = ROLLS_GIVING;
	return fx;
}

static struct effect on_users(struct rolls *r, int key)
{
	if (key == '0') {
		r->step = ROLLS_WHICH;
	} else if (key == '9') {
		return give(r, 0);
	} else if (key == '.') {
		return ask_users(r,
			r->give.more && r->give.users > 0
				? r->give.user[r->give.users - 1].number
				: 0);
	} else if (key >= '1' && key < '1' + r->give.users) {
		return give(r, r->give.user[key - '1'].number);
	}
	return effect_of(FX_NONE);
}

/* Whatever came of it, the list says how it is now; the notice says why. */
static struct effect on_given(struct rolls *r, const struct event *ev)
{
	char text[REFUSAL_TEXT_SIZE] = "";

	if (ev->kind == EV_REFUSED)
		refusal_text(&ev->refusal, text, sizeof(text));
	if (ev->kind == EV_CONFIRMED)
		notice_say(&r->notice, NOTICE_NOTE, "%s",
			tr("It is in the book. Whoever comes to a counter is "
			   "served there all the same."));
	else if (ev->kind == EV_REFUSED)
		notice_say(&r->notice, NOTICE_WARN, "%s", text);
	else if (ev->kind == EV_FAILED)
		notice_say(&r->notice, NOTICE_WARN, "%s",
			ev->err.code == ERR_BUSY
				? tr("Stopped: nobody was assigned.")
				: err_text(ev->err.code, ERR_WHILE_WRITING));
	else
		return effect_of(FX_NONE);
	return rolls_look(r);
}

struct effect rolls_give(struct rolls *r, const struct event *ev)
{
	size_t count;
	const struct binding *b = rolls_give_bindings(r, &count);
	const int key = binding_key(b, count, ev);

	if (ev->kind == EV_KEY)
		notice_clear(&r->notice);
	switch (r->step) {
	case ROLLS_WHICH:
		return on_which(r, key);
	case ROLLS_FROM:
	case ROLLS_UNTIL:
		return on_number(r, ev);
	case ROLLS_ASKING:
		return on_asked(r, ev);
	case ROLLS_USERS:
		return on_users(r, key);
	case ROLLS_GIVING:
		return on_given(r, ev);
	default:
		break;
	}
	return effect_of(FX_NONE);
}
