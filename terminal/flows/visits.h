/*
 * visits.h - whom to go and see: the hamlets, then the people of one in the
 * order of the road, those who were not met yet first.
 *
 *	OFFER --1--> (leaves: that person)      at signing in: a visit that was
 *	  |  \--2--> (leaves)  \--3--> DROP      broken off
 *	HAMLETS --digit--> PEOPLE --digit--> (leaves: that person)
 *	   |  \--letter--> TYPE --ENTER--> PEOPLE (who was found)
 *	   +-- 0 --> (leaves)
 *	* (menu.h): TYPE, FILTER, PLAN (whom for today), those left unfinished
 *
 * A list may be 100,000 people long: the flow holds the page on the screen and
 * where the pages before it began, and asks for the next.
 */
#ifndef FLOWS_VISITS_H
#define FLOWS_VISITS_H

#include "terminal/flows/entry.h"
#include "terminal/flows/flow.h"

enum visits_step {
	VISITS_LOADING,
	VISITS_OFFER,
	VISITS_DROP, /* really give it up? */
	VISITS_HAMLETS,
	VISITS_PEOPLE, /* of a hamlet, found by typing, or left unfinished */
	VISITS_PLAN,
	VISITS_NO_PLAN, /* nobody is in it yet */
	VISITS_TYPE,
	VISITS_FILTER,
	VISITS_STEP_COUNT,
};

/* What the menu asks of it (menu.h). */
enum visits_task {
	VISITS_TO_TYPE,
	VISITS_TO_FILTER,
	VISITS_TO_PLAN,
	VISITS_TO_DRAFTS,
};

enum {
	VISITS_PAGE = FLOW_VISIT_ROWS
};

struct visits {
	enum visits_step step;
	bool offer;             /* what was left unfinished comes first */
	struct visits_ask ask;  /* what stands on the screen, or is asked for */
	struct visits_ask home; /* the hamlets, where 0 leads */
	struct visits_page page;
	int cursor; /* row that ENTER chooses */
	struct entry query;
	int64_t chosen; /* FX_LEAVE: this person; 0: back */
	int64_t past;   /* LOADING: the mark goes on if he is still there */
	struct notice notice;
};

/* With what was left unfinished, if offer, else with the hamlets. */
struct effect visits_start(struct visits *v, bool offer,
	enum telex_method typing);

/*
 * The same list once more, after a visit: rows may have moved. next: the mark
 * stands on whoever comes after the one who was visited.
 */
struct effect visits_again(struct visits *v, bool next);

struct effect visits_task(struct visits *v, enum visits_task task);

struct effect visits_handle(struct visits *v, const struct event *ev);
const struct binding *visits_bindings(enum visits_step step, size_t *count);

/* Rows of the page: hamlets or people. */
int visits_rows(const struct visits *v);

#endif
