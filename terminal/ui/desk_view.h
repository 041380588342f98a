/* desk_view.h - the place on the screen, drawn by its own view. */
#ifndef TERMINAL_UI_DESK_VIEW_H
#define TERMINAL_UI_DESK_VIEW_H

#include "terminal/flows/desk.h"
#include "terminal/flows/working.h"
#include "terminal/ui/canvas.h"

/* Draw the whole screen. Depends on *d and the size of *c, nothing else. */
void desk_view(const struct desk *d, struct canvas *c);

/* Instead of it, while its answer takes long. */
void desk_view_working(const struct desk *d, const struct working *w,
	struct canvas *c);

#endif
