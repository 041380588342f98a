/* bypad_view.h - how entering a sheet of the pad looks on the screen. */
#ifndef TERMINAL_UI_BYPAD_VIEW_H
#define TERMINAL_UI_BYPAD_VIEW_H

#include "terminal/flows/bypad.h"
#include "terminal/ui/canvas.h"
#include "terminal/ui/frame.h"

/* Draw the whole screen. Depends on the arguments, nothing else. */
void bypad_view(const struct bypad *bypad, const struct frame_info *info,
	struct canvas *c);

#endif
