/* What report descriptors say, good ones, cut ones and hostile ones (T53). */
#include "support/unit.h"

#include <string.h>

#include "core/str.h"
#include "drivers/devices/hid_report.h"

struct row {
	const char *name;
	const char *hex;
	enum device_hid kind;
};

/* The pages of the HID Usage Tables: 01 06 keyboard, 8C 02 scanner. */
static struct row rows[] = {
	{"nothing", "", DEVICE_HID_OTHER},
	{"a bar code scanner", "058c0902a1010902a102c0c0", DEVICE_HID_SCANNER},
	{"its page in two bytes", "068c000902a101c0", DEVICE_HID_SCANNER},
	{"its usage with the page in four bytes", "0b02008c00a101c0",
		DEVICE_HID_SCANNER},
	{"a badge reader of the same page", "058c0901a101c0",
		DEVICE_HID_SCANNER},
	{"another usage of that page", "058c0920a101c0", DEVICE_HID_OTHER},
	{"a keyboard", "05010906a101050719e029e7c0", DEVICE_HID_KEYBOARD},
	{"a keypad", "05010907a101c0", DEVICE_HID_KEYBOARD},
	{"a mouse", "05010902a1010901a100c0c0", DEVICE_HID_OTHER},
	{"T53 a scanner that can type too is a keyboard",
		"058c0902a101c005010906a101c0", DEVICE_HID_KEYBOARD},
	{"the other way round", "05010906a101c0058c0902a101c0",
		DEVICE_HID_KEYBOARD},
	{"a usage without its collection", "058c0902", DEVICE_HID_OTHER},
	{"a collection that is no application", "058c0902a102c0",
		DEVICE_HID_OTHER},
	{"a usage is forgotten at the next main item", "058c090281020901",
		DEVICE_HID_OTHER},
	{"the page is restored by a pop", "058ca40501b40902a101c0",
		DEVICE_HID_SCANNER},
	{"T53 pops without a push", "b4b4b4058c0902a101c0", DEVICE_HID_SCANNER},
	{"T53 more pushes than are kept",
		"a4a4a4a4a4a4a4a4a4a4a4a4058c0902a101c0", DEVICE_HID_SCANNER},
	{"a long item is passed over", "fe0377010203058c0902a101c0",
		DEVICE_HID_SCANNER},
	{"T53 a long item to the end and beyond", "fe", DEVICE_HID_OTHER},
	{"T53 a long item longer than all", "feff00058c0902a101c0",
		DEVICE_HID_OTHER},
	{"T53 cut in the middle of an item", "058c0902a101c02701",
		DEVICE_HID_SCANNER},
};

static void run_row(void **state)
{
	const struct row *row = *state;
	uint8_t bytes[256];
	size_t len = 0;

	if (*row->hex)
		assert_true(str_from_hex(row->hex, bytes, sizeof(bytes), &len));
	assert_int_equal(hid_report_kind(bytes, len), row->kind);
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows)];

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		tests[i] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = &rows[i]};
	return cmocka_run_group_tests_name("hid_report", tests, NULL, NULL);
}
