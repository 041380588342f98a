#include "terminal/app/study.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/clock.h"
#include "core/codec/paper_grid.h"
#include "core/crypto.h"
#include "core/date.h"
#include "core/far.h"
#include "core/log.h"
#include "db/board.h"
#include "db/duty.h"
#include "db/list_look.h"
#include "db/reader.h"
#include "db/watch.h"
#include "terminal/app/cycle_doc.h"
#include "terminal/app/day_doc.h"
#include "terminal/app/form_doc.h"
#include "terminal/app/study_recheck.h"

enum {
	TELL_MS = 300, /* between two words of how far it is */
	FAR_ALL = 1000,
	ROOM = 65536,
	MOST_BYTES = 256 * 1024 * 1024 /* of one file */
};

/* Bytes that grow. */
struct heap {
	char *bytes;
	size_t len;
	size_t size;
	size_t most;
	struct study *s;
};

/* What was made, or shown. */
struct made {
	struct board *board;
	struct paper_grid *grid;
	struct list_shelf *shelf;
	struct list_look *look;
	struct duty_counts duty;
	struct recheck_told *recheck;
	struct users_seen seen;
	struct units_here units;
	struct accounts_sums accounts; /* of the files */
	struct study_file file[PAPER_KINDS];
};

struct study {
	struct mailbox *box;
	pthread_t thread;
	bool on; /* there is one, and nobody joined it yet */
	struct db *reader;
	struct study_ask ask;
	long long told_ms;
	struct made made;  /* the thread's, until it is joined */
	struct made shown; /* what flows look at */
	struct event ev;   /* the thread's */
};

static void drop(struct made *m)
{
	board_free(m->board);
	paper_grid_free(m->grid);
	free(m->shelf);
	list_look_free(m->look);
	study_recheck_free(m->recheck);
	accounts_sums_free(&m->accounts);
	for (int k = 0; k < PAPER_KINDS; k++) {
		if (m->file[k].bytes)
			crypto_wipe(m->file[k].bytes, m->file[k].len);
		free(m->file[k].bytes);
	}
	*m = (struct made){.board = NULL};
}

/* ---- telling ---------------------------------------------------------------- */

static void begin_event(struct study *s, enum study_state state)
{
	memset(&s->ev, 0, sizeof(s->ev));
	s->ev.kind = EV_STUDY;
	s->ev.at_ms = clock_ms();
	s->ev.study.number = s->ask.number;
	s->ev.study.state = state;
	s->ev.study.period = s->ask.period;
	s->ev.study.target = s->ask.target;
}

/* How far it is; false: nobody wants it any more. */
static bool tell(void *ctx, int64_t done, int64_t all)
{
	struct study *s = ctx;
	const long long now = clock_ms();

	if (reader_is_stopped(s->reader))
		return false;
	if (!s->box || now - s->told_ms < TELL_MS)
		return true;
	s->told_ms = now;
	begin_event(s, STUDY_RUNS);
	s->ev.study.done = done;
	s->ev.study.all = all;
	/* A full mailbox has other news. */
	mailbox_post(s->box, &s->ev);
	return true;
}

/* The same, as the papers say it. */
static bool watch(void *ctx, const struct far *f)
{
	const int permille = far_permille(f);

	return tell(ctx, permille < 0 ? 0 : permille,
		permille < 0 ? 0 : FAR_ALL);
}

/* ---- making ----------------------------------------------------------------- */

static bool grow(struct heap *h, size_t len, struct err *err)
{
	const size_t size = 2 * (h->len + len) + ROOM;
	char *moved;

	if (h->len + len > h->most)
		return err_set(err, ERR_FULL, 0, "the paper is too long");
	/* Not by realloc(): what is left behind is wiped. */
	moved = malloc(size);
	if (!moved)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory for a paper");
	if (h->len > 0)
		memcpy(moved, h->bytes, h->len);
	if (h->bytes)
		crypto_wipe(h->bytes, h->len);
	free(h->bytes);
	h->bytes = moved;
	h->size = size;
	return true;
}

static bool put(void *ctx, const void *bytes, size_t len, struct err *err)
{
	struct heap *h = ctx;

	if (reader_is_stopped(h->s->reader))
		return err_set(err, ERR_BUSY, 0, "it was given up");
	if (h->len + len > h->size && !grow(h, len, err))
		return false;
	memcpy(h->bytes + h->len, bytes, len);
	h->len += len;
	return true;
}

