#include "terminal/ui/check_view.h"

#include <stdio.h>

#include "core/codec/viet.h"
#include "core/money.h"
#include "core/str.h"
#include "core/tr.h"
#include "core/utf8.h"
#include "terminal/flows/account_text.h"
#include "terminal/flows/enrol.h"
#include "terminal/flows/notpaid.h"
#include "terminal/flows/pay_text.h"
#include "terminal/flows/refusal_text.h"
#include "terminal/ui/parts.h"

enum {
	NAME_COLS = 36,
	DATE_COLS = 12,
	ID_COLS = 14
};

static void words(struct sheet *s, const struct check *check)
{
	static const enum style style[] = {
		[CHECK_GOOD] = STYLE_STATE,
		[CHECK_LOOK] = STYLE_WARNING,
		[CHECK_BAD] = STYLE_STOP,
	};
	struct check_word word[CHECK_WORDS];
	struct states at = sheet_states(s);

	check_words(check, word);
	for (int i = 0; i < CHECK_WORDS; i++)
		sheet_state(s, &at, style[word[i].state],
			s->cols < 53 ? word[i].brief : word[i].text);
}

/* From which list on the account pays, or cash again; or how far one is. */
static bool method(struct sheet *s, const struct person_account *a)
{
	char text[128];

	switch ((enum account_standing)a->standing) {
	case ACCOUNT_STANDS_PLANNED:
	case ACCOUNT_STANDS_CAPTURED:
	case ACCOUNT_STANDS_CONFIRMED:
	case ACCOUNT_STANDS_SENT:
		sheet_sign(s, RANK_NICE, SIGN_NOTE,
			enrol_standing_text((enum account_standing)
						    a->standing));
		break;
	default:
		if (a->pays_from == 0 && a->cash_from == 0)
			return false;
	}
	if (a->pays_from == 0 && a->cash_from == 0)
		return true;
	snprintf(text, sizeof(text),
		a->pays_from ? tr("The account pays from list %02d/%d on")
			     : tr("Cash again from list %02d/%d on"),
		(int)(a->pays_from ? a->pays_from : a->cash_from) % 100,
		(int)(a->pays_from ? a->pays_from : a->cash_from) / 100);
	sheet_sign(s, a->pays_from ? RANK_USEFUL : RANK_NICE, SIGN_NOTE, text);
	return true;
}

/* What the bank said against his account, in its own words too. */
static void account(struct sheet *s, const struct person *p)
{
	const char *answer =
		account_answer_text((enum account_answer)p->account_state);
	char text[2 * PAYLIST_TEXT_SIZE];

	if (answer[0]) {
		snprintf(text, sizeof(text),
			p->account_message[0] ? "%s: %s" : "%s", answer,
			p->account_message);
		sheet_sign(s, RANK_NICE, SIGN_NOTE, text);
	} else if (!p->has_account) {
		sheet_sign(s, RANK_NICE, SIGN_NOTE,
			s->cols < 53 ? tr("No account yet: invite")
				     : tr("No account yet - invite to open "
					  "one after paying"));
	}
}

/* What the agent has to know of this person beside the four words. */
static void remarks(struct sheet *s, const struct check *check)
{
	const struct person *p = &check->due.person;
	char money[MONEY_TEXT_SIZE];
	char text[2 * PAYLIST_TEXT_SIZE];

	if (check->request.payee != PAYEE_SELF) {
		snprintf(text, sizeof(text), "%s: %s",
			pay_payee_text(check->request.payee),
			check->request.payee_name);
		sheet_sign(s, RANK_MUST, SIGN_NOTE, text);
	}
	if (p->not_paid_reason != NOT_PAID_NONE) {
		snprintf(text, sizeof(text), tr("Recorded as not paid: %s"),
			notpaid_reason_text((enum not_paid)p->not_paid_reason));
		sheet_sign(s, RANK_MUST, SIGN_WARNING, text);
	}
	if (check->due.paid > 0) {
		snprintf(text, sizeof(text), tr("Paid here already: %s dong"),
			money_format(check->due.paid, money));
		sheet_sign(s, RANK_USEFUL, SIGN_NOTE, text);
	}
	if (check->due.change_note[0]) {
		snprintf(text, sizeof(text),
			tr("Note in the list of changes: %s"),
			check->due.change_note);
		sheet_sign(s, RANK_USEFUL, SIGN_NOTE, text);
	}
	if (check->whose[0]) {
		snprintf(text, sizeof(text),
			tr("Assigned to %s; may be paid here all the same"),
			check->whose);
		sheet_sign(s, RANK_NICE, SIGN_NOTE, text);
	}
	if (!method(s, &check->due.account))
		account(s, p);
}

static void body_ready(struct sheet *s, const struct frame_info *info,
	const struct check *check)
{
	parts_person(s, info, &check->due.person);
	sheet_space(s);
	parts_items(s, check->due.item, check->due.items, true);
	sheet_space(s);
	sheet_amount(s, check->due.due);
	sheet_space(s);
	words(s, check);
	if (info->role != ROLE_NONE && !role_may(info->role, ACT_PAY))
		sheet_sign(s, RANK_MUST, SIGN_NOTE,
			tr("You may look; a payout agent pays."));
	remarks(s, check);
}

