/*
 * verb_upload.c - `chitra upload`: what waits goes to the centre, by the line
 * or by a stick (verb_stick.c).
 *
 * Exit status: 0 all is acknowledged, 1 something a person has to look at
 * (refused, revoked, fork, not our centre …), 3 not now (no network, busy).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/clock.h"
#include "core/log.h"
#include "core/tr.h"
#include "terminal/app/downlink.h"
#include "terminal/app/json.h"
#include "terminal/app/stick.h"
#include "terminal/app/uplink.h"
#include "terminal/app/verb.h"
#include "terminal/flows/upload_text.h"

/* One run of the verb. */
struct sending {
	struct db *db;
	struct uplink *line;
	struct upload machine;
	struct outbox_batch *batch;
	struct uplink_reply *reply;
	struct progress *progress;
	int64_t all; /* that waited at the start */
	bool once;
	int64_t deadline; /* of clock_ms(): not tried again behind it */
	int batches;
	int received;     /* parcels that came down (downlink.h) */
	bool checked;     /* nothing is missing here */
	bool rolled_back; /* the centre had lost some of it */
};

static cJSON *numbers(struct db *db, const struct upload *u, int batches)
{
	cJSON *reply = json_ok();
	struct outbox_state s;
	struct err err;

	if (!outbox_state(db, &s, &err))
		return reply;
	json_int(reply, "made", (int64_t)s.made);
	json_int(reply, "sent", (int64_t)s.sent);
	json_int(reply, "acked", (int64_t)s.acked);
	json_int(reply, "waiting", (int64_t)s.waiting);
	json_int(reply, "batches", batches);
	cJSON_AddStringToObject(reply, "trouble",
		upload_trouble_name(u->trouble));
	if (u->trouble == UPLOAD_REFUSED) {
		json_int(reply, "seq", (int64_t)u->bad_seq);
		json_int(reply, "check", u->bad_check);
	}
	return reply;
}

static enum exit_status status_of(const struct upload *u)
{
	if (u->trouble == UPLOAD_FINE)
		return EXIT_DONE;
	return upload_is_alarm(u->trouble) ? EXIT_REFUSED : EXIT_COULD_NOT;
}

static enum exit_status say(const struct options *o, struct sending *s)
{
	cJSON *reply = numbers(s->db, &s->machine, s->batches);
	enum exit_status status = status_of(&s->machine);
	struct outbox_state st;
	struct err err;

	/* All of it is there again; why, somebody has to find out. */
	if (status == EXIT_DONE && s->rolled_back) {
		s->machine.trouble = UPLOAD_ROLLED_BACK;
		status = EXIT_REFUSED;
	}
	json_int(reply, "received", s->received);
	if (status != EXIT_DONE) {
		cJSON_ReplaceItemInObject(reply, "ok", cJSON_CreateFalse());
		cJSON_AddStringToObject(reply, "code",
			upload_trouble_name(s->machine.trouble));
		cJSON_AddStringToObject(reply, "message",
			upload_says(s->machine.trouble));
		fprintf(stderr, "%s\n", upload_says(s->machine.trouble));
	}
	if (!o->json && outbox_state(s->db, &st, &err))
		printf(tr("Recorded %llu, sent %llu, confirmed by the centre"
			  " %llu.\n"),
			(unsigned long long)st.made,
			(unsigned long long)st.sent,
			(unsigned long long)st.acked);
	return verb_reply(o, reply, status);
}

/* Ask, take, and tell the machine. */
static bool exchange(struct sending *s, struct err *err)
{
	const uint64_t to = s->batch->to;
	struct upload_answer a;

	uplink_ask(s->line, s->batch->bytes, s->batch->len, s->reply);
	if (s->reply->trouble != NET_FINE) {
		progress_end(s->progress);
		log_err("upload", &s->reply->err);
		fprintf(stderr, "(%s)\n", s->reply->err.text);
	}
	s->batches++;
	uplink_take(s->db, s->batch, s->reply, true, clock_wall_ms(), &a, err);
	if (a.came == CAME_STORE)
		log_err("upload", err);
	upload_answered(&s->machine, clock_ms(), &a);
	s->rolled_back = s->rolled_back || s->machine.resending;
	return uplink_note(s->db, &s->machine,
		s->reply->trouble == NET_FINE ? to : 0, clock_wall_ms(), err);
}

/* Is anything missing here? False: the store failed; nothing is sent if so. */
static bool check(struct sending *s, struct err *err)
{
	struct uplink_check c;
	struct upload_answer a;

	uplink_check_begin(s->db, &c);
	uplink_check_ask(s->line, &c, s->reply);
	s->checked = uplink_check_take(s->db, &c, s->reply, &a, err);
	if (s->checked)
		return true;
	if (s->reply->trouble != NET_FINE) {
		progress_end(s->progress);
		log_err("upload", &s->reply->err);
		fprintf(stderr, "(%s)\n", s->reply->err.text);
	}
	upload_answered(&s->machine, clock_ms(), &a);
	return uplink_note(s->db, &s->machine, 0, clock_wall_ms(), err);
}

/* False: that is all for now. */
static bool go_on(struct sending *s, const struct upload_todo *todo)
{
	const int64_t left = s->deadline - clock_ms();
	struct timespec t;

	if (s->machine.trouble == UPLOAD_FINE || todo->wait < 0 ||
		todo->wait > left)
		return false;
	t = (struct timespec){.tv_sec = todo->wait / 1000,
		.tv_nsec = todo->wait % 1000 * 1000000};
	nanosleep(&t, NULL);
	return true;
}

