#include "terminal/ui/sheet.h"

#include <stdarg.h>
#include <stdio.h>

#include "core/money.h"
#include "core/tr.h"
#include "core/utf8.h"
#include "terminal/ui/figures.h"
#include "terminal/ui/layout.h"
#include "terminal/ui/wrap.h"

enum {
	PAIR_COLS = 38, /* label and value near enough to be read as one */
	LINE_BYTES = 1024
};

void sheet_init(struct sheet *s, const struct canvas *c)
{
	canvas_clear(&s->lines, 0, c->cols);
	s->margin = layout_margin(c);
	s->cols = c->cols - 2 * s->margin;
	s->pair_cols = s->cols < PAIR_COLS ? s->cols : PAIR_COLS;
	s->tight = layout_height(c) == LAYOUT_TIGHT;
	s->tall = layout_height(c) == LAYOUT_TALL;
	s->spoken = c->lines;
}

int sheet_line(struct sheet *s, enum rank rank)
{
	struct canvas *lines = &s->lines;
	const int row = lines->rows;

	if (row == CANVAS_MAX_ROWS)
		return CANVAS_MAX_ROWS; /* drawn off the edge: cut */
	for (int col = 0; col < lines->cols; col++)
		lines->cell[row][col] =
			(struct cell){.ch = ' ', .style = STYLE_NORMAL};
	lines->rows++;
	canvas_clip(lines, NULL);
	s->rank[row] = (uint8_t)rank;
	s->goes_on[row] = false;
	return row;
}

void sheet_space(struct sheet *s)
{
	sheet_line(s, RANK_SPACE);
}

static void wrapped(struct sheet *s, enum rank rank, enum style style,
	int indent, const char *text)
{
	char line[LINE_BYTES];

	for (bool first = true; *text; first = false) {
		const int row = sheet_line(s, rank);

		text = wrap_next(text, s->cols - indent, line, sizeof(line));
		canvas_text(&s->lines, row, s->margin + indent, style, line);
		if (!first && row < CANVAS_MAX_ROWS)
			s->goes_on[row] = true;
	}
}

void sheet_text(struct sheet *s, enum rank rank, enum style style,
	const char *text)
{
	wrapped(s, rank, style, 0, text);
}

void sheet_print(struct sheet *s, enum rank rank, enum style style,
	const char *fmt, ...)
{
	char text[LINE_BYTES];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	sheet_text(s, rank, style, text);
}

void sheet_sign(struct sheet *s, enum rank rank, enum sign sign,
	const char *text)
{
	static const struct {
		const char *mark;
		enum style style;
	} signs[] = {
		[SIGN_NOTE] = {"●", STYLE_NOTE},
		[SIGN_WARNING] = {"▲", STYLE_WARNING},
		[SIGN_STOP] = {"■", STYLE_STOP},
	};
	const int first = s->lines.rows;

	if (!*text)
		return;
	wrapped(s, rank, signs[sign].style, 2, text);
	canvas_text(&s->lines, first, s->margin, signs[sign].style,
		signs[sign].mark);
	if (sign != SIGN_STOP)
		return;
	/* The mark, the blank and the text are one reversed block. */
	for (int row = first; row < s->lines.rows; row++)
		canvas_restyle(&s->lines, row, s->margin, 2, STYLE_STOP);
}

void sheet_pair_room(struct sheet *s, const char *label, const char *value)
{
	/* A blank, two dots at least, two blanks. */
	const int wish = utf8_columns(label) + utf8_columns(value) + 5;

	if (wish > s->pair_cols)
		s->pair_cols = wish < s->cols ? wish : s->cols;
}

void sheet_pair(struct sheet *s, enum rank rank, const char *label,
	enum style style, const char *value)
{
	const int room = s->pair_cols - utf8_columns(value) - 1;
	const int value_at = s->margin + s->pair_cols - utf8_columns(value);
	char line[LINE_BYTES];
	int row;
	int col;

	/* A label cut short could mean something else: it has lines enough. */
	label = wrap_next(label, room, line, sizeof(line));
	while (*label) {
		canvas_text(&s->lines, sheet_line(s, rank), s->margin,
			STYLE_NORMAL, line);
		label = wrap_next(label, room, line, sizeof(line));
	}
	row = sheet_line(s, rank);
	col = canvas_text(&s->lines, row, s->margin, STYLE_NORMAL, line);
	canvas_repeat(&s->lines, row, col + 1, STYLE_DIM, '.',
		value_at - col - 3);
	canvas_text(&s->lines, row, value_at, style, value);
}

void sheet_money(struct sheet *s, enum rank rank, const char *label,
	int64_t amount)
{
	char text[MONEY_TEXT_SIZE];

	sheet_pair(s, rank, label, STYLE_NORMAL, money_format(amount, text));
}

