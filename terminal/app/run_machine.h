/* run_machine.h - the printed test and the cash drawer: part of run.h. */
#ifndef APP_RUN_MACHINE_H
#define APP_RUN_MACHINE_H

#include "terminal/app/run.h"

/* True if *answer is the answer; *mine false: the effect is none of these. */
bool run_machine(struct ports *p, const struct effect *fx, struct event *answer,
	bool *mine);

/* What is reported of a paper by EV_PRINT; seq 0: of no record. */
struct run_machine_paper {
	uint64_t seq;
	int piece; /* of paid marks, from 1; 0: none */
};

/*
 * Print a job that no record of the book waits for; it is taken over. NULL:
 * it could not be made, by *err.
 */
void run_machine_send(struct ports *p, struct receipt_job *job,
	struct run_machine_paper paper, struct err *err);

#endif
