#include "db/list_feed_internal.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/codec/list_in.h"

_Static_assert((int)LISTS_SHEET_SIZE == (int)SHEET_NAME_SIZE,
	"the name of a sheet fits");

enum {
	PIECE = 64 * 1024
};

struct list_feed {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t turn;
	struct list_batch batch[2];
	int fill;    /* the thread's batch; the other may be the caller's */
	bool handed; /* the other one is the caller's */
	bool taken;  /* and he has it */
	bool done;   /* the thread hands over no more */
	bool stop;   /* the caller wants no more */
	/* The thread's own until it has been joined. */
	const struct db *db;
	int fd;
	const struct list_source *source;
	struct paylist_reader *reader;
	struct crypto_hash hash;
	struct list_read read;
	int64_t at; /* of the last row, in the file */
	uint8_t piece[PIECE];
	bool ok;
	struct err err;
};

/* Give the filled batch away when the caller is through with the last one;
 * false if he wants no more. */
static bool hand_over(struct list_feed *f)
{
	bool go_on;

	pthread_mutex_lock(&f->lock);
	while (f->handed && !f->stop)
		pthread_cond_wait(&f->turn, &f->lock);
	go_on = !f->stop;
	if (go_on) {
		f->batch[f->fill].bytes = f->at;
		f->fill = !f->fill;
		f->batch[f->fill].count = 0;
		f->handed = true;
		pthread_cond_signal(&f->turn);
	}
	pthread_mutex_unlock(&f->lock);
	return go_on;
}

static struct list_item *next_item(struct list_feed *f)
{
	struct list_batch *b = &f->batch[f->fill];

	return &b->item[b->count++];
}

static bool hand_over_full(struct list_feed *f)
{
	return f->batch[f->fill].count < LIST_FEED_BATCH || hand_over(f);
}

static bool on_row(void *ctx, const struct paylist_row *row, int errors)
{
	struct list_item *it = next_item(ctx);

	it->is_trouble = false;
	it->errors = errors;
	it->row.row = *row;
	if (errors == 0)
		list_rows_prepare(((struct list_feed *)ctx)->db, &it->row);
	return hand_over_full(ctx);
}

static bool on_trouble(void *ctx, const struct paylist_error *e)
{
	struct list_item *it = next_item(ctx);

	it->is_trouble = true;
	it->trouble = *e;
	return hand_over_full(ctx);
}

/* ---- the bytes, for the hash --------------------------------------------- */

/* Hash the next piece; *more: there may be another. */
static bool hash_piece(struct list_feed *f, bool *more)
{
	ssize_t got;

	do
		got = pread(f->fd, f->piece, sizeof(f->piece), f->read.bytes);
	while (got < 0 && errno == EINTR);
	*more = got > 0;
	if (got < 0)
		return err_set(&f->err, ERR_IO, errno, "read it: %s",
			strerror(errno));
	f->read.bytes += got;
	crypto_hash_add(&f->hash, f->piece, (size_t)got);
	return true;
}

static bool hash_rest(struct list_feed *f)
{
	bool more;

	do
		if (!hash_piece(f, &more))
			return false;
	while (more);
	crypto_hash_end(&f->hash, f->read.sha256);
	return true;
}

/* ---- the rows ------------------------------------------------------------ */

/* A piece is hashed now and then, so that little of it is left at the end. */
static bool on_cells(void *ctx, const struct cells *row)
{
	struct list_feed *f = ctx;
	bool more;

	f->at = row->at;
	return (row->row % LIST_FEED_BATCH != 0 || hash_piece(f, &more)) &&
	       paylist_reader_row(f->reader, row, &f->err);
}

static int64_t read_at(void *ctx, int64_t at, void *out, size_t len)
{
	return pread(*(const int *)ctx, out, len, at);
}

static bool read_here(int fd, const struct cells_sink *sink, char *sheet,
	struct err *err)
{
	struct cells_file file = {.ctx = &fd, .read_at = read_at};
	struct stat st;

