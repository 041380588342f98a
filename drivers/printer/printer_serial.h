/*
 * printer_serial.h - a printer on a serial line, or on Bluetooth's (rfcomm).
 *
 * The line is ours alone while it is open, and raw. What waits in this
 * machine is kept short, so that the count of bytes sent is near the truth;
 * a job that is broken off takes back what has not left. There is no reset
 * on such a line: the job after a cut one begins with as many zeros as the
 * printer still waits for, which print nothing.
 */
#ifndef DRIVERS_PRINTER_PRINTER_SERIAL_H
#define DRIVERS_PRINTER_PRINTER_SERIAL_H

#include "drivers/printer/printer.h"

enum printer_flow {
	PRINTER_FLOW_RTSCTS, /* the default: a line that is not wired for it
				takes nothing, which is seen at once */
	PRINTER_FLOW_XONXOFF,
	PRINTER_FLOW_NONE,
};

enum {
	PRINTER_SERIAL_NODE_SIZE = 128,
	PRINTER_SERIAL_SPEED = 115200, /* where the settings name none */
	/* Below it a page goes as text, if the printer proved that it can. */
	PRINTER_SERIAL_SLOW = 38400
};

struct printer_serial_line {
	char node[PRINTER_SERIAL_NODE_SIZE];
	int speed; /* bits a second; 0: not ours to set (rfcomm) */
	enum printer_flow flow;
};

/*
 * "/dev/ttyUSB0:115200:rtscts"; speed and flow (rtscts, xonxoff, none) may be
 * left out. ERR_INVALID: a speed that no line has, no flow.
 */
bool printer_serial_read(const char *text, struct printer_serial_line *out,
	struct err *err);

/*
 * ERR_GONE no such node, or the Bluetooth printer did not answer in
 * timeout_ms; ERR_BUSY with who holds it; ERR_DENIED with the udev line that
 * is missing; ERR_INVALID no tty, or it cannot do that speed.
 */
struct printer *printer_serial_open(const struct printer_serial_line *line,
	int timeout_ms, struct err *err);

/* The same for "/dev/rfcomm0": no speed, and it may have to be reached. */
struct printer *printer_rfcomm_open(const char *node, int timeout_ms,
	struct err *err);

#endif
