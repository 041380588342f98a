/* drawer_view.h - how cash in and out by banknote looks. */
#ifndef TERMINAL_UI_DRAWER_VIEW_H
#define TERMINAL_UI_DRAWER_VIEW_H

#include "terminal/flows/drawer.h"
#include "terminal/ui/canvas.h"
#include "terminal/ui/frame.h"

/* Draw the whole screen. Depends on the arguments, nothing else. */
void drawer_view(const struct drawer *drawer, const struct frame_info *info,
	struct canvas *c);

#endif
