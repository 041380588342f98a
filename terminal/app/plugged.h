/*
 * plugged.h - what is plugged in now, kept up to date from the one poll().
 *
 * The list of drivers/devices and its watch, put together: a change is
 * reported once, whether it came as news or was found when too much came at
 * once. Without news (a container) the list stays what it was at the start,
 * and the log says so.
 *
 * All of it belongs to the thread of the loop.
 */
#ifndef TERMINAL_APP_PLUGGED_H
#define TERMINAL_APP_PLUGGED_H

#include "drivers/devices/devices.h"

struct plugged;

/* Never fails for want of devices. ERR_NO_MEMORY. */
struct plugged *plugged_open(struct err *err);
void plugged_close(struct plugged *p); /* NULL is allowed */

int plugged_fd(const struct plugged *p); /* for poll(); -1: no news */

/* All that is there, in the order of devices_list(). */
const struct device_list *plugged_list(const struct plugged *p);

/*
 * The next change: DEVICE_ADDED or DEVICE_REMOVED, *out whole in both cases;
 * DEVICE_NO_CHANGE when there is none. The list has it already.
 */
enum device_change plugged_read(struct plugged *p, struct device *out);

enum plugged_answer {
	PLUGGED_UNKNOWN, /* not for us to see: a network, a file */
	PLUGGED_IN,
	PLUGGED_AWAY,
};

/* Is the printer of this spec (printing.h) there? */
enum plugged_answer plugged_printer(const struct plugged *p, const char *spec);

/* Is any of these there? */
bool plugged_has_class(const struct plugged *p, enum device_class class);

/* Is something with this node there, or what this link leads to? */
bool plugged_has_node(const struct plugged *p, const char *node);

#endif
