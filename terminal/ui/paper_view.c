#include "terminal/ui/paper_view.h"

#include <stdio.h>
#include <string.h>

#include "core/tr.h"
#include "core/utf8.h"
#include "terminal/ui/parts.h"

enum {
	LEAST = 5, /* columns that a column has at least … */
	MOST = 28, /* … and at most, on a wide screen */
	NARROW = 50,
	HEADS = 3, /* lines of names, 2 where rows are few */
	SPOKEN_ROWS = 8,
	CELL_SIZE = 1024
};

/* Columns that are on the screen, from left to right. */
struct shown {
	int count;
	int column[PAPER_MAX_COLUMNS];
	int at[PAPER_MAX_COLUMNS];
	int width[PAPER_MAX_COLUMNS];
};

/* Columns of the longest word. */
static int longest_word(const char *text)
{
	int most = 0;

	while (*text) {
		const size_t len = strcspn(text, " ");
		char word[CELL_SIZE];
		int width;

		snprintf(word, sizeof(word), "%.*s", (int)len, text);
		width = utf8_columns(word);
		if (width > most)
			most = width;
		text += len + (text[len] == ' ');
	}
	return most;
}

static int width_of(const struct sheet *s, const struct paper_grid *g,
	int column, int stay)
{
	const int word = longest_word(paper_grid_name(g, column));
	const int name = utf8_columns(paper_grid_name(g, column));
	int most = s->cols < NARROW ? s->cols * 2 / 5 : MOST;
	int width = paper_grid_width(g, column);

	/* Of those that stay the second is what tells rows apart. */
	if (column < stay)
		most = column == 0 ? LEAST : s->cols * 2 / 5;
	if (width < word)
		width = word;
	/* So that its name has room in the lines of the head. */
	if (column >= stay && width < (name + HEADS - 1) / HEADS + 2)
		width = (name + HEADS - 1) / HEADS + 2;
	if (width < LEAST && column >= stay)
		width = LEAST;
	return width > most ? most : width;
}

static bool show_column(struct shown *out, const struct sheet *s,
	const struct paper_grid *g, int column, int stay)
{
	const int last = out->count - 1;
	const int at =
		last < 0 ? s->margin : out->at[last] + out->width[last] + 1;
	const int left = s->margin + s->cols - at;
	int width = width_of(s, g, column, stay);

	/* The first of those that move is there whatever its width. */
	if (width > left && out->count > stay)
		return false;
	if (width > left)
		width = left;
	if (width <= 0)
		return false;
	out->column[out->count] = column;
	out->at[out->count] = at;
	out->width[out->count++] = width;
	return true;
}

static void choose(struct shown *out, const struct sheet *s,
	const struct paper_grid *g, const struct paper_place *at)
{
	out->count = 0;
	for (int i = 0; i < at->stay; i++)
		show_column(out, s, g, i, at->stay);
	for (int i = at->stay + at->column; i < paper_grid_columns(g); i++)
		if (!show_column(out, s, g, i, at->stay))
			break;
}

/* ---- heads ----------------------------------------------------------------- */

/* The line of a name that is wrapped; where the next one begins. */
static const char *wrap_line(const char *text, int width, char out[CELL_SIZE])
{
	size_t len = utf8_cut_columns(text, width);

	if (text[len] && text[len] != ' ')
		for (size_t i = len; i > 0; i--)
			if (text[i] == ' ') {
				len = i;
				break;
			}
	snprintf(out, CELL_SIZE, "%.*s", (int)len, text);
	text += len;
	while (*text == ' ')
		text++;
	return text;
}

/* Lines that the names of all columns need, so that rows stay where they are
 * when columns move. */
static int head_lines(const struct sheet *s, const struct paper_grid *g,
	int stay, int most)
{
	int lines = 1;

	for (int i = 0; i < paper_grid_columns(g); i++) {
		const char *name = paper_grid_name(g, i);
		const int width = width_of(s, g, i, stay);
		char line[CELL_SIZE];
		int needed = 0;

		for (; *name && needed < most; needed++)
			name = wrap_line(name, width, line);
		if (needed > lines)
			lines = needed;
	}
	return lines;
}

static void draw_heads(struct sheet *s, const struct paper_grid *g,
	const struct shown *shown, int lines)
{
	int row[HEADS];

	for (int i = 0; i < lines; i++)
		row[i] = sheet_line(s, RANK_MUST);
	for (int i = 0; i < shown->count; i++) {
		const char *name = paper_grid_name(g, shown->column[i]);

		for (int k = 0; k < lines && *name; k++) {
			char line[CELL_SIZE];

			name = wrap_line(name, shown->width[i], line);
			canvas_text(&s->lines, row[k], shown->at[i], STYLE_DIM,
				line);
		}
	}
}

