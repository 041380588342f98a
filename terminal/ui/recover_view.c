#include "terminal/ui/recover_view.h"

#include <stdio.h>

#include "core/tr.h"
#include "terminal/flows/pay_text.h"
#include "terminal/ui/parts.h"
#include "terminal/ui/qr_view.h"

/* The payment that nobody finished, as the book has it. */
static void facts(struct sheet *s, const struct payout *p)
{
	char text[192];
	char masked[PARTS_MASK_SIZE];
	char date[DATE_TEXT_SIZE];

	parts_name(s, p->person.name);
	if (*p->person.id12) {
		snprintf(text, sizeof(text), tr("ID card %s"),
			parts_masked(p->person.id12, masked));
		sheet_text(s, RANK_USEFUL, STYLE_NORMAL, text);
	}
	if (p->payee != PAYEE_SELF)
		sheet_print(s, RANK_MUST, STYLE_NORMAL, tr("Receiver: %s (%s)"),
			p->payee_name, pay_payee_text(p->payee));
	sheet_space(s);
	sheet_amount(s, p->amount);
	sheet_space(s);
	snprintf(text, sizeof(text), tr("%s, by %s"), date_time_vi(p->t, date),
		p->actor_name);
	parts_fact(s, RANK_MUST, tr("Recorded"), text);
	parts_fact(s, RANK_USEFUL, tr("State of the paper"),
		pay_print_text(p->print));
}

/* The question is asked of everybody, the keys only of who may answer. */
static void body_ask(struct sheet *s, const struct frame_info *info,
	const struct recover *r)
{
	parts_banner(s, tr("WAS THE MONEY HANDED OVER?"));
	sheet_text(s, RANK_USEFUL, STYLE_NORMAL,
		tr("The terminal stopped or was locked in the middle of this "
		   "payment."));
	sheet_space(s);
	facts(s, &r->payout);
	if (info->role != ROLE_NONE && !role_may(info->role, ACT_PAY))
		sheet_sign(s, RANK_MUST, SIGN_WARNING,
			tr("Only a payout agent answers that: sign out and "
			   "let the agent sign in."));
}

/* Its agent is out: who may, answers for him. */
static void body_left(struct sheet *s, const struct frame_info *info,
	const struct recover *r)
{
	parts_banner(s, tr("WAS THE MONEY HANDED OVER?"));
	facts(s, &r->payout);
	sheet_sign(s, RANK_MUST, SIGN_WARNING,
		tr("That agent may not work here any more: somebody else "
		   "answers, with a supervisor beside."));
	if (info->role != ROLE_NONE && !role_may(info->role, ACT_STAND_IN))
		sheet_sign(s, RANK_MUST, SIGN_WARNING,
			tr("That is for an agent or a supervisor: sign out "
			   "and let one of them sign in."));
}

static void body_second(struct sheet *s, const struct recover *r)
{
	parts_name(s, r->payout.person.name);
	sheet_amount_line(s, r->payout.amount);
	parts_fact(s, RANK_MUST, tr("Answered for the agent"),
		r->handed ? tr("HANDED OVER") : tr("NOT handed over"));
	sheet_space(s);
	parts_second(s, &r->second);
}

static void body_done(struct sheet *s, const struct recover *r)
{
	const bool voided = r->payout.state == PAYOUT_VOIDED;
	struct states at;

	parts_name(s, r->payout.person.name);
	sheet_space(s);
	sheet_amount(s, r->payout.amount);
	sheet_space(s);
	at = sheet_states(s);
	if (voided) {
		sheet_state(s, &at, STYLE_STOP, tr("CANCELLED"));
		sheet_state(s, &at, STYLE_WARNING,
			tr("MONEY STAYS IN THE DRAWER"));
	} else {
		sheet_state(s, &at, STYLE_STATE, tr("MONEY HANDED OVER"));
	}
	sheet_space(s);
	parts_fact(s, RANK_MUST, tr("State of the paper"),
		pay_print_text(r->payout.print));
	if (voided && r->payout.print != PRINT_NONE)
		sheet_sign(s, RANK_MUST, SIGN_WARNING,
			tr("Take back the paper that was printed: it is not "
			   "valid any more."));
}

void recover_view(const struct recover *recover, const struct frame_info *info,
	struct canvas *c)
{
	const struct notice *notice =
		recover->step == RECOVER_SECOND && *recover->second.notice.text
			? &recover->second.notice
			: &recover->notice;
	struct frame frame = {.title = tr("UNFINISHED PAYMENT"),
		.notice = notice};
	struct sheet s;

	if (recover->step == RECOVER_SECOND &&
		recover->second.step == SECOND_QR) {
		qr_view_second(&recover->second, info, c);
		return;
	}

	sheet_init(&s, c);
	frame.binding = recover_bindings(recover, &frame.bindings);
	switch (recover->step) {
	case RECOVER_LOOKING:
		parts_waiting(&s, tr("Looking in the book..."));
		break;
	case RECOVER_FAILED:
		parts_banner(&s, tr("THE BOOK CANNOT BE READ"));
		sheet_text(&s, RANK_MUST, STYLE_NORMAL,
			tr("Nobody can be paid before that is done."));
		break;
	case RECOVER_ASK:
		body_ask(&s, info, recover);
		break;
	case RECOVER_LEFT:
		body_left(&s, info, recover);
		break;
	case RECOVER_SECOND:
		body_second(&s, recover);
		break;
	case RECOVER_ANSWERING:
		facts(&s, &recover->payout);
		parts_waiting(&s,
			recover->handed ? tr("Writing: money handed over...")
					: tr("Writing: payment cancelled..."));
		break;
	case RECOVER_DONE:
		body_done(&s, recover);
		break;
	case RECOVER_STEP_COUNT:
		break;
	}
	frame_show(c, info, &frame, &s);
}
