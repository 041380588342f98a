#include "terminal/ui/band.h"

#include <stdio.h>

#include "core/tr.h"
#include "terminal/ui/layout.h"
#include "terminal/ui/wrap.h"

enum {
	RULE = 0x2500,
	SPARE = 2, /* rows left to the body before the title is shown */
	TEXT_SIZE = 512
};

static int text_cols(const struct canvas *c)
{
	return c->cols - 2 * layout_margin(c);
}

/* Without a title above it the text says which lesson it is. */
static void say_text(const struct tour_band *b, bool titled, char *out,
	size_t size)
{
	if (titled)
		snprintf(out, size, "%s", b->text);
	else
		snprintf(out, size, "[%d/%d] %s", b->lesson, b->lessons,
			b->text);
}

/* Rows of the text and the rule below it. */
static int text_rows(const struct tour_band *b, const struct canvas *c,
	bool titled)
{
	char text[TEXT_SIZE];

	say_text(b, titled, text, sizeof(text));
	return wrap_lines(text, text_cols(c)) + 1;
}

struct band_room band_room(const struct tour_band *band, const struct canvas *c,
	int rows, int must)
{
	struct band_room room = {BAND_NONE, 0};

	if (!band)
		return room;
	room.form = BAND_TITLE;
	room.rows = 1 + text_rows(band, c, true);
	if (must + room.rows + SPARE <= rows)
		return room;
	room.form = BAND_TEXT;
	room.rows = text_rows(band, c, false);
	if (must + room.rows <= rows && layout_height(c) != LAYOUT_TIGHT)
		return room;
	room.form = BAND_BRIEF;
	room.rows = 1;
	if (must + room.rows <= rows)
		return room;
	return (struct band_room){BAND_RULE, 0};
}

void band_count(const struct tour_band *band, char *out, size_t size)
{
	snprintf(out, size, tr("[LESSON %d/%d]"), band->lesson, band->lessons);
}

/* "[LESSON 3/14] The help key          minute 2" */
static void draw_title(const struct tour_band *b, struct canvas *c, int row)
{
	const int margin = layout_margin(c);
	char text[TEXT_SIZE];
	int col;

	band_count(b, text, sizeof(text));
	col = canvas_text(c, row, margin, STYLE_STATE, text);
	canvas_text(c, row, col + 1, STYLE_TITLE, b->title);
	if (layout_width(c) == LAYOUT_NARROW)
		return;
	snprintf(text, sizeof(text), tr("minute %d"), b->minutes + 1);
	canvas_right(c, row, c->cols - margin, STYLE_DIM, text);
}

static void draw_text(const struct tour_band *b, struct canvas *c, int row,
	bool titled)
{
	char text[TEXT_SIZE];
	char line[TEXT_SIZE];
	const char *rest = text;

	say_text(b, titled, text, sizeof(text));
	while (*rest) {
		rest = wrap_next(rest, text_cols(c), line, sizeof(line));
		canvas_text(c, row++, layout_margin(c), STYLE_MAIN, line);
	}
	canvas_repeat(c, row, 0, STYLE_DIM, RULE, c->cols);
}

static int draw_brief(const struct tour_band *b, struct canvas *c, int row,
	int col)
{
	char count[TEXT_SIZE];

	snprintf(count, sizeof(count), "[%d/%d]", b->lesson, b->lessons);
	col = canvas_text(c, row, col, STYLE_STATE, count);
	canvas_text(c, row, col, STYLE_DIM, " ");
	return canvas_text(c, row, col + 1, STYLE_MAIN, b->brief);
}

static void draw_on_rule(const struct tour_band *b, struct canvas *c, int row)
{
	canvas_repeat(c, row, 0, STYLE_DIM, RULE, c->cols);
	canvas_text(c, row, draw_brief(b, c, row, 0), STYLE_DIM, " ");
}

void band_draw(const struct tour_band *band, struct canvas *c, int row,
	struct band_room room, int rule)
{
	switch (room.form) {
	case BAND_NONE:
		break;
	case BAND_RULE:
		draw_on_rule(band, c, rule);
		break;
	case BAND_BRIEF:
		draw_brief(band, c, row, layout_margin(c));
		break;
	case BAND_TITLE:
		draw_title(band, c, row);
		draw_text(band, c, row + 1, true);
		break;
	case BAND_TEXT:
		draw_text(band, c, row, false);
		break;
	}
}
