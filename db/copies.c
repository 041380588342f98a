#include "db/copies.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/str.h"
#include "db/backup.h"
#include "db/journal_internal.h"
#include "db/month_internal.h"
#include "db/stmt.h"
#include "db/watch_internal.h"

/* Evidence, device, length, the last record. */
static const char sql[] =
	"SELECT d.dev, s.last_seq, j.h, j.body FROM setting e, device d,"
	" state s JOIN journal j ON j.seq = s.last_seq"
	" WHERE e.name = 'evidence'";

struct last {
	uint8_t dev[DB_DEV_SIZE];
	uint8_t h[CRYPTO_HASH_SIZE];
};

static bool read_row(sqlite3_stmt *st, struct copy_seen *out, struct last *last)
{
	struct month_record r;

	if (!stmt_column_blob(st, 0, last->dev, sizeof(last->dev)) ||
		!stmt_column_blob(st, 2, last->h, sizeof(last->h)) ||
		!month_read(sqlite3_column_blob(st, 3),
			(size_t)sqlite3_column_bytes(st, 3), MONTH_ALL, &r))
		return false;
	out->last_seq = (uint64_t)sqlite3_column_int64(st, 1);
	out->t = r.t;
	str_to_hex(last->dev, sizeof(last->dev), out->dev_hex);
	return true;
}

static bool read_copy(const char *path, struct copy_seen *out,
	struct last *last)
{
	sqlite3_stmt *st = NULL;
	struct stat file;
	sqlite3 *h = NULL;
	bool ok;

	if (stat(path, &file) != 0 || !S_ISREG(file.st_mode))
		return false;
	out->bytes = (uint64_t)file.st_size;
	ok = sqlite3_open_v2(path, &h, SQLITE_OPEN_READONLY, NULL) ==
		     SQLITE_OK &&
	     sqlite3_prepare_v2(h, sql, -1, &st, NULL) == SQLITE_OK &&
	     sqlite3_step(st) == SQLITE_ROW && read_row(st, out, last);
	sqlite3_finalize(st);
	sqlite3_close(h);
	return ok;
}

static bool compare(struct db *db, const struct last *last,
	struct copy_seen *out, struct err *err)
{
	struct journal_row row;
	enum lookup got;

	out->kin = COPY_OTHER;
	if (memcmp(last->dev, db->info.dev, sizeof(last->dev)) != 0)
		return true;
	out->kin = COPY_AHEAD;
	if (out->last_seq > out->here)
		return true;
	got = journal_row(db, out->last_seq, &row, err);
	if (got == LOOKUP_FAILED)
		return false;
	if (got == LOOKUP_ABSENT ||
		memcmp(row.h, last->h, sizeof(last->h)) != 0)
		out->kin = COPY_FORK;
	else
		out->kin = out->last_seq == out->here ? COPY_SAME : COPY_BEHIND;
	return true;
}

enum lookup copies_look(struct db *db, const char *path, struct copy_seen *out,
	struct err *err)
{
	struct journal_head head;
	struct last last;

	*out = (struct copy_seen){0};
	if (!read_copy(path, out, &last))
		return LOOKUP_ABSENT;
	if (!journal_head(db, &head, err))
		return LOOKUP_FAILED;
	out->here = head.last_seq;
	return compare(db, &last, out, err) ? LOOKUP_FOUND : LOOKUP_FAILED;
}

/* A directory with files in it and nothing below. */
static void remove_all(const char *dir)
{
	char path[DB_PATH_SIZE + 260];
	struct dirent *e;
	DIR *d = opendir(dir);

	while (d && (e = readdir(d)) != NULL) {
		snprintf(path, sizeof(path), "%s/%s", dir, e->d_name);
		if (e->d_name[0] != '.')
			unlink(path);
	}
	if (d)
		closedir(d);
	rmdir(dir);
}

enum {
	CHECK_PARTS = 3
};

/* Taking it out is the first two of three parts. */
static bool ask_three(void *db, const struct far *f)
{
	const struct db_watch *w = db_watched_by(db);
	struct far three = *f;

	three.parts = CHECK_PARTS;
	return w->ask(w->ctx, &three);
}

bool copies_check(struct db *db, const char *path, struct err *err)
{
	const struct db_watch three = {ask_three, db};
	char dir[DB_PATH_SIZE];
	struct db *copy = NULL;
	bool ok;

	snprintf(dir, sizeof(dir), "%s/check.part", db->info.dir);
	remove_all(dir);
	ok = backup_restore(path, dir, db_watched_by(db) ? &three : NULL, err);
	if (ok)
		copy = db_open(dir, err);
	ok = ok && copy;
	if (ok && db_watched_by(db)) {
		db_watch(copy, db_watched_by(db));
		db_watch_part(copy, CHECK_PARTS - 1, CHECK_PARTS);
	}
	ok = ok && db_check(copy, err);
	db_close(copy);
	remove_all(dir);
	return ok || err_wrap(err, "check the copy %s", path);
}
