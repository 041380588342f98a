/*
 * find.h - from some digits or a name to one person.
 *
 *	TYPE --accept--> LOOKUP --several--> LIST --1..9--> (leaves: chosen)
 *	 ^ ^               | \---- one -------------------> (leaves: chosen)
 *	 | +--- nobody ----+                   |
 *	 +------------------ back -------------+
 *
 * The search is blind to marks, so Telex may put any. But "nos" becomes nó
 * and is looked for as "no": when nobody is found and the bare keys are
 * something else, they are looked for too.
 *
 * A health-insurance card begins at LOOKUP. It proves nothing, so that even a
 * single person goes to LIST.
 */
#ifndef FLOWS_FIND_H
#define FLOWS_FIND_H

#include "terminal/flows/entry.h"
#include "terminal/flows/flow.h"

enum find_step {
	FIND_TYPE,
	FIND_LOOKUP,
	FIND_LIST,
	FIND_STEP_COUNT,
};

enum {
	FIND_PAGE = 9 /* rows that have a digit */
};

struct find {
	enum find_step step;
	struct entry query;
	bool in_vain; /* query found nobody: typing begins a new one */
	int count;
	bool more; /* others match, they are not in row[] */
	struct person_found row[FLOW_MAX_FOUND];
	int page;       /* 0, 1, 2 */
	int cursor;     /* row on the page that ENTER chooses */
	int64_t chosen; /* FX_LEAVE: this person's id; 0: given up */
	/* FX_LEAVE: what was typed is the code of a receipt; "": it is not. */
	char code[SEAL_CODE_SIZE];
	bool by_bhyt;      /* who was on a health-insurance card */
	struct date birth; /* on it: those born otherwise are left out */
	bool as_typed;     /* LOOKUP: nobody has it with marks; without them? */
	struct notice notice;
};

/* first: the character that began it, 0 if none. */
void find_init(struct find *f, int first, enum telex_method typing);

/*
 * The person on a health-insurance card: looked up by name at once, in step
 * LOOKUP. Whoever is found has to be chosen, even if it is only one.
 */
struct effect find_start_bhyt(struct find *f, const char *name,
	struct date birth, enum telex_method typing);

struct effect find_handle(struct find *f, const struct event *ev);

const struct binding *find_bindings(enum find_step step, size_t *count);

/* Rows on the page that is shown; *first is the index of the first. */
int find_page_rows(const struct find *f, int *first);

#endif
