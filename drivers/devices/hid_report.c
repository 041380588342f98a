#include "drivers/devices/hid_report.h"

#include <stdbool.h>

enum {
	/* Short items, tag and type without the size (HID 1.11, 6.2.2.2). */
	LONG_ITEM = 0xfe,
	ITEM_USAGE_PAGE = 0x04,
	ITEM_USAGE = 0x08,
	ITEM_COLLECTION = 0xa0,
	ITEM_PUSH = 0xa4,
	ITEM_POP = 0xb4,
	TYPE_MAIN = 0x00,
	PAGES_KEPT = 8,
	COLLECTION_APPLICATION = 1,
	PAGE_DESKTOP = 0x01,
	DESKTOP_KEYBOARD = 0x06,
	DESKTOP_KEYPAD = 0x07,
	PAGE_SCANNER = 0x8c, /* USB HID POS Usage Tables 1.02, 4 */
	SCANNER_BADGE = 0x01,
	SCANNER_BAR_CODE = 0x02
};

struct reader {
	uint32_t page;
	uint32_t kept[PAGES_KEPT]; /* pushed */
	int depth_kept;
	uint32_t usage; /* the first since the last main item */
	bool has_usage;
	bool keyboard;
	bool scanner;
};

static uint32_t little_endian(const uint8_t *bytes, size_t len)
{
	uint32_t value = 0;

	for (size_t i = len; i > 0; i--)
		value = value << 8 | bytes[i - 1];
	return value;
}

static void begin_application(struct reader *r)
{
	/* A usage of four bytes brings its own page. */
	const uint32_t page = r->usage >> 16 ? r->usage >> 16 : r->page;
	const uint32_t usage = r->usage & 0xffff;

	if (!r->has_usage)
		return;
	if (page == PAGE_DESKTOP &&
		(usage == DESKTOP_KEYBOARD || usage == DESKTOP_KEYPAD))
		r->keyboard = true;
	if (page == PAGE_SCANNER &&
		(usage == SCANNER_BADGE || usage == SCANNER_BAR_CODE))
		r->scanner = true;
}

static void push_or_pop(struct reader *r, unsigned item)
{
	if (item == ITEM_PUSH && r->depth_kept < PAGES_KEPT)
		r->kept[r->depth_kept++] = r->page;
	else if (item == ITEM_POP && r->depth_kept > 0)
		r->page = r->kept[--r->depth_kept];
}

static void take_item(struct reader *r, unsigned item, uint32_t value)
{
	switch (item) {
	case ITEM_USAGE_PAGE:
		r->page = value;
		break;
	case ITEM_USAGE:
		if (!r->has_usage)
			r->usage = value;
		r->has_usage = true;
		break;
	case ITEM_PUSH:
	case ITEM_POP:
		push_or_pop(r, item);
		break;
	case ITEM_COLLECTION:
		if (value == COLLECTION_APPLICATION)
			begin_application(r);
		break;
	default:
		break;
	}
	/* Main items end what was local. */
	if ((item & 0x0c) == TYPE_MAIN)
		r->has_usage = false;
}

enum device_hid hid_report_kind(const uint8_t *bytes, size_t len)
{
	static const uint8_t sizes[] = {0, 1, 2, 4};
	struct reader r = {0};
	size_t i = 0;

	while (i < len) {
		const uint8_t prefix = bytes[i++];
		const size_t size = sizes[prefix & 3];

		if (prefix == LONG_ITEM) {
			i += i < len ? 2u + bytes[i] : 1u;
			continue;
		}
		if (size > len - i)
			break;
		take_item(&r, prefix & 0xfcu, little_endian(bytes + i, size));
		i += size;
	}
	if (r.keyboard)
		return DEVICE_HID_KEYBOARD;
	return r.scanner ? DEVICE_HID_SCANNER : DEVICE_HID_OTHER;
}
