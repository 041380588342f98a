/* Card against list: what differs, letter by letter, and its REVIEW_ bits. */
#include <string.h>

#include "core/str.h"
#include "core/tr.h"
#include "terminal/flows/card_text.h"
#include "terminal/flows/check_internal.h"

static struct check_difference *differ(struct check *c, unsigned review,
	const char *what, const char *on_card, const char *on_list)
{
	struct check_difference *d;

	if (c->differences >= CHECK_MAX_DIFFERENCES)
		return NULL;
	d = &c->difference[c->differences++];
	d->review = review;
	d->what = what;
	str_copy(d->on_card, sizeof(d->on_card), on_card);
	str_copy(d->on_list, sizeof(d->on_list), on_list);
	c->request.review |= review;
	return d;
}

static void compare_numbers(struct check *c)
{
	const struct person *p = &c->due.person;
	const char *listed = p->id12[0] ? p->id12 : p->old_id;

	if (strcmp(c->card.id12, p->id12) != 0)
		differ(c, REVIEW_OLD_ID, tr("ID number"), c->card.id12, listed);
}

static void compare_names(struct check *c)
{
	const char *listed = c->due.person.name;
	bool flag[CHECK_FLAGS] = {false};
	struct check_difference *d;
	enum viet_verdict verdict;

	if (c->card.name[0] == '\0') {
		differ(c, REVIEW_CARD, tr("Name"), "", listed);
		return;
	}
	verdict = viet_compare(c->card.name, listed, flag, CHECK_FLAGS);
	if (verdict == VIET_EQUAL)
		return;
	d = differ(c, verdict == VIET_ALIKE ? REVIEW_NAME_MARKS : REVIEW_NAME,
		tr("Name"), c->card.name, listed);
	if (d)
		memcpy(d->differs, flag, sizeof(d->differs));
}

static void compare_births(struct check *c)
{
	const struct date card = c->card.birth;
	const struct date list = c->due.person.birth;
	char on_card[DATE_TEXT_SIZE];
	char on_list[DATE_TEXT_SIZE];

	if (list.year == 0 || card.year == 0)
		return;
	/* Many are listed with the year only: that is no difference. */
	if (card.year == list.year && (card.month == 0 || list.month == 0))
		return;
	if (date_compare(card, list) != 0)
		differ(c, REVIEW_BIRTH, tr("Birth"), date_vi(card, on_card),
			date_vi(list, on_list));
}

static void compare_sex(struct check *c)
{
	const enum sex card = c->card.sex;
	const enum sex list = c->due.person.sex;

	if (card == SEX_UNKNOWN || list == SEX_UNKNOWN || card == list)
		return;
	differ(c, REVIEW_SEX, tr("Sex"),
		card == SEX_MALE ? tr("Male") : tr("Female"),
		list == SEX_MALE ? tr("Male") : tr("Female"));
}

/* Of the card only that which goes to the list of corrections. */
static void keep_card(struct check *c)
{
	struct review_card *to = &c->request.card;

	if (c->differences == 0)
		return;
	str_copy(to->name, sizeof(to->name), c->card.name);
	str_copy(to->id12, sizeof(to->id12), c->card.id12);
	to->birth = c->card.birth;
	to->sex = c->card.sex;
}

void check_compare(struct check *c)
{
	if (!c->has_card)
		return;
	compare_numbers(c);
	compare_names(c);
	compare_births(c);
	compare_sex(c);
	for (int i = 0; i < c->card.notes; i++)
		if (c->card.note[i] == CARD_NOTE_REENCODED ||
			c->card.note[i] == CARD_NOTE_MARKS_LOST)
			c->request.review |= REVIEW_CARD;
	keep_card(c);
}

/* In few words, beside the amount; the sentence is in card_text.c. */
static const char *odd_card(const struct check *c)
{
	if (!c->has_card || c->card.notes == 0)
		return "";
	switch (c->card.note[0]) {
	case CARD_NOTE_SEX_DIFFERS:
		return tr("Card: sex and number do not fit");
	case CARD_NOTE_YEAR_DIFFERS:
		return tr("Card: year and number do not fit");
	case CARD_NOTE_PROVINCE:
		return tr("Card: number of no province");
	case CARD_NOTE_ISSUED_EARLY:
		return tr("Card: issued before birth");
	case CARD_NOTE_NO_ISSUE_DATE:
		return tr("Card: look at its date of issue");
	case CARD_NOTE_NOT_NFC:
	case CARD_NOTE_SPACES:
	case CARD_NOTE_SCANNED_TWICE:
		return ""; /* nothing to do about it */
	default:
		return tr("Card: compare all of it by eye");
	}
}

/* The reader damaged what is compared: then that goes first. */
static bool is_unreadable(const struct check *c)
{
	return c->step == CHECK_DIFFERS && c->card.notes > 0 &&
	       (c->card.note[0] == CARD_NOTE_NAME_DAMAGED ||
		       c->card.note[0] == CARD_NOTE_MARKS_LOST);
}

bool check_card_is_odd(const struct check *c)
{
	return odd_card(c)[0] != '\0';
}

void check_say_odd(struct check *c)
{
	if (is_unreadable(c))
		notice_say(&c->notice, NOTICE_WARN, "%s",
			card_note_text(c->card.note[0]));
	else if (c->due.person.payee != LIST_PAYEE_SELF)
		notice_say(&c->notice, NOTICE_WARN,
			tr("The list names a receiver: %s"),
			c->due.person.payee_name);
	else if (check_card_is_odd(c))
		notice_say(&c->notice, NOTICE_WARN, "%s", odd_card(c));
}
