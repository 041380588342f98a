/* find_view.h - how a search and its results look. */
#ifndef TERMINAL_UI_FIND_VIEW_H
#define TERMINAL_UI_FIND_VIEW_H

#include "terminal/flows/find.h"
#include "terminal/ui/canvas.h"
#include "terminal/ui/frame.h"

/* Draw the whole screen. Depends on the arguments, nothing else. */
void find_view(const struct find *find, const struct frame_info *info,
	struct canvas *c);

#endif
