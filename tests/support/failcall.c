#include "support/failcall.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

static struct {
	struct failcall fault;
	int left;
	bool tripped;
	bool sql_failed; /* and SQLite was not asked since */
} calls;

void failcall_set(const struct failcall *f)
{
	calls.fault = *f;
	calls.left = f->n;
	calls.tripped = false;
	calls.sql_failed = false;
}

bool failcall_end(void)
{
	calls.left = 0;
	return calls.tripped;
}

static bool is_sql(enum failcall_whose whose)
{
	return whose <= FAILCALL_FIRST;
}

static bool due(enum failcall_whose whose)
{
	if (is_sql(whose))
		calls.sql_failed = false;
	if (calls.left == 0 || calls.fault.whose != whose || --calls.left > 0)
		return false;
	/* It goes on failing. */
	calls.left = calls.fault.once ? 0 : 1;
	calls.tripped = true;
	calls.sql_failed = is_sql(whose);
	if (!is_sql(whose))
		errno = calls.fault.code;
	return true;
}

/* Their names are the linker's. */
#define WRAP(type, name, args, whose, failed, pass) \
	type __real_##name args;                    \
	type __wrap_##name args;                    \
	type __wrap_##name args                     \
	{                                           \
		if (due(whose))                     \
			return failed;              \
		return __real_##name pass;          \
	}

#define SQL(name, args, pass) \
	WRAP(int, name, args, FAILCALL_SQL, calls.fault.code, pass)
#define FILES(type, name, args, failed, pass) \
	WRAP(type, name, args, FAILCALL_FILE, failed, pass)

SQL(sqlite3_exec,
	(sqlite3 * h, const char *sql,
		int (*row)(void *, int, char **, char **), void *ctx,
		char **text),
	(h, sql, row, ctx, text))
SQL(sqlite3_wal_checkpoint_v2,
	(sqlite3 * h, const char *name, int mode, int *log, int *done),
	(h, name, mode, log, done))

FILES(ssize_t, read, (int fd, void *buf, size_t n), -1, (fd, buf, n))
FILES(ssize_t, pread, (int fd, void *buf, size_t n, off_t at), -1,
	(fd, buf, n, at))
FILES(ssize_t, write, (int fd, const void *buf, size_t n), -1, (fd, buf, n))
FILES(int, fsync, (int fd), -1, (fd))
FILES(int, rename, (const char *from, const char *to), -1, (from, to))
FILES(int, mkdir, (const char *path, mode_t mode), -1, (path, mode))
FILES(int, fstat, (int fd, struct stat *st), -1, (fd, st))
FILES(int, stat, (const char *path, struct stat *st), -1, (path, st))
FILES(int, statvfs, (const char *path, struct statvfs *st), -1, (path, st))
FILES(int, lstat, (const char *path, struct stat *st), -1, (path, st))
FILES(int, flock, (int fd, int how), -1, (fd, how))
FILES(int, symlink, (const char *to, const char *path), -1, (to, path))
FILES(int, renameat2,
	(int in, const char *from, int into, const char *to, unsigned flags),
	-1, (in, from, into, to, flags))
/* It says so itself, and not by errno. */
FILES(int, posix_fallocate, (int fd, off_t at, off_t len), calls.fault.code,
	(fd, at, len))
FILES(int, ftruncate, (int fd, off_t len), -1, (fd, len))
FILES(FILE *, fopen, (const char *path, const char *mode), NULL, (path, mode))
FILES(FILE *, fdopen, (int fd, const char *mode), NULL, (fd, mode))
WRAP(size_t, fwrite, (const void *buf, size_t size, size_t n, FILE *f),
	FAILCALL_STREAM, 0, (buf, size, n, f))
WRAP(int, fflush, (FILE * f), FAILCALL_STREAM, EOF, (f))

int __real_sqlite3_step(sqlite3_stmt *st);
int __wrap_sqlite3_step(sqlite3_stmt *st);
int __real_sqlite3_prepare_v2(sqlite3 *h, const char *sql, int len,
	sqlite3_stmt **out, const char **rest);
int __wrap_sqlite3_prepare_v2(sqlite3 *h, const char *sql, int len,
	sqlite3_stmt **out, const char **rest);
int __real_sqlite3_prepare_v3(sqlite3 *h, const char *sql, int len,
	unsigned flags, sqlite3_stmt **out, const char **rest);
int __wrap_sqlite3_prepare_v3(sqlite3 *h, const char *sql, int len,
	unsigned flags, sqlite3_stmt **out, const char **rest);
int __real_sqlite3_open_v2(const char *path, sqlite3 **out, int flags,
	const char *vfs);
int __wrap_sqlite3_open_v2(const char *path, sqlite3 **out, int flags,
	const char *vfs);
int __real_sqlite3_extended_errcode(sqlite3 *h);
int __wrap_sqlite3_extended_errcode(sqlite3 *h);
int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);

int __wrap_sqlite3_step(sqlite3_stmt *st)
{
	if (due(FAILCALL_SQL) ||
		(!sqlite3_stmt_busy(st) && due(FAILCALL_FIRST)))
		return calls.fault.code;
	return __real_sqlite3_step(st);
}

int __wrap_sqlite3_prepare_v2(sqlite3 *h, const char *sql, int len,
	sqlite3_stmt **out, const char **rest)
{
	*out = NULL;
	if (due(FAILCALL_SQL) || due(FAILCALL_PREPARE))
		return calls.fault.code;
	return __real_sqlite3_prepare_v2(h, sql, len, out, rest);
}

int __wrap_sqlite3_prepare_v3(sqlite3 *h, const char *sql, int len,
	unsigned flags, sqlite3_stmt **out, const char **rest)
{
	*out = NULL;
	if (due(FAILCALL_SQL) || due(FAILCALL_PREPARE))
		return calls.fault.code;
	return __real_sqlite3_prepare_v3(h, sql, len, flags, out, rest);
}

/* As SQLite does: there is a handle, to be closed, but it is of no use. */
int __wrap_sqlite3_open_v2(const char *path, sqlite3 **out, int flags,
	const char *vfs)
{
	const int rc = __real_sqlite3_open_v2(path, out, flags, vfs);

	return due(FAILCALL_SQL) ? calls.fault.code : rc;
}

int __wrap_sqlite3_extended_errcode(sqlite3 *h)
{
	return calls.sql_failed ? calls.fault.code
				: __real_sqlite3_extended_errcode(h);
}

int __wrap_open(const char *path, int flags, ...)
{
	mode_t mode = 0;
	va_list args;

	va_start(args, flags);
	if (flags & O_CREAT)
		mode = va_arg(args, mode_t);
	va_end(args);
	return due(FAILCALL_FILE) ? -1 : __real_open(path, flags, mode);
}

int __real_close(int fd);
int __wrap_close(int fd);

/* As the kernel does: the number is free again, whatever it says. */
int __wrap_close(int fd)
{
	const int rc = __real_close(fd);

	return due(FAILCALL_FILE) ? -1 : rc;
}
