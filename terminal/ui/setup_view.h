/* setup_view.h - the settings of this terminal as screens. Pure. */
#ifndef TERMINAL_UI_SETUP_VIEW_H
#define TERMINAL_UI_SETUP_VIEW_H

#include "terminal/flows/setup.h"
#include "terminal/ui/frame.h"

void setup_view(const struct setup *setup, const struct frame_info *info,
	struct canvas *c);

#endif
