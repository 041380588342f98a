/*
 * visits_view.h - the screens of whom to go and see. See visits.h.
 */
#ifndef TERMINAL_UI_VISITS_VIEW_H
#define TERMINAL_UI_VISITS_VIEW_H

#include "terminal/flows/visits.h"
#include "terminal/ui/frame.h"

void visits_view(const struct visits *visits, const struct frame_info *info,
	struct canvas *c);

#endif
