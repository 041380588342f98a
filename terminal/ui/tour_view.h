/* tour_view.h - the guided tour's own place: its lessons, what was learned. */
#ifndef TERMINAL_UI_TOUR_VIEW_H
#define TERMINAL_UI_TOUR_VIEW_H

#include "terminal/flows/tour.h"
#include "terminal/ui/canvas.h"
#include "terminal/ui/frame.h"

void tour_view(const struct tour *tour, const struct frame_info *info,
	struct canvas *c);

#endif
