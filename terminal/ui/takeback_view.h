/* takeback_view.h - how cancelling a payment looks on the screen. */
#ifndef TERMINAL_UI_TAKEBACK_VIEW_H
#define TERMINAL_UI_TAKEBACK_VIEW_H

#include "terminal/flows/takeback.h"
#include "terminal/ui/canvas.h"
#include "terminal/ui/frame.h"

/* Draw the whole screen. Depends on the arguments, nothing else. */
void takeback_view(const struct takeback *takeback,
	const struct frame_info *info, struct canvas *c);

#endif
