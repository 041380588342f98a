#include "terminal/ui/layout.h"

#include <stdio.h>

#include "core/tr.h"
#include "terminal/ui/wrap.h"

enum layout_width layout_width(const struct canvas *c)
{
	if (c->cols >= 76)
		return LAYOUT_WIDE;
	return c->cols >= 53 ? LAYOUT_MIDDLE : LAYOUT_NARROW;
}

enum layout_height layout_height(const struct canvas *c)
{
	if (c->rows >= 25)
		return LAYOUT_TALL;
	return c->rows >= 20 ? LAYOUT_SHORT : LAYOUT_TIGHT;
}

int layout_margin(const struct canvas *c)
{
	return layout_width(c) == LAYOUT_WIDE && !c->lines ? 2 : 0;
}

bool layout_too_small(struct canvas *c)
{
	char line[512];
	char text[256];
	const char *rest = text;

	if (c->rows >= LAYOUT_MIN_ROWS && c->cols >= LAYOUT_MIN_COLS)
		return false;
	snprintf(text, sizeof(text),
		tr("The screen is too small: %d x %d. At least %d columns "
		   "and %d rows are needed. Nothing is lost."),
		c->cols, c->rows, LAYOUT_MIN_COLS, LAYOUT_MIN_ROWS);
	for (int row = 0; row < c->rows && *rest; row++) {
		rest = wrap_next(rest, c->cols, line, sizeof(line));
		canvas_text(c, row, 0, STYLE_NORMAL, line);
	}
	return true;
}