static bool write_form(struct study *s, enum paper_kind kind,
	const struct paper_sink *sink, struct err *err)
{
	const enum form_paper form =
		s->ask.paper == FLOW_PAPER_A ? FORM_A : FORM_B;
	struct forms f;

	if (!forms_count(s->reader, s->ask.period, s->ask.unit, &f, err))
		return false;
	f.before_day = s->ask.before_day;
	return form_doc_write(form, &f, kind, sink, err);
}

static bool write_cycle(struct study *s, enum paper_kind kind,
	const struct paper_sink *sink, struct err *err)
{
	static const enum cycle_paper papers[FLOW_PAPER_COUNT] = {
		[FLOW_PAPER_LIST] = CYCLE_DOC_LIST,
		[FLOW_PAPER_UNPAID] = CYCLE_DOC_UNPAID,
		[FLOW_PAPER_CHANGES] = CYCLE_DOC_CHANGES,
		[FLOW_PAPER_CARDS] = CYCLE_DOC_CARDS,
		[FLOW_PAPER_SETTLEMENT] = CYCLE_DOC_SETTLEMENT,
	};
	const struct cycle_doc_asked asked = {.paper = papers[s->ask.paper],
		.period = s->ask.period,
		.unit = s->ask.unit};
	struct cycle_doc_sums sums;

	return cycle_doc_write(s->reader, &asked, kind, sink, &sums, err);
}

/* Of a day, YYYYMMDD, or of a month. ERR_INVALID: nothing was done then. */
static bool write_log(struct study *s, enum paper_kind kind,
	const struct paper_sink *sink, struct err *err)
{
	struct day_doc doc = {.db = s->reader};
	struct day_doc_sums sums;
	struct date day;
	char text[DATE_TEXT_SIZE];
	int64_t from;
	int64_t until;

	if (date_of_number(s->ask.period, &day)) {
		from = date_begins(day);
		until = date_begins(date_of_days(date_days(day) + 1));
		snprintf(doc.when, sizeof(doc.when), "Ngày %s",
			date_vi(day, text));
	} else {
		const int month = s->ask.period % 100;
		const int year = s->ask.period / 100;

		date_make(year, month, 1, &day);
		from = date_begins(day);
		date_make(month == 12 ? year + 1 : year, month % 12 + 1, 1,
			&day);
		until = date_begins(day);
		snprintf(doc.when, sizeof(doc.when), "Tháng %s",
			period_vi(s->ask.period, text));
	}
	switch (daylog_days(s->reader, from, until, &doc.range, err)) {
	case LOOKUP_FOUND:
		return day_doc_write(&doc, kind, sink, &sums, err);
	case LOOKUP_ABSENT:
		return err_set(err, ERR_INVALID, 0, "nothing was done then");
	case LOOKUP_FAILED:
		break;
	}
	return false;
}

/* All files of one paper are of the same accounts. */
static bool write_accounts(struct study *s, enum paper_kind kind,
	const struct paper_sink *sink, struct err *err)
{
	struct accounts_sums *kept = &s->made.accounts;
	struct accounts_sums sums;
	bool ok = accounts_doc_write(s->reader, kind, sink, &sums, err);

	if (ok && kept->seq &&
		(kept->count != sums.count ||
			memcmp(kept->seq, sums.seq,
				sums.count * sizeof(sums.seq[0])) != 0))
		ok = err_set(err, ERR_BUSY, 0, "the accounts have changed");
	if (!ok || kept->seq)
		accounts_sums_free(&sums);
	else
		*kept = sums;
	return ok;
}

static bool write_paper(struct study *s, enum paper_kind kind,
	const struct paper_sink *sink, struct err *err)
{
	switch (s->ask.paper) {
	case FLOW_PAPER_A:
	case FLOW_PAPER_B:
		return write_form(s, kind, sink, err);
	case FLOW_PAPER_LOG:
		return write_log(s, kind, sink, err);
	case FLOW_PAPER_LIST:
	case FLOW_PAPER_UNPAID:
	case FLOW_PAPER_CHANGES:
	case FLOW_PAPER_CARDS:
	case FLOW_PAPER_SETTLEMENT:
		return write_cycle(s, kind, sink, err);
	case FLOW_PAPER_ACCOUNTS:
		return write_accounts(s, kind, sink, err);
	case FLOW_PAPER_SAMPLE:
		return study_recheck_write(s->reader, s->ask.draw, kind, sink,
			err);
	case FLOW_PAPER_COUNT:
		break;
	}
	return false;
}

