/* office_view.h - the clock, and a copy of the book, as screens. Pure. */
#ifndef TERMINAL_UI_OFFICE_VIEW_H
#define TERMINAL_UI_OFFICE_VIEW_H

#include "terminal/flows/office.h"
#include "terminal/ui/frame.h"

void office_view(const struct office *office, const struct frame_info *info,
	struct canvas *c);

#endif
