/* approve_view.h - what a supervisor approves for another terminal. */
#ifndef TERMINAL_UI_APPROVE_VIEW_H
#define TERMINAL_UI_APPROVE_VIEW_H

#include "terminal/flows/approve.h"
#include "terminal/ui/frame.h"

void approve_view(const struct approve *approve, const struct frame_info *info,
	struct canvas *c);

#endif
