/*
 * asker.h - a thread that asks, while the one that has the store goes on.
 *
 *	IDLE --asker_ask()--> OUT --the question ended--> BACK
 *	  ^------------------asker_taken()-----------------/
 *
 * What is asked, and what came of it, lie in the caller's own struct: while it
 * is OUT they are the thread's, else the caller's. No lock is needed for them.
 *
 * Threads: all calls where the store is. Blocking: asker_stop() until the
 * question that is out has ended.
 */
#ifndef TERMINAL_APP_ASKER_H
#define TERMINAL_APP_ASKER_H

#include "core/err.h"

struct asker;

enum asker_at {
	ASKER_IDLE,
	ASKER_OUT,
	ASKER_BACK
};

/* ask is called with arg on a thread of its own. NULL: *err. */
struct asker *asker_start(void (*ask)(void *arg), void *arg, struct err *err);

enum asker_at asker_look(struct asker *a);

/* Not while one is OUT. */
void asker_ask(struct asker *a);

/* What came back is no longer needed. */
void asker_taken(struct asker *a);

void asker_stop(struct asker *a); /* NULL is allowed */

#endif
