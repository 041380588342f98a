#include "db/centre/moves.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/str.h"
#include "db/centre/entry.h"

enum {
	ENT = 16,
	KEY_ENT = 15,
	KEY_RSUM = 24,
	KEY_PEER = 30,
	KEY_HOP = 46,
	ID = 2 * BATCH_DEV + 1,
	WHEN = 32
};

struct move {
	uint8_t ent[ENT];
	uint64_t hop; /* 0: an older terminal does not say */
	uint8_t dev[BATCH_DEV];
	uint64_t seq;
	uint64_t t;
	bool release;
	uint8_t peer[BATCH_DEV];
	uint8_t h
		[CRYPTO_HASH_SIZE]; /* of the RELEASE: own, or as it is named */
	uint64_t ref;               /* ACQUIRE: its number */
	bool paired;
};

struct moves {
	struct move *move;
	size_t n;
	size_t room;
	bool no_memory;
	FILE *out;
	struct moves_sum *sum;
};

/* ---- reading ---------------------------------------------------------------- */

static bool read_move(const uint8_t dev[BATCH_DEV],
	const struct store_record *r, struct move *out)
{
	*out = (struct move){.seq = r->seq,
		.t = r->t,
		.release = r->kind == ENTRY_RELEASE};
	memcpy(out->dev, dev, BATCH_DEV);
	memcpy(out->h, r->h, sizeof(out->h));
	if (!entry_bytes(r->body, r->len, KEY_ENT, out->ent, ENT) ||
		!entry_bytes(r->body, r->len, KEY_PEER, out->peer, BATCH_DEV))
		return false;
	entry_number(r->body, r->len, KEY_HOP, &out->hop);
	return out->release || (entry_number(r->body, r->len, 12, &out->ref) &&
				       entry_bytes(r->body, r->len, KEY_RSUM,
					       out->h, sizeof(out->h)));
}

/* What is no whole record of its kind is the verifier's to find (V03). */
static bool keep(const uint8_t dev[BATCH_DEV], const struct store_record *r,
	void *arg)
{
	struct moves *m = arg;
	struct move one;

	if (!read_move(dev, r, &one))
		return true;
	if (m->n == m->room) {
		const size_t room = m->room ? 2 * m->room : 64;
		struct move *more = realloc(m->move, room * sizeof(*more));

		m->no_memory = !more;
		if (!more)
			return false;
		m->move = more;
		m->room = room;
	}
	m->move[m->n++] = one;
	return true;
}

/* ---- pairs ------------------------------------------------------------------ */

/* By entitlement; of one the moves in their order, a RELEASE before the
 * ACQUIRE that it leads to. */
static int in_order(const void *a, const void *b)
{
	const struct move *x = a;
	const struct move *y = b;
	const int ent = memcmp(x->ent, y->ent, ENT);

	if (ent != 0)
		return ent;
	if (x->hop != y->hop)
		return x->hop < y->hop ? -1 : 1;
	if (x->release != y->release)
		return x->release ? -1 : 1;
	return x->t < y->t ? -1 : x->t > y->t;
}

/* Those of one entitlement stand together: from first up to end. */
static struct move *release_of(struct move *first, const struct move *end,
	const struct move *taken)
{
	for (struct move *r = first; r < end; r++)
		if (r->release && !r->paired && r->seq == taken->ref &&
			memcmp(r->dev, taken->peer, BATCH_DEV) == 0 &&
			memcmp(r->peer, taken->dev, BATCH_DEV) == 0 &&
			memcmp(r->h, taken->h, sizeof(r->h)) == 0)
			return r;
	return NULL;
}

static const char *when(uint64_t ms, char out[WHEN])
{
	const time_t t = (time_t)(ms / 1000);
	struct tm tm;

	if (!gmtime_r(&t, &tm) ||
		strftime(out, WHEN, "%Y-%m-%dT%H:%M:%SZ", &tm) == 0)
		str_copy(out, WHEN, "-");
	return out;
}

/* Did the terminal that is named report that far? */
static bool has_reported(struct store *s, const struct move *taken,
	bool *reported, struct err *err)
{
	struct store_device d;
	const enum lookup l = store_device_get(s, taken->peer, false, &d, err);

	*reported = l == LOOKUP_FOUND && d.last >= taken->ref;
	return l != LOOKUP_FAILED;
}

static bool say_unpaired(struct store *s, struct moves *m,
	const struct move *taken, struct err *err)
{
	char ent[2 * ENT + 1];
	char dev[ID];
	char peer[ID];
	char at[WHEN];
	bool reported;

	if (!has_reported(s, taken, &reported, err))
		return false;
	m->sum->unpaired += reported;
	m->sum->lacking += !reported;
	str_to_hex(taken->ent, ENT, ent);
	str_to_hex(taken->dev, BATCH_DEV, dev);
	str_to_hex(taken->peer, BATCH_DEV, peer);
	return fprintf(m->out, "unpaired\t%s\t%s %llu\t%s %llu\t%s\t%s\n", ent,
		       dev, (unsigned long long)taken->seq, peer,
		       (unsigned long long)taken->ref, when(taken->t, at),
		       reported ? "none" : "lacking") > 0 ||
	       err_set(err, ERR_IO, 0, "cannot write");
}

/* The last of its moves says who holds it. */
static bool say_holder(struct moves *m, const struct move *last,
	struct err *err)
{
	char ent[2 * ENT + 1];
	char who[ID];
	char at[WHEN];

	m->sum->moved++;
	m->sum->going += last->release;
	str_to_hex(last->ent, ENT, ent);
	str_to_hex(last->release ? last->peer : last->dev, BATCH_DEV, who);
	return fprintf(m->out, "moved\t%s\t%s\t%s\t%llu\t%s\n", ent, who,
		       when(last->t, at), (unsigned long long)last->hop,
		       last->release ? "going" : "here") > 0 ||
	       err_set(err, ERR_IO, 0, "cannot write");
}

static bool say_one(struct store *s, struct moves *m, struct move *first,
	struct move *end, struct err *err)
{
	for (struct move *a = first; a < end; a++) {
		struct move *r;

		if (a->release)
			continue;
		r = release_of(first, end, a);
		if (r)
			r->paired = true;
		else if (!say_unpaired(s, m, a, err))
			return false;
	}
	return say_holder(m, end - 1, err);
}

static bool say_all(struct store *s, struct moves *m, struct err *err)
{
	size_t first = 0;

	fputs("#moved\tentitlement\theld by\tsince\ttimes\tstate\n"
	      "#unpaired\tentitlement\ttaken by\treleased by\tsince\trelease\n",
		m->out);
	if (m->n > 0)
		qsort(m->move, m->n, sizeof(*m->move), in_order);
	while (first < m->n) {
		size_t end = first + 1;

		while (end < m->n &&
			memcmp(m->move[end].ent, m->move[first].ent, ENT) == 0)
			end++;
		if (!say_one(s, m, m->move + first, m->move + end, err))
			return false;
		first = end;
	}
	return true;
}

bool moves_write(struct store *s, FILE *out, struct moves_sum *sum,
	struct err *err)
{
	struct moves m = {.out = out, .sum = sum};
	bool ok;

	*sum = (struct moves_sum){0};
	ok = store_moves(s, keep, &m, err);
	if (ok && m.no_memory)
		ok = err_set(err, ERR_NO_MEMORY, 0, "no memory for the moves");
	ok = ok && say_all(s, &m, err);
	free(m.move);
	return ok;
}
