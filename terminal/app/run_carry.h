/* run_carry.h - the part of run.h that carries paid marks to and fro. */
#ifndef APP_RUN_CARRY_H
#define APP_RUN_CARRY_H

#include "terminal/app/run.h"

/* True if *answer is the answer; false if the effect is another's, or has
 * none (FX_MARKS_SLIP). */
bool run_carry(struct ports *p, const struct effect *fx, struct event *answer);

#endif
