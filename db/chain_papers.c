#include "db/chain_internal.h"

#include <string.h>

static const char tag_receipt[] = "CHTRRCP1";
static const char tag_slip[] = "CHTRZSL1";

void chain_seal(const struct record *r, const uint8_t h[CRYPTO_HASH_SIZE],
	struct seal *out)
{
	*out = (struct seal){.seq = r->seq,
		.amount = (int64_t)r->amount,
		.period = (int32_t)r->period,
		.t = (int64_t)r->t};
	memcpy(out->dev, r->dev, sizeof(out->dev));
	memcpy(out->h, h, sizeof(out->h));
}

void chain_sign_receipt(struct seal *s,
	const uint8_t secret[CRYPTO_SECRET_SIZE])
{
	uint8_t head[SEAL_HEAD_BYTES];

	seal_head(s, head);
	crypto_sign_tagged(tag_receipt, head, sizeof(head), secret, s->sig);
}

bool chain_verify_receipt(const struct seal *s,
	const uint8_t public[CRYPTO_PUBLIC_SIZE])
{
	uint8_t head[SEAL_HEAD_BYTES];

	seal_head(s, head);
	return crypto_verify_tagged(tag_receipt, head, sizeof(head), public,
		s->sig);
}

void chain_zseal(const struct record *r, const uint8_t h[CRYPTO_HASH_SIZE],
	struct zseal *out)
{
	*out = (struct zseal){.seq = r->seq,
		.shift = r->shift,
		.t = (int64_t)r->t,
		.expected = (int64_t)r->amount,
		.counted = notes_sum(&r->notes),
		.paid = r->tot.paid_gross,
		.voided = r->tot.void_gross,
		.payments = (uint64_t)r->tot.payments,
		.voids = (uint64_t)r->tot.voids};
	memcpy(out->dev, r->dev, sizeof(out->dev));
	memcpy(out->h, h, sizeof(out->h));
}

void chain_sign_slip(struct zseal *z, const uint8_t secret[CRYPTO_SECRET_SIZE])
{
	uint8_t head[ZSEAL_HEAD_BYTES];

	zseal_head(z, head);
	crypto_sign_tagged(tag_slip, head, sizeof(head), secret, z->sig);
}

bool chain_verify_slip(const struct zseal *z,
	const uint8_t public[CRYPTO_PUBLIC_SIZE])
{
	uint8_t head[ZSEAL_HEAD_BYTES];

	zseal_head(z, head);
	return crypto_verify_tagged(tag_slip, head, sizeof(head), public,
		z->sig);
}
