/* menu_view.h - how the menu looks. */
#ifndef TERMINAL_UI_MENU_VIEW_H
#define TERMINAL_UI_MENU_VIEW_H

#include "terminal/flows/menu.h"
#include "terminal/ui/canvas.h"
#include "terminal/ui/frame.h"

/* Draw the whole screen. Depends on the arguments, nothing else. */
void menu_view(const struct menu *menu, const struct frame_info *info,
	struct canvas *c);

#endif
