#include "support/tmpdir.h"

#include <dirent.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void give_up(const char *what, const char *path)
{
	fprintf(stderr, "tmpdir: %s: ", what);
	perror(path);
	abort();
}

const char *tmpdir_make(char *out, size_t size)
{
	const char *base = getenv("TMPDIR");

	if (!base || !*base)
		base = "/tmp";
	if (snprintf(out, size, "%s/chitra-test-XXXXXX", base) >= (int)size ||
		!mkdtemp(out))
		give_up("make", base);
	return out;
}

const char *tmpdir_path(const char *dir, const char *name, char *out,
	size_t size)
{
	if (snprintf(out, size, "%s/%s", dir, name) >= (int)size)
		give_up("path too long", name);
	return out;
}

void tmpdir_write(const char *dir, const char *name, const void *bytes,
	size_t len)
{
	char path[4096];
	FILE *out = fopen(tmpdir_path(dir, name, path, sizeof(path)), "wb");

	if (!out || fwrite(bytes, 1, len, out) != len || fclose(out) != 0)
		give_up("write", path);
}

static void copy_file(const char *from, const char *to)
{
	char bytes[16384];
	size_t n;
	FILE *in = fopen(from, "rb");
	FILE *out = fopen(to, "wb");

	if (!in || !out)
		give_up("copy", from);
	while ((n = fread(bytes, 1, sizeof(bytes), in)) > 0)
		if (fwrite(bytes, 1, n, out) != n)
			give_up("copy", to);
	fclose(in);
	if (fclose(out) != 0)
		give_up("copy", to);
}

void tmpdir_copy(const char *from, const char *to)
{
	DIR *list = opendir(from);
	const struct dirent *entry;
	char a[4096];
	char b[4096];
	struct stat st;

	if (!list)
		give_up("copy", from);
	while ((entry = readdir(list))) {
		tmpdir_path(from, entry->d_name, a, sizeof(a));
		if (lstat(a, &st) == 0 && S_ISREG(st.st_mode))
			copy_file(a,
				tmpdir_path(to, entry->d_name, b, sizeof(b)));
	}
	closedir(list);
}

void tmpdir_in_memory(void)
{
	if (access("/dev/shm", W_OK | X_OK) == 0)
		setenv("TMPDIR", "/dev/shm", 0);
}

/* A test may have taken the right to write away. */
static int make_writable(const char *path, const struct stat *st, int type,
	struct FTW *at)
{
	(void)st;
	(void)at;
	return type == FTW_D ? chmod(path, 0700) : 0;
}

static int remove_one(const char *path, const struct stat *st, int type,
	struct FTW *at)
{
	(void)st;
	(void)type;
	(void)at;
	return remove(path);
}

void tmpdir_remove(const char *dir)
{
	if (!*dir)
		return;
	nftw(dir, make_writable, 16, FTW_PHYS);
	nftw(dir, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}
