#include "terminal/app/uplink.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "core/crypto.h"
#include "core/str.h"
#include "db/db.h"
#include "db/proof.h"
#include "drivers/net/net_curl.h"

struct uplink {
	_Atomic(struct net *) net; /* NULL: not asked for yet */
	atomic_bool stopped;
	struct outbox_centre centre;
	char key[OUTBOX_KEY_PEM]; /* a secret */
	char proxy[OUTBOX_URL];
};

/* ---- open, close ------------------------------------------------------------
 */

/* The key is in it: memory that is not swapped out. */
static struct uplink *make(struct err *err)
{
	struct uplink *u = crypto_memory_new(sizeof(*u));

	if (!u)
		err_set(err, ERR_NO_MEMORY, 0, "no memory for the line");
	return u;
}

struct uplink *uplink_open(struct db *db, const char *proxy, bool *none,
	struct err *err)
{
	struct uplink *u = make(err);
	enum lookup got;

	*none = false;
	if (!u)
		return NULL;
	got = outbox_centre(db, &u->centre, err);
	*none = got == LOOKUP_ABSENT;
	str_copy(u->proxy, sizeof(u->proxy), proxy);
	if (got == LOOKUP_FOUND && outbox_device_key(db, u->key, err))
		return u;
	uplink_close(u);
	return NULL;
}

/* Loading libcurl takes longer than a key may wait: on the line's thread. */
static struct net *net_of(struct uplink *u, enum net_trouble *trouble,
	struct err *err)
{
	const struct net_curl_options o = {.url = u->centre.url,
		.ca = u->centre.ca,
		.cert = u->centre.cert,
		.key = u->key,
		.proxy = u->proxy[0] ? u->proxy : NULL};
	struct net *net = atomic_load(&u->net);

	*trouble = NET_FINE;
	if (net)
		return net;
	net = net_curl_open(&o, trouble, err);
	atomic_store(&u->net, net);
	/* Who stopped meanwhile found none to stop. */
	if (net && atomic_load(&u->stopped))
		net_stop(net);
	return net;
}

struct uplink *uplink_over(struct net *net)
{
	struct err err;
	struct uplink *u = make(&err);

	if (u)
		atomic_store(&u->net, net);
	return u;
}

void uplink_close(struct uplink *u)
{
	if (!u)
		return;
	net_close(atomic_load(&u->net));
	crypto_memory_free(u, sizeof(*u));
}

void uplink_stop(struct uplink *u)
{
	struct net *net;

	atomic_store(&u->stopped, true);
	net = atomic_load(&u->net);
	if (net)
		net_stop(net);
}

struct net *uplink_net(struct uplink *u, enum net_trouble *trouble,
	struct err *err)
{
	return net_of(u, trouble, err);
}

static void ask(struct uplink *u, const struct net_question *q,
	struct uplink_reply *out)
{
	struct net_answer a = {.body = out->body, .size = sizeof(out->body)};
	struct net *net;

	out->err = (struct err){0};
	net = net_of(u, &out->trouble, &out->err);
	if (net)
		net_ask(net, q, &a, &out->trouble, &out->err);
	out->status = a.status;
	out->retry_s = a.retry_s;
	out->len = a.len;
}

void uplink_ask(struct uplink *u, const void *batch, size_t len,
	struct uplink_reply *out)
{
	const struct net_question q = {.method = "POST",
		.path = "/v1/batch",
		.body = batch,
		.len = len};

	ask(u, &q, out);
}

/* ---- what an answer means ------------------------------------------------------
 */

static enum upload_came of_trouble(enum net_trouble t)
{
	static const enum upload_came came[NET_TROUBLES] = {
		[NET_NO_NETWORK] = CAME_NO_NETWORK,
		[NET_NOT_OURS] = CAME_NOT_OURS,
		[NET_CLOCK] = CAME_CLOCK,
		[NET_TIMEOUT] = CAME_TIMEOUT,
		[NET_CUT] = CAME_CUT,
		[NET_NO_ANSWER] = CAME_NO_ANSWER,
		[NET_NO_PART] = CAME_NOT_POSSIBLE,
		[NET_SETTINGS] = CAME_NOT_POSSIBLE,
		[NET_STOPPED] = CAME_STOPPED,
	};

