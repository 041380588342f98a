#include "drivers/devices/describe_internal.h"

#include <libudev.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "core/text.h"
#include "drivers/devices/hid_report.h"
#include "drivers/devices/quirks.h"

enum {
	USB_CLASS_PRINTER = 7,
	USB_CLASS_HID = 3,
	USB_CLASS_VENDOR = 255,
	USB_ENDPOINTS = 15, /* each way */
	USB_IN = 0x80,
	BUS_OF_BLUETOOTH = 5, /* <linux/input.h> */
	HID_PROTOCOL_KEYBOARD = 1,
	PATH_SIZE = DEVICE_SYSPATH_SIZE + 32
};

/*
 * Keys 1 to 31 of <linux/input-event-codes.h>, as udev asks: Esc, the digits,
 * Q to S. Power buttons and remote controls lack them.
 */
static const unsigned long long letter_keys = 0xfffffffe;

static const char *attr(struct udev_device *dev, const char *name)
{
	const char *value = dev ? udev_device_get_sysattr_value(dev, name) : "";

	return value ? value : "";
}

static const char *property(struct udev_device *dev, const char *name)
{
	const char *value =
		dev ? udev_device_get_property_value(dev, name) : "";

	return value ? value : "";
}

static unsigned long hex_attr(struct udev_device *dev, const char *name)
{
	return strtoul(attr(dev, name), NULL, 16);
}

/* "0003:0000046D:0000C31C", "7/1/2": numbers with one character between. */
static bool numbers(const char *text, int base, unsigned long *out, int count)
{
	char *end = NULL;

	for (int i = 0; i < count; i++) {
		out[i] = strtoul(text, &end, base);
		if (end == text)
			return false;
		text = *end ? end + 1 : end;
	}
	return true;
}

static struct udev_device *usb_device_of(struct udev_device *dev)
{
	return udev_device_get_parent_with_subsystem_devtype(dev, "usb",
		"usb_device");
}

static struct udev_device *usb_interface_of(struct udev_device *dev)
{
	return udev_device_get_parent_with_subsystem_devtype(dev, "usb",
		"usb_interface");
}

/* ---- names ---------------------------------------------------------------- */

static void put_name(struct device *d, char *out, const char *raw)
{
	char whole[DEVICE_TEXT_SIZE];

	str_copy(whole, sizeof(whole), raw);
	if (!text_clean(whole, strlen(whole), out, DEVICE_TEXT_SIZE, NULL))
		d->odd_name = true;
}

/* The first of these three that says anything. */
static const char *one_of(const char *a, const char *b)
{
	return *a ? a : b;
}

/* ---- where it hangs -------------------------------------------------------- */

/* Does this USB device have an interface that types? */
static bool types_keys(struct udev_device *usb)
{
	struct udev_enumerate *e =
		udev_enumerate_new(udev_device_get_udev(usb));
	struct udev_list_entry *i;
	bool found = false;

	if (!e)
		return false;
	udev_enumerate_add_match_parent(e, usb);
	udev_enumerate_add_match_subsystem(e, "usb");
	udev_enumerate_scan_devices(e);
	udev_list_entry_foreach(i, udev_enumerate_get_list_entry(e))
	{
		struct udev_device *dev =
			udev_device_new_from_syspath(udev_device_get_udev(usb),
				udev_list_entry_get_name(i));

		if (hex_attr(dev, "bInterfaceClass") == USB_CLASS_HID &&
			hex_attr(dev, "bInterfaceProtocol") ==
				HID_PROTOCOL_KEYBOARD)
			found = true;
		udev_device_unref(dev);
	}
	udev_enumerate_unref(e);
	return found;
}

/*
 * Looking through all that hangs on USB for each of dozens of interfaces would
 * take its time: what was found out for one of a device is so for all of it.
 */
static bool types_as_well(const struct device *d, struct udev_device *usb,
	const struct device_list *known)
{
	for (int i = known ? known->count : 0; i-- > 0;)
		if (known->at[i].bus == DEVICE_BUS_USB &&
			strcmp(known->at[i].port, d->port) == 0)
			return known->at[i].also_keyboard;
	return types_keys(usb);
}

static void fill_usb(struct device *d, struct udev_device *dev,
	const struct device_list *known)
{
	struct udev_device *usb = usb_device_of(dev);
	struct udev_device *face =
		d->class == DEVICE_USB_PRINTER ? dev : usb_interface_of(dev);

	if (!usb)
		return;
	d->bus = DEVICE_BUS_USB;
	d->vendor_id = (uint16_t)hex_attr(usb, "idVendor");
	d->product_id = (uint16_t)hex_attr(usb, "idProduct");
	d->interface = (uint8_t)hex_attr(face, "bInterfaceNumber");
	str_copy(d->port, sizeof(d->port), udev_device_get_sysname(usb));
	put_name(d, d->maker, attr(usb, "manufacturer"));
	put_name(d, d->product, attr(usb, "product"));
	put_name(d, d->serial, attr(usb, "serial"));
	d->also_keyboard = types_as_well(d, usb, known);
}

