/*
 * bar.h - bars and sparklines in block characters.
 *
 * A bar ends in quarters of a cell, a sparkline has eight heights: what our
 * console font holds (assets/README.md). Where letters are ASCII only
 * (plain.h) the same cells are '#' and a row of marks that grow. The figures
 * stand beside them: whoever is read to loses nothing, and no view draws one
 * in the line mode. Pure; any thread.
 */
#ifndef TERMINAL_UI_BAR_H
#define TERMINAL_UI_BAR_H

#include "terminal/ui/canvas.h"

struct bar {
	int cols;
	enum style style;
	uint32_t rest; /* what stands where it is not full, dim; 0: nothing */
};

/* part of all: anything shows at once, and it is full only when all is. */
void bar_draw(struct canvas *c, int row, int col, const struct bar *bar,
	int64_t part, int64_t all);

/*
 * A column for each value, as high as it is beside the largest of them;
 * nothing is a dim dot. Returns the column behind it.
 */
int bar_spark(struct canvas *c, int row, int col, enum style style,
	const int64_t *value, int count);

#endif
