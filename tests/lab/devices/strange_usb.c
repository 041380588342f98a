/*
 * strange_usb.c - USB devices that no honest maker makes, on vhci-hcd: the
 * kernel's own gadgets cannot lie about what they are.
 *
 *	strange_usb KIND PAPER
 *
 * Plugged in until it is killed. What is printed goes into the file PAPER; no
 * question is answered. KIND is a row of kinds[] below.
 */
#include <endian.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uchar.h>

#include "tests/lab/devices/vhci.h"

enum {
	VENDOR = 0x1209, /* pid.codes: free for such */
	MOST = 65535,    /* what wTotalLength can say */
	CROWD = 12,
	PACKET = 64,
	KEY_REPORT = 8,
	CLASS_HID = 3,
	CLASS_PRINTER = 7,
	HID_DESCRIPTOR = 0x21,
	REPORT_DESCRIPTOR = 0x22,
	OF_A_VENDOR = 0xff,
	OUT_END = 1,
	IN_END = 2,
	KEYS_END = 3
};

enum strings {
	PLAIN,
	CONTROLS, /* escapes, control characters, halves of surrogates */
	CUT,      /* shorter or longer than they say, or no strings at all */
};

static const struct kind {
	const char *name;
	uint16_t product;
	uint8_t endpoints;  /* of the printer; 1: none that it can be sent to */
	uint8_t others;     /* more printers behind it, without endpoints */
	const char *types;  /* has a keyboard that types this at once */
	bool floods;        /* has a HID-POS scanner that sends without end */
	uint16_t claimed;   /* wTotalLength; 0: what it is */
	bool filled;        /* with rubbish, to the last byte claimed */
	bool counts_serial; /* another number each time it is asked */
	enum strings strings;
} kinds[] = {
	{.name = "twin", .product = 1, .endpoints = 2, .types = "\n1111\n\n"},
	{.name = "flood", .product = 9, .endpoints = 2, .floods = true},
	{.name = "crowd",
		.product = 2,
		.endpoints = 2,
		.others = CROWD - 1,
		.claimed = MOST,
		.filled = true},
	{.name = "short", .product = 3, .endpoints = 2, .claimed = MOST},
	{.name = "mouthless", .product = 4},
	{.name = "deaf", .product = 8, .endpoints = 1},
	{.name = "changing",
		.product = 5,
		.endpoints = 2,
		.counts_serial = true},
	{.name = "controls", .product = 6, .endpoints = 2, .strings = CONTROLS},
	{.name = "cut", .product = 7, .endpoints = 2, .strings = CUT},
};

struct gadget {
	const struct kind *kind;
	FILE *paper;
	uint8_t config[MOST];
	size_t len;
	int serials;    /* how often it was asked for */
	size_t reports; /* of keys, sent */
};

static void die(const char *doing)
{
	perror(doing);
	exit(1);
}

/* ---- what it says it is ------------------------------------------------------ */

/* A keyboard of the boot protocol (HID 1.11, appendix B.1). */
static const uint8_t keyboard[] = {0x05, 0x01, 0x09, 0x06, 0xa1, 0x01, 0x05,
	0x07, 0x19, 0xe0, 0x29, 0xe7, 0x15, 0x00, 0x25, 0x01, 0x75, 0x01, 0x95,
	0x08, 0x81, 0x02, 0x95, 0x01, 0x75, 0x08, 0x81, 0x03, 0x95, 0x06, 0x75,
	0x08, 0x15, 0x00, 0x25, 0x65, 0x05, 0x07, 0x19, 0x00, 0x29, 0x65, 0x81,
	0x00, 0xc0};

/* A bar code scanner (HID Point of Sale Usage Tables 1.02, 4): length, AIM
 * identifier, 56 bytes, two of the maker's, more to come. */
