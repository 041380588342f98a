#include "db/list_feed_internal.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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
	int fd;
	int64_t bytes;
	uint8_t sha256[CRYPTO_HASH_SIZE];
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
		f->batch[f->fill].bytes = f->bytes;
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
	it->row = *row;
	return hand_over_full(ctx);
}

static bool on_trouble(void *ctx, const struct paylist_error *e)
{
	struct list_item *it = next_item(ctx);

	it->is_trouble = true;
	it->trouble = *e;
	return hand_over_full(ctx);
}

static bool feed_all(struct list_feed *f, struct paylist_reader *r)
{
	struct crypto_hash h;
	ssize_t got;

	crypto_hash_start(&h);
	for (;;) {
		do
			got = read(f->fd, f->piece, sizeof(f->piece));
		while (got < 0 && errno == EINTR);
		if (got < 0)
			return err_set(&f->err, ERR_IO, errno, "read it: %s",
				strerror(errno));
		if (got == 0)
			break;
		f->bytes += got;
		crypto_hash_add(&h, f->piece, (size_t)got);
		if (!paylist_reader_feed(r, f->piece, (size_t)got, &f->err))
			return false;
	}
	crypto_hash_end(&h, f->sha256);
	return paylist_reader_end(r, &f->err);
}

static void *run(void *arg)
{
	struct list_feed *f = arg;
	const struct paylist_sink sink = {f, on_row, on_trouble};
	struct paylist_reader *r = paylist_reader_new(&sink, &f->err);

	f->ok = r && feed_all(f, r);
	paylist_reader_free(r);
	if (f->batch[f->fill].count > 0)
		hand_over(f);
	pthread_mutex_lock(&f->lock);
	f->done = true;
	pthread_cond_signal(&f->turn);
	pthread_mutex_unlock(&f->lock);
	return NULL;
}

struct list_feed *list_feed_start(int fd, struct err *err)
{
	struct list_feed *f = calloc(1, sizeof(*f));
	sigset_t all;
	sigset_t before;
	int rc;

	if (!f) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory to read the list");
		return NULL;
	}
	f->fd = fd;
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

bool list_feed_end(struct list_feed *f, uint8_t sha256[CRYPTO_HASH_SIZE],
	int64_t *bytes, struct err *err)
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
	if (ok) {
		memcpy(sha256, f->sha256, CRYPTO_HASH_SIZE);
		*bytes = f->bytes;
	} else if (!stopped) {
		*err = f->err;
	}
	pthread_cond_destroy(&f->turn);
	pthread_mutex_destroy(&f->lock);
	free(f);
	return ok;
}
