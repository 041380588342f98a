/*
 * scanner_serial.h - a scanner on a tty: USB CDC-ACM, a serial cable,
 * Bluetooth (rfcomm). The best kind: bytes come exactly as they are.
 *
 * The line is raw, 8N1 or with parity; that and the speed matter on real serial
 * lines only. Never 7 bits: they lose every letter with a mark. It is
 * ours alone while it is open (TIOCEXCL, flock), and what was waiting in it
 * is thrown away: nobody saw it scanned.
 *
 * A trap: ModemManager opens every new ttyACM for some seconds and sends it
 * AT commands, which scanners beep at or take for settings, and it is busy
 * for so long. The udev rules in assets/udev tell it to leave scanners alone.
 *
 * Opening raises DTR, as scanners want; closing does not lower it (HUPCL is
 * off), since some start anew at that.
 */
#ifndef DRIVERS_SCANNER_SCANNER_SERIAL_H
#define DRIVERS_SCANNER_SCANNER_SERIAL_H

#include <termios.h>

#include "drivers/scanner/scanner.h"

/*
 * Make *t, which holds how the line is, how it has to be. False: no such
 * speed. Pure. A byte with the wrong parity comes as NUL, which no card has.
 */
bool scanner_serial_line(const struct scanner_settings *settings,
	struct termios *t);

/*
 * NULL settings: all zero. NULL with ERR_GONE: no such port; ERR_DENIED;
 * ERR_BUSY: another program has it; ERR_INVALID: no tty, or a speed that
 * there is not; ERR_IO; ERR_NO_MEMORY.
 */
struct scanner *scanner_serial_open(const char *node,
	const struct scanner_settings *settings, struct err *err);

#endif
