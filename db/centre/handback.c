#include "db/centre/handback.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"

enum {
	PLAIN = BATCH_PD_MAX
};

/* The bytes that the page points into. */
struct making {
	const struct handback *what;
	const struct centre_home *home;
	struct tail tail;
	size_t size; /* of the page, at most */
	size_t used;
	bool full;
	bool wrong; /* what is stored is not a book */
	uint8_t room[TAIL_MAX_BYTES];
};

static const uint8_t *keep(struct making *m, const void *bytes, size_t len)
{
	uint8_t *at = m->room + m->used;

	memcpy(at, bytes, len);
	m->used += len;
	return at;
}

static bool add_record(const struct store_record *r, void *arg)
{
	struct making *m = arg;
	struct tail *t = &m->tail;

	if (r->seq != t->from + t->records || r->len == 0 ||
		r->len > BATCH_BODY_MAX) {
		m->wrong = true;
		return false;
	}
	if (t->records == m->what->most ||
		m->size + r->len + TAIL_RECORD_FRAME > TAIL_MAX_BYTES) {
		m->full = true;
		return false;
	}
	m->size += r->len + TAIL_RECORD_FRAME;
	t->record[t->records++] =
		(struct batch_record){.body = keep(m, r->body, r->len),
			.len = r->len,
			.sig = keep(m, r->sig, CRYPTO_SIG_SIZE)};
	return true;
}

/*
 * Opened, and sealed to the terminal. What was sealed to another key than ours,
 * before the terminal joined us, stays here. Who has no room for its data any
 * more gets the record without: the record counts.
 */
static bool add_pd(const struct batch_pd *pd, void *arg)
{
	struct making *m = arg;
	struct tail *t = &m->tail;
	uint8_t plain[PLAIN];
	uint8_t sealed[BATCH_PD_MAX];
	bool ok;

	if (pd->len <= CRYPTO_SEAL_EXTRA || pd->len > BATCH_PD_MAX ||
		m->size + pd->len > TAIL_MAX_BYTES)
		return true;
	ok = crypto_seal_open(pd->sealed, pd->len, m->home->seal_public,
		     m->home->seal_secret, plain) &&
	     crypto_seal_to_signer(plain, pd->len - CRYPTO_SEAL_EXTRA,
		     m->what->of->pk, sealed);
	crypto_wipe(plain, sizeof(plain));
	if (!ok)
		return true;
	m->size += pd->len;
	t->pd[t->pds++] = (struct batch_pd){.seq = pd->seq,
		.sealed = keep(m, sealed, pd->len),
		.len = pd->len};
	return true;
}

static bool gather(struct store *s, struct making *m, struct err *err)
{
	const struct store_device *d = m->what->of;
	struct tail *t = &m->tail;
	uint64_t to = d->last;

	if (m->what->most == 0 || t->from > d->last)
		return true;
	if (to - t->from >= m->what->most)
		to = t->from + m->what->most - 1;
	if (!store_records(s, d->dev, t->from, to, add_record, m, err))
		return false;
	if (m->wrong || (!m->full && t->from + t->records != to + 1))
		return err_set(err, ERR_CORRUPT, 0,
			"record %llu of a terminal is not here",
			(unsigned long long)(t->from + t->records));
	return t->records == 0 ||
	       store_pds(s, d->dev, t->from, t->from + t->records - 1, add_pd,
		       m, err);
}

static bool note(struct store *s, const struct making *m, struct err *err)
{
	const struct tail *t = &m->tail;
	struct store_handed h = {.t = m->what->now,
		.from = t->from,
		.to = t->from + t->records - 1,
		.by_file = m->what->by_file};

	if (t->records == 0)
		return true;
	memcpy(h.dev, t->dev, sizeof(h.dev));
	if (!store_begin(s, err))
		return false;
	if (store_handed_add(s, &h, err) && store_commit(s, err))
		return true;
	store_rollback(s);
	return false;
}

bool handback_page(struct store *s, const struct centre_home *h,
	const struct handback *what, uint64_t *to, struct buf *out,
	struct err *err)
{
	struct making *m = calloc(1, sizeof(*m));
	struct tail *t;
	bool ok;

	if (!m)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory for a page");
	t = &m->tail;
	m->what = what;
	m->home = h;
	m->size = TAIL_FRAME;
	t->from = what->from;
	t->time = what->now;
	t->last = what->of->last;
	memcpy(t->dev, what->of->dev, sizeof(t->dev));
	memcpy(t->head, what->of->head, sizeof(t->head));
	memcpy(t->nonce, what->nonce, sizeof(t->nonce));
	ok = gather(s, m, err);
	if (ok && !tail_write(t, &h->sign, out))
		ok = err_set(err, ERR_INVALID, 0, "the records make no page");
	ok = ok && note(s, m, err);
	*to = t->from + t->records - 1;
	crypto_wipe(m, sizeof(*m));
	free(m);
	return ok;
}

/* ---- over the line -------------------------------------------------------------
 */

static bool say(struct web_answer *out, unsigned status, const char *text)
{
	out->status = status;
	out->len = (size_t)snprintf((char *)out->body, sizeof(out->body),
		"%s\n", text);
	return true;
}

static bool read_query(const struct web_request *in, struct handback *out)
{
	int64_t from;
	int64_t most = TAIL_MAX_RECORDS;
	size_t len;

	if (!str_to_int(in->from, 1, INT64_MAX - TAIL_MAX_RECORDS, &from) ||
		(in->most[0] &&
			!str_to_int(in->most, 0, TAIL_MAX_RECORDS, &most)) ||
		!str_from_hex(in->nonce, out->nonce, sizeof(out->nonce),
			&len) ||
		len != sizeof(out->nonce))
		return false;
	out->from = (uint64_t)from;
	out->most = (uint64_t)most;
	return true;
}

static bool read_page(void *ctx, uint64_t at, uint8_t *out, size_t max,
	size_t *got)
{
	const struct buf *b = ctx;

	if (at >= b->len)
		return false;
	*got = b->len - (size_t)at < max ? b->len - (size_t)at : max;
	memcpy(out, b->data + at, *got);
	return true;
}

/* A page is longer than the room of an answer: it goes out by pieces. */
static bool send_page(struct store *s, const struct centre_home *h,
	const struct handback *what, struct web_answer *out, struct err *err)
{
	struct buf *b = malloc(sizeof(*b) + TAIL_MAX_BYTES);
	uint64_t to;

	if (!b)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory for a page");
	buf_init(b, b + 1, TAIL_MAX_BYTES);
	if (!handback_page(s, h, what, &to, b, err)) {
		free(b);
		return false;
	}
	out->status = 200;
	out->type = "application/cbor";
	out->len = 0;
	out->rest = (struct web_rest){.ctx = b,
		.len = b->len,
		.read = read_page,
		.done = free};
	return true;
}

bool handback_answer(struct store *s, const struct centre_home *h,
	const struct web_request *in, uint64_t now, struct web_answer *out,
	struct err *err)
{
	struct handback what = {.now = now};
	struct store_device d;

	if (!read_query(in, &what))
		return say(out, 400, "?from=N&nonce= and 32 hex digits");
	switch (store_device_get(s, in->peer, false, &d, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		return say(out, 404, "no such terminal");
	case LOOKUP_FOUND:
		break;
	}
	if (d.state == STORE_REVOKED)
		return say(out, 403, "this terminal is out");
	if (d.state == STORE_FROZEN)
		return say(out, 409, "there are two books of this terminal");
	what.of = &d;
	return send_page(s, h, &what, out, err);
}
