/*
 * scanner_hid.h - a HID-POS scanner through the kernel's hidraw.
 *
 * Its kernel driver stays where it is: nothing is claimed or detached, so the
 * same device's keyboard goes on typing. Open only what devices.h says is a
 * scanner (usage page 0x8C).
 */
#ifndef DRIVERS_SCANNER_SCANNER_HID_H
#define DRIVERS_SCANNER_SCANNER_HID_H

#include "drivers/scanner/scanner.h"

/*
 * node: "/dev/hidraw0". descriptor: the file with its report descriptor in
 * sysfs; NULL or not to be read: the usual layout. Only the prefix, the suffix
 * and the blanking time of the settings count. Errors as for
 * scanner_serial_open().
 */
struct scanner *scanner_hid_open(const char *node, const char *descriptor,
	const struct scanner_settings *settings, struct err *err);

#endif
