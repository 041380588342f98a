/* dash_view.h - the board of the list as a screen: bars, and the figures beside
 * them. Pure. */
#ifndef TERMINAL_UI_DASH_VIEW_H
#define TERMINAL_UI_DASH_VIEW_H

#include "terminal/flows/dash.h"
#include "terminal/ui/frame.h"

void dash_view(const struct dash *d, const struct frame_info *info,
	struct canvas *c);

#endif
