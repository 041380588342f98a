#include "support/bookbatch.h"

#include <stdlib.h>
#include <string.h>

#include "core/codec/batch.h"

static const struct bookgen_pair *epoch_behind(const struct bookgen *b,
	uint64_t seq)
{
	const struct bookgen_pair *key = &b->device;

	for (uint64_t i = 0; i < seq; i++)
		if (b->rec[i].kind == GEN_START ||
			b->rec[i].kind == GEN_KEYROLL)
			key = &b->epoch[b->rec[i].epoch];
	return key;
}

static void fill(const struct bookgen *b, const struct bookgen_sealed *s,
	const struct bookbatch *how, struct batch *out)
{
	static const uint8_t sealed[60] = "sealed to the centre";
	uint64_t seq = how->from;

	memcpy(out->dev, b->dev, sizeof(out->dev));
	out->from = how->from;
	out->to = how->to;
	out->records = (size_t)(how->to - how->from + 1);
	if (how->from > 1)
		memcpy(out->before, s->raw[how->from - 2].h, 32);
	else
		bookbatch_genesis(b, out->before);
	memcpy(out->last, s->raw[how->to - 1].h, 32);
	memset(out->nonce, how->nonce, sizeof(out->nonce));
	for (size_t i = 0; i < out->records; i++, seq++) {
		const struct bookgen_raw *raw = &s->raw[seq - 1];

		out->record[i] = (struct batch_record){raw->body.at,
			raw->body.len, raw->sig};
		if (how->pd && b->rec[seq - 1].kind == GEN_PAY)
			out->pd[out->pds++] =
				(struct batch_pd){seq, sealed, sizeof(sealed)};
	}
}

void bookbatch_make(const struct bookgen *b, const struct bookgen_sealed *s,
	const struct bookbatch *how, struct bytes *out)
{
	static uint8_t room[BATCH_MAX_BYTES + 1];
	static struct batch batch;
	struct bookgen_pair stranger;
	const struct bookgen_pair *key = &b->device;
	struct buf to;

	memset(&batch, 0, sizeof(batch));
	fill(b, s, how, &batch);
	bookgen_key(b->seed, "stranger", 1, &stranger);
	if (how->by == BATCH_BY_EPOCH)
		key = epoch_behind(b, how->to);
	else if (how->by == BATCH_BY_STRANGER)
		key = &stranger;
	buf_init(&to, room, sizeof(room));
	if (!batch_write(&batch, key->secret, &to))
		abort();
	out->len = 0;
	bytes_put(out, room, to.len);
}

void bookbatch_genesis(const struct bookgen *b, uint8_t out[32])
{
	uint8_t all[8 + 16 + 32];

	memcpy(all, "CHTRGEN1", 8);
	memcpy(all + 8, b->dev, 16);
	memcpy(all + 24, b->device.public, 32);
	crypto_sha256(all, sizeof(all), out);
}

void bookbatch_other_dev(struct bookgen *b, uint8_t first_byte)
{
	b->dev[0] = first_byte;
	for (size_t i = 0; i < b->n; i++)
		b->rec[i].dev[0] = first_byte;
}
