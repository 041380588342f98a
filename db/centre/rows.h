/*
 * rows.h - what the centre tells: for people, for spreadsheets, for programs.
 *
 *	table  fields with a tab between, begun by what the row is; before the
 *	       first row of each kind a line with '#' names them
 *	csv    the same in quotes (csv_out.h), the names as a row
 *	json   an object a line
 *
 * Writing errors are seen by rows_end().
 */
#ifndef DB_CENTRE_ROWS_H
#define DB_CENTRE_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "core/err.h"

enum rows_form {
	ROWS_TABLE,
	ROWS_CSV,
	ROWS_JSON
};

struct rows {
	FILE *out;
	enum rows_form form;
	const char *kind; /* of the row before; NULL: none */
};

struct rows_cell {
	const char *name;
	const char *text; /* NULL: the number */
	uint64_t number;
	bool empty; /* neither: "-", "", null */
};

/* kind: static. */
void rows_put(struct rows *r, const char *kind, const struct rows_cell *cell,
	size_t n);
bool rows_end(struct rows *r, struct err *err);

#endif
