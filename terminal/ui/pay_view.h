/* pay_view.h - how the money step looks. */
#ifndef TERMINAL_UI_PAY_VIEW_H
#define TERMINAL_UI_PAY_VIEW_H

#include "terminal/flows/pay.h"
#include "terminal/ui/canvas.h"
#include "terminal/ui/frame.h"

/* Draw the whole screen. Depends on the arguments, nothing else. */
void pay_view(const struct pay *pay, const struct frame_info *info,
	struct canvas *c);

#endif
