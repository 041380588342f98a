/*
 * approve.h - a supervisor at his own terminal says yes to another one, and
 * makes his key known to it.
 *
 *	(scan of a request) --> ASK --1--> GIVING --> ANSWER --0--> (leaves)
 *	(menu) --> SHOWING --> CARD --0--> (leaves)
 *	(scan of his card) --> TAKE --1--> TAKING --> (leaves)
 *
 * ENTER does nothing here: a scanner's would approve. What was scanned is in
 * words before anything is signed; what the book refuses is said.
 */
#ifndef FLOWS_APPROVE_H
#define FLOWS_APPROVE_H

#include "terminal/flows/flow.h"

enum approve_step {
	APPROVE_UNREADABLE,
	APPROVE_ASK,
	APPROVE_GIVING,
	APPROVE_ANSWER,
	APPROVE_SHOWING,
	APPROVE_CARD,
	APPROVE_TAKE,
	APPROVE_TAKING,
	APPROVE_STEP_COUNT,
};

struct approve {
	enum approve_step step;
	char text[APPROVAL_TEXT_SIZE];   /* as scanned, or to be shown */
	struct approval_request request; /* ASK to ANSWER */
	struct approval_card card;       /* TAKE, TAKING */
	struct notice notice;
};

/* text: a request or a card that was scanned. */
void approve_start(struct approve *a, const char *text);

/* His own card: FX_CARD_SHOW. */
struct effect approve_start_card(struct approve *a);

/* FX_LEAVE: over; what came of it is in the notice. */
struct effect approve_handle(struct approve *a, const struct event *ev);

const struct binding *approve_bindings(enum approve_step step, size_t *count);

#endif
