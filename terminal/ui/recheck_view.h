/* recheck_view.h - draws the sample check (recheck.h). */
#ifndef TERMINAL_UI_RECHECK_VIEW_H
#define TERMINAL_UI_RECHECK_VIEW_H

#include "terminal/flows/recheck.h"
#include "terminal/ui/frame.h"

void recheck_view(const struct recheck *r, const struct frame_info *info,
	struct canvas *c);

#endif
