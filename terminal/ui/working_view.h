/* working_view.h - long work as a screen: a bar, the rate, the time left. */
#ifndef TERMINAL_UI_WORKING_VIEW_H
#define TERMINAL_UI_WORKING_VIEW_H

#include "terminal/flows/working.h"
#include "terminal/ui/frame.h"

/* Pure. */
void working_view(const struct working *w, const struct frame_info *info,
	struct canvas *c);

#endif
