/*
 * contact.h - how far the centre has what is recorded here: three numbers, the
 * last contact, what is in the way, and "send now".
 *
 *	(menu) --> SHOW --1--> (it is sent aside; the numbers change by
 *	            |           themselves, with the header's)
 *	            +---2--> (leaves, for lists that came: arrivals.h)
 *	            +---0--> (leaves)
 *
 * What it shows is in struct status, which every screen has: nothing is asked
 * for, so nobody waits for a line that may be slow.
 */
#ifndef FLOWS_CONTACT_H
#define FLOWS_CONTACT_H

#include "terminal/flows/flow.h"

enum contact_step {
	CONTACT_SHOW,
	CONTACT_NONE, /* this terminal belongs to no centre */
	CONTACT_STEP_COUNT,
};

struct contact {
	enum contact_step step;
	bool lists; /* at FX_LEAVE: to those that came from there */
	struct notice notice;
};

void contact_start(struct contact *c, const struct status *status);

struct effect contact_handle(struct contact *c, const struct event *ev);

const struct binding *contact_bindings(enum contact_step step, size_t *count);

#endif
