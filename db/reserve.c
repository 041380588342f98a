#include "db/reserve_internal.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/db_internal.h"
#include "db/home_internal.h"

static const char *path_of(const char *dir, char out[DB_PATH_SIZE])
{
	snprintf(out, DB_PATH_SIZE, "%s/reserve", dir);
	return out;
}

bool reserve_is_held(const char *dir)
{
	char path[DB_PATH_SIZE];
	struct stat st;

	return lstat(path_of(dir, path), &st) == 0 && S_ISREG(st.st_mode) &&
	       st.st_size >= RESERVE_BYTES;
}

void reserve_take(const char *dir, uint64_t least_free)
{
	char path[DB_PATH_SIZE];
	uint64_t left;
	bool read_only;
	struct err ignored;
	int fd;

	if (reserve_is_held(dir) ||
		!home_room(dir, &left, &read_only, &ignored) || read_only ||
		left < RESERVE_BYTES || left - RESERVE_BYTES < least_free)
		return;
	fd = open(path_of(dir, path),
		O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return;
	/* Not ftruncate(): a hole would be no room at all. */
	if (posix_fallocate(fd, 0, RESERVE_BYTES) != 0)
		unlink(path);
	close(fd);
}

bool reserve_help(const char *dir)
{
	char path[DB_PATH_SIZE];
	uint64_t left;
	bool read_only;
	struct err ignored;

	return home_room(dir, &left, &read_only, &ignored) &&
	       left < RESERVE_SPARE && unlink(path_of(dir, path)) == 0;
}
