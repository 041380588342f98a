#include "terminal/app/fetcher.h"

#include <pthread.h>
#include <stdlib.h>

#include "core/clock.h"
#include "core/log.h"
#include "terminal/app/downlink.h"
#include "terminal/app/uplink.h"

enum {
	LOOK_MS = 1000,         /* whether the centre answers by now */
	SOON_MS = 60 * 1000,    /* it signs with a key that is not known here */
	AGAIN_MS = 600 * 1000,  /* all is here */
	LATER_MS = 300 * 1000,  /* the line broke */
	LONG_MS = 3600 * 1000,  /* it says what makes no sense */
	SPREAD_MS = 300 * 1000, /* no two terminals at the same time */
};

enum job {
	JOB_NONE,
	JOB_ASK,  /* the thread's */
	JOB_DONE, /* the store's */
	JOB_END
};

struct fetcher {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	enum job job; /* under lock; it says whose the next five are */
	struct uplink *line;
	struct net_question question;
	struct net_answer answer;
	bool answered;
	struct err why; /* there was no answer */
	/* Of the store's thread alone. */
	struct downlink *d; /* NULL: nothing is being fetched */
	int64_t next;       /* of clock_ms(): not before, but */
	int64_t soon;       /* then, if the sender does not understand */
	int64_t spread;
};

/* ---- the thread -------------------------------------------------------------
 */

static void ask(struct fetcher *f)
{
	enum net_trouble trouble;
	struct net *net = uplink_net(f->line, &trouble, &f->why);

	f->answer.len = 0;
	f->answered = net &&
		      net_ask(net, &f->question, &f->answer, &trouble, &f->why);
}

static void *ask_on(void *arg)
{
	struct fetcher *f = arg;

	pthread_mutex_lock(&f->lock);
	for (;;) {
		while (f->job == JOB_NONE || f->job == JOB_DONE)
			pthread_cond_wait(&f->changed, &f->lock);
		if (f->job == JOB_END)
			break;
		pthread_mutex_unlock(&f->lock);
		ask(f);
		pthread_mutex_lock(&f->lock);
		if (f->job == JOB_ASK)
			f->job = JOB_DONE;
	}
	pthread_mutex_unlock(&f->lock);
	return NULL;
}

static enum job look_at(struct fetcher *f)
{
	enum job job;

	pthread_mutex_lock(&f->lock);
	job = f->job;
	pthread_mutex_unlock(&f->lock);
	return job;
}

static void turn(struct fetcher *f, enum job job)
{
	pthread_mutex_lock(&f->lock);
	f->job = job;
	pthread_cond_signal(&f->changed);
	pthread_mutex_unlock(&f->lock);
}

/* ---- the store ----------------------------------------------------------------
 */

static void end(struct fetcher *f, int64_t wait)
{
	downlink_free(f->d);
	f->d = NULL;
	f->next = clock_ms() + wait;
	f->soon = clock_ms() + (wait < LONG_MS ? SOON_MS : wait);
}

/* What it cannot understand may be signed by a key that is to be fetched. */
static bool is_due(const struct fetcher *f, const struct sender *s)
{
	const int64_t now = clock_ms();
	struct sender_shows shows;

	sender_look(s, &shows);
	return now >= f->next ||
	       (now >= f->soon && shows.trouble == UPLOAD_NO_SENSE);
}

/* The next question of what is being fetched. */
static void go_on(struct fetcher *f, struct db *db)
{
	struct err err = {0};

	if (downlink_ask(f->d, db, &f->question, &err)) {
		turn(f, JOB_ASK);
		return;
	}
	log_err("down", &err);
	end(f, LATER_MS);
}

static bool begin(struct fetcher *f, struct db *db, const struct sender *s)
{
	struct sender_shows shows;
	struct err err = {0};

	sender_look(s, &shows);
	f->next = clock_ms() + LOOK_MS;
	/* One thing at a time, and only if somebody is there. */
	if (!shows.up || shows.asking)
		return false;
	f->d = downlink_new(&err);
	if (!f->d) {
		log_err("down", &err);
		end(f, LATER_MS);
		return false;
	}
	go_on(f, db);
	return false;
}

