#include "terminal/ui/bypad_view.h"

#include "core/tr.h"
#include "terminal/ui/parts.h"

enum {
	NUMBER_COLS = 20,
	DAY_COLS = 12,
	TIME_COLS = 5
};

static void typed(struct sheet *s, const char *label, const struct entry *e,
	int cols, bool active)
{
	char text[ENTRY_SIZE * 3];

	sheet_field(s, label, entry_shown(e, text, sizeof(text)), cols, active);
}

static void body_typing(struct sheet *s, const struct bypad *b)
{
	sheet_text(s, RANK_USEFUL, STYLE_NORMAL,
		tr("What was paid by hand when the machine was down, as the "
		   "sheet says it."));
	sheet_space(s);
	typed(s, tr("Number of the sheet:"), &b->number, NUMBER_COLS,
		b->step == BYPAD_NUMBER);
	if (b->step != BYPAD_NUMBER)
		typed(s, tr("Day:"), &b->day, DAY_COLS, b->step == BYPAD_DAY);
	if (b->step == BYPAD_TIME)
		typed(s, tr("Hour and minute:"), &b->time, TIME_COLS, true);
	sheet_space(s);
	if (b->step == BYPAD_DAY)
		sheet_sign(s, RANK_USEFUL, SIGN_NOTE,
			tr("ENTER alone means today"));
}

static void body_sure(struct sheet *s, const struct bypad *b)
{
	char when[DATE_TEXT_SIZE];

	parts_banner(s, tr("PAID BY HAND: GIVE NO MONEY NOW"));
	parts_name(s, b->name);
	sheet_space(s);
	sheet_amount(s, b->amount);
	sheet_space(s);
	parts_fact(s, RANK_MUST, tr("Sheet of the pad"), b->number.text);
	parts_fact(s, RANK_MUST, tr("Paid on"),
		date_time_vi(b->given_at, when));
	sheet_text(s, RANK_USEFUL, STYLE_NORMAL,
		tr("Name and amount must be those on the sheet."));
}

void bypad_view(const struct bypad *bypad, const struct frame_info *info,
	struct canvas *c)
{
	struct frame frame = {.title = tr("SHEET OF THE PAD"),
		.notice = &bypad->notice};
	struct sheet s;

	sheet_init(&s, c);
	frame.binding = bypad_bindings(bypad->step, &frame.bindings);
	if (bypad->step == BYPAD_SURE)
		body_sure(&s, bypad);
	else
		body_typing(&s, bypad);
	frame_show(c, info, &frame, &s);
}
