/*
 * arrivals.h - lists that came from the centre: looked at, then taken
 * (db/down.h).
 *
 *	(idle, contact) --> LOOKING --> SHOWN --ENTER--> TAKING --> TAKEN
 *	                      | | \---> BAD ---ENTER--/           --> REFUSED
 *	                      | \-----> NONE
 *	                      \-------> FAILED --ENTER--> LOOKING
 *	TAKEN, REFUSED --ENTER--> LOOKING (others wait), or leaves
 *	TAKING (users) --> PINS --ENTER--> TAKING (more of them), TAKEN
 *
 * They are taken in the order in which the centre sent them, so there is one
 * to be looked at: the first. Both effects are long work (working.h), which 0
 * stops; nothing is half taken. A list with errors is put aside whole, and the
 * centre sends another: BAD says so before it is done.
 *
 * New users of a table are added a few at a time, and their first PINs shown:
 * nobody else is added before these were written down. Only ENTER ends PINS.
 */
#ifndef FLOWS_ARRIVALS_H
#define FLOWS_ARRIVALS_H

#include "terminal/flows/flow.h"

enum arrivals_step {
	ARRIVALS_LOOKING,
	ARRIVALS_NONE,
	ARRIVALS_SHOWN,
	ARRIVALS_BAD,
	ARRIVALS_TAKING,
	ARRIVALS_PINS,
	ARRIVALS_TAKEN,
	ARRIVALS_REFUSED,
	ARRIVALS_FAILED,
	ARRIVALS_STEP_COUNT,
};

struct arrivals {
	enum arrivals_step step;
	struct arrivals_told told;
	struct notice notice;
};

struct effect arrivals_start(struct arrivals *a);

struct effect arrivals_handle(struct arrivals *a, const struct event *ev);

const struct binding *arrivals_bindings(const struct arrivals *a,
	size_t *count);

/* "payment list", through tr(): of an enum parcel_kind. Never NULL. */
const char *arrivals_kind(uint64_t kind);

#endif
