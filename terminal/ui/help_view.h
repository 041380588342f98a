/* help_view.h - how the list of keys looks. */
#ifndef TERMINAL_UI_HELP_VIEW_H
#define TERMINAL_UI_HELP_VIEW_H

#include "terminal/flows/help.h"
#include "terminal/ui/canvas.h"
#include "terminal/ui/frame.h"

/* Draw the whole screen. Depends on the arguments, nothing else. */
void help_view(const struct help *help, const struct frame_info *info,
	struct canvas *c);

#endif
