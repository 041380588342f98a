#include "db/home_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "core/crash.h"
#include "core/str.h"
#include "db/db_internal.h"

static const char secret_file[] = "device.key";
static const char sealed_file[] = "device.tpm";

enum {
	AWAY_NAME = 40 /* bytes of a name for it elsewhere */
};

static bool failed(struct err *err, const char *path)
{
	const int sys = errno;
	enum err_code code = ERR_IO;

	if (sys == ENOENT || sys == ENOTDIR)
		code = ERR_GONE;
	else if (sys == EACCES || sys == EPERM || sys == EROFS)
		code = ERR_DENIED;
	else if (sys == ENOSPC || sys == EDQUOT)
		code = ERR_FULL;
	return err_set(err, code, sys, "%s: %s", path, strerror(sys));
}

static void path_of(const char *dir, const char *file, char out[DB_PATH_SIZE])
{
	snprintf(out, DB_PATH_SIZE, "%s/%s", dir, file);
}

bool home_make(const char *dir, struct err *err)
{
	char path[DB_PATH_SIZE];

	if (!str_copy(path, sizeof(path), dir))
		return err_set(err, ERR_INVALID, 0, "path too long");
	for (char *at = path + 1; *at; at++) {
		if (*at != '/')
			continue;
		*at = '\0';
		if (mkdir(path, 0700) != 0 && errno != EEXIST)
			return failed(err, path);
		*at = '/';
	}
	if (mkdir(path, 0700) != 0 && errno != EEXIST)
		return failed(err, path);
	return true;
}

static bool busy(int fd, struct err *err)
{
	char pid[16] = "";
	ssize_t n = pread(fd, pid, sizeof(pid) - 1, 0);

	pid[n > 0 ? n : 0] = '\0';
	return err_set(err, ERR_BUSY, 0, "process %s has it open",
		str_trim(pid));
}

bool home_lock(const char *dir, int *fd, struct err *err)
{
	char path[DB_PATH_SIZE];
	int lock;

	path_of(dir, "lock", path);
	lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (lock < 0)
		return failed(err, path);
	if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
		if (errno == EWOULDBLOCK)
			busy(lock, err);
		else
			failed(err, path);
		close(lock);
		return false;
	}
	/* Only for people: the lock itself is the kernel's. */
	if (ftruncate(lock, 0) == 0)
		dprintf(lock, "%ld\n", (long)getpid());
	*fd = lock;
	return true;
}

void home_unlock(int fd)
{
	if (fd >= 0)
		close(fd);
}

bool home_has(const char *dir, const char *file, struct err *err)
{
	char path[DB_PATH_SIZE];

	path_of(dir, file, path);
	return access(path, F_OK) == 0 || failed(err, path);
}

bool home_file_make(const char *dir, const char *file, struct err *err)
{
	char path[DB_PATH_SIZE];
	int fd;

	path_of(dir, file, path);
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd < 0)
		return failed(err, path);
	close(fd);
	return true;
}

bool home_file_write(const char *dir, const char *file, const void *bytes,
	size_t len, struct err *err)
{
	char part[DB_PATH_SIZE];
	char path[DB_PATH_SIZE];
	char name[64];
	bool ok;
	int fd;

	snprintf(name, sizeof(name), "%s.part", file);
	path_of(dir, name, part);
	path_of(dir, file, path);
	fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		return failed(err, part);
	/* A write that stops half-way sets no errno. */
	errno = ENOSPC;
	ok = write(fd, bytes, len) == (ssize_t)len && fsync(fd) == 0;
	if (!ok)
		failed(err, part);
	close(fd);
	crash_point("init.part");
	return ok && (rename(part, path) == 0 || failed(err, path)) &&
	       home_sync(dir, err);
}

enum lookup home_file_read(const char *dir, const char *file, void *out,
	size_t len, struct err *err)
{
	char path[DB_PATH_SIZE];
	ssize_t n;
	int fd;

	path_of(dir, file, path);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 && errno == ENOENT)
		return LOOKUP_ABSENT;
	if (fd < 0) {
		failed(err, path);
		return LOOKUP_FAILED;
	}
	n = read(fd, out, len);
	if (n < 0)
		failed(err, path);
	close(fd);
	if (n == (ssize_t)len)
		return LOOKUP_FOUND;
	if (n >= 0)
		err_set(err, ERR_CORRUPT, 0, "%s is not whole", path);
	return LOOKUP_FAILED;
}

