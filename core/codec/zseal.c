#include "core/codec/zseal.h"

#include <string.h>

#include "core/buf.h"
#include "core/codec/base45.h"
#include "core/str.h"

enum {
	VERSION = 1,
	SEQ_BYTES = 5,
	SHIFT_BYTES = 4,
	TIME_BYTES = 6,
	CASH_BYTES = 5,
	GROSS_BYTES = 7,
	COUNT_BYTES = 5
};

_Static_assert(sizeof(ZSEAL_PREFIX) + (size_t)BASE45_CHARS(ZSEAL_BYTES) <=
		       ZSEAL_TEXT_SIZE,
	"the text of a Z slip does not fit");

void zseal_head(const struct zseal *z, uint8_t out[ZSEAL_HEAD_BYTES])
{
	struct buf b;

	buf_init(&b, out, ZSEAL_HEAD_BYTES);
	buf_byte(&b, VERSION);
	buf_put(&b, z->dev, sizeof(z->dev));
	buf_be(&b, z->seq, SEQ_BYTES);
	buf_be(&b, z->shift, SHIFT_BYTES);
	buf_be(&b, (uint64_t)z->t, TIME_BYTES);
	buf_be(&b, (uint64_t)z->expected, CASH_BYTES);
	buf_be(&b, (uint64_t)z->counted, CASH_BYTES);
	buf_be(&b, (uint64_t)z->paid, GROSS_BYTES);
	buf_be(&b, (uint64_t)z->voided, GROSS_BYTES);
	buf_be(&b, z->payments, COUNT_BYTES);
	buf_be(&b, z->voids, COUNT_BYTES);
	buf_put(&b, z->h, sizeof(z->h));
}

void zseal_text(const struct zseal *z, char out[ZSEAL_TEXT_SIZE])
{
	uint8_t bytes[ZSEAL_BYTES];

	zseal_head(z, bytes);
	memcpy(bytes + ZSEAL_HEAD_BYTES, z->sig, sizeof(z->sig));
	str_copy(out, ZSEAL_TEXT_SIZE, ZSEAL_PREFIX);
	base45_write(bytes, sizeof(bytes), out + strlen(ZSEAL_PREFIX));
}

bool zseal_parse(const char *text, struct zseal *out)
{
	uint8_t bytes[ZSEAL_BYTES];
	const uint8_t *at = bytes;

	if (!str_starts(text, ZSEAL_PREFIX) ||
		!base45_read(text + strlen(ZSEAL_PREFIX), bytes,
			sizeof(bytes)) ||
		*at++ != VERSION)
		return false;
	memcpy(out->dev, at, sizeof(out->dev));
	at += sizeof(out->dev);
	out->seq = buf_take_be(&at, SEQ_BYTES);
	out->shift = buf_take_be(&at, SHIFT_BYTES);
	out->t = (int64_t)buf_take_be(&at, TIME_BYTES);
	out->expected = (int64_t)buf_take_be(&at, CASH_BYTES);
	out->counted = (int64_t)buf_take_be(&at, CASH_BYTES);
	out->paid = (int64_t)buf_take_be(&at, GROSS_BYTES);
	out->voided = (int64_t)buf_take_be(&at, GROSS_BYTES);
	out->payments = buf_take_be(&at, COUNT_BYTES);
	out->voids = buf_take_be(&at, COUNT_BYTES);
	memcpy(out->h, at, sizeof(out->h));
	at += sizeof(out->h);
	memcpy(out->sig, at, sizeof(out->sig));
	return true;
}
