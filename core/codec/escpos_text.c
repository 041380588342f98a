/*
 * escpos_text.c - dots on paper -> text, with the font they were made of.
 *
 * Going down the paper: at each place a line of text is tried in all ways
 * that escpos.c can have set it (left or centred, plain or big, white on
 * black), then a rule, then a QR. A line matches only if every cell of it is
 * a letter, so a wrong place does not pass for a right one; marks such as a
 * full stop, which are a letter at more than one height, are settled by
 * liking the likelier.
 */
#include <assert.h>
#include <string.h>

#include "core/buf.h"
#include "core/codec/escpos.h"
#include "core/codec/font.h"
#include "core/utf8.h"

enum {
	BAR = 2, /* black above and below a mark */
	MAX_CELLS = PAGE_80 / FONT_WIDTH,
	LETTER = 3, /* how much likelier than an odd mark */
	BLANK_LINE = FONT_HEIGHT + 2
};

struct extent {
	int left; /* the first dot with ink */
	int end;  /* one after the last; 0: no ink */
};

/* One way in which a line can be set. */
struct setting {
	int left; /* dots */
	int cells;
	int scale; /* 1 or 2 */
	bool inverse;
};

struct line {
	uint32_t ch[MAX_CELLS];
	int cells;
	int left;   /* columns of the screen to move it in */
	int height; /* dots that it takes */
	int liking; /* how likely that it was meant */
};

static bool dot(const struct escpos_paper *p, int x, int y)
{
	return p->dots[y][x / 8] >> (7 - x % 8) & 1;
}

static struct extent extent_of(const struct escpos_paper *p, int y, int rows)
{
	uint8_t ink[PAGE_80 / 8] = {0};
	struct extent e = {0, 0};
	bool any = false;

	for (int i = 0; i < rows; i++)
		for (int b = 0; b < p->width / 8; b++)
			ink[b] |= p->dots[y + i][b];
	for (int x = 0; x < p->width; x++) {
		if (!(ink[x / 8] >> (7 - x % 8) & 1))
			continue;
		if (!any)
			e.left = x;
		any = true;
		e.end = x + 1;
	}
	return e;
}

/* The dots of one cell, made small again; false if they are no big letter. */
static bool read_cell(const struct escpos_paper *p, int x, int y,
	const struct setting *s, uint8_t bits[FONT_BYTES])
{
	const int n = s->scale;

	memset(bits, 0, FONT_BYTES);
	for (int row = 0; row < FONT_HEIGHT; row++)
		for (int col = 0; col < FONT_WIDTH; col++) {
			const int px = x + col * n;
			const int py = y + row * n;
			const bool on = dot(p, px, py);

			if (n == 2 && (dot(p, px + 1, py) != on ||
					      dot(p, px, py + 1) != on ||
					      dot(p, px + 1, py + 1) != on))
				return false;
			if (on != s->inverse)
				bits[2 * row + col / 8] |=
					(uint8_t)(0x80 >> col % 8);
		}
	return true;
}

static int liking_of(uint32_t ch)
{
	if (ch == ' ' || ch > 0x2000)
		return 0;
	if ((ch >= '0' && ch <= '9') || (ch >= 'A' && ch <= 'Z') ||
		(ch >= 'a' && ch <= 'z') || ch >= 0x100)
		return LETTER;
	return ch < 0x80 ? 1 : 0;
}

static bool read_line(const struct escpos_paper *p, int y,
	const struct setting *s, struct line *out)
{
	out->cells = s->cells;
	out->liking = 0;
	for (int i = 0; i < s->cells; i++) {
		uint8_t bits[FONT_BYTES];
		uint32_t ch;

		if (!read_cell(p, s->left + i * FONT_WIDTH * s->scale, y, s,
			    bits))
			return false;
		ch = font_find(bits);
		if (ch == 0)
			ch = font_find_bold(bits);
		if (ch == 0)
			return false;
		out->ch[i] = ch;
		out->liking += liking_of(ch);
	}
	out->left = s->left / FONT_WIDTH;
	if (s->scale == 2 && s->left > 0)
		out->left = (p->width / FONT_WIDTH - s->cells) / 2;
	out->height = (FONT_HEIGHT + 2) * s->scale;
	return true;
}

/* Where escpos.c and the printer put so many centred cells. */
static int centred_at(const struct escpos_paper *p, int cells, int scale)
{
	const int bytes = (cells * FONT_WIDTH * scale + 7) / 8;

	return (p->width / 8 - bytes) * 4;
}

static bool read_text(const struct escpos_paper *p, int y, int scale,
	struct line *out)
{
	const int cell = FONT_WIDTH * scale;
	const struct extent e = extent_of(p, y, FONT_HEIGHT * scale);
	struct setting s = {.scale = scale};

	if (e.end == 0)
		return false;
	for (s.cells = 1; s.cells * cell <= p->width; s.cells++) {
		s.left = centred_at(p, s.cells, scale);
		if (s.left <= e.left && s.left + cell > e.left &&
			s.left + s.cells * cell >= e.end &&
			s.left + (s.cells - 1) * cell < e.end &&
			read_line(p, y, &s, out))
			return true;
	}
	s.left = 0;
	s.cells = (e.end + cell - 1) / cell;
	return s.cells * cell <= p->width && read_line(p, y, &s, out);
}

