/*
 * office.h - what a supervisor does at the screen that pays nobody.
 *
 *	CLOCK --1--> VOUCHING --> (leaves)
 *
 *	PLACE (a name for the file comes) --> PATH --ENTER--> COPYING --> COPIED
 *	                                       ^                 |
 *	                                       +---- refused ----+
 *
 * CLOCK: the clock is right, says whoever is signed in (journal.h). PATH: a
 * copy of the book as evidence (backup.h); where the last one went is offered
 * again, with a new name. What the book refuses is said here.
 */
#ifndef FLOWS_OFFICE_H
#define FLOWS_OFFICE_H

#include "terminal/flows/entry.h"
#include "terminal/flows/flow.h"

enum office_step {
	OFFICE_CLOCK,
	OFFICE_VOUCHING,
	OFFICE_PLACE,
	OFFICE_PATH,
	OFFICE_COPYING,
	OFFICE_COPIED,
	OFFICE_STEP_COUNT,
};

struct office {
	enum office_step step;
	struct entry path;
	char sha256[2 * CRYPTO_HASH_SIZE + 1]; /* COPIED */
	struct notice notice;
};

void office_start_clock(struct office *o);
struct effect office_start_copy(struct office *o);

/* FX_LEAVE: done or given up; what came of it is in the notice. */
struct effect office_handle(struct office *o, const struct event *ev);

const struct binding *office_bindings(enum office_step step, size_t *count);

#endif
