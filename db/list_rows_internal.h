/*
 * list_rows_internal.h - one row of a payment list into the store.
 *
 * Inside the transaction of lists.c. Into a store without people there is a
 * fast way: the indexes whose order is not the list's are taken away, every
 * row is written without looking, and the indexes are made at the end. If
 * that fails because somebody is there twice, which is rare, everything is
 * rolled back and the list read again with the indexes on, to say which rows.
 */
#ifndef DB_LIST_ROWS_INTERNAL_H
#define DB_LIST_ROWS_INTERNAL_H

#include "core/codec/paylist.h"
#include "db/list_fix_internal.h"
#include "db/list_money_internal.h"
#include "db/seen_internal.h"

enum {
	LIST_ROWS_INDEXES = 4,
	LIST_ROWS_SQL_SIZE = 256
};

struct list_rows {
	struct db *db;
	struct list_money money;
	int64_t last_person; /* highest id in use */
	bool bare;           /* the fast way: no people before, no indexes */
	/* bare: what makes the indexes again */
	char index_sql[LIST_ROWS_INDEXES][LIST_ROWS_SQL_SIZE];
	sqlite3_stmt *add_person;
	struct list_fix *fix; /* it takes another's place; else NULL */
	struct seen *same;    /* person and period of rows that were SAME */
};

/* Work out what r->row alone says; r stays where it is. Any thread: of db
 * only the data key is used, which must be here as long. */
void list_rows_prepare(const struct db *db, struct list_row *r);

/* fast: try the fast way, if the store allows. */
bool list_rows_begin(struct list_rows *w, struct db *db, int64_t list,
	bool fast, struct err *err);

/*
 * Write the person and his money. The trouble is TROUBLE_DUPLICATE always;
 * its column says what is there twice, as told in lists.h.
 */
enum row_outcome list_rows_put(struct list_rows *w, const struct list_row *r,
	struct paylist_error *trouble, struct err *err);

/*
 * Make the indexes again, if they were taken away. True with *twice: somebody
 * is on the list twice, and the fast way does not know where.
 */
bool list_rows_end(struct list_rows *w, bool *twice, struct err *err);

/* Free the memory; also after a failure, and twice. */
void list_rows_clear(struct list_rows *w);

#endif
