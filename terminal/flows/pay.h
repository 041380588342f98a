/*
 * pay.h - the money: record, hand over, paper (product.md 2.1, journal.md 5).
 *
 *	RECORDING --paid--> HANDING --1 or ENTER--> CLOSING --handed--> DONE
 *	 |  |  ^             |  ^ \--4--> NOTES        |
 *	 |  |  |             9  0                      +-- failed --> HANDING
 *	 |  |  |             v  |
 *	 |  |  |             UNDO --1--> UNDOING --voided--> DONE
 *	 |  |  +--ENTER-- ABSENT   (not recorded: the same request again)
 *	 |  |               ^
 *	 |  +-failed--> LOOKING --found--> HANDING
 *	 |               |  ^
 *	 |          failed  1
 *	 |               v  |
 *	 |              UNKNOWN    (nobody knows: only looking is offered)
 *	 +-refused--> REFUSED, or SECOND when a second person is needed
 *
 * "Failed" is not "not done" (rule 18): what became of a request is looked up
 * by its uid before anything else may happen. The paper is printed while the
 * agent counts; it never holds up or undoes the money.
 *
 * Which notes to give stands on the screen and on the paper (core/notes.h).
 * Handing over says that it was these; who gives others types them first, or
 * accepts an empty table: nobody counted.
 */
#ifndef FLOWS_PAY_H
#define FLOWS_PAY_H

#include "terminal/flows/flow.h"
#include "terminal/flows/note_table.h"
#include "terminal/flows/second.h"

enum pay_step {
	PAY_RECORDING,
	PAY_SECOND,  /* a second person gives number and PIN */
	PAY_REFUSED, /* why: a sentence; nothing was paid */
	PAY_LOOKING,
	PAY_UNKNOWN,
	PAY_ABSENT,
	PAY_HANDING, /* recorded: big amount, paper state; hand over */
	PAY_NOTES,   /* which other notes are given */
	PAY_UNDO,    /* sure that the money stays in the drawer? */
	PAY_CLOSING,
	PAY_UNDOING,
	PAY_DONE, /* handed, or voided: payout.state */
	PAY_STEP_COUNT,
};

/* How the paper is doing. */
struct pay_paper {
	enum print_state state;
	enum err_code code;
	bool no_printer;
	bool several; /* printers, and none of them is named */
	enum paper_trouble trouble;
	bool low;
	int copy;
	char holder[FLOW_HOLDER_SIZE]; /* who has the printer; "" */
	char rule[FLOW_RULE_SIZE];     /* for the technician; "" */
};

/* Of an EV_PRINT. */
struct pay_paper pay_paper_of(const struct event *ev);

/*
 * What to do about a paper that is not printed, in a sentence; afterwards is
 * what stands all the same ("The shift is closed."), or "".
 */
void pay_paper_cure(const struct pay_paper *paper, const char *afterwards,
	struct notice *cure);

struct pay {
	enum pay_step step;
	struct pay_request request;
	int64_t due; /* what is to be paid, before it is recorded */
	char name[VIET_NAME_SIZE];
	struct payout payout; /* from HANDING on */
	bool suggest;         /* which notes to give */
	struct notes_advice advice;
	struct note_table table; /* NOTES */
	struct flow_given given; /* other notes than payout.notes */
	struct pay_paper paper;
	struct refusal why;       /* REFUSED */
	enum err_code unanswered; /* why handed or not is not in the book */
	struct second second;
	bool receipt; /* at FX_LEAVE: show receipt_seq, then come back */
	uint64_t receipt_seq;
	struct notice notice;
};

/* Record it now: FX_PAY. */
struct effect pay_start(struct pay *p, const struct pay_request *request,
	const struct person_due *due);

struct effect pay_handle(struct pay *p, const struct event *ev);

const struct binding *pay_bindings(const struct pay *p, size_t *count);

/* Is a payment under way, so that a scan is parked and nobody may leave? */
bool pay_is_open(const struct pay *p);

/* The notes to be handed over; none: not said, or not to be made. */
const struct notes *pay_notes(const struct pay *p);

/* Two lines about the paper: how it is, and what to do ("" if nothing). */
void pay_paper_text(const struct pay *p, struct notice *state,
	struct notice *cure);

/* May a supervisor's number and PIN let that pass? */
bool pay_second_helps(enum refusal_code code);

#endif
