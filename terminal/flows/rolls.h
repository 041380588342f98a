/*
 * rolls.h - the payment lists that are here, on the screen: how far each is,
 * one of them hamlet by hamlet, and what a corrected list changed.
 *
 *	COUNTING --> ALL --1-5--> LOOKING --> ONE --2--> FIXES
 *	   ^          |              |0        |0          |0
 *	   +---0------+--------------+---------+           ONE
 *
 * All of it is counted aside (EV_STUDY), and 0 gives it up. It belongs to who
 * carries effects out, until the next one comes or FX_STUDY_STOP.
 */
#ifndef FLOWS_ROLLS_H
#define FLOWS_ROLLS_H

#include "terminal/flows/flow.h"

enum rolls_step {
	ROLLS_COUNTING,
	ROLLS_ALL,
	ROLLS_LOOKING,
	ROLLS_ONE,
	ROLLS_FIXES,
	ROLLS_FAILED,
	ROLLS_STEP_COUNT,
};

enum {
	ROLLS_PAGE = 5, /* lists that have a digit */
	ROLLS_ROWS = 5, /* hamlets, or corrections, that "." goes on by */
};

struct rolls {
	enum rolls_step step;
	int number;   /* of the study that is awaited, or shown */
	bool working; /* one is on its way */
	int64_t done;
	int64_t all;                    /* 0: not known */
	int64_t list;                   /* which is looked at; 0: all */
	const struct list_shelf *shelf; /* ALL; else it may be gone */
	const struct list_look *look;   /* ONE, FIXES */
	int first;                      /* ALL: row at the top */
	int row;                        /* ONE, FIXES: the same */
	struct notice notice;
};

struct effect rolls_start(struct rolls *r);

/* Also EV_STUDY. FX_LEAVE: given up. */
struct effect rolls_handle(struct rolls *r, const struct event *ev);

const struct binding *rolls_bindings(const struct rolls *r, size_t *count);

#endif
