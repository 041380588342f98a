/* enrol_view.h - taking an account down, on the screen. Pure. */
#ifndef TERMINAL_UI_ENROL_VIEW_H
#define TERMINAL_UI_ENROL_VIEW_H

#include "terminal/flows/enrol.h"
#include "terminal/ui/frame.h"

void enrol_view(const struct enrol *enrol, const struct frame_info *info,
	struct canvas *c);

#endif
