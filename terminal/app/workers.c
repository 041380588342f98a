#include "terminal/app/workers.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/log.h"
#include "drivers/camera/image_reader.h"

enum {
	JOBS = 8,
	PATH_SIZE = 600,
	LOOK_MS = 500, /* how often an open drawer is looked at … */
	WATCH_MS = 15 * 60 * 1000, /* … and how long */
	SPRING_MS = 3000,          /* until it is open */
	LOST_MOST = 3, /* answers in a row, and the printer is mute */
	SCAN_TIMEOUT_MS = 5000
};

/* A queue of pointers between two threads. */
struct line {
	pthread_mutex_t lock; /* guards all below */
	pthread_cond_t more;
	void *job[JOBS];
	int count;
	bool closed;
};

struct workers {
	struct mailbox *box;
	struct printing *printing;
	struct line prints; /* struct receipt_job */
	struct line scans;  /* char[PATH_SIZE] */
	pthread_t printer;
	pthread_t reader;
};

static void line_init(struct line *l)
{
	memset(l, 0, sizeof(*l));
	pthread_mutex_init(&l->lock, NULL);
	pthread_cond_init(&l->more, NULL);
}

static bool line_put(struct line *l, void *job)
{
	bool room;

	pthread_mutex_lock(&l->lock);
	room = l->count < JOBS && !l->closed;
	if (room)
		l->job[l->count++] = job;
	pthread_cond_signal(&l->more);
	pthread_mutex_unlock(&l->lock);
	return room;
}

static struct timespec in_ms(int ms)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	t.tv_nsec += (long)ms * 1000000;
	t.tv_sec += t.tv_nsec / 1000000000;
	t.tv_nsec %= 1000000000;
	return t;
}

/* Waits, at most ms if that is not 0. NULL: none came; *closed: none will. */
static void *line_take_within(struct line *l, int ms, bool *closed)
{
	const struct timespec until = in_ms(ms);
	void *job = NULL;
	int rc = 0;

	pthread_mutex_lock(&l->lock);
	while (l->count == 0 && !l->closed && rc == 0)
		rc = ms > 0 ? pthread_cond_timedwait(&l->more, &l->lock, &until)
			    : pthread_cond_wait(&l->more, &l->lock);
	*closed = l->closed && l->count == 0;
	if (l->count > 0) {
		job = l->job[0];
		l->count--;
		memmove(l->job, l->job + 1,
			(size_t)l->count * sizeof(l->job[0]));
	}
	pthread_mutex_unlock(&l->lock);
	return job;
}

/* Waits. NULL: the line is closed and empty. */
static void *line_take(struct line *l)
{
	bool closed;

	return line_take_within(l, 0, &closed);
}

static void line_close(struct line *l)
{
	pthread_mutex_lock(&l->lock);
	l->closed = true;
	pthread_cond_broadcast(&l->more);
	pthread_mutex_unlock(&l->lock);
}

static void line_clear(struct line *l)
{
	for (int i = 0; i < l->count; i++)
		free(l->job[i]);
	pthread_cond_destroy(&l->more);
	pthread_mutex_destroy(&l->lock);
}

/* ---- paper, and the drawer behind it --------------------------------------- */

/* A drawer that was opened, until its sensor says that it is shut. */
struct watch {
	uint64_t seq; /* 0: none is watched */
	enum config_sensor sensor;
	long long since_ms;
	bool open; /* it was seen open */
	int lost;  /* answers in a row that never came */
};

static void post(struct workers *w, const struct event *ev)
{
	if (!mailbox_post(w->box, ev))
		log_line("print", "the mailbox is full");
}

static void tell_drawer(struct workers *w, const struct watch *watch, bool open,
	struct event *ev)
{
	memset(ev, 0, sizeof(*ev));
	ev->kind = EV_DRAWER;
	ev->at_ms = clock_ms();
	ev->drawer.seq = watch->seq;
	ev->drawer.open = open;
	ev->drawer.open_ms = ev->at_ms - watch->since_ms;
	post(w, ev);
}

static void look_at_drawer(struct workers *w, struct watch *watch,
	struct event *ev)
{
	const long long waited = clock_ms() - watch->since_ms;
	bool open = false;
	const bool told = printing_drawer(w->printing, watch->sensor, &open);

	/* One that is lost says nothing of the drawer. */
	watch->lost = told ? 0 : watch->lost + 1;
	if (!told && watch->lost < LOST_MOST)
		return;
	if (told && open && !watch->open) {
		watch->open = true;
		tell_drawer(w, watch, true, ev);
	}
	if (told && open && waited < WATCH_MS)
		return;
	/* The spring takes a moment; a mute printer is asked no more. */
	if (told && !open && !watch->open && waited < SPRING_MS)
		return;
	if (watch->open)
		tell_drawer(w, watch, false, ev);
	watch->seq = 0;
	printing_close(w->printing);
}

static void print_job(struct workers *w, struct receipt_job *job,
	struct watch *watch, struct event *ev)
{
	struct err err = {0};

