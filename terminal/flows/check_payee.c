/* Somebody else receives the money: who, with which paper, until when. */
#include <string.h>

#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/card_text.h"
#include "terminal/flows/check_internal.h"
#include "terminal/flows/payee_keys.h"

enum {
	NAME_MAX_CHARS = 60,
	PAPER_MAX_CHARS = 40,
	DATE_MAX_CHARS = 10
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

static const struct binding who_keys[] = {
	{'1', "1", TR("The person who cares for him"), TR("Carer"), false},
	{'2', "2", TR("Receiver of the funeral money"), TR("Funeral"), false},
	{'0', "0", TR("Back"), NULL, false},
	{'#', "#", TR("Help"), NULL, false},
};

#define ROWS(table)                                          \
	do {                                                 \
		*count = sizeof(table) / sizeof((table)[0]); \
		return table;                                \
	} while (0)

const struct binding *check_payee_bindings(enum check_step step, size_t *count)
{
	switch (step) {
	case CHECK_WHO:
		ROWS(who_keys);
	case CHECK_NAME:
		ROWS(name_keys);
	case CHECK_ID:
		ROWS(id_keys);
	case CHECK_PAPER:
		ROWS(paper_keys);
	case CHECK_UNTIL:
		return payee_until_keys(count);
	case CHECK_RELATION:
		return payee_relation_keys(count);
	default:
		break;
	}
	*count = 0;
	return NULL;
}

void check_payee_begin(struct check *c)
{
	entry_init(&c->name, ENTRY_TEXT, NAME_MAX_CHARS);
	entry_init(&c->id, ENTRY_NUMBER, PERSONID_SIZE - 1);
	entry_init(&c->paper, ENTRY_TEXT, PAPER_MAX_CHARS);
	entry_init(&c->until, ENTRY_DATE, DATE_MAX_CHARS);
}

/* ---- another receiver -------------------------------------------------- */

static int64_t funeral_money(const struct check *c)
{
	int64_t sum = 0;

	for (int i = 0; i < c->due.items; i++) {
		const struct due_item *it = &c->due.item[i];

		if (it->what == ENT_FUNERAL && it->paid_seq == 0 &&
			!it->by_account && !it->stopped && !it->away)
			sum += it->amount;
	}
	return sum;
}

static void forget_payee(struct check *c)
{
	if (c->only_funeral)
		c->due.due = c->due_all;
	c->only_funeral = false;
	c->request.payee_relation = RELATION_NONE;
	memset(&c->request.payee_until, 0, sizeof(c->request.payee_until));
	c->request.payee = PAYEE_SELF;
	c->request.payee_name[0] = '\0';
	c->request.payee_id[0] = '\0';
	c->request.payee_paper[0] = '\0';
}

void check_ask_payee(struct check *c, enum payee payee)
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
	entry_clear(&c->until);
	notice_clear(&c->notice);
	c->step = CHECK_NAME;
}

/* Of a dead person the book pays nothing else: funeral_money(). */
static void only_funeral(struct check *c)
{
	if (c->due.person.not_paid_reason != NOT_PAID_DIED)
		return;
	c->due_all = c->due.due;
	c->due.due = funeral_money(c);
	c->only_funeral = true;
}

static void payee_done(struct check *c)
{
	c->request.payee = c->asked;
	str_copy(c->request.payee_name, sizeof(c->request.payee_name),
		c->name.text);
	str_copy(c->request.payee_id, sizeof(c->request.payee_id), c->id.text);
	str_copy(c->request.payee_paper, sizeof(c->request.payee_paper),
		c->paper.text);
	if (c->asked == PAYEE_FUNERAL)
		only_funeral(c);
	check_show(c);
}

