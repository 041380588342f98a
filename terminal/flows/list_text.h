/*
 * list_text.h - what the user reads about a row of a payment list.
 *
 * One sentence a trouble of paylist.h: what is wrong with the cell, and what
 * to do. Row, column and cell are shown beside it. Pure.
 */
#ifndef FLOWS_LIST_TEXT_H
#define FLOWS_LIST_TEXT_H

#include "core/codec/paylist.h"

/* Through tr(); lives for ever. Never NULL. */
const char *list_trouble_text(enum paylist_trouble trouble);

/*
 * What to do with a file that is no list at all but a well-known other
 * thing: sheet_why of sheet_zip.h, in err->sys. NULL: nothing is known.
 */
const char *list_refusal_text(const struct err *err);

#endif