	if (fstat(fd, &st) != 0)
		return err_set(err, ERR_IO, errno, "ask its size: %s",
			strerror(errno));
	file.size = st.st_size;
	return list_in_read(&file, LIST_PAYMENTS, sink, sheet, err);
}

static bool read_cells(struct list_feed *f)
{
	const struct cells_sink sink = {f, on_cells};
	struct err err = {.code = ERR_NONE};
	const bool ok =
		f->source ? f->source->read(f->source->ctx, f->fd,
				    LIST_PAYMENTS, &sink, f->read.sheet, &err)
			  : read_here(f->fd, &sink, f->read.sheet, &err);

	/* If we stopped it, what we had said is why. */
	if (!ok && f->err.code == ERR_NONE)
		f->err = err;
	return ok && paylist_reader_end(f->reader, &f->err);
}

static int64_t ns_of(struct timespec t)
{
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* Was the file written to since? Nobody can set the time of a change back. */
static bool same_file(const struct stat *before, const struct stat *now)
{
	return before->st_size == now->st_size &&
	       ns_of(before->st_ctim) == ns_of(now->st_ctim);
}

static bool feed_all(struct list_feed *f)
{
	struct stat before;
	struct stat now;

	if (fstat(f->fd, &before) != 0)
		return err_set(&f->err, ERR_IO, errno, "ask its size: %s",
			strerror(errno));
	crypto_hash_start(&f->hash);
	if (!read_cells(f) || !hash_rest(f))
		return false;
	if (fstat(f->fd, &now) != 0 || !same_file(&before, &now) ||
		f->read.bytes != before.st_size)
		return err_set(&f->err, ERR_IO, 0,
			"it changed while it was read");
	return true;
}

static void *run(void *arg)
{
	struct list_feed *f = arg;
	const struct paylist_sink sink = {f, on_row, on_trouble};

	f->reader = paylist_reader_new(&sink, &f->err);
	f->ok = f->reader && feed_all(f);
	paylist_reader_free(f->reader);
	if (f->batch[f->fill].count > 0)
		hand_over(f);
	pthread_mutex_lock(&f->lock);
	f->done = true;
	pthread_cond_signal(&f->turn);
	pthread_mutex_unlock(&f->lock);
	return NULL;
}

struct list_feed *list_feed_start(const struct db *db, int fd,
	const struct list_source *source, struct err *err)
{
	struct list_feed *f = calloc(1, sizeof(*f));
	sigset_t all;
	sigset_t before;
	int rc;

	if (!f) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory to read the list");
		return NULL;
	}
	f->db = db;
	f->fd = fd;
	f->source = source;
	pthread_mutex_init(&f->lock, NULL);
	pthread_cond_init(&f->turn, NULL);
	/* Signals are for the thread that has the screen. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	rc = pthread_create(&f->thread, NULL, run, f);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (rc == 0)
		return f;
	free(f);
	err_set(err, ERR_NO_MEMORY, rc, "no thread to read the list");
	return NULL;
}

const struct list_batch *list_feed_next(struct list_feed *f)
{
	const struct list_batch *b = NULL;

	pthread_mutex_lock(&f->lock);
	if (f->taken) {
		f->taken = false;
		f->handed = false;
		pthread_cond_signal(&f->turn);
	}
	while (!f->handed && !f->done)
		pthread_cond_wait(&f->turn, &f->lock);
	if (f->handed) {
		f->taken = true;
		b = &f->batch[!f->fill];
	}
	pthread_mutex_unlock(&f->lock);
	return b;
}

bool list_feed_end(struct list_feed *f, struct list_read *out, struct err *err)
{
	bool stopped;
	bool ok;

	pthread_mutex_lock(&f->lock);
	stopped = !f->done || f->handed;
	f->stop = true;
	pthread_cond_signal(&f->turn);
	pthread_mutex_unlock(&f->lock);
	pthread_join(f->thread, NULL);
	ok = f->ok && !stopped;
	if (ok)
		*out = f->read;
	else if (!stopped)
		*err = f->err;
	pthread_cond_destroy(&f->turn);
	pthread_mutex_destroy(&f->lock);
	free(f);
	return ok;
}
