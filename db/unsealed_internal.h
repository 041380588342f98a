/*
 * unsealed_internal.h - people's data of a store from before they were
 * sealed: table unsealed, from its migration until somebody signs in.
 */
#ifndef DB_UNSEALED_INTERNAL_H
#define DB_UNSEALED_INTERNAL_H

#include "db/db.h"

/*
 * Seal what is left bare, and write the file anew without it. Nothing to do
 * is the usual case, and costs one look. The data key must be here; no
 * transaction may be open. Begun and not ended, it is gone on with at the
 * next sign-in.
 */
bool unsealed_seal(struct db *db, struct err *err);

/* Have it written anew for another reason: the note, in the caller's
 * transaction; unsealed_seal() then does it. */
bool unsealed_note(struct db *db, struct err *err);

#endif
