/* run_machine.h - the printed test and the cash drawer: part of run.h. */
#ifndef APP_RUN_MACHINE_H
#define APP_RUN_MACHINE_H

#include "terminal/app/run.h"

/* True if *answer is the answer; *mine false: the effect is none of these. */
bool run_machine(struct ports *p, const struct effect *fx, struct event *answer,
	bool *mine);

#endif
