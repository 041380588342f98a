/*
 * printers.h - which of the things that are plugged in is the printer.
 *
 * By the spec of the settings (drivers/printer/printer_open.h); or, where
 * nobody named one, the one that can be no other: the only one there is, or
 * the only one of several that the quirks know as a receipt printer. Never
 * one that types keys as well (T53), one without a way in, or one that says
 * that it prints whole pages; nor a parallel or serial port, behind which
 * nobody can see. Pure but for links in /dev; any thread.
 */
#ifndef TERMINAL_APP_PRINTERS_H
#define TERMINAL_APP_PRINTERS_H

#include "drivers/devices/devices.h"

enum {
	PRINTERS_SPEC_SIZE = DEVICE_NODE_SIZE + 16,
	PRINTERS_NAME_SIZE = 96
};

/* The device of a spec. NULL: it is not there, or not for us to see. */
const struct device *printers_find(const struct device_list *list,
	const char *spec);

/* Would printers_find() see it, if it were there? Not a network, a file. */
bool printers_are_seen(const char *spec);

/*
 * Does this spec mean the device, whether or not it is in a list? Only for
 * those that name a node.
 */
bool printers_is_node_of(const char *spec, const struct device *d);

/* Dots across that its model is known for (quirks.h); 0: not known. */
int printers_dots(const struct device *d);

/* How this device is named in the settings; "": it is no printer. */
void printers_spec(const struct device *d, char out[PRINTERS_SPEC_SIZE]);

enum printers_found {
	PRINTERS_NONE,
	PRINTERS_ONE,
	PRINTERS_SEVERAL, /* a person has to say which */
};

struct printers_pick {
	enum printers_found found;
	/* Of ONE: */
	char spec[PRINTERS_SPEC_SIZE];
	int dots;                      /* across, by the quirks; 0: not known */
	char name[PRINTERS_NAME_SIZE]; /* "TM-T20II (usb:04b8:0e15)" */
};

/*
 * before: the spec of the one picked last, or "". It stays the printer while
 * it is there, whatever else is plugged in beside it.
 */
void printers_pick(const struct device_list *list, const char *before,
	struct printers_pick *out);

/* The same of what is there now. Reads sysfs; fails as devices_list(). */
bool printers_pick_now(const char *before, struct printers_pick *out,
	struct err *err);

#endif
