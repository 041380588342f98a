/*
 * Any report descriptor: what was seen in the first part of it stays so in
 * the whole. A keyboard cannot hide behind what it says later.
 */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "drivers/devices/hid_report.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const enum device_hid whole = hid_report_kind(data, size);
	const enum device_hid half = hid_report_kind(data, size / 2);

	assert(half != DEVICE_HID_KEYBOARD || whole == DEVICE_HID_KEYBOARD);
	assert(half != DEVICE_HID_SCANNER || whole != DEVICE_HID_OTHER);
	return 0;
}
