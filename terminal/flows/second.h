/*
 * second.h - a second person gives number and PIN, for what one alone may
 * not do: a difference in the drawer, a payment over the limit.
 *
 *	NUMBER --accept--> PIN --accept--> (done: the flow sends its effect)
 *	   ^                |
 *	   +---- back ------+
 *
 * Part of other flows, not one of its own.
 */
#ifndef FLOWS_SECOND_H
#define FLOWS_SECOND_H

#include "terminal/flows/entry.h"
#include "terminal/flows/flow.h"

enum second_step {
	SECOND_NUMBER,
	SECOND_PIN,
};

enum second_result {
	SECOND_TYPING,
	SECOND_GIVEN, /* take it with second_take() */
	SECOND_CANCELLED,
};

struct second {
	enum second_step step;
	struct entry number;
	struct entry pin;
	long long not_before_ms; /* wrong PIN: no try before; 0: at once */
	struct notice notice;
};

void second_init(struct second *s);
enum second_result second_key(struct second *s, int key, long long at_ms);

/* Move number and PIN out; they are wiped here. */
void second_take(struct second *s, int64_t *number, char pin[FLOW_PIN_SIZE]);

/* EV_SIGN_IN_REFUSED came: say why, ask again. */
void second_refused(struct second *s, const struct event *ev);

const struct binding *second_bindings(enum second_step step, size_t *count);

#endif
