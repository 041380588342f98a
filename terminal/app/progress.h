/*
 * progress.h - what a person at the terminal sees of a verb that takes long,
 * and how he stops it.
 *
 * How far it is goes to standard error once it has taken a while: on a
 * terminal into one line that is wiped away at the end, elsewhere, with
 * --progress, a line a second. ^C is held back meanwhile: the store ends what
 * it does as soon as it can and takes everything back, the verb says so, and
 * only then the program dies of it (status 130). Without a verb's long work
 * ^C kills at once, as it always may. One at a time, of one thread.
 */
#ifndef APP_PROGRESS_H
#define APP_PROGRESS_H

#include <signal.h>
#include <stdbool.h>

#include "core/far.h"
#include "db/watch.h"

struct progress {
	bool on; /* between begin and end */
	bool show;
	bool on_terminal;
	bool said; /* there is a line to wipe away */
	int part;
	long long began_ms;
	long long part_ms; /* when this part began */
	long long due_ms;  /* when to say it next */
	sigset_t before;
};

/* *p is zero, or of the work before in the same verb. asked: --progress.
 * quiet: nobody reads it, unless he asked. */
void progress_begin(struct progress *p, bool asked, bool quiet);

/*
 * The same, and ^C kills at once, as it does without: for what waits for
 * others, and leaves nothing undone wherever it ends.
 */
void progress_begin_loose(struct progress *p, bool asked, bool quiet);

/* So far it is. False: ^C was pressed, stop. For struct db_watch, too. */
bool progress_ask(void *progress, const struct far *f);

/* The store asks it from now on. */
void progress_watch(struct progress *p, struct db *db);

/* Was ^C pressed? Wipes the line away. */
bool progress_end(struct progress *p);

/* Die of a ^C that was pressed; else go on. The store is closed. */
void progress_leave(struct progress *p);

#endif
