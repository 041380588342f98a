/*
 * dash.h - the board of the list (db/board.h) on the supervisor's screen.
 *
 *	COUNTING --counted--> SHOWN --7--> MONTH --ENTER--> COUNTING
 *	    |                  | 1-6: another page
 *	    +--failed--> FAILED --1--> COUNTING
 *
 * It is counted aside (EV_STUDY), and 0 gives it up. While it is shown it is
 * counted again when the book has grown, and the old figures stand until the
 * new ones are there. The board itself belongs to who carries effects out,
 * until the next FX_STUDY_STOP or another board comes.
 */
#ifndef FLOWS_DASH_H
#define FLOWS_DASH_H

#include "terminal/flows/entry.h"
#include "terminal/flows/flow.h"

enum dash_step {
	DASH_COUNTING,
	DASH_SHOWN,
	DASH_MONTH,
	DASH_FAILED,
	DASH_STEP_COUNT,
};

/* In the order of their digits. */
enum dash_page {
	DASH_GROUPS,
	DASH_PLACES,
	DASH_HOURS,
	DASH_DAYS,
	DASH_DRAWERS,
	DASH_TERMINALS,
	DASH_PAGE_COUNT,
};

enum {
	DASH_ROWS = 5,        /* that "." goes on by */
	DASH_AGAIN_MS = 10000 /* at least, between two counts */
};

struct dash {
	enum dash_step step;
	enum dash_page page;
	int first;                 /* row of the page that is shown first */
	int number;                /* of the study that is awaited, or shown */
	bool counting;             /* one is on its way */
	int32_t period;            /* 0: the newest list */
	int target;                /* percent by account; 0: none */
	const struct board *board; /* NULL: none yet */
	int64_t done;              /* of the count on its way … */
	int64_t all;               /* … of so much; 0: not known */
	long long asked_ms;
	uint64_t made; /* records there are now */
	struct entry month;
	struct notice notice;
};

struct effect dash_start(struct dash *d);

/* Also EV_STUDY, EV_TICK and EV_STATUS. FX_LEAVE: given up. */
struct effect dash_handle(struct dash *d, const struct event *ev);

const struct binding *dash_bindings(enum dash_step step, size_t *count);

/* What was typed of a month: "122026", "12026" for January; "": 0, the
 * newest. */
bool dash_read_month(const char *text, int32_t *out);

/* Rows that a page has, for "." and for the view. */
int dash_rows(const struct dash *d);

#endif
