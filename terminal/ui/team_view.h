/* team_view.h - users and PINs, as cells. */
#ifndef TERMINAL_UI_TEAM_VIEW_H
#define TERMINAL_UI_TEAM_VIEW_H

#include "terminal/flows/team.h"
#include "terminal/ui/frame.h"

void team_view(const struct team *team, const struct frame_info *info,
	struct canvas *c);

#endif
