/*
 * paylist_internal.h - between the files of the list reader.
 *
 * paylist.c finds the header and sorts the cells, paylist_names.c knows what columns are called, paylist_row.c
 * turns the cells of one row into values and troubles.
 */
#ifndef CORE_CODEC_PAYLIST_INTERNAL_H
#define CORE_CODEC_PAYLIST_INTERNAL_H

#include "core/codec/paylist.h"

/* One row as it came: a cell per column, NULL for columns there are none. */
struct paylist_cells {
	int64_t row;
	const char *cell[COL_COUNT];
	size_t len[COL_COUNT];
};

/* Says what is wrong in the row; false: the sink has said stop. */
struct paylist_judge {
	const struct paylist_sink *sink;
	int errors; /* of this row */
	bool stopped;
};

/* The column of a header cell; COL_COUNT if nobody knows that name. */
enum paylist_column paylist_column_find(const char *header, size_t len);

/* Values out of cells; *out is zero but for row. Troubles go to the judge. */
void paylist_row_read(const struct paylist_cells *cells,
	struct paylist_row *out, struct paylist_judge *judge);

/* Report one trouble with the cell it is about. */
void paylist_judge_say(struct paylist_judge *judge,
	const struct paylist_cells *cells, enum paylist_column column,
	enum paylist_trouble trouble);

/* Is it a sum ("Cộng", "Tổng cộng") and not a person? */
bool paylist_row_is_sum(const struct paylist_cells *cells);

/* Neither the number of a person nor an amount. */
bool paylist_row_is_remark(const struct paylist_cells *cells);

/*
 * Does the row number the columns, as forms do below the header? "A", "B",
 * "(1)", "(2)", "(3)=(1)+(2)": letters, and numbers from 1 without a gap.
 */
bool paylist_is_numbering(const struct cells *row);

/* An amount cell: empty and "-" are 0. False if it is none or negative. */
bool paylist_amount(const struct paylist_cells *cells,
	enum paylist_column column, int64_t *out);

#endif
