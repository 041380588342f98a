/* run_recheck.h - the part of run.h for the sample check (recheck.h). */
#ifndef APP_RUN_RECHECK_H
#define APP_RUN_RECHECK_H

#include "terminal/app/run.h"
#include "terminal/app/study.h"

/* True if *answer is the answer; *mine: the effect is one of these. */
bool run_recheck(struct ports *p, const struct effect *fx, struct event *answer,
	bool *mine);

/* An EV_STUDY with the records to be drawn from is on its way to the desk: the
 * draw is made and recorded by the thread that owns the store. */
void run_recheck_draw(struct ports *p, const struct study_ask *ask,
	struct event *ev);

#endif
