#include "terminal/app/downlink.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/log.h"

enum {
	PATH = 64,
	OPENS = 8 /* asked anew behind rolls, at most */
};

struct downlink {
	char path[PATH];
	uint8_t body[MANIFEST_REQUEST_MAX];
	uint8_t nonce[MANIFEST_NONCE];
	bool opened; /* m says what there is */
	int opens;
	struct manifest m;
	size_t next;   /* item of m */
	uint8_t *part; /* of that one, as far as it came; NULL: nothing yet */
	size_t size;   /* room there */
	size_t len;
	int kept;
};

struct downlink *downlink_new(struct err *err)
{
	struct downlink *d = calloc(1, sizeof(*d));

	if (!d)
		err_set(err, ERR_NO_MEMORY, 0, "no memory for the line");
	return d;
}

static void forget_part(struct downlink *d)
{
	free(d->part);
	d->part = NULL;
	d->size = d->len = 0;
}

void downlink_free(struct downlink *d)
{
	if (!d)
		return;
	forget_part(d);
	free(d);
}

int downlink_kept(const struct downlink *d)
{
	return d->kept;
}

/* ---- asking ------------------------------------------------------------------
 */

static bool ask_open(struct downlink *d, struct db *db, struct net_question *q,
	struct err *err)
{
	struct manifest_request r;
	struct buf b;

	if (!down_have(db, &r, err))
		return false;
	crypto_random(d->nonce, sizeof(d->nonce));
	memcpy(r.nonce, d->nonce, sizeof(r.nonce));
	buf_init(&b, d->body, sizeof(d->body));
	manifest_request_write(&r, &b);
	*q = (struct net_question){.method = "POST",
		.path = "/v1/open",
		.body = d->body,
		.len = b.len};
	return true;
}

bool downlink_ask(struct downlink *d, struct db *db, struct net_question *q,
	struct err *err)
{
	const struct manifest_item *i = &d->m.item[d->next];

	if (!d->opened)
		return ask_open(d, db, q, err);
	snprintf(d->path, sizeof(d->path), "/v1/parcel/%s/%llu/%zu",
		parcel_rule(i->kind)->name, (unsigned long long)i->version,
		d->len / PARCEL_PART);
	*q = (struct net_question){.method = "GET", .path = d->path};
	return true;
}

/* ---- what came ----------------------------------------------------------------
 */

/* Kinds that are not known here are left there. */
static enum downlink_came next_item(struct downlink *d)
{
	while (d->next < d->m.items && !parcel_rule(d->m.item[d->next].kind))
		d->next++;
	return d->next < d->m.items ? DOWNLINK_MORE : DOWNLINK_OVER;
}

static bool number_of(struct db *db, uint64_t *out, struct err *err)
{
	struct centre_keys k;

	*out = 0;
	if (!centre_keys_load(db, &k, err))
		return false;
	*out = k.has_number ? k.number : 0;
	return true;
}

/* Behind more rolls than fit into one answer it is asked again. */
static enum downlink_came take_open(struct downlink *d, struct db *db,
	const struct net_answer *a, struct refusal *why, struct err *err)
{
	uint64_t before;
	uint64_t after;

	if (!number_of(db, &before, err))
		return DOWNLINK_STORE;
	switch (down_open(db, a->body, a->len, d->nonce, &d->m, why, err)) {
	case VERDICT_FAILED:
		return DOWNLINK_STORE;
	case VERDICT_REFUSED:
		if (!number_of(db, &after, err))
			return DOWNLINK_STORE;
		return after > before && ++d->opens < OPENS ? DOWNLINK_MORE
							    : DOWNLINK_REFUSED;
	case VERDICT_DONE:
		break;
	}
	d->opened = true;
	return next_item(d);
}

static bool grow(struct downlink *d, size_t size)
{
	uint8_t *more = realloc(d->part, size);

	if (more) {
		d->part = more;
		d->size = size;
	}
	return more != NULL;
}

