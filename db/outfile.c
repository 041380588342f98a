#include "db/outfile_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/fd.h"
#include "core/str.h"
#include "db/home_internal.h"

static bool failed(const char *path, struct err *err)
{
	const int sys = errno;
	enum err_code code = ERR_IO;

	if (sys == ENOENT || sys == ENOTDIR || sys == ENODEV || sys == ENXIO)
		code = ERR_GONE;
	else if (sys == EACCES || sys == EPERM || sys == EROFS)
		code = ERR_DENIED;
	else if (sys == ENOSPC || sys == EDQUOT || sys == EFBIG)
		code = ERR_FULL;
	else if (sys == EEXIST || sys == EISDIR)
		code = ERR_INVALID;
	return err_set(err, code, sys, "%s: %s", path, strerror(sys));
}

static bool is_there(const char *path, struct err *err)
{
	struct stat st;

	if (lstat(path, &st) != 0)
		return false;
	errno = EEXIST;
	failed(path, err);
	return true;
}

bool outfile_open(struct outfile *f, const char *path, mode_t mode,
	struct err *err)
{
	uint8_t salt[4];
	char hex[2 * sizeof(salt) + 1];
	int n;

	memset(f, 0, sizeof(*f));
	f->fd = -1;
	crypto_hash_start(&f->hash);
	crypto_random(salt, sizeof(salt));
	str_to_hex(salt, sizeof(salt), hex);
	n = snprintf(f->part, sizeof(f->part), "%s.%s.part", path, hex);
	if (n < 0 || (size_t)n >= sizeof(f->part) || !path[0])
		return err_set(err, ERR_INVALID, 0,
			"the name of the file is empty or too long");
	str_copy(f->path, sizeof(f->path), path);
	if (is_there(path, err))
		return false;
	f->fd = open(f->part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
	return f->fd >= 0 || failed(f->part, err);
}

static bool flush(struct outfile *f, struct err *err)
{
	if (!fd_write_all(f->fd, f->buffer, f->kept))
		return failed(f->part, err);
	f->kept = 0;
	return true;
}

bool outfile_put(struct outfile *f, const void *bytes, size_t len,
	struct err *err)
{
	const uint8_t *rest = bytes;

	crypto_hash_add(&f->hash, bytes, len);
	f->bytes += len;
	while (len > 0) {
		size_t part = sizeof(f->buffer) - f->kept;

		if (part > len)
			part = len;
		memcpy(f->buffer + f->kept, rest, part);
		f->kept += part;
		rest += part;
		len -= part;
		if (f->kept == sizeof(f->buffer) && !flush(f, err))
			return false;
	}
	return true;
}

void outfile_sha256(const struct outfile *f, uint8_t out[CRYPTO_HASH_SIZE])
{
	struct crypto_hash so_far = f->hash;

	crypto_hash_end(&so_far, out);
}

bool outfile_sync(struct outfile *f, struct err *err)
{
	bool ok;

	if (!flush(f, err))
		return false;
	ok = fsync(f->fd) == 0 || failed(f->part, err);
	/* Some disks of others tell only here that they are full. */
	if (close(f->fd) != 0 && ok)
		ok = failed(f->part, err);
	f->fd = -1;
	return ok;
}

bool outfile_reach(struct outfile *f, struct err *err)
{
	return flush(f, err) && (fdatasync(f->fd) == 0 || failed(f->part, err));
}

/* The directory that path lies in. */
static void folder_of(const char *path, char out[DB_PATH_SIZE])
{
	char *slash;

	str_copy(out, DB_PATH_SIZE, path);
	slash = strrchr(out, '/');
	if (!slash)
		str_copy(out, DB_PATH_SIZE, ".");
	else if (slash == out)
		out[1] = '\0';
	else
		*slash = '\0';
}

bool outfile_name(struct outfile *f, struct err *err)
{
	char folder[DB_PATH_SIZE];
	int rc;

	rc = renameat2(AT_FDCWD, f->part, AT_FDCWD, f->path, RENAME_NOREPLACE);
	/* Not every file system can: then the look above has to do. */
	if (rc != 0 && (errno == EINVAL || errno == ENOSYS) &&
		!is_there(f->path, err))
		rc = rename(f->part, f->path);
	if (rc != 0)
		return failed(f->path, err);
	f->part[0] = '\0';
	folder_of(f->path, folder);
	return home_sync(folder, err);
}

void outfile_drop(struct outfile *f)
{
	if (f->fd >= 0)
		close(f->fd);
	f->fd = -1;
	if (f->part[0])
		unlink(f->part);
	f->part[0] = '\0';
}