static bool is_name(const struct check_difference *d)
{
	return d->review & (REVIEW_NAME | REVIEW_NAME_MARKS);
}

/* Names are compared in the same case, or every letter would differ. */
static void in_capitals(const struct check_difference *d, const char *text,
	char out[VIET_NAME_SIZE])
{
	if (!is_name(d) || !viet_upper(text, out, VIET_NAME_SIZE))
		str_copy(out, VIET_NAME_SIZE, text);
}

/* What the list has, differing letters reversed; all if none is marked. */
static int list_side(struct sheet *s, int row, int col,
	const struct check_difference *d, const char *text)
{
	const int end = canvas_text(&s->lines, row, col, STYLE_NORMAL, text);
	bool any = false;

	for (int i = 0; i < CHECK_FLAGS; i++)
		if (d->differs[i]) {
			any = true;
			canvas_restyle(&s->lines, row, col + i, 1,
				STYLE_DIFFERS);
		}
	if (!any)
		canvas_restyle(&s->lines, row, col, end - col, STYLE_DIFFERS);
	return end;
}

/* "Ngày sinh: 09/02/1944 | 02/09/1944", where rows are dear. */
static bool in_one_line(struct sheet *s, const struct check_difference *d)
{
	const int columns = utf8_columns(d->what) + utf8_columns(d->on_card) +
			    utf8_columns(d->on_list) + 5;
	int row;
	int col;

	if (!s->tight || is_name(d) || !d->on_card[0] || columns > s->cols)
		return false;
	row = sheet_line(s, RANK_MUST);
	col = canvas_print(&s->lines, row, s->margin, STYLE_NORMAL, "%s: %s | ",
		d->what, d->on_card);
	list_side(s, row, col, d, d->on_list);
	return true;
}

/* One value under the other, so that the letters stand side by side. */
static void difference(struct sheet *s, const struct check_difference *d)
{
	const char *card = tr("Card");
	const char *list = tr("List");
	const int wider = utf8_columns(card) > utf8_columns(list)
				  ? utf8_columns(card)
				  : utf8_columns(list);
	const int at = s->margin + 2 + wider + 2;
	char text[VIET_NAME_SIZE];
	int row;

	if (in_one_line(s, d))
		return;
	sheet_text(s, RANK_USEFUL, STYLE_DIM, d->what);
	row = sheet_line(s, RANK_MUST);
	canvas_text(&s->lines, row, s->margin + 2, STYLE_DIM, card);
	if (d->on_card[0]) {
		in_capitals(d, d->on_card, text);
		canvas_text(&s->lines, row, at, STYLE_NORMAL, text);
	} else {
		canvas_text(&s->lines, row, at, STYLE_WARNING,
			tr("(not readable)"));
	}
	row = sheet_line(s, RANK_MUST);
	canvas_text(&s->lines, row, s->margin + 2, STYLE_DIM, list);
	in_capitals(d, d->on_list, text);
	list_side(s, row, at, d, text);
}

static void body_differs(struct sheet *s, const struct frame_info *info,
	const struct check *check)
{
	/* Where rows are dear the differences go first. */
	if (s->tight)
		parts_name(s, check->due.person.name);
	else
		parts_person(s, info, &check->due.person);
	sheet_space(s);
	for (int i = 0; i < check->differences; i++)
		difference(s, &check->difference[i]);
	sheet_space(s);
	if (!s->tight)
		words(s, check);
	sheet_space(s);
	sheet_sign(s, RANK_MUST, SIGN_WARNING,
		tr("Compare card, list and face. Press 1, 2 or 3 only if it "
		   "is the same person."));
}

/* Somebody else receives the money: who, with which paper. */
static void body_receiver(struct sheet *s, const struct check *check)
{
	char text[ENTRY_SIZE * 3];

	sheet_print(s, RANK_USEFUL, STYLE_NORMAL, tr("For %s"),
		check->due.person.name);
	sheet_amount_line(s, check->due.due);
	sheet_space(s);
	sheet_print(s, RANK_MUST, STYLE_TITLE, tr("Receives the money: %s"),
		pay_payee_text(check->asked));
	sheet_space(s);
	parts_typed(s, tr("Full name:"), &check->name,
		s->cols < 53 ? NAME_COLS - 11 : NAME_COLS,
		check->step == CHECK_NAME);
	if (check->step == CHECK_NAME)
		return;
	sheet_field(s, tr("ID number:"),
		entry_shown(&check->id, text, sizeof(text)), ID_COLS,
		check->step == CHECK_ID);
	if (check->step == CHECK_ID)
		return;
	parts_typed(s, tr("Paper:"), &check->paper,
		s->cols < 53 ? NAME_COLS - 11 : NAME_COLS,
		check->step == CHECK_PAPER);
	if (check->step == CHECK_PAPER)
		return;
	sheet_field(s, tr("Good until:"),
		entry_shown(&check->until, text, sizeof(text)), DATE_COLS,
		check->step == CHECK_UNTIL);
}

