/* recover_view.h - how the question after a crash looks. */
#ifndef TERMINAL_UI_RECOVER_VIEW_H
#define TERMINAL_UI_RECOVER_VIEW_H

#include "terminal/flows/recover.h"
#include "terminal/ui/canvas.h"
#include "terminal/ui/frame.h"

/* Draw the whole screen. Depends on the arguments, nothing else. */
void recover_view(const struct recover *recover, const struct frame_info *info,
	struct canvas *c);

#endif
