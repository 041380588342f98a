#include "core/codec/paper_grid.h"

#include <stdlib.h>
#include <string.h>

#include "core/buf.h"
#include "core/codec/paper_internal.h"
#include "core/crypto.h"
#include "core/money.h"
#include "core/utf8.h"

/*
 * A record is a letter, a byte and texts, each with two bytes for its length
 * and a NUL behind it: 'H' title and subtitle; 'C' a column, its alignment
 * and name; 'R' a row, its weight, a text for each column (length 0xffff, and
 * no text: covered); 'L' a line.
 */
enum {
	COVERED = 0xffff,
	RECORD_MAX = PAPER_MAX_COLUMNS * (PAPER_TEXT_SIZE + 3) + 2
};

/* ---- writing --------------------------------------------------------------- */

struct writer {
	struct paper base;
	size_t written;
	uint8_t bytes[RECORD_MAX];
};

static void put_text(struct buf *b, const char *text)
{
	const size_t len = strlen(text);

	buf_byte(b, (uint8_t)(len >> 8));
	buf_byte(b, (uint8_t)len);
	buf_put(b, text, len + 1);
}

static void begin(struct writer *w, struct buf *b, char what, int how)
{
	buf_init(b, w->bytes, sizeof(w->bytes));
	buf_byte(b, (uint8_t)what);
	buf_byte(b, (uint8_t)how);
}

static bool send(struct writer *w, const struct buf *b, struct err *err)
{
	if (b->full)
		return err_set(err, ERR_INVALID, 0, "a row is too long");
	w->written += b->len;
	if (w->written > PAPER_GRID_BYTES)
		return err_set(err, ERR_FULL, 0, "too much to be shown");
	return w->base.sink.put(w->base.sink.ctx, b->data, b->len, err);
}

static bool grid_row(struct paper *p, const struct paper_cell *cell,
	enum paper_weight weight, struct err *err)
{
	struct writer *w = (struct writer *)p;
	char number[MONEY_TEXT_SIZE];
	struct buf b;
	int i = 0;

	begin(w, &b, 'R', weight);
	while (i < p->doc->columns) {
		const int span = paper_span(&cell[i]);

		put_text(&b, cell[i].text
				     ? cell[i].text
				     : money_format(cell[i].number, number));
		for (int k = 1; k < span; k++) {
			buf_byte(&b, COVERED >> 8);
			buf_byte(&b, COVERED & 0xff);
		}
		i += span;
	}
	return send(w, &b, err);
}

static bool grid_line(struct paper *p, const char *text,
	enum paper_weight weight, struct err *err)
{
	struct writer *w = (struct writer *)p;
	struct buf b;

	begin(w, &b, 'L', weight);
	put_text(&b, text);
	return send(w, &b, err);
}

static bool grid_end(struct paper *p, struct err *err)
{
	(void)p, (void)err;
	return true;
}

static void grid_free(struct paper *p)
{
	crypto_wipe(((struct writer *)p)->bytes, RECORD_MAX);
	free(p);
}

static const struct paper_ops ops = {
	.row = grid_row,
	.line = grid_line,
	.end = grid_end,
	.free = grid_free,
};

static void one_line(char *text)
{
	for (; *text; text++)
		if (*text == '\n')
			*text = ' ';
}

static void put_line(struct buf *b, const char *text)
{
	char line[PAPER_TEXT_SIZE];
	struct buf copy;

	buf_init(&copy, line, sizeof(line));
	buf_printf(&copy, "%s", text ? text : "");
	buf_text(&copy);
	one_line(line);
	put_text(b, line);
}

static bool put_head(struct writer *w, struct err *err)
{
	const struct paper_doc *doc = w->base.doc;
	char name[PAPER_TEXT_SIZE];
	struct buf b;

	begin(w, &b, 'H', doc->columns);
	put_line(&b, doc->title);
	put_line(&b, doc->subtitle);
	if (!send(w, &b, err))
		return false;
	for (int i = 0; i < doc->columns; i++) {
		paper_column_name(doc, i, name);
		begin(w, &b, 'C', doc->column[i].align);
		put_text(&b, name);
		if (!send(w, &b, err))
			return false;
	}
	return true;
}

struct paper *paper_grid_new(const struct paper_doc *doc,
	const struct paper_sink *sink, struct err *err)
{
	struct writer *w = calloc(1, sizeof(*w));

	if (!w) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory for a paper");
		return NULL;
	}
	w->base = (struct paper){.ops = &ops, .doc = doc, .sink = *sink};
	if (put_head(w, err))
		return &w->base;
	free(w);
	return NULL;
}

/* ---- reading --------------------------------------------------------------- */

struct paper_grid {
	char *bytes;
	size_t len;
	const char *title;
	const char *subtitle;
	int columns;
	int named; /* columns so far */
	struct {
		const char *name;
		enum paper_align align;
		int width;
	} column[PAPER_MAX_COLUMNS];
	size_t *row; /* where each begins */
	int rows;
	int room;
};