/* One paper of one kind; the bytes are the caller's. */
static bool make_paper(struct study *s, enum paper_kind kind, struct heap *h,
	struct err *err)
{
	const struct paper_sink sink = {.ctx = h, .put = put};
	bool ok;

	*h = (struct heap){.s = s,
		.most = kind == PAPER_GRID ? PAPER_GRID_BYTES : MOST_BYTES};
	ok = write_paper(s, kind, &sink, err);
	if (ok)
		return true;
	if (h->bytes)
		crypto_wipe(h->bytes, h->len);
	free(h->bytes);
	h->bytes = NULL;
	return false;
}

static bool make_grid(struct study *s, struct err *err)
{
	struct heap h;

	if (!make_paper(s, PAPER_GRID, &h, err))
		return false;
	s->made.grid = paper_grid_read(h.bytes, h.len, err);
	return s->made.grid != NULL;
}

/* A PDF needs a font; the others come without it. */
static bool make_files(struct study *s, struct err *err)
{
	for (int k = 0; k < PAPER_KINDS; k++) {
		struct study_file *f = &s->made.file[k];
		struct heap h;

		if (make_paper(s, (enum paper_kind)k, &h, err)) {
			f->bytes = h.bytes;
			f->len = h.len;
		} else if (k != PAPER_PDF || err->code != ERR_GONE) {
			return false;
		} else {
			f->code = err->code;
		}
	}
	return true;
}

/* Nobody said of when: today's log, the papers of the newest list. */
static bool find_when(struct study *s, struct err *err)
{
	if (s->ask.paper != FLOW_PAPER_LOG)
		return board_newest(s->reader, &s->ask.period, err);
	s->ask.period = date_number(date_of_ms(clock_wall_ms()).date);
	return true;
}

/* One that is not here any more is none: lists never go. */
static bool make_lists(struct study *s, struct err *err)
{
	if (s->ask.list == 0) {
		s->made.shelf = malloc(sizeof(*s->made.shelf));
		if (!s->made.shelf)
			return err_set(err, ERR_NO_MEMORY, 0,
				"no memory for the lists");
		return list_look_all(s->reader, s->made.shelf, err);
	}
	switch (list_look_one(s->reader, s->ask.list, &s->made.look, err)) {
	case LOOKUP_FOUND:
		return true;
	case LOOKUP_ABSENT:
		return err_set(err, ERR_GONE, 0, "there is no list %lld",
			(long long)s->ask.list);
	case LOOKUP_FAILED:
		break;
	}
	return false;
}

/* If nobody says of which, it is the newest. */
static bool is_of_a_month(const struct study *s)
{
	return (s->ask.kind == STUDY_OF_PAPER ||
		       s->ask.kind == STUDY_OF_FILES) &&
	       s->ask.paper != FLOW_PAPER_ACCOUNTS &&
	       s->ask.paper != FLOW_PAPER_SAMPLE;
}

static bool make(struct study *s, struct err *err)
{
	const struct board_asked asked = {.period = s->ask.period,
		.unit = "",
		.tell = tell,
		.ctx = s};
	const struct db_watch watched = {.ask = watch, .ctx = s};

	if (s->ask.kind == STUDY_OF_USERS)
		return users_seen(s->reader, &s->made.seen, err);
	if (s->ask.kind == STUDY_OF_UNITS)
		return units_here(s->reader, &s->made.units, err);
	if (s->ask.kind == STUDY_OF_DUTY)
		return duty_count(s->reader, clock_wall_ms(), &s->made.duty,
			err);
	if (is_of_a_month(s) && s->ask.period == 0 && !find_when(s, err))
		return false;
	switch (s->ask.kind) {
	case STUDY_OF_BOARD:
		s->made.board = board_make(s->reader, &asked, err);
		return s->made.board != NULL;
	case STUDY_OF_PAPER:
		db_watch(s->reader, &watched);
		return make_grid(s, err);
	case STUDY_OF_FILES:
		db_watch(s->reader, &watched);
		return make_files(s, err);
	case STUDY_OF_LISTS:
		db_watch(s->reader, &watched);
		return make_lists(s, err);
	case STUDY_OF_USERS:
	case STUDY_OF_UNITS:
	case STUDY_OF_DUTY:
		break;
	case STUDY_OF_DRAW:
		s->made.recheck =
			study_recheck_look(s->reader, s->ask.draw, err);
		return s->made.recheck != NULL;
	case STUDY_OF_RANGE:
		s->made.recheck =
			study_recheck_range(s->reader, s->ask.when, err);
		return s->made.recheck != NULL;
	}
	return false;
}