static int64_t wait_after(const struct fetcher *f, enum downlink_came came,
	const struct refusal *why)
{
	switch (came) {
	case DOWNLINK_MORE:
	case DOWNLINK_OVER:
		return AGAIN_MS + f->spread;
	case DOWNLINK_LATER:
	case DOWNLINK_STORE:
		return LATER_MS + f->spread;
	case DOWNLINK_REFUSED:
		log_line("down", "refused: %s", refusal_code_name(why->code));
		break;
	case DOWNLINK_OUT:
		break;
	}
	return LONG_MS + f->spread;
}

/* What came, and what follows from it. */
static bool take(struct fetcher *f, struct db *db, struct sender *s)
{
	struct sender_shows shows;
	struct refusal why = {0};
	struct err err = {0};
	const enum downlink_came came = downlink_take(f->d, db,
		f->answered ? &f->answer : NULL, &why, &err);

	turn(f, JOB_NONE);
	if (came == DOWNLINK_MORE) {
		go_on(f, db);
		return false;
	}
	if (came == DOWNLINK_STORE)
		log_err("down", &err);
	if (came == DOWNLINK_LATER && !f->answered)
		log_err("down", &f->why);
	end(f, wait_after(f, came, &why));
	if (!downlink_apply(db, &err))
		log_err("down", &err);
	/* What it could not understand it may understand now. */
	sender_look(s, &shows);
	if (came == DOWNLINK_OVER && shows.trouble == UPLOAD_NO_SENSE)
		sender_hurry(s);
	return true;
}

bool fetcher_step(struct fetcher *f, struct db *db, struct sender *s)
{
	if (!f || !s)
		return false;
	switch (look_at(f)) {
	case JOB_DONE:
		return take(f, db, s);
	case JOB_NONE:
		return is_due(f, s) && begin(f, db, s);
	case JOB_ASK:
	case JOB_END:
		break;
	}
	return false;
}

/* ---- start, stop --------------------------------------------------------------
 */

static struct fetcher *make(struct db *db, const char *proxy, struct err *err)
{
	struct fetcher *f = calloc(1, sizeof(*f));
	uint8_t *room = malloc(DOWNLINK_BODY);
	bool none;

	if (f && room) {
		f->line = uplink_open(db, proxy, &none, err);
		if (f->line) {
			f->answer.body = room;
			f->answer.size = DOWNLINK_BODY;
			f->spread = (int64_t)(uplink_seed(db) % SPREAD_MS);
			return f;
		}
	} else {
		err_set(err, ERR_NO_MEMORY, 0, "no memory to fetch");
	}
	free(f);
	free(room);
	return NULL;
}

static void clear(struct fetcher *f)
{
	uplink_close(f->line);
	downlink_free(f->d);
	free(f->answer.body);
	free(f);
}

bool fetcher_start(struct db *db, const char *proxy, struct fetcher **out,
	struct err *err)
{
	struct outbox_state st;
	struct fetcher *f;

	*out = NULL;
	if (db_info(db)->training || db_info(db)->evidence)
		return true;
	if (!outbox_state(db, &st, err))
		return false;
	if (!st.joined)
		return true;
	f = make(db, proxy, err);
	if (!f)
		return false;
	pthread_mutex_init(&f->lock, NULL);
	pthread_cond_init(&f->changed, NULL);
	if (pthread_create(&f->thread, NULL, ask_on, f) != 0) {
		clear(f);
		return err_set(err, ERR_IO, 0, "no thread to fetch");
	}
	*out = f;
	return true;
}

void fetcher_stop(struct fetcher *f)
{
	if (!f)
		return;
	uplink_stop(f->line);
	turn(f, JOB_END);
	pthread_join(f->thread, NULL);
	pthread_cond_destroy(&f->changed);
	pthread_mutex_destroy(&f->lock);
	clear(f);
}
