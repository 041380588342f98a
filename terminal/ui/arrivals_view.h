/* arrivals_view.h - a list that came from the centre: see arrivals.h. */
#ifndef TERMINAL_UI_ARRIVALS_VIEW_H
#define TERMINAL_UI_ARRIVALS_VIEW_H

#include "terminal/flows/arrivals.h"
#include "terminal/ui/frame.h"

void arrivals_view(const struct arrivals *a, const struct frame_info *info,
	struct canvas *c);

#endif
