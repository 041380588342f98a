/* run_team.h - the effects about users and PINs; part of run.c. */
#ifndef APP_RUN_TEAM_H
#define APP_RUN_TEAM_H

#include "terminal/app/run.h"

/* False if the effect is none of these. */
bool run_team(struct ports *p, struct effect *fx, struct event *answer);

#endif
