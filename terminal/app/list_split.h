/*
 * list_split.h - a payment list cut into one list for each terminal.
 *
 * Each row is in exactly one part, word for word as it was understood, so an
 * entitlement has one name wherever it is imported (db/LISTS.md), and the sums
 * add up. By hamlet: a hamlet is never cut, the largest goes first to the part
 * with the fewest rows; by range: in the order of the file, parts as even as
 * can be. The same list is always cut the same way. Pure; no file is touched.
 */
#ifndef APP_LIST_SPLIT_H
#define APP_LIST_SPLIT_H

#include "core/buf.h"
#include "core/codec/paylist.h"

enum {
	LIST_SPLIT_PARTS = 12,
	LIST_SPLIT_LINE = 8192 /* bytes of a row as CSV */
};

enum list_split_by {
	LIST_SPLIT_HAMLET,
	LIST_SPLIT_RANGE
};

struct list_split_part {
	int64_t rows;
	int64_t sum;
	int hamlets;
};

struct list_split;

struct list_split *list_split_new(void); /* NULL: no memory */
void list_split_free(struct list_split *s);

/* The next row of the list. */
bool list_split_add(struct list_split *s, const struct paylist_row *row,
	struct err *err);

/* All rows are there: say which part each is in, from 0. ERR_INVALID: fewer
 * rows, or hamlets, than parts. */
bool list_split_cut(struct list_split *s, enum list_split_by by, int parts,
	struct list_split_part out[LIST_SPLIT_PARTS], struct err *err);

/* The header of each part; and its rows, one by one, in the order of the
 * list. put() false: stop. */
void list_split_head(struct buf *out);
bool list_split_rows(const struct list_split *s, int part,
	bool (*put)(void *ctx, const void *bytes, size_t len), void *ctx);

#endif
