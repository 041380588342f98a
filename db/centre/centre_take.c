/*
 * centre_take.c - `chitra-centre take FOLDER`: batches that came by stick.
 *
 * Each *.batch is received as if it came over the line, but that nobody showed
 * a certificate: its own signature speaks for it. The answer gets the name of
 * the batch, ends in .answer, and has that name when it is on the stick whole.
 * What has an acknowledgement already is passed over; all else is answered
 * anew. Exit status: 1 if any of them was not acknowledged.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/clock.h"
#include "db/centre/centre_verbs.h"
#include "db/centre/receive.h"

enum {
	NAME = 80,
	PATH = 1024,
	MOST_FILES = 1000000,
	ANSWER_MAX = CHECKPOINT_TEXT + 64
};

struct found {
	char (*name)[NAME]; /* without ".batch" */
	size_t count;
	size_t size;
};

struct counted {
	int taken;
	int again; /* the answer was there */
	int not_taken;
};

static bool file_failed(const char *path, struct err *err)
{
	const int sys = errno;

	return err_set(err, sys == ENOENT ? ERR_GONE : ERR_IO, sys,
		"%.150s: %s", path, strerror(sys));
}

/* ---- which files --------------------------------------------------------------
 */

static int by_name(const void *a, const void *b)
{
	return strcmp(a, b);
}

static bool keep(struct found *f, const char *name, size_t len, struct err *err)
{
	if (f->count == f->size) {
		const size_t size = f->size ? 2 * f->size : 64;
		void *more =
			size > MOST_FILES
				? NULL
				: realloc(f->name, size * sizeof(f->name[0]));

		if (!more)
			return err_set(err, ERR_NO_MEMORY, 0, "too many files");
		f->name = more;
		f->size = size;
	}
	snprintf(f->name[f->count++], NAME, "%.*s", (int)len, name);
	return true;
}

static bool find(const char *dir, struct found *f, struct err *err)
{
	static const char end[] = ".batch";
	DIR *d = opendir(dir);
	const struct dirent *e;
	bool ok = true;

	if (!d)
		return file_failed(dir, err);
	while (ok && (e = readdir(d)) != NULL) {
		const size_t len = strlen(e->d_name);

		if (e->d_name[0] != '.' && len >= sizeof(end) && len < NAME &&
			strcmp(e->d_name + len - (sizeof(end) - 1), end) == 0)
			ok = keep(f, e->d_name, len - (sizeof(end) - 1), err);
	}
	closedir(d);
	/* The numbers in the names have their zeros: in order. */
	if (ok && f->count > 1)
		qsort(f->name, f->count, sizeof(f->name[0]), by_name);
	return ok;
}

/* ---- one of them --------------------------------------------------------------
 */

/* -1: it cannot be read. A file that is too long fills all of out. */
static ssize_t read_file(const char *path, uint8_t *out, size_t size)
{
	const int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	size_t len = 0;
	ssize_t n = -1;

	if (fd < 0)
		return -1;
	while (len < size && (n = read(fd, out + len, size - len)) > 0)
		len += (size_t)n;
	close(fd);
	return n < 0 ? -1 : (ssize_t)len;
}

static bool is_acknowledged(const char *path)
{
	uint8_t bytes[ANSWER_MAX];
	struct batch_answer a;
	const ssize_t n = read_file(path, bytes, sizeof(bytes));

	return n > 0 && batch_answer_read(bytes, (size_t)n, &a) &&
	       a.status == BATCH_ACK;
}

static bool write_answer(const char *dir, const char *path, const struct buf *b,
	struct err *err)
{
	char part[PATH + 8];
	bool ok;
	int fd;
	int at;

	snprintf(part, sizeof(part), "%s.part", path);
	fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC,
		0600);
	if (fd < 0)
		return file_failed(part, err);
	ok = write(fd, b->data, b->len) == (ssize_t)b->len && fsync(fd) == 0;
	ok = close(fd) == 0 && ok && rename(part, path) == 0;
	if (!ok) {
		file_failed(path, err);
		unlink(part);
		return false;
	}
	at = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	/* A FAT stick may know of no such thing. */
	ok = at >= 0 && (fsync(at) == 0 || errno == EINVAL);
	if (at >= 0)
		close(at);
	return ok || file_failed(dir, err);
}

static bool take_one(struct receiver *r, const char *dir, const char *name,
	uint8_t *room, struct counted *n, struct err *err)
{
	uint8_t bytes[ANSWER_MAX];
	struct receive_told told = {0};
	struct batch_answer a;
	char path[PATH];
	struct buf b;
	ssize_t len;

	snprintf(path, sizeof(path), "%.800s/%s.answer", dir, name);
	if (is_acknowledged(path)) {
		n->again++;
		return true;
	}
	snprintf(path, sizeof(path), "%.800s/%s.batch", dir, name);
	len = read_file(path, room, BATCH_MAX_BYTES + 1);
	if (len < 0)
		return file_failed(path, err);
	a = (struct batch_answer){.status = BATCH_TOO_LARGE};
	if (len <= BATCH_MAX_BYTES &&
		!receive(r, room, (size_t)len, NULL, (uint64_t)clock_wall_ms(),
			&a, &told, err))
		return false;
	buf_init(&b, bytes, sizeof(bytes));
	batch_answer_write(&a, &b);
	n->taken += a.status == BATCH_ACK;
	n->not_taken += a.status != BATCH_ACK;
	printf("%s: %d, %zu new\n", name, (int)a.status, told.taken);
	snprintf(path, sizeof(path), "%.800s/%s.answer", dir, name);
	return write_answer(dir, path, &b, err);
}

/* ---- all ----------------------------------------------------------------------
 */

static bool take_all(struct centre *c, struct store *s, struct counted *n,
	struct err *err)
{
	struct receiver *r =
		receiver_new(s, c->home->name, &c->home->sign, err);
	uint8_t *room = malloc(BATCH_MAX_BYTES + 1);
	struct found f = {0};
	bool ok = r && room && find(c->o.id, &f, err);

	if (r)
		receiver_lease(r, (unsigned)c->o.lease);
	for (size_t i = 0; ok && i < f.count; i++)
		ok = take_one(r, c->o.id, f.name[i], room, n, err);
	if (!room)
		err_set(err, ERR_NO_MEMORY, 0, "no memory for a batch");
	free(f.name);
	free(room);
	receiver_free(r);
	return ok;
}

enum status verb_take(struct centre *c, struct err *err)
{
	struct counted n = {0};
	struct store *s;
	bool ok;

	if (!c->o.id)
		return USAGE;
	s = store_open(c->store, err);
	ok = s && take_all(c, s, &n, err);
	store_close(s);
	if (!ok)
		return FAILED;
	printf("%d acknowledged, %d were before, %d not\n", n.taken, n.again,
		n.not_taken);
	return n.not_taken > 0 ? FOUND : DONE;
}
