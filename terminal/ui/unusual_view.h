/* unusual_view.h - draws approvals and exceptions of a shift. */
#ifndef TERMINAL_UI_UNUSUAL_VIEW_H
#define TERMINAL_UI_UNUSUAL_VIEW_H

#include "terminal/flows/unusual.h"
#include "terminal/ui/frame.h"

void unusual_view(const struct unusual *u, const struct frame_info *info,
	struct canvas *c);

#endif
