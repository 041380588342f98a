/*
 * frame_lines.h - header, body, notice and keys for the line mode: one thing
 * a line, in the order in which they are read out.
 *
 * The keys stand one below the other with the number or sign that is typed
 * for each (lineread.h). frame_show() comes here by itself. Pure.
 */
#ifndef TERMINAL_UI_FRAME_LINES_H
#define TERMINAL_UI_FRAME_LINES_H

#include "terminal/ui/frame.h"

enum {
	FRAME_LINES_BODY = CANVAS_MAX_ROWS - 48 /* rows of it, at most */
};

/* info may be NULL: then there is no header but the title. */
void frame_lines_show(struct canvas *c, const struct frame_info *info,
	const struct frame *frame, const struct sheet *body);

#endif
