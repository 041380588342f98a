/* run_office.h - the effects that only supervisors ask for; part of run.c. */
#ifndef APP_RUN_OFFICE_H
#define APP_RUN_OFFICE_H

#include "terminal/app/run.h"

/* False if the effect is none of these. */
bool run_office(struct ports *p, struct effect *fx, struct event *answer);

#endif
