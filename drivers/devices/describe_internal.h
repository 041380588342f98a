/*
 * describe_internal.h - what one device of udev's is to us, all of it from
 * sysfs. Private to devices.c and describe.c, which alone know <libudev.h>.
 */
#ifndef DRIVERS_DEVICES_DESCRIBE_INTERNAL_H
#define DRIVERS_DEVICES_DESCRIBE_INTERNAL_H

#include "drivers/devices/devices.h"

struct udev_device;

enum {
	DESCRIBE_KINDS = 7 /* subsystems that have something for us in them */
};

const char *describe_subsystem(int i);

/*
 * False: nothing for us. known: what was described just before, in the same
 * look at all that is there; NULL: nothing was.
 */
bool describe(struct device *d, struct udev_device *dev,
	const struct device_list *known);

#endif
