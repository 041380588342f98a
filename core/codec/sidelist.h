/*
 * sidelist.h - lists that bring no money: changes (changelist.h) and answers
 * of the account check (answerlist.h), row by row.
 *
 * As with payment lists (paylist.h): up to PAYLIST_MAX_TITLES rows of titles
 * above the header, a row that numbers the columns below it, names in English
 * or Vietnamese in any order and case with or without marks, unknown columns
 * ignored, empty rows skipped, and every trouble told with row and column.
 * Nothing is guessed. One reader belongs to one thread. Pure.
 */
#ifndef CORE_CODEC_SIDELIST_H
#define CORE_CODEC_SIDELIST_H

#include "core/codec/paylist.h"

struct sidelist;

/*
 * Take the next row. ERR_INVALID with a reason if this is no such list: no
 * header, columns missing or twice. ERR_BUSY if the sink said stop.
 */
bool sidelist_row(struct sidelist *s, const struct cells *row, struct err *err);

/* After the last row: ERR_INVALID if there was no header. */
bool sidelist_end(struct sidelist *s, struct err *err);

void sidelist_free(struct sidelist *s); /* NULL is allowed */

#endif
