#include "core/codec/paper_doc.h"

#include <assert.h>
#include <string.h>
#include <strings.h>

#include "core/codec/paper_internal.h"

int paper_span(const struct paper_cell *cell)
{
	return cell->span > 1 ? cell->span : 1;
}

/* Our own papers are described by us: what is wrong there is our bug. */
static void check(const struct paper_doc *doc)
{
	assert(doc->columns > 0 && doc->columns <= PAPER_MAX_COLUMNS);
	assert(doc->head_rows >= 0 && doc->head_rows <= PAPER_MAX_HEAD_ROWS);
	assert(doc->signs >= 0 && doc->signs <= PAPER_MAX_SIGNS);
	assert(doc->carry >= 0 && doc->carry < doc->columns);
	assert(doc->title && doc->sheet);
	for (int i = 0; i < doc->heads; i++) {
		const struct paper_head *h = &doc->head[i];

		assert(h->row + (h->rows > 1 ? h->rows : 1) <= doc->head_rows);
		assert(h->column + (h->columns > 1 ? h->columns : 1) <=
			doc->columns);
		assert(!doc->many || h->rows <= 1);
	}
}

bool paper_row(struct paper *p, const struct paper_cell *cell,
	enum paper_weight weight, struct err *err)
{
	int column = 0;

	assert(!p->failed && !p->ended);
	while (column < p->doc->columns)
		column += paper_span(&cell[column]);
	assert(column == p->doc->columns);
	p->failed = !p->ops->row(p, cell, weight, err);
	return !p->failed;
}

bool paper_line(struct paper *p, const char *text, enum paper_weight weight,
	struct err *err)
{
	assert(!p->failed && !p->ended);
	p->failed = !p->ops->line(p, text, weight, err);
	return !p->failed;
}

bool paper_next(struct paper *p, const struct paper_doc *doc, struct err *err)
{
	assert(!p->failed && !p->ended && p->ops->next);
	assert(doc->landscape == p->doc->landscape);
	check(doc);
	p->failed = !p->ops->next(p, doc, err);
	return !p->failed;
}

bool paper_end(struct paper *p, struct err *err)
{
	assert(!p->failed && !p->ended);
	p->ended = true;
	p->failed = !p->ops->end(p, err);
	return !p->failed;
}

void paper_free(struct paper *p)
{
	if (p)
		p->ops->free(p);
}

bool paper_kind_of(const char *path, enum paper_kind *out)
{
	static const char *const ends[PAPER_KINDS] = {
		[PAPER_CSV] = ".csv",
		[PAPER_XLSX] = ".xlsx",
		[PAPER_PDF] = ".pdf",
	};
	const char *dot = strrchr(path, '.');

	for (int k = 0; dot && k < PAPER_KINDS; k++)
		if (strcasecmp(dot, ends[k]) == 0) {
			*out = (enum paper_kind)k;
			return true;
		}
	return false;
}

struct paper *paper_new(enum paper_kind kind, const struct paper_doc *doc,
	const struct paper_sink *sink, struct err *err)
{
	check(doc);
	switch (kind) {
	case PAPER_CSV:
		return paper_csv_new(doc, sink, err);
	case PAPER_XLSX:
		return paper_xlsx_new(doc, sink, err);
	case PAPER_PDF:
		return paper_pdf_new(doc, sink, err);
	case PAPER_GRID:
		return paper_grid_new(doc, sink, err);
	case PAPER_KINDS:
		break;
	}
	assert(false);
	return NULL;
}
