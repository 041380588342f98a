/*
 * fetcher.h - what comes down from the centre while the screen is up.
 *
 * Beside the sender, whose word it takes for whether the centre answers: after
 * it did, and then every ten minutes or so, it asks what there is and fetches
 * it (downlink.h). Who is out and texts are taken at once, a new key of the
 * centre too; a list is kept, sealed, until somebody takes it (chitra down).
 *
 * A thread of its own waits for the line; it never sees the store. The store
 * is asked and written by fetcher_step(), on the thread that has it, when no
 * key was pressed for a while: some milliseconds for a part, and a commit for
 * a whole parcel.
 *
 * Threads: all calls where the store is. Blocking: fetcher_stop() until the
 * question that is out has ended, a second or so.
 */
#ifndef TERMINAL_APP_FETCHER_H
#define TERMINAL_APP_FETCHER_H

#include "db/db.h"
#include "terminal/app/sender.h"

struct fetcher;

/*
 * *out NULL: this store belongs to no centre, or asks nobody. proxy: of
 * chitra.ini. False: *err; the screen goes on without it.
 */
bool fetcher_start(struct db *db, const char *proxy, struct fetcher **out,
	struct err *err);

/* The next thing to do with the store, if there is one. s is hurried on if a
 * key came that it waits for. True: something was written. NULL is allowed. */
bool fetcher_step(struct fetcher *f, struct db *db, struct sender *s);

void fetcher_stop(struct fetcher *f); /* NULL is allowed */

#endif
