/*
 * paylist_internal.h - between the files of the list reader.
 *
 * paylist.c finds the header and sorts the cells, paylist_names.c knows what
 * columns are called, paylist_cell.c reads one cell, paylist_row.c turns the
 * cells of one row into values and troubles. Lists of changes and of answers
 * (sidelist.c) read their cells with the same.
 */
#ifndef CORE_CODEC_PAYLIST_INTERNAL_H
#define CORE_CODEC_PAYLIST_INTERNAL_H

#include "core/codec/paylist.h"

/* One row as it came: a cell per column, NULL for columns there are none. */
struct paylist_cells {
	int64_t row;
	const char *cell[COL_ALL];
	size_t len[COL_ALL];
};

/* Says what is wrong in the row; false: the sink has said stop. */
struct paylist_judge {
	const struct paylist_sink *sink;
	int errors; /* of this row */
	bool stopped;
};

/* The column of a header cell; COL_COUNT if nobody knows that name. */
enum paylist_column paylist_column_find(const char *header, size_t len);

/* The same of the columns in a set, a bit each: also those behind COL_COUNT. */
enum paylist_column paylist_column_find_of(const char *header, size_t len,
	uint64_t columns);

/* One row being read: where from, where to, who hears of troubles. */
struct paylist_job {
	const struct paylist_cells *in;
	struct paylist_row *out;
	struct paylist_judge *judge;
};

void paylist_say(struct paylist_job *j, enum paylist_column column,
	enum paylist_trouble trouble);

/* The cell cleaned; "" if there is none, or it is bad, which is said. */
bool paylist_take_text(struct paylist_job *j, enum paylist_column column,
	char *out, size_t size);

/*
 * The same for a name: letters of another script may look like ours, and then
 * nobody sees why a name is not found and does not match (T42).
 */
bool paylist_take_name(struct paylist_job *j, enum paylist_column column,
	char *out, size_t size);
void paylist_need_name(struct paylist_job *j, enum paylist_column column,
	char *out, size_t size);

/* The same for a cell that must not be empty. */
void paylist_need_text(struct paylist_job *j, enum paylist_column column,
	char *out, size_t size);

/* Digits without what people put between them: blanks, dots, Excel's '. */
void paylist_take_number(struct paylist_job *j, enum paylist_column column,
	char *out, size_t size);

/* A word of a closed list, folded. */
struct paylist_word {
	const char *folded;
	int value;
};

#define PAYLIST_WORDS(table) (table), sizeof(table) / sizeof((table)[0])

/* The value of the cell; -1 if it is none of these, empty_value if empty. */
int paylist_word_value(struct paylist_job *j, enum paylist_column column,
	const struct paylist_word *words, size_t count, int empty_value);

/* Birth, sex and numbers: one number at least must be there. */
void paylist_read_identity(struct paylist_job *j);
void paylist_read_group(struct paylist_job *j, bool must);
void paylist_read_account(struct paylist_job *j);

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
