/* papers_view.h - the papers of the month: which, and the table itself. Pure. */
#ifndef TERMINAL_UI_PAPERS_VIEW_H
#define TERMINAL_UI_PAPERS_VIEW_H

#include "terminal/flows/papers.h"
#include "terminal/ui/frame.h"

void papers_view(const struct papers *p, const struct frame_info *info,
	struct canvas *c);

#endif
