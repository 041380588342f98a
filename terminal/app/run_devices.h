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

/*
 * Is there a printer to send papers to? One that was named is, plugged in or
 * not; where none was, one that was there a moment ago is, too: its papers
 * fail, and the book has it as an outage.
 */
bool run_has_printer(struct ports *p);

/* Dots across its paper, as printing_width(). */
int run_width(struct ports *p);

/* Into an EV_PRINT: that there is none, and why. */
void run_no_printer(struct ports *p, struct event *ev);

/* Which printer, and what of the settings is not plugged in. */
void run_devices_status(struct ports *p, struct status *out);

#endif
