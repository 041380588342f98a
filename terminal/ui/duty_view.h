/*
 * duty_view.h - the supervisor's first screen: his work, and what waits.
 */
#ifndef TERMINAL_UI_DUTY_VIEW_H
#define TERMINAL_UI_DUTY_VIEW_H

#include "terminal/flows/duty.h"
#include "terminal/ui/canvas.h"
#include "terminal/ui/frame.h"

void duty_view(const struct duty *duty, const struct frame_info *info,
	struct canvas *c);

#endif
