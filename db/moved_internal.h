/* moved_internal.h - binding a store to its machine: for open.c. */
#ifndef DB_MOVED_INTERNAL_H
#define DB_MOVED_INTERNAL_H

#include "db/moved.h"

/* A new store belongs to this machine. In the caller's transaction. */
bool moved_bind(struct db *db, struct err *err);

/*
 * At a start, when the book is checked: is it on its machine? A store that is
 * bound to none is bound now, if it can be written to.
 */
bool moved_look(struct db *db, struct err *err);

#endif
