#include "terminal/ui/lines.h"

#include <string.h>

#include "core/buf.h"
#include "core/crypto.h"
#include "core/utf8.h"

enum {
	RULE = 0x2500,
	BLOCK = 0x2588, /* of a bar that the figures beside it say, too */
	MASK = 0x25cf
};

void lines_init(struct lines *l)
{
	l->any = false;
	l->said.rows = 0;
	l->said.body = 0;
	l->said.question = -1;
}

void lines_forget(struct lines *l)
{
	crypto_wipe(l, sizeof(*l));
	lines_init(l);
}

/* ---- a row as a line ------------------------------------------------------ */

/* A line that is being put together. */
struct line {
	struct buf out;
	int blanks; /* before the next character */
	bool any;
};

static void put(struct line *l, uint32_t ch)
{
	char bytes[UTF8_MAX_BYTES];

	/* Columns stay apart, and nothing stands before the first. */
	for (int i = 0; l->any && i < l->blanks && i < 2; i++)
		buf_byte(&l->out, ' ');
	buf_put(&l->out, bytes, utf8_encode(ch, bytes));
	l->blanks = 0;
	l->any = true;
}

/* So many cells alike. */
static int run(const struct canvas *c, int row, int col)
{
	const struct cell *cell = c->cell[row];
	int end = col + 1;

	while (end < c->cols && cell[end].ch == cell[col].ch &&
		cell[end].style == cell[col].style)
		end++;
	return end - col;
}

/* Is nothing typed before or behind these cells of it? */
static bool is_empty_field(const struct canvas *c, int row, int from, int to)
{
	const struct cell *cell = c->cell[row];

	return (from == 0 || cell[from - 1].style != STYLE_FIELD) &&
	       (to == c->cols || cell[to].style != STYLE_FIELD);
}

/* Cells that are one sign to the ear. Returns them, 0 if they are not. */
static int take_pattern(struct line *l, const struct canvas *c, int row,
	int col)
{
	const struct cell *cell = &c->cell[row][col];
	const int cells = run(c, row, col);

	if (cell->ch == '.' && cells >= (cell->style == STYLE_DIM ? 2 : 4)) {
		l->blanks = 0;
		if (l->any)
			put(l, ':');
		l->blanks = 1;
		return cells;
	}
	if (cell->ch == BLOCK || (cell->ch == RULE && cells > 1)) {
		l->blanks += cells;
		return cells;
	}
	if (cell->ch == '_' && cell->style == STYLE_FIELD) {
		if (is_empty_field(c, row, col, col + cells))
			put(l, cell->ch);
		return cells;
	}
	if (cell->ch == MASK && cells > 1) {
		put(l, cell->ch);
		return cells;
	}
	return 0;
}

static void say_row(const struct canvas *c, int row, char out[LINES_TEXT])
{
	struct line l = {.any = false};
	bool differs = false;
	int cells;

	buf_init(&l.out, out, LINES_TEXT);
	for (int col = 0; col < c->cols; col += cells) {
		const struct cell *cell = &c->cell[row][col];

		if ((cell->style == STYLE_DIFFERS) != differs)
			put(&l, differs ? ']' : '[');
		differs = cell->style == STYLE_DIFFERS;
		cells = take_pattern(&l, c, row, col);
		if (cells > 0)
			continue;
		cells = 1;
		if (cell->ch == ' ')
			l.blanks++;
		else if (cell->ch != 0)
			put(&l, cell->ch);
	}
	if (differs)
		put(&l, ']');
	buf_text(&l.out);
}

static void say_part(struct lines_screen *s, const struct canvas *c, int from,
	int to)
{
	for (int row = from; row < to && row < c->rows; row++) {
		say_row(c, row, s->line[s->rows]);
		if (s->line[s->rows][0] == '\0')
			continue;
		if (row == c->cursor_row && c->cursor_shown)
			s->question = s->rows;
		s->rows++;
	}
}

