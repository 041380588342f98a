/*
 * hid_report.h - what a HID report descriptor says the device is.
 *
 * The descriptor comes from the device and may be anything: hostile, cut off,
 * endless. Pure; fuzzed.
 */
#ifndef DRIVERS_DEVICES_HID_REPORT_H
#define DRIVERS_DEVICES_HID_REPORT_H

#include <stddef.h>
#include <stdint.h>

#include "drivers/devices/devices.h"

enum {
	HID_REPORT_MAX = 4096 /* HID_MAX_DESCRIPTOR_SIZE of the kernel */
};

/*
 * By the usages of its application collections (HID 1.11, 6.2.2.6). One that
 * is a scanner and a keyboard too is a keyboard: it can type.
 */
enum device_hid hid_report_kind(const uint8_t *bytes, size_t len);

#endif
