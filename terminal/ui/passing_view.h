/* passing_view.h - draws a person who goes to another terminal, or comes. */
#ifndef TERMINAL_UI_PASSING_VIEW_H
#define TERMINAL_UI_PASSING_VIEW_H

#include "terminal/flows/passing.h"
#include "terminal/ui/frame.h"

void passing_view(const struct passing *p, const struct frame_info *info,
	struct canvas *c);

#endif
