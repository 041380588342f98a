/* agree_view.h - how asking for consent looks. */
#ifndef TERMINAL_UI_AGREE_VIEW_H
#define TERMINAL_UI_AGREE_VIEW_H

#include "terminal/flows/agree.h"
#include "terminal/ui/canvas.h"
#include "terminal/ui/frame.h"

/* Draw the whole screen. Depends on the arguments, nothing else. */
void agree_view(const struct agree *agree, const struct frame_info *info,
	struct canvas *c);

#endif
