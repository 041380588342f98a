/*
 * printer_tcp.h - a printer on the network: raw bytes to port 9100.
 *
 * The connection stays open until printer_close(). Most printers serve one
 * connection at a time, so a printer shared by several terminals is opened
 * for each job.
 */
#ifndef DRIVERS_PRINTER_PRINTER_TCP_H
#define DRIVERS_PRINTER_PRINTER_TCP_H

#include "drivers/printer/printer.h"

enum {
	PRINTER_TCP_PORT = 9100
};

/*
 * address: "192.168.1.50", "192.168.1.50:9100", "fd00::7", "[fd00::7]:9100".
 * Numbers only: asking a resolver for a name cannot be given a time-out.
 * ERR_INVALID not an address; ERR_GONE refused or unreachable; ERR_TIMEOUT.
 */
struct printer *printer_tcp_open(const char *address, int timeout_ms,
	struct err *err);

#endif
