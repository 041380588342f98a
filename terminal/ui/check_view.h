/* check_view.h - how the person and the four checks look. */
#ifndef TERMINAL_UI_CHECK_VIEW_H
#define TERMINAL_UI_CHECK_VIEW_H

#include "terminal/flows/check.h"
#include "terminal/ui/canvas.h"
#include "terminal/ui/frame.h"

/* Draw the whole screen. Depends on the arguments, nothing else. */
void check_view(const struct check *check, const struct frame_info *info,
	struct canvas *c);

#endif
