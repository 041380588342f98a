/*
 * rolls.h - the payment lists that are here, on the screen: how far each is,
 * one of them hamlet by hamlet, and what a corrected list changed.
 *
 *	COUNTING --> ALL --1-5--> LOOKING --> ONE --2--> FIXES
 *	   ^          |              |0        |0          |0
 *	   +---0------+--------------+---------+           ONE
 *
 *	ONE --3--> WHICH --1-5--> USERS --1-8, 9--> GIVING --> LOOKING
 *	             \--6--> FROM --ENTER--> UNTIL --ENTER--^
 *
 * Whose people are whose (db/assigns.h): a hamlet, or numbers on the list, go
 * to a user of this terminal, or to nobody any more.
 * All of it is counted aside (EV_STUDY), and 0 gives it up. It belongs to who
 * carries effects out, until the next one comes or FX_STUDY_STOP.
 */
#ifndef FLOWS_ROLLS_H
#define FLOWS_ROLLS_H

#include "terminal/flows/entry.h"
#include "terminal/flows/flow.h"

enum rolls_step {
	ROLLS_COUNTING,
	ROLLS_ALL,
	ROLLS_LOOKING,
	ROLLS_ONE,
	ROLLS_FIXES,
	ROLLS_WHICH,
	ROLLS_FROM,
	ROLLS_UNTIL,
	ROLLS_ASKING, /* for the users */
	ROLLS_USERS,
	ROLLS_GIVING,
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
	struct {
		bool by_range;
		int hamlet; /* of look; else: */
		int64_t first;
		int64_t last;
		int users; /* rows of the page */
		bool more;
		struct user user[FLOW_TEAM_ROWS];
	} give;
	struct entry typed; /* FROM, UNTIL */
	bool take_one;      /* at FX_LEAVE: a list from a stick is wanted */
	struct notice notice;
};

struct effect rolls_start(struct rolls *r);

/* Also EV_STUDY. FX_LEAVE: given up. */
struct effect rolls_handle(struct rolls *r, const struct event *ev);

const struct binding *rolls_bindings(const struct rolls *r, size_t *count);

/* rolls_give.c: the steps from WHICH to GIVING; GIVING that is over asks for
 * the list anew by rolls_look(). */
struct effect rolls_give(struct rolls *r, const struct event *ev);
const struct binding *rolls_give_bindings(const struct rolls *r, size_t *count);
struct effect rolls_look(struct rolls *r);

/* How many of the hamlets have a digit in WHICH. */
int rolls_choices(const struct rolls *r);

#endif
