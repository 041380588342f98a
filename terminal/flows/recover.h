/*
 * recover.h - a payout was left open by a crash: was the money handed over?
 *
 *	LOOKING --none--> (leaves)
 *	   |  \--open--> ASK --1 handed, 2 not handed--> ANSWERING
 *	   |              ^------- refused, not recorded ----+
 *	 failed: FAILED                       answered: DONE --> (leaves)
 *
 * Whose agent is out (shifts.h "who is out"), somebody else answers for him,
 * always with a second person: LEFT --1, 2--> SECOND --PIN, QR--> ANSWERING.
 *
 * The first screen after signing in; nothing else is possible before it is
 * answered (product.md rule 2). ENTER never answers: only the digits shown.
 */
#ifndef FLOWS_RECOVER_H
#define FLOWS_RECOVER_H

#include "terminal/flows/flow.h"
#include "terminal/flows/second.h"

enum recover_step {
	RECOVER_LOOKING,
	RECOVER_FAILED, /* could not be looked up: 1 tries again */
	RECOVER_ASK,
	RECOVER_LEFT, /* the same of who answers for an agent who is out */
	RECOVER_SECOND,
	RECOVER_ANSWERING,
	RECOVER_DONE, /* paper may be missing: 1 prints it */
	RECOVER_STEP_COUNT,
};

struct recover {
	enum recover_step step;
	struct payout payout; /* from ASK on */
	enum shift_left left; /* NOT: its agent answers himself */
	bool handed;          /* SECOND, ANSWERING: the answer given */
	struct second second;
	struct notice notice;
};

/* Asks FX_OPEN_PAYOUT. */
struct effect recover_start(struct recover *r);

/* FX_LEAVE: nothing is open. FX_SIGN_OUT: somebody else must answer. */
struct effect recover_handle(struct recover *r, const struct event *ev);

const struct binding *recover_bindings(const struct recover *r, size_t *count);

#endif
