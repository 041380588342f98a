#include "db/centre/parcels.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/fd.h"
#include "core/str.h"

enum {
	AHEAD_MAX = 1000000 /* versions: more of them is nonsense */
};

static const uint8_t *whose(const struct parcel *p)
{
	return p->for_all ? NULL : p->dev;
}

/* ---- putting in ----------------------------------------------------------------
 */

static bool put_pieces(struct store *s, const struct parcel *p,
	const uint8_t *content, struct err *err)
{
	for (uint64_t at = 0; at < p->len; at += STORE_PIECE) {
		const uint64_t left = p->len - at;

		if (!store_piece_add(s, p->sha256, at / STORE_PIECE,
			    content + at,
			    left < STORE_PIECE ? (size_t)left : STORE_PIECE,
			    err))
			return false;
	}
	return true;
}

/* Each in turn, or above all before it. */
static bool next_version(struct store *s, const struct parcels_new *n,
	struct parcel *p, struct err *err)
{
	uint64_t last;

	if (!store_parcel_last(s, whose(p), p->kind, &last, err))
		return false;
	if (parcel_rule(p->kind)->each_counts) {
		p->version = last + 1;
		return n->version == 0 || n->version == p->version ||
		       err_set(err, ERR_INVALID, 0,
			       "the next one is %llu, not %llu",
			       (unsigned long long)p->version,
			       (unsigned long long)n->version);
	}
	/* For all: the number that its issuer gave it. */
	p->version = n->version == 0 && n->to ? last + 1 : n->version;
	return p->version > last ||
	       err_set(err, ERR_INVALID, 0,
		       "version %llu is there already, and %llu is not newer",
		       (unsigned long long)last,
		       (unsigned long long)n->version);
}

static bool put(struct store *s, const struct crypto_pair *key,
	struct parcel *p, const void *content, struct err *err)
{
	uint8_t head[PARCEL_HEAD_MAX];
	struct buf b;

	crypto_sha256(content, (size_t)p->len, p->sha256);
	buf_init(&b, head, sizeof(head));
	parcel_sign(p, key, &b);
	return put_pieces(s, p, content, err) && store_parcel_add(s, p, err);
}

static bool put_sealed(struct store *s, const struct crypto_pair *key,
	struct parcel *p, const struct parcels_new *n, struct err *err)
{
	uint8_t *sealed = malloc(n->len + CRYPTO_SEAL_EXTRA);
	bool ok;

	if (!sealed)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory");
	p->len = n->len + CRYPTO_SEAL_EXTRA;
	ok = crypto_seal_to_signer(n->content, n->len, n->to->pk, sealed) ||
	     err_set(err, ERR_CORRUPT, 0, "the key of this terminal is none");
	ok = ok && put(s, key, p, sealed, err);
	free(sealed);
	return ok;
}

bool parcels_put(struct store *s, const struct crypto_pair *key,
	const struct parcels_new *n, struct parcel *out, struct err *err)
{
	const struct parcel_rule *rule = parcel_rule(n->kind);

	*out = (struct parcel){.kind = n->kind,
		.made = n->now,
		.until = n->until,
		.len = n->len,
		.for_all = !n->to};
	if (!rule || n->kind == PARCEL_ROLL || rule->for_all != out->for_all)
		return err_set(err, ERR_INVALID, 0,
			"this kind is not put in like that");
	if (n->len > PARCEL_CONTENT_MAX - CRYPTO_SEAL_EXTRA)
		return err_set(err, ERR_INVALID, 0, "it is longer than 64 MiB");
	if (n->to)
		memcpy(out->dev, n->to->dev, sizeof(out->dev));
	if (!next_version(s, n, out, err))
		return false;
	return rule->sealed ? put_sealed(s, key, out, n, err)
			    : put(s, key, out, n->content, err);
}

bool parcels_put_roll(struct store *s, const void *bytes, size_t len,
	struct err *err)
{
	const uint8_t *content;
	struct parcel_roll r;
	struct parcel p;
	uint64_t last;

