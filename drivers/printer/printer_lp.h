/*
 * printer_lp.h - a printer behind /dev/usb/lpN, the node of usblp; or behind
 * a parallel port.
 *
 * The kernel gives such a node to one process at a time. Its numbers are
 * shared with other kinds of devices: look for it with drivers/devices, never
 * assume lp0. A node that cannot tell how its port is, is no printer's and
 * gets not one byte.
 *
 * usblp takes a transfer before the printer has: what it holds when a job is
 * broken off counts as taken, so a printer that took nothing at all is
 * UNKNOWN here, not FAILED.
 */
#ifndef DRIVERS_PRINTER_PRINTER_LP_H
#define DRIVERS_PRINTER_PRINTER_LP_H

#include "drivers/printer/printer.h"

enum {
	PRINTER_LP_ID_SIZE = 512
};

/*
 * ERR_GONE no such node; ERR_BUSY with who holds it; ERR_DENIED with the udev
 * line that is missing; ERR_INVALID not a printer's node.
 */
struct printer *printer_lp_open(const char *node, struct err *err);

/*
 * The IEEE 1284 id of a printer opened here: "MFG:Epson;CMD:ESC/POS;...",
 * cut to size. ERR_INVALID if it has none.
 */
bool printer_lp_device_id(struct printer *p, char *out, size_t size,
	struct err *err);

#endif