	return came[t];
}

enum upload_trouble uplink_trouble(enum net_trouble t)
{
	static const enum upload_trouble as[NET_TROUBLES] = {
		[NET_FINE] = UPLOAD_FINE,
		[NET_NO_NETWORK] = UPLOAD_NO_NETWORK,
		[NET_NOT_OURS] = UPLOAD_NOT_OURS,
		[NET_CLOCK] = UPLOAD_CLOCK,
		[NET_TIMEOUT] = UPLOAD_SLOW,
		[NET_CUT] = UPLOAD_SLOW,
		[NET_NO_ANSWER] = UPLOAD_NO_SENSE,
		[NET_NO_PART] = UPLOAD_NOT_POSSIBLE,
		[NET_SETTINGS] = UPLOAD_NOT_POSSIBLE,
		[NET_STOPPED] = UPLOAD_SLOW,
	};

	return as[t];
}

/* What is taken from an answer. */
struct taking {
	struct db *db;
	const struct outbox_batch *sent;
	const struct uplink_reply *r;
	bool by_line;
	int64_t now;
	struct batch_answer a;
	struct err *err;
};

/* Another book of this terminal is somewhere: nothing is paid from now on. */
static enum upload_came fork_seen(struct taking *t, bool is_signed)
{
	if ((t->by_line || is_signed) &&
		!outbox_freeze(t->db, t->r->body, t->r->len, t->err))
		return CAME_STORE;
	return CAME_FORK;
}

static enum upload_came take_note(struct taking *t, struct upload_answer *out)
{
	struct outbox_taken taken;

	if (!outbox_take(t->db, t->a.note, t->a.note_len, t->now, &taken,
		    t->err))
		return t->err->code == ERR_BUSY ? CAME_LATER : CAME_STORE;
	out->last = taken.seq;
	switch (taken.took) {
	case OUTBOX_TAKEN:
		return CAME_ACK;
	case OUTBOX_OLD:
		/* What was sent again is there again; else a replay. */
		return t->sent && taken.seq >= t->sent->to ? CAME_OLD_ACK
							   : CAME_NO_ACK;
	case OUTBOX_FORK:
	case OUTBOX_AHEAD:
		return fork_seen(t, true);
	case OUTBOX_NO_NOTE:
	case OUTBOX_NO_KEY:
	case OUTBOX_OTHER:
		break;
	}
	return CAME_NO_ACK;
}

static enum upload_came take_conflict(struct taking *t,
	struct upload_answer *out)
{
	bool ours = false;

	if (!t->a.fork &&
		!outbox_is_ours(t->db, t->a.last, t->a.head, &ours, t->err))
		return CAME_STORE;
	if (!ours)
		return fork_seen(t, false);
	out->last = t->a.last;
	return CAME_GAP;
}

/* 401, 429 and what others say have no body of ours. */
static enum upload_came by_status(const struct uplink_reply *r,
	struct upload_answer *out)
{
	switch (r->status) {
	case 401:
	case BATCH_UNKNOWN:
		return CAME_UNKNOWN;
	case BATCH_REVOKED:
		return CAME_REVOKED;
	case BATCH_TOO_LARGE:
		return CAME_TOO_LARGE;
	case 429:
	case BATCH_LATER:
		out->retry_s = r->retry_s;
		return CAME_LATER;
	}
	return CAME_STATUS;
}

static enum upload_came take(struct taking *t, struct upload_answer *out)
{
	const struct uplink_reply *r = t->r;

	if (r->trouble != NET_FINE)
		return of_trouble(r->trouble);
	switch (r->status) {
	case BATCH_ACK:
	case BATCH_CONFLICT:
	case BATCH_WRONG:
		break;
	default:
		return by_status(r, out);
	}
	if (!batch_answer_read(r->body, r->len, &t->a) ||
		(unsigned)t->a.status != r->status)
		return CAME_NO_ACK;
	if (t->a.status == BATCH_ACK)
		return take_note(t, out);
	if (t->a.status == BATCH_CONFLICT)
		return take_conflict(t, out);
	out->seq = t->a.seq;
	out->check = (unsigned)t->a.check;
	return CAME_WRONG;
}