static const uint8_t scanner[] = {0x05, 0x8c, 0x09, 0x02, 0xa1, 0x01, 0x85,
	0x02, 0x09, 0x12, 0xa1, 0x02, 0x15, 0x00, 0x26, 0xff, 0x00, 0x75, 0x08,
	0x95, 0x01, 0x05, 0x01, 0x09, 0x3b, 0x81, 0x02, 0x05, 0x8c, 0x95, 0x01,
	0x09, 0xfb, 0x81, 0x02, 0x09, 0xfc, 0x81, 0x02, 0x09, 0xfd, 0x81, 0x02,
	0x95, 0x38, 0x09, 0xfe, 0x82, 0x02, 0x01, 0x95, 0x02, 0x06, 0x66, 0xff,
	0x09, 0x10, 0x81, 0x02, 0x05, 0x8c, 0x25, 0x01, 0x75, 0x01, 0x95, 0x01,
	0x09, 0xff, 0x81, 0x02, 0x75, 0x07, 0x81, 0x03, 0xc0, 0xc0};

static void add(struct gadget *g, const uint8_t *bytes, size_t len)
{
	memcpy(g->config + g->len, bytes, len);
	g->len += len;
}

static void add_interface(struct gadget *g, int number, int endpoints,
	int class, int protocol)
{
	const uint8_t bytes[] = {USB_DT_INTERFACE_SIZE, USB_DT_INTERFACE,
		(uint8_t)number, 0, (uint8_t)endpoints, (uint8_t) class, 1,
		(uint8_t)protocol, 0};

	add(g, bytes, sizeof(bytes));
}

static void add_endpoint(struct gadget *g, int address, int type, int interval)
{
	const uint8_t bytes[] = {USB_DT_ENDPOINT_SIZE, USB_DT_ENDPOINT,
		(uint8_t)address, (uint8_t)type, PACKET, 0, (uint8_t)interval};

	add(g, bytes, sizeof(bytes));
}

static void add_hid(struct gadget *g, int number)
{
	const bool types = g->kind->types != NULL;
	const uint8_t hid[] = {9, HID_DESCRIPTOR, 0x11, 1, 0, 1,
		REPORT_DESCRIPTOR,
		(uint8_t)(types ? sizeof(keyboard) : sizeof(scanner)), 0};

	add_interface(g, number, 1, CLASS_HID, types ? 1 : 0);
	add(g, hid, sizeof(hid));
	add_endpoint(g, KEYS_END | USB_DIR_IN, USB_ENDPOINT_XFER_INT, 10);
}

/* As many descriptors of the vendor's own as there is room for. */
static void fill_up(struct gadget *g, size_t size)
{
	while (size - g->len >= 2) {
		const size_t left = size - g->len;
		const size_t len = left < 255 ? left : 253;

		memset(g->config + g->len, 0x1b, len);
		g->config[g->len] = (uint8_t)len;
		g->config[g->len + 1] = OF_A_VENDOR;
		g->len += len;
	}
}

static void describe(struct gadget *g)
{
	const struct kind *k = g->kind;
	const bool has_hid = k->types || k->floods;
	const int interfaces = 1 + k->others + (has_hid ? 1 : 0);
	const uint8_t bytes[] = {USB_DT_CONFIG_SIZE, USB_DT_CONFIG, 0, 0,
		(uint8_t)interfaces, 1, 0, USB_CONFIG_ATT_ONE, 50};
	size_t claimed = k->claimed;

	add(g, bytes, sizeof(bytes));
	add_interface(g, 0, k->endpoints, CLASS_PRINTER, 2);
	if (k->endpoints == 1)
		add_endpoint(g, OUT_END, USB_ENDPOINT_XFER_INT, 10);
	if (k->endpoints == 2) {
		add_endpoint(g, OUT_END, USB_ENDPOINT_XFER_BULK, 0);
		add_endpoint(g, IN_END | USB_DIR_IN, USB_ENDPOINT_XFER_BULK, 0);
	}
	for (int i = 1; i <= k->others; i++)
		add_interface(g, i, 0, CLASS_PRINTER, 2);
	if (has_hid)
		add_hid(g, interfaces - 1);
	if (k->filled)
		fill_up(g, claimed);
	if (claimed == 0)
		claimed = g->len;
	g->config[2] = (uint8_t)(claimed & 0xff);
	g->config[3] = (uint8_t)(claimed >> 8);
}

