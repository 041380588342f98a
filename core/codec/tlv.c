#include "core/codec/tlv.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

/* Two decimal digits, or -1. */
static int two_digits(const char *at)
{
	if (at[0] < '0' || at[0] > '9' || at[1] < '0' || at[1] > '9')
		return -1;
	return (at[0] - '0') * 10 + (at[1] - '0');
}

enum tlv_verdict tlv_read(const char *in, size_t len, struct tlv_level *out)
{
	*out = (struct tlv_level){.first = -1, .last = -1};
	while (len > 0) {
		int tag;
		int bytes;

		if (len < TLV_HEADER)
			return TLV_BAD_LENGTH;
		tag = two_digits(in);
		bytes = two_digits(in + 2);
		if (tag < 0 || bytes < 1 || (size_t)bytes > len - TLV_HEADER)
			return TLV_BAD_LENGTH;
		if (out->value[tag].at)
			return TLV_REPEATED;
		out->value[tag] = (struct tlv){in + TLV_HEADER, (size_t)bytes};
		if (out->first < 0)
			out->first = tag;
		out->last = tag;
		in += TLV_HEADER + bytes;
		len -= TLV_HEADER + (size_t)bytes;
	}
	return TLV_OK;
}

bool tlv_is(struct tlv value, const char *text)
{
	return value.at && value.len == strlen(text) &&
	       memcmp(value.at, text, value.len) == 0;
}

bool tlv_put(struct buf *b, int tag, const void *value, size_t len)
{
	const size_t before = b->len;

	assert(tag >= 0 && tag < TLV_TAGS);
	if (len < 1 || len > TLV_MAX_LEN) {
		b->full = true;
		return false;
	}
	for (int i = 0; i < 2; i++) {
		const unsigned n = i == 0 ? (unsigned)tag : (unsigned)len;

		buf_byte(b, '0' + n / 10);
		buf_byte(b, '0' + n % 10);
	}
	if (!b->full && buf_put(b, value, len))
		return true;
	b->len = before;
	b->full = true;
	return false;
}

bool tlv_put_text(struct buf *b, int tag, const char *text)
{
	return tlv_put(b, tag, text, strlen(text));
}
