#include "terminal/ui/canvas.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/buf.h"
#include "core/utf8.h"

static int within(int value, int low, int high)
{
	return value < low ? low : value > high ? high : value;
}

static struct cell make_cell(uint32_t ch, enum style style)
{
	return (struct cell){.ch = ch & 0xffffff,
		.style = (unsigned)style & 0xff};
}

void canvas_clear(struct canvas *c, int rows, int cols)
{
	const struct cell blank = make_cell(' ', STYLE_NORMAL);

	c->rows = within(rows, 0, CANVAS_MAX_ROWS);
	c->cols = within(cols, 0, CANVAS_MAX_COLS);
	c->cursor_row = -1;
	c->cursor_col = -1;
	c->cursor_shown = false;
	c->typed = 0;
	c->secret = false;
	c->lines = false;
	memset(&c->part, 0, sizeof(c->part));
	canvas_clip(c, NULL);
	for (int row = 0; row < c->rows; row++)
		for (int col = 0; col < c->cols; col++)
			c->cell[row][col] = blank;
}

void canvas_for_lines(struct canvas *c, int cols)
{
	canvas_clear(c, CANVAS_MAX_ROWS, cols);
	c->lines = true;
}

void canvas_clip(struct canvas *c, const struct canvas_area *area)
{
	int bottom;
	int right;

	c->clip = (struct canvas_area){.rows = c->rows, .cols = c->cols};
	if (!area)
		return;
	bottom = within(area->row + area->rows, 0, c->rows);
	right = within(area->col + area->cols, 0, c->cols);
	c->clip.row = within(area->row, 0, bottom);
	c->clip.col = within(area->col, 0, right);
	c->clip.rows = bottom - c->clip.row;
	c->clip.cols = right - c->clip.col;
}

static bool is_inside(const struct canvas *c, int row, int col)
{
	return row >= c->clip.row && row < c->clip.row + c->clip.rows &&
	       col >= c->clip.col && col < c->clip.col + c->clip.cols;
}

/* Drawing over one half of a wide character blanks the other. */
static void mend(struct canvas *c, int row, int col)
{
	struct cell *cell = c->cell[row];

	if (cell[col].ch == 0 && col > 0)
		cell[col - 1].ch = ' ';
	if (col + 1 < c->cols && cell[col + 1].ch == 0)
		cell[col + 1].ch = ' ';
}

static void put(struct canvas *c, int row, int col, uint32_t ch,
	enum style style)
{
	mend(c, row, col);
	c->cell[row][col] = make_cell(ch, style);
}

/* Returns the columns it takes, drawn or not. */
static int put_char(struct canvas *c, int row, int col, uint32_t ch,
	enum style style)
{
	const int width = utf8_width(ch);

	/* No font of a console has the replacement character. */
	if (ch == UTF8_BAD)
		ch = '?';
	/* Half a wide character would break the line in two. */
	if (width == 0 || !is_inside(c, row, col) ||
		!is_inside(c, row, col + width - 1))
		return width;
	put(c, row, col, ch, style);
	if (width == 2) {
		mend(c, row, col + 1);
		c->cell[row][col] = make_cell(ch, style);
		c->cell[row][col + 1] = make_cell(0, style);
	}
	return width;
}

int canvas_text(struct canvas *c, int row, int col, enum style style,
	const char *text)
{
	while (*text)
		col += put_char(c, row, col, utf8_next(&text), style);
	return col;
}

int canvas_print(struct canvas *c, int row, int col, enum style style,
	const char *fmt, ...)
{
	char text[1024];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	return canvas_text(c, row, col, style, text);
}

int canvas_right(struct canvas *c, int row, int end, enum style style,
	const char *text)
{
	const int col = end - utf8_columns(text);

	canvas_text(c, row, col, style, text);
	return col;
}

int canvas_repeat(struct canvas *c, int row, int col, enum style style,
	uint32_t ch, int count)
{
	assert(utf8_width(ch) == 1);
	for (int i = 0; i < count; i++)
		if (is_inside(c, row, col + i))
			put(c, row, col + i, ch, style);
	return col + (count > 0 ? count : 0);
}

void canvas_restyle(struct canvas *c, int row, int col, int cols,
	enum style style)
{
	for (int i = col; i < col + cols; i++)
		if (is_inside(c, row, i))
			c->cell[row][i].style = (unsigned)style & 0xff;
}

void canvas_copy(struct canvas *c, int row, int col, const struct canvas *src,
	int src_row, int cols)
{
	if (src_row < 0 || src_row >= src->rows)
		return;
	for (int i = 0; i < cols && i < src->cols; i++) {
		const struct cell *cell = &src->cell[src_row][i];

		if (cell->ch != 0)
			put_char(c, row, col + i, cell->ch,
				(enum style)cell->style);
	}
}

void canvas_cursor(struct canvas *c, int row, int col, bool shown)
{
	if (c->rows == 0 || c->cols == 0)
		return;
	c->cursor_row = within(row, 0, c->rows - 1);
	c->cursor_col = within(col, 0, c->cols - 1);
	c->cursor_shown = shown;
}

void canvas_cursor_at_text(struct canvas *c, const struct canvas_area *area)
{
	const int bottom = within(area->row + area->rows, 0, c->rows);
	const int right = within(area->col + area->cols, 0, c->cols);

	canvas_cursor(c, 0, 0, false);
	for (int row = area->row; row < bottom; row++)
		for (int col = area->col; col < right; col++)
			if (c->cell[row][col].ch != ' ') {
				canvas_cursor(c, row, col, false);
				return;
			}
}

/* The cells of a row up to the last that is not blank. */
static int row_length(const struct canvas *c, int row)
{
	int end = c->cols;

	while (end > 0 && c->cell[row][end - 1].ch == ' ')
		end--;
	return end;
}

static void dump_row(const struct canvas *c, int row, struct buf *out)
{
	const int end = row_length(c, row);

	for (int col = 0; col < end; col++) {
		char bytes[UTF8_MAX_BYTES];

		if (c->cell[row][col].ch != 0)
			buf_put(out, bytes,
				utf8_encode(c->cell[row][col].ch, bytes));
	}
	buf_byte(out, '\n');
}

void canvas_dump(const struct canvas *c, char *out, size_t size)
{
	struct buf text;

	buf_init(&text, out, size);
	for (int row = 0; row < c->rows; row++)
		dump_row(c, row, &text);
	buf_text(&text);
}

static void dump_row_styles(const struct canvas *c, int row, struct buf *out)
{
	int end = c->cols;

	while (end > 0 && c->cell[row][end - 1].style == STYLE_NORMAL)
		end--;
	if (end == 0)
		return;
	buf_byte(out, '~');
	for (int col = 0; col < end; col++)
		buf_byte(out,
			(unsigned char)
				canvas_style_letter((enum style)c
							    ->cell[row][col]
							    .style));
	buf_byte(out, '\n');
}

void canvas_dump_styles(const struct canvas *c, char *out, size_t size)
{
	struct buf text;

	buf_init(&text, out, size);
	for (int row = 0; row < c->rows; row++) {
		buf_byte(&text, ' ');
		dump_row(c, row, &text);
		dump_row_styles(c, row, &text);
	}
	buf_text(&text);
}

char canvas_style_letter(enum style style)
{
	static const char letter[STYLE_COUNT + 1] = " dTFKMfsnwSX";

	assert((int)style >= 0 && style < STYLE_COUNT);
	return letter[style];
}
