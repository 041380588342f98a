#include "terminal/ui/pay_view.h"

#include <stdio.h>

#include "core/codec/words.h"
#include "core/money.h"
#include "core/tr.h"
#include "terminal/flows/pay_text.h"
#include "terminal/flows/refusal_text.h"
#include "terminal/ui/note_table_view.h"
#include "terminal/ui/parts.h"
#include "terminal/ui/qr_view.h"

/* Who receives, when it is not the person of the list. */
static void receiver(struct sheet *s, enum payee payee, const char *name)
{
	if (payee == PAYEE_SELF || payee == 0)
		return;
	/* Why he may is on the screen before, and on the paper. */
	if (s->tight) {
		parts_fact(s, RANK_MUST, tr("Receiver"), name);
		return;
	}
	sheet_print(s, RANK_MUST, STYLE_NORMAL, tr("Receiver: %s (%s)"), name,
		pay_payee_text(payee));
}

static void in_words(struct sheet *s, int64_t amount)
{
	char text[WORDS_SIZE];

	if (words_of_amount(amount, WORDS_NORTH, text))
		sheet_text(s, RANK_USEFUL, STYLE_NORMAL, text);
}

/* What is asked for, before the book has answered. */
static void asked(struct sheet *s, const struct pay *pay)
{
	parts_name(s, pay->name);
	receiver(s, pay->request.payee, pay->request.payee_name);
	sheet_space(s);
	sheet_amount_line(s, pay->due);
	sheet_space(s);
}

static void paper(struct sheet *s, const struct pay *pay)
{
	static const enum sign signs[] = {
		[NOTICE_NOTE] = SIGN_NOTE,
		[NOTICE_WARN] = SIGN_WARNING,
		[NOTICE_STOP] = SIGN_STOP,
	};
	struct notice state = {.text = ""};
	struct notice cure = {.text = ""};
	char text[PAY_TEXT_SIZE];

	pay_paper_text(pay, &state, &cure);
	sheet_sign(s, RANK_MUST, signs[state.level], state.text);
	sheet_sign(s, s->tight ? RANK_USEFUL : RANK_MUST, signs[cure.level],
		cure.text);
	if (pay->paper.rule[0]) {
		sheet_text(s, RANK_NICE, STYLE_DIM,
			tr("For the technician, in /etc/udev/rules.d:"));
		sheet_text(s, RANK_NICE, STYLE_DIM, pay->paper.rule);
	}
	if (pay->paper.state == PRINT_UNKNOWN)
		sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
			tr("The payment stands."));
	if (pay->paper.state != PRINT_FAILED && !pay->paper.no_printer)
		return;
	/* Nothing is on paper: the pad of the post office has to do. */
	snprintf(text, sizeof(text),
		s->tight ? tr("By hand: write the code %s")
			 : tr("The payment stands. If it cannot be printed, "
			      "write the receipt by hand with the code %s"),
		pay->payout.code);
	sheet_sign(s, RANK_USEFUL, SIGN_NOTE, text);
}

/* Big figures only while they say what to hand over, or what was. */
static void recorded(struct sheet *s, const struct pay *pay, bool big)
{
	const struct payout *p = &pay->payout;

	parts_name(s, *p->person.name ? p->person.name : pay->name);
	receiver(s, p->payee, p->payee_name);
	parts_fact(s, RANK_NICE, tr("Receipt code"), p->code);
	sheet_space(s);
	if (big)
		sheet_amount(s, p->amount);
	else
		sheet_amount_line(s, p->amount);
	in_words(s, p->amount);
	sheet_space(s);
}

/* Paid by hand before: the sheet is the receipt. */
static void body_entered(struct sheet *s, const struct pay *pay)
{
	struct states at;

	recorded(s, pay, false);
	at = sheet_states(s);
	sheet_state(s, &at, STYLE_STATE, tr("IN THE BOOK"));
	sheet_state(s, &at, STYLE_WARNING, tr("GIVE NO MONEY NOW"));
	sheet_space(s);
	parts_fact(s, RANK_MUST, tr("Sheet of the pad"), pay->payout.pad);
	if (pay->paper.copy > 0)
		paper(s, pay);
}

