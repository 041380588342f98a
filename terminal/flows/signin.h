/*
 * signin.h - who works here now: number, then PIN.
 *
 *	NUMBER --accept--> PIN --accept--> CHECKING --signed in--> (leaves)
 *	 ^  ^               |                 |
 *	 |  +---- back -----+<--- wrong ------+--- wrong, wait --> WAIT
 *	 +------------ no such user, locked --+                      |
 *	                    ^-------------- time is over ------------+
 *
 * The waiting time is counted in the store; here it is only kept and shown.
 */
#ifndef FLOWS_SIGNIN_H
#define FLOWS_SIGNIN_H

#include "terminal/flows/entry.h"
#include "terminal/flows/flow.h"

enum signin_step {
	SIGNIN_NUMBER,
	SIGNIN_PIN,
	SIGNIN_CHECKING,
	SIGNIN_WAIT,
	SIGNIN_STEP_COUNT,
};

/* Who may be tried in a demo; the view says it. agent 0: this is no demo. */
struct signin_demo {
	int agent;
	int supervisor;
	char agent_pin[FLOW_PIN_SIZE];
	char supervisor_pin[FLOW_PIN_SIZE];
};

struct signin {
	enum signin_step step;
	struct entry number;
	struct entry pin;
	long long wait_until_ms; /* WAIT: in the time of events */
	int wait_seconds;        /* WAIT: what to show */
	struct notice notice;
	struct signin_demo demo;
	bool evidence; /* a restored copy: nobody signs in */
};

/* demo may be NULL. */
void signin_init(struct signin *s, const struct signin_demo *demo);

/* The store is a restored copy (backup.h): say so, and take no number. */
void signin_evidence(struct signin *s);

/* Start again, with this user's number already there (0: nobody's). */
void signin_lock(struct signin *s, int64_t number);

/* FX_LEAVE when EV_SIGNED_IN came. */
struct effect signin_handle(struct signin *s, const struct event *ev);

const struct binding *signin_bindings(enum signin_step step, size_t *count);

#endif
