/* list_keep_internal.h - troubles of a list, counted and kept by row. */
#ifndef DB_LIST_KEEP_INTERNAL_H
#define DB_LIST_KEEP_INTERNAL_H

#include "db/lists.h"

/* Count it; keep it if it is among the first, errors before notices. */
void list_keep(struct list_result *out, const struct paylist_error *e);

#endif
