/*
 * complain.h - somebody says that a receipt is wrong: why, by a digit; the
 * book keeps it, and a slip of it goes to him.
 *
 *	REASON --digit--> SURE --1--> WRITING --in the book--> PRINTING
 *	   |               | ^          |                       |    |
 *	   +-- 0 --> (leaves) \- failed-+-- refused --> REASON  0    v
 *	                                          (leaves) <--- 0 -- DONE
 *
 * It decides nothing and changes nothing about the payment, so once too often
 * is no harm (db/complaints.h). ENTER does nothing here. The slip may be
 * printed again as long as DONE is on the screen.
 */
#ifndef FLOWS_COMPLAIN_H
#define FLOWS_COMPLAIN_H

#include "terminal/flows/flow.h"
#include "terminal/flows/pay.h"

enum complain_step {
	COMPLAIN_REASON,
	COMPLAIN_SURE,
	COMPLAIN_WRITING,
	COMPLAIN_PRINTING, /* it is in the book */
	COMPLAIN_DONE,     /* … and the paper came out, or did not */
	COMPLAIN_STEP_COUNT,
};

struct complain {
	enum complain_step step;
	uint64_t seq; /* of the payment */
	struct payout_brief brief;
	enum complaint_reason reason;
	struct complaint_noted noted; /* from PRINTING on */
	struct pay_paper paper;       /* of the slip; DONE */
	struct notice notice;
};

void complain_init(struct complain *c, uint64_t seq,
	const struct payout_brief *brief);
struct effect complain_handle(struct complain *c, const struct event *ev);
const struct binding *complain_bindings(enum complain_step step, size_t *count);

/* Is it a report about this complaint's slip? */
bool complain_is_slip(const struct complain *c, const struct event *ev);

/* How the slip is doing, as a state ("NOT PRINTED"), and what helps. */
void complain_paper_text(const struct complain *c, struct notice *state,
	struct notice *cure);

/* Through tr(): "The money was not received". */
const char *complain_reason_text(enum complaint_reason reason);

#endif
