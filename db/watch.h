/*
 * watch.h - long work in the store: how far it is, and stopping it.
 *
 * Whoever is about to ask for something long (a copy, an export, a paper of
 * the month, the whole check) sets a watch before it and takes it away after
 * it. Meanwhile ask() is called now and then, from within the call, on its
 * thread: it must not use the store. If it says false the call ends with
 * ERR_BUSY as soon as it can, and everything is as if it had not been begun:
 * what is written is one transaction, what leaves is a file without its name.
 * What has its name, or its record, is finished all the same.
 */
#ifndef DB_WATCH_H
#define DB_WATCH_H

#include <stdbool.h>
#include <stdint.h>

#include "core/err.h"
#include "core/far.h"

struct db;

struct db_watch {
	/* false: stop. Called often: it looks at the clock itself. */
	bool (*ask)(void *ctx, const struct far *f);
	void *ctx;
};

/* NULL: nobody watches (any more). */
void db_watch(struct db *db, const struct db_watch *watch);

/* Who watches; NULL: nobody. For what is done without this store. */
const struct db_watch *db_watched_by(const struct db *db);

/* The next part begins, of so many. Nothing if nobody watches. */
void db_watch_part(struct db *db, int part, int parts);

/* So far it is: for loops of callers. False: *err, ERR_BUSY. */
bool db_watch_step(struct db *db, int64_t done, int64_t all, struct err *err);

/* The same where one step may take long: asks every time. */
bool db_watch_now(struct db *db, int64_t done, int64_t all, struct err *err);

/* The same in bytes. */
bool db_watch_bytes(struct db *db, int64_t done, int64_t all, struct err *err);

/* Was it stopped by ask()? For *err of a call that was watched. */
bool db_watch_stopped(const struct err *err);

#endif
