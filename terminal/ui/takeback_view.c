#include "terminal/ui/takeback_view.h"

#include "core/tr.h"
#include "terminal/flows/refusal_text.h"
#include "terminal/ui/parts.h"
#include "terminal/ui/qr_view.h"

enum {
	SHEET_COLS = 20
};

/* Whose money, how much, and by which receipt. */
static void facts(struct sheet *s, const struct takeback *t)
{
	parts_name(s, t->brief.name);
	sheet_space(s);
	sheet_amount(s, t->brief.amount);
	sheet_space(s);
	parts_fact(s, RANK_USEFUL, tr("Receipt"), t->brief.code);
	parts_fact(s, RANK_MUST, tr("Sheet of the pad"), t->brief.pad);
}

static void body_paper(struct sheet *s, const struct takeback *t)
{
	parts_banner(s, tr("DID MONEY AND RECEIPT COME BACK?"));
	facts(s, t);
	if (!t->brief.pad[0])
		sheet_text(s, RANK_MUST, STYLE_NORMAL,
			tr("Scan the QR code of the receipt that came back."));
}

static void body_sheet(struct sheet *s, const struct takeback *t)
{
	char text[ENTRY_SIZE];

	facts(s, t);
	sheet_field(s, tr("Number of the sheet:"),
		entry_shown(&t->sheet, text, sizeof(text)), SHEET_COLS, true);
}

static void body_sure(struct sheet *s, const struct takeback *t)
{
	parts_banner(s, tr("CANCEL THIS PAYMENT?"));
	facts(s, t);
	if (t->reason == VOID_RECEIPT_LOST)
		sheet_sign(s, RANK_MUST, SIGN_WARNING,
			tr("The receipt is lost: that is noted."));
	else if (t->brief.copies > 0)
		sheet_sign(s, RANK_MUST, SIGN_WARNING,
			tr("Copies were printed: see that this is not one."));
	sheet_text(s, RANK_MUST, STYLE_MAIN,
		tr("Count the money that came back and put it into the "
		   "drawer. A supervisor has to approve."));
}

static void body_refused(struct sheet *s, const struct takeback *t)
{
	char text[REFUSAL_TEXT_SIZE];

	parts_banner(s, refusal_title(t->why.code));
	facts(s, t);
	refusal_text(&t->why, text, sizeof(text));
	sheet_text(s, RANK_MUST, STYLE_NORMAL, text);
	sheet_space(s);
	sheet_text(s, RANK_MUST, STYLE_MAIN, tr("Nothing was cancelled."));
}

static void body_unknown(struct sheet *s, const struct takeback *t)
{
	parts_banner(s, tr("NOT KNOWN WHETHER IT IS IN THE BOOK"));
	facts(s, t);
	sheet_text(s, RANK_MUST, STYLE_MAIN,
		tr("Keep money and receipt apart. Press 1 to look again."));
}

static void body_done(struct sheet *s, const struct takeback *t)
{
	struct states at;

	facts(s, t);
	at = sheet_states(s);
	sheet_state(s, &at, STYLE_STOP, tr("CANCELLED"));
	sheet_state(s, &at, STYLE_WARNING, tr("MONEY IS BACK IN THE DRAWER"));
	sheet_space(s);
	if (t->reason == VOID_RECEIPT_BACK)
		sheet_text(s, RANK_USEFUL, STYLE_NORMAL,
			tr("Keep the receipt that came back: it goes with the "
			   "Z slip."));
}

static void draw_body(struct sheet *s, const struct takeback *t)
{
	switch (t->step) {
	case TAKEBACK_PAPER:
		body_paper(s, t);
		break;
	case TAKEBACK_SHEET:
		body_sheet(s, t);
		break;
	case TAKEBACK_SURE:
		body_sure(s, t);
		break;
	case TAKEBACK_SECOND:
		facts(s, t);
		parts_second(s, &t->second);
		break;
	case TAKEBACK_WRITING:
		facts(s, t);
		parts_waiting(s, tr("Writing: payment cancelled..."));
		break;
	case TAKEBACK_REFUSED:
		body_refused(s, t);
		break;
	case TAKEBACK_LOOKING:
		facts(s, t);
		parts_waiting(s, tr("Looking in the book..."));
		break;
	case TAKEBACK_UNKNOWN:
		body_unknown(s, t);
		break;
	case TAKEBACK_DONE:
		body_done(s, t);
		break;
	case TAKEBACK_STEP_COUNT:
		break;
	}
}

void takeback_view(const struct takeback *takeback,
	const struct frame_info *info, struct canvas *c)
{
	const struct notice *notice =
		takeback->step == TAKEBACK_SECOND &&
				*takeback->second.notice.text
			? &takeback->second.notice
			: &takeback->notice;
	struct frame frame = {.title = tr("CANCEL PAYMENT"),
		.notice = notice,
		.drawer_shown = takeback->step == TAKEBACK_DONE};
	struct sheet s;

	if (takeback->step == TAKEBACK_SECOND &&
		takeback->second.step == SECOND_QR) {
		qr_view_second(&takeback->second, info, c);
		return;
	}

	sheet_init(&s, c);
	frame.binding = takeback_bindings(takeback, &frame.bindings);
	draw_body(&s, takeback);
	frame_show(c, info, &frame, &s);
}
