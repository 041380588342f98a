/*
 * viewfinder_view.h - what the camera sees, in characters: light is dense,
 * dark is blank, only what every console font has. The corners of the box in
 * which a code is looked for are marked.
 */
#ifndef TERMINAL_UI_VIEWFINDER_VIEW_H
#define TERMINAL_UI_VIEWFINDER_VIEW_H

#include "terminal/flows/viewfinder.h"
#include "terminal/ui/frame.h"

void viewfinder_view(const struct viewfinder *v, const struct frame_info *info,
	struct canvas *c);

#endif
