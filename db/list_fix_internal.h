/*
 * list_fix_internal.h - a list that takes the place of an earlier one.
 *
 * Row by row the money of its people is compared with what the list before
 * gave them (and the ones that it took the place of in turn); at the end
 * follow those who are on it no more. Inside the transaction of lists.c.
 */
#ifndef DB_LIST_FIX_INTERNAL_H
#define DB_LIST_FIX_INTERNAL_H

#include "db/list_money_internal.h"
#include "db/lists.h"
#include "db/seen_internal.h"

enum {
	LIST_FIX_CHAIN =
		16 /* lists behind each other, each in the last's place */
};

struct list_fix {
	struct db *db;
	const struct list_money *money; /* of the new list */
	struct list_fixes *out;
	int64_t old[LIST_FIX_CHAIN]; /* the list before, and those before it */
	int olds;
	int32_t period;    /* of the list before */
	struct seen *seen; /* person and period of each row */
	struct seen *gone; /* person and kind counted in out->people */
};

/*
 * Look up what list corrects stands for. ERR_DENIED as lists.h says. Clear
 * it in any case.
 */
bool list_fix_begin(struct list_fix *f, struct db *db, int64_t corrects,
	const struct list_money *money, struct list_fixes *out,
	struct err *err);

/*
 * The row of somebody who is in the store. ROW_FRESH: he has no money of that
 * period; list_money_add() is still to be called, then list_fix_added().
 * ROW_FIXED: it is written. ROW_SAME: nothing differs.
 */
enum row_outcome list_fix_row(struct list_fix *f, int64_t person,
	const struct list_row *r, struct paylist_error *trouble,
	struct err *err);

/* A row was written as a new one. */
bool list_fix_added(struct list_fix *f, int64_t person,
	const struct list_row *r, struct err *err);

/* Those who were in no row. */
bool list_fix_end(struct list_fix *f, struct err *err);

void list_fix_clear(struct list_fix *f);

#endif
