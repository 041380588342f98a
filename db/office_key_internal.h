/* office_key_internal.h - the key in memory while a list is being read. */
#ifndef DB_OFFICE_KEY_INTERNAL_H
#define DB_OFFICE_KEY_INTERNAL_H

#include "db/office_key.h"

/* Into db->office, before other threads read it. ERR_CORRUPT: it is not the
 * one that was taken. */
bool office_key_load(struct db *db, struct err *err);
void office_key_drop(struct db *db);

#endif
