/*
 * drawer.h - cash in and out by banknote: open, top up, drop, close.
 *
 *	LAST_SLIP <--> COMPARING --it agrees--> NOTES (OPEN, after a shift)
 *	     \--1 without--> NOTES
 *
 *	NOTES --accept--> SURE --1--> WORKING --done--> (leaves), or SLIP
 *	 ^                 |             |
 *	 +------ 0 --------+<-- refused--+-- CLOSE: counted is not expected
 *	                                            |
 *	        WORKING <-- second person --- SECOND <-- reason --- REASON
 *
 * Closing is a blind count: what the book expects is shown only on the slip,
 * after the count is written. A difference needs a reason and a second
 * person; it is recorded, never corrected. The drawer of somebody who may not
 * work here any more is closed so by another one: with a second person, always.
 * The slip is printed when the shift
 * is closed; if the paper fails the shift is closed all the same, and the
 * slip can be printed then or later.
 */
#ifndef FLOWS_DRAWER_H
#define FLOWS_DRAWER_H

#include "terminal/flows/flow.h"
#include "terminal/flows/note_table.h"
#include "terminal/flows/pay.h"
#include "terminal/flows/second.h"

enum drawer_task {
	DRAWER_OPEN,
	DRAWER_TOP_UP,
	DRAWER_DROP,
	DRAWER_CLOSE,
};

enum drawer_step {
	DRAWER_LAST_SLIP, /* OPEN: scan the Z slip of the shift before */
	DRAWER_COMPARING, /* it is looked up in the book */
	DRAWER_NOTES,     /* nine rows; pieces are typed */
	DRAWER_SURE,      /* the sum is shown: right? */
	DRAWER_WORKING,   /* the store is writing */
	DRAWER_LOOKING,   /* it failed: was it recorded all the same? */
	DRAWER_UNKNOWN,   /* nobody knows: only looking is offered */
	DRAWER_REASON,    /* CLOSE: why it differs */
	DRAWER_SECOND,    /* CLOSE: the second person */
	DRAWER_SLIP,      /* CLOSE: closed; the slip, on paper too */
	DRAWER_STEP_COUNT,
};

struct drawer {
	enum drawer_task task;
	enum drawer_step step;
	struct note_table table; /* NOTES */
	struct notes notes;
	int64_t sum;
	enum shift_reason reason;
	struct second second;
	struct shift before;    /* number 0: none was open */
	struct shift shift;     /* after OPEN, TOP_UP, DROP */
	struct shift_slip slip; /* SLIP */
	struct pay_paper paper; /* of it */
	int64_t last_closed;    /* LAST_SLIP: of which shift it must be */
	char last_slip[PROOF_TEXT_SIZE]; /* its text; "": without */
	bool two;  /* CLOSE, for who is out: also where nothing differs */
	bool file; /* at FX_LEAVE: the file of that shift is wanted, too */
	bool done; /* at FX_LEAVE */
	struct notice notice;
};

/* now: the shift that is open, NULL if there is none. */
void drawer_init(struct drawer *d, enum drawer_task task,
	const struct shift *now);

/* OPEN: ask for the Z slip of shift number last_closed first. */
void drawer_ask_slip(struct drawer *d, int64_t last_closed);

/* FX_LEAVE: done or given up; d->done says which. */
struct effect drawer_handle(struct drawer *d, const struct event *ev);

const struct binding *drawer_bindings(const struct drawer *d, size_t *count);

/* How the paper of the slip is doing, and what to do; "" where nothing. */
void drawer_paper_text(const struct drawer *d, struct notice *state,
	struct notice *cure);

/*
 * By banknote, where that is known: "1 x 200.000 too few, 2 x 50.000 too many"
 * in words; "" if not. For SLIP and slips.
 */
enum {
	DRAWER_DIFFERS_SIZE = 320
};
const char *drawer_differs_text(const struct shift_slip *z,
	char out[DRAWER_DIFFERS_SIZE]);

/* "Counted wrongly": for REASON and slips; gives tr() text. */
const char *drawer_reason_text(enum shift_reason reason);

#endif
