/*
 * list_text.h - what the user reads about a row of a payment list.
 *
 * One sentence a trouble of paylist.h: what is wrong with the cell, and what
 * to do. Row, column and cell are shown beside it. Pure.
 */
#ifndef FLOWS_LIST_TEXT_H
#define FLOWS_LIST_TEXT_H

#include "core/codec/paylist.h"
#include "db/lists.h"

/* Through tr(); lives for ever. Never NULL. */
const char *list_trouble_text(enum paylist_trouble trouble);

/*
 * What to do with a file that is no list at all but a well-known other
 * thing: sheet_why of sheet_zip.h, in err->sys. NULL: nothing is known.
 */
const char *list_refusal_text(const struct err *err);

/* What a corrected list does to somebody's money; and why it stays. */
const char *list_fix_text(enum list_fix_kind kind);
const char *list_kept_text(enum list_kept kept);

/* A kind of money in a word or two. */
const char *list_what_text(int what);

#endif
