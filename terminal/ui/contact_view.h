/*
 * contact_view.h - how far the centre has what is recorded here.
 */
#ifndef TERMINAL_UI_CONTACT_VIEW_H
#define TERMINAL_UI_CONTACT_VIEW_H

#include "terminal/flows/contact.h"
#include "terminal/ui/canvas.h"
#include "terminal/ui/frame.h"

void contact_view(const struct contact *contact, const struct frame_info *info,
	struct canvas *c);

#endif
