#include "db/centre/offer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"

static void say(struct web_answer *out, unsigned status, const char *text)
{
	out->status = status;
	out->len = (size_t)snprintf((char *)out->body, sizeof(out->body),
		"%s\n", text);
}

/* FOUND: it is one of ours, and in. ABSENT: it has its answer. */
static enum lookup is_in(struct store *s, const struct web_request *in,
	struct web_answer *out, struct err *err)
{
	struct store_device d;
	const enum lookup l = store_device_get(s, in->peer, false, &d, err);

	if (l == LOOKUP_ABSENT)
		say(out, 404, "no such terminal");
	if (l == LOOKUP_FOUND && d.state == STORE_REVOKED) {
		say(out, 403, "this terminal is out");
		return LOOKUP_ABSENT;
	}
	return l;
}

/* ---- what there is -------------------------------------------------------------
 */

static bool put_manifest(struct store *s, const struct centre_home *h,
	const struct web_request *in, const struct manifest_request *r,
	uint64_t now, struct web_answer *out, struct err *err)
{
	struct manifest *m = calloc(1, sizeof(*m));
	struct parcels_rolls *rolls = calloc(1, sizeof(*rolls));
	struct buf b;
	bool ok = false;

	if (!m || !rolls) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory");
	} else {
		memcpy(m->dev, in->peer, sizeof(m->dev));
		m->time = now;
		ok = parcels_offer(s, in->peer, r, m, rolls, err);
	}
	if (ok) {
		buf_init(&b, out->body, sizeof(out->body));
		manifest_sign(m, &h->sign, &b);
		out->len = b.len;
		out->status = 200;
		out->type = "application/cbor";
	}
	free(m);
	free(rolls);
	return ok;
}

bool offer_open(struct store *s, const struct centre_home *h,
	const struct web_request *in, uint64_t now, struct web_answer *out,
	struct err *err)
{
	struct manifest_request r;

	if (in->too_large || !manifest_request_read(in->body, in->len, &r)) {
		say(out, 400, "no request");
		return true;
	}
	switch (is_in(s, in, out, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		return true;
	case LOOKUP_FOUND:
		break;
	}
	return put_manifest(s, h, in, &r, now, out, err);
}

/* ---- one of them ------------------------------------------------------------------
 */

/* A content that goes out. */
struct outgoing {
	struct offer_stores stores;
	struct parcel p;
	uint64_t skip; /* bytes of the content before those that are sent */
	bool has;      /* piece n is here */
	uint64_t n;
	size_t len;
	uint8_t piece[STORE_PIECE];
};

static bool fetch(struct outgoing *o, uint64_t n)
{
	struct store *s = o->stores.take(o->stores.arg);
	struct err ignored = {0};

	o->has = store_piece_get(s, o->p.sha256, n, o->piece, &o->len,
			 &ignored) == LOOKUP_FOUND &&
		 o->len <= STORE_PIECE;
	o->stores.give_back(o->stores.arg, s);
	o->n = n;
	return o->has;
}

static bool read_on(void *ctx, uint64_t at, uint8_t *out, size_t max,
	size_t *got)
{
	struct outgoing *o = ctx;
	size_t in_piece;

	at += o->skip;
	in_piece = (size_t)(at % STORE_PIECE);
	if ((!o->has || o->n != at / STORE_PIECE) &&
		!fetch(o, at / STORE_PIECE))
		return false;
	if (in_piece >= o->len)
		return false;
	*got = o->len - in_piece < max ? o->len - in_piece : max;
	memcpy(out, o->piece + in_piece, *got);
	return true;
}

/* What is asked for. */
struct wanted {
	uint64_t kind;
	uint64_t version;
	bool whole;
	uint64_t part;
};

/* A number between two slashes, or up to the end. */
static bool number_of(const char *text, size_t len, int64_t min, int64_t max,
	uint64_t *out)
{
	char digits[24];
	int64_t v;

	if (len >= sizeof(digits))
		return false;
	memcpy(digits, text, len);
	digits[len] = '\0';
	if (!str_to_int(digits, min, max, &v))
		return false;
	*out = (uint64_t)v;
	return true;
}

/* "list/3", "list/3/0" */
static bool which(const char *path, struct wanted *out)
{
	const size_t kind = strcspn(path, "/");
	const char *version = path + kind + (path[kind] == '/');
	const size_t digits = strcspn(version, "/");
	char name[16];

	if (kind >= sizeof(name))
		return false;
	memcpy(name, path, kind);
	name[kind] = '\0';
	out->kind = parcel_kind_of(name);
	out->whole = version[digits] == '\0';
	return out->kind != 0 &&
	       number_of(version, digits, 1, INT64_MAX, &out->version) &&
	       (out->whole ||
		       number_of(version + digits + 1,
			       strlen(version + digits + 1), 0,
			       PARCEL_CONTENT_MAX / PARCEL_PART, &out->part));
}

/* Of the whole, bytes from..to: some of the head, some of the content. */
static bool put_parcel(const struct offer_stores *later, const struct parcel *p,
	uint64_t from, uint64_t to, struct web_answer *out, struct err *err)
{
	struct outgoing *o = calloc(1, sizeof(*o));
	uint8_t head[PARCEL_HEAD_MAX];
	struct buf b;

	if (!o)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory");
	buf_init(&b, head, sizeof(head));
	parcel_write_head(p, &b);
	o->stores = *later;
	o->p = *p;
	if (to > b.len + p->len)
		to = b.len + p->len;
	if (from < b.len) {
		out->len = b.len - (size_t)from;
		memcpy(out->body, head + from, out->len);
		from = b.len;
	}
	o->skip = from - b.len;
	out->status = 200;
	out->type = "application/cbor";
	out->rest = (struct web_rest){.ctx = o,
		.len = to > from ? to - from : 0,
		.read = read_on,
		.done = free};
	return true;
}

/* Signed the same each time, so that parts of one belong together. */
static bool put_wanted(const struct offer_stores *later, const struct parcel *p,
	const struct wanted *w, struct web_answer *out, struct err *err)
{
	const uint64_t from = w->part * PARCEL_PART;

	if (w->whole)
		return put_parcel(later, p, 0, UINT64_MAX, out, err);
	if (from >= PARCEL_HEAD_MAX + p->len) {
		say(out, 404, "not here");
		return true;
	}
	return put_parcel(later, p, from, from + PARCEL_PART, out, err);
}

bool offer_parcel(struct store *s, const struct centre_home *h,
	const struct offer_stores *later, const struct web_request *in,
	struct web_answer *out, struct err *err)
{
	struct wanted w = {0};
	struct parcel p;

	if (!which(in->path + strlen(OFFER_PARCEL), &w)) {
		say(out, 404, "not here");
		return true;
	}
	switch (is_in(s, in, out, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		return true;
	case LOOKUP_FOUND:
		break;
	}
	switch (parcels_head(s, &h->sign, in->peer, w.kind, w.version, &p,
		err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		say(out, 404, "not here");
		return true;
	case LOOKUP_FOUND:
		break;
	}
	return put_wanted(later, &p, &w, out, err);
}
