#include "db/chain_internal.h"

#include <string.h>

static const char tag_genesis[] = "CHTRGEN1";
static const char tag_record[] = "CHTRREC1";
static const char tag_sig[] = "CHTRSIG1";
static const char tag_receipt[] = "CHTRRCP1";
static const char tag_slip[] = "CHTRZSL1";

enum {
	TAG_SIZE = 8
};

void chain_genesis(const uint8_t dev[DB_DEV_SIZE],
	const uint8_t device_public[CRYPTO_PUBLIC_SIZE],
	uint8_t out[CRYPTO_HASH_SIZE])
{
	struct crypto_hash h;

	crypto_hash_start(&h);
	crypto_hash_add(&h, tag_genesis, TAG_SIZE);
	crypto_hash_add(&h, dev, DB_DEV_SIZE);
	crypto_hash_add(&h, device_public, CRYPTO_PUBLIC_SIZE);
	crypto_hash_end(&h, out);
}

void chain_next(const uint8_t before[CRYPTO_HASH_SIZE], const void *body,
	size_t len, uint8_t out[CRYPTO_HASH_SIZE])
{
	struct crypto_hash h;

	crypto_hash_start(&h);
	crypto_hash_add(&h, tag_record, TAG_SIZE);
	crypto_hash_add(&h, before, CRYPTO_HASH_SIZE);
	crypto_hash_add(&h, body, len);
	crypto_hash_end(&h, out);
}

void chain_sign(const uint8_t h[CRYPTO_HASH_SIZE],
	const uint8_t secret[CRYPTO_SECRET_SIZE], uint8_t sig[CRYPTO_SIG_SIZE])
{
	crypto_sign_tagged(tag_sig, h, CRYPTO_HASH_SIZE, secret, sig);
}

bool chain_verify(const uint8_t h[CRYPTO_HASH_SIZE],
	const uint8_t public[CRYPTO_PUBLIC_SIZE],
	const uint8_t sig[CRYPTO_SIG_SIZE])
{
	return crypto_verify_tagged(tag_sig, h, CRYPTO_HASH_SIZE, public, sig);
}

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
