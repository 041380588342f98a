/* run_complaint.h - complaints about receipts: part of run.h. */
#ifndef APP_RUN_COMPLAINT_H
#define APP_RUN_COMPLAINT_H

#include "terminal/app/run.h"

/* True if *answer is the answer; *mine false: the effect is none of these. */
bool run_complaint(struct ports *p, const struct effect *fx,
	struct event *answer, bool *mine);

#endif
