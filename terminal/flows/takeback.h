/*
 * takeback.h - money that was handed over comes back: the payment is
 * cancelled, by two people.
 *
 *	PAPER --scan, 2 lost--> SURE --1--> SECOND --PIN--> WRITING --> DONE
 *	  |  \--3 sheet number--> SHEET --^                    |
 *	  +-- 0 --> (leaves)                REFUSED <----------+
 *	                        LOOKING <----------- failed ---+
 *	                           \--> DONE, UNKNOWN, REFUSED
 *
 * ENTER does nothing here but in the fields of numbers: it never voids. A
 * receipt whose QR was scanned to come here need not be scanned again.
 */
#ifndef FLOWS_TAKEBACK_H
#define FLOWS_TAKEBACK_H

#include "terminal/flows/entry.h"
#include "terminal/flows/flow.h"
#include "terminal/flows/second.h"

enum takeback_step {
	TAKEBACK_PAPER,
	TAKEBACK_SHEET, /* written by hand: the number of its sheet */
	TAKEBACK_SURE,
	TAKEBACK_SECOND,
	TAKEBACK_WRITING,
	TAKEBACK_REFUSED,
	TAKEBACK_LOOKING, /* nobody knows whether it was written */
	TAKEBACK_UNKNOWN,
	TAKEBACK_DONE,
	TAKEBACK_STEP_COUNT,
};

struct takeback {
	enum takeback_step step;
	uint64_t seq; /* of the payment */
	struct payout_brief brief;
	enum void_reason reason;
	char paper[SEAL_TEXT_SIZE]; /* as scanned or typed; "": none */
	struct entry sheet;
	struct second second;
	struct refusal why; /* REFUSED */
	struct notice notice;
};

/* paper: the text of the receipt that was scanned just now, "": none was. */
void takeback_init(struct takeback *t, uint64_t seq,
	const struct payout_brief *brief, const char *paper);

struct effect takeback_handle(struct takeback *t, const struct event *ev);
const struct binding *takeback_bindings(const struct takeback *t,
	size_t *count);

#endif
