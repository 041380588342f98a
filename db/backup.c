#include "db/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/str.h"
#include "db/db_internal.h"
#include "db/export_internal.h"
#include "db/home_internal.h"
#include "db/roles_internal.h"
#include "db/verdict_internal.h"
#include "db/watch_internal.h"

/*
 * In the copy only. The second VACUUM leaves no page in which a key was.
 * Old PINs cannot be tried either: the salts are gone.
 */
static const char wipe[] =
	"PRAGMA secure_delete = ON;"
	"UPDATE epoch SET secret = NULL;"
	"UPDATE device SET secret = x'';"
	"UPDATE user SET secret = x'', salt = zeroblob(16);"
	"DELETE FROM setting WHERE name GLOB 'next_key.*';"
	"DELETE FROM mark; DELETE FROM data_key;"
	"DELETE FROM approval_asked;"
	"INSERT OR REPLACE INTO setting (name, value) VALUES ('evidence', '1');"
	"VACUUM";

/* Of making one: what takes long. */
enum part {
	PART_COPY,
	PART_WIPE,
	PART_CHECK,
	PART_POUR,
	PARTS
};

enum {
	SYNC_BYTES = 4 * 1024 * 1024
};

static bool failed_on(sqlite3 *h, const char *doing, struct err *err)
{
	struct db as = {.handle = h};

	return db_failed(&as, doing, err);
}

static bool checked(sqlite3 *h, struct err *err)
{
	sqlite3_stmt *st = NULL;
	const char *said = NULL;
	bool ok = false;

	if (sqlite3_prepare_v2(h, "PRAGMA integrity_check(1)", -1, &st, NULL) ==
			SQLITE_OK &&
		sqlite3_step(st) == SQLITE_ROW)
		said = (const char *)sqlite3_column_text(st, 0);
	if (!said)
		failed_on(h, "check the copy", err);
	else if (strcmp(said, "ok") != 0)
		err_set(err, ERR_CORRUPT, 0, "the copy does not check: %s",
			said);
	else
		ok = true;
	sqlite3_finalize(st);
	return ok;
}

/* Of the book: about as long as its copy. */
static int64_t size_of(const char *dir)
{
	char path[DB_PATH_SIZE];
	struct stat st;

	snprintf(path, sizeof(path), "%s/chitra.db", dir);
	return stat(path, &st) == 0 ? st.st_size : 0;
}

/* VACUUM INTO takes one look at the store and leaves out free pages. */
static bool copy_into(struct db *db, const char *part, struct err *err)
{
	sqlite3_stmt *st = NULL;
	bool ok;

	db_watch_part(db, PART_COPY, PARTS);
	watch_file(db, part, size_of(db->info.dir));
	ok = sqlite3_prepare_v2(db->handle, "VACUUM INTO :to", -1, &st, NULL) ==
		     SQLITE_OK &&
	     sqlite3_bind_text(st, 1, part, -1, SQLITE_STATIC) == SQLITE_OK &&
	     sqlite3_step(st) == SQLITE_DONE;
	if (!ok)
		db_failed(db, "copy the store", err);
	sqlite3_finalize(st);
	watch_file(db, NULL, 0);
	return ok;
}

static bool wipe_keys(struct db *db, const char *part, struct err *err)
{
	sqlite3 *h = NULL;
	bool ok;

	db_watch_part(db, PART_WIPE, PARTS);
	ok = sqlite3_open_v2(part, &h, SQLITE_OPEN_READWRITE, NULL) ==
	     SQLITE_OK;
	if (ok)
		watch_handle(db, h);
	ok = ok && sqlite3_exec(h, wipe, NULL, NULL, NULL) == SQLITE_OK;
	if (!ok)
		failed_on(h, "wipe the keys of the copy", err);
	db_watch_part(db, PART_CHECK, PARTS);
	ok = ok && checked(h, err);
	sqlite3_close(h);
	return ok;
}

/* Taking one out: who watches, and the part that is being done. */
struct taking {
	const struct db_watch *watch; /* NULL: nobody */
	struct far far;
	bool stopped;
};

enum {
	TAKE_CHECK,
	TAKE_POUR,
	TAKE_PARTS,
	OPS_A_LOOK = 20000 /* of SQLite's machine */
};

static bool taken(struct taking *t, int part, int64_t done, int64_t all)
{
	if (!t->watch)
		return true;
	t->far = (struct far){.part = part,
		.parts = TAKE_PARTS,
		.done = done,
		.all = all,
		.unit = FAR_BYTES};
	t->stopped = t->stopped || !t->watch->ask(t->watch->ctx, &t->far);
	return !t->stopped;
}

static int on_check(void *taking)
{
	return !taken(taking, TAKE_CHECK, 0, 0);
}

/*
 * How far pouring is, and shall it go on? Synced now and then: else a slow
 * stick would take all of it in at once, and be waited for in silence.
 */
static bool poured(struct db *db, struct taking *t, struct outfile *to,
	int64_t all, struct err *err)
{
	if (to->bytes % SYNC_BYTES == 0 && !outfile_reach(to, err))
		return false;
	if (db)
		return db_watch_bytes(db, (int64_t)to->bytes, all, err);
	return taken(t, TAKE_POUR, (int64_t)to->bytes, all) ||
	       err_set(err, ERR_BUSY, SQLITE_INTERRUPT, "stopped");
}

