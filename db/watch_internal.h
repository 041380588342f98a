/* watch_internal.h - the same for a handle that is not the store's own. */
#ifndef DB_WATCH_INTERNAL_H
#define DB_WATCH_INTERNAL_H

#include <sqlite3.h>

#include "db/db_internal.h"
#include "db/watch.h"

/* Long statements on h are asked about, too. Nothing if nobody watches. */
void watch_handle(struct db *db, sqlite3 *h);

/*
 * While path grows to about size bytes, its size is how far this part is:
 * SQLite does not say. NULL: no longer.
 */
void watch_file(struct db *db, const char *path, int64_t size);

#endif
