#include "db/centre/serve.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/codec/chain.h"
#include "core/str.h"
#include "db/centre/handback.h"
#include "db/centre/meter.h"
#include "db/centre/offer.h"
#include "db/centre/receive.h"
#include "db/centre/web.h"

enum {
	LINE = 1024,
	RETRY_S = 30,
	IDLE_S = 60,
	DAY_MS = 86400000
};

/* One for each thread of the server. */
struct worker {
	struct store *store;
	struct receiver *receiver;
};

struct serve {
	struct serve_options o;
	struct web *web;
	struct web *metrics;
	pthread_mutex_t lock;
	pthread_cond_t free;
	struct worker worker[SERVE_WORKERS_MAX];
	struct worker *idle[SERVE_WORKERS_MAX];
	unsigned idles;
	bool reloading; /* nobody takes one until the keys are new */
	struct meter meter;
};

/* ---- the log ------------------------------------------------------------------
 */

/* One line, one write. The texts are our own, or the database's: plain. */
static void log_line(struct serve *s, const char *event, const char *rest)
{
	char line[LINE];
	int n;

	if (s->o.log_fd < 0)
		return;
	n = snprintf(line, sizeof(line), "{\"t\":%lld,\"event\":\"%s\"%s}\n",
		(long long)clock_wall_ms(), event, rest);
	if (n >= (int)sizeof(line)) {
		n = (int)sizeof(line) - 1;
		line[n - 1] = '\n';
	}
	if (write(s->o.log_fd, line, (size_t)n) < 0)
		return;
}

/* Error texts may have quotes. */
static void log_failed(struct serve *s, const char *event,
	const struct err *err)
{
	char text[sizeof(err->text)];
	char rest[LINE];

	str_copy(text, sizeof(text), err->text);
	for (char *c = text; *c; c++)
		if (*c == '"' || *c == '\\' || (unsigned char)*c < ' ')
			*c = '\'';
	snprintf(rest, sizeof(rest), ",\"error\":\"%s\",\"code\":%d", text,
		(int)err->code);
	log_line(s, event, rest);
}

static void add(struct serve *s, enum counted what, uint64_t n)
{
	meter_add(&s->meter, what, n);
}

/* Not the same for all, so that those who are sent away together do not come
 * back together. */
static unsigned retry_s(void)
{
	uint8_t random;

	crypto_random(&random, 1);
	return RETRY_S / 2 + random % RETRY_S;
}

/* ---- workers ------------------------------------------------------------------
 */

static struct worker *take_worker(struct serve *s)
{
	struct worker *w;

	pthread_mutex_lock(&s->lock);
	while (s->idles == 0 || s->reloading)
		pthread_cond_wait(&s->free, &s->lock);
	w = s->idle[--s->idles];
	pthread_mutex_unlock(&s->lock);
	return w;
}

static void give_back(struct serve *s, struct worker *w)
{
	pthread_mutex_lock(&s->lock);
	s->idle[s->idles++] = w;
	if (s->reloading)
		pthread_cond_broadcast(&s->free);
	else
		pthread_cond_signal(&s->free);
	pthread_mutex_unlock(&s->lock);
}

/* ---- batches ------------------------------------------------------------------
 */

static enum counted kind_of(const struct batch_answer *a)
{
	switch (a->status) {
	case BATCH_ACK:
		return a->dup ? COUNT_DUP : COUNT_ACK;
	case BATCH_NO_BATCH:
		return COUNT_NO_BATCH;
	case BATCH_REVOKED:
		return COUNT_REVOKED;
	case BATCH_UNKNOWN:
		return COUNT_UNKNOWN;
	case BATCH_CONFLICT:
		return a->fork ? COUNT_FORK : COUNT_GAP;
	case BATCH_TOO_LARGE:
		return COUNT_TOO_LARGE;
	case BATCH_WRONG:
		return COUNT_WRONG;
	case BATCH_LATER:
		break;
	}
	return COUNT_LATER;
}

