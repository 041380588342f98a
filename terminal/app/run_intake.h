/* run_intake.h - payment lists on a stick: found, looked at, taken. */
#ifndef APP_RUN_INTAKE_H
#define APP_RUN_INTAKE_H

#include "terminal/app/run.h"

/* FX_INTAKE_…; false: it is another effect. Long work: who watches the store
 * is asked. */
bool run_intake(struct ports *p, const struct effect *fx, struct event *answer);

#endif
