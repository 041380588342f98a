/*
 * paper_grid.h - a paper in memory, to be looked at: the kind PAPER_GRID of
 * paper_doc.h, and reading it.
 *
 * The same description and the same rows that become a PDF, a workbook or a
 * CSV become bytes here, of a form that nothing outside knows; read, they are
 * rows of texts, numbers as people write them. Signatures are for paper.
 * Threads: one at a time. Blocking: never.
 */
#ifndef CORE_CODEC_PAPER_GRID_H
#define CORE_CODEC_PAPER_GRID_H

#include "core/codec/paper_doc.h"

enum {
	/* More is written into files, and not shown. */
	PAPER_GRID_BYTES = 64 * 1024 * 1024
};

struct paper_grid;

/* One of its rows; the texts live as long as the grid. */
struct paper_grid_row {
	enum paper_weight weight;
	bool line;                           /* text[0] over the whole width */
	const char *text[PAPER_MAX_COLUMNS]; /* NULL: the cell before covers */
};

/*
 * Takes bytes over, also when it fails: they are freed. NULL: *err;
 * ERR_CORRUPT: no paper of ours.
 */
struct paper_grid *paper_grid_read(char *bytes, size_t len, struct err *err);

/* NULL is allowed. All of it is wiped: there are people in it. */
void paper_grid_free(struct paper_grid *g);

const char *paper_grid_title(const struct paper_grid *g); /* one line */
const char *paper_grid_subtitle(const struct paper_grid *g);
int paper_grid_columns(const struct paper_grid *g);
const char *paper_grid_name(const struct paper_grid *g, int column);
enum paper_align paper_grid_align(const struct paper_grid *g, int column);

/* Columns of a terminal that its widest cell takes. */
int paper_grid_width(const struct paper_grid *g, int column);

int paper_grid_rows(const struct paper_grid *g);
void paper_grid_row(const struct paper_grid *g, int row,
	struct paper_grid_row *out);

#endif
