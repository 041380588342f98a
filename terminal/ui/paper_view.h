/*
 * paper_view.h - a paper of the office (paper_grid.h) as a table on a screen
 * that is smaller than it: the first columns stay, the others move. One
 * renderer for all papers. Pure.
 */
#ifndef TERMINAL_UI_PAPER_VIEW_H
#define TERMINAL_UI_PAPER_VIEW_H

#include "core/codec/paper_grid.h"
#include "terminal/ui/sheet.h"

struct paper_place {
	int row;    /* where the cursor is */
	int column; /* the first of those that move */
	int stay;   /* columns that do not */
};

/* The table, in so many rows of the sheet. */
void paper_view(struct sheet *s, const struct paper_grid *g,
	const struct paper_place *at, int room);

/* One row, column by column, from that column on. */
void paper_view_row(struct sheet *s, const struct paper_grid *g, int row,
	int column);

#endif
