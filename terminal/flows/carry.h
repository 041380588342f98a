/*
 * carry.h - what is paid here, shown to another terminal of the office by QR,
 * and what is paid there, taken (db/elsewhere.h).
 *
 *	(menu) --> ASKING --> SHOW --.--> the next code   --2--> the next list
 *	                      ^ ^ \--5--> CARD, this terminal's own
 *	                      | \--all printed--.
 *	                      |  --3--> PRINTING --0, or paper trouble--.
 *	                      |            ^------- 1: goes on ------ STOPPED
 *	                      \------------------- 0 --------------------/
 *	(scan of a piece) --> COLLECT --all are here--> TAKING --> TAKEN
 *	(scan of a card)  --> PEER --1--> KNOWING --> (leaves)
 *
 * The codes are read in any order. ENTER does nothing here: a scanner's would.
 * What the book refuses is said, and what both terminals have paid is a stop.
 *
 * On paper a slip bears a code; the next one is handed to the printer when the
 * one before it is done, so that stopping wastes one slip at most and others'
 * papers come in between. A slip printed twice does no harm.
 */
#ifndef FLOWS_CARRY_H
#define FLOWS_CARRY_H

#include "db/elsewhere.h"
#include "terminal/flows/flow.h"
#include "terminal/flows/pay.h"

enum carry_step {
	CARRY_ASKING,
	CARRY_SHOW,
	CARRY_CARD,
	CARRY_PRINTING, /* one slip after the other */
	CARRY_STOPPED,  /* some slips are printed; why it stopped */
	CARRY_COLLECT,
	CARRY_TAKING,
	CARRY_TAKEN,
	CARRY_PEER,
	CARRY_KNOWING,
	CARRY_STEP_COUNT,
};

struct carry {
	enum carry_step step;
	struct elsewhere_shown shown; /* SHOW, CARD */
	int piece;                    /* the code that is shown, from 0 */
	int which;                    /* the list that was asked for */
	int slips;                    /* of the shown: so many are printed */
	bool slip_out;                /* the next one is with the printer */
	struct pay_paper paper;       /* of the last one; STOPPED */
	char card[MARKS_CARD_SIZE];   /* this terminal's */
	struct marks_parts parts;     /* COLLECT */
	struct elsewhere_taken taken; /* TAKEN */
	struct marks_card peer;       /* PEER, KNOWING */
	struct notice notice;
};

/* What is paid here. */
struct effect carry_start(struct carry *c);

/*
 * A scan: of a piece or a card, text as it was read. In COLLECT, TAKEN and
 * PEER too, which then go on from it.
 */
struct effect carry_scan(struct carry *c, const char *text);

/* The text of the QR in SHOW and CARD. */
void carry_code(const struct carry *c, char out[MARKS_TEXT_SIZE]);

/* How many slips the shown are, and in words how printing them stopped: how
 * it is, and what to do ("" where nothing). */
int carry_slips(const struct carry *c);
void carry_paper_text(const struct carry *c, struct notice *state,
	struct notice *cure);

/* Is it the report about the slip that is out? Then: what is next. */
bool carry_is_slip(const struct carry *c, const struct event *ev);
struct effect carry_on_slip(struct carry *c, const struct event *ev);

struct effect carry_handle(struct carry *c, const struct event *ev);
const struct binding *carry_bindings(const struct carry *c, size_t *count);

#endif