/* The text at *at, which is behind it then; NULL: covered, or *ok is false. */
static const char *take(const struct paper_grid *g, size_t *at, bool *ok)
{
	const uint8_t *b = (const uint8_t *)g->bytes;
	size_t len;
	const char *text;

	*ok = *ok && *at + 2 <= g->len;
	if (!*ok)
		return NULL;
	len = (size_t)b[*at] << 8 | b[*at + 1];
	*at += 2;
	if (len == COVERED)
		return NULL;
	*ok = *at + len < g->len && g->bytes[*at + len] == '\0';
	if (!*ok)
		return NULL;
	text = g->bytes + *at;
	*at += len + 1;
	return text;
}

static bool keep_row(struct paper_grid *g, size_t at)
{
	if (g->rows == g->room) {
		const int room = 2 * g->room + 256;
		size_t *more = realloc(g->row, (size_t)room * sizeof(*more));

		if (!more)
			return false;
		g->row = more;
		g->room = room;
	}
	g->row[g->rows++] = at;
	return true;
}

static void measure(struct paper_grid *g, int column, const char *text)
{
	const int width = text ? utf8_columns(text) : 0;

	if (width > g->column[column].width)
		g->column[column].width = width;
}

static bool read_head(struct paper_grid *g, size_t *at)
{
	bool ok = true;

	g->columns = (uint8_t)g->bytes[*at + 1];
	*at += 2;
	g->title = take(g, at, &ok);
	g->subtitle = take(g, at, &ok);
	return ok && g->title && g->subtitle && g->columns > 0 &&
	       g->columns <= PAPER_MAX_COLUMNS;
}

static bool read_column(struct paper_grid *g, size_t *at)
{
	const int i = g->named++;
	bool ok = i < g->columns;

	if (!ok)
		return false;
	g->column[i].align = (enum paper_align)g->bytes[*at + 1];
	*at += 2;
	g->column[i].name = take(g, at, &ok);
	return ok && g->column[i].name;
}

static bool read_row(struct paper_grid *g, size_t *at, bool line)
{
	const int cells = line ? 1 : g->columns;
	bool ok = g->named == g->columns && keep_row(g, *at);

	*at += 2;
	for (int i = 0; ok && i < cells; i++) {
		const char *text = take(g, at, &ok);
		const size_t next = *at;

		/* What covers others is none of its column's width. */
		if (!line && ok &&
			(i + 1 == cells || next + 2 > g->len ||
				(uint8_t)g->bytes[next] != COVERED >> 8))
			measure(g, i, text);
	}
	return ok;
}

static bool read_one(struct paper_grid *g, size_t *at)
{
	if (*at + 2 > g->len)
		return false;
	switch (g->bytes[*at]) {
	case 'H':
		return *at == 0 && read_head(g, at);
	case 'C':
		return read_column(g, at);
	case 'R':
		return read_row(g, at, false);
	case 'L':
		return read_row(g, at, true);
	default:
		return false;
	}
}

struct paper_grid *paper_grid_read(char *bytes, size_t len, struct err *err)
{
	struct paper_grid *g = calloc(1, sizeof(*g));
	size_t at = 0;
	bool ok = true;

	if (!g) {
		free(bytes);
		err_set(err, ERR_NO_MEMORY, 0, "no memory for a paper");
		return NULL;
	}
	g->bytes = bytes;
	g->len = len;
	while (ok && at < len)
		ok = read_one(g, &at);
	if (ok && g->title && g->named == g->columns)
		return g;
	paper_grid_free(g);
	err_set(err, ERR_CORRUPT, 0, "this is no paper of ours");
	return NULL;
}

void paper_grid_free(struct paper_grid *g)
{
	if (!g)
		return;
	if (g->bytes)
		crypto_wipe(g->bytes, g->len);
	free(g->bytes);
	free(g->row);
	free(g);
}

const char *paper_grid_title(const struct paper_grid *g)
{
	return g->title;
}

const char *paper_grid_subtitle(const struct paper_grid *g)
{
	return g->subtitle;
}

int paper_grid_columns(const struct paper_grid *g)
{
	return g->columns;
}

const char *paper_grid_name(const struct paper_grid *g, int column)
{
	return g->column[column].name;
}

enum paper_align paper_grid_align(const struct paper_grid *g, int column)
{
	return g->column[column].align;
}

int paper_grid_width(const struct paper_grid *g, int column)
{
	return g->column[column].width;
}

int paper_grid_rows(const struct paper_grid *g)
{
	return g->rows;
}

void paper_grid_row(const struct paper_grid *g, int row,
	struct paper_grid_row *out)
{
	size_t at = g->row[row];
	bool ok = true;

	*out = (struct paper_grid_row){.weight = (enum paper_weight)
							 g->bytes[at + 1],
		.line = g->bytes[at] == 'L'};
	at += 2;
	for (int i = 0; i < (out->line ? 1 : g->columns); i++)
		out->text[i] = take(g, &at, &ok);
}
