/* run_copies.h - copies of the book: found, checked, taken out. */
#ifndef APP_RUN_COPIES_H
#define APP_RUN_COPIES_H

#include "terminal/app/run.h"

/* As run_effect(); *mine: it is one of these. */
bool run_copies(struct ports *p, const struct effect *fx, struct event *answer,
	bool *mine);

#endif
