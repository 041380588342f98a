#include "drivers/printer/printer_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/str.h"
#include "drivers/printer/printer_driver.h"
#include "drivers/printer/printer_node.h"

enum {
	NAME_SIZE = 32,
	JOB_MAX = 99999999,
	/* Other programs may take the same number at the same time. */
	NAME_TRIES = 100
};

struct printer_file {
	struct printer base;
	int dir; /* -1: not a directory */
	int fd;  /* the device, or the job being written; -1: none */
	char temp[NAME_SIZE];
};

static struct printer_file *file_of(struct printer *p)
{
	return (struct printer_file *)p;
}

static bool file_failed(struct err *err, const char *doing)
{
	static const struct {
		int sys;
		enum err_code code;
	} map[] = {
		{ENOENT, ERR_GONE},
		{ENOTDIR, ERR_GONE},
		{ENXIO, ERR_GONE},
		{ENODEV, ERR_GONE},
		{EPIPE, ERR_GONE},
		{EACCES, ERR_DENIED},
		{EPERM, ERR_DENIED},
		{EROFS, ERR_DENIED},
		{EBUSY, ERR_BUSY},
		{ENOSPC, ERR_FULL},
		{EDQUOT, ERR_FULL},
	};
	const int sys = errno;
	enum err_code code = ERR_IO;

	for (size_t i = 0; i < sizeof(map) / sizeof(map[0]); i++)
		if (map[i].sys == sys)
			code = map[i].code;
	return err_set(err, code, sys, "%s: %s", doing, strerror(sys));
}

/* What a broken-off job left behind. */
static void drop_job(struct printer_file *f)
{
	if (f->dir < 0 || f->fd < 0)
		return;
	close(f->fd);
	f->fd = -1;
	unlinkat(f->dir, f->temp, 0);
}

static bool file_begin(struct printer *p, bool after_cut, int timeout_ms,
	struct err *err)
{
	struct printer_file *f = file_of(p);

	(void)after_cut;
	(void)timeout_ms;
	if (f->dir < 0)
		return true;
	drop_job(f);
	snprintf(f->temp, sizeof(f->temp), ".job-%ld.tmp", (long)getpid());
	f->fd = openat(f->dir, f->temp,
		O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	return f->fd >= 0 || file_failed(err, "new job");
}

/*
 * A FIFO whose reader went away raises SIGPIPE, which would end the program:
 * hold it back for this one call, and take it out again if it came.
 */
static ssize_t write_no_signal(int fd, const void *buf, size_t len)
{
	const struct timespec at_once = {0};
	sigset_t pipe_only, before;
	ssize_t n;
	int sys;

	sigemptyset(&pipe_only);
	sigaddset(&pipe_only, SIGPIPE);
	pthread_sigmask(SIG_BLOCK, &pipe_only, &before);
	n = write(fd, buf, len);
	sys = errno;
	if (n < 0 && sys == EPIPE && !sigismember(&before, SIGPIPE))
		sigtimedwait(&pipe_only, NULL, &at_once);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	errno = sys;
	return n;
}

static bool file_write(struct printer *p, const void *buf, size_t len,
	int timeout_ms, size_t *done, struct err *err)
{
	struct printer_file *f = file_of(p);
	struct pollfd ready = {.fd = f->fd, .events = POLLOUT};
	ssize_t n;

	*done = 0;
	if (poll(&ready, 1, timeout_ms) < 0)
		return errno == EINTR || file_failed(err, "wait");
	if (ready.revents == 0)
		return true;
	n = write_no_signal(f->fd, buf, len);
	if (n < 0)
		return errno == EAGAIN || errno == EINTR ||
		       file_failed(err, "write");
	*done = (size_t)n;
	return true;
}

/* "job-0012.bin" -> 12; 0 for any other name. */
static int job_number(const char *name)
{
	static const char start[] = "job-", end[] = ".bin";
	const size_t len = strlen(name);
	char digits[NAME_SIZE];
	int64_t number;

	if (len < strlen(start) + strlen(end) || len >= sizeof(digits) ||
		!str_starts(name, start) ||
		strcmp(name + len - strlen(end), end) != 0)
		return 0;
	str_copy(digits, sizeof(digits), name + strlen(start));
	digits[len - strlen(start) - strlen(end)] = '\0';
	return str_to_int(digits, 1, JOB_MAX, &number) ? (int)number : 0;
}

/* One more than the highest number in the directory. */
static int next_number(int dir)
{
	const int fd = openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *list = fd >= 0 ? fdopendir(fd) : NULL;
	const struct dirent *entry;
	int highest = 0;

	if (!list) {
		if (fd >= 0)
			close(fd);
		return 1;
	}
	while ((entry = readdir(list))) {
		const int number = job_number(entry->d_name);

		if (number > highest)
			highest = number;
	}
	closedir(list);
	return highest + 1;
}

/* Give the finished file its name; never over another one. */
static bool name_job(struct printer_file *f, struct err *err)
{
	const int first = next_number(f->dir);

	for (int i = 0; i < NAME_TRIES; i++) {
		char name[NAME_SIZE];

		snprintf(name, sizeof(name), "job-%04d.bin", first + i);
		if (linkat(f->dir, f->temp, f->dir, name, 0) == 0)
			return true;
		if (errno != EEXIST)
			break;
	}
	return file_failed(err, "name the job");
}

static bool file_end(struct printer *p, int timeout_ms, struct err *err)
{
	struct printer_file *f = file_of(p);
	bool ok;

	(void)timeout_ms;
	if (f->dir < 0)
		return true;
	ok = fsync(f->fd) == 0 || file_failed(err, "sync");
	ok = ok && name_job(f, err);
	drop_job(f); /* the name given stays */
	return ok && (fsync(f->dir) == 0 || file_failed(err, "sync"));
}

static void file_close(struct printer *p)
{
	struct printer_file *f = file_of(p);

	drop_job(f);
	if (f->fd >= 0)
		close(f->fd);
	if (f->dir >= 0)
		close(f->dir);
	free(f);
}

static const struct printer_ops file_ops = {
	.name = "file",
	.begin = file_begin,
	.write = file_write,
	.end = file_end,
	.close = file_close,
};

struct printer *printer_file_open(const char *path, struct err *err)
{
	struct printer_file *f = calloc(1, sizeof(*f));

	if (!f) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory for a printer");
		return NULL;
	}
	f->base.ops = &file_ops;
	f->fd = -1;
	f->dir = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	/* O_NONBLOCK: opening a FIFO that nobody reads must not wait. */
	if (f->dir < 0 && errno == ENOTDIR)
		f->fd = open(path, O_WRONLY | O_APPEND | O_NONBLOCK |
					   O_CLOEXEC | O_NOCTTY);
	else if (f->dir < 0 && errno == ENOENT)
		f->fd = open(path,
			O_WRONLY | O_APPEND | O_CREAT | O_EXCL | O_CLOEXEC,
			0600);
	if (f->dir < 0 && f->fd < 0)
		file_failed(err, path);
	/* Jobs in a directory are files of their own, and cannot mix. */
	else if (f->dir >= 0 || printer_node_lock(f->fd, path, err)) {
		printer_set_identity(&f->base, path);
		return (struct printer *)f;
	}
	file_close(&f->base);
	return NULL;
}