static void log_batch(struct serve *s, const struct batch_answer *a,
	const struct receive_told *told, size_t len, long long ms)
{
	char dev[2 * BATCH_DEV + 1];
	char rest[LINE];

	str_to_hex(told->dev, BATCH_DEV, dev);
	snprintf(rest, sizeof(rest),
		",\"dev\":\"%s\",\"from\":%llu,\"to\":%llu,\"status\":%d,"
		"\"answer\":\"%s\",\"taken\":%zu,\"doubles\":%zu,\"seq\":%llu,"
		"\"check\":%d,\"bytes\":%zu,\"ms\":%lld",
		dev, (unsigned long long)told->from,
		(unsigned long long)told->to, (int)a->status,
		meter_label(kind_of(a)), told->taken, told->doubles,
		(unsigned long long)told->seq, told->check, len, ms);
	log_line(s, "batch", rest);
}

static void put_batch_answer(const struct batch_answer *a,
	struct web_answer *out)
{
	struct buf b;

	buf_init(&b, out->body, sizeof(out->body));
	batch_answer_write(a, &b);
	out->len = b.len;
	out->type = "application/cbor";
	out->status = a->status;
	out->retry_s = a->status == BATCH_LATER ? (unsigned)a->retry_s : 0;
}

static void batch(struct serve *s, struct worker *w,
	const struct web_request *in, struct web_answer *out)
{
	const long long begin = clock_ms();
	long long ms;
	struct batch_answer a = {.status = BATCH_TOO_LARGE};
	struct receive_told told = {0};
	struct err err = {0};

	if (!in->too_large &&
		!receive(w->receiver, in->body, in->len, in->peer,
			(uint64_t)clock_wall_ms(), &a, &told, &err)) {
		a = (struct batch_answer){.status = BATCH_LATER,
			.retry_s = retry_s()};
		log_failed(s, "store", &err);
	}
	add(s, kind_of(&a), 1);
	add(s, COUNT_BYTES, in->len);
	if (a.status == BATCH_ACK) {
		add(s, COUNT_RECORDS, told.taken);
		add(s, COUNT_DOUBLES, told.doubles);
	}
	put_batch_answer(&a, out);
	ms = clock_ms() - begin;
	meter_time(&s->meter, ms);
	log_batch(s, &a, &told, in->len, ms);
}

/* ---- enrolment ----------------------------------------------------------------
 */

static void say(struct web_answer *out, unsigned status, const char *text)
{
	out->status = status;
	out->len = (size_t)snprintf((char *)out->body, sizeof(out->body),
		"%s\n", text);
}

bool serve_new_code(struct store *store, const char *point, int days,
	char out[ENROL_CODE], struct err *err)
{
	const uint64_t until =
		(uint64_t)clock_wall_ms() + (uint64_t)days * DAY_MS;
	uint8_t hash[CRYPTO_HASH_SIZE];

	enrol_code_new(out);
	enrol_code_hash(out, hash);
	if (!store_begin(store, err))
		return false;
	if (store_code_add(store, hash, point, until, err) &&
		store_commit(store, err))
		return true;
	store_rollback(store);
	return false;
}

/* The code is used up by it, in the same transaction. */
static enum lookup new_terminal(struct store *store,
	const struct enrol_request *r, struct err *err)
{
	struct store_device d = {.state = STORE_ACTIVE,
		.enrolled = (uint64_t)clock_wall_ms()};
	enum lookup l;

	memcpy(d.dev, r->dev, sizeof(d.dev));
	memcpy(d.pk, r->pk, sizeof(d.pk));
	memcpy(d.key, r->pk, sizeof(d.key));
	chain_genesis(r->dev, r->pk, d.head);
	if (!store_begin(store, err))
		return LOOKUP_FAILED;
	l = store_code_take(store, r->code, d.enrolled, r->dev, d.name, err);
	if (l == LOOKUP_FOUND && (!store_device_add(store, &d, err) ||
					 !store_commit(store, err)))
		l = LOOKUP_FAILED;
	store_rollback(store);
	return l;
}

static bool put_enrolled(const struct centre_home *h,
	const struct enrol_request *r, struct web_answer *out, struct err *err)
{
	struct tls_pem cert;
	struct enrol_answer a = {.ca = (const uint8_t *)h->ca.cert.text,
		.ca_len = h->ca.cert.len};
	struct buf b;

	if (!tls_device_new(&h->ca, r->dev, r->pk, clock_wall_ms() / 1000,
		    &cert, err))
		return false;
	a.cert = (const uint8_t *)cert.text;
	a.cert_len = cert.len;
	str_copy(a.name, sizeof(a.name), h->name);
	memcpy(a.sign, h->sign.public, sizeof(a.sign));
	memcpy(a.seal, h->seal_public, sizeof(a.seal));
	buf_init(&b, out->body, sizeof(out->body));
	enrol_answer_write(&a, &b);
	out->len = b.len;
	out->status = 200;
	out->type = "application/cbor";
	return true;
}

