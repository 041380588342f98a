/* run_study.h - the part of run.h that has things counted aside (study.h). */
#ifndef APP_RUN_STUDY_H
#define APP_RUN_STUDY_H

#include "terminal/app/run.h"

/* True if *answer is the answer; *mine: the effect is one of these. */
bool run_study(struct ports *p, const struct effect *fx, struct event *answer,
	bool *mine);

/* An EV_STUDY on its way to the desk: what is to be written is written, by
 * the thread that owns the store. False: nobody wants it any more. */
bool run_study_report(struct ports *p, struct event *ev);

/* No file is written now: the flow is told that it failed. */
void run_study_refuse(struct ports *p, const struct effect *fx);

/* Before the last one is signed out. */
void run_study_forget(struct ports *p);

#endif
