/* run_machine.h - the printed test and the cash drawer: part of run.h. */
#ifndef APP_RUN_MACHINE_H
#define APP_RUN_MACHINE_H

#include "terminal/app/run.h"

/* True if *answer is the answer; *mine false: the effect is none of these. */
bool run_machine(struct ports *p, const struct effect *fx, struct event *answer,
	bool *mine);

/*
 * Print a job that no record of the book waits for; it is taken over. NULL:
 * it could not be made, by *err. seq: of what is reported by EV_PRINT, or 0.
 */
void run_machine_send(struct ports *p, struct receipt_job *job, uint64_t seq,
	struct err *err);

#endif
