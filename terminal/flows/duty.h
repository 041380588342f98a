/*
 * duty.h - the supervisor's first screen: the rows of his work, by the digits
 * that they have behind * * . (menu.h, MENU_DOOR), and beside each what waits.
 *
 *	(signed in) --> SHOWN --digit--> (that place) --> SHOWN
 *	                  | \--letter--> (find)
 *	                  \--0--> (the counter: idle.h; "*" "." comes back)
 *
 * What waits is counted aside (FX_DUTY, EV_STUDY): keys work meanwhile. It is
 * counted anew whenever the screen comes back, and once a minute if the book
 * went on.
 */
#ifndef FLOWS_DUTY_H
#define FLOWS_DUTY_H

#include "terminal/flows/flow.h"
#include "terminal/flows/menu.h"

enum duty_step {
	DUTY_SHOWN,
	DUTY_ARRIVED, /* the same; ENTER shows a list of the centre */
	DUTY_STEP_COUNT,
};

enum {
	DUTY_ROWS = 16,
	DUTY_AGAIN_MS = 60000,
	DUTY_TEXT = 64
};

struct duty {
	enum duty_step step;
	int number;    /* of what is counted: odd and below 0, as no other's */
	bool counting; /* it is on its way … */
	bool counted;  /* … and here it is */
	bool failed;
	bool again; /* count with the next tick */
	long long counted_ms;
	uint64_t made; /* records, as the header says */
	uint64_t counted_made;
	struct duty_counts counts;
	enum menu_choice choice; /* at FX_LEAVE: MENU_NOTHING is the counter */
	int typed;               /* the letter that begins a search; 0 */
	struct notice notice;
};

/* What waits about a row, for its line. */
struct duty_waits {
	char text[DUTY_TEXT]; /* "" if nothing is to be said */
	bool urgent;          /* somebody should look at it today */
};

/* FX_DUTY. d->number goes on. */
struct effect duty_start(struct duty *d, const struct status *status);

/* Something lay over it: what it says may be old. */
void duty_came_back(struct duty *d);

/* Also EV_STUDY, EV_STATUS and EV_TICK. FX_LEAVE: d->typed, else d->choice. */
struct effect duty_handle(struct duty *d, const struct event *ev);

/* The rows of MENU_DOOR, and its own. */
const struct binding *duty_bindings(enum duty_step step, size_t *count);

/* What waits about the row with that digit; tr() text. */
void duty_says(const struct duty *d, const struct status *status, int key,
	struct duty_waits *out);

#endif
