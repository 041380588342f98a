/* store_parcel.c - what goes down to terminals, whatever database it is. */
#include "db/centre/store_driver.h"

static bool told(struct store *s, bool ok, struct err *err)
{
	return ok || err_wrap(err, "%s", s->ops->name);
}

bool store_parcel_add(struct store *s, const struct parcel *p, struct err *err)
{
	return told(s, s->ops->parcel_add(s, p, err), err);
}

bool store_parcels(struct store *s, const uint8_t *dev, uint64_t kind,
	uint64_t above, bool (*each)(const struct parcel *p, void *arg),
	void *arg, struct err *err)
{
	return told(s, s->ops->parcels(s, dev, kind, above, each, arg, err),
		err);
}

bool store_parcel_last(struct store *s, const uint8_t *dev, uint64_t kind,
	uint64_t *version, struct err *err)
{
	return told(s, s->ops->parcel_last(s, dev, kind, version, err), err);
}

struct wanted {
	uint64_t version;
	struct parcel *out;
	bool found;
};

/* The first above the one before is it, or it is not there. */
static bool is_it(const struct parcel *p, void *arg)
{
	struct wanted *w = arg;

	w->found = p->version == w->version;
	if (w->found)
		*w->out = *p;
	return false;
}

enum lookup store_parcel_get(struct store *s, const uint8_t *dev, uint64_t kind,
	uint64_t version, struct parcel *out, struct err *err)
{
	struct wanted w = {.version = version, .out = out};

	if (version == 0)
		return LOOKUP_ABSENT;
	if (!store_parcels(s, dev, kind, version - 1, is_it, &w, err))
		return LOOKUP_FAILED;
	return w.found ? LOOKUP_FOUND : LOOKUP_ABSENT;
}

bool store_piece_add(struct store *s, const uint8_t sha[CRYPTO_HASH_SIZE],
	uint64_t n, const void *bytes, size_t len, struct err *err)
{
	return told(s, s->ops->piece_add(s, sha, n, bytes, len, err), err);
}

enum lookup store_piece_get(struct store *s,
	const uint8_t sha[CRYPTO_HASH_SIZE], uint64_t n,
	uint8_t out[STORE_PIECE], size_t *len, struct err *err)
{
	const enum lookup l = s->ops->piece_get(s, sha, n, out, len, err);

	if (l == LOOKUP_FAILED)
		err_wrap(err, "%s", s->ops->name);
	return l;
}
