#include "terminal/ui/carry_view.h"

#include <stdio.h>

#include "core/date.h"
#include "core/money.h"
#include "core/str.h"
#include "core/tr.h"
#include "terminal/ui/parts.h"
#include "terminal/ui/qr_view.h"

static void code(const struct carry *y, const struct frame_info *info,
	struct canvas *c)
{
	struct qr_words w = {.notice = info->notice};
	char text[MARKS_TEXT_SIZE];
	char title[96];
	char says[256];
	char period[DATE_TEXT_SIZE];
	char paid[MONEY_TEXT_SIZE];
	char count[MONEY_TEXT_SIZE];
	const int all = marks_pieces(y->shown.len, MARKS_ON_SCREEN);

	w.binding = carry_bindings(y, &w.bindings);
	w.title = title;
	w.says = says;
	if (y->step == CARRY_CARD) {
		str_copy(title, sizeof(title), tr("OUR CARD"));
		str_copy(says, sizeof(says),
			tr("A supervisor signs in at the other terminal and "
			   "scans this there, once."));
	} else {
		str_copy(title, sizeof(title), tr("PAID MARKS"));
		snprintf(says, sizeof(says),
			tr("Code %d of %d. %s, list %d of %d: %s of %s sums "
			   "are paid here."),
			y->piece + 1, all, period_vi(y->shown.period, period),
			y->shown.which + 1, y->shown.lists,
			money_format(y->shown.paid, paid),
			money_format(y->shown.head.count, count));
		w.more = tr("Scan all codes at the other terminal, in any "
			    "order.");
	}
	w.instead = tr("This screen is too small for the code: use one of "
		       "40x24 or more, or paper (key 3).");
	carry_code(y, text);
	qr_view(text, &w, c);
}

static void printing(struct sheet *s, const struct carry *y)
{
	sheet_space(s);
	sheet_print(s, RANK_MUST, STYLE_TITLE, tr("Printing slip %d/%d"),
		y->slips + 1, carry_slips(y));
	sheet_space(s);
	sheet_text(s, RANK_USEFUL, STYLE_NORMAL,
		tr("The other terminal scans all of them, in any order."));
	sheet_text(s, RANK_NICE, STYLE_NORMAL,
		tr("Whoever scans a card now stops the printing."));
}

static void stopped(struct sheet *s, const struct carry *y)
{
	struct notice state;
	struct notice cure;
	char count[32];

	carry_paper_text(y, &state, &cure);
	snprintf(count, sizeof(count), "%d/%d", y->slips, carry_slips(y));
	sheet_space(s);
	sheet_sign(s, RANK_MUST,
		state.level == NOTICE_WARN ? SIGN_WARNING : SIGN_NOTE,
		state.text);
	sheet_text(s, RANK_MUST, STYLE_NORMAL, cure.text);
	sheet_space(s);
	parts_fact(s, RANK_MUST, tr("Slips printed"), count);
	sheet_space(s);
	sheet_text(s, RANK_USEFUL, STYLE_NORMAL,
		tr("A slip that was printed twice does no harm."));
}

static void collect(struct sheet *s, const struct carry *y)
{
	char count[48];
	int there = 0;
	const int all = marks_parts_all(&y->parts);

	for (int i = 0; i < all; i = i + 1)
		there += marks_lacking(&y->parts, i) != i + 1;
	snprintf(count, sizeof(count), tr("%d of %d codes"), there, all);
	sheet_space(s);
	sheet_text(s, RANK_MUST, STYLE_TITLE,
		tr("PAID MARKS OF ANOTHER TERMINAL"));
	sheet_space(s);
	parts_fact(s, RANK_MUST, tr("Scanned"), count);
	sheet_space(s);
	sheet_text(s, RANK_USEFUL, STYLE_NORMAL,
		tr("The other terminal turns to its next code with the key "
		   "\".\". Nothing is taken before all are here."));
}

static void taken(struct sheet *s, const struct carry *y)
{
	const struct elsewhere_taken *t = &y->taken;
	char dev[2 * MARKS_DEV_SIZE + 1];
	char when[DATE_TEXT_SIZE];
	char period[DATE_TEXT_SIZE];
	char number[MONEY_TEXT_SIZE];

	str_to_hex(t->head.dev, sizeof(t->head.dev), dev);
	dev[6] = '\0';
	sheet_space(s);
	if (t->both > 0)
		parts_banner(s, tr("[PAID ON BOTH TERMINALS]"));
	else
		sheet_text(s, RANK_MUST, STYLE_TITLE, tr("PAID MARKS TAKEN"));
	sheet_space(s);
	parts_fact(s, RANK_MUST, tr("From terminal"), dev);
	parts_fact(s, RANK_MUST, tr("Made at"), date_time_vi(t->head.t, when));
	parts_fact(s, RANK_MUST, tr("Of list"), period_vi(t->period, period));
	parts_fact(s, RANK_MUST, tr("Paid there"),
		money_format(t->paid, number));
	parts_fact(s, RANK_MUST, tr("New here"),
		money_format(t->fresh, number));
	if (t->both > 0)
		parts_fact(s, RANK_MUST, tr("Paid here, too"),
			money_format(t->both, number));
	sheet_space(s);
	sheet_text(s, RANK_USEFUL, STYLE_NORMAL,
		tr("What is paid there is not paid here any more, unless a "
		   "supervisor approves."));
}

static void peer(struct sheet *s, const struct carry *y,
	const struct frame *frame)
{
	char dev[2 * MARKS_DEV_SIZE + 1];
	char key[2 * CRYPTO_PUBLIC_SIZE + 1];

	str_to_hex(y->peer.dev, sizeof(y->peer.dev), dev);
	dev[6] = '\0';
	str_to_hex(y->peer.public, sizeof(y->peer.public), key);
	key[16] = '\0';
	sheet_space(s);
	sheet_text(s, RANK_MUST, STYLE_TITLE,
		tr("THE CARD OF ANOTHER TERMINAL"));
	sheet_space(s);
	parts_fact(s, RANK_MUST, tr("Terminal"), dev);
	parts_fact(s, RANK_USEFUL, tr("Its key"), key);
	sheet_space(s);
	sheet_text(s, RANK_MUST, STYLE_NORMAL,
		tr("Is it a terminal of this office, and did you scan it off "
		   "its own screen? What it says it has paid stops payments "
		   "here."));
	sheet_space(s);
	parts_choices(s, frame->binding, frame->bindings);
}

void carry_view(const struct carry *y, const struct frame_info *info,
	struct canvas *c)
{
	struct frame frame = {.title = tr("PAID MARKS"), .notice = &y->notice};
	struct sheet s;

	if (y->step == CARRY_SHOW || y->step == CARRY_CARD) {
		code(y, info, c);
		return;
	}
	sheet_init(&s, c);
	frame.binding = carry_bindings(y, &frame.bindings);
	frame.choices_in_body = y->step == CARRY_PEER;
	switch (y->step) {
	case CARRY_PRINTING:
		printing(&s, y);
		break;
	case CARRY_STOPPED:
		stopped(&s, y);
		break;
	case CARRY_COLLECT:
		collect(&s, y);
		break;
	case CARRY_TAKEN:
		taken(&s, y);
		break;
	case CARRY_PEER:
		peer(&s, y, &frame);
		break;
	default:
		parts_waiting(&s, tr("The book is being asked"));
	}
	frame_show(c, info, &frame, &s);
}
