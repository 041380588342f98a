/*
 * run_devices.h - what run.c does about devices that come and go.
 *
 * A change becomes at most one event for the desk, however many nodes the
 * device has. The printer is opened for each job, so one that came back needs
 * nothing here.
 */
#ifndef TERMINAL_APP_RUN_DEVICES_H
#define TERMINAL_APP_RUN_DEVICES_H

#include "terminal/app/run.h"

/* True: *ev is for the desk. change is DEVICE_ADDED or DEVICE_REMOVED. */
bool run_device(struct ports *p, enum device_change change,
	const struct device *d, struct event *ev);

/* What of the settings is not plugged in, for the header. */
void run_devices_status(const struct ports *p, struct status *out);

#endif
