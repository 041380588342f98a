#include "db/export_dir.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/str.h"
#include "db/db_internal.h"
#include "db/export_internal.h"
#include "db/home_internal.h"
#include "db/roles_internal.h"
#include "db/verdict_internal.h"

enum {
	LINE_SIZE = 2 * CRYPTO_HASH_SIZE + EXPORT_DIR_NAME + 8,
	SALT_END = 1 + 8 + 5 /* ".0123abcd.part" */
};

static const char sums_name[] = "SHA256SUMS";

struct export_dir {
	struct db *db;
	const struct session *session;
	enum export_kind kind;
	uint64_t seq; /* of its record; 0: any */
	char path[DB_PATH_SIZE];
	char part[DB_PATH_SIZE]; /* the name it has until it is whole; "" */
	struct outfile file;     /* fd -1: none is open */
	bool open;
	struct {
		char name[EXPORT_DIR_NAME];
		uint8_t sha256[CRYPTO_HASH_SIZE];
	} done[EXPORT_DIR_FILES];
	int files;
};

static bool failed(const char *path, struct err *err)
{
	const int sys = errno;
	enum err_code code = ERR_IO;

	if (sys == ENOENT || sys == ENOTDIR || sys == ENODEV || sys == ENXIO)
		code = ERR_GONE;
	else if (sys == EACCES || sys == EPERM || sys == EROFS)
		code = ERR_DENIED;
	else if (sys == ENOSPC || sys == EDQUOT)
		code = ERR_FULL;
	else if (sys == EEXIST || sys == ENOTEMPTY)
		code = ERR_INVALID;
	return err_set(err, code, sys, "%s: %s", path, strerror(sys));
}

/* ---- beginning ------------------------------------------------------------ */

/* ---- what was left ---------------------------------------------------------- */

/* ".NAME.0123abcd.part", as name_part() makes it; behind the beginning of NAME
 * that is given there are so many characters, 0: no matter how many. */
static bool is_left(const char *name, const char *beginning, size_t behind)
{
	static const char end[] = ".part";
	const size_t len = strlen(name);

	return name[0] == '.' && str_starts(name + 1, beginning) &&
	       len > sizeof(end) + 8 &&
	       (behind == 0 || len == 1 + strlen(beginning) + behind) &&
	       strcmp(name + len - (sizeof(end) - 1), end) == 0;
}

/* Its files, and itself; a directory inside is none of ours, and stays. */
static void remove_left(const char *folder, const char *name)
{
	char path[DB_PATH_SIZE];
	char file[DB_PATH_SIZE + NAME_MAX + 2];
	const int n = snprintf(path, sizeof(path), "%s/%s", folder, name);
	DIR *d = n > 0 && (size_t)n < sizeof(path) ? opendir(path) : NULL;

	if (!d)
		return;
	for (struct dirent *e; (e = readdir(d));) {
		snprintf(file, sizeof(file), "%s/%s", path, e->d_name);
		unlink(file);
	}
	closedir(d);
	rmdir(path);
}

static void sweep(const char *folder, const char *beginning, size_t behind)
{
	DIR *d = opendir(folder);

	if (!d)
		return;
	for (struct dirent *e; (e = readdir(d));)
		if (is_left(e->d_name, beginning, behind))
			remove_left(folder, e->d_name);
	closedir(d);
}

void export_dir_sweep(const char *folder, const char *beginning)
{
	sweep(folder, beginning, 0);
}

/* ---- the beginning ------------------------------------------------------- */

/* The last part of the path, hidden and salted, beside it. */
static bool name_part(struct export_dir *d, struct err *err)
{
	const char *slash = strrchr(d->path, '/');
	const int before = slash ? (int)(slash - d->path) + 1 : 0;
	uint8_t salt[4];
	char hex[2 * sizeof(salt) + 1];
	int n;

	crypto_random(salt, sizeof(salt));
	str_to_hex(salt, sizeof(salt), hex);
	n = snprintf(d->part, sizeof(d->part), "%.*s.%s.%s.part", before,
		d->path, d->path + before, hex);
	if (n > 0 && (size_t)n < sizeof(d->part) && d->path[before])
		return true;
	d->part[0] = '\0';
	return err_set(err, ERR_INVALID, 0,
		"the name of the directory is empty or too long");
}

/* What tries to write the same before left there, when the stick was pulled. */
static void sweep_same(const struct export_dir *d)
{
	char folder[DB_PATH_SIZE];
	char own[DB_PATH_SIZE];
	char *slash;

	str_copy(folder, sizeof(folder), d->path);
	slash = strrchr(folder, '/');
	if (!slash) {
		str_copy(own, sizeof(own), folder);
		str_copy(folder, sizeof(folder), ".");
	} else {
		str_copy(own, sizeof(own), slash + 1);
		slash[slash == folder] = '\0';
	}
	sweep(folder, own, SALT_END);
}

static bool make(struct export_dir *d, const char *path, struct err *err)
{
	struct stat st;
	size_t len;

	str_copy(d->path, sizeof(d->path), path);
	len = strlen(d->path);
	while (len > 1 && d->path[len - 1] == '/')
		d->path[--len] = '\0';
	if (lstat(d->path, &st) == 0) {
		errno = EEXIST;
		return failed(d->path, err);
	}
	if (!name_part(d, err))
		return false;
	sweep_same(d);
	if (mkdir(d->part, 0700) == 0)
		return true;
	failed(d->part, err);
	d->part[0] = '\0';
	return false;
}

enum verdict export_dir_open(struct db *db, const struct session *s,
	const char *path, struct export_dir **out, struct refusal *why,
	struct err *err)
{
	struct export_dir *d;

