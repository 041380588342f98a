#include "terminal/ui/passing_view.h"

#include <stdio.h>

#include "core/money.h"
#include "core/str.h"
#include "core/tr.h"
#include "terminal/ui/parts.h"
#include "terminal/ui/qr_view.h"

static void code(const struct passing *p, const struct frame_info *info,
	struct canvas *c)
{
	struct qr_words w = {
		.notice = p->notice.text[0] ? &p->notice : info->notice};
	const struct handover_shown *h = &p->ways.shown;
	const int all = marks_pieces(h->len, MARKS_ON_SCREEN);
	char amount[MONEY_TEXT_SIZE];
	char to[HANDOVER_SHORT_SIZE];
	char text[MARKS_TEXT_SIZE];
	char says[256];
	char title[96];

	passing_terminal(p, to);
	snprintf(title, sizeof(title), tr("TO TERMINAL %s"), to);
	snprintf(says, sizeof(says),
		tr("Code %d of %d. %s: %s đồng, paid there."), p->piece + 1,
		all, p->who.name, money_format(h->amount, amount));
	w.binding = passing_bindings(p, &w.bindings);
	w.title = title;
	w.says = says;
	w.more = tr("Scan all codes at that terminal. Here nothing is paid any "
		    "more, whoever approves.");
	w.instead = tr("This screen is too small for the code: use one of "
		       "40x24 or more, or paper (key 3).");
	passing_code(p, text);
	qr_view(text, &w, c);
}

static void who(struct sheet *s, const struct passing *p)
{
	char amount[MONEY_TEXT_SIZE];
	char money[MONEY_TEXT_SIZE + 16];

	snprintf(money, sizeof(money), tr("%s đồng"),
		money_format(p->due, amount));
	parts_name(s, p->who.name);
	parts_fact(s, RANK_MUST, tr("To be paid"), money);
}

static void pick(struct sheet *s, const struct passing *p)
{
	char dev[HANDOVER_SHORT_SIZE];

	who(s, p);
	sheet_space(s);
	if (p->ways.peers == 0) {
		sheet_text(s, RANK_MUST, STYLE_NORMAL,
			tr("No other terminal is known here. A supervisor "
			   "scans "
			   "its card first: there * * 9, then 5 shows it."));
		return;
	}
	sheet_text(s, RANK_MUST, STYLE_NORMAL,
		tr("Which terminal is to pay? There * * . and 9 shows its "
		   "number."));
	sheet_space(s);
	for (int i = 0; i < p->ways.peers; i++) {
		str_to_hex(p->ways.peer[i], sizeof(dev) / 2, dev);
		sheet_print(s, RANK_MUST, STYLE_TITLE, tr("[%d] terminal %s"),
			i + 1, dev);
	}
}

static void sure(struct sheet *s, const struct passing *p,
	const struct frame *frame)
{
	char to[HANDOVER_SHORT_SIZE];

	who(s, p);
	passing_terminal(p, to);
	parts_fact(s, RANK_MUST, tr("Goes to terminal"), to);
	sheet_space(s);
	sheet_text(s, RANK_MUST, STYLE_NORMAL,
		tr("From then on this terminal does not pay, and nobody can "
		   "approve it. It comes back only if the other one hands it "
		   "back."));
	sheet_space(s);
	parts_choices(s, frame->binding, frame->bindings);
}

static void collect(struct sheet *s, const struct passing *p)
{
	char count[48];
	int there = 0;
	const int all = marks_parts_all(&p->parts);

	for (int i = 0; i < all; i++)
		there += marks_lacking(&p->parts, i) != i + 1;
	snprintf(count, sizeof(count), tr("%d of %d codes"), there, all);
	sheet_space(s);
	sheet_text(s, RANK_MUST, STYLE_TITLE,
		tr("SOMEBODY FROM ANOTHER TERMINAL"));
	sheet_space(s);
	parts_fact(s, RANK_MUST, tr("This terminal"), p->own);
	if (passing_counts(p))
		parts_fact(s, RANK_MUST, tr("Scanned"), count);
	sheet_text(s, RANK_MUST, STYLE_NORMAL,
		tr("Scan the code off the other terminal, or off its slip. "
		   "There: the person's screen, * and 4."));
	sheet_space(s);
	sheet_text(s, RANK_NICE, STYLE_NORMAL,
		tr("The person has to be on a list of this terminal, too."));
}

static void taken(struct sheet *s, const struct passing *p)
{
	char amount[MONEY_TEXT_SIZE];
	char money[MONEY_TEXT_SIZE + 16];
	char from[HANDOVER_SHORT_SIZE];

	passing_terminal(p, from);
	snprintf(money, sizeof(money), tr("%s đồng"),
		money_format(p->taken.amount, amount));
	sheet_space(s);
	sheet_text(s, RANK_MUST, STYLE_TITLE, tr("TAKEN OVER"));
	sheet_space(s);
	parts_name(s, p->name);
	parts_fact(s, RANK_MUST, tr("To be paid"), money);
	parts_fact(s, RANK_MUST, tr("From terminal"), from);
	sheet_space(s);
	sheet_text(s, RANK_USEFUL, STYLE_NORMAL,
		tr("This terminal pays now, the other one does not any more."));
}

void passing_view(const struct passing *p, const struct frame_info *info,
	struct canvas *c)
{
	struct frame frame = {.title = tr("ANOTHER TERMINAL"),
		.notice = &p->notice};
	struct sheet s;

	if (p->step == PASSING_SHOW) {
		code(p, info, c);
		return;
	}
	sheet_init(&s, c);
	frame.binding = passing_bindings(p, &frame.bindings);
	frame.choices_in_body = p->step == PASSING_SURE;
	switch (p->step) {
	case PASSING_PICK:
		pick(&s, p);
		break;
	case PASSING_SURE:
		sure(&s, p, &frame);
		break;
	case PASSING_COLLECT:
		collect(&s, p);
		break;
	case PASSING_TAKEN:
		taken(&s, p);
		break;
	default:
		parts_waiting(&s, tr("The book is being asked"));
	}
	frame_show(c, info, &frame, &s);
}
