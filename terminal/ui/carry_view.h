/* carry_view.h - paid marks between terminals: flows/carry.h. */
#ifndef TERMINAL_UI_CARRY_VIEW_H
#define TERMINAL_UI_CARRY_VIEW_H

#include "terminal/flows/carry.h"
#include "terminal/ui/frame.h"

void carry_view(const struct carry *carry, const struct frame_info *info,
	struct canvas *c);

#endif
