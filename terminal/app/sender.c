#include "terminal/app/sender.h"

#include <stdlib.h>

#include "core/clock.h"
#include "core/log.h"
#include "terminal/app/asker.h"
#include "terminal/app/uplink.h"

enum {
	/* A batch is made between two keys: not more than that. */
	AT_ONCE = 64,
	LOOK_MS = 5000 /* whether something new waits */
};

struct sender {
	struct asker *asker;
	struct uplink *line;
	/* The asker's while it is out, as line. */
	bool checking; /* whether records are missing here: uplink.h */
	struct uplink_check check;
	struct outbox_batch batch;
	struct uplink_reply reply;
	/* Of the store's thread alone. */
	struct upload machine;
	struct sender_shows shows;
	bool checked;
	int64_t look; /* of clock_ms(): not before */
};

/* ---- the thread -------------------------------------------------------------
 */

static void ask(void *arg)
{
	struct sender *s = arg;

	if (s->checking)
		uplink_check_ask(s->line, &s->check, &s->reply);
	else
		uplink_ask(s->line, s->batch.bytes, s->batch.len, &s->reply);
}

/* ---- the store ----------------------------------------------------------------
 */

static bool is_up(const struct uplink_reply *r)
{
	return r->trouble == NET_FINE;
}

static void show(struct sender *s)
{
	const bool up = is_up(&s->reply);

	if (up != s->shows.up || s->shows.since == 0)
		s->shows.since = clock_wall_ms();
	s->shows.up = up;
	s->shows.trouble = s->machine.trouble;
}

/* Records may be missing here: said, and nothing is sent. */
static void take_check(struct sender *s, struct db *db)
{
	struct upload_answer a;
	struct err err = {0};

	if (!is_up(&s->reply))
		log_err("upload", &s->reply.err);
	s->checking = false;
	s->checked = uplink_check_take(db, &s->check, &s->reply, &a, &err);
	if (err.code != ERR_NONE)
		log_err("upload", &err);
	if (!s->checked) {
		upload_answered(&s->machine, clock_ms(), &a);
		if (!uplink_note(db, &s->machine, 0, clock_wall_ms(), &err))
			log_err("upload", &err);
	}
	show(s);
}

static void take(struct sender *s, struct db *db)
{
	const uint64_t to = is_up(&s->reply) ? s->batch.to : 0;
	struct upload_answer a;
	struct err err = {0};

	if (!is_up(&s->reply))
		log_err("upload", &s->reply.err);
	uplink_take(db, &s->batch, &s->reply, true, clock_wall_ms(), &a, &err);
	if (a.came == CAME_STORE)
		log_err("upload", &err);
	upload_answered(&s->machine, clock_ms(), &a);
	if (!uplink_note(db, &s->machine, to, clock_wall_ms(), &err))
		log_err("upload", &err);
	show(s);
}

static void send(struct sender *s, struct db *db, const struct upload_todo *t)
{
	struct err err = {0};

	if (uplink_is_to_check(db, s->checked)) {
		uplink_check_begin(db, &s->check);
		s->checking = true;
		s->shows.asking = true;
		asker_ask(s->asker);
		return;
	}
	switch (outbox_next(db, t->from, t->most < AT_ONCE ? t->most : AT_ONCE,
		&s->batch, &err)) {
	case LOOKUP_FAILED:
		log_err("upload", &err);
		s->look = clock_ms() + LOOK_MS;
		return;
	case LOOKUP_ABSENT:
		s->look = clock_ms() + LOOK_MS;
		return;
	case LOOKUP_FOUND:
		break;
	}
	s->shows.asking = true;
	asker_ask(s->asker);
}

static void begin(struct sender *s, struct db *db)
{
	const int64_t now = clock_ms();
	struct outbox_state st;
	struct upload_todo todo;
	struct err err = {0};

	if (!outbox_state(db, &st, &err)) {
		log_err("upload", &err);
		s->look = now + LOOK_MS;
		return;
	}
	/* A clock that was set back makes nothing wait for years. */
	todo = upload_next(&s->machine, now, st.waiting,
		st.oldest > 0 && st.oldest <= clock_wall_ms()
			? clock_wall_ms() - st.oldest
			: INT64_MAX);
	if (todo.send)
		send(s, db, &todo);
	else
		s->look =
			now + (todo.wait >= 0 && todo.wait < LOOK_MS ? todo.wait
								     : LOOK_MS);
}

bool sender_step(struct sender *s, struct db *db)
{
	if (!s)
		return false;
	switch (asker_look(s->asker)) {
	case ASKER_BACK:
		if (s->checking)
			take_check(s, db);
		else
			take(s, db);
		s->shows.asking = false;
		asker_taken(s->asker);
		return true;
	case ASKER_IDLE:
		if (clock_ms() < s->look)
			return false;
		begin(s, db);
		return s->shows.asking;
	case ASKER_OUT:
		break;
	}
	return false;
}

void sender_hurry(struct sender *s)
{
	if (!s)
		return;
	upload_hurry(&s->machine);
	s->look = 0;
}

void sender_look(const struct sender *s, struct sender_shows *out)
{
	*out = s ? s->shows : (struct sender_shows){0};
}

/* ---- start, stop --------------------------------------------------------------
 */

bool sender_start(struct db *db, const char *proxy, struct sender **out,
	struct err *err)
{
	struct outbox_state st;
	struct sender *s;
	bool none;

	*out = NULL;
	if (db_info(db)->training || db_info(db)->evidence)
		return true;
	if (!outbox_state(db, &st, err))
		return false;
	if (!st.joined)
		return true;
	s = calloc(1, sizeof(*s));
	if (!s)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory to send");
	s->line = uplink_open(db, proxy, &none, err);
	if (!s->line) {
		free(s);
		return false;
	}
	upload_init(&s->machine, uplink_seed(db));
	uplink_recall(&st, &s->machine);
	upload_start(&s->machine, clock_ms());
	s->shows.trouble = s->machine.trouble;
	s->asker = asker_start(ask, s, err);
	if (!s->asker) {
		uplink_close(s->line);
		free(s);
		return false;
	}
	*out = s;
	return true;
}

void sender_stop(struct sender *s)
{
	if (!s)
		return;
	uplink_stop(s->line);
	asker_stop(s->asker);
	uplink_close(s->line);
	free(s);
}