static void log_enrolment(struct serve *s, const struct enrol_request *r,
	unsigned status)
{
	char dev[2 * BATCH_DEV + 1];
	char rest[LINE];

	str_to_hex(r->dev, BATCH_DEV, dev);
	snprintf(rest, sizeof(rest), ",\"dev\":\"%s\",\"status\":%u", dev,
		status);
	log_line(s, "enrol", rest);
}

/*
 * A terminal whose answer was lost asks again with its code: the code is used
 * up, but by itself and with the same key, so it gets its certificate.
 */
static enum lookup is_it_again(struct store *store,
	const struct enrol_request *r, struct err *err)
{
	struct store_device d;
	const enum lookup l = store_device_get(store, r->dev, false, &d, err);

	if (l != LOOKUP_FOUND)
		return l;
	return d.state == STORE_ACTIVE && d.last == 0 &&
			       memcmp(d.pk, r->pk, sizeof(d.pk)) == 0
		       ? LOOKUP_FOUND
		       : LOOKUP_ABSENT;
}

static void enrol(struct serve *s, struct worker *w,
	const struct web_request *in, struct web_answer *out)
{
	struct enrol_request r = {0};
	struct err err = {0};
	enum lookup l = LOOKUP_FAILED;

	if (in->too_large || !enrol_request_read(in->body, in->len, &r)) {
		say(out, 400, "no request");
		add(s, COUNT_REFUSED, 1);
		return;
	}
	l = is_it_again(w->store, &r, &err);
	if (l == LOOKUP_ABSENT)
		l = new_terminal(w->store, &r, &err);
	if (l == LOOKUP_FOUND && !put_enrolled(s->o.home, &r, out, &err))
		l = LOOKUP_FAILED;
	switch (l) {
	case LOOKUP_FOUND:
		break;
	case LOOKUP_ABSENT:
		say(out, 403, "no such code, or used up, or over");
		break;
	case LOOKUP_FAILED:
		log_failed(s, "store", &err);
		if (err.code == ERR_INVALID)
			say(out, 409, "this terminal is known already");
		else
			say(out, 503, "later");
		out->retry_s = out->status == 503 ? retry_s() : 0;
	}
	add(s, l == LOOKUP_FOUND ? COUNT_ENROLLED : COUNT_REFUSED, 1);
	log_enrolment(s, &r, out->status);
}

/* ---- what comes down --------------------------------------------------------------
 */

static struct store *take_store(void *arg)
{
	return take_worker(arg)->store;
}

static void give_store_back(void *arg, struct store *store)
{
	struct serve *s = arg;

	for (unsigned i = 0; i < s->o.workers; i++)
		if (s->worker[i].store == store)
			give_back(s, &s->worker[i]);
}

static void end_offer(struct serve *s, const char *event, bool ok,
	const struct web_request *in, struct web_answer *out,
	const struct err *err)
{
	char dev[2 * BATCH_DEV + 1];
	char rest[LINE];

	if (!ok) {
		log_failed(s, "store", err);
		say(out, 503, "later");
		out->retry_s = retry_s();
	}
	str_to_hex(in->peer, BATCH_DEV, dev);
	snprintf(rest, sizeof(rest),
		",\"dev\":\"%s\",\"status\":%u,\"bytes\":%llu", dev,
		out->status, (unsigned long long)(out->len + out->rest.len));
	log_line(s, event, rest);
}

static void open_day(struct serve *s, struct worker *w,
	const struct web_request *in, struct web_answer *out)
{
	struct err err = {0};
	const bool ok = offer_open(w->store, s->o.home, in,
		(uint64_t)clock_wall_ms(), out, &err);

	add(s, COUNT_OPENED, ok && out->status == 200);
	end_offer(s, "open", ok, in, out, &err);
}

static void give_parcel(struct serve *s, struct worker *w,
	const struct web_request *in, struct web_answer *out)
{
	const struct offer_stores later = {take_store, give_store_back, s};
	struct err err = {0};
	const bool ok =
		offer_parcel(w->store, s->o.home, &later, in, out, &err);

	add(s, COUNT_PARCELS, ok && out->status == 200);
	end_offer(s, "parcel", ok, in, out, &err);
}