/* s->ev is how it ended. */
static void work(struct study *s)
{
	struct err err = {0};
	const bool ok = make(s, &err);

	begin_event(s, ok ? STUDY_DONE : STUDY_FAILED);
	s->ev.study.board = s->made.board;
	s->ev.study.grid = s->made.grid;
	s->ev.study.shelf = s->made.shelf;
	s->ev.study.look = s->made.look;
	s->ev.study.duty = s->made.duty;
	s->ev.study.recheck = s->made.recheck;
	if (ok)
		return;
	s->ev.study.code = err.code;
	if (!reader_is_stopped(s->reader))
		log_err("study", &err);
}

static void *run(void *arg)
{
	struct study *s = arg;

	work(s);
	/* Whoever gave it up does not listen any more. */
	while (!mailbox_post(s->box, &s->ev) && !reader_is_stopped(s->reader))
		nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
	return NULL;
}

/* ---- the owner's ------------------------------------------------------------ */

struct study *study_new(struct mailbox *box, struct err *err)
{
	struct study *s = calloc(1, sizeof(*s));

	if (!s)
		err_set(err, ERR_NO_MEMORY, 0, "no memory for a study");
	else
		s->box = box;
	return s;
}

/* The thread is over, and its handle closed; what it made stays. */
static void join(struct study *s)
{
	if (s->on && s->box)
		pthread_join(s->thread, NULL);
	s->on = false;
	reader_close(s->reader);
	s->reader = NULL;
}

void study_end(struct study *s)
{
	if (!s)
		return;
	if (s->reader)
		reader_stop(s->reader);
	join(s);
	drop(&s->made);
}

void study_clear(struct study *s)
{
	if (!s)
		return;
	study_end(s);
	drop(&s->shown);
	crypto_wipe(&s->ev, sizeof(s->ev));
}

void study_free(struct study *s)
{
	study_clear(s);
	free(s);
}

bool study_begin(struct study *s, const struct db *db,
	const struct study_ask *ask, struct event *ev, bool *done,
	struct err *err)
{
	study_end(s);
	*done = false;
	s->ask = *ask;
	s->told_ms = clock_ms();
	s->reader = reader_open(db, err);
	if (!s->reader)
		return false;
	if (!s->box) {
		work(s);
		s->on = true;
		*ev = s->ev;
		*done = true;
		return true;
	}
	s->on = pthread_create(&s->thread, NULL, run, s) == 0;
	if (s->on)
		return true;
	join(s);
	return err_set(err, ERR_NO_MEMORY, 0, "no thread for a study");
}

bool study_take(struct study *s, struct event *ev)
{
	if (!s || !s->on || ev->study.number != s->ask.number)
		return false;
	if (ev->study.state == STUDY_RUNS)
		return true;
	join(s);
	if (ev->study.state == STUDY_DONE) {
		/* What is looked at stays while files of it are made. */
		if (s->ask.kind == STUDY_OF_FILES) {
			memcpy(s->shown.file, s->made.file,
				sizeof(s->shown.file));
			accounts_sums_free(&s->shown.accounts);
			s->shown.accounts = s->made.accounts;
		} else {
			drop(&s->shown);
			s->shown = s->made;
			ev->study.seen = &s->shown.seen;
			ev->study.units = &s->shown.units;
		}
		s->made = (struct made){.board = NULL};
	}
	drop(&s->made);
	return true;
}

const struct study_file *study_files(const struct study *s)
{
	return s->shown.file;
}

const struct accounts_sums *study_accounts(const struct study *s)
{
	return &s->shown.accounts;
}

void study_written(struct study *s)
{
	struct made files = {.board = NULL};

	memcpy(files.file, s->shown.file, sizeof(files.file));
	memset(s->shown.file, 0, sizeof(s->shown.file));
	drop(&files);
}

const struct study_ask *study_asked(const struct study *s)
{
	return &s->ask;
}

bool study_is_on(const struct study *s)
{
	return s && s->on;
}