	if (!parcel_read(bytes, len, &p, &content) || p.kind != PARCEL_ROLL ||
		!p.for_all || !parcel_roll_read(content, (size_t)p.len, &r) ||
		r.number != p.version)
		return err_set(err, ERR_INVALID, 0, "this is no roll");
	if (!store_parcel_last(s, NULL, PARCEL_ROLL, &last, err))
		return false;
	if (p.version != last + 1)
		return err_set(err, ERR_INVALID, 0,
			"roll %llu comes next, not %llu",
			(unsigned long long)last + 1,
			(unsigned long long)p.version);
	return put_pieces(s, &p, content, err) && store_parcel_add(s, &p, err);
}

/* ---- what there is for one -------------------------------------------------------
 */

struct offer {
	const struct parcel_rule *rule;
	struct manifest *m;
	struct parcel roll[MANIFEST_ROLLS_MAX];
};

static bool add_item(const struct parcel *p, void *arg)
{
	struct offer *o = arg;
	struct manifest_item *i;

	/* Of those of which only the newest counts, the last one stays. */
	if (o->m->items > 0 && !o->rule->each_counts &&
		o->m->item[o->m->items - 1].kind == p->kind)
		o->m->items--;
	if (o->m->items == MANIFEST_ITEMS_MAX)
		return false;
	i = &o->m->item[o->m->items++];
	*i = (struct manifest_item){.kind = p->kind,
		.version = p->version,
		.len = p->len};
	memcpy(i->sha256, p->sha256, sizeof(i->sha256));
	return true;
}

static bool add_roll(const struct parcel *p, void *arg)
{
	struct offer *o = arg;

	if (o->m->rolls == MANIFEST_ROLLS_MAX)
		return false;
	o->roll[o->m->rolls++] = *p;
	return true;
}

/* Not while the store is walked through: they have contents. */
static bool write_rolls(struct store *s, const struct offer *o,
	struct parcels_rolls *rolls, struct err *err)
{
	for (size_t i = 0; i < o->m->rolls; i++) {
		const struct parcel *p = &o->roll[i];
		struct buf b;

		buf_init(&b, rolls->bytes[i], sizeof(rolls->bytes[i]));
		parcel_write_head(p, &b);
		if (p->len > PARCEL_ROLL_MAX)
			return err_set(err, ERR_CORRUPT, 0, "a roll too long");
		if (!parcels_content(s, p, rolls->bytes[i] + b.len, err))
			return false;
		o->m->roll[i].at = rolls->bytes[i];
		o->m->roll[i].len = b.len + (size_t)p->len;
	}
	return true;
}

/*
 * It has more than we know of: our store came back from an older backup. What
 * is put in next has to stand behind what it has, or it would never fetch it.
 * Only its own versions are moved so, never those of all.
 */
static bool catch_up(struct store *s, const uint8_t *dev,
	const struct manifest_have *h, struct err *err)
{
	struct parcel p = {.kind = h->kind, .version = h->version};
	uint64_t last;

	if (!store_parcel_last(s, dev, h->kind, &last, err))
		return false;
	if (h->version <= last || h->version - last > AHEAD_MAX)
		return true;
	memcpy(p.dev, dev, sizeof(p.dev));
	crypto_sha256("", 0, p.sha256);
	if (store_begin(s, err) && store_parcel_add(s, &p, err) &&
		store_commit(s, err))
		return true;
	store_rollback(s);
	return false;
}

static bool offer_kind(struct store *s, const uint8_t *dev,
	const struct manifest_have *h, struct offer *o, struct err *err)
{
	o->rule = parcel_rule(h->kind);
	if (!o->rule)
		return true;
	if (!o->rule->for_all && !catch_up(s, dev, h, err))
		return false;
	return store_parcels(s, o->rule->for_all ? NULL : dev, h->kind,
		h->version, h->kind == PARCEL_ROLL ? add_roll : add_item, o,
		err);
}

bool parcels_offer(struct store *s, const uint8_t dev[PARCEL_DEV],
	const struct manifest_request *r, struct manifest *m,
	struct parcels_rolls *rolls, struct err *err)
{
	struct offer o = {.m = m};

	m->items = m->rolls = 0;
	memcpy(m->nonce, r->nonce, sizeof(m->nonce));
	for (size_t i = 0; i < r->haves; i++)
		if (!offer_kind(s, dev, &r->have[i], &o, err))
			return false;
	return write_rolls(s, &o, rolls, err);
}

/* ---- giving out -------------------------------------------------------------------
 */

