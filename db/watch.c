#include "db/watch.h"

#include <string.h>
#include <sys/stat.h>

#include "core/str.h"
#include "db/watch_internal.h"

enum {
	OPS_A_LOOK = 20000, /* of SQLite's machine: some 2 ms */
	STEPS_A_LOOK = 64
};

static bool ask(struct db *db)
{
	struct db_watching *w = &db->watching;
	struct stat st;

	if (w->path[0] && stat(w->path, &st) == 0)
		w->far.done = st.st_size < w->far.all ? st.st_size : w->far.all;
	w->stopped = w->stopped || !w->watch.ask(w->watch.ctx, &w->far);
	return !w->stopped;
}

/* Not 0: the statement ends with SQLITE_INTERRUPT. */
static int on_ops(void *db)
{
	return !ask(db);
}

void watch_handle(struct db *db, sqlite3 *h)
{
	if (db->watching.watch.ask)
		sqlite3_progress_handler(h, OPS_A_LOOK, on_ops, db);
}

void watch_file(struct db *db, const char *path, int64_t size)
{
	struct db_watching *w = &db->watching;

	str_copy(w->path, sizeof(w->path), path ? path : "");
	w->far.done = 0;
	w->far.all = path ? size : 0;
	w->far.unit = FAR_BYTES;
}

void db_watch(struct db *db, const struct db_watch *watch)
{
	memset(&db->watching, 0, sizeof(db->watching));
	sqlite3_progress_handler(db->handle, 0, NULL, NULL);
	if (!watch)
		return;
	db->watching.watch = *watch;
	db->watching.far.parts = 1;
	watch_handle(db, db->handle);
}

const struct db_watch *db_watched_by(const struct db *db)
{
	return db->watching.watch.ask ? &db->watching.watch : NULL;
}

void db_watch_part(struct db *db, int part, int parts)
{
	db->watching.far = (struct far){.part = part, .parts = parts};
	db->watching.path[0] = '\0';
}

static bool step(struct db *db, int64_t done, int64_t all, struct err *err)
{
	struct db_watching *w = &db->watching;

	if (!w->watch.ask)
		return true;
	w->far.done = done;
	w->far.all = all;
	if (++w->steps < STEPS_A_LOOK && !w->stopped)
		return true;
	w->steps = 0;
	return ask(db) || err_set(err, ERR_BUSY, SQLITE_INTERRUPT, "stopped");
}

bool db_watch_step(struct db *db, int64_t done, int64_t all, struct err *err)
{
	db->watching.far.unit = FAR_ROWS;
	return step(db, done, all, err);
}

bool db_watch_now(struct db *db, int64_t done, int64_t all, struct err *err)
{
	db->watching.steps = STEPS_A_LOOK;
	return db_watch_step(db, done, all, err);
}

bool db_watch_bytes(struct db *db, int64_t done, int64_t all, struct err *err)
{
	db->watching.far.unit = FAR_BYTES;
	return step(db, done, all, err);
}

bool db_watch_stopped(const struct err *err)
{
	return err->code == ERR_BUSY && err->sys == SQLITE_INTERRUPT;
}
