/*
 * printer_usb.h - a receipt printer on USB, by its class (7), on libusb.
 *
 * The first interface of class 7 with a way out is taken; protocol 2 (both
 * ways) before 1. Only that interface is claimed: a HID interface on the same
 * device, such as a keyboard scanner, is never touched. usblp is set aside
 * while we hold the interface and comes back when we close it.
 */
#ifndef DRIVERS_PRINTER_PRINTER_USB_H
#define DRIVERS_PRINTER_PRINTER_USB_H

#include "drivers/printer/printer.h"

enum {
	PRINTER_USB_ID_SIZE = 512
};

/*
 * vendor and product 0: any. ERR_GONE no such printer; ERR_BUSY another
 * program holds it; ERR_DENIED no permission on the device node; ERR_IO.
 */
struct printer *printer_usb_open(unsigned vendor, unsigned product,
	struct err *err);

/*
 * The IEEE 1284 id of a printer opened here: "MFG:Epson;CMD:ESC/POS;...",
 * cut to size. ERR_INVALID if it has none.
 */
bool printer_usb_device_id(struct printer *p, char *out, size_t size,
	struct err *err);

#endif
