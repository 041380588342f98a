/* run_visits.h - whom to visit, visits and their drafts: part of run.h. */
#ifndef APP_RUN_VISITS_H
#define APP_RUN_VISITS_H

#include "terminal/app/run.h"

/* True if *answer is the answer; *mine false: the effect is none of these. */
bool run_visits(struct ports *p, const struct effect *fx, struct event *answer,
	bool *mine);

/*
 * A draft that rides with an effect waits in memory, so that a quick typist
 * does not wait for the disk at each key; it is written when no key waits, and
 * before any effect is carried out.
 */
void run_draft_put(struct ports *p, const struct flow_draft *draft);

/* Write it now, if one waits. */
void run_draft_flush(struct ports *p);

/* The questionnaire is read anew at the next visit; at the end it is freed. */
void run_visits_forget(struct ports *p);

/* How many visits of this user are not finished; 0, too, if nobody knows. */
int run_drafts_count(struct ports *p);

#endif