/* Which notes: the one line that has to be right while they are counted. */
static void which_notes(struct sheet *s, const struct pay *pay)
{
	char text[PAY_TEXT_SIZE];

	pay_notes_text(pay_notes(pay), text);
	if (text[0])
		sheet_print(s, RANK_MUST, STYLE_NORMAL,
			pay->advice.estimate && !pay->given.told
				? tr("Notes (estimated): %s")
				: tr("Notes: %s"),
			text);
	else if (pay->given.told)
		sheet_text(s, RANK_MUST, STYLE_NORMAL,
			tr("Notes: not counted"));
}

/* What the drawer lacks, for him or for one of the next. */
static void short_of(struct sheet *s, const struct pay *pay)
{
	char money[MONEY_TEXT_SIZE];
	char text[PAY_TEXT_SIZE];

	if (pay->advice.fetch == 0)
		return;
	snprintf(text, sizeof(text),
		pay->advice.exact
			? tr("Notes of %s run short: fetch some")
			: tr("The drawer has no notes for exactly this "
			     "amount: fetch %s"),
		money_format(pay->advice.fetch, money));
	sheet_sign(s, pay->advice.exact ? RANK_USEFUL : RANK_MUST, SIGN_WARNING,
		text);
}

static void body_handing(struct sheet *s, const struct pay *pay)
{
	struct states at;

	recorded(s, pay, true);
	which_notes(s, pay);
	at = sheet_states(s);
	sheet_state(s, &at, STYLE_STATE, tr("IN THE BOOK"));
	sheet_state(s, &at, STYLE_WARNING, tr("MONEY NOT HANDED OVER"));
	/* Where rows are dear, which notes matters more than how to count. */
	sheet_text(s, notes_none(pay_notes(pay)) ? RANK_MUST : RANK_NICE,
		STYLE_MAIN, tr("Count the money twice and hand it over."));
	short_of(s, pay);
	paper(s, pay);
}

static void body_notes(struct sheet *s, const struct pay *pay)
{
	sheet_text(s, RANK_USEFUL, STYLE_TITLE,
		tr("Which notes do you give? None: they are not counted."));
	sheet_amount_line(s, pay->payout.amount);
	sheet_space(s);
	note_table_view(s, &pay->table);
	sheet_space(s);
	parts_sum(s, tr("Together"), note_table_sum(&pay->table));
}

static void body_undo(struct sheet *s, const struct pay *pay)
{
	parts_banner(s, tr("IS THE MONEY STILL IN THE DRAWER?"));
	recorded(s, pay, false);
	sheet_text(s, RANK_MUST, STYLE_NORMAL,
		tr("The payment will be cancelled in the book. Take back the "
		   "receipt if it was printed."));
}

static void body_done(struct sheet *s, const struct pay *pay)
{
	const bool voided = pay->payout.state == PAYOUT_VOIDED;
	struct states at;

	if (pay->payout.pad[0] && !voided) {
		body_entered(s, pay);
		return;
	}
	recorded(s, pay, !voided);
	at = sheet_states(s);
	if (voided) {
		sheet_state(s, &at, STYLE_STOP, tr("CANCELLED"));
		sheet_state(s, &at, STYLE_WARNING,
			tr("MONEY STAYS IN THE DRAWER"));
	} else {
		sheet_state(s, &at, STYLE_STATE, tr("MONEY HANDED OVER"));
	}
	/* Of a cancelled one no original is wanted any more. */
	if (!voided || pay->paper.copy > 0)
		paper(s, pay);
	else if (pay->paper.state != PRINT_NONE)
		sheet_sign(s, RANK_MUST, SIGN_WARNING,
			tr("Take back the paper that was printed: it is not "
			   "valid any more."));
}

