/*
 * visit_view.h - the screens of one visit. See visit.h.
 */
#ifndef TERMINAL_UI_VISIT_VIEW_H
#define TERMINAL_UI_VISIT_VIEW_H

#include "terminal/flows/visit.h"
#include "terminal/ui/frame.h"

void visit_view(const struct visiting *visit, const struct frame_info *info,
	struct canvas *c);

#endif