static enum downlink_came put(struct downlink *d, struct db *db,
	struct refusal *why, struct err *err)
{
	struct parcel head;
	bool same;
	const enum verdict v =
		down_put(db, d->part, d->len, &head, &same, why, err);

	forget_part(d);
	if (v == VERDICT_FAILED)
		return DOWNLINK_STORE;
	if (v == VERDICT_REFUSED)
		return DOWNLINK_REFUSED;
	d->kept += !same;
	d->next++;
	return next_item(d);
}

/* One part of a parcel: all are full but the last. */
static enum downlink_came take_part(struct downlink *d, struct db *db,
	const struct net_answer *a, struct refusal *why, struct err *err)
{
	const struct manifest_item *i = &d->m.item[d->next];
	struct parcel head;
	size_t from;

	if (a->len > PARCEL_PART || d->len + a->len < d->len ||
		d->len + a->len > i->len + PARCEL_HEAD_MAX)
		goto nonsense;
	if (d->len + a->len > d->size &&
		!grow(d, (size_t)i->len + PARCEL_HEAD_MAX)) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory for a parcel");
		return DOWNLINK_STORE;
	}
	memcpy(d->part + d->len, a->body, a->len);
	d->len += a->len;
	from = parcel_read_head(d->part, d->len, &head);
	if (from == 0 || head.len != i->len)
		goto nonsense;
	if (d->len == from + head.len)
		return put(d, db, why, err);
	if (a->len == PARCEL_PART)
		return DOWNLINK_MORE;
nonsense:
	forget_part(d);
	*why = (struct refusal){.code = REFUSED_PARCEL};
	return DOWNLINK_REFUSED;
}

enum downlink_came downlink_take(struct downlink *d, struct db *db,
	const struct net_answer *a, struct refusal *why, struct err *err)
{
	if (!a)
		return DOWNLINK_LATER;
	switch (a->status) {
	case 200:
		break;
	case 401:
	case 403:
	case 404:
		return DOWNLINK_OUT;
	default:
		return DOWNLINK_LATER;
	}
	return d->opened ? take_part(d, db, a, why, err)
			 : take_open(d, db, a, why, err);
}

bool downlink_apply(struct db *db, struct err *err)
{
	static const struct session nobody;
	const struct list_options none = {.count = -1, .sum = -1};
	struct down_done *done = malloc(sizeof(*done));
	struct down_row next;
	struct refusal why;
	enum lookup l = LOOKUP_FAILED;
	enum verdict v = VERDICT_DONE;

	if (!done)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory");
	while (v != VERDICT_FAILED &&
		(l = down_next(db, &nobody, &next, err)) == LOOKUP_FOUND) {
		v = down_take(db, &nobody, &next, &none, done, &why, err);
		if (v != VERDICT_REFUSED)
			continue;
		log_line("down", "%s %llu: %s", parcel_rule(next.kind)->name,
			(unsigned long long)next.version,
			refusal_code_name(why.code));
		/* It waits for another day. */
		if (done->row.state == DOWN_WAITS)
			break;
	}
	free(done);
	return v != VERDICT_FAILED && l != LOOKUP_FAILED;
}

enum downlink_came downlink_run(struct downlink *d, struct db *db,
	struct net *net, enum net_trouble *trouble, struct refusal *why,
	struct err *err)
{
	struct net_answer a = {.body = malloc(DOWNLINK_BODY),
		.size = DOWNLINK_BODY};
	enum downlink_came came = DOWNLINK_MORE;
	struct net_question q;

	*trouble = NET_FINE;
	if (!a.body) {
		err_set(err, ERR_NO_MEMORY, 0, "no memory for an answer");
		return DOWNLINK_STORE;
	}
	while (came == DOWNLINK_MORE) {
		a.len = 0;
		if (!downlink_ask(d, db, &q, err))
			came = DOWNLINK_STORE;
		else if (!net_ask(net, &q, &a, trouble, err))
			came = DOWNLINK_LATER;
		else
			came = downlink_take(d, db, &a, why, err);
	}
	free(a.body);
	return came;
}
