/* run_consent.h - what may be done with people's data: part of run.h. */
#ifndef APP_RUN_CONSENT_H
#define APP_RUN_CONSENT_H

#include "terminal/app/run.h"

/* True if *answer is the answer; *mine false: the effect is none of these. */
bool run_consent(struct ports *p, const struct effect *fx, struct event *answer,
	bool *mine);

#endif
