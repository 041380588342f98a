/* machine_view.h - draws flows/machine.h: printed test, cash drawer. Pure. */
#ifndef UI_MACHINE_VIEW_H
#define UI_MACHINE_VIEW_H

#include "terminal/flows/machine.h"
#include "terminal/ui/frame.h"

void machine_view(const struct machine *m, const struct frame_info *info,
	struct canvas *c);

#endif