/* ---- strings ---------------------------------------------------------------- */

enum {
	LANGUAGES,
	MAKER,
	PRODUCT,
	SERIAL,
	STRING_SIZE = 255
};

/* As it is to be said: u"" counts its last, which is 0. */
static int utf16(const char16_t *text, uint8_t *out)
{
	int len = 2;

	for (; *text; text++) {
		out[len++] = (uint8_t)(*text & 0xff);
		out[len++] = (uint8_t)(*text >> 8);
	}
	out[0] = (uint8_t)len;
	out[1] = USB_DT_STRING;
	return len;
}

static int plain_string(struct gadget *g, int index, uint8_t *out)
{
	static const char16_t *const text[] = {u"\x409", u"Strange Ltd",
		u"Strange printer", u"SN0001"};
	const int len = utf16(text[index], out);

	if (index == SERIAL && g->kind->counts_serial)
		out[len - 2] = (uint8_t)('0' + g->serials++ % 10);
	return len;
}

static int control_string(int index, uint8_t *out)
{
	static const char16_t *const text[] = {u"\x409",
		/* Clear the screen, name the window, ring, and so on. */
		u"\x1b[2J\x1b[31m\x1b]0;owned\x07\x0e\x9b"
		u"c",
		/* Halves of pairs, each alone; text that runs backwards. */
		u"\xd800"
		u"A\xdc00\x202e"
		u"B\xfeff\xfffe\x200b",
		/* Of JSON, of shells, of the settings. */
		u"\"\\\n\r;'$(reboot)`\x85\x7f"};

	return utf16(text[index], out);
}

static int cut_string(int index, uint8_t *out)
{
	static const struct {
		uint8_t bytes[6];
		int len;
	} text[] = {
		{{4, USB_DT_STRING, 0x09, 0x04}, 4},
		/* It says 254 and gives 5, half a letter among them. */
		{{254, USB_DT_STRING, 'A', 0, 'B'}, 5},
		/* It says 1, which is less than its own head. */
		{{1}, 1},
		/* It is a descriptor of another kind. */
		{{6, USB_DT_DEVICE, 'C', 0, 'D', 0}, 6},
	};

	memcpy(out, text[index].bytes, (size_t)text[index].len);
	return text[index].len;
}

static int string(struct gadget *g, int index, uint8_t *out)
{
	if (index > SERIAL)
		return VHCI_STALL;
	switch (g->kind->strings) {
	case CONTROLS:
		return control_string(index, out);
	case CUT:
		return cut_string(index, out);
	case PLAIN:
		break;
	}
	return plain_string(g, index, out);
}

/* ---- control ----------------------------------------------------------------- */

static int descriptor(struct gadget *g, int type, int index, uint8_t *out)
{
	const struct usb_device_descriptor device = {
		.bLength = USB_DT_DEVICE_SIZE,
		.bDescriptorType = USB_DT_DEVICE,
		.bcdUSB = 0x0200,
		.bMaxPacketSize0 = PACKET,
		.idVendor = VENDOR,
		.idProduct = g->kind->product,
		.iManufacturer = MAKER,
		.iProduct = PRODUCT,
		.iSerialNumber = SERIAL,
		.bNumConfigurations = 1,
	};

	switch (type) {
	case USB_DT_DEVICE:
		memcpy(out, &device, sizeof(device));
		return sizeof(device);
	case USB_DT_CONFIG:
		memcpy(out, g->config, g->len);
		return (int)g->len;
	case USB_DT_STRING:
		return string(g, index, out);
	case REPORT_DESCRIPTOR:
		if (g->kind->floods) {
			memcpy(out, scanner, sizeof(scanner));
			return sizeof(scanner);
		}
		memcpy(out, keyboard, sizeof(keyboard));
		return sizeof(keyboard);
	default:
		return VHCI_STALL;
	}
}

