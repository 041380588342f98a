#include "terminal/ui/working_view.h"

#include <stdio.h>

#include "core/tr.h"
#include "core/utf8.h"
#include "terminal/flows/far_text.h"
#include "terminal/ui/bar.h"
#include "terminal/ui/parts.h"

enum {
	BAR_COLS = 50,
	EMPTY = 0x2500
};

static void bar(struct sheet *s, int permille)
{
	const int cols = s->cols - 8 < BAR_COLS ? s->cols - 8 : BAR_COLS;
	const struct bar b = {cols, STYLE_TITLE, EMPTY};
	const int row = sheet_line(s, RANK_USEFUL);

	if (s->spoken)
		return;
	bar_draw(&s->lines, row, s->margin, &b, permille, 1000);
	canvas_print(&s->lines, row, s->margin + cols + 1, STYLE_TITLE, "%d%%",
		permille < 990 ? permille / 10 : 99);
}

/* Nothing where nobody knows. */
static void fact(struct sheet *s, enum rank rank, const char *label,
	int64_t amount, enum far_unit unit)
{
	char text[FAR_TEXT_SIZE];

	if (amount <= 0)
		return;
	far_amount_text(amount, unit, text, sizeof(text));
	parts_fact(s, rank, label, text);
}

static void facts(struct sheet *s, const struct working *w)
{
	const struct far *f = &w->far;
	const int64_t left = far_left_ms(f, w->now_ms - w->began_ms);
	const bool rows = f->unit == FAR_ROWS;
	char text[FAR_TEXT_SIZE];

	far_time_text(w->now_ms - w->began_ms, text, sizeof(text));
	parts_fact(s, RANK_USEFUL, tr("At work for"), text);
	if (left >= 0) {
		far_time_text(left, text, sizeof(text));
		parts_fact(s, RANK_MUST, tr("Time left, about"), text);
	}
	fact(s, RANK_NICE, rows ? tr("Rows done") : tr("Written"), f->done,
		f->unit);
	fact(s, RANK_NICE, tr("In a second"),
		far_rate(f, w->now_ms - w->part_ms), f->unit);
}

void working_view(const struct working *w, const struct frame_info *info,
	struct canvas *c)
{
	struct frame frame = {.title = working_title(w)};
	struct sheet s;

	sheet_init(&s, c);
	frame.binding = working_bindings(w, &frame.bindings);
	parts_waiting(&s, w->stop ? tr("It is being stopped and taken back")
				  : tr("This takes a while"));
	sheet_space(&s);
	if (far_permille(&w->far) >= 0)
		bar(&s, far_permille(&w->far));
	facts(&s, w);
	sheet_space(&s);
	if (!w->stop)
		sheet_sign(&s, RANK_USEFUL, SIGN_NOTE,
			tr("Leave the stick where it is until this is over."));
	frame_show(c, info, &frame, &s);
}