/* HID_ID=0005:0000VVVV:0000PPPP, the bus first. */
static void fill_hid(struct device *d, struct udev_device *dev)
{
	struct udev_device *hid =
		udev_device_get_parent_with_subsystem_devtype(dev, "hid", NULL);
	unsigned long id[3] = {0};

	if (numbers(property(hid, "HID_ID"), 16, id, 3)) {
		d->vendor_id = (uint16_t)id[1];
		d->product_id = (uint16_t)id[2];
	}
	if (id[0] == BUS_OF_BLUETOOTH)
		d->bus = DEVICE_BUS_BLUETOOTH;
	if (!*d->product)
		put_name(d, d->product, property(hid, "HID_NAME"));
	if (!*d->serial)
		put_name(d, d->serial, property(hid, "HID_UNIQ"));
}

/* What no bus told: an input device's own name, a camera's. */
static void fill_rest(struct device *d, struct udev_device *dev)
{
	if (udev_device_get_parent_with_subsystem_devtype(dev, "bluetooth",
		    NULL))
		d->bus = DEVICE_BUS_BLUETOOTH;
	if (d->class == DEVICE_KEYBOARD && d->vendor_id == 0) {
		d->vendor_id = (uint16_t)hex_attr(dev, "id/vendor");
		d->product_id = (uint16_t)hex_attr(dev, "id/product");
	}
	if (!*d->product && !d->odd_name)
		put_name(d, d->product, attr(dev, "name"));
}

static void fill_driver(struct device *d, struct udev_device *dev)
{
	struct udev_device *at = dev;
	const char *driver = udev_device_get_driver(at);

	/* The interface's driver, never that of the whole device: "usb". */
	if (d->class == DEVICE_USB_PRINTER)
		at = NULL;
	while (!driver && at) {
		at = udev_device_get_parent(at);
		driver = at ? udev_device_get_driver(at) : NULL;
	}
	str_copy(d->driver, sizeof(d->driver), driver ? driver : "");
}

/* A binary attribute: libudev would end it at the first zero. */
static enum device_hid read_hid_kind(struct udev_device *dev)
{
	struct udev_device *hid =
		udev_device_get_parent_with_subsystem_devtype(dev, "hid", NULL);
	uint8_t bytes[HID_REPORT_MAX];
	char path[PATH_SIZE];
	size_t len;
	FILE *in;

	if (!hid)
		return DEVICE_HID_OTHER;
	snprintf(path, sizeof(path), "%s/report_descriptor",
		udev_device_get_syspath(hid));
	in = fopen(path, "rb");
	if (!in)
		return DEVICE_HID_OTHER;
	len = fread(bytes, 1, sizeof(bytes), in);
	fclose(in);
	return hid_report_kind(bytes, len);
}

/* ---- what it is ------------------------------------------------------------ */

/* PRODUCT=4b8/202/100 is in the event of a removal too. */
static bool is_printer_all_the_same(struct udev_device *dev)
{
	struct quirks quirks;
	unsigned long id[2];

	if (!numbers(property(dev, "PRODUCT"), 16, id, 2))
		return false;
	quirks_find((uint16_t)id[0], (uint16_t)id[1], "", &quirks);
	return quirks.vendor_class;
}

static bool is_usb_printer(struct udev_device *dev)
{
	const char *type = udev_device_get_devtype(dev);
	unsigned long class = 0;

	if (!type || strcmp(type, "usb_interface") != 0)
		return false;
	/* INTERFACE=7/1/2 is in the event of a removal too. */
	if (!numbers(property(dev, "INTERFACE"), 10, &class, 1))
		class = hex_attr(dev, "bInterfaceClass");
	return class == USB_CLASS_PRINTER ||
	       (class == USB_CLASS_VENDOR && is_printer_all_the_same(dev));
}

/*
 * "MFG:HP;CMD:PCL,PJL;…": the languages that it says it knows. usblp has read
 * it; without usblp it is not known. A receipt's bytes are pages of rubbish
 * on a printer of these.
 */
static bool prints_whole_pages(const char *id)
{
	static const char *const languages[] = {"PCL", "PJL", "POSTSCRIPT",
		"PDF", "PWG", "URF", "ZJS", "GDI", "ESCPR"};
	const char *list = strstr(id, "CMD:");
	size_t len;

	if (!list)
		list = strstr(id, "COMMAND SET:");
	len = list ? strcspn(list, ";") : 0;
	for (size_t i = 0; i < sizeof(languages) / sizeof(languages[0]); i++) {
		const char *at = list ? strstr(list, languages[i]) : NULL;

		if (at && (size_t)(at - list) < len)
			return true;
	}
	return false;
}

/* lp0, never hiddev0, which has the same subsystem and the same minors. */
static bool is_lp(struct udev_device *dev)
{
	const char *name = udev_device_get_sysname(dev);

	return name[0] == 'l' && name[1] == 'p' && str_is_digits(name + 2);
}

