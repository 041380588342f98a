/*
 * devices.h - what is plugged in: printers, scanners, cameras, keyboards.
 *
 * Read from sysfs through libudev. No device is ever opened here: claiming a
 * keyboard's interface only to look at it kills it, and opening a serial port
 * can reset what hangs on it. Names come from the devices themselves, which
 * may be hostile (T53): each has passed text_clean() or is "".
 *
 * A watch has a descriptor for the one poll(). What it reports is matched
 * with what was listed by syspath, which nothing else has while it is there.
 *
 * Threads: a watch belongs to one thread; devices_list() may run in any.
 * Blocking: reads of sysfs, some ms. Only devices.c and describe.c know
 * <libudev.h>.
 */
#ifndef DRIVERS_DEVICES_DEVICES_H
#define DRIVERS_DEVICES_DEVICES_H

#include <stdbool.h>
#include <stdint.h>

#include "core/err.h"

enum {
	DEVICE_NODE_SIZE = 64,
	DEVICE_SYSPATH_SIZE = 320,
	DEVICE_TEXT_SIZE = 96,
	DEVICES_MAX = 64
};

enum device_class {
	DEVICE_USB_PRINTER, /* a USB interface of class 7; node: that of the
			       whole device, for libusb */
	DEVICE_LP,          /* /dev/usb/lpN of usblp, never a hiddev beside it,
			       or a parallel port's lpN */
	DEVICE_SERIAL,      /* a tty with something behind it: ttyACM, ttyUSB,
			       rfcomm, a ttyS that has a chip */
	DEVICE_HIDRAW,      /* what it is: hid */
	DEVICE_CAMERA,      /* a capture node, as far as sysfs tells */
	DEVICE_KEYBOARD,    /* types letters; a keyboard scanner does too */
	DEVICE_CLASS_COUNT
};

/* What a hidraw node says of itself in its report descriptor. */
enum device_hid {
	DEVICE_HID_OTHER,
	DEVICE_HID_KEYBOARD,
	DEVICE_HID_SCANNER, /* HID-POS: usage page 0x8C, bar code scanner */
};

enum device_bus {
	DEVICE_BUS_OTHER,
	DEVICE_BUS_USB,
	DEVICE_BUS_BLUETOOTH,
};

struct device {
	enum device_class class;
	enum device_hid hid; /* of DEVICE_HIDRAW only */
	enum device_bus bus;
	char node[DEVICE_NODE_SIZE]; /* "/dev/usb/lp0"; "": none, or not yet */
	char syspath[DEVICE_SYSPATH_SIZE];
	char driver[32];    /* of the kernel: "usblp"; "": none has it */
	uint16_t vendor_id; /* of USB and Bluetooth; 0: none */
	uint16_t product_id;
	char port[32];     /* where on USB: "1-1.2", stays with the socket */
	uint8_t interface; /* number on USB */
	uint8_t protocol;  /* of DEVICE_USB_PRINTER: 1 one way, 2 both ways */
	uint8_t endpoints; /* of DEVICE_USB_PRINTER, as far as sysfs tells those
			      that take data; 0: a printer that cannot print */
	bool also_keyboard; /* the same USB device types keys as well: no
			       honest printer does */
	bool whole_pages;   /* of DEVICE_USB_PRINTER: it says that it knows PCL,
			       PostScript or the like: no receipts */
	bool odd_name;      /* a name was refused by text_clean(), and is "" */
	char maker[DEVICE_TEXT_SIZE];
	char product[DEVICE_TEXT_SIZE];
	char serial[DEVICE_TEXT_SIZE]; /* by USB, or a Bluetooth address */
};

struct device_list {
	struct device at[DEVICES_MAX]; /* by class, then by syspath */
	int count;
	bool more; /* there were more than fit */
};

/*
 * All that is there now. Big: keep it off the stack. Nothing attached is no
 * error. ERR_NO_MEMORY, ERR_IO: no sysfs.
 */
bool devices_list(struct device_list *out, struct err *err);

/*
 * The one with this node, which may be a link to it, such as udev's below
 * /dev/serial/by-id; NULL: none. The first of several with the same node.
 */
const struct device *devices_by_node(const struct device_list *list,
	const char *node);

/* "usb-printer", "lp", "serial", "hidraw", "camera", "keyboard". */
const char *device_class_name(enum device_class class);

enum device_change {
	DEVICE_NO_CHANGE, /* nothing more to read now */
	DEVICE_ADDED,
	DEVICE_REMOVED, /* class and syspath are known, little else */
	DEVICE_LOST,    /* too much at once: look with devices_list() again */
};

struct device_watch;

/* ERR_NO_MEMORY; ERR_IO: the kernel tells nothing (a container). */
struct device_watch *devices_watch_open(struct err *err);

/* For poll(), POLLIN. */
int devices_watch_fd(const struct device_watch *w);

/*
 * The next change, oldest first; call until DEVICE_NO_CHANGE. Never waits.
 * Changes of other kinds of devices are passed over.
 */
enum device_change devices_watch_read(struct device_watch *w,
	struct device *out);

void devices_watch_close(struct device_watch *w); /* NULL is allowed */

#endif