/* All of one file into another that is there whole or not at all. db, or t:
 * who is told how far it is. */
static bool pour(struct db *db, struct taking *t, const char *from,
	struct outfile *to, struct err *err)
{
	uint8_t bytes[16384];
	const int fd = open(from, O_RDONLY | O_CLOEXEC);
	struct stat st = {0};
	ssize_t n = -1;

	if (fd < 0 || fstat(fd, &st) != 0) {
		err_set(err, errno == ENOENT ? ERR_GONE : ERR_IO, errno,
			"%s: %s", from, strerror(errno));
		goto out;
	}
	while ((n = read(fd, bytes, sizeof(bytes))) > 0)
		if (!outfile_put(to, bytes, (size_t)n, err) ||
			!poured(db, t, to, st.st_size, err))
			break;
	if (n < 0)
		err_set(err, ERR_IO, errno, "%s: %s", from, strerror(errno));
out:
	if (fd >= 0)
		close(fd);
	return n == 0;
}

/* The copy is made beside the store, on a disk that is ours. */
static bool write_backup(struct db *db, const struct session *s,
	const char *path, struct export_done *out, struct err *err)
{
	char part[DB_PATH_SIZE];
	struct outfile f;
	bool ok;

	snprintf(part, sizeof(part), "%s/backup.part", db->info.dir);
	unlink(part);
	ok = outfile_open(&f, path, 0600, err) &&
	     home_file_make(db->info.dir, "backup.part", err) &&
	     db_checkpoint(db, err) && copy_into(db, part, err) &&
	     wipe_keys(db, part, err);
	db_watch_part(db, PART_POUR, PARTS);
	ok = ok && pour(db, NULL, part, &f, err) && outfile_sync(&f, err);
	if (ok) {
		outfile_sha256(&f, out->sha256);
		out->bytes = f.bytes;
		ok = export_record(db, s, EXPORT_BACKUP, out->sha256, &out->seq,
			     err) &&
		     outfile_name(&f, err);
	}
	outfile_drop(&f);
	unlink(part);
	return ok;
}

enum verdict backup_write(struct db *db, const struct session *s,
	const char *path, struct export_done *out, struct refusal *why,
	struct err *err)
{
	*why = (struct refusal){0};
	*out = (struct export_done){0};
	if (roles_may(db, s, ACT_BACKUP, why) != VERDICT_DONE) {
		roles_note(db);
		return VERDICT_REFUSED;
	}
	if (db->info.training)
		return refuse(why, REFUSED_TRAINING);
	if (write_backup(db, s, path, out, err))
		return VERDICT_DONE;
	err_wrap(err, "backup to %s", path);
	return VERDICT_FAILED;
}

/* ---- back --------------------------------------------------------------- */

/* No file, no database, no such table, no such row; or it cannot be read. */
static void why_not(sqlite3 *h, const char *path, struct err *err)
{
	failed_on(h, path, err);
	switch (err->sys & 0xff) {
	case SQLITE_CANTOPEN:
	case SQLITE_NOTADB:
	case SQLITE_ERROR:
	case SQLITE_DONE:
		err_set(err, ERR_INVALID, 0, "%s is no backup", path);
	}
}

static bool is_backup(const char *path, struct taking *t, struct err *err)
{
	static const char sql[] = "SELECT value FROM setting"
				  " WHERE name = 'evidence'";
	sqlite3_stmt *st = NULL;
	sqlite3 *h = NULL;
	bool ok;

	ok = sqlite3_open_v2(path, &h, SQLITE_OPEN_READONLY, NULL) ==
		     SQLITE_OK &&
	     sqlite3_prepare_v2(h, sql, -1, &st, NULL) == SQLITE_OK &&
	     sqlite3_step(st) == SQLITE_ROW;
	if (!ok)
		why_not(h, path, err);
	sqlite3_finalize(st);
	if (ok && t->watch)
		sqlite3_progress_handler(h, OPS_A_LOOK, on_check, t);
	ok = ok && checked(h, err);
	sqlite3_close(h);
	return ok;
}

static bool take_out(struct taking *t, const char *path, const char *dir,
	struct err *err)
{
	static const char *const store[] = {"chitra.db", "device.key",
		"device.tpm", "device.id"};
	char to[DB_PATH_SIZE];
	struct outfile f;
	struct err absent;
	bool ok;

	for (size_t i = 0; i < sizeof(store) / sizeof(store[0]); i++)
		if (home_has(dir, store[i], &absent))
			return err_set(err, ERR_INVALID, EEXIST,
				"there is a store in %s already", dir);
	snprintf(to, sizeof(to), "%s/chitra.db", dir);
	ok = outfile_open(&f, to, 0600, err) && pour(NULL, t, path, &f, err) &&
	     outfile_sync(&f, err) && outfile_name(&f, err);
	outfile_drop(&f);
	return ok || err_wrap(err, "restore to %s", dir);
}

bool backup_restore(const char *path, const char *dir,
	const struct db_watch *watch, struct err *err)
{
	struct taking t = {.watch = watch};
	struct stat st;
	bool was_there;
	bool ok;

	if (!is_backup(path, &t, err))
		return false;
	was_there = stat(dir, &st) == 0;
	ok = home_make(dir, err) && take_out(&t, path, dir, err);
	if (!ok && !was_there)
		rmdir(dir);
	return ok;
}
