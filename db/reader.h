/*
 * reader.h - the same store once more, only to be read: for what takes too
 * long to be done between two keys.
 *
 * The handle sees the store as it is when it asks, and what is committed
 * meanwhile; within db_read_begin() as of one moment. It has people's data if
 * somebody is signed in when it is opened, and keeps them until it is closed:
 * who signs the last one out closes it first. Nothing can be written by it.
 *
 * Threads: reader_open() by the thread of db; then it belongs to one thread
 * at a time, which hands it over by starting or joining another. Only
 * reader_stop() may be called by any. Blocking: open and close take some ms.
 * While it reads, db_checkpoint() of the store waits, up to 2 s: not then.
 */
#ifndef DB_READER_H
#define DB_READER_H

#include "db/db.h"

/* NULL: *err. Ends with reader_close(). */
struct db *reader_open(const struct db *db, struct err *err);

/* From now on whatever it is asked fails. */
void reader_stop(struct db *reader);
bool reader_is_stopped(const struct db *reader);

/* NULL is allowed. What it knew of people is wiped. */
void reader_close(struct db *reader);

#endif
