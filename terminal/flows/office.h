/*
 * office.h - what a supervisor does at the screen that pays nobody.
 *
 *	CLOCK --1--> VOUCHING --> (leaves)
 *
 *	PLACE (a name for the file comes) --> PATH --ENTER--> COPYING --> COPIED
 *	                                       ^                 |
 *	                                       +---- refused ----+
 *
 *	LIMITS_ASKED --> LIMITS --1-5--> LIMIT --ENTER--> LIMIT_SURE
 *	                   ^               ^---- refused ----  |1
 *	                   +------- recorded ------------- LIMIT_SAVING
 *
 *	PLACE --> FILE --ENTER--> FILING --> FILED     (after closing a shift)
 *
 * CLOCK: the clock is right, says whoever is signed in (journal.h). PATH: a
 * copy of the book as evidence (backup.h); where the last one went is offered
 * again, with a new name. LIMIT: one of core/limit.h becomes what was typed;
 * SURE says in words what that does. What the book refuses is said here.
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
	OFFICE_FILE, /* PATH, COPYING and COPIED of the file of a shift */
	OFFICE_FILING,
	OFFICE_FILED,
	OFFICE_LIMITS_ASKED,
	OFFICE_LIMITS,
	OFFICE_LIMIT,
	OFFICE_LIMIT_SURE,
	OFFICE_LIMIT_SAVING,
	OFFICE_STEP_COUNT,
};

enum {
	OFFICE_LIMIT_DIGITS = 11 /* of the greatest there is */
};

struct office {
	enum office_step step;
	int64_t shift; /* whose file it is to be; 0: a copy of the book */
	struct entry path;
	char sha256[2 * CRYPTO_HASH_SIZE + 1]; /* COPIED */
	struct limits limits;                  /* as the book has them */
	enum limit limit;                      /* that is being changed … */
	int64_t value;                         /* … to this: SURE, SAVING */
	struct entry number;
	struct notice notice;
};

void office_start_clock(struct office *o);
struct effect office_start_copy(struct office *o);
struct effect office_start_limits(struct office *o);

/* The signed file of a shift, for its agent to keep. */
struct effect office_start_file(struct office *o, int64_t shift);

/* FX_LEAVE: done or given up; what came of it is in the notice. */
struct effect office_handle(struct office *o, const struct event *ev);

const struct binding *office_bindings(enum office_step step, size_t *count);

#endif
