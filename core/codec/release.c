#include "core/codec/release.h"

#include <string.h>

#include "core/buf.h"
#include "core/date.h"
#include "core/str.h"

enum {
	VERSION = 1
};

static const char tag[] = "CHTRREL1";
static const char prefix[] = "CH1:";

static const uint64_t seq_end = UINT64_C(1) << 40;
static const int64_t t_end = INT64_C(1) << 48;

/* Each once, by the number of its record; nothing goes back to where it is. */
static bool is_whole(const struct release *r)
{
	uint64_t before = 0;

	if (r->count < 1 || r->count > RELEASE_MAX_ITEMS || r->t < 0 ||
		r->t >= t_end || memcmp(r->from, r->to, sizeof(r->to)) == 0)
		return false;
	for (int i = 0; i < r->count; i++) {
		const struct release_item *it = &r->item[i];

		if (it->seq <= before || it->seq >= seq_end || it->hop < 1 ||
			it->hop > RELEASE_MAX_HOP || !period_valid(it->period))
			return false;
		for (int k = 0; k < i; k++)
			if (memcmp(it->ent, r->item[k].ent, sizeof(it->ent)) ==
				0)
				return false;
		before = it->seq;
	}
	return true;
}

static void put(struct buf *b, const struct release *r)
{
	buf_byte(b, VERSION);
	buf_put(b, r->from, sizeof(r->from));
	buf_put(b, r->to, sizeof(r->to));
	buf_be(b, (uint64_t)r->t, 6);
	buf_byte(b, (uint8_t)r->count);
	for (int i = 0; i < r->count; i++) {
		const struct release_item *it = &r->item[i];

		buf_put(b, it->ent, sizeof(it->ent));
		buf_be(b, (uint64_t)it->period, 3);
		buf_byte(b, (uint8_t)it->hop);
		buf_be(b, it->seq, 5);
		buf_put(b, it->h, sizeof(it->h));
	}
}

bool release_write(const struct release *r,
	const uint8_t secret[CRYPTO_SECRET_SIZE],
	uint8_t out[RELEASE_MAX_BYTES], size_t *len)
{
	uint8_t sum[CRYPTO_HASH_SIZE];
	struct buf b;

	*len = 0;
	if (!is_whole(r))
		return false;
	buf_init(&b, out, RELEASE_MAX_BYTES);
	put(&b, r);
	crypto_sha256(out, b.len, sum);
	crypto_sign_tagged(tag, sum, sizeof(sum), secret, out + b.len);
	*len = b.len + CRYPTO_SIG_SIZE;
	return true;
}

bool release_read(const uint8_t *bytes, size_t len, struct release *out)
{
	const uint8_t *at = bytes;

	*out = (struct release){0};
	if (len < RELEASE_HEAD_BYTES + CRYPTO_SIG_SIZE ||
		buf_take_be(&at, 1) != VERSION)
		return false;
	buf_take(&at, out->from, sizeof(out->from));
	buf_take(&at, out->to, sizeof(out->to));
	out->t = (int64_t)buf_take_be(&at, 6);
	out->count = (int)buf_take_be(&at, 1);
	if (out->count > RELEASE_MAX_ITEMS ||
		len != RELEASE_HEAD_BYTES + CRYPTO_SIG_SIZE +
				(size_t)out->count * RELEASE_ITEM_BYTES)
		return false;
	for (int i = 0; i < out->count; i++) {
		struct release_item *it = &out->item[i];

		buf_take(&at, it->ent, sizeof(it->ent));
		it->period = (int32_t)buf_take_be(&at, 3);
		it->hop = (int)buf_take_be(&at, 1);
		it->seq = buf_take_be(&at, 5);
		buf_take(&at, it->h, sizeof(it->h));
	}
	return is_whole(out);
}

bool release_is_signed(const uint8_t *bytes, size_t len,
	const uint8_t public[CRYPTO_PUBLIC_SIZE])
{
	uint8_t sum[CRYPTO_HASH_SIZE];

	if (len < RELEASE_HEAD_BYTES + CRYPTO_SIG_SIZE)
		return false;
	crypto_sha256(bytes, len - CRYPTO_SIG_SIZE, sum);
	return crypto_verify_tagged(tag, sum, sizeof(sum), public,
		bytes + len - CRYPTO_SIG_SIZE);
}

void release_piece_text(const uint8_t *bytes, size_t len, size_t size, int i,
	char out[MARKS_TEXT_SIZE])
{
	marks_piece_text_as(prefix, bytes, len, size, i, out);
}

enum marks_part release_take_piece(struct marks_parts *p, const char *text)
{
	return marks_take_piece_as(prefix, p, text);
}

bool release_is_piece(const char *text)
{
	return str_starts(text, prefix);
}
