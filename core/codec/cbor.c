#include "core/codec/cbor.h"

#include <assert.h>
#include <string.h>

#include "core/text.h"

/* Major types of RFC 8949, three bits. */
enum {
	MAJOR_UINT,
	MAJOR_NINT,
	MAJOR_BYTES,
	MAJOR_TEXT,
	MAJOR_ARRAY,
	MAJOR_MAP,
	MAJOR_TAG,
	MAJOR_SIMPLE,
};

enum {
	SIMPLE_FALSE = 20,
	SIMPLE_TRUE = 21
};

/* Head in its shortest form: the value itself up to 23, else 1, 2, 4, 8. */
static void put_head(struct buf *b, unsigned major, uint64_t v)
{
	const unsigned top = major << 5;

	if (v < 24) {
		buf_byte(b, top | (unsigned)v);
	} else if (v <= UINT8_MAX) {
		buf_byte(b, top | 24);
		buf_be(b, v, 1);
	} else if (v <= UINT16_MAX) {
		buf_byte(b, top | 25);
		buf_be(b, v, 2);
	} else if (v <= UINT32_MAX) {
		buf_byte(b, top | 26);
		buf_be(b, v, 4);
	} else {
		buf_byte(b, top | 27);
		buf_be(b, v, 8);
	}
}

void cbor_put_uint(struct buf *b, uint64_t v)
{
	put_head(b, MAJOR_UINT, v);
}

void cbor_put_int(struct buf *b, int64_t v)
{
	if (v >= 0)
		put_head(b, MAJOR_UINT, (uint64_t)v);
	else
		put_head(b, MAJOR_NINT, (uint64_t)(-1 - v));
}

void cbor_put_bytes_head(struct buf *b, size_t len)
{
	put_head(b, MAJOR_BYTES, len);
}

void cbor_put_bytes(struct buf *b, const void *bytes, size_t len)
{
	cbor_put_bytes_head(b, len);
	buf_put(b, bytes, len);
}

void cbor_put_text(struct buf *b, const char *text)
{
	const size_t len = strlen(text);

	put_head(b, MAJOR_TEXT, len);
	buf_put(b, text, len);
}

void cbor_put_bool(struct buf *b, bool v)
{
	buf_byte(b, MAJOR_SIMPLE << 5 | (v ? SIMPLE_TRUE : SIMPLE_FALSE));
}

void cbor_put_array(struct buf *b, size_t count)
{
	put_head(b, MAJOR_ARRAY, count);
}

void cbor_put_map(struct buf *b, size_t pairs)
{
	put_head(b, MAJOR_MAP, pairs);
}

void cbor_reader_init(struct cbor_reader *r, const void *bytes, size_t len)
{
	r->at = bytes;
	r->end = r->at + len;
}

static size_t rest(const struct cbor_reader *r)
{
	return (size_t)(r->end - r->at);
}

/* The number of a head; false if it is cut off or could be shorter. */
static bool read_number(struct cbor_reader *r, unsigned low, uint64_t *out)
{
	static const uint64_t least[] = {24, UINT8_MAX + 1, UINT16_MAX + 1,
		(uint64_t)UINT32_MAX + 1};
	uint64_t v = 0;
	size_t len;

	if (low < 24) {
		*out = low;
		return true;
	}
	if (low > 27)
		return false;
	len = (size_t)1 << (low - 24);
	if (rest(r) < len)
		return false;
	for (size_t i = 0; i < len; i++)
		v = v << 8 | *r->at++;
	*out = v;
	return v >= least[low - 24];
}

static bool text_is_clean(const uint8_t *bytes, size_t len)
{
	char clean[CBOR_MAX_BYTES + 1];
	struct text_report report;

	return text_clean(bytes, len, clean, sizeof(clean), &report) &&
	       report.verdict == TEXT_OK;
}

static bool read_string(struct cbor_reader *r, struct cbor_item *out)
{
	if (out->number > rest(r))
		return false;
	out->bytes = r->at;
	out->count = (size_t)out->number;
	r->at += out->count;
	return out->type == CBOR_BYTES || text_is_clean(out->bytes, out->count);
}