void sheet_amount_line(struct sheet *s, int64_t amount)
{
	char text[MONEY_TEXT_SIZE];

	canvas_print(&s->lines, sheet_line(s, RANK_MUST), s->margin,
		STYLE_FIGURE, tr("%s dong"), money_format(amount, text));
}

void sheet_amount(struct sheet *s, int64_t amount)
{
	const int columns = figures_columns(amount);
	const char *unit = tr("dong");
	int indent = s->cols >= 53 ? 8 : 4;
	int row;

	if (indent + columns > s->cols)
		indent = 0;
	if (s->tight || s->spoken || columns > s->cols) {
		sheet_amount_line(s, amount);
		return;
	}
	row = sheet_line(s, RANK_MUST);
	for (int i = 1; i < FIGURES_ROWS; i++)
		sheet_line(s, RANK_MUST);
	figures_draw(&s->lines, row, s->margin + indent, STYLE_FIGURE, amount);
	if (indent + columns + 2 + utf8_columns(unit) <= s->cols)
		canvas_text(&s->lines, row + FIGURES_ROWS - 1,
			s->margin + indent + columns + 2, STYLE_DIM, unit);
}

void sheet_field(struct sheet *s, const char *label, const char *value,
	int width, bool active)
{
	const int row = sheet_line(s, RANK_MUST);
	int at = canvas_text(&s->lines, row, s->margin, STYLE_NORMAL, label);
	int end;

	if (at > s->margin)
		at++;
	end = canvas_text(&s->lines, row, at, STYLE_FIELD, value);
	canvas_repeat(&s->lines, row, end, STYLE_FIELD, '_', at + width - end);
	if (!active)
		return;
	canvas_cursor(&s->lines, row, end, true);
	s->lines.typed = utf8_columns(value);
}

void sheet_secret(struct sheet *s, const char *label, const char *shown,
	int width, bool active)
{
	sheet_field(s, label, shown, width, active);
	s->lines.secret = s->lines.secret || active;
}

struct states sheet_states(struct sheet *s)
{
	return (struct states){sheet_line(s, RANK_MUST), s->margin};
}

void sheet_state(struct sheet *s, struct states *at, enum style style,
	const char *text)
{
	const int columns = utf8_columns(text) + 2;

	if (at->col > s->margin && at->col + columns > s->margin + s->cols) {
		at->row = sheet_line(s, RANK_MUST);
		at->col = s->margin;
	}
	at->col =
		canvas_print(&s->lines, at->row, at->col, style, "[%s]", text);
	at->col += s->cols < 53 ? 1 : 2;
}

int sheet_must(const struct sheet *s)
{
	int must = 0;

	for (int i = 0; i < s->lines.rows; i++)
		must += s->rank[i] == RANK_MUST;
	return must;
}

/* The text that ends in this row, all of it: half a sentence may say what is
 * not so. Returns its first row. */
static int leave_out(const struct sheet *s, int row, bool *shown, int *over)
{
	for (;; row--) {
		shown[row] = false;
		(*over)--;
		if (row == 0 || !s->goes_on[row])
			return row;
	}
}

/* What of each rank, from the last up, must be left out. */
static void choose(const struct sheet *s, int rows, bool *shown)
{
	int over = s->lines.rows - rows;

	for (int i = 0; i < s->lines.rows; i++)
		shown[i] = true;
	for (int rank = RANK_PAD; rank > RANK_MUST; rank--)
		for (int i = s->lines.rows - 1; i >= 0 && over > 0; i--)
			if (s->rank[i] == rank)
				i = leave_out(s, i, shown, &over);
}

static void show_cursor(const struct sheet *s, struct canvas *c, int from,
	int to)
{
	if (s->lines.cursor_row == from)
		canvas_cursor(c, to, s->lines.cursor_col,
			s->lines.cursor_shown);
}

void sheet_show(const struct sheet *s, struct canvas *c,
	const struct canvas_area *area)
{
	bool shown[CANVAS_MAX_ROWS];
	int row = area->row;
	const int end = area->row + area->rows;

	choose(s, area->rows, shown);
	canvas_clip(c, area);
	for (int i = 0; i < s->lines.rows; i++) {
		if (!shown[i])
			continue;
		if (row == end) {
			canvas_repeat(c, end - 1, area->col, STYLE_STOP, ' ',
				area->cols);
			canvas_text(c, end - 1, s->margin, STYLE_STOP,
				tr("The rest needs a bigger screen"));
			break;
		}
		canvas_copy(c, row, 0, &s->lines, i, s->lines.cols);
		show_cursor(s, c, i, row);
		row++;
	}
	canvas_clip(c, NULL);
}