bool home_secret_away(const char *dir, char *where, size_t size)
{
	char path[DB_PATH_SIZE];
	ssize_t n;

	path_of(dir, secret_file, path);
	n = readlink(path, where, size - 1);
	where[n > 0 ? n : 0] = '\0';
	return n > 0 && access(where, F_OK) != 0;
}

bool home_secret_is_there(const char *dir)
{
	struct err absent;

	return home_has(dir, secret_file, &absent) ||
	       home_has(dir, sealed_file, &absent);
}

bool home_secret_is_bare(const char *dir)
{
	struct err absent;

	return home_has(dir, secret_file, &absent);
}

/* ABSENT: it is not sealed. */
static enum lookup unseal(const char *dir, const struct db_keeper *keeper,
	uint8_t out[CRYPTO_KEY_SIZE], struct err *err)
{
	uint8_t sealed[DB_SEALED_SIZE];
	const enum lookup got =
		home_file_read(dir, sealed_file, sealed, sizeof(sealed), err);

	if (got != LOOKUP_FOUND)
		return got;
	if (keeper && keeper->unseal(keeper->ctx, sealed, out, err))
		return LOOKUP_FOUND;
	if (!keeper)
		err_set(err, ERR_GONE, 0,
			"the key of this device is sealed, and nothing here"
			" opens it");
	return LOOKUP_FAILED;
}

/* What cannot be opened again is better known before it is needed. */
static bool seal_key(const char *dir, const struct db_keeper *keeper,
	const uint8_t key[CRYPTO_KEY_SIZE], struct err *err)
{
	uint8_t sealed[DB_SEALED_SIZE];
	uint8_t again[CRYPTO_KEY_SIZE];
	bool ok;

	ok = keeper->seal(keeper->ctx, key, sealed, err) &&
	     keeper->unseal(keeper->ctx, sealed, again, err) &&
	     (crypto_equal(key, again, sizeof(again)) ||
		     err_set(err, ERR_IO, 0,
			     "another key came back than was sealed")) &&
	     home_file_write(dir, sealed_file, sealed, sizeof(sealed), err);
	crypto_wipe(again, sizeof(again));
	return ok;
}

static bool seal_new(const char *dir, const struct db_keeper *keeper,
	uint8_t out[CRYPTO_KEY_SIZE], struct err *err)
{
	crypto_random(out, CRYPTO_KEY_SIZE);
	return seal_key(dir, keeper, out, err);
}

/* Flash memory may keep the old block all the same (README.md). */
static bool overwrite(const char *path, struct err *err)
{
	static const uint8_t nothing[CRYPTO_KEY_SIZE];
	const int fd = open(path, O_WRONLY | O_CLOEXEC);
	bool ok;

	if (fd < 0)
		return failed(err, path);
	ok = write(fd, nothing, sizeof(nothing)) == sizeof(nothing) &&
	     fsync(fd) == 0;
	if (!ok)
		failed(err, path);
	close(fd);
	return ok;
}

static bool gone(const char *path, struct err *err)
{
	return unlink(path) == 0 || failed(err, path);
}

/* Where dir has a link, that goes before what it leads to: a link that leads
 * nowhere would say that the key is on a disk that was taken out. */
bool home_secret_drop(const char *dir, struct err *err)
{
	char path[DB_PATH_SIZE];
	char where[DB_PATH_SIZE];

	home_secret_away(dir, where, sizeof(where));
	path_of(dir, secret_file, path);
	if (!overwrite(path, err))
		return false;
	crash_point("key.burnt");
	if (!gone(path, err) || !home_sync(dir, err))
		return false;
	crash_point("key.gone");
	return !where[0] || gone(where, err);
}

bool home_secret_seal(const char *dir, const struct db_keeper *keeper,
	const uint8_t key[CRYPTO_KEY_SIZE], struct err *err)
{
	if (!seal_key(dir, keeper, key, err))
		return false;
	crash_point("key.sealed");
	return true;
}

/*
 * A sealing that was cut short left the file, too: whole, or overwritten. Any
 * other key in it is not ours to remove, and the book does not open by it.
 */
static bool finish_sealing(const char *dir, const uint8_t key[CRYPTO_KEY_SIZE])
{
	static const uint8_t nothing[CRYPTO_KEY_SIZE];
	uint8_t left[CRYPTO_KEY_SIZE];
	char path[DB_PATH_SIZE];
	struct err err;
	struct stat st;
	bool ours;

	path_of(dir, secret_file, path);
	if (lstat(path, &st) != 0)
		return true;
	ours = home_file_read(dir, secret_file, left, sizeof(left), &err) ==
		       LOOKUP_FOUND &&
	       (crypto_equal(left, key, sizeof(left)) ||
		       crypto_equal(left, nothing, sizeof(left)));
	crypto_wipe(left, sizeof(left));
	return ours && home_secret_drop(dir, &err);
}