/* ---- rows ------------------------------------------------------------------ */

static void draw_text(struct sheet *s, int row, int at, int width,
	enum paper_align align, enum style style, const char *text)
{
	const struct canvas_area area = {row, at, 1, width};
	const int columns = utf8_columns(text);

	canvas_clip(&s->lines, &area);
	if (align == PAPER_RIGHT && columns <= width)
		canvas_right(&s->lines, row, at + width, style, text);
	else
		canvas_text(&s->lines, row, at, style, text);
	canvas_clip(&s->lines, NULL);
}

static void draw_cells(struct sheet *s, const struct paper_grid *g,
	const struct shown *shown, int row, const struct paper_grid_row *r,
	enum style style)
{
	for (int i = 0; i < shown->count; i++) {
		const char *text = r->text[shown->column[i]];
		int width = shown->width[i];

		if (!text)
			continue;
		/* It covers what is empty behind it. */
		for (int k = i + 1; k < shown->count; k++) {
			if (r->text[shown->column[k]])
				break;
			width = shown->at[k] + shown->width[k] - shown->at[i];
		}
		draw_text(s, row, shown->at[i], width,
			paper_grid_align(g, shown->column[i]), style, text);
	}
}

static void draw_row(struct sheet *s, const struct paper_grid *g,
	const struct shown *shown, int number, bool chosen)
{
	const int row = sheet_line(s, RANK_MUST);
	struct paper_grid_row r;
	enum style style;

	paper_grid_row(g, number, &r);
	style = chosen                     ? STYLE_FIELD
		: r.weight == PAPER_STRONG ? STYLE_TITLE
					   : STYLE_NORMAL;
	if (chosen)
		canvas_cursor(&s->lines, row, s->margin, false);
	if (r.line)
		draw_text(s, row, s->margin, s->cols, PAPER_LEFT,
			chosen ? style : STYLE_DIM, r.text[0]);
	else
		draw_cells(s, g, shown, row, &r, style);
}

/* For ears: a row a line, with all that is in it. */
static void speak(struct sheet *s, const struct paper_grid *g, int from)
{
	const int rows = paper_grid_rows(g);

	for (int i = from; i < rows && i < from + SPOKEN_ROWS; i++) {
		struct paper_grid_row r;
		char text[4 * CELL_SIZE];
		size_t len = 0;

		paper_grid_row(g, i, &r);
		text[0] = '\0';
		for (int k = 0; k < paper_grid_columns(g); k++)
			if (r.text[k] && r.text[k][0] && len < sizeof(text))
				len += (size_t)snprintf(text + len,
					sizeof(text) - len, "%s%s",
					len > 0 ? "; " : "", r.text[k]);
		sheet_text(s, RANK_MUST, STYLE_NORMAL, text);
	}
}

void paper_view(struct sheet *s, const struct paper_grid *g,
	const struct paper_place *at, int room)
{
	const int rows = paper_grid_rows(g);
	const int heads =
		head_lines(s, g, at->stay, room < 12 ? HEADS - 1 : HEADS);
	struct shown shown;
	int each = room - s->lines.rows - heads - 1;
	int top;

	if (s->spoken) {
		speak(s, g, at->row);
		return;
	}
	choose(&shown, s, g, at);
	draw_heads(s, g, &shown, heads);
	if (each < 1)
		each = 1;
	top = at->row / each * each;
	for (int i = top; i < rows && i < top + each; i++)
		draw_row(s, g, &shown, i, i == at->row);
	if (rows == 0)
		sheet_text(s, RANK_MUST, STYLE_DIM, tr("Nothing yet"));
	else
		sheet_print(s, RANK_USEFUL, STYLE_DIM,
			tr("Row %d of %d, columns %d to %d of %d"), at->row + 1,
			rows,
			shown.count > at->stay ? shown.column[at->stay] + 1 : 1,
			shown.column[shown.count - 1] + 1,
			paper_grid_columns(g));
}

void paper_view_row(struct sheet *s, const struct paper_grid *g, int row,
	int column)
{
	struct paper_grid_row r;

	paper_grid_row(g, row, &r);
	if (r.line) {
		sheet_text(s, RANK_MUST, STYLE_NORMAL, r.text[0]);
		return;
	}
	for (int i = column; i < paper_grid_columns(g); i++)
		if (r.text[i] && r.text[i][0])
			parts_fact(s, i < column + 2 ? RANK_MUST : RANK_USEFUL,
				paper_grid_name(g, i), r.text[i]);
}
