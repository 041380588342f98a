#include "terminal/flows/check_internal.h"

#include <string.h>

#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/card_text.h"
#include "terminal/flows/err_text.h"
#include "terminal/flows/refusal_text.h"

#define COMMON                                                    \
	{'0', "0", TR("Back"), NULL, false},                      \
		{'.', ".", TR("Next person"), TR("Next"), false}, \
		{'*', "*", TR("More"), NULL, false},              \
	{                                                         \
		'#', "#", TR("Help"), NULL, false                 \
	}

static const struct binding ready_keys[] = {
	{K_ACCEPT, "ENTER", TR("PAY THE CASH"), NULL,
		BINDING_ONCE | BINDING_NEEDS(ACT_PAY)},
	{'2', "2", TR("Authorised person"), TR("Auth."),
		BINDING_NEEDS(ACT_PAY)},
	{'3', "3", TR("Guardian"), TR("Guard."), BINDING_NEEDS(ACT_PAY)},
	{'4', "4", TR("Not paid, and why"), TR("Not paid"),
		BINDING_NEEDS(ACT_NOT_PAID)},
	{'5', "5", TR("Account"), TR("Acct"), BINDING_NEEDS(ACT_ACCOUNT)},
	{'6', "6", TR("Another receiver"), TR("Others"),
		BINDING_NEEDS(ACT_PAY)},
	{'0', "0", TR("Back"), NULL, false},
	{'.', ".", TR("Next person"), TR("Next."), false},
	{'*', "*", TR("More"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding differs_keys[] = {
	{'1', "1", TR("Accept: the list is wrong"), TR("List wrong"), true},
	{'2', "2", TR("Accept: wrong or old card"), TR("Card wrong"), true},
	{'3', "3", TR("Accept: by another paper"), TR("Other paper"), true},
	{'4', "4", TR("Not paid, and why"), TR("Not paid"),
		BINDING_NEEDS(ACT_NOT_PAID)},
	COMMON,
};
static const struct binding stop_keys[] = {
	{K_ACCEPT, "ENTER", TR("Next person"), TR("Next"), false},
	{'1', "1", TR("Print a copy of the receipt"), TR("Copy"),
		BINDING_ONCE | BINDING_NEEDS(ACT_REPRINT)},
	{'3', "3", TR("See the receipt"), TR("Receipt"), false},
	{'5', "5", TR("Account"), NULL, BINDING_NEEDS(ACT_ACCOUNT)},
	COMMON,
};
static const struct binding no_cash_keys[] = {
	{K_ACCEPT, "ENTER", TR("Next person"), TR("Next"), false},
	{'5', "5", TR("Account"), NULL, BINDING_NEEDS(ACT_ACCOUNT)},
	COMMON,
};
static const struct binding next_keys[] = {
	{K_ACCEPT, "ENTER", TR("Next person"), TR("Next"), false},
	COMMON,
};
#define ROWS(table)                                          \
	do {                                                 \
		*count = sizeof(table) / sizeof((table)[0]); \
		return table;                                \
	} while (0)

const struct binding *check_bindings(enum check_step step, size_t *count)
{
	switch (step) {
	case CHECK_READY:
		ROWS(ready_keys);
	case CHECK_DIFFERS:
		ROWS(differs_keys);
	case CHECK_STOP:
		ROWS(stop_keys);
	case CHECK_NO_CASH:
		ROWS(no_cash_keys);
	case CHECK_NOBODY:
		ROWS(next_keys);
	case CHECK_WHO:
	case CHECK_NAME:
	case CHECK_ID:
	case CHECK_PAPER:
	case CHECK_UNTIL:
	case CHECK_RELATION:
		return check_payee_bindings(step, count);
	case CHECK_LOOKUP:
	case CHECK_STEP_COUNT:
		break;
	}
	*count = 0;
	return NULL;
}

static int key_of(const struct check *c, const struct event *ev)
{
	size_t count;
	const struct binding *b = check_bindings(c->step, &count);

	return binding_key(b, count, ev);
}

static struct effect leave(struct check *c, enum check_outcome outcome)
{
	c->outcome = outcome;
	return effect_of(FX_LEAVE);
}

static void begin(struct check *c)
{
	memset(c, 0, sizeof(*c));
	check_payee_begin(c);
}

struct effect check_start(struct check *c, int64_t person)
{
	struct effect fx = effect_of(FX_PERSON);

	begin(c);
	fx.person = person;
	return fx;
}

struct effect check_start_card(struct check *c, const struct idcard *card)
{
	struct effect fx = effect_of(FX_CARD);
	const struct idcard copy = *card; /* it may lie within *c */

	begin(c);
	c->has_card = true;
	c->card = copy;
	fx.card = copy;
	return fx;
}

struct effect check_again(struct check *c)
{
	if (c->has_card)
		return check_start_card(c, &c->card);
	return check_start(c, c->due.person.id);
}

/* ---- what is due ------------------------------------------------------- */

/* The newest list of what was paid, or of what the account pays; -1: none. */
static int32_t newest(const struct check *c, bool paid)
{
	int32_t period = -1;

	for (int i = 0; i < c->due.items; i++) {
		const struct due_item *it = &c->due.item[i];

		if ((paid ? it->paid_seq != 0
			  : it->by_account && it->paid_seq == 0) &&
			it->list_period > period)
			period = it->list_period;
	}
	return period;
}

/* Is anything of it another terminal's to pay? */
static bool is_away(const struct check *c)
{
	for (int i = 0; i < c->due.items; i++)
		if (c->due.item[i].away && !c->due.item[i].paid_seq)
			return true;
	return false;
}

/* As the book says it (payouts_may.c): whose list is newer, that of what was
 * paid or that of what the account pays. */
static enum refusal_code why_nothing(const struct check *c)
{
	const int32_t account = newest(c, false);

	if (is_away(c))
		return REFUSED_RELEASED;
	if (account > newest(c, true))
		return REFUSED_BY_ACCOUNT;
	if (c->due.paid > 0 || c->due.last_seq != 0)
		return REFUSED_ALREADY_PAID;
	return account >= 0 ? REFUSED_BY_ACCOUNT : REFUSED_NOTHING_DUE;
}

void check_show(struct check *c)
{
	c->step = c->differences > 0 && !c->accepted ? CHECK_DIFFERS
						     : CHECK_READY;
}

static void on_person(struct check *c, const struct event *ev)
{
	c->due = ev->person.due;
	memcpy(c->whose, ev->person.whose, sizeof(c->whose));
	memcpy(c->request.uid, ev->person.uid, sizeof(c->request.uid));
	c->request.person = c->due.person.id;
	c->request.payee = PAYEE_SELF;
	check_compare(c);
	if (c->due.due > 0) {
		check_show(c);
		check_say_odd(c);
		return;
	}
	c->stop.code = why_nothing(c);
	if (c->stop.code == REFUSED_BY_ACCOUNT)
		c->stop.prior.period = c->due.account.pays_from;
	else
		c->stop.prior = ev->person.prior;
	c->step = c->stop.prior.seq != 0 && c->stop.code != REFUSED_RELEASED
			  ? CHECK_STOP
			  : CHECK_NO_CASH;
}

static struct effect on_lookup_step(struct check *c, const struct event *ev)
{
	switch (ev->kind) {
	case EV_PERSON:
		on_person(c, ev);
		break;
	case EV_NO_PERSON:
		c->step = CHECK_NOBODY;
		c->stop.code = REFUSED_NOT_FOUND;
		break;
	case EV_FAILED:
		notice_say(&c->notice, NOTICE_STOP, "%s",
			err_text(ev->err.code, ERR_WHILE_READING));
		return leave(c, CHECK_BACK);
	default:
		break;
	}
	return effect_of(FX_NONE);
}

/* ---- keys -------------------------------------------------------------- */

static struct effect on_ready_step(struct check *c, const struct event *ev)
{
	switch (key_of(c, ev)) {
	case K_ACCEPT:
		return leave(c, CHECK_PAY);
	case '2':
		check_ask_payee(c, PAYEE_AUTHORISED);
		break;
	case '3':
		check_ask_payee(c, PAYEE_GUARDIAN);
		break;
	case '6':
		notice_clear(&c->notice);
		c->step = CHECK_WHO;
		break;
	case '4':
		return leave(c, CHECK_NOT_PAID);
	case '5':
		return leave(c, CHECK_ACCOUNT);
	case '0':
		return leave(c, CHECK_BACK);
	case '.':
		return leave(c, CHECK_NEXT);
	default:
		break;
	}
	return effect_of(FX_NONE);
}

/* The reason is said with the same key. */
static struct effect accept_as(struct check *c, enum review_reason reason)
{
	c->accepted = true;
	c->request.review_reason = reason;
	check_show(c);
	check_say_odd(c);
	return effect_of(FX_NONE);
}

static struct effect on_differs_step(struct check *c, const struct event *ev)
{
	switch (key_of(c, ev)) {
	case '1':
		return accept_as(c, REVIEW_REASON_LIST);
	case '2':
		return accept_as(c, REVIEW_REASON_CARD);
	case '3':
		return accept_as(c, REVIEW_REASON_PAPER);
	case '4':
		return leave(c, CHECK_NOT_PAID);
	case '0':
		return leave(c, CHECK_BACK);
	case '.':
		return leave(c, CHECK_NEXT);
	default:
		break;
	}
	return effect_of(FX_NONE);
}

static struct effect print_copy(const struct check *c)
{
	struct effect fx = effect_of(FX_PRINT);

	fx.print.seq = c->stop.prior.seq;
	fx.print.copy = true;
	return fx;
}

static struct effect on_stop_step(struct check *c, const struct event *ev)
{
	switch (key_of(c, ev)) {
	case '1':
		return print_copy(c);
	case '3':
		return leave(c, CHECK_RECEIPT);
	case '5':
		return leave(c, CHECK_ACCOUNT);
	case K_ACCEPT:
	case '.':
		return leave(c, CHECK_NEXT);
	case '0':
		return leave(c, CHECK_BACK);
	default:
		break;
	}
	return effect_of(FX_NONE);
}

static struct effect on_next_step(struct check *c, const struct event *ev)
{
	switch (key_of(c, ev)) {
	case '5':
		return leave(c, CHECK_ACCOUNT);
	case K_ACCEPT:
	case '.':
		return leave(c, CHECK_NEXT);
	case '0':
		return leave(c, CHECK_BACK);
	default:
		break;
	}
	return effect_of(FX_NONE);
}

struct effect check_handle(struct check *c, const struct event *ev)
{
	typedef struct effect (*step_fn)(struct check *, const struct event *);
	static const step_fn on_step[CHECK_STEP_COUNT] = {
		[CHECK_LOOKUP] = on_lookup_step,
		[CHECK_DIFFERS] = on_differs_step,
		[CHECK_READY] = on_ready_step,
		[CHECK_WHO] = check_on_who,
		[CHECK_NAME] = check_on_typed,
		[CHECK_ID] = check_on_typed,
		[CHECK_PAPER] = check_on_typed,
		[CHECK_UNTIL] = check_on_typed,
		[CHECK_RELATION] = check_on_relation,
		[CHECK_STOP] = on_stop_step,
		[CHECK_NO_CASH] = on_next_step,
		[CHECK_NOBODY] = on_next_step,
	};

	return on_step[c->step](c, ev);
}
