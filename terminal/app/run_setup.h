/* run_setup.h - the settings of this terminal: read, kept, tried on a paper. */
#ifndef APP_RUN_SETUP_H
#define APP_RUN_SETUP_H

#include "terminal/app/run.h"

/* As run_effect(); *mine: it is one of these. */
bool run_setup(struct ports *p, const struct effect *fx, struct event *answer,
	bool *mine);

#endif
