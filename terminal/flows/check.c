#include "terminal/flows/check_internal.h"

#include <string.h>

#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/card_text.h"
#include "terminal/flows/err_text.h"
#include "terminal/flows/refusal_text.h"

enum {
	NAME_MAX_CHARS = 60,
	PAPER_MAX_CHARS = 40
};

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
	{'2', "2", TR("Authorised person"), TR("Authorised"),
		BINDING_NEEDS(ACT_PAY)},
	{'3', "3", TR("Guardian"), NULL, BINDING_NEEDS(ACT_PAY)},
	{'4', "4", TR("Not paid, and why"), TR("Not paid"),
		BINDING_NEEDS(ACT_NOT_PAID)},
	COMMON,
};
static const struct binding differs_keys[] = {
	{'1', "1", TR("It is the right person: accept the differences"),
		TR("Accept"), true},
	{'4', "4", TR("Not paid, and why"), TR("Not paid"),
		BINDING_NEEDS(ACT_NOT_PAID)},
	COMMON,
};
static const struct binding stop_keys[] = {
	{K_ACCEPT, "ENTER", TR("Next person"), TR("Next"), false},
	{'1', "1", TR("Print a copy of the receipt"), TR("Copy"),
		BINDING_ONCE | BINDING_NEEDS(ACT_REPRINT)},
	{'3', "3", TR("See the receipt"), TR("Receipt"), false},
	COMMON,
};
static const struct binding next_keys[] = {
	{K_ACCEPT, "ENTER", TR("Next person"), TR("Next"), false},
	COMMON,
};
static const struct binding name_keys[] = {
	{K_LETTERS, "a-z", TR("Name of the receiver"), TR("Name"), false},
	{K_SCAN, "", TR("Or scan the receiver's card"), TR("Scan"), false},
	{K_ACCEPT, "ENTER", TR("Go on"), NULL, false},
	{K_ERASE, "<-", TR("Erase"), NULL, false},
	{K_ERASE_WORD, "Del", TR("Erase the whole word (or press * twice)"),
		TR("Erase word"), false},
	{K_BACK, "Esc", TR("Back"), NULL, false},
	{'*', "*", TR("More"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding id_keys[] = {
	{K_DIGITS, "0-9", TR("The receiver's ID number, 12 digits"),
		TR("ID number"), false},
	{K_SCAN, "", TR("Or scan the receiver's card"), TR("Scan"), false},
	{K_ACCEPT, "ENTER", TR("Go on"), NULL, false},
	{K_ERASE, "<-", TR("Erase"), NULL, false},
	{K_BACK, "Esc", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};
static const struct binding paper_keys[] = {
	{K_LETTERS, "a-z", TR("Number and date of the authorisation"),
		TR("Paper"), false},
	{K_ACCEPT, "ENTER", TR("Go on"), NULL, false},
	{K_ERASE, "<-", TR("Erase"), NULL, false},
	{K_ERASE_WORD, "Del", TR("Erase the whole word (or press * twice)"),
		TR("Erase word"), false},
	{K_BACK, "Esc", TR("Back"), NULL, false},
	{'*', "*", TR("More"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
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
	case CHECK_NOBODY:
		ROWS(next_keys);
	case CHECK_NAME:
		ROWS(name_keys);
	case CHECK_ID:
		ROWS(id_keys);
	case CHECK_PAPER:
		ROWS(paper_keys);
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
	entry_init(&c->name, ENTRY_TEXT, NAME_MAX_CHARS);
	entry_init(&c->id, ENTRY_NUMBER, PERSONID_SIZE - 1);
	entry_init(&c->paper, ENTRY_TEXT, PAPER_MAX_CHARS);
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

/* ---- what is due ------------------------------------------------------- */

static bool by_account(const struct check *c)
{
	for (int i = 0; i < c->due.items; i++)
		if (c->due.item[i].by_account && c->due.item[i].paid_seq == 0)
			return true;
	return false;
}

static enum refusal_code why_nothing(const struct check *c)
{
	if (c->due.paid > 0 || c->due.last_seq != 0)
		return REFUSED_ALREADY_PAID;
	return by_account(c) ? REFUSED_BY_ACCOUNT : REFUSED_NOTHING_DUE;
}

static void show(struct check *c)
{
	c->step = c->differences > 0 && !c->accepted ? CHECK_DIFFERS
						     : CHECK_READY;
}

static void on_person(struct check *c, const struct event *ev)
{
	c->due = ev->person.due;
	memcpy(c->request.uid, ev->person.uid, sizeof(c->request.uid));
	c->request.person = c->due.person.id;
	c->request.payee = PAYEE_SELF;
	check_compare(c);
	if (c->due.due > 0) {
		show(c);
		check_say_odd(c);
		return;
	}
	c->stop.code = why_nothing(c);
	c->stop.prior = ev->person.prior;
	c->step = c->stop.prior.seq != 0 ? CHECK_STOP : CHECK_NO_CASH;
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

/* ---- another receiver -------------------------------------------------- */

static void forget_payee(struct check *c)
{
	c->request.payee = PAYEE_SELF;
	c->request.payee_name[0] = '\0';
	c->request.payee_id[0] = '\0';
	c->request.payee_paper[0] = '\0';
}

static void ask_payee(struct check *c, enum payee payee)
{
	const struct person *p = &c->due.person;
	const bool listed =
		(payee == PAYEE_GUARDIAN && p->payee == LIST_PAYEE_GUARDIAN) ||
		(payee == PAYEE_AUTHORISED &&
			p->payee == LIST_PAYEE_AUTHORISED);

	forget_payee(c);
	c->asked = payee;
	entry_set(&c->name, listed ? p->payee_name : "");
	entry_set(&c->id, listed ? p->payee_id : "");
	entry_clear(&c->paper);
	notice_clear(&c->notice);
	c->step = CHECK_NAME;
}

static void payee_done(struct check *c)
{
	c->request.payee = c->asked;
	str_copy(c->request.payee_name, sizeof(c->request.payee_name),
		c->name.text);
	str_copy(c->request.payee_id, sizeof(c->request.payee_id), c->id.text);
	str_copy(c->request.payee_paper, sizeof(c->request.payee_paper),
		c->paper.text);
	show(c);
}

static void after_id(struct check *c)
{
	if (c->asked == PAYEE_AUTHORISED)
		c->step = CHECK_PAPER;
	else
		payee_done(c);
}

/* The receiver's card instead of typing. */
static void payee_card(struct check *c, const struct event *ev)
{
	struct idcard card;

	if (idcard_parse(ev->scan.bytes, ev->scan.len, &card) == CARD_REJECT) {
		notice_say(&c->notice, NOTICE_WARN, "%s",
			card_note_text(card.note[0]));
		return;
	}
	if (strcmp(card.id12, c->due.person.id12) == 0) {
		notice_say(&c->notice, NOTICE_WARN, "%s",
			tr("This is the person's own card: scan the "
			   "receiver's"));
		return;
	}
	notice_clear(&c->notice);
	entry_set(&c->id, card.id12);
	if (card.name[0] == '\0') {
		/* Damaged by the scanner: the number is good, the name is
		 * typed. */
		notice_say(&c->notice, NOTICE_WARN, "%s",
			card_note_text(CARD_NOTE_NAME_DAMAGED));
		c->step = CHECK_NAME;
		return;
	}
	entry_set(&c->name, card.name);
	after_id(c);
}

static struct effect on_name_step(struct check *c, const struct event *ev)
{
	if (ev->kind == EV_SCAN)
		payee_card(c, ev);
	if (ev->kind != EV_KEY)
		return effect_of(FX_NONE);
	switch (entry_key(&c->name, ev->key)) {
	case ENTRY_ACCEPTED:
		if (c->name.text[strspn(c->name.text, " ")] != '\0')
			c->step = CHECK_ID;
		else
			notice_say(&c->notice, NOTICE_WARN, "%s",
				tr("Without a name nobody can receive for "
				   "another"));
		break;
	case ENTRY_CANCELLED:
		forget_payee(c);
		show(c);
		break;
	case ENTRY_CHANGED:
		notice_clear(&c->notice);
		break;
	case ENTRY_IGNORED:
	case ENTRY_FULL:
		break;
	}
	return effect_of(FX_NONE);
}

static void accept_id(struct check *c)
{
	if (!personid_is_id12(c->id.text)) {
		notice_say(&c->notice, NOTICE_WARN, "%s",
			tr("An ID number has 12 digits"));
	} else if (strcmp(c->id.text, c->due.person.id12) == 0) {
		notice_say(&c->notice, NOTICE_WARN, "%s",
			tr("This is the person's own number"));
	} else {
		after_id(c);
	}
}

static struct effect on_id_step(struct check *c, const struct event *ev)
{
	if (ev->kind == EV_SCAN)
		payee_card(c, ev);
	if (ev->kind != EV_KEY)
		return effect_of(FX_NONE);
	switch (entry_key(&c->id, ev->key)) {
	case ENTRY_ACCEPTED:
		accept_id(c);
		break;
	case ENTRY_CANCELLED:
		c->step = CHECK_NAME;
		break;
	case ENTRY_CHANGED:
		notice_clear(&c->notice);
		break;
	case ENTRY_IGNORED:
	case ENTRY_FULL:
		break;
	}
	return effect_of(FX_NONE);
}

static struct effect on_paper_step(struct check *c, const struct event *ev)
{
	if (ev->kind != EV_KEY)
		return effect_of(FX_NONE);
	switch (entry_key(&c->paper, ev->key)) {
	case ENTRY_ACCEPTED:
		if (c->paper.text[strspn(c->paper.text, " ")] != '\0')
			payee_done(c);
		else
			notice_say(&c->notice, NOTICE_WARN, "%s",
				tr("Without its paper nobody is authorised"));
		break;
	case ENTRY_CANCELLED:
		c->step = CHECK_ID;
		break;
	case ENTRY_CHANGED:
		notice_clear(&c->notice);
		break;
	case ENTRY_IGNORED:
	case ENTRY_FULL:
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
		ask_payee(c, PAYEE_AUTHORISED);
		break;
	case '3':
		ask_payee(c, PAYEE_GUARDIAN);
		break;
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

static struct effect on_differs_step(struct check *c, const struct event *ev)
{
	switch (key_of(c, ev)) {
	case '1':
		c->accepted = true;
		show(c);
		check_say_odd(c);
		break;
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
		[CHECK_NAME] = on_name_step,
		[CHECK_ID] = on_id_step,
		[CHECK_PAPER] = on_paper_step,
		[CHECK_STOP] = on_stop_step,
		[CHECK_NO_CASH] = on_next_step,
		[CHECK_NOBODY] = on_next_step,
	};

	return on_step[c->step](c, ev);
}
