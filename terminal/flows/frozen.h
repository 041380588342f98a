/*
 * frozen.h - nothing is paid here, and the screen says why.
 *
 *	LOST --5--> (leaves: close the drawer)   --7--> (signs out)
 *
 *	MOVED --1--> SURE --1--> ASKING --it is done--> (leaves: DONE)
 *	  |                      ^    |
 *	  |                      |    +--refused--> MOVED
 *	  |                    a scan |
 *	  |                      |    v
 *	  |                      PAPER   the last Z slip or receipt is wanted
 *	  +--2--> (leaves: look for a person), 5 and 7 as above
 *
 * Takes the place of the idle screen as long as the status says so, also
 * after a restart. LOST: the book lacks records that a paper shows (db/
 * proof.h); what is open can be ended, the rest is the supervisor's. MOVED:
 * the book is on another machine (db/moved.h); people can be looked at, and
 * a supervisor who is signed in may say that it is the same terminal.
 */
#ifndef FLOWS_FROZEN_H
#define FLOWS_FROZEN_H

#include "terminal/flows/flow.h"

enum frozen_step {
	FROZEN_LOST,
	FROZEN_MOVED,
	FROZEN_SURE,
	FROZEN_PAPER,
	FROZEN_ASKING,
	FROZEN_STEP_COUNT,
};

enum frozen_choice {
	FROZEN_CLOSE, /* the drawer is to be closed */
	FROZEN_FIND,  /* somebody is to be looked for */
	FROZEN_DONE,  /* the terminal may pay again */
};

struct frozen {
	enum frozen_step step;
	enum frozen_choice choice; /* at FX_LEAVE */
	struct notice notice;
};

/* step: FROZEN_LOST or FROZEN_MOVED. */
void frozen_init(struct frozen *f, enum frozen_step step);

/* FX_LEAVE, FX_SIGN_OUT, FX_MOVED. */
struct effect frozen_handle(struct frozen *f, const struct event *ev);

const struct binding *frozen_bindings(enum frozen_step step, size_t *count);

#endif
