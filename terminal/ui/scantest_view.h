/* scantest_view.h - what a scanner sent: flows/scantest.h on the screen. */
#ifndef UI_SCANTEST_VIEW_H
#define UI_SCANTEST_VIEW_H

#include "terminal/flows/scantest.h"
#include "terminal/ui/canvas.h"
#include "terminal/ui/frame.h"

void scantest_view(const struct scantest *t, const struct frame_info *info,
	struct canvas *c);

#endif
