/*
 * printer_open.h - a printer by the one line that the settings keep.
 *
 *	usb                 the first receipt printer on USB
 *	usb:04b8:0e15       that one: vendor and product, four hex digits each
 *	tcp:192.168.1.50    port 9100; another one as tcp:192.168.1.50:9101
 *	file:PATH           a directory, a FIFO, a device node or a file
 */
#ifndef DRIVERS_PRINTER_PRINTER_OPEN_H
#define DRIVERS_PRINTER_PRINTER_OPEN_H

#include "drivers/printer/printer.h"

/* ERR_INVALID: none of these forms; else as the open function of the kind. */
struct printer *printer_open(const char *where, int timeout_ms,
	struct err *err);

#endif
