/* idle_view.h - how the screen between two people looks. */
#ifndef TERMINAL_UI_IDLE_VIEW_H
#define TERMINAL_UI_IDLE_VIEW_H

#include "terminal/flows/idle.h"
#include "terminal/ui/canvas.h"
#include "terminal/ui/frame.h"

/* Draw the whole screen. Depends on the arguments, nothing else. */
void idle_view(const struct idle *idle, const struct frame_info *info,
	struct canvas *c);

#endif