/* IEEE 1284: two bytes of length, which lie, and what it understands. */
static int device_id(uint8_t *out)
{
	static const char id[] = "\xff\xffMFG:\x1b[2J;CMD:ESC/POS;;;:=\n";

	memcpy(out, id, sizeof(id) - 1);
	return sizeof(id) - 1;
}

/* What is set is taken, whatever it is. */
static int control(void *user, const struct usb_ctrlrequest *setup,
	uint8_t *out)
{
	const int value = le16toh(setup->wValue);

	switch (VHCI_REQUEST(setup->bRequestType, setup->bRequest)) {
	case VHCI_REQUEST(0x80, USB_REQ_GET_DESCRIPTOR):
	case VHCI_REQUEST(0x81, USB_REQ_GET_DESCRIPTOR):
		return descriptor(user, value >> 8, value & 0xff, out);
	case VHCI_REQUEST(0x80, USB_REQ_GET_STATUS):
	case VHCI_REQUEST(0x81, USB_REQ_GET_STATUS):
	case VHCI_REQUEST(0x82, USB_REQ_GET_STATUS):
		memset(out, 0, 2);
		return 2;
	case VHCI_REQUEST(0xa1, 0): /* GET_DEVICE_ID */
		return device_id(out);
	default:
		return setup->bRequestType & USB_DIR_IN ? VHCI_STALL : 0;
	}
}

/* ---- paper and keys ------------------------------------------------------------ */

/* A question, DLE EOT n, comes alone; the same bytes in a picture do not. */
static void take(void *user, const uint8_t *bytes, size_t len)
{
	const struct gadget *g = user;

	if (len == 3 && bytes[0] == 0x10 && bytes[1] == 4)
		return;
	if (fwrite(bytes, 1, len, g->paper) != len || fflush(g->paper) != 0)
		die("paper");
}

/* Each key is pressed, and let go. */
static int next_key(struct gadget *g, uint8_t *report)
{
	const char *keys = g->kind->types;
	const size_t at = g->reports / 2;

	if (!keys || at >= strlen(keys))
		return VHCI_NOT_YET;
	memset(report, 0, KEY_REPORT);
	if (g->reports % 2 == 0)
		report[2] = keys[at] == '\n' ? 0x28
					     : (uint8_t)(0x1e + keys[at] - '1');
	g->reports++;
	return KEY_REPORT;
}

/* Another code each time; every fourth says 255 bytes where 56 are. */
static int next_code(struct gadget *g, uint8_t *report)
{
	memset(report, 0, PACKET);
	report[0] = 2;
	report[1] = g->reports % 4 == 0 ? 255 : 12;
	snprintf((char *)report + 2, PACKET - 2, "]Q1%012zu", g->reports);
	g->reports++;
	return PACKET;
}

static int give(void *user, int endpoint, uint8_t *report, int most)
{
	struct gadget *g = user;

	if (endpoint != KEYS_END || most < KEY_REPORT)
		return VHCI_NOT_YET;
	if (!g->kind->floods)
		return next_key(g, report);
	return most < PACKET ? VHCI_NOT_YET : next_code(g, report);
}

int main(int argc, char **argv)
{
	static struct gadget g;
	const struct vhci_device device = {.speed = USB_SPEED_FULL,
		.user = &g,
		.control = control,
		.take = take,
		.give = give};

	for (size_t i = 0; argc == 3 && i < sizeof(kinds) / sizeof(kinds[0]);
		i++)
		if (strcmp(kinds[i].name, argv[1]) == 0)
			g.kind = &kinds[i];
	if (!g.kind)
		return 2;
	g.paper = fopen(argv[2], "wb");
	if (!g.paper)
		die(argv[2]);
	describe(&g);
	vhci_run(&device);
}