/* An init that did not get to its end has left the key in some way: another
 * way would leave two, and one of them would not open the book. */
static bool is_kept_otherwise(const char *dir, const char *file,
	struct err *err)
{
	struct err absent;

	return home_has(dir, file, &absent) &&
	       !err_set(err, ERR_INVALID, 0,
		       "the device's key is in %s/%s already", dir, file);
}

static bool seal_or_unseal(const char *dir, const struct db_keeper *keeper,
	uint8_t out[CRYPTO_KEY_SIZE], struct err *err)
{
	if (is_kept_otherwise(dir, secret_file, err))
		return false;
	switch (unseal(dir, keeper, out, err)) {
	case LOOKUP_FOUND:
		return true;
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		break;
	}
	return seal_new(dir, keeper, out, err);
}

bool home_secret_read(const char *dir, const struct db_keeper *keeper,
	uint8_t out[CRYPTO_KEY_SIZE], bool *left, struct err *err)
{
	enum lookup got = unseal(dir, keeper, out, err);

	*left = got == LOOKUP_FOUND && !finish_sealing(dir, out);
	if (got == LOOKUP_ABSENT) {
		got = home_file_read(dir, secret_file, out, CRYPTO_KEY_SIZE,
			err);
		if (got == LOOKUP_ABSENT)
			err_set(err, ERR_GONE, 0, "%s/%s is not there", dir,
				secret_file);
	}
	return got == LOOKUP_FOUND;
}

/* One may be left by an init that did not get to its end. */
static bool read_or_make(const char *dir, const char *file,
	uint8_t out[CRYPTO_KEY_SIZE], struct err *err)
{
	const enum lookup got =
		home_file_read(dir, file, out, CRYPTO_KEY_SIZE, err);

	if (got != LOOKUP_ABSENT)
		return got == LOOKUP_FOUND;
	crypto_random(out, CRYPTO_KEY_SIZE);
	return home_file_write(dir, file, out, CRYPTO_KEY_SIZE, err);
}

/* The file of the key, on another disk, and a link to it in dir. */
static bool make_away(const char *dir, const char *where,
	uint8_t out[CRYPTO_KEY_SIZE], struct err *err)
{
	char there[DB_PATH_SIZE];
	char link[DB_PATH_SIZE];
	char is[DB_PATH_SIZE] = "";
	char *slash;

	if (where[0] != '/' || !str_copy(there, sizeof(there), where))
		return err_set(err, ERR_INVALID, 0,
			"the place of the device's key is a whole path");
	slash = strrchr(there, '/');
	*slash = '\0';
	if (!slash[1] || strlen(slash + 1) > AWAY_NAME)
		return err_set(err, ERR_INVALID, 0,
			"the device's key needs a name of its own");
	path_of(dir, secret_file, link);
	if (!read_or_make(there[0] ? there : "/", slash + 1, out, err))
		return false;
	if (symlink(where, link) == 0)
		return true;
	/* By an init that did not get to its end, or of another place? */
	return (errno == EEXIST && readlink(link, is, sizeof(is) - 1) > 0 &&
		       strcmp(is, where) == 0) ||
	       failed(err, link);
}

bool home_secret_make(const char *dir, const char *where,
	const struct db_keeper *keeper, uint8_t out[CRYPTO_KEY_SIZE],
	struct err *err)
{
	if (keeper)
		return seal_or_unseal(dir, keeper, out, err);
	if (is_kept_otherwise(dir, sealed_file, err))
		return false;
	return where ? make_away(dir, where, out, err)
		     : read_or_make(dir, secret_file, out, err);
}

bool home_sync(const char *dir, struct err *err)
{
	const int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool ok;

	if (fd < 0)
		return failed(err, dir);
	ok = fsync(fd) == 0 || failed(err, dir);
	close(fd);
	return ok;
}

bool home_room(const char *dir, uint64_t *free_bytes, bool *read_only,
	struct err *err)
{
	struct statvfs fs;

	if (statvfs(dir, &fs) != 0)
		return failed(err, dir);
	*free_bytes = (uint64_t)fs.f_bavail * fs.f_frsize;
	*read_only = (fs.f_flag & ST_RDONLY) != 0;
	return true;
}
