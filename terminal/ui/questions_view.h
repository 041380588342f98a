/*
 * questions_view.h - the questionnaire of a visit: flows/questions.h.
 *
 * name: whose visit it is; "" if nobody's. Pure.
 */
#ifndef TERMINAL_UI_QUESTIONS_VIEW_H
#define TERMINAL_UI_QUESTIONS_VIEW_H

#include "terminal/flows/questions.h"
#include "terminal/ui/frame.h"

void questions_view(const struct questions *q, const char *name,
	const struct frame_info *info, struct canvas *c);

#endif
