/* run_lists.h - whose people of a list are whose. */
#ifndef APP_RUN_LISTS_H
#define APP_RUN_LISTS_H

#include "terminal/app/run.h"

/* As run_effect(); false: it is none of these. */
bool run_lists(struct ports *p, const struct effect *fx, struct event *answer);

#endif
