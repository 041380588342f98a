/*
 * lists_assign.h - `chitra lists assign|unassign|assigned`: whose people are
 * whose (db/assigns.h).
 */
#ifndef APP_LISTS_ASSIGN_H
#define APP_LISTS_ASSIGN_H

#include "terminal/app/verb.h"

/* As they were written; NULL: not given. */
struct lists_assign {
	const char *to;
	const char *unit;
	const char *hamlet;
	const char *range; /* "12-40" */
};

/* Is it one of these three? Then *status is how it is written: EXIT_USAGE, or
 * EXIT_DONE and lists_assign_run() may be called. */
bool lists_assign_is(const struct options *o, const struct lists_assign *a,
	enum exit_status *status);

enum exit_status lists_assign_run(const struct options *o, struct verb_store *v,
	const struct lists_assign *a);

#endif
