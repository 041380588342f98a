/* bookgen_elsewhere.c - what another terminal paid, what people complain of. */
#include <sodium.h>
#include <string.h>

#include "support/bookgen_internal.h"

enum {
	PEER_BYTE = 0x9e, /* its id is 16 of them */
	ON_LIST = 64      /* entitlements of the list, a bit each */
};

/* A terminal of the office, with the key that stays. */
struct peer {
	uint8_t dev[16];
	struct bookgen_pair key;
};

static void peer_of(const struct office *o, struct peer *out)
{
	memset(out->dev, PEER_BYTE, sizeof(out->dev));
	bookgen_key(o->b->seed, "peer", 0, &out->key);
}

/* A supervisor lets it be known. */
static void meet(struct office *o, const struct peer *p)
{
	struct bytes line = {0};
	struct bookgen_rec *r;

	bytes_text(&line, "peer ");
	bytes_hex(&line, p->dev, sizeof(p->dev));
	bytes_text(&line, " ");
	bytes_hex(&line, p->key.public, sizeof(p->key.public));
	bytes_text(&line, "\n");
	office_pass(o, 20, 60);
	r = office_put(o, GEN_CONFIG, GEN_HOA);
	r->has |= GEN_HAS(18) | GEN_HAS(24);
	crypto_hash_sha256(r->rsum, line.at, line.len);
	bytes_free(&line);
}

/* Bits of a message, the first is bit 7; and how many are set. */
static uint64_t put_bits(struct office *o, struct bytes *out)
{
	uint8_t bits[ON_LIST / 8];
	uint64_t set = 0;

	office_bytes(o, bits, sizeof(bits));
	for (int i = 0; i < ON_LIST; i++)
		set += bits[i / 8] >> (7 - i % 8) & 1;
	bytes_byte(out, 0);
	bytes_put(out, bits, sizeof(bits));
	return set;
}

/* A message of that terminal when its newest record was seq. */
static uint64_t message(struct office *o, const struct peer *p, uint64_t seq,
	struct bytes *out)
{
	uint8_t other[16 + 8];
	uint8_t digest[32];
	uint8_t sig[64];
	uint64_t set;

	office_bytes(o, other, sizeof(other));
	bytes_byte(out, 1);
	bytes_put(out, p->dev, sizeof(p->dev));
	bytes_be(out, seq, 5);
	bytes_be(out, o->t, 6);
	bytes_put(out, other, 16);
	bytes_put(out, o->b->list, 8);
	bytes_put(out, other + 16, 8);
	bytes_be(out, ON_LIST, 4);
	set = put_bits(o, out);
	crypto_hash_sha256(digest, out->at, out->len);
	bookgen_sign("CHTRMRK1", digest, sizeof(digest), &p->key, sig);
	bytes_put(out, sig, sizeof(sig));
	return set;
}

static void take(struct office *o, const struct peer *p, uint64_t seq,
	uint64_t actor)
{
	struct bytes all = {0};
	const uint64_t set = message(o, p, seq, &all);
	struct bookgen_rec *r;

	office_pass(o, 20, 60);
	r = office_put(o, GEN_MARKS, actor);
	office_ref(r, seq);
	office_res(r, set);
	r->has |= GEN_HAS(24) | GEN_HAS(30);
	crypto_hash_sha256(r->rsum, all.at, all.len);
	memcpy(r->peer, p->dev, sizeof(r->peer));
	bytes_free(&all);
}

void office_paid_elsewhere(struct office *o)
{
	struct peer p;

	peer_of(o, &p);
	meet(o, &p);
	take(o, &p, 100 + 3 * o->b->n, o->agent);
	take(o, &p, 101 + 3 * o->b->n, GEN_HOA);
}

void office_complaint(struct office *o, uint64_t seq, uint64_t actor,
	uint64_t rsn)
{
	struct bookgen_rec *r;

	office_pass(o, 20, 60);
	r = office_put(o, GEN_COMPLAINT, actor);
	office_ref(r, seq);
	office_rsn(r, rsn);
}