/* ---- its own records back ---------------------------------------------------------
 */

static void give_tail(struct serve *s, struct worker *w,
	const struct web_request *in, struct web_answer *out)
{
	struct err err = {0};
	const bool ok = handback_answer(w->store, s->o.home, in,
		(uint64_t)clock_wall_ms(), out, &err);

	add(s, COUNT_TAILS, ok && out->status == 200);
	end_offer(s, "tail", ok, in, out, &err);
}

/* ---- the time, the metrics ------------------------------------------------------
 */

static void give_time(struct serve *s, struct worker *w,
	const struct web_request *in, struct web_answer *out)
{
	uint8_t nonce[CHECKPOINT_NONCE];
	struct buf b;
	size_t len;

	(void)w;
	if (!str_from_hex(in->nonce, nonce, sizeof(nonce), &len) ||
		len != sizeof(nonce)) {
		say(out, 400, "?nonce= and 32 hex digits");
		return;
	}
	buf_init(&b, out->body, sizeof(out->body));
	enrol_time_sign((uint64_t)clock_wall_ms(), nonce, s->o.home->name,
		&s->o.home->sign, &b);
	out->len = b.len;
	out->status = 200;
}

static void give_metrics(struct serve *s, struct worker *w,
	const struct web_request *in, struct web_answer *out)
{
	struct meter_now now = {.in_hand = web_in_hand(s->web),
		.in_hand_most = web_in_hand_most(s->web)};
	struct err err = {0};
	struct buf b;

	(void)in;
	now.up = store_counts(w->store, &now.counts, &err);
	buf_init(&b, out->body, sizeof(out->body));
	meter_write(&s->meter, &now, &b);
	out->len = b.len;
	out->status = 200;
	out->type = "text/plain; version=0.0.4";
}

/* ---- which is which -------------------------------------------------------------
 */

static const struct route {
	const char *method;
	const char *path;
	bool inside; /* on the other address */
	bool needs_peer;
	void (*run)(struct serve *s, struct worker *w,
		const struct web_request *in, struct web_answer *out);
} routes[] = {
	{"POST", "/v1/batch", false, true, batch},
	{"POST", "/v1/enrol", false, false, enrol},
	{"GET", "/v1/time", false, false, give_time},
	{"POST", "/v1/open", false, true, open_day},
	/* And what follows it. */
	{"GET", OFFER_PARCEL, false, true, give_parcel},
	{"GET", "/v1/tail", false, true, give_tail},
	{"GET", "/metrics", true, false, give_metrics},
};

/* Nobody has read what it wants. */
static void send_away(struct serve *s, const struct web_request *in,
	struct web_answer *out)
{
	const struct batch_answer a = {.status = BATCH_LATER,
		.retry_s = retry_s()};

	add(s, COUNT_FULL, 1);
	if (strcmp(in->path, "/v1/batch") == 0) {
		put_batch_answer(&a, out);
		return;
	}
	say(out, 503, "later");
	out->retry_s = (unsigned)a.retry_s;
}

/* One that ends with a slash is of all that begin with it. */
static bool is_path(const char *route, const char *path)
{
	return route[strlen(route) - 1] == '/' ? str_starts(path, route)
					       : strcmp(route, path) == 0;
}

static void find_route(struct serve *s, bool inside,
	const struct web_request *in, struct web_answer *out)
{
	bool path = false;

	if (in->full) {
		send_away(s, in, out);
		return;
	}
	for (size_t i = 0; i < sizeof(routes) / sizeof(routes[0]); i++) {
		const struct route *r = &routes[i];
		struct worker *w;

		if (r->inside != inside || !is_path(r->path, in->path))
			continue;
		path = true;
		if (strcmp(r->method, in->method) != 0)
			continue;
		if (r->needs_peer && !in->has_peer) {
			say(out, 401, "a certificate of this centre is needed");
			return;
		}
		w = take_worker(s);
		r->run(s, w, in, out);
		give_back(s, w);
		return;
	}
	say(out, path ? 405 : 404, path ? "another method" : "not here");
}

static void from_outside(void *arg, const struct web_request *in,
	struct web_answer *out)
{
	find_route(arg, false, in, out);
}

