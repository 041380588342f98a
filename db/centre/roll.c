#include "db/centre/roll.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/centre/outlist.h"
#include "db/centre/witness.h"

enum {
	NAME = 48,
	FILE_MAX = MANIFEST_ROLL_BYTES
};

static const char *file_of(uint64_t number, char out[NAME])
{
	snprintf(out, NAME, "roll-%llu.parcel", (unsigned long long)number);
	return out;
}

/* ---- rolling -------------------------------------------------------------------
 */

/* The roll to next, whole, signed by the key that goes. */
static size_t make_roll(const struct centre_home *h,
	const struct crypto_pair *next, uint64_t number, uint64_t now,
	uint8_t out[FILE_MAX])
{
	struct parcel p = {.kind = PARCEL_ROLL,
		.version = number,
		.for_all = true,
		.made = now};
	struct parcel_roll r = {.number = number};
	uint8_t content[PARCEL_ROLL_MAX];
	struct buf b;

	memcpy(r.name, h->name, sizeof(r.name));
	memcpy(r.public, next->public, sizeof(r.public));
	buf_init(&b, content, sizeof(content));
	parcel_roll_write(&r, next, &b);
	p.len = b.len;
	crypto_sha256(content, b.len, p.sha256);
	buf_init(&b, out, FILE_MAX);
	parcel_sign(&p, &h->sign, &b);
	buf_put(&b, content, (size_t)p.len);
	return b.len;
}

/* The content of roll number of the store. */
static bool roll_of(struct store *s, uint64_t number, struct parcel *p,
	struct parcel_roll *r, struct err *err)
{
	uint8_t content[PARCEL_ROLL_MAX];

	switch (store_parcel_get(s, NULL, PARCEL_ROLL, number, p, err)) {
	case LOOKUP_FAILED:
		return false;
	case LOOKUP_ABSENT:
		return err_set(err, ERR_CORRUPT, 0, "roll %llu is not there",
			(unsigned long long)number);
	case LOOKUP_FOUND:
		break;
	}
	if (p->len > sizeof(content))
		return err_set(err, ERR_CORRUPT, 0, "a roll too long");
	return parcels_content(s, p, content, err) &&
	       (parcel_roll_read(content, (size_t)p->len, r) ||
		       err_set(err, ERR_CORRUPT, 0, "roll %llu is damaged",
			       (unsigned long long)number));
}

/* Is the newest roll of the store the one to next? */
static bool is_put(struct store *s, const struct crypto_pair *next,
	uint64_t last, bool *put, struct err *err)
{
	struct parcel_roll r;
	struct parcel p;

	*put = false;
	if (last == 0)
		return true;
	if (!roll_of(s, last, &p, &r, err))
		return false;
	*put = memcmp(r.public, next->public, sizeof(r.public)) == 0;
	return true;
}

/* Into a file first: it is what mends a store that is older than the keys. */
static bool put_roll(struct store *s, struct centre_home *h,
	const struct crypto_pair *next, uint64_t number, uint64_t now,
	struct err *err)
{
	uint8_t bytes[FILE_MAX];
	char name[NAME];
	const size_t len = make_roll(h, next, number, now, bytes);
	bool ok;

	if (!centre_home_put(h, file_of(number, name), bytes, len, 0644, err))
		return false;
	ok = store_begin(s, err) && parcels_put_roll(s, bytes, len, err) &&
	     store_commit(s, err);
	if (!ok)
		store_rollback(s);
	return ok;
}

static bool roll_to(struct store *s, struct centre_home *h,
	const struct crypto_pair *next, uint64_t now, uint64_t *number,
	struct err *err)
{
	struct parcel list;
	uint64_t last;
	bool put;

	if (!store_parcel_last(s, NULL, PARCEL_ROLL, &last, err) ||
		!is_put(s, next, last, &put, err))
		return false;
	*number = put ? last : last + 1;
	return (put || put_roll(s, h, next, *number, now, err)) &&
	       centre_home_roll(h, next, err) &&
	       outlist_add(s, &h->sign, NULL, 0, now, &list, err);
}

bool centre_roll(struct store *s, struct centre_home *h, uint64_t now,
	uint64_t *number, struct err *err)
{
	struct crypto_pair *next = crypto_memory_new(sizeof(*next));
	struct centre_found found;
	bool ok = next || err_set(err, ERR_NO_MEMORY, 0, "no memory");

	/* On a centre that is not whole a roll would part it for good. */
	ok = ok && centre_check(s, h, false, &found, err);
	if (ok && found.fault != CENTRE_FINE &&
		found.fault != CENTRE_ROLL_BEGUN)
		ok = err_set(err, ERR_INVALID, 0, "%s",
			centre_fault_text(found.fault));
	if (ok)
		switch (centre_home_next(h, next, err)) {
		case LOOKUP_FAILED:
			ok = false;
			break;
		case LOOKUP_ABSENT:
			ok = centre_home_make_next(h, next, err);
			break;
		case LOOKUP_FOUND:
			break;
		}
	ok = ok && roll_to(s, h, next, now, number, err);
	crypto_memory_free(next, sizeof(*next));
	return ok;
}

/* ---- does it belong together? ---------------------------------------------------
 */