/* ^C ends it anywhere (progress_begin_loose()). */
static void tell(struct sending *s, const struct outbox_state *st)
{
	struct far f = {.parts = 1};

	if ((int64_t)st->waiting > s->all)
		s->all = (int64_t)st->waiting;
	f.all = s->all;
	f.done = s->all - (int64_t)st->waiting;
	progress_ask(s->progress, &f);
}

static bool run(struct sending *s, struct err *err)
{
	for (;;) {
		struct outbox_state st;
		struct upload_todo todo;

		if (!outbox_state(s->db, &st, err))
			return false;
		tell(s, &st);
		todo = upload_next(&s->machine, clock_ms(), st.waiting,
			INT64_MAX);
		if (!todo.send && !go_on(s, &todo))
			return true;
		if (!todo.send)
			continue;
		if (uplink_is_to_check(s->db, s->checked)) {
			if (!check(s, err))
				return false;
			continue;
		}
		switch (outbox_next(s->db, todo.from, todo.most, s->batch,
			err)) {
		case LOOKUP_FAILED:
			return false;
		case LOOKUP_ABSENT:
			return true;
		case LOOKUP_FOUND:
			break;
		}
		if (!exchange(s, err))
			return false;
		if (s->once)
			return true;
	}
}

/* What is there for us: with a new key of the centre, if there is one. */
static void hear(struct sending *s)
{
	struct err err = {0};
	struct downlink *d = downlink_new(&err);
	enum net_trouble trouble = NET_FINE;
	struct refusal why = {0};
	enum downlink_came came;
	struct net *net;

	if (!d) {
		log_err("down", &err);
		return;
	}
	net = uplink_net(s->line, &trouble, &err);
	came = net ? downlink_run(d, s->db, net, &trouble, &why, &err)
		   : DOWNLINK_LATER;
	s->received += downlink_kept(d);
	if (came == DOWNLINK_REFUSED)
		log_line("down", "refused: %s", refusal_code_name(why.code));
	else if (came != DOWNLINK_OVER && err.code != ERR_NONE)
		log_err("down", &err);
	downlink_free(d);
	if (!downlink_apply(s->db, &err))
		log_err("down", &err);
}

/*
 * After the records, if the centre answers at all. What it signs with a key
 * that was not known here is understood afterwards, and sent once more.
 */
static bool send_and_hear(struct sending *s, struct err *err)
{
	struct centre_keys before;
	struct centre_keys after;

	if (!centre_keys_load(s->db, &before, err) || !run(s, err))
		return false;
	if (s->machine.trouble != UPLOAD_FINE &&
		s->machine.trouble != UPLOAD_NO_SENSE)
		return true;
	hear(s);
	if (!centre_keys_load(s->db, &after, err))
		return false;
	if (s->machine.trouble == UPLOAD_FINE || after.count == 0 ||
		memcmp(before.key[0], after.key[0], CRYPTO_PUBLIC_SIZE) == 0)
		return true;
	upload_hurry(&s->machine);
	return run(s, err);
}

static enum exit_status no_line(const struct options *o, bool none,
	const struct err *err)
{
	if (none)
		return verb_refuse(o, "no_centre",
			tr("This terminal belongs to no centre yet. A"
			   " supervisor joins it: chitra centre join --url …"
			   " --code …"),
			EXIT_REFUSED);
	return verb_err(o, err);
}

static enum exit_status by_line(const struct options *o, struct verb_store *v,
	bool once, int64_t seconds)
{
	struct sending s = {.db = v->db,
		.progress = &v->progress,
		.once = once,
		.deadline = clock_ms() + seconds * 1000};
	enum exit_status status = EXIT_COULD_NOT;
	struct outbox_state st;
	struct err err = {0};
	bool sent;
	bool none;

	s.line = uplink_open(v->db, v->config.centre.proxy, &none, &err);
	if (!s.line)
		return no_line(o, none, &err);
	s.batch = malloc(sizeof(*s.batch));
	s.reply = malloc(sizeof(*s.reply));
	upload_init(&s.machine, uplink_seed(v->db));
	if (!s.batch || !s.reply)
		err_set(&err, ERR_NO_MEMORY, 0, "no memory for a batch");
	else if (outbox_state(v->db, &st, &err)) {
		uplink_recall(&st, &s.machine);
		if (st.waiting == 0 && !st.resending)
			s.machine.trouble = UPLOAD_FINE;
		progress_begin_loose(&v->progress, o->progress, o->json);
		sent = send_and_hear(&s, &err);
		progress_end(&v->progress);
		if (sent)
			status = say(o, &s);
	}
	if (err.code != ERR_NONE && status == EXIT_COULD_NOT &&
		s.machine.trouble == UPLOAD_FINE)
		status = verb_err(o, &err);
	uplink_close(s.line);
	free(s.batch);
	free(s.reply);
	return status;
}

enum exit_status verb_upload(int argc, char **argv)
{
	const char *to = NULL;
	const char *from = NULL;
	bool once = false;
	int64_t wait = 0;
	const struct option_spec own[] = {{"--to", OPTION_TEXT, &to},
		{"--from", OPTION_TEXT, &from}, {"--once", OPTION_FLAG, &once},
		{"--wait", OPTION_INT, &wait}};
	enum exit_status status;
	struct verb_store v;
	struct options o;

	if (!verb_options(&o, "upload", argc, argv, own, 4))
		return EXIT_USAGE;
	if (o.words != 0 || (to && from) || wait < 0 || wait > 86400)
		return verb_usage("upload");
	/* Nobody need be signed in: nothing of it can be read here. */
	if (!verb_open(&o, false, &v, &status))
		return status;
	if (to)
		status = stick_to(&o, &v, to);
	else if (from)
		status = stick_from(&o, &v, from);
	else
		status = by_line(&o, &v, once, wait);
	verb_close(&v);
	return status;
}
