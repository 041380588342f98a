#include "support/smalldisk.h"

#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "support/tmpdir.h"

static char where[256];
static char size_option[64];

static bool write_text(const char *path, const char *text)
{
	const int fd = open(path, O_WRONLY | O_CLOEXEC);
	const size_t len = strlen(text);
	const bool ok = fd >= 0 && write(fd, text, len) == (ssize_t)len;

	if (fd >= 0)
		close(fd);
	return ok;
}

/* Root of a user namespace of its own, for who is not root. */
static bool become_root(void)
{
	const unsigned uid = getuid();
	const unsigned gid = getgid();
	char map[64];

	if (uid == 0)
		return unshare(CLONE_NEWNS) == 0;
	if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0)
		return false;
	snprintf(map, sizeof(map), "0 %u 1", uid);
	if (!write_text("/proc/self/setgroups", "deny") ||
		!write_text("/proc/self/uid_map", map))
		return false;
	snprintf(map, sizeof(map), "0 %u 1", gid);
	return write_text("/proc/self/gid_map", map);
}

bool smalldisk_mount(size_t mib)
{
	tmpdir_make(where, sizeof(where));
	snprintf(size_option, sizeof(size_option), "size=%zum", mib);
	if (!become_root() ||
		mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
		mount("small", where, "tmpfs", 0, size_option) != 0) {
		printf("SKIP: no small disk can be mounted here\n");
		rmdir(where);
		return false;
	}
	setenv("TMPDIR", where, 1);
	return true;
}

void smalldisk_fill(size_t leave_kib)
{
	static const char zero[1024];
	char path[512];
	struct statvfs fs;
	FILE *f = fopen(tmpdir_path(where, "filler", path, sizeof(path)), "ab");

	if (!f)
		abort();
	setvbuf(f, NULL, _IONBF, 0);
	while (statvfs(where, &fs) == 0 &&
		fs.f_bavail * fs.f_frsize > leave_kib * 1024)
		if (fwrite(zero, 1, sizeof(zero), f) != sizeof(zero))
			break;
	fclose(f);
}

void smalldisk_empty(void)
{
	char path[512];

	unlink(tmpdir_path(where, "filler", path, sizeof(path)));
}

void smalldisk_read_only(bool yes)
{
	if (mount(NULL, where, NULL, MS_REMOUNT | (yes ? MS_RDONLY : 0),
		    size_option) != 0) {
		perror("remount");
		abort();
	}
}

void smalldisk_remove(void)
{
	unsetenv("TMPDIR");
	umount2(where, MNT_DETACH);
	rmdir(where);
}
