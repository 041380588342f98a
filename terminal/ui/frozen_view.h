/* frozen_view.h - how it looks when nothing may be paid any more. */
#ifndef TERMINAL_UI_FROZEN_VIEW_H
#define TERMINAL_UI_FROZEN_VIEW_H

#include "terminal/flows/frozen.h"
#include "terminal/ui/canvas.h"
#include "terminal/ui/frame.h"

/* Draw the whole screen. Depends on the arguments, nothing else. */
void frozen_view(const struct frozen *frozen, const struct frame_info *info,
	struct canvas *c);

#endif