static void from_inside(void *arg, const struct web_request *in,
	struct web_answer *out)
{
	find_route(arg, true, in, out);
}

/* ---- open, close ------------------------------------------------------------------
 */

static bool open_workers(struct serve *s, struct err *err)
{
	for (unsigned i = 0; i < s->o.workers; i++) {
		struct worker *w = &s->worker[i];

		w->store = store_open(s->o.store, err);
		if (!w->store)
			return false;
		w->receiver = receiver_new(w->store, s->o.home->name,
			&s->o.home->sign, err);
		if (!w->receiver)
			return false;
		receiver_lease(w->receiver, s->o.lease);
		s->idle[s->idles++] = w;
	}
	return true;
}

static bool open_webs(struct serve *s, struct err *err)
{
	struct web_options o = {.address = s->o.address,
		.port = s->o.port,
		.threads = s->o.workers,
		.body_max = BATCH_MAX_BYTES,
		.key = &s->o.home->server_key,
		.cert = &s->o.home->server_cert,
		.ca = &s->o.home->ca.cert,
		.handle = from_outside,
		.arg = s,
		.idle_s = IDLE_S,
		.connections = SERVE_CONNECTIONS,
		.in_hand = s->o.in_hand ? s->o.in_hand : SERVE_IN_HAND,
		.tickets = true};

	s->web = web_open(&o, err);
	if (!s->web || s->o.metrics < 0)
		return s->web != NULL;
	o = (struct web_options){.address = "127.0.0.1",
		.port = (uint16_t)s->o.metrics,
		.threads = 1,
		.body_max = 1,
		.handle = from_inside,
		.arg = s,
		.idle_s = IDLE_S,
		.connections = 10};
	s->metrics = web_open(&o, err);
	return s->metrics != NULL;
}

struct serve *serve_open(const struct serve_options *o, struct err *err)
{
	struct serve *s = calloc(1, sizeof(*s));

	if (!s) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory");
		return NULL;
	}
	s->o = *o;
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->free, NULL);
	if (open_workers(s, err) && open_webs(s, err)) {
		char rest[LINE];

		snprintf(rest, sizeof(rest),
			",\"port\":%u,\"store\":\"%s\",\"workers\":%u",
			(unsigned)web_port(s->web),
			store_kind(s->worker[0].store), o->workers);
		log_line(s, "start", rest);
		return s;
	}
	serve_close(s);
	return NULL;
}

/* Each worker once nobody needs it: then no key is in use. */
static void take_all(struct serve *s)
{
	pthread_mutex_lock(&s->lock);
	s->reloading = true;
	while (s->idles < s->o.workers)
		pthread_cond_wait(&s->free, &s->lock);
}

static void give_all_back(struct serve *s)
{
	s->reloading = false;
	pthread_cond_broadcast(&s->free);
	pthread_mutex_unlock(&s->lock);
}

bool serve_reload(struct serve *s, const struct centre_home *home,
	struct err *err)
{
	struct receiver *r[SERVE_WORKERS_MAX] = {NULL};
	bool ok = true;

	for (unsigned i = 0; ok && i < s->o.workers; i++) {
		r[i] = receiver_new(s->worker[i].store, home->name, &home->sign,
			err);
		ok = r[i] != NULL;
	}
	if (ok) {
		take_all(s);
		for (unsigned i = 0; i < s->o.workers; i++) {
			struct receiver *old = s->worker[i].receiver;

			receiver_lease(r[i], s->o.lease);
			s->worker[i].receiver = r[i];
			r[i] = old;
		}
		s->o.home = home;
		give_all_back(s);
		log_line(s, "reload", "");
	}
	for (unsigned i = 0; i < s->o.workers; i++)
		receiver_free(r[i]);
	return ok;
}

uint16_t serve_port(const struct serve *s)
{
	return web_port(s->web);
}

uint16_t serve_metrics_port(const struct serve *s)
{
	return s->metrics ? web_port(s->metrics) : 0;
}

void serve_close(struct serve *s)
{
	if (!s)
		return;
	web_close(s->web);
	web_close(s->metrics);
	for (unsigned i = 0; i < s->o.workers; i++) {
		receiver_free(s->worker[i].receiver);
		store_close(s->worker[i].store);
	}
	pthread_cond_destroy(&s->free);
	pthread_mutex_destroy(&s->lock);
	free(s);
}
