/*
 * unit_list.h - a table of the office's own units, read row by row.
 *
 * The header names the columns, in English or Vietnamese, in any order: code
 * (mã), name (tên), kind (loại) and, if wanted, parent (trực thuộc). What a
 * cell may hold says db/units.h. Pure.
 */
#ifndef APP_UNIT_LIST_H
#define APP_UNIT_LIST_H

#include "core/codec/cells.h"
#include "db/units.h"

enum {
	UNIT_LIST_COLUMNS = 4
};

struct unit_list {
	int column[UNIT_LIST_COLUMNS]; /* of code, name, kind, parent; -1 */
	bool has_header;
	bool too_many;
	int count;
	struct unit_row row[UNITS_MAX];
};

/* The next row, the header first; rows above it are titles. *l: cleared. */
void unit_list_row(struct unit_list *l, const struct cells *row);

#endif
