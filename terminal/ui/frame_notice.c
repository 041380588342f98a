#include "terminal/ui/frame_notice.h"

#include <string.h>

#include "core/utf8.h"
#include "terminal/ui/layout.h"
#include "terminal/ui/sheet.h"
#include "terminal/ui/wrap.h"

enum {
	SIGN_COLS = 2, /* the sign and its blank */
	LINE_BYTES = 1024
};

/* Behind what was cut: the help key shows the rest. */
#define MORE " ...#"

static const enum sign signs[] = {
	[NOTICE_NOTE] = SIGN_NOTE,
	[NOTICE_WARN] = SIGN_WARNING,
	[NOTICE_STOP] = SIGN_STOP,
};

static int text_cols(const struct canvas *c)
{
	return c->cols - 2 * layout_margin(c) - SIGN_COLS;
}

int frame_notice_rows(const struct canvas *c, const struct notice *n)
{
	return wrap_lines(n->text, text_cols(c));
}

void frame_notice_cut(const struct notice *n, int cols, int rows,
	struct notice *out)
{
	const char *rest = n->text;
	char line[LINE_BYTES];

	*out = *n;
	cols -= SIGN_COLS;
	if (wrap_lines(n->text, cols) <= rows)
		return;
	notice_clear(out);
	if (rows <= 0)
		return;
	for (int i = 1; i < rows; i++)
		rest = wrap_next(rest, cols, line, sizeof(line));
	wrap_next(rest, cols - utf8_columns(MORE), line, sizeof(line));
	notice_say(out, n->level, "%.*s%s%s", (int)(rest - n->text), n->text,
		line, MORE);
}

void frame_notice_draw(struct canvas *c, const struct notice *n, int row,
	int rows)
{
	const struct canvas_area area = {row, 0, rows, c->cols};
	struct notice less;
	struct sheet sheet;

	frame_notice_cut(n, text_cols(c) + SIGN_COLS, rows, &less);
	sheet_init(&sheet, c);
	sheet_sign(&sheet, RANK_MUST, signs[n->level], less.text);
	sheet_show(&sheet, c, &area);
	canvas_cursor(c, area.row, sheet.margin, false);
}

void frame_notice_on_rule(struct canvas *c, const struct notice *n, int row)
{
	/* A piece of the rule and a blank at both ends. */
	const int cols = c->cols - 4;
	struct canvas_area area = {row, 0, 1, c->cols - 1};
	struct notice less;
	struct sheet sheet;

	frame_notice_cut(n, cols, 1, &less);
	sheet_init(&sheet, c);
	sheet.margin = 0;
	sheet.cols = cols;
	sheet_sign(&sheet, RANK_MUST, signs[n->level], less.text);
	canvas_clip(c, &area);
	canvas_text(c, row, 1, STYLE_DIM, " ");
	canvas_copy(c, row, 2, &sheet.lines, 0,
		SIGN_COLS + utf8_columns(less.text));
	canvas_text(c, row, 2 + SIGN_COLS + utf8_columns(less.text), STYLE_DIM,
		" ");
	canvas_clip(c, NULL);
}
