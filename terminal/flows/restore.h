/*
 * restore.h - copies of the book: which there are, whether they are whole,
 * what they lack, and taking one out to be looked at.
 *
 *	ASKED --> LIST --1-8--> COPY --1--> CHECKING --> CHECKED
 *	  ^        |  \--9--> FOLDER --ENTER--> (ASKED)    |2
 *	  |        0                                       v
 *	 (menu)                          DONE <-------- RESTORING
 *
 * A copy never takes the place of the book here: it is yesterday's, and what
 * was paid since would be paid twice (T28). It is taken out beside it, as
 * evidence that nobody can pay from; where, and how it is opened, DONE says.
 * If a copy of this very terminal is longer than the book here, records are
 * lost: that is a stop, and the screen says what to do (journal.md 9, R1).
 */
#ifndef FLOWS_RESTORE_H
#define FLOWS_RESTORE_H

#include "terminal/flows/entry.h"
#include "terminal/flows/flow.h"

enum restore_step {
	RESTORE_ASKED,
	RESTORE_LIST,
	RESTORE_FOLDER,
	RESTORE_COPY,
	RESTORE_CHECKING,
	RESTORE_CHECKED, /* whole */
	RESTORE_BROKEN,
	RESTORE_RESTORING,
	RESTORE_DONE,
	RESTORE_STEP_COUNT,
};

struct restore {
	enum restore_step step;
	struct copies_found found;
	int chosen; /* row of found */
	struct entry folder;
	char dir[FLOW_QUERY_SIZE]; /* DONE: where it is */
	struct notice notice;
};

struct effect restore_start(struct restore *r);

/* FX_LEAVE: back. */
struct effect restore_handle(struct restore *r, const struct event *ev);

const struct binding *restore_bindings(enum restore_step step, size_t *count);

/* "of this terminal, 12 records less than here"; tr() text into out. */
void restore_kin_text(const struct copy_seen *seen, char *out, size_t size);

#endif
