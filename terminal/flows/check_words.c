/* The four checks as words in brackets: what check.h promises of them. */
#include "core/tr.h"
#include "terminal/flows/check_internal.h"

static struct check_word good(const char *text, const char *brief)
{
	return (struct check_word){CHECK_GOOD, text, brief};
}

static struct check_word look(const char *text, const char *brief)
{
	return (struct check_word){CHECK_LOOK, text, brief};
}

static struct check_word bad(const char *text, const char *brief)
{
	return (struct check_word){CHECK_BAD, text, brief};
}

static struct check_word right_person(const struct check *c)
{
	if (!c->has_card)
		return look(tr("NO CARD SCANNED: LOOK AT THE PAPER"),
			tr("SEE PAPER"));
	if (c->differences == 0 && check_card_is_odd(c))
		return look(tr("RIGHT PERSON: LOOK AT THE CARD"),
			tr("SEE CARD"));
	if (c->differences == 0)
		return good(tr("RIGHT PERSON"), tr("RIGHT PERSON"));
	if (c->accepted)
		return look(tr("DIFFERENCE ACCEPTED"), tr("ACCEPTED"));
	return bad(tr("CARD AND LIST DIFFER"), tr("DIFFERS"));
}

/* Another terminal of the office says that it paid some of what is open. */
static bool is_elsewhere(const struct check *c)
{
	for (int i = 0; i < c->due.items; i++) {
		const struct due_item *it = &c->due.item[i];

		if (it->elsewhere && !it->paid_seq && !it->by_account &&
			!it->stopped)
			return true;
	}
	return false;
}

static struct check_word not_yet_paid(const struct check *c)
{
	if (c->stop.code == REFUSED_RELEASED)
		return bad(tr("HANDED TO ANOTHER TERMINAL"), tr("GONE THERE"));
	if (is_elsewhere(c))
		return bad(tr("PAID AT ANOTHER TERMINAL"),
			tr("PAID ELSEWHERE"));
	if (c->due.due > 0 && c->due.paid > 0)
		return look(tr("PAID IN PART"), tr("IN PART"));
	if (c->due.due > 0 || c->stop.code != REFUSED_ALREADY_PAID)
		return good(tr("NOT PAID YET"), tr("NOT PAID"));
	return bad(tr("PAID ALREADY"), tr("PAID"));
}

static struct check_word on_list(const struct check *c)
{
	if (c->due.person.id != 0)
		return good(tr("ON THE LIST OF THIS POINT"), tr("ON LIST"));
	return bad(tr("NOT ON THE LIST"), tr("NOT ON LIST"));
}

static struct check_word entitled(const struct check *c)
{
	if (c->stop.code == REFUSED_BY_ACCOUNT)
		return bad(tr("PAID BY ACCOUNT"), tr("BY ACCOUNT"));
	if (c->due.person.not_paid_reason != NOT_PAID_NONE)
		return look(tr("A REASON NOT TO PAY IS RECORDED"),
			tr("SEE REASON"));
	if (c->due.due > 0 || c->stop.code == REFUSED_ALREADY_PAID ||
		c->stop.code == REFUSED_RELEASED)
		return good(tr("ENTITLED THIS PERIOD"), tr("ENTITLED"));
	return bad(tr("NOTHING TO PAY"), tr("NOTHING"));
}

void check_words(const struct check *c, struct check_word out[CHECK_WORDS])
{
	out[0] = right_person(c);
	out[1] = not_yet_paid(c);
	out[2] = on_list(c);
	out[3] = entitled(c);
}
