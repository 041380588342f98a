/*
 * shift_check_internal.h - does table shift say what the book says?
 *
 * Of the newest shift: that it is open or closed, that its OPEN and CLOSE are
 * where it says, and the totals that its drawer stands on; and that no other
 * is open.
 */
#ifndef DB_SHIFT_CHECK_INTERNAL_H
#define DB_SHIFT_CHECK_INTERNAL_H

#include "db/walk_internal.h"

/* w stands at the end of the book; sets its finding. */
bool shift_check(struct walk *w, struct err *err);

#endif
