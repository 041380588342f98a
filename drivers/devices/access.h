/*
 * access.h - may we use this device, and if not, who or what is in the way?
 *
 * Found out from /proc, sysfs and the node's permissions; nothing is opened.
 * What is said here may be wrong a moment later: it is for `chitra devices`
 * and for sentences, never for deciding whether to try.
 *
 * Threads: any. Blocking: reads all of /proc, some ms.
 */
#ifndef DRIVERS_DEVICES_ACCESS_H
#define DRIVERS_DEVICES_ACCESS_H

#include "drivers/devices/devices.h"

enum {
	ACCESS_HOLDER_SIZE = 64,
	ACCESS_GROUP_SIZE = 33,
	ACCESS_RULE_SIZE = 200
};

enum access_state {
	ACCESS_READY,
	ACCESS_HELD,     /* holder has it */
	ACCESS_DENIED,   /* group or rule would help */
	ACCESS_NO_NODE,  /* the kernel gives it none, or udev not yet */
	ACCESS_UNUSABLE, /* a printer without a way in (T53) */
	ACCESS_STATE_COUNT,
};

struct device_access {
	enum access_state state;
	char holder[ACCESS_HOLDER_SIZE]; /* "cupsd (812)"; a kernel driver:
					    "usb-storage"; "": not seen */
	char group[ACCESS_GROUP_SIZE]; /* DENIED: who is in it may; "": none */
	char rule[ACCESS_RULE_SIZE];   /* DENIED: the line that udev lacks */
};

void device_access(const struct device *d, struct device_access *out);

/*
 * Another process that has this file open: "cupsd (812)"; "" if none is
 * seen. Whose processes others are not shown to us: then "" as well.
 */
void device_holder(const char *node, char *out, size_t size);

/* The line for /etc/udev/rules.d that lets the group chitra use it. */
void device_rule(const struct device *d, char *out, size_t size);

#endif