static void body_refused(struct sheet *s, const struct pay *pay)
{
	char text[REFUSAL_TEXT_SIZE];

	parts_banner(s, refusal_title(pay->why.code));
	asked(s, pay);
	refusal_text(&pay->why, text, sizeof(text));
	sheet_text(s, RANK_MUST, STYLE_NORMAL, text);
	sheet_space(s);
	sheet_text(s, RANK_MUST, STYLE_MAIN,
		tr("Nothing was paid now. Keep the money."));
}

static void body_unknown(struct sheet *s, const struct pay *pay)
{
	parts_banner(s, tr("NOT KNOWN WHETHER IT IS IN THE BOOK"));
	asked(s, pay);
	sheet_text(s, RANK_MUST, STYLE_MAIN,
		tr("Do not hand over money now. Press 1 to look again."));
}

static void body_absent(struct sheet *s, const struct pay *pay)
{
	parts_banner(s, tr("NOT RECORDED"));
	asked(s, pay);
	sheet_text(s, RANK_MUST, STYLE_MAIN,
		tr("Nothing was paid. The same payment can be recorded "
		   "again."));
}

static void body_recording(struct sheet *s, const struct pay *pay)
{
	asked(s, pay);
	parts_waiting(s, tr("Writing it into the book..."));
}

static void body_looking(struct sheet *s, const struct pay *pay)
{
	asked(s, pay);
	parts_waiting(s, tr("Looking in the book..."));
}

static void body_second(struct sheet *s, const struct pay *pay)
{
	asked(s, pay);
	parts_second(s, &pay->second);
}

static void body_closing(struct sheet *s, const struct pay *pay)
{
	recorded(s, pay, true);
	parts_waiting(s, tr("Writing: money handed over..."));
}

static void body_undoing(struct sheet *s, const struct pay *pay)
{
	recorded(s, pay, false);
	parts_waiting(s, tr("Writing: payment cancelled..."));
}

static void draw_body(struct sheet *s, const struct pay *pay)
{
	static void (*const body[PAY_STEP_COUNT])(struct sheet *,
		const struct pay *) = {
		[PAY_RECORDING] = body_recording,
		[PAY_SECOND] = body_second,
		[PAY_REFUSED] = body_refused,
		[PAY_LOOKING] = body_looking,
		[PAY_UNKNOWN] = body_unknown,
		[PAY_ABSENT] = body_absent,
		[PAY_HANDING] = body_handing,
		[PAY_NOTES] = body_notes,
		[PAY_UNDO] = body_undo,
		[PAY_CLOSING] = body_closing,
		[PAY_UNDOING] = body_undoing,
		[PAY_DONE] = body_done,
	};

	body[pay->step](s, pay);
}

static const char *title(const struct pay *pay)
{
	switch (pay->step) {
	case PAY_HANDING:
	case PAY_NOTES:
	case PAY_CLOSING:
		return tr("HAND OVER");
	case PAY_UNDO:
	case PAY_UNDOING:
		return tr("CANCEL PAYMENT");
	case PAY_DONE:
		return pay->payout.state == PAYOUT_VOIDED ? tr("CANCEL PAYMENT")
							  : tr("PAID OUT");
	case PAY_REFUSED:
		return tr("CANNOT PAY");
	default:
		return tr("PAY OUT");
	}
}

void pay_view(const struct pay *pay, const struct frame_info *info,
	struct canvas *c)
{
	const struct notice *notice =
		pay->step == PAY_SECOND && *pay->second.notice.text
			? &pay->second.notice
			: &pay->notice;
	struct frame frame = {.title = title(pay),
		.notice = notice,
		.drawer_shown = pay->step == PAY_DONE};
	struct sheet s;

	if (pay->step == PAY_SECOND && pay->second.step == SECOND_QR) {
		qr_view_second(&pay->second, info, c);
		return;
	}

	sheet_init(&s, c);
	frame.binding = pay_bindings(pay, &frame.bindings);
	draw_body(&s, pay);
	frame_show(c, info, &frame, &s);
}
