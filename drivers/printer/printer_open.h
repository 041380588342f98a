/*
 * printer_open.h - a printer by the one line that the settings keep.
 *
 *	auto                the first that is there: usb, then lp
 *	usb                 the first receipt printer on USB, by libusb
 *	usb:04b8:0e15       that one: vendor and product, four hex digits each
 *	lp                  the first printer's node of the kernel's usblp
 *	lp:/dev/usb/lp1     that one
 *	serial:/dev/ttyUSB0:115200:rtscts    see printer_serial.h
 *	rfcomm:/dev/rfcomm0 a Bluetooth printer bound to that node
 *	tcp:192.168.1.50    port 9100; another one as tcp:192.168.1.50:9101
 *	file:PATH           a directory, a FIFO, a device node or a file
 *
 * Serial lines are never tried by themselves: opening one may reset what
 * hangs on it.
 */
#ifndef DRIVERS_PRINTER_PRINTER_OPEN_H
#define DRIVERS_PRINTER_PRINTER_OPEN_H

#include "drivers/printer/printer.h"

enum {
	PRINTER_OPEN_NODE_SIZE = 128
};

/*
 * The node in /dev that it names: "/dev/ttyUSB0" of the serial line above, or
 * the link to it that the settings have. False: it names none.
 */
bool printer_open_node(const char *where, char out[PRINTER_OPEN_NODE_SIZE]);

/* Is it one of these forms? The rest is looked at when it is opened. */
bool printer_open_knows(const char *where);

/* Will a whole page as a picture take long there? */
bool printer_open_is_slow(const char *where);

/*
 * While another job holds the printer, wait for it, at most timeout_ms.
 * ERR_INVALID: none of these forms; else as the open function of the kind.
 */
struct printer *printer_open(const char *where, int timeout_ms,
	struct err *err);

#endif
