#include "db/verify/vcbor.h"

#include "core/text.h"

enum {
	BODY_LEVELS = 3,
	TEXT_MAX = 4096
};

/* Simple values false and true: the only ones of major type 7. */
enum {
	BYTE_FALSE = 0xf4,
	BYTE_TRUE = 0xf5
};

void vcbor_init(struct vcbor *in, const void *bytes, size_t len)
{
	in->at = bytes;
	in->end = in->at + len;
}

static size_t left(const struct vcbor *in)
{
	return (size_t)(in->end - in->at);
}

/* The argument of a head, in the shortest form that holds it. */
static bool argument(struct vcbor *in, unsigned low, uint64_t *out)
{
	static const uint64_t least[] = {24, 0x100, 0x10000, 0x100000000};
	uint64_t v = 0;
	size_t width;

	if (low < 24) {
		*out = low;
		return true;
	}
	if (low > 27)
		return false;
	width = (size_t)1 << (low - 24);
	if (left(in) < width)
		return false;
	for (size_t i = 0; i < width; i++)
		v = v << 8 | *in->at++;
	*out = v;
	return v >= least[low - 24];
}

static bool string(struct vcbor *in, struct vcbor_item *out)
{
	if (out->value > left(in))
		return false;
	out->bytes = in->at;
	in->at += out->value;
	return true;
}

bool vcbor_next(struct vcbor *in, struct vcbor_item *out)
{
	unsigned first;

	*out = (struct vcbor_item){0};
	if (left(in) == 0)
		return false;
	first = *in->at++;
	if (first == BYTE_FALSE || first == BYTE_TRUE) {
		out->type = VCBOR_BOOL;
		out->value = first == BYTE_TRUE;
		return true;
	}
	if (first >> 5 > 5 || !argument(in, first & 31, &out->value))
		return false;
	switch (first >> 5) {
	case 0:
		out->type = VCBOR_UINT;
		return true;
	case 1:
		out->type = VCBOR_NINT;
		return true;
	case 2:
		out->type = VCBOR_BYTES;
		return string(in, out);
	case 3:
		out->type = VCBOR_TEXT;
		return string(in, out);
	case 4:
		out->type = VCBOR_ARRAY;
		return true;
	default:
		out->type = VCBOR_MAP;
		return out->value <= UINT64_MAX / 2;
	}
}

bool vcbor_skip(struct vcbor *in, int levels)
{
	struct vcbor_item item;
	uint64_t parts;

	if (!vcbor_next(in, &item))
		return false;
	if (item.type != VCBOR_ARRAY && item.type != VCBOR_MAP)
		return true;
	if (levels <= 0)
		return false;
	parts = item.type == VCBOR_MAP ? item.value * 2 : item.value;
	for (; parts > 0; parts--)
		if (!vcbor_skip(in, levels - 1))
			return false;
	return true;
}

bool vcbor_uint(struct vcbor *in, uint64_t *out)
{
	struct vcbor_item item;

	if (!vcbor_next(in, &item) || item.type != VCBOR_UINT)
		return false;
	*out = item.value;
	return true;
}

bool vcbor_int(struct vcbor *in, int64_t *out)
{
	struct vcbor_item item;

	if (!vcbor_next(in, &item) || item.value > INT64_MAX ||
		(item.type != VCBOR_UINT && item.type != VCBOR_NINT))
		return false;
	*out = (int64_t)item.value;
	if (item.type == VCBOR_NINT)
		*out = -1 - *out;
	return true;
}

bool vcbor_bytes(struct vcbor *in, void *out, size_t len)
{
	struct vcbor_item item;
	uint8_t *to = out;

	if (!vcbor_next(in, &item) || item.type != VCBOR_BYTES ||
		item.value != len)
		return false;
	for (size_t i = 0; i < len; i++)
		to[i] = item.bytes[i];
	return true;
}

bool vcbor_array(struct vcbor *in, uint64_t *count)
{
	struct vcbor_item item;

	if (!vcbor_next(in, &item) || item.type != VCBOR_ARRAY)
		return false;
	*count = item.value;
	return true;
}

/* ---- a whole body ----------------------------------------------------------
 */

static bool text_is_clean(const struct vcbor_item *item)
{
	char out[TEXT_MAX + 1];
	struct text_report report;

	if (item->value == 0)
		return true;
	return item->value <= TEXT_MAX &&
	       text_clean(item->bytes, item->value, out, sizeof(out),
		       &report) &&
	       report.verdict == TEXT_OK;
}

static enum vcbor_verdict check_value(struct vcbor *in, int levels)
{
	enum vcbor_verdict v = VCBOR_GOOD;
	struct vcbor_item item;

	if (!vcbor_next(in, &item) || item.type == VCBOR_MAP ||
		(item.type == VCBOR_TEXT && !text_is_clean(&item)))
		return VCBOR_NOT_CANONICAL;
	if (item.type != VCBOR_ARRAY)
		return VCBOR_GOOD;
	if (levels <= 0)
		return VCBOR_TOO_DEEP;
	for (uint64_t i = 0; i < item.value && v == VCBOR_GOOD; i++)
		v = check_value(in, levels - 1);
	return v;
}

enum vcbor_verdict vcbor_check_body(const void *bytes, size_t len)
{
	enum vcbor_verdict v = VCBOR_GOOD;
	struct vcbor_item map;
	struct vcbor in;
	uint64_t before = 0;
	uint64_t key;

	vcbor_init(&in, bytes, len);
	if (!vcbor_next(&in, &map) || map.type != VCBOR_MAP)
		return VCBOR_NOT_CANONICAL;
	for (uint64_t i = 0; i < map.value && v == VCBOR_GOOD; i++) {
		if (!vcbor_uint(&in, &key) || (i > 0 && key <= before))
			return VCBOR_NOT_CANONICAL;
		before = key;
		v = check_value(&in, BODY_LEVELS - 1);
	}
	if (v == VCBOR_GOOD && left(&in) > 0)
		v = VCBOR_NOT_CANONICAL;
	return v;
}
