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

#include "core/str.h"
#include "db/db_internal.h"

static const char secret_file[] = "device.key";

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
	char path[DB_PATH_SIZE];
	bool ok;
	int fd;

	path_of(dir, file, path);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return failed(err, path);
	ok = write(fd, bytes, len) == (ssize_t)len && fsync(fd) == 0;
	if (!ok)
		failed(err, path);
	close(fd);
	return ok;
}

bool home_secret_read(const char *dir, uint8_t out[CRYPTO_KEY_SIZE],
	struct err *err)
{
	char path[DB_PATH_SIZE];
	ssize_t n;
	int fd;

	path_of(dir, secret_file, path);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return failed(err, path);
	n = read(fd, out, CRYPTO_KEY_SIZE);
	close(fd);
	if (n != CRYPTO_KEY_SIZE)
		return err_set(err, ERR_CORRUPT, 0, "%s is not a device key",
			path);
	return true;
}

bool home_secret_make(const char *dir, uint8_t out[CRYPTO_KEY_SIZE],
	struct err *err)
{
	char path[DB_PATH_SIZE];

	path_of(dir, secret_file, path);
	/* Left by an init that did not get to its end. */
	if (access(path, F_OK) == 0)
		return home_secret_read(dir, out, err);
	crypto_random(out, CRYPTO_KEY_SIZE);
	return home_file_write(dir, secret_file, out, CRYPTO_KEY_SIZE, err);
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

bool home_free_bytes(const char *dir, uint64_t *out, struct err *err)
{
	struct statvfs fs;

	if (statvfs(dir, &fs) != 0)
		return failed(err, dir);
	*out = (uint64_t)fs.f_bavail * fs.f_frsize;
	return true;
}