static void read_screen(struct lines_screen *s, const struct canvas *c)
{
	s->rows = 0;
	s->question = -1;
	say_part(s, c, 0, c->part.body);
	s->body = s->rows;
	say_part(s, c, c->part.body, c->part.notice);
	s->notice = s->rows;
	say_part(s, c, c->part.notice, c->part.keys);
	s->keys = s->rows;
	say_part(s, c, c->part.keys, c->part.end);
}

/* ---- what is new ------------------------------------------------------------ */

static bool was_said(const struct lines_screen *s, int from, int to,
	const char *line)
{
	for (int i = from; i < to; i++)
		if (strcmp(s->line[i], line) == 0)
			return true;
	return false;
}

static bool same_part(const struct lines_screen *a, int a_from, int a_to,
	const struct lines_screen *b, int b_from, int b_to)
{
	if (a_to - a_from != b_to - b_from)
		return false;
	for (int i = 0; i < a_to - a_from; i++)
		if (strcmp(a->line[a_from + i], b->line[b_from + i]) != 0)
			return false;
	return true;
}

static void say(struct buf *out, const struct lines_screen *s, int from, int to)
{
	for (int i = from; i < to; i++)
		if (i != s->question)
			buf_printf(out, "%s\n", s->line[i]);
}

/* The lines from..to that were not said in that part; the number of them. */
static int say_new(struct buf *out, const struct lines_screen *now, int from,
	int to, const struct lines_screen *said, int said_from, int said_to)
{
	int n = 0;

	for (int i = from; i < to; i++) {
		if (i == now->question ||
			was_said(said, said_from, said_to, now->line[i]))
			continue;
		if (out)
			buf_printf(out, "%s\n", now->line[i]);
		n++;
	}
	return n;
}

/* Where most of it is new, one line out of its place would mislead. */
static void say_body(struct buf *out, const struct lines_screen *now,
	const struct lines_screen *said)
{
	const int lines = now->notice - now->body;
	const int fresh = say_new(NULL, now, now->body, now->notice, said,
		said->body, said->notice);

	if (2 * fresh > lines)
		say(out, now, now->body, now->notice);
	else
		say_new(out, now, now->body, now->notice, said, said->body,
			said->notice);
}

static bool is_answer(enum lines_why why)
{
	return why == LINES_ANSWER || why == LINES_BEGUN;
}

static bool is_new_screen(const struct lines *l, enum lines_why why)
{
	return !l->any || why == LINES_ALL || l->now.body == 0 ||
	       l->said.body == 0 ||
	       strcmp(l->now.line[0], l->said.line[0]) != 0;
}

/* True if the header was said, too. */
static bool say_screen(struct lines *l, enum lines_why why, struct buf *out)
{
	const struct lines_screen *now = &l->now;
	const struct lines_screen *said = &l->said;
	const bool fresh = is_new_screen(l, why);
	const bool same_notice = same_part(now, now->notice, now->keys, said,
		said->notice, said->keys);

	const bool header = fresh || is_answer(why);

	if (!l->any || why == LINES_ALL)
		say(out, now, 0, now->body);
	else if (fresh)
		say(out, now, 0, now->body > 0);
	if (l->any && why != LINES_ALL && header)
		say_new(out, now, 1, now->body, &l->header, 1, l->header.body);
	if (fresh)
		say(out, now, now->body, now->notice);
	else
		say_body(out, now, said);
	if (fresh || is_answer(why) || !same_notice)
		say(out, now, now->notice, now->keys);
	if (fresh || !same_part(now, now->keys, now->rows, said, said->keys,
			     said->rows))
		say(out, now, now->keys, now->rows);
	return header;
}

const char *lines_say(struct lines *l, const struct canvas *c,
	enum lines_why why, char *out, size_t size)
{
	struct buf b;

	buf_init(&b, out, size);
	read_screen(&l->now, c);
	if (say_screen(l, why, &b))
		l->header = l->now;
	l->said = l->now;
	l->any = true;
	return buf_text(&b);
}

const char *lines_question(const struct lines *l)
{
	return l->said.question >= 0 ? l->said.line[l->said.question] : "";
}
