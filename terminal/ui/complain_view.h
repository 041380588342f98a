/* complain_view.h - how a complaint about a receipt looks. */
#ifndef TERMINAL_UI_COMPLAIN_VIEW_H
#define TERMINAL_UI_COMPLAIN_VIEW_H

#include "terminal/flows/complain.h"
#include "terminal/ui/canvas.h"
#include "terminal/ui/frame.h"

/* Draw the whole screen. Depends on the arguments, nothing else. */
void complain_view(const struct complain *complain,
	const struct frame_info *info, struct canvas *c);

#endif