/* White on black, from the first black row on. */
static bool read_mark(const struct escpos_paper *p, int y, struct line *out)
{
	const int cell = FONT_WIDTH * 2;
	const struct extent e = extent_of(p, y, BAR);
	struct setting s = {.left = e.left, .scale = 2, .inverse = true};

	if (e.end == 0 || (e.end - e.left) % cell != 0)
		return false;
	for (int x = e.left; x < e.end; x++)
		if (!dot(p, x, y) || !dot(p, x, y + 1))
			return false;
	s.cells = (e.end - e.left) / cell;
	if (!read_line(p, y + BAR, &s, out))
		return false;
	out->height = 2 * (FONT_HEIGHT + BAR);
	return true;
}

static bool is_rule(const struct escpos_paper *p, int y)
{
	if (y + 2 >= ESCPOS_MAX_ROWS)
		return false;
	for (int b = 0; b < p->width / 8; b++)
		if (p->dots[y][b] != 0xff || p->dots[y + 1][b] != 0xff ||
			p->dots[y + 2][b] != 0)
			return false;
	return true;
}

static bool read_rule(const struct escpos_paper *p, int y, struct line *out)
{
	if (!is_rule(p, y))
		return false;
	out->cells = p->width / FONT_WIDTH;
	out->left = 0;
	out->height = 2;
	for (int i = 0; i < out->cells; i++)
		out->ch[i] = 0x2500;
	return true;
}

/* A black frame of 7 modules with a black middle, at a corner of the code. */
static bool has_finder(const struct escpos_paper *p, int x, int y, int module)
{
	for (int row = 0; row < 7; row++)
		for (int col = 0; col < 7; col++) {
			const int edge = row < col ? row : col;
			const int far = row > col ? 6 - row : 6 - col;
			const bool white = (edge < far ? edge : far) == 1;

			if (dot(p, x + col * module, y + row * module) == white)
				return false;
		}
	return true;
}

/* Height of the QR whose first row is y, 0 if there is none. */
static int qr_height(const struct escpos_paper *p, int y)
{
	const struct extent e = extent_of(p, y, 1);
	const int side = e.end - e.left;
	int run = 0;
	int module;

	while (run < side && dot(p, e.left + run, y))
		run++;
	module = run / 7;
	if (run == 0 || run % 7 != 0 || side % module != 0 ||
		side / module < 21 || y + side > ESCPOS_MAX_ROWS)
		return 0;
	if (!has_finder(p, e.left, y, module) ||
		!has_finder(p, e.end - 7 * module, y, module) ||
		!has_finder(p, e.left, y + side - 7 * module, module))
		return 0;
	return side;
}

static void say(struct line *out, const struct escpos_paper *p,
	const char *text)
{
	out->cells = 0;
	while (*text)
		out->ch[out->cells++] = (unsigned char)*text++;
	out->left = (p->width / FONT_WIDTH - out->cells) / 2;
}

/* What is neither text nor mark: its first row is y. */
static void read_picture(const struct escpos_paper *p, int y, struct line *out)
{
	out->height = qr_height(p, y);
	if (out->height > 0) {
		say(out, p, "[QR]");
		return;
	}
	say(out, p, "[?]");
	while (y + out->height < p->rows &&
		extent_of(p, y + out->height, 1).end > 0)
		out->height++;
}

/* The likeliest text whose cells begin in [from, ink]; its top, -1 if none. */
static int find_text(const struct escpos_paper *p, int from, int ink,
	struct line *out)
{
	const int first = ink - 2 * FONT_HEIGHT;
	struct line line;
	int top = -1;

	for (int y = first > from ? first : from; y <= ink; y++)
		for (int scale = 1; scale <= 2; scale++) {
			if (y + FONT_HEIGHT * scale > ESCPOS_MAX_ROWS)
				continue;
			if (!read_text(p, y, scale, &line))
				continue;
			if (top >= 0 && line.liking <= out->liking)
				continue;
			*out = line;
			top = y;
			if (y == from && line.liking >= LETTER)
				return top; /* where the next line is due */
		}
	return top;
}

static int first_ink(const struct escpos_paper *p, int y)
{
	static const uint8_t white[sizeof(p->dots[0])];

	while (y < p->rows && memcmp(p->dots[y], white, sizeof(white)) == 0)
		y++;
	return y;
}

/* What begins at this row of ink; y is the row after what came before. */
static int read_next(const struct escpos_paper *p, int y, int ink,
	struct line *out)
{
	int top;

	if (read_rule(p, ink, out))
		return ink;
	top = find_text(p, y, ink, out);
	if (top >= 0)
		return top;
	if (ink + 2 * (FONT_HEIGHT + BAR) > ESCPOS_MAX_ROWS ||
		!read_mark(p, ink, out))
		read_picture(p, ink, out);
	return ink;
}

static void put_line(struct buf *b, const struct line *line)
{
	int cells = line->cells;
	int first = 0;

	while (cells > 0 && line->ch[cells - 1] == ' ')
		cells--;
	while (line->left > 0 && first < cells && line->ch[first] == ' ')
		first++;
	buf_printf(b, "%*s", line->left + first, "");
	for (int i = first; i < cells; i++) {
		char utf8[UTF8_MAX_BYTES];

		buf_put(b, utf8, utf8_encode(line->ch[i], utf8));
	}
	buf_byte(b, '\n');
}

bool escpos_paper_text(const struct escpos_paper *paper, char *out, size_t size)
{
	struct buf b;
	int y = 0;

	assert(size > 0);
	buf_init(&b, out, size - 1);
	for (int ink = first_ink(paper, 0); ink < paper->rows;
		ink = first_ink(paper, y)) {
		struct line line = {.height = 0};
		const int top = read_next(paper, y, ink, &line);

		for (int gap = top - y; gap >= BLANK_LINE; gap -= BLANK_LINE)
			buf_byte(&b, '\n');
		put_line(&b, &line);
		y = top + line.height;
	}
	out[b.len] = '\0';
	return !b.full;
}
