/* run_handover.h - the part of run.h for who goes to another terminal. */
#ifndef APP_RUN_HANDOVER_H
#define APP_RUN_HANDOVER_H

#include "terminal/app/run.h"

/* True if *answer is the answer; false if the effect is another's, or has
 * none (FX_HANDOVER_SLIP). */
bool run_handover(struct ports *p, const struct effect *fx,
	struct event *answer);

#endif
