#include "terminal/app/fetcher.h"

#include <stdlib.h>

#include "core/clock.h"
#include "core/log.h"
#include "terminal/app/asker.h"
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

struct fetcher {
	struct asker *asker;
	/* The asker's while it is out, as the next four. */
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

static void ask(void *arg)
{
	struct fetcher *f = arg;
	enum net_trouble trouble;
	struct net *net = uplink_net(f->line, &trouble, &f->why);

	f->answer.len = 0;
	f->answered = net &&
		      net_ask(net, &f->question, &f->answer, &trouble, &f->why);
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
		asker_ask(f->asker);
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

	asker_taken(f->asker);
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
	switch (asker_look(f->asker)) {
	case ASKER_BACK:
		return take(f, db, s);
	case ASKER_IDLE:
		return is_due(f, s) && begin(f, db, s);
	case ASKER_OUT:
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
	f->asker = asker_start(ask, f, err);
	if (!f->asker) {
		clear(f);
		return false;
	}
	*out = f;
	return true;
}

void fetcher_stop(struct fetcher *f)
{
	if (!f)
		return;
	uplink_stop(f->line);
	asker_stop(f->asker);
	clear(f);
}
