/*
 * check_internal.h - is the store what this program left behind?
 *
 * A mark, locked with the device secret, says up to which record the book
 * was verified, and holds a digest of what was paid then. Opening verifies
 * from there on, which after an orderly close is nothing at all; db_check()
 * and journal_verify() start at the first record.
 */
#ifndef DB_CHECK_INTERNAL_H
#define DB_CHECK_INTERNAL_H

#include "db/db.h"

/* The cheap check of every start. ERR_CORRUPT: a finding, in the text. */
bool check_at_open(struct db *db, struct err *err);

/*
 * The whole book against the mark, at the opening of a shift: every hash from
 * the first record on, signatures since the mark only (the mark vouches for
 * the hash that those before it lead to), and the tables.
 */
bool check_book(struct db *db, struct err *err);

/* All that is there now is verified, or was written by this process. */
bool mark_put(struct db *db, struct err *err);

#endif