static bool is_serial(struct udev_device *dev)
{
	const char *name = udev_device_get_sysname(dev);

	if (str_starts(name, "rfcomm"))
		return true;
	if (strstr(udev_device_get_syspath(dev), "/virtual/"))
		return false;
	/* ttyS0 to 3 are always there; type 0 says that no chip is. */
	return strcmp(attr(dev, "type"), "0") != 0;
}

static bool is_camera(struct udev_device *dev)
{
	const char *can = property(dev, "ID_V4L_CAPABILITIES");

	if (!str_starts(udev_device_get_sysname(dev), "video"))
		return false;
	if (*can)
		return strstr(can, ":capture:") != NULL;
	/* The second node of a webcam has only its metadata. */
	return strtol(attr(dev, "index"), NULL, 10) == 0;
}

/* The lowest word of the bitmap is the last one. */
static bool is_keyboard(struct udev_device *dev)
{
	const char *keys =
		one_of(attr(dev, "capabilities/key"), property(dev, "KEY"));
	const char *last = strrchr(keys, ' ');
	const unsigned long long word =
		strtoull(last ? last + 1 : keys, NULL, 16);

	return str_starts(udev_device_get_sysname(dev), "input") &&
	       (word & letter_keys) == letter_keys;
}

static const struct kind {
	const char *subsystem;
	enum device_class class;
	bool (*is)(struct udev_device *dev);
} kinds[DESCRIBE_KINDS] = {
	{"usb", DEVICE_USB_PRINTER, is_usb_printer},
	{"usbmisc", DEVICE_LP, is_lp},
	{"printer", DEVICE_LP, is_lp},
	{"tty", DEVICE_SERIAL, is_serial},
	{"hidraw", DEVICE_HIDRAW, NULL},
	{"video4linux", DEVICE_CAMERA, is_camera},
	{"input", DEVICE_KEYBOARD, is_keyboard},
};

const char *describe_subsystem(int i)
{
	return kinds[i].subsystem;
}

static const struct kind *kind_of(struct udev_device *dev)
{
	const char *subsystem = udev_device_get_subsystem(dev);

	for (int i = 0; subsystem && i < DESCRIBE_KINDS; i++)
		if (strcmp(kinds[i].subsystem, subsystem) == 0)
			return !kinds[i].is || kinds[i].is(dev) ? &kinds[i]
								: NULL;
	return NULL;
}

/* The event node of a keyboard is a child of it. */
static void find_event_node(struct device *d, struct udev_device *dev)
{
	struct udev_enumerate *e =
		udev_enumerate_new(udev_device_get_udev(dev));
	struct udev_list_entry *i;

	if (!e)
		return;
	udev_enumerate_add_match_parent(e, dev);
	udev_enumerate_add_match_sysname(e, "event*");
	udev_enumerate_scan_devices(e);
	i = udev_enumerate_get_list_entry(e);
	if (i)
		snprintf(d->node, sizeof(d->node), "/dev/input%s",
			strrchr(udev_list_entry_get_name(i), '/'));
	udev_enumerate_unref(e);
}

static void fill_node(struct device *d, struct udev_device *dev)
{
	struct udev_device *at =
		d->class == DEVICE_USB_PRINTER ? usb_device_of(dev) : dev;
	const char *node = at ? udev_device_get_devnode(at) : NULL;

	str_copy(d->node, sizeof(d->node), node ? node : "");
	if (d->class == DEVICE_KEYBOARD)
		find_event_node(d, dev);
}

/*
 * How many of its endpoints take data. While the kernel has not made a
 * directory for each of them, and just after plugging in it has not: all.
 */
static uint8_t ways_in(struct udev_device *dev)
{
	const unsigned long all = hex_attr(dev, "bNumEndpoints");
	unsigned long seen = 0;
	uint8_t ways = 0;
	char name[16];

	for (unsigned n = 1; n <= USB_ENDPOINTS; n++) {
		const char *type;

		snprintf(name, sizeof(name), "ep_%02x/type", n | USB_IN);
		seen += *attr(dev, name) != '\0';
		snprintf(name, sizeof(name), "ep_%02x/type", n);
		type = attr(dev, name);
		seen += *type != '\0';
		if (strcmp(type, "Bulk") == 0)
			ways++;
	}
	return seen == all ? ways : (uint8_t)all;
}

bool describe(struct device *d, struct udev_device *dev,
	const struct device_list *known)
{
	const struct kind *kind = kind_of(dev);

	memset(d, 0, sizeof(*d));
	if (!kind || !str_copy(d->syspath, sizeof(d->syspath),
			     udev_device_get_syspath(dev)))
		return false;
	d->class = kind->class;
	fill_node(d, dev);
	fill_driver(d, dev);
	fill_usb(d, dev, known);
	if (d->class == DEVICE_HIDRAW) {
		fill_hid(d, dev);
		d->hid = read_hid_kind(dev);
	}
	if (d->class == DEVICE_USB_PRINTER) {
		d->protocol = (uint8_t)hex_attr(dev, "bInterfaceProtocol");
		d->endpoints = ways_in(dev);
		d->whole_pages = prints_whole_pages(attr(dev, "ieee1284_id"));
	}
	fill_rest(d, dev);
	return true;
}
