/* signin_view.h - how signing in looks. */
#ifndef TERMINAL_UI_SIGNIN_VIEW_H
#define TERMINAL_UI_SIGNIN_VIEW_H

#include "terminal/flows/signin.h"
#include "terminal/ui/canvas.h"
#include "terminal/ui/frame.h"

/* Draw the whole screen. Depends on the arguments, nothing else. */
void signin_view(const struct signin *signin, const struct frame_info *info,
	struct canvas *c);

#endif