static const char *const texts[] = {
	[CENTRE_FINE] = "keys, store and witness belong together",
	[CENTRE_ROLL_BEGUN] = "a change of the signing key was begun: `rotate`"
			      " ends it",
	[CENTRE_KEY_OLD] = "centre.key is older than the store: bring back the"
			   " newest copy of centre.key",
	[CENTRE_STORE_OLD] = "the store is older than the keys: `check --mend`"
			     " puts the rolls back into it",
	[CENTRE_ROLL_LOST] = "no roll leads to centre.key: bring back the"
			     " newest copy of the store or of DIR/roll-*",
	[CENTRE_ROLL_WRONG] = "a roll is not signed by the key before it",
	[CENTRE_WITNESS_WRONG] = "the witness signed another store than this",
};

const char *centre_fault_text(enum centre_fault f)
{
	return texts[f];
}

/* Rolls of files that the store does not have, in turn. */
static bool put_back(struct store *s, struct centre_home *h, uint64_t *mended,
	struct err *err)
{
	char bytes[FILE_MAX + 2];
	struct err none = {0};
	char name[NAME];
	uint64_t last;
	size_t len;

	if (!store_parcel_last(s, NULL, PARCEL_ROLL, &last, err))
		return false;
	while (centre_home_get(h, file_of(last + 1, name), bytes, sizeof(bytes),
		&len, &none)) {
		if (!store_begin(s, err))
			return false;
		if (!parcels_put_roll(s, bytes, len, err) ||
			!store_commit(s, err)) {
			store_rollback(s);
			return err_wrap(err, "%s", name);
		}
		last++;
		(*mended)++;
	}
	return true;
}

/* Is there a file behind the newest roll of the store? */
static bool has_more(const struct centre_home *h, uint64_t last)
{
	char bytes[FILE_MAX + 2];
	struct err none = {0};
	char name[NAME];
	size_t len;

	return centre_home_get(h, file_of(last + 1, name), bytes, sizeof(bytes),
		&len, &none);
}

/* From roll to roll: each is signed by the key that the one before brought. */
static bool walk(struct store *s, const struct centre_home *h,
	struct centre_found *out, struct err *err)
{
	struct parcel_roll r = {0};
	struct parcel_roll before;
	bool is_known = false; /* the key that centre.key has */
	struct parcel p;

	out->fault = CENTRE_FINE;
	for (uint64_t n = 1; n <= out->rolls; n++) {
		before = r;
		if (!roll_of(s, n, &p, &r, err))
			return false;
		if (n > 1 && !parcel_is_signed(&p, before.public))
			out->fault = CENTRE_ROLL_WRONG;
		/* The key that the centre began with is known by this alone. */
		is_known |= n == 1 && parcel_is_signed(&p, h->sign.public);
		is_known |=
			memcmp(r.public, h->sign.public, sizeof(r.public)) == 0;
	}
	if (out->fault != CENTRE_FINE || out->rolls == 0 ||
		memcmp(r.public, h->sign.public, sizeof(r.public)) == 0)
		return true;
	out->fault = is_known ? CENTRE_KEY_OLD : CENTRE_ROLL_LOST;
	return true;
}

static bool is_roll_under_way(struct store *s, const struct centre_home *h,
	struct centre_found *out, struct err *err)
{
	struct crypto_pair *next = crypto_memory_new(sizeof(*next));
	enum lookup l = LOOKUP_FAILED;
	bool put = false;

	if (!next)
		return err_set(err, ERR_NO_MEMORY, 0, "no memory");
	l = centre_home_next(h, next, err);
	if (l == LOOKUP_FOUND && !is_put(s, next, out->rolls, &put, err))
		l = LOOKUP_FAILED;
	/* In the store already, and this key is still to come. */
	if (l == LOOKUP_FOUND &&
		(out->fault == CENTRE_FINE || out->fault == CENTRE_STORE_OLD ||
			(put && out->fault == CENTRE_KEY_OLD)))
		out->fault = CENTRE_ROLL_BEGUN;
	crypto_memory_free(next, sizeof(*next));
	return l != LOOKUP_FAILED;
}

static bool check_keys(struct store *s, const struct centre_home *h,
	struct centre_found *out, struct err *err)
{
	if (!store_parcel_last(s, NULL, PARCEL_ROLL, &out->rolls, err) ||
		!walk(s, h, out, err))
		return false;
	if ((out->fault == CENTRE_FINE || out->fault == CENTRE_ROLL_LOST) &&
		has_more(h, out->rolls))
		out->fault = CENTRE_STORE_OLD;
	return is_roll_under_way(s, h, out, err);
}

bool centre_check(struct store *s, struct centre_home *h, bool mend,
	struct centre_found *out, struct err *err)
{
	struct witness_found w;
	struct err witness = {0};
	uint64_t mended = 0;

	*out = (struct centre_found){0};
	if (!check_keys(s, h, out, err))
		return false;
	if (mend && out->fault == CENTRE_STORE_OLD) {
		if (!put_back(s, h, &mended, err) ||
			!check_keys(s, h, out, err))
			return false;
		out->mended = mended;
	}
	/* No day is over yet, or nobody asked for its root. */
	if (!witness_check(s, h, &w, &witness))
		return witness.sys == ENOENT ||
		       err_set(err, witness.code, witness.sys, "%s",
			       witness.text);
	out->days = w.days;
	memcpy(out->day, w.day, sizeof(out->day));
	if (w.why && out->fault == CENTRE_FINE)
		out->fault = CENTRE_WITNESS_WRONG;
	return true;
}
