/*
 * frame_notice.h - the one notice of a screen, between body and keys.
 *
 * Where rows are few it is cut: the desk shows it whole on the help screen,
 * and the sign of that key stands behind what is left. Pure.
 */
#ifndef TERMINAL_UI_FRAME_NOTICE_H
#define TERMINAL_UI_FRAME_NOTICE_H

#include "terminal/flows/flow.h"
#include "terminal/ui/canvas.h"

/* Rows that all of it takes. */
int frame_notice_rows(const struct canvas *c, const struct notice *n);

/* Its first rows, so many of so many columns with the sign before it; "" if
 * rows is 0. The last of them says that there is more. */
void frame_notice_cut(const struct notice *n, int cols, int rows,
	struct notice *out);

/* Into rows from row on; what does not fit is left out. The cursor stands at
 * its begin. */
void frame_notice_draw(struct canvas *c, const struct notice *n, int row,
	int rows);

/* As much as fits on the rule of that row. */
void frame_notice_on_rule(struct canvas *c, const struct notice *n, int row);

#endif
