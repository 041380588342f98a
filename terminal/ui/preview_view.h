/* preview_view.h - how a receipt looks on the screen. */
#ifndef TERMINAL_UI_PREVIEW_VIEW_H
#define TERMINAL_UI_PREVIEW_VIEW_H

#include "terminal/flows/preview.h"
#include "terminal/ui/canvas.h"
#include "terminal/ui/frame.h"

/* Draw the whole screen. Depends on the arguments, nothing else. */
void preview_view(const struct preview *preview, const struct frame_info *info,
	struct canvas *c);

/* The lines of a paper from that one on, as many as fit into the rows. */
void preview_paper(struct sheet *s, const char *text, int top, int rows);

#endif