	*why = (struct refusal){0};
	*out = NULL;
	if (db->info.training)
		return refuse(why, REFUSED_TRAINING);
	if (roles_may(db, s, ACT_EXPORT, why) != VERDICT_DONE) {
		roles_note(db);
		return VERDICT_REFUSED;
	}
	d = calloc(1, sizeof(*d));
	if (!d) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory for an export");
		return VERDICT_FAILED;
	}
	d->db = db;
	d->session = s;
	d->kind = EXPORT_DAY;
	if (make(d, path, err)) {
		*out = d;
		return VERDICT_DONE;
	}
	err_wrap(err, "export to %s", path);
	export_dir_drop(d);
	return VERDICT_FAILED;
}

void export_dir_is(struct export_dir *d, enum export_kind kind, uint64_t seq)
{
	d->kind = kind;
	d->seq = seq;
}

/* ---- files ---------------------------------------------------------------- */

/* The file that is open is whole. */
static bool end_file(struct export_dir *d, struct err *err)
{
	if (!d->open)
		return true;
	outfile_sha256(&d->file, d->done[d->files].sha256);
	if (!outfile_sync(&d->file, err) || !outfile_name(&d->file, err))
		return false;
	d->open = false;
	d->files++;
	return true;
}

bool export_dir_file(struct export_dir *d, const char *name, struct err *err)
{
	char path[DB_PATH_SIZE];
	int n;

	assert(!strchr(name, '/') && strlen(name) < EXPORT_DIR_NAME);
	if (!end_file(d, err))
		return false;
	assert(d->files < EXPORT_DIR_FILES);
	n = snprintf(path, sizeof(path), "%s/%s", d->part, name);
	if (n < 0 || (size_t)n >= sizeof(path))
		return err_set(err, ERR_INVALID, 0, "the name is too long");
	str_copy(d->done[d->files].name, EXPORT_DIR_NAME, name);
	d->open = outfile_open(&d->file, path, 0600, err);
	if (!d->open)
		outfile_drop(&d->file);
	return d->open;
}

bool export_dir_put(struct export_dir *d, const void *bytes, size_t len,
	struct err *err)
{
	assert(d->open);
	return outfile_put(&d->file, bytes, len, err);
}

bool export_dir_journal(struct export_dir *d, const char *name,
	struct export_done *out, struct err *err)
{
	bool ok;

	if (!export_dir_file(d, name, err) || !db_read_begin(d->db, err))
		return false;
	ok = export_fill_journal(d->db, &d->file, out, err);
	db_read_end(d->db);
	if (ok) {
		outfile_sha256(&d->file, out->sha256);
		out->bytes = d->file.bytes;
	}
	return ok;
}

/* ---- the end -------------------------------------------------------------- */

static bool write_sums(struct export_dir *d, struct export_done *out,
	struct err *err)
{
	const int files = d->files;

	if (!export_dir_file(d, sums_name, err))
		return false;
	for (int i = 0; i < files; i++) {
		char hex[2 * CRYPTO_HASH_SIZE + 1];
		char line[LINE_SIZE];

		str_to_hex(d->done[i].sha256, CRYPTO_HASH_SIZE, hex);
		snprintf(line, sizeof(line), "%s  %s\n", hex, d->done[i].name);
		if (!export_dir_put(d, line, strlen(line), err))
			return false;
	}
	outfile_sha256(&d->file, out->sha256);
	out->bytes = d->file.bytes;
	out->rows = (uint64_t)files + 1;
	return end_file(d, err);
}

/* Sticks are often of a kind that has no RENAME_NOREPLACE. */
static bool give_name(struct export_dir *d, struct err *err)
{
	char folder[DB_PATH_SIZE];
	struct stat st;
	char *slash;
	int rc;

	rc = renameat2(AT_FDCWD, d->part, AT_FDCWD, d->path, RENAME_NOREPLACE);
	if (rc != 0 && (errno == EINVAL || errno == ENOSYS)) {
		errno = EEXIST;
		if (lstat(d->path, &st) != 0)
			rc = rename(d->part, d->path);
	}
	if (rc != 0)
		return failed(d->path, err);
	d->part[0] = '\0';
	str_copy(folder, sizeof(folder), d->path);
	slash = strrchr(folder, '/');
	if (!slash)
		str_copy(folder, sizeof(folder), ".");
	else
		slash[slash == folder] = '\0';
	return home_sync(folder, err);
}

static bool record(struct export_dir *d, struct export_done *out,
	struct err *err)
{
	if (!export_record(d->db, d->session, d->kind, out->sha256, &out->seq,
		    err))
		return false;
	return d->seq == 0 || d->seq == out->seq ||
	       err_set(err, ERR_BUSY, 0, "the book went on meanwhile");
}

bool export_dir_close(struct export_dir *d, struct export_done *out,
	struct err *err)
{
	bool ok;

	*out = (struct export_done){0};
	ok = end_file(d, err) && write_sums(d, out, err) &&
	     home_sync(d->part, err) && record(d, out, err) &&
	     give_name(d, err);
	if (!ok)
		err_wrap(err, "export to %s", d->path);
	export_dir_drop(d);
	return ok;
}

void export_dir_drop(struct export_dir *d)
{
	char path[DB_PATH_SIZE + EXPORT_DIR_NAME + 1];

	if (!d)
		return;
	if (d->open)
		outfile_drop(&d->file);
	for (int i = 0; d->part[0] && i < d->files; i++) {
		snprintf(path, sizeof(path), "%s/%s", d->part, d->done[i].name);
		unlink(path);
	}
	if (d->part[0])
		rmdir(d->part);
	free(d);
}
