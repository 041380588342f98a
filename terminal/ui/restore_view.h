/* restore_view.h - copies of the book as screens. Pure. */
#ifndef TERMINAL_UI_RESTORE_VIEW_H
#define TERMINAL_UI_RESTORE_VIEW_H

#include "terminal/flows/restore.h"
#include "terminal/ui/frame.h"

void restore_view(const struct restore *restore, const struct frame_info *info,
	struct canvas *c);

#endif
