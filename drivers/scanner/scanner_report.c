#include "drivers/scanner/scanner_report.h"

#include <string.h>

enum {
	/* Short items, tag and type without the size (HID 1.11, 6.2.2.2). */
	LONG_ITEM = 0xfe,
	ITEM_USAGE_PAGE = 0x04,
	ITEM_REPORT_SIZE = 0x74,
	ITEM_REPORT_ID = 0x84,
	ITEM_REPORT_COUNT = 0x94,
	ITEM_USAGE = 0x08,
	ITEM_INPUT = 0x80,
	TYPE_MASK = 0x0c,
	TYPE_MAIN = 0x00,
	PAGE_SCANNER = 0x8c,
	SCANNER_AIM = 0xfb, /* and the two after it */
	SCANNER_DATA = 0xfe,
	SCANNER_MORE = 0xff,
	PAGE_DESKTOP = 0x01,
	DESKTOP_BYTE_COUNT = 0x3b,
	USAGES = 16,
	NUMBERS = 256,
	FIELDS_MAX = 4096,   /* of one item */
	BITS_MAX = 8 * 4096, /* of one report */
	BITS_OF_FIELD = 32
};

static const struct scanner_layout usual = {.number = 2,
	.count = 1,
	.aim = {2, 3, 4},
	.data = 5,
	.data_size = 56,
	.more = 63,
	.more_bit = 0,
	.usual = true};

struct reader {
	uint32_t page;
	uint32_t size;
	uint32_t count;
	uint8_t number;
	uint32_t usage[USAGES]; /* page << 16 | usage */
	int usages;
	uint32_t bits[NUMBERS]; /* of each report until now */
	struct scanner_layout found;
	bool has_data;
};

/* ---- the descriptor ---- */

static uint32_t little_endian(const uint8_t *bytes, size_t len)
{
	uint32_t value = 0;

	for (size_t i = len; i > 0; i--)
		value = value << 8 | bytes[i - 1];
	return value;
}

static void begin_layout(struct reader *r)
{
	r->found = (struct scanner_layout){.number = r->number,
		.count = SCANNER_REPORT_NOWHERE,
		.more = SCANNER_REPORT_NOWHERE,
		.data = SCANNER_REPORT_NOWHERE,
		.aim = {SCANNER_REPORT_NOWHERE, SCANNER_REPORT_NOWHERE,
			SCANNER_REPORT_NOWHERE}};
}

/* A field of one bit, or of whole bytes at a byte. */
static void note_field(struct reader *r, uint32_t usage, uint32_t bit,
	uint32_t fields)
{
	const uint16_t at = (uint16_t)(bit / 8);
	const uint32_t id = usage & 0xffff;

	if (usage == ((uint32_t)PAGE_SCANNER << 16 | SCANNER_MORE)) {
		r->found.more = at;
		r->found.more_bit = (uint8_t)(bit % 8);
		return;
	}
	if (bit % 8 != 0 || r->size != 8)
		return;
	if (usage == ((uint32_t)PAGE_DESKTOP << 16 | DESKTOP_BYTE_COUNT)) {
		r->found.count = at;
	} else if (usage >> 16 == PAGE_SCANNER && id >= SCANNER_AIM &&
		   id < SCANNER_AIM + SCANNER_REPORT_AIM) {
		r->found.aim[id - SCANNER_AIM] = at;
	} else if (usage >> 16 == PAGE_SCANNER && id == SCANNER_DATA &&
		   fields > 0) {
		r->found.data = at;
		r->found.data_size = (uint16_t)fields;
		r->has_data = true;
	}
}

/* The fields of one item; the last usage stands for all that are left. */
static void take_input(struct reader *r)
{
	uint32_t *bits = &r->bits[r->number];
	const uint32_t count = r->count < FIELDS_MAX ? r->count : FIELDS_MAX;
	const uint32_t start = *bits;

	if (r->size > BITS_OF_FIELD)
		r->size = BITS_OF_FIELD;
	*bits += r->size * count;
	if (*bits > BITS_MAX)
		*bits = BITS_MAX;
	if (r->has_data && r->found.number != r->number)
		return;
	if (!r->has_data && r->found.number != r->number)
		begin_layout(r);
	if (start + r->size * count > BITS_MAX)
		return;
	for (int i = 0; i < r->usages && (uint32_t)i < count; i++)
		note_field(r, r->usage[i], start + (uint32_t)i * r->size,
			i + 1 == r->usages ? count - (uint32_t)i : 1);
}

