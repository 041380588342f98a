/*
 * paper_csv.c - the table of a paper as CSV (csv_out.h): its names of columns
 * in one row, then the rows. Title, lines and signatures are for paper.
 */
#include <stdlib.h>
#include <string.h>

#include "core/codec/csv_out.h"
#include "core/codec/paper_internal.h"
#include "core/str.h"

enum {
	ROW_MAX = PAPER_MAX_COLUMNS * (2 * PAPER_TEXT_SIZE + 4)
};

struct paper_csv {
	struct paper base;
	uint8_t bytes[ROW_MAX];
};

static bool put(struct paper_csv *c, const struct buf *row, struct err *err)
{
	if (row->full)
		return err_set(err, ERR_INVALID, 0, "a row is too long");
	return c->base.sink.put(c->base.sink.ctx, row->data, row->len, err);
}

void paper_column_name(const struct paper_doc *doc, int column,
	char out[PAPER_TEXT_SIZE])
{
	struct buf b;

	buf_init(&b, out, PAPER_TEXT_SIZE);
	for (int row = 0; row < doc->head_rows; row++)
		for (int i = 0; i < doc->heads; i++) {
			const struct paper_head *h = &doc->head[i];
			const int columns = h->columns > 1 ? h->columns : 1;

			if (h->row != row || column < h->column ||
				column >= h->column + columns ||
				h->text[0] == '(')
				continue;
			buf_printf(&b, "%s%s", b.len > 0 ? " - " : "", h->text);
		}
	buf_text(&b);
	for (char *c = out; *c; c++)
		if (*c == '\n')
			*c = ' ';
}

static bool put_names(struct paper_csv *c, struct err *err)
{
	char name[PAPER_TEXT_SIZE];
	struct buf row;

	buf_init(&row, c->bytes, sizeof(c->bytes));
	buf_put(&row, CSV_OUT_BOM, strlen(CSV_OUT_BOM));
	for (int i = 0; i < c->base.doc->columns; i++) {
		struct buf cell;
		uint8_t bytes[2 * PAPER_TEXT_SIZE + 4];

		paper_column_name(c->base.doc, i, name);
		buf_init(&cell, bytes, sizeof(bytes));
		csv_out_text(&cell, name);
		if (i > 0)
			buf_byte(&row, ',');
		buf_put(&row, cell.data, cell.len);
	}
	csv_out_end(&row);
	return put(c, &row, err);
}

static bool csv_row(struct paper *p, const struct paper_cell *cell,
	enum paper_weight weight, struct err *err)
{
	struct paper_csv *c = (struct paper_csv *)p;
	struct buf row;
	int i = 0;

	(void)weight;
	buf_init(&row, c->bytes, sizeof(c->bytes));
	while (i < p->doc->columns) {
		const int span = paper_span(&cell[i]);

		if (cell[i].text)
			csv_out_text(&row, cell[i].text);
		else
			csv_out_number(&row, cell[i].number);
		for (int k = 1; k < span; k++)
			csv_out_text(&row, "");
		i += span;
	}
	csv_out_end(&row);
	return put(c, &row, err);
}

static bool csv_line(struct paper *p, const char *text,
	enum paper_weight weight, struct err *err)
{
	(void)p, (void)text, (void)weight, (void)err;
	return true;
}

static bool csv_end(struct paper *p, struct err *err)
{
	(void)p, (void)err;
	return true;
}

static void csv_free(struct paper *p)
{
	free(p);
}

static const struct paper_ops ops = {
	.row = csv_row,
	.line = csv_line,
	.end = csv_end,
	.free = csv_free,
};

struct paper *paper_csv_new(const struct paper_doc *doc,
	const struct paper_sink *sink, struct err *err)
{
	struct paper_csv *c = calloc(1, sizeof(*c));

	if (!c) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory for a paper");
		return NULL;
	}
	c->base = (struct paper){.ops = &ops, .doc = doc, .sink = *sink};
	if (put_names(c, err))
		return &c->base;
	free(c);
	return NULL;
}
