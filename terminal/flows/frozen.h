/*
 * frozen.h - the book lacks records that a paper shows: nothing is paid here.
 *
 *	STOPPED --5--> (leaves: close the drawer)   --7--> (signs out)
 *
 * Takes the place of the idle screen as long as status.frozen says so, also
 * after a restart (journal.md 9, R1; db/proof.h). What is open can be ended:
 * the cash has to be counted. The rest is the supervisor's.
 */
#ifndef FLOWS_FROZEN_H
#define FLOWS_FROZEN_H

#include "terminal/flows/flow.h"

struct frozen {
	struct notice notice;
};

void frozen_init(struct frozen *f);

/* FX_LEAVE: the drawer is to be closed. FX_SIGN_OUT. */
struct effect frozen_handle(struct frozen *f, const struct event *ev);

const struct binding *frozen_bindings(size_t *count);

#endif