static void take_usage(struct reader *r, uint32_t value)
{
	if (r->usages == USAGES)
		return;
	r->usage[r->usages++] = value >> 16 ? value : r->page << 16 | value;
}

static void take_item(struct reader *r, unsigned item, uint32_t value)
{
	switch (item) {
	case ITEM_USAGE_PAGE:
		r->page = value & 0xffff;
		break;
	case ITEM_REPORT_SIZE:
		r->size = value;
		break;
	case ITEM_REPORT_COUNT:
		r->count = value;
		break;
	case ITEM_REPORT_ID:
		r->number = (uint8_t)value;
		/* The number itself is the first byte. */
		if (r->bits[r->number] == 0)
			r->bits[r->number] = 8;
		break;
	case ITEM_USAGE:
		take_usage(r, value);
		break;
	case ITEM_INPUT:
		take_input(r);
		break;
	default:
		break;
	}
	if ((item & TYPE_MASK) == TYPE_MAIN)
		r->usages = 0;
}

void scanner_layout_read(struct scanner_layout *out, const uint8_t *descriptor,
	size_t len)
{
	static const uint8_t sizes[] = {0, 1, 2, 4};
	struct reader r = {0};
	size_t i = 0;

	begin_layout(&r);
	while (i < len) {
		const uint8_t prefix = descriptor[i++];
		const size_t size = sizes[prefix & 3];

		if (prefix == LONG_ITEM) {
			i += i < len ? 2u + descriptor[i] : 1u;
			continue;
		}
		if (size > len - i)
			break;
		take_item(&r, prefix & 0xfcu,
			little_endian(descriptor + i, size));
		i += size;
	}
	*out = r.has_data ? r.found : usual;
}

/* ---- a report ---- */

static bool is_letter(uint8_t c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* "]Q1", or "Q1" without the bracket; anything else is none. */
static void read_aim(const struct scanner_layout *l, const uint8_t *bytes,
	size_t len, char aim[SCANNED_AIM_SIZE])
{
	uint8_t at[SCANNER_REPORT_AIM] = {0};

	for (int i = 0; i < SCANNER_REPORT_AIM; i++)
		if (l->aim[i] < len)
			at[i] = bytes[l->aim[i]];
	if (at[0] != ']') {
		at[2] = at[1];
		at[1] = at[0];
		at[0] = ']';
	}
	if (!is_letter(at[1]) ||
		!(is_letter(at[2]) || (at[2] >= '0' && at[2] <= '9')))
		return;
	memcpy(aim, at, SCANNER_REPORT_AIM);
	aim[SCANNER_REPORT_AIM] = '\0';
}

/* Without a count the report is filled up with NUL, which no card has. */
static size_t up_to_padding(const uint8_t *bytes, size_t len)
{
	while (len > 0 && bytes[len - 1] == 0)
		len--;
	return len;
}

bool scanner_report_read(const struct scanner_layout *l, const uint8_t *bytes,
	size_t len, struct scanner_piece *out)
{
	size_t room;
	size_t n;

	memset(out, 0, sizeof(*out));
	if (len == 0 || (l->number != 0 && bytes[0] != l->number))
		return false;
	out->framed = true;
	out->broken = l->data >= len;
	if (out->broken)
		return true;
	room = len - l->data < l->data_size ? len - l->data : l->data_size;
	if (room > sizeof(out->bytes))
		room = sizeof(out->bytes);
	n = l->count < len ? bytes[l->count]
			   : up_to_padding(bytes + l->data, room);
	out->broken = n > room;
	if (out->broken)
		return true;
	memcpy(out->bytes, bytes + l->data, n);
	out->len = n;
	out->more = l->more < len && (bytes[l->more] >> l->more_bit & 1);
	read_aim(l, bytes, len, out->aim);
	return true;
}