enum lookup parcels_head(struct store *s, const struct crypto_pair *key,
	const uint8_t dev[PARCEL_DEV], uint64_t kind, uint64_t version,
	struct parcel *out, struct err *err)
{
	const struct parcel_rule *rule = parcel_rule(kind);
	uint8_t head[PARCEL_HEAD_MAX];
	struct buf b;
	enum lookup l;

	if (!rule)
		return LOOKUP_ABSENT;
	l = store_parcel_get(s, rule->for_all ? NULL : dev, kind, version, out,
		err);
	buf_init(&b, head, sizeof(head));
	if (l == LOOKUP_FOUND && kind != PARCEL_ROLL)
		parcel_sign(out, key, &b);
	return l;
}

/* Piece n, of the size that it has to have. */
static bool get_piece(struct store *s, const struct parcel *p, uint64_t n,
	uint8_t out[STORE_PIECE], size_t *len, struct err *err)
{
	const uint64_t left = p->len - n * STORE_PIECE;

	switch (store_piece_get(s, p->sha256, n, out, len, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		*len = 0;
		break;
	case LOOKUP_FOUND:
		break;
	}
	return *len == (left < STORE_PIECE ? left : STORE_PIECE) ||
	       err_set(err, ERR_CORRUPT, 0, "a content is not all there");
}

bool parcels_content(struct store *s, const struct parcel *p, void *out,
	struct err *err)
{
	uint8_t *piece = malloc(STORE_PIECE);
	bool ok = piece || err_set(err, ERR_NO_MEMORY, 0, "no memory");
	size_t len;

	for (uint64_t n = 0; ok && n * STORE_PIECE < p->len; n++) {
		ok = get_piece(s, p, n, piece, &len, err);
		if (ok)
			memcpy((uint8_t *)out + n * STORE_PIECE, piece, len);
	}
	free(piece);
	return ok;
}

/* ---- on a stick --------------------------------------------------------------------
 */

static void name_of(const struct parcel *p, const char *dir,
	char out[CENTRE_PATH])
{
	char dev[2 * 4 + 1] = "all";

	if (!p->for_all)
		str_to_hex(p->dev, 4, dev);
	snprintf(out, CENTRE_PATH, "%s/chitra-%s-%s-%llu.parcel", dir,
		parcel_rule(p->kind)->name, dev,
		(unsigned long long)p->version);
}

static bool write_whole(struct store *s, const struct parcel *p, int fd,
	struct err *err)
{
	uint8_t *piece = malloc(STORE_PIECE);
	uint8_t head[PARCEL_HEAD_MAX];
	struct buf b;
	size_t len;
	bool ok = piece || err_set(err, ERR_NO_MEMORY, 0, "no memory");

	buf_init(&b, head, sizeof(head));
	parcel_write_head(p, &b);
	if (ok && !fd_write_all(fd, head, b.len))
		ok = err_set(err, ERR_IO, errno, "%s", strerror(errno));
	for (uint64_t n = 0; ok && n * STORE_PIECE < p->len; n++) {
		ok = get_piece(s, p, n, piece, &len, err);
		if (ok && !fd_write_all(fd, piece, len))
			ok = err_set(err, ERR_IO, errno, "%s", strerror(errno));
	}
	free(piece);
	return ok;
}

static bool sync_dir(const char *dir)
{
	const int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	const bool ok = fd >= 0 && fsync(fd) == 0;

	if (fd >= 0)
		close(fd);
	return ok;
}

bool parcels_write(struct store *s, const struct parcel *p, const char *dir,
	char path[CENTRE_PATH], struct err *err)
{
	char new[CENTRE_PATH + 8];
	bool ok;
	int fd;

	name_of(p, dir, path);
	snprintf(new, sizeof(new), "%s.part", path);
	fd = open(new, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (fd < 0)
		return err_set(err, ERR_IO, errno, "%s: %s", new,
			strerror(errno));
	ok = write_whole(s, p, fd, err);
	if (ok && fsync(fd) != 0)
		ok = err_set(err, ERR_IO, errno, "%s", strerror(errno));
	close(fd);
	if (ok && (rename(new, path) != 0 || !sync_dir(dir)))
		ok = err_set(err, ERR_IO, errno, "%s", strerror(errno));
	if (!ok) {
		unlink(new);
		err_wrap(err, "%s", path);
	}
	return ok;
}
