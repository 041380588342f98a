/*
 * Whatever is taken as canonical must come out byte for byte when it is
 * written again. Input: hex digits (text, for the corpus) or raw bytes.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/codec/cbor.h"
#include "core/str.h"

static void copy_value(struct cbor_reader *r, struct buf *b)
{
	struct cbor_item item;
	char text[CBOR_MAX_BYTES + 1];

	if (!cbor_next(r, &item))
		abort();
	switch (item.type) {
	case CBOR_UINT:
		cbor_put_uint(b, item.number);
		break;
	case CBOR_NINT:
		if (item.number > INT64_MAX) {
			/* Beyond int64_t: nobody writes it. */
			b->full = true;
			return;
		}
		cbor_put_int(b, -1 - (int64_t)item.number);
		break;
	case CBOR_BYTES:
		cbor_put_bytes(b, item.bytes, item.count);
		break;
	case CBOR_TEXT:
		memcpy(text, item.bytes, item.count);
		text[item.count] = '\0';
		cbor_put_text(b, text);
		break;
	case CBOR_BOOL:
		cbor_put_bool(b, item.number != 0);
		break;
	case CBOR_ARRAY:
		cbor_put_array(b, item.count);
		for (size_t i = 0; i < item.count; i++)
			copy_value(r, b);
		break;
	case CBOR_MAP:
		cbor_put_map(b, item.count);
		for (size_t i = 0; i < 2 * item.count; i++)
			copy_value(r, b);
		break;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static uint8_t bytes[CBOR_MAX_BYTES];
	static uint8_t again[CBOR_MAX_BYTES];
	static char hex[2 * CBOR_MAX_BYTES + 1];
	struct cbor_reader r;
	struct buf b;
	size_t len = size;

	if (size > CBOR_MAX_BYTES)
		return 0;
	memcpy(hex, data, size);
	hex[size] = '\0';
	hex[strcspn(hex, "\n")] = '\0';
	if (!str_from_hex(hex, bytes, sizeof(bytes), &len) || len == 0) {
		memcpy(bytes, data, size);
		len = size;
	}
	if (!cbor_is_canonical(bytes, len))
		return 0;
	cbor_reader_init(&r, bytes, len);
	buf_init(&b, again, sizeof(again));
	copy_value(&r, &b);
	if (b.full)
		return 0;
	if (r.at != r.end || b.len != len || memcmp(bytes, again, len) != 0)
		abort();
	return 0;
}
