/* run_unusual.h - the part of run.h for approvals and exceptions. */
#ifndef APP_RUN_UNUSUAL_H
#define APP_RUN_UNUSUAL_H

#include "terminal/app/run.h"

/* True if *answer is the answer; false if the effect is another's. */
bool run_unusual(struct ports *p, const struct effect *fx,
	struct event *answer);

#endif
