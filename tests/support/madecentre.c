#include "support/madecentre.h"

#include <string.h>

#include "support/unit.h"

static const char name[] = "centre-1";

void madecentre_make(struct madecentre *c, int n)
{
	uint8_t seed[CRYPTO_SEED_SIZE] = "the key of a made-up centre";

	memset(c, 0, sizeof(*c));
	seed[sizeof(seed) - 1] = (uint8_t)n;
	crypto_pair_from_seed(seed, &c->sign);
	memcpy(c->seal_secret, seed, sizeof(c->seal_secret));
	crypto_seal_public(c->seal_secret, c->seal_public);
}

void madecentre_enrols(const struct madecentre *c, struct enrol_answer *out)
{
	static const char pem[] = "-----BEGIN CERTIFICATE-----\n";

	*out = (struct enrol_answer){.cert = (const uint8_t *)pem,
		.cert_len = sizeof(pem) - 1,
		.ca = (const uint8_t *)pem,
		.ca_len = sizeof(pem) - 1};
	memcpy(out->name, name, sizeof(name));
	memcpy(out->sign, c->sign.public, sizeof(out->sign));
	memcpy(out->seal, c->seal_public, sizeof(out->seal));
}

void madecentre_signs(struct madecentre *c)
{
	struct buf b;

	buf_init(&b, c->note, sizeof(c->note));
	checkpoint_sign(&c->point, name, &c->sign, &b);
	assert_false(b.full);
	c->len = b.len;
}

void madecentre_takes(struct madecentre *c, const void *bytes, size_t len)
{
	const char *finding;

	assert_true(batch_read(bytes, len, &c->batch, &finding));
	c->point =
		(struct checkpoint){.seq = c->batch.to, .time = 1764547200000};
	memcpy(c->point.dev, c->batch.dev, sizeof(c->point.dev));
	memcpy(c->point.h, c->batch.last, sizeof(c->point.h));
	memcpy(c->point.nonce, c->batch.nonce, sizeof(c->point.nonce));
	madecentre_signs(c);
}
