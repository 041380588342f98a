#include "terminal/ui/notpaid_view.h"

#include "core/tr.h"
#include "terminal/ui/parts.h"

enum {
	DATE_COLS = 12
};

static void body_sure(struct sheet *s, const struct notpaid *n)
{
	char date[DATE_TEXT_SIZE];

	parts_banner(s, tr("RECORD THAT THE MONEY IS NOT PAID?"));
	parts_name(s, n->name);
	sheet_space(s);
	parts_fact(s, RANK_MUST, tr("Reason"), notpaid_reason_text(n->reason));
	parts_fact(s, RANK_MUST, tr("Died on"), date_vi(n->date, date));
}

void notpaid_view(const struct notpaid *notpaid, const struct frame_info *info,
	struct canvas *c)
{
	struct frame frame = {.title = tr("RECORD: NOT PAID"),
		.notice = &notpaid->notice,
		.choices_in_body = notpaid->step == NOTPAID_REASON};
	char text[ENTRY_SIZE * 3];
	struct sheet s;

	sheet_init(&s, c);
	frame.binding = notpaid_bindings(notpaid->step, &frame.bindings);
	switch (notpaid->step) {
	case NOTPAID_REASON:
		parts_name(&s, notpaid->name);
		sheet_text(&s, RANK_USEFUL, STYLE_NORMAL,
			tr("Why is the money not paid?"));
		sheet_space(&s);
		parts_choices(&s, frame.binding, frame.bindings);
		break;
	case NOTPAID_DATE:
		parts_name(&s, notpaid->name);
		sheet_space(&s);
		sheet_field(&s, tr("Day of death:"),
			entry_shown(&notpaid->typed, text, sizeof(text)),
			DATE_COLS, true);
		sheet_space(&s);
		sheet_sign(&s, RANK_USEFUL, SIGN_NOTE,
			tr("As on the death certificate: 05/11/2026, or the "
			   "year alone"));
		break;
	case NOTPAID_SURE:
		body_sure(&s, notpaid);
		break;
	case NOTPAID_SAVING:
		parts_name(&s, notpaid->name);
		parts_waiting(&s, tr("Writing it into the book..."));
		break;
	case NOTPAID_STEP_COUNT:
		break;
	}
	frame_show(c, info, &frame, &s);
}
