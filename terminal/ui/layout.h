/*
 * layout.h - how much room there is, and what that means for a view.
 *
 * Drawn for 80x25, 53x30, 40x24 and 40x15; everything between and beyond
 * takes the nearest smaller one. Below 40x15 a screen says only that.
 */
#ifndef TERMINAL_UI_LAYOUT_H
#define TERMINAL_UI_LAYOUT_H

#include <stdbool.h>

#include "terminal/ui/canvas.h"

enum {
	LAYOUT_MIN_ROWS = 15,
	LAYOUT_MIN_COLS = 40
};

enum layout_width {
	LAYOUT_NARROW, /* from 40 columns */
	LAYOUT_MIDDLE, /* from 53 */
	LAYOUT_WIDE,   /* from 76 */
};

enum layout_height {
	LAYOUT_TIGHT, /* from 15 rows */
	LAYOUT_SHORT, /* from 20 */
	LAYOUT_TALL,  /* from 25 */
};

enum layout_width layout_width(const struct canvas *c);
enum layout_height layout_height(const struct canvas *c);

/* Columns left empty at the left: 2 on wide screens, else 0; none in lines. */
int layout_margin(const struct canvas *c);

/*
 * If the canvas is too small for any view, say so on it and return true: the
 * view then draws nothing. Works from 0x0 on.
 */
bool layout_too_small(struct canvas *c);

#endif
