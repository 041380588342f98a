/*
 * list_money_internal.h - the money of one row of a list.
 *
 * One entitlement for each kind of money in the row; a row with a total only
 * is one of the kind "other". Inside the transaction of lists.c.
 */
#ifndef DB_LIST_MONEY_INTERNAL_H
#define DB_LIST_MONEY_INTERNAL_H

#include <sqlite3.h>

#include "core/codec/paylist.h"
#include "db/people.h"
#include "db/sealed_internal.h"

enum {
	LIST_PARTS = 4 /* kinds of money in one row */
};

/* One kind of money of a row, under its name (db/LISTS.md). */
struct list_part {
	enum ent_what what;
	enum paylist_column column;
	int32_t period;
	int64_t amount;
	const char *months; /* of the row, or "" */
	uint8_t ent[ENT_SIZE];
};

/* A row, and what is worked out from it alone, beside the store's thread. */
struct list_row {
	struct paylist_row row;
	char folded[VIET_NAME_SIZE]; /* viet_fold() of the name; "" if not */
	struct list_part part[LIST_PARTS];
	int parts;
	/* Blinds of code and numbers; those of "" are not looked at. */
	int64_t code;
	int64_t id12;
	int64_t old_id;
	uint8_t plain[SEALED_PLAIN]; /* what of it is to be sealed */
	size_t plain_len;
};

enum row_outcome {
	ROW_FAILED = -1, /* *err */
	ROW_TROUBLE,     /* *trouble: nothing was written */
	ROW_FRESH,
	ROW_SAME,  /* another list has it already, amount by amount */
	ROW_FIXED, /* an earlier list had it otherwise: list_fix_internal.h */
};

/* One list's money on its way into the store. */
struct list_money {
	struct db *db;
	int64_t list; /* id of the list the rows are of */
	sqlite3_stmt *add;
};

void list_money_begin(struct list_money *w, struct db *db, int64_t list);

/* Fill in that something of the row is there twice. Returns ROW_TROUBLE. */
enum row_outcome list_trouble(struct paylist_error *out,
	const struct paylist_row *row, enum paylist_column column,
	const char *value);

/* Work out the parts of r->row, which stays where it is. Any thread. */
void list_money_parts(const struct db *db, struct list_row *r);

/*
 * The row's money beside what the store has for that person and period.
 * ROW_FRESH: nothing yet.
 */
enum row_outcome list_money_compare(const struct list_money *w, int64_t person,
	const struct list_row *r, struct paylist_error *trouble,
	struct err *err);

/*
 * Write the row's entitlements. Money carried over stands for what is open
 * from earlier lists, which is not due under its old name any more. known:
 * the person was in the store before.
 */
bool list_money_add(const struct list_money *w, int64_t person, bool known,
	const struct list_row *r, struct err *err);

/* One part of it, of somebody known; and what carrying over does alone. */
bool list_money_add_part(const struct list_money *w, int64_t person,
	const struct list_row *r, const struct list_part *m, struct err *err);
bool list_money_carry(const struct list_money *w, int64_t person,
	int32_t period, struct err *err);

#endif
