/* run_account.h - where somebody wants his money: part of run.h. */
#ifndef APP_RUN_ACCOUNT_H
#define APP_RUN_ACCOUNT_H

#include "terminal/app/run.h"

/* True if *answer is the answer; *mine false: the effect is none of these. */
bool run_account(struct ports *p, const struct effect *fx, struct event *answer,
	bool *mine);

#endif
