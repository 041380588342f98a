/*
 * sender.h - what waits goes to the centre while the screen is up.
 *
 * A thread of its own waits for the line; it never sees the store. The store
 * is asked and written by sender_step(), on the thread that has it, when no
 * key was pressed for a while: some milliseconds for a batch, a commit for an
 * answer (bench_morning).
 *
 * Threads: all calls where the store is. Blocking: sender_stop() until the
 * question that is out has ended, a second or so.
 */
#ifndef TERMINAL_APP_SENDER_H
#define TERMINAL_APP_SENDER_H

#include "db/db.h"
#include "terminal/flows/upload.h"

struct sender;

/* What people are shown of it. */
struct sender_shows {
	bool up;       /* the centre answered the last time */
	int64_t since; /* wall ms: since when it is as it is; 0: unknown */
	bool asking;   /* a batch is on its way */
	enum upload_trouble trouble;
};

/*
 * *out NULL: this store belongs to no centre, or sends nothing. proxy: of
 * chitra.ini. False: *err; the screen goes on without it.
 */
bool sender_start(struct db *db, const char *proxy, struct sender **out,
	struct err *err);

/* The next thing to do with the store, if there is one. True: what is shown
 * has changed. NULL is allowed. */
bool sender_step(struct sender *s, struct db *db);

/* Somebody wants it now. NULL is allowed. */
void sender_hurry(struct sender *s);

/* NULL: nothing is up. */
void sender_look(const struct sender *s, struct sender_shows *out);

void sender_stop(struct sender *s); /* NULL is allowed */

#endif
