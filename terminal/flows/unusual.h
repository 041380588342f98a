/*
 * unusual.h - approvals and exceptions of a shift, on the screen
 * (db/exceptions.h).
 *
 *	(menu) --> LOADING --> LIST --1-6, ENTER--> ONE --.--> the next one
 *	              ^          |                    \--0--> LIST
 *	              \--.-------+  older ones
 *	              |--7-------+  only one kind, the next, all again
 *	              \--8-------/  the shift before, until there is none
 *
 * To a shift belongs what came after it, until the next one is opened; before
 * the first one is a page of its own. The newest is the first. Nothing is changed here.
 */
#ifndef FLOWS_UNUSUAL_H
#define FLOWS_UNUSUAL_H

#include "terminal/flows/flow.h"

enum unusual_step {
	UNUSUAL_LOADING,
	UNUSUAL_LIST,
	UNUSUAL_ONE,
	UNUSUAL_STEP_COUNT
};

struct unusual {
	enum unusual_step step;
	struct unusual_page page;
	int kind; /* enum exception_kind; EXCEPTION_KINDS: all of them */
	int at;   /* ONE: the row of the page */
	struct notice notice;
};

/* Of the shift that is open, else of the last one. */
struct effect unusual_start(struct unusual *u);

struct effect unusual_handle(struct unusual *u, const struct event *ev);
const struct binding *unusual_bindings(const struct unusual *u, size_t *count);

#endif