/* Every element takes at least a byte: more cannot be there. */
static bool read_count(const struct cbor_reader *r, struct cbor_item *out)
{
	const uint64_t least = out->type == CBOR_MAP ? 2 : 1;

	if (out->number > rest(r) / least)
		return false;
	out->count = (size_t)out->number;
	return true;
}

bool cbor_next(struct cbor_reader *r, struct cbor_item *out)
{
	static const enum cbor_type type_of[] = {
		[MAJOR_UINT] = CBOR_UINT,
		[MAJOR_NINT] = CBOR_NINT,
		[MAJOR_BYTES] = CBOR_BYTES,
		[MAJOR_TEXT] = CBOR_TEXT,
		[MAJOR_ARRAY] = CBOR_ARRAY,
		[MAJOR_MAP] = CBOR_MAP,
		[MAJOR_SIMPLE] = CBOR_BOOL,
	};
	unsigned major;
	unsigned low;

	*out = (struct cbor_item){0};
	if (rest(r) == 0)
		return false;
	major = *r->at >> 5;
	low = *r->at & 31;
	r->at++;
	if (major == MAJOR_TAG)
		return false;
	out->type = type_of[major];
	if (major == MAJOR_SIMPLE) {
		out->number = low == SIMPLE_TRUE;
		return low == SIMPLE_TRUE || low == SIMPLE_FALSE;
	}
	if (!read_number(r, low, &out->number))
		return false;
	if (major == MAJOR_BYTES || major == MAJOR_TEXT)
		return read_string(r, out);
	if (major == MAJOR_ARRAY || major == MAJOR_MAP)
		return read_count(r, out);
	return true;
}

/* A value of a map: arrays within arrays as deep as allowed, no maps. */
bool cbor_is(struct cbor_reader *r, uint64_t number)
{
	struct cbor_item item;

	return cbor_next(r, &item) && item.type == CBOR_UINT &&
	       item.number == number;
}

bool cbor_get_uint(struct cbor_reader *r, uint64_t max, uint64_t *out)
{
	struct cbor_item item;

	if (!cbor_next(r, &item) || item.type != CBOR_UINT || item.number > max)
		return false;
	*out = item.number;
	return true;
}

bool cbor_get_bytes(struct cbor_reader *r, void *out, size_t len)
{
	struct cbor_item item;

	if (!cbor_next(r, &item) || item.type != CBOR_BYTES ||
		item.count != len)
		return false;
	memcpy(out, item.bytes, len);
	return true;
}

bool cbor_get_count(struct cbor_reader *r, enum cbor_type type, size_t max,
	size_t *out)
{
	struct cbor_item item;

	if (!cbor_next(r, &item) || item.type != type || item.count > max)
		return false;
	*out = item.count;
	return true;
}

static bool skip(struct cbor_reader *r, int depth)
{
	struct cbor_item item;

	if (!cbor_next(r, &item) || item.type == CBOR_MAP)
		return false;
	if (item.type != CBOR_ARRAY)
		return true;
	if (depth <= 0)
		return false;
	for (size_t i = 0; i < item.count; i++)
		if (!skip(r, depth - 1))
			return false;
	return true;
}

bool cbor_skip(struct cbor_reader *r)
{
	return skip(r, CBOR_MAX_DEPTH - 1);
}

bool cbor_is_canonical(const void *bytes, size_t len)
{
	struct cbor_reader r;
	struct cbor_item map;
	struct cbor_item key;
	uint64_t last = 0;

	cbor_reader_init(&r, bytes, len);
	if (len > CBOR_MAX_BYTES || !cbor_next(&r, &map) ||
		map.type != CBOR_MAP)
		return false;
	for (size_t i = 0; i < map.count; i++) {
		if (!cbor_next(&r, &key) || key.type != CBOR_UINT ||
			(i > 0 && key.number <= last) || !cbor_skip(&r))
			return false;
		last = key.number;
	}
	return rest(&r) == 0;
}
