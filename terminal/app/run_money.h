/* run_money.h - the effects that move money or count it; part of run.c. */
#ifndef APP_RUN_MONEY_H
#define APP_RUN_MONEY_H

#include "terminal/app/run.h"

/* False if the effect is none of these. */
bool run_money(struct ports *p, struct effect *fx, struct event *answer);

/* The second person's PIN. False: *answer says why not. by 0: nobody. */
bool run_second(struct ports *p, int64_t by, const char *pin,
	struct session *out, struct event *answer);

#endif
