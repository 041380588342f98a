/* intake_view.h - the screens of intake.h. Pure. */
#ifndef TERMINAL_UI_INTAKE_VIEW_H
#define TERMINAL_UI_INTAKE_VIEW_H

#include "terminal/flows/intake.h"
#include "terminal/ui/frame.h"

void intake_view(const struct intake *i, const struct frame_info *info,
	struct canvas *c);

#endif