/* Who of those who come seldom, or how he is related: by a digit. */
static void body_choice(struct sheet *s, const struct check *check)
{
	size_t count;
	const struct binding *b = check_bindings(check->step, &count);

	sheet_print(s, RANK_USEFUL, STYLE_NORMAL, tr("For %s"),
		check->due.person.name);
	sheet_amount_line(s, check->due.due);
	sheet_space(s);
	if (check->step == CHECK_WHO)
		sheet_text(s, RANK_MUST, STYLE_TITLE,
			tr("Who receives the money?"));
	else
		sheet_print(s, RANK_MUST, STYLE_TITLE,
			tr("%s is to this person:"), check->name.text);
	sheet_space(s);
	parts_choices(s, b, count);
}

/* The payment that was made before: when, where, by whom, which receipt. */
static void prior(struct sheet *s, const struct refusal_prior *p)
{
	char text[192];
	char date[DATE_TEXT_SIZE];
	char money[MONEY_TEXT_SIZE];

	parts_fact(s, RANK_MUST, tr("When"), date_time_vi(p->t, date));
	parts_fact(s, RANK_MUST, tr("Where"), p->point);
	snprintf(text, sizeof(text), tr("%s (number %lld)"), p->actor_name,
		(long long)p->actor);
	parts_fact(s, RANK_MUST, tr("Paid by"), text);
	parts_fact(s, RANK_MUST, tr("Receipt code"), p->receipt);
	snprintf(text, sizeof(text), tr("%s dong"),
		money_format(p->amount, money));
	parts_fact(s, RANK_MUST, tr("Amount"), text);
}

static void body_stop(struct sheet *s, const struct frame_info *info,
	const struct check *check)
{
	char text[REFUSAL_TEXT_SIZE];

	parts_banner(s, refusal_title(check->stop.code));
	parts_person(s, info, &check->due.person);
	sheet_space(s);
	/* Of who was handed over it says where to: no payment, no receipt. */
	if (check->stop.prior.seq != 0 &&
		check->stop.code != REFUSED_RELEASED) {
		prior(s, &check->stop.prior);
		sheet_space(s);
		sheet_text(s, RANK_USEFUL, STYLE_MAIN,
			tr("Do not hand over money. A copy of the receipt can "
			   "be printed."));
		return;
	}
	refusal_text(&check->stop, text, sizeof(text));
	sheet_text(s, RANK_MUST, STYLE_NORMAL, text);
}

static void body_nobody(struct sheet *s, const struct frame_info *info,
	const struct check *check)
{
	char masked[PARTS_MASK_SIZE];
	char text[DATE_TEXT_SIZE];

	(void)info;
	parts_banner(s, tr("NOT ON THE LIST OF THIS POINT"));
	if (!check->has_card)
		return;
	parts_name(s, check->card.name);
	parts_fact(s, RANK_MUST, tr("Number on the card"),
		parts_masked(check->card.id12, masked));
	parts_fact(s, RANK_MUST, tr("Date of birth"),
		date_vi(check->card.birth, text));
	parts_fact(s, RANK_USEFUL, tr("Address on the card"),
		check->card.address);
	sheet_space(s);
	sheet_text(s, RANK_USEFUL, STYLE_NORMAL,
		tr("Search by name or by the old number. If the person is "
		   "really not on it, tell where the list is kept: the "
		   "commune's people's committee."));
}

static const char *title(enum check_step step)
{
	if (step == CHECK_STOP || step == CHECK_NO_CASH || step == CHECK_NOBODY)
		return tr("CANNOT PAY");
	if (step == CHECK_DIFFERS)
		return tr("CHECK PERSON");
	return tr("PAY OUT");
}

void check_view(const struct check *check, const struct frame_info *info,
	struct canvas *c)
{
	struct frame frame = {.title = title(check->step),
		.notice = &check->notice};
	struct sheet s;

	sheet_init(&s, c);
	frame.binding = check_bindings(check->step, &frame.bindings);
	switch (check->step) {
	case CHECK_LOOKUP:
		parts_waiting(&s, tr("Looking at the list..."));
		break;
	case CHECK_DIFFERS:
		body_differs(&s, info, check);
		break;
	case CHECK_READY:
		body_ready(&s, info, check);
		break;
	case CHECK_NAME:
	case CHECK_ID:
	case CHECK_PAPER:
	case CHECK_UNTIL:
		body_receiver(&s, check);
		break;
	case CHECK_WHO:
	case CHECK_RELATION:
		body_choice(&s, check);
		break;
	case CHECK_STOP:
	case CHECK_NO_CASH:
		body_stop(&s, info, check);
		break;
	case CHECK_NOBODY:
		body_nobody(&s, info, check);
		break;
	case CHECK_STEP_COUNT:
		break;
	}
	frame_show(c, info, &frame, &s);
}
