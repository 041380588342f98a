/* notpaid_view.h - how not paying, and why, looks. */
#ifndef TERMINAL_UI_NOTPAID_VIEW_H
#define TERMINAL_UI_NOTPAID_VIEW_H

#include "terminal/flows/notpaid.h"
#include "terminal/ui/canvas.h"
#include "terminal/ui/frame.h"

/* Draw the whole screen. Depends on the arguments, nothing else. */
void notpaid_view(const struct notpaid *notpaid, const struct frame_info *info,
	struct canvas *c);

#endif