void uplink_take(struct db *db, const struct outbox_batch *sent,
	const struct uplink_reply *r, bool by_line, int64_t now,
	struct upload_answer *out, struct err *err)
{
	struct taking t = {.db = db,
		.sent = sent,
		.r = r,
		.by_line = by_line,
		.now = now,
		.err = err};
	struct outbox_state s;

	*out = (struct upload_answer){
		.sent = sent ? (unsigned)(sent->to - sent->from + 1) : 0};
	out->came = take(&t, out);
	if (outbox_state(db, &s, err))
		out->acked = s.acked;
	else
		out->came = CAME_STORE;
}

/* ---- is anything missing? ------------------------------------------------------
 */

bool uplink_is_to_check(const struct db *db, bool done)
{
	return !proof_retired(db) && (!done || proof_frozen(db) > 0);
}

void uplink_check_begin(struct db *db, struct uplink_check *c)
{
	struct err unheard;

	regain_ask_head(db, c->nonce, c->path, &unheard);
}

void uplink_check_ask(struct uplink *u, const struct uplink_check *c,
	struct uplink_reply *out)
{
	const struct net_question q = {.method = "GET", .path = c->path};

	ask(u, &q, out);
}

bool uplink_check_take(struct db *db, const struct uplink_check *c,
	const struct uplink_reply *r, struct upload_answer *out,
	struct err *err)
{
	enum regain_head head = REGAIN_HEAD_NONE;

	*out = (struct upload_answer){0};
	if (r->trouble != NET_FINE) {
		out->came = of_trouble(r->trouble);
		return false;
	}
	if (r->status == 200 &&
		!regain_take_head(db, c->nonce, r->body, r->len, &head, err)) {
		out->came = err->code == ERR_BUSY ? CAME_LATER : CAME_STORE;
		return false;
	}
	/* Another record of that number, too: signing in on the older disk was
	 * one. Whether it is two books shows when the records are fetched. */
	out->came = CAME_AHEAD;
	return head == REGAIN_HEAD_NONE || head == REGAIN_HEAD_FINE;
}

/* ---- kept between two runs -----------------------------------------------------
 */

bool uplink_note(struct db *db, const struct upload *u, uint64_t sent_to,
	int64_t now, struct err *err)
{
	const char *trouble = u->trouble == UPLOAD_FINE
				      ? ""
				      : upload_trouble_name(u->trouble);
	const bool refused = u->trouble == UPLOAD_REFUSED;
	struct outbox_state s;

	if (!outbox_state(db, &s, err))
		return false;
	if (strcmp(s.trouble, trouble) == 0 && s.resending == u->resending &&
		(!u->resending || s.resend + 1 == u->resend_from) &&
		sent_to <= s.sent && (!refused || s.bad_seq == u->bad_seq))
		return true;
	s.sent = sent_to;
	str_copy(s.trouble, sizeof(s.trouble), trouble);
	s.trouble_at = u->trouble == UPLOAD_FINE ? 0 : now;
	s.bad_seq = refused ? u->bad_seq : 0;
	s.bad_check = refused ? u->bad_check : 0;
	s.resending = u->resending;
	s.resend = u->resending ? u->resend_from - 1 : 0;
	return outbox_note(db, &s, err);
}

void uplink_recall(const struct outbox_state *s, struct upload *u)
{
	const int t = s->trouble[0] ? upload_trouble_of(s->trouble) : -1;

	u->trouble = t < 0 ? UPLOAD_FINE : (enum upload_trouble)t;
	u->resending = s->resending;
	u->resend_from = s->resend + 1;
	u->bad_seq = s->bad_seq;
	u->bad_check = (unsigned)s->bad_check;
}

uint64_t uplink_seed(const struct db *db)
{
	const uint8_t *dev = db_info(db)->dev;
	uint64_t seed = 0;

	for (int i = 0; i < 8; i++)
		seed = seed << 8 | (uint64_t)(dev[i] ^ dev[8 + i]);
	return seed;
}
