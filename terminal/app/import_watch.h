/*
 * import_watch.h - what a person at the terminal sees of a long import, and
 * how he stops it.
 *
 * How far it is goes to standard error: on a terminal into one line that is
 * wiped away at the end, elsewhere a line a second. ^C is held back while the
 * list is read: the import ends at the next thousand rows, the store takes
 * everything back, and only then the program dies of it. One import belongs
 * to one thread.
 */
#ifndef APP_IMPORT_WATCH_H
#define APP_IMPORT_WATCH_H

#include <signal.h>

#include "db/lists.h"
#include "terminal/app/list_errors.h"

struct import_watch {
	struct list_errors *errors; /* NULL: nobody wants the troubles */
	bool show;
	bool on_terminal;
	int64_t size;     /* of the file; 0: not known */
	long long due_ms; /* when to say it next */
	bool said;        /* there is a line to wipe away */
	sigset_t before;
};

/* asked: --progress. quiet: nobody reads it, unless he asked. */
void import_watch_begin(struct import_watch *w, const char *path, bool asked,
	bool quiet);

/* For struct list_options, ctx is the watch. */
bool import_watch_progress(void *watch, int64_t rows, int64_t bytes);
void import_watch_trouble(void *watch, const struct paylist_error *e);

/* Was ^C pressed? Wipes the line away. */
bool import_watch_end(struct import_watch *w);

/* Die of a ^C that was pressed; else go on. The store is closed. */
void import_watch_leave(const struct import_watch *w);

#endif
