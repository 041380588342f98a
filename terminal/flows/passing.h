/*
 * passing.h - a person goes to another terminal of the office, or comes from
 * one, by QR (db/handover.h).
 *
 *	(check, *4) --> ASKING --> PICK --1..9--> SURE --1--> RELEASING --> SHOW
 *	                   \----- away already -----------------------------^ |
 *	                                          .: the next code, 3: on paper
 *	(menu)               --> COLLECT --all are here--> TAKING --> TAKEN
 *	(scan of a piece)    ---^                                       \--> check
 *
 * ENTER does nothing here: a scanner's would. What the book refuses is said
 * where we came from. Codes may be shown again at any time, from the person's
 * own screen; a slip that is printed twice does no harm.
 */
#ifndef FLOWS_PASSING_H
#define FLOWS_PASSING_H

#include "db/handover.h"
#include "terminal/flows/flow.h"
#include "terminal/flows/pay.h"

enum passing_step {
	PASSING_ASKING,
	PASSING_PICK, /* to which terminal */
	PASSING_SURE,
	PASSING_RELEASING,
	PASSING_SHOW,
	PASSING_COLLECT,
	PASSING_TAKING,
	PASSING_TAKEN,
	PASSING_STEP_COUNT,
};

struct passing {
	enum passing_step step;
	struct person who; /* PICK to SHOW */
	int64_t due;       /* of his, before he goes */
	struct handover_ways ways;
	int to;                   /* of ways.peer, SURE */
	int piece;                /* the code that is shown, from 0 */
	int slips;                /* of the message: so many are printed */
	bool slip_out;            /* the next one is with the printer */
	struct marks_parts parts; /* COLLECT */
	struct handover_taken taken;
	char name[VIET_NAME_SIZE];     /* TAKEN: his */
	char own[HANDOVER_SHORT_SIZE]; /* COLLECT: this terminal's id */
	bool go_on;                    /* at FX_LEAVE: to taken.person */
	struct notice notice;
};

/* Who, from his own screen: where to? Or the codes, if he is away already. */
struct effect passing_start(struct passing *p, const struct person *who,
	int64_t due);

/* Nobody yet: the other terminal's codes are to be scanned. own: the short id
 * of this one, which the other has to choose. */
struct effect passing_expect(struct passing *p, const char *own);

/* A scan of a piece; anywhere but from SURE to SHOW, which it leaves alone. */
struct effect passing_scan(struct passing *p, const char *text);

/* The text of the QR in SHOW. */
void passing_code(const struct passing *p, char out[MARKS_TEXT_SIZE]);

/* The short id of the terminal that he goes to, or comes from. */
void passing_terminal(const struct passing *p, char out[HANDOVER_SHORT_SIZE]);

/* Is it known how many codes there are? The last one alone does not say so. */
bool passing_counts(const struct passing *p);

/* Is it the report about the slip that is out? Then: what is next. */
bool passing_is_slip(const struct passing *p, const struct event *ev);
struct effect passing_on_slip(struct passing *p, const struct event *ev);

struct effect passing_handle(struct passing *p, const struct event *ev);

/* Of PICK as many as there are terminals. */
const struct binding *passing_bindings(const struct passing *p, size_t *count);

#endif