static void after_id(struct check *c)
{
	if (c->asked == PAYEE_AUTHORISED)
		c->step = CHECK_PAPER;
	else if (c->asked == PAYEE_FUNERAL)
		c->step = CHECK_RELATION;
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

static void accept_name(struct check *c)
{
	if (c->name.text[strspn(c->name.text, " ")] != '\0')
		c->step = CHECK_ID;
	else
		notice_say(&c->notice, NOTICE_WARN, "%s",
			tr("Without a name nobody can receive for another"));
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

static void accept_paper(struct check *c)
{
	if (c->paper.text[strspn(c->paper.text, " ")] != '\0')
		c->step = CHECK_UNTIL;
	else
		notice_say(&c->notice, NOTICE_WARN, "%s",
			tr("Without its paper nobody is authorised"));
}

static void accept_until(struct check *c)
{
	char day[DATE_TEXT_SIZE];
	struct date d;

	if (!date_parse(c->until.text, &d) || d.day == 0) {
		notice_say(&c->notice, NOTICE_WARN, "%s",
			tr("This is no day. Type day, month and year: "
			   "02092026"));
	} else if (c->today.year != 0 && date_compare(d, c->today) < 0) {
		notice_say(&c->notice, NOTICE_WARN,
			tr("This authorisation ended on %s: it allows nobody "
			   "to receive any more."),
			date_vi(d, day));
	} else {
		c->request.payee_until = d;
		notice_clear(&c->notice);
		c->step = CHECK_RELATION;
	}
}

/* What is typed in a step, and the step before it. */
static struct entry *typed_in(struct check *c, void (**accept)(struct check *),
	enum check_step *before)
{
	switch (c->step) {
	case CHECK_ID:
		*accept = accept_id;
		*before = CHECK_NAME;
		return &c->id;
	case CHECK_PAPER:
		*accept = accept_paper;
		*before = CHECK_ID;
		return &c->paper;
	case CHECK_UNTIL:
		*accept = accept_until;
		*before = CHECK_PAPER;
		return &c->until;
	default:
		*accept = accept_name;
		*before = CHECK_NAME; /* there is none */
		return &c->name;
	}
}

struct effect check_on_typed(struct check *c, const struct event *ev)
{
	void (*accept)(struct check *);
	enum check_step before;
	struct entry *typed = typed_in(c, &accept, &before);

	if (ev->kind == EV_SCAN &&
		(c->step == CHECK_NAME || c->step == CHECK_ID))
		payee_card(c, ev);
	if (ev->kind != EV_KEY)
		return effect_of(FX_NONE);
	switch (entry_key(typed, ev->key)) {
	case ENTRY_ACCEPTED:
		accept(c);
		break;
	case ENTRY_CANCELLED:
		if (c->step == CHECK_NAME) {
			forget_payee(c);
			check_show(c);
		} else {
			c->step = before;
		}
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

/* ---- by one digit ------------------------------------------------------ */

static int key_of(const struct check *c, const struct event *ev)
{
	size_t count;
	const struct binding *b = check_payee_bindings(c->step, &count);

	return binding_key(b, count, ev);
}

struct effect check_on_relation(struct check *c, const struct event *ev)
{
	const int key = key_of(c, ev);

	if (key == '0') {
		c->step = c->asked == PAYEE_AUTHORISED ? CHECK_UNTIL : CHECK_ID;
	} else if (key >= '1' && key <= '9') {
		c->request.payee_relation = (enum payee_relation)(key - '0');
		payee_done(c);
	}
	return effect_of(FX_NONE);
}

struct effect check_on_who(struct check *c, const struct event *ev)
{
	switch (key_of(c, ev)) {
	case '1':
		check_ask_payee(c, PAYEE_CARER);
		break;
	case '2':
		if (funeral_money(c) > 0)
			check_ask_payee(c, PAYEE_FUNERAL);
		else
			notice_say(&c->notice, NOTICE_WARN, "%s",
				tr("No funeral money is due here"));
		break;
	case '0':
		notice_clear(&c->notice);
		check_show(c);
		break;
	default:
		break;
	}
	return effect_of(FX_NONE);
}
