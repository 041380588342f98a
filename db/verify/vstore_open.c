/* vstore_open.c - to a handle on somebody else's database, leaving no trace. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "db/verify/vstore_internal.h"

enum {
	TRIES = 20,
	PAUSE_MS = 100,
	WAL_HEAD = 32,
	LENGTH_MAX = 1 << 20
};

static bool io_failed(struct err *err, const char *path)
{
	const int sys = errno;

	return err_set(err, sys == ENOENT ? ERR_GONE : ERR_IO, sys, "%s: %s",
		path, strerror(sys));
}

/* ---- copies ----------------------------------------------------------------
 */

/* What must not change while two files are copied. */
struct shape {
	struct stat db;
	struct stat wal;
	uint8_t wal_head[WAL_HEAD];
};

static bool same(const struct stat *a, const struct stat *b)
{
	return a->st_ino == b->st_ino && a->st_dev == b->st_dev &&
	       a->st_size == b->st_size &&
	       a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
	       a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

static void wal_of(const char *path, char out[VSTORE_PATH + 8])
{
	snprintf(out, VSTORE_PATH + 8, "%s-wal", path);
}

static bool look(const char *path, struct shape *out, struct err *err)
{
	char wal[VSTORE_PATH + 8];
	int fd;

	memset(out, 0, sizeof(*out));
	if (stat(path, &out->db) != 0)
		return io_failed(err, path);
	wal_of(path, wal);
	fd = open(wal, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOENT || io_failed(err, wal);
	if (fstat(fd, &out->wal) != 0 ||
		pread(fd, out->wal_head, WAL_HEAD, 0) < 0) {
		close(fd);
		return io_failed(err, wal);
	}
	close(fd);
	return true;
}

/* The log may have grown: what is new in it is not in our copy. */
static bool held_still(const struct shape *a, const struct shape *b)
{
	return same(&a->db, &b->db) && a->wal.st_ino == b->wal.st_ino &&
	       b->wal.st_size >= a->wal.st_size &&
	       memcmp(a->wal_head, b->wal_head, WAL_HEAD) == 0;
}

static bool write_all(int fd, const uint8_t *bytes, size_t len)
{
	while (len > 0) {
		const ssize_t n = write(fd, bytes, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		bytes += n;
		len -= (size_t)n;
	}
	return true;
}

static bool copy(const char *from, const char *to, struct err *err)
{
	static uint8_t bytes[1 << 16];
	const int in = open(from, O_RDONLY | O_CLOEXEC);
	const int out =
		open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	bool ok = in >= 0 && out >= 0;
	ssize_t n = 0;

	while (ok && (n = read(in, bytes, sizeof(bytes))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		ok = n > 0 && write_all(out, bytes, (size_t)n);
	}
	if (!ok)
		io_failed(err, in < 0 ? from : to);
	if (in >= 0)
		close(in);
	if (out >= 0 && close(out) != 0 && ok)
		ok = io_failed(err, to);
	return ok;
}

static void pause_a_little(void)
{
	const struct timespec ts = {.tv_nsec = PAUSE_MS * 1000000L};

	nanosleep(&ts, NULL);
}

/* Database and log as they were at one moment, in files of our own. */
static bool copy_both(const char *path, const char *to, struct err *err)
{
	char wal[VSTORE_PATH + 8];
	char to_wal[VSTORE_PATH + 8];
	struct shape before;
	struct shape after;

	wal_of(path, wal);
	wal_of(to, to_wal);
	for (int i = 0; i < TRIES; i++) {
		if (!look(path, &before, err))
			return false;
		unlink(to_wal);
		if ((before.wal.st_size > 0 && !copy(wal, to_wal, err)) ||
			!copy(path, to, err) || !look(path, &after, err))
			return false;
		if (held_still(&before, &after))
			return true;
		pause_a_little();
	}
	return err_set(err, ERR_BUSY, 0,
		"the store is being written to; try again");
}

/* ---- opening ---------------------------------------------------------------
 */

static void limit(sqlite3 *h)
{
	sqlite3_db_config(h, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(h, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	sqlite3_db_config(h, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
	sqlite3_db_config(h, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
	sqlite3_db_config(h, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
	sqlite3_db_config(h, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
	sqlite3_limit(h, SQLITE_LIMIT_LENGTH, LENGTH_MAX);
	sqlite3_limit(h, SQLITE_LIMIT_SQL_LENGTH, LENGTH_MAX);
	sqlite3_limit(h, SQLITE_LIMIT_COLUMN, 100);
	sqlite3_limit(h, SQLITE_LIMIT_EXPR_DEPTH, 100);
	sqlite3_limit(h, SQLITE_LIMIT_ATTACHED, 0);
	sqlite3_limit(h, SQLITE_LIMIT_TRIGGER_DEPTH, 1);
	sqlite3_limit(h, SQLITE_LIMIT_WORKER_THREADS, 0);
}

/* Reads the first page, so that whatever cannot be read shows here. */
static bool prepare(struct vstore *s, struct err *err)
{
	static const char sql[] = "PRAGMA locking_mode = EXCLUSIVE;"
				  "PRAGMA cell_size_check = ON;"
				  "PRAGMA mmap_size = 0;"
				  "PRAGMA temp_store = MEMORY;"
				  "PRAGMA query_only = ON;"
				  "SELECT count(*) FROM sqlite_schema";

	limit(s->handle);
	return sqlite3_exec(s->handle, sql, NULL, NULL, NULL) == SQLITE_OK ||
	       vstore_failed(s, "open", err);
}

#define URI_HEAD "file:"
#define URI_TAIL "?immutable=1"

enum {
	URI_SIZE = 3 * VSTORE_PATH + (int)sizeof(URI_HEAD URI_TAIL)
};

/* A path as part of a URI: three bytes for one at most. */
static void uri_of(const char *path, char out[URI_SIZE])
{
	size_t n = (size_t)snprintf(out, URI_SIZE, URI_HEAD);

	for (; *path; path++) {
		const unsigned char c = (unsigned char)*path;
		const bool plain = (c >= 'a' && c <= 'z') ||
				   (c >= 'A' && c <= 'Z') ||
				   (c >= '0' && c <= '9') || strchr("/._-", c);

		n += (size_t)snprintf(out + n, URI_SIZE - n,
			plain ? "%c" : "%%%02x", c);
	}
	snprintf(out + n, URI_SIZE - n, URI_TAIL);
}

static bool open_in_place(struct vstore *s, struct err *err)
{
	char uri[URI_SIZE];

	s->in_place = true;
	if (stat(s->path, &s->was) != 0)
		return io_failed(err, s->path);
	uri_of(s->path, uri);
	if (sqlite3_open_v2(uri, &s->handle,
		    SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL) != SQLITE_OK)
		return vstore_failed(s, "open", err);
	return prepare(s, err);
}

static bool open_copy(struct vstore *s, const char *file, struct err *err)
{
	char wal[VSTORE_PATH + 8];
	bool ok = copy_both(s->path, file, err);

	if (ok && sqlite3_open_v2(file, &s->handle, SQLITE_OPEN_READWRITE,
			  NULL) != SQLITE_OK)
		ok = vstore_failed(s, "open", err);
	ok = ok && prepare(s, err);
	/* Both are open now, and need no name any more. */
	unlink(file);
	wal_of(file, wal);
	unlink(wal);
	return ok;
}

static bool open_private(struct vstore *s, struct err *err)
{
	const char *base = getenv("TMPDIR");
	char dir[VSTORE_PATH / 2];
	char file[VSTORE_PATH];
	sigset_t all;
	sigset_t before;
	bool ok;

	if (!base || !*base)
		base = "/tmp";
	if (snprintf(dir, sizeof(dir), "%s/chitra-verify-XXXXXX", base) >=
		(int)sizeof(dir))
		return err_set(err, ERR_INVALID, 0, "TMPDIR is too long");
	/* Whoever interrupts waits until nothing lies there any more. */
	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, &before);
	if (mkdtemp(dir)) {
		snprintf(file, sizeof(file), "%s/copy.db", dir);
		ok = open_copy(s, file, err);
		rmdir(dir);
	} else {
		ok = io_failed(err, dir);
	}
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return ok;
}

bool vstore_open_file(struct vstore *s, struct err *err)
{
	struct shape now;

	if (!look(s->path, &now, err))
		return false;
	if (now.wal.st_size == 0)
		return open_in_place(s, err);
	return open_private(s, err);
}

bool vstore_held_still(const struct vstore *s)
{
	struct stat now;

	return !s->in_place ||
	       (stat(s->path, &now) == 0 && same(&now, &s->was));
}
