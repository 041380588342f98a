/* rolls_view.h - the screens of rolls.h. Pure. */
#ifndef TERMINAL_UI_ROLLS_VIEW_H
#define TERMINAL_UI_ROLLS_VIEW_H

#include "terminal/flows/rolls.h"
#include "terminal/ui/frame.h"

void rolls_view(const struct rolls *r, const struct frame_info *info,
	struct canvas *c);

#endif