	memset(ev, 0, sizeof(*ev));
	ev->kind = EV_PRINT;
	ev->print.seq = job->seq;
	ev->print.copy = job->copy;
	ev->print.slip = job->slip;
	ev->print.state = printing_print(w->printing, job, &err);
	ev->print.test = job->test;
	ev->print.piece = job->piece;
	printing_says(w->printing, ev);
	if (ev->print.state == PRINT_FAILED ||
		ev->print.state == PRINT_UNKNOWN) {
		ev->print.code = err.code;
		log_err("print", &err);
	}
	ev->at_ms = clock_ms();
	post(w, ev);
	if (!job->kick || job->sensor == CONFIG_SENSOR_NONE ||
		ev->print.state == PRINT_FAILED)
		return;
	/* It was open all the time, for the one before, too. */
	if (watch->seq && watch->open)
		tell_drawer(w, watch, false, ev);
	*watch = (struct watch){.seq = job->seq,
		.sensor = (enum config_sensor)job->sensor,
		.since_ms = clock_ms()};
}

static void *print_all(void *arg)
{
	struct workers *w = arg;
	struct event *ev = calloc(1, sizeof(*ev));
	struct watch watch = {0};
	bool closed = false;

	while (ev && !closed) {
		struct receipt_job *job = line_take_within(&w->prints,
			watch.seq ? LOOK_MS : 0, &closed);

		if (job)
			print_job(w, job, &watch, ev);
		else if (watch.seq && !closed)
			look_at_drawer(w, &watch, ev);
		free(job);
	}
	free(ev);
	printing_close(w->printing);
	return NULL;
}

/* Each code found, the same one only once. */
static void post_codes(struct workers *w, const struct decode_result *codes,
	struct event *ev)
{
	for (int i = 0; i < codes->count; i++) {
		const struct decoded *d = &codes->code[i];

		if (d->len > IDCARD_MAX_BYTES)
			continue;
		memset(ev, 0, sizeof(*ev));
		ev->kind = EV_SCAN;
		ev->at_ms = clock_ms();
		ev->scan.len = d->len;
		memcpy(ev->scan.bytes, d->bytes, d->len);
		if (!mailbox_post(w->box, ev))
			log_line("scan", "the mailbox is full");
	}
}

/* Its child starts with the first image: most terminals never have one. */
static bool scan_image(struct image_reader **reader, const char *path,
	struct decode_result *codes, struct err *err)
{
	if (!*reader)
		*reader = image_reader_open(NULL, err);
	return *reader &&
	       image_reader_scan(*reader, path, SCAN_TIMEOUT_MS, codes, err);
}

static void *scan_all(void *arg)
{
	struct workers *w = arg;
	struct decode_result *codes = calloc(1, sizeof(*codes));
	struct event *ev = calloc(1, sizeof(*ev));
	struct image_reader *reader = NULL;
	struct err err = {0};
	char *path;

	while (codes && ev && (path = line_take(&w->scans)) != NULL) {
		if (scan_image(&reader, path, codes, &err))
			post_codes(w, codes, ev);
		else
			log_err("scan", &err);
		free(path);
	}
	image_reader_close(reader);
	free(ev);
	free(codes);
	return NULL;
}

struct workers *workers_start(struct mailbox *box, struct printing *printing,
	struct err *err)
{
	struct workers *w = calloc(1, sizeof(*w));

	if (!w) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory for workers");
		return NULL;
	}
	w->box = box;
	w->printing = printing;
	line_init(&w->prints);
	line_init(&w->scans);
	if (pthread_create(&w->printer, NULL, print_all, w) != 0) {
		err_set(err, ERR_NO_MEMORY, 0, "no thread for the printer");
		free(w);
		return NULL;
	}
	if (pthread_create(&w->reader, NULL, scan_all, w) != 0) {
		err_set(err, ERR_NO_MEMORY, 0, "no thread for the scanner");
		line_close(&w->prints);
		pthread_join(w->printer, NULL);
		free(w);
		return NULL;
	}
	return w;
}

bool workers_print(struct workers *w, struct receipt_job *job, struct err *err)
{
	return line_put(&w->prints, job) ||
	       err_set(err, ERR_BUSY, 0, "%d receipts wait already", JOBS);
}

bool workers_scan(struct workers *w, const char *path, struct err *err)
{
	char *copy = malloc(PATH_SIZE);

	if (copy) {
		snprintf(copy, PATH_SIZE, "%s", path);
		if (line_put(&w->scans, copy))
			return true;
	}
	free(copy);
	return err_set(err, ERR_BUSY, 0, "%d images wait already", JOBS);
}

void workers_stop(struct workers *w)
{
	if (!w)
		return;
	line_close(&w->prints);
	line_close(&w->scans);
	pthread_join(w->printer, NULL);
	pthread_join(w->reader, NULL);
	line_clear(&w->prints);
	line_clear(&w->scans);
	free(w);
}
