/*
 * Which of the things that are plugged in is the printer: by the spec of the
 * settings, or because it can be no other.
 */
#include "support/unit.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/str.h"
#include "support/tmpdir.h"
#include "terminal/app/printers.h"

/* One letter a device, in syspath. */
static const struct device known[] = {
	{.syspath = "t",
		.class = DEVICE_USB_PRINTER,
		.bus = DEVICE_BUS_USB,
		.vendor_id = 0x04b8,
		.product_id = 0x0e15,
		.port = "1-1",
		.endpoints = 2,
		.product = "TM-T20II"},
	{.syspath = "T", /* usblp's node of the same */
		.class = DEVICE_LP,
		.bus = DEVICE_BUS_USB,
		.node = "/dev/usb/lp0",
		.vendor_id = 0x04b8,
		.product_id = 0x0e15,
		.port = "1-1",
		.product = "TM-T20II"},
	{.syspath = "u", /* of the same model */
		.class = DEVICE_USB_PRINTER,
		.bus = DEVICE_BUS_USB,
		.vendor_id = 0x04b8,
		.product_id = 0x0e15,
		.port = "1-2",
		.endpoints = 2,
		.product = "TM-T20II"},
	{.syspath = "n", /* no row of the quirks is for it */
		.class = DEVICE_USB_PRINTER,
		.bus = DEVICE_BUS_USB,
		.vendor_id = 0x1fc9,
		.product_id = 0x2016,
		.port = "1-3",
		.endpoints = 2},
	{.syspath = "m", /* another such */
		.class = DEVICE_USB_PRINTER,
		.bus = DEVICE_BUS_USB,
		.vendor_id = 0x0416,
		.product_id = 0x5011,
		.port = "1-4",
		.endpoints = 2,
		.product = "USB Printing Support"},
	{.syspath = "L",
		.class = DEVICE_LP,
		.bus = DEVICE_BUS_USB,
		.node = "/dev/usb/lp3",
		.port = "1-5"},
	{.syspath = "w",
		.class = DEVICE_USB_PRINTER,
		.bus = DEVICE_BUS_USB,
		.vendor_id = 0x03f0,
		.product_id = 0x4f17,
		.port = "1-6",
		.endpoints = 2,
		.whole_pages = true,
		.product = "LaserJet"},
	{.syspath = "e",
		.class = DEVICE_USB_PRINTER,
		.bus = DEVICE_BUS_USB,
		.vendor_id = 0x6666,
		.port = "1-7"},
	{.syspath = "k",
		.class = DEVICE_USB_PRINTER,
		.bus = DEVICE_BUS_USB,
		.vendor_id = 0x7777,
		.port = "1-8",
		.endpoints = 2,
		.also_keyboard = true},
	{.syspath = "p", .class = DEVICE_LP, .node = "/dev/lp0"},
	{.syspath = "s", .class = DEVICE_SERIAL, .node = "/dev/ttyUSB0"},
};

static void plug(struct device_list *list, const char *letters)
{
	list->count = 0;
	for (const char *c = letters; *c; c++)
		for (size_t i = 0; i < COUNT_OF(known); i++)
			if (known[i].syspath[0] == *c)
				list->at[list->count++] = known[i];
	assert_int_equal(list->count, strlen(letters));
}

/* ---- nobody named one --------------------------------------------------------- */

struct row {
	const char *name;
	const char *there;
	const char *before;
	enum printers_found found;
	const char *spec;
	const char *called;
};

#define TM "usb:04b8:0e15"
#define NEW "usb:1fc9:2016"

static struct row rows[] = {
	{"nothing", "", "", PRINTERS_NONE, "", ""},
	{"one that is known", "t", "", PRINTERS_ONE, TM, "TM-T20II (" TM ")"},
	{"one and usblp's node of it are one", "tT", "", PRINTERS_ONE, TM,
		"TM-T20II (" TM ")"},
	{"the only one, which nobody knows", "n", "", PRINTERS_ONE, NEW, NEW},
	{"one is known, the other is not", "nt", "", PRINTERS_ONE, TM,
		"TM-T20II (" TM ")"},
	{"one is known, two are not", "ntm", "", PRINTERS_ONE, TM,
		"TM-T20II (" TM ")"},
	{"two that nobody knows", "nm", "", PRINTERS_SEVERAL, "", ""},
	{"two of a model", "tu", "", PRINTERS_SEVERAL, "", ""},
	{"only a node of usblp's", "L", "", PRINTERS_ONE, "lp:/dev/usb/lp3",
		"lp:/dev/usb/lp3"},
	{"such a node and another printer", "nL", "", PRINTERS_SEVERAL, "", ""},
	{"an office's laser printer is none", "w", "", PRINTERS_NONE, "", ""},
	{"and does not stand in the way", "wn", "", PRINTERS_ONE, NEW, NEW},
	{"T53 without an endpoint it is none", "e", "", PRINTERS_NONE, "", ""},
	{"T53 what types keys is never taken by itself", "k", "", PRINTERS_NONE,
		"", ""},
	{"behind a parallel or serial port nobody sees", "ps", "",
		PRINTERS_NONE, "", ""},
	{"the one picked before stays when another comes", "nm", NEW,
		PRINTERS_ONE, NEW, NEW},
	{"also when that is better known", "nt", NEW, PRINTERS_ONE, NEW, NEW},
	{"but not when its twin comes: which was it?", "tu", TM,
		PRINTERS_SEVERAL, "", ""},
	{"the one picked before is gone: the other", "m", NEW, PRINTERS_ONE,
		"usb:0416:5011", "USB Printing Support (usb:0416:5011)"},
	{"gone, and nothing else there", "", TM, PRINTERS_NONE, "", ""},
};

static void run_row(void **state)
{
	static struct device_list list;
	const struct row *row = *state;
	struct printers_pick pick;

	plug(&list, row->there);
	printers_pick(&list, row->before, &pick);
	assert_int_equal(pick.found, row->found);
	assert_string_equal(pick.spec, row->spec);
	assert_string_equal(pick.name, row->called);
}

/* ---- by a spec, through a link ------------------------------------------------- */

static void a_link_of_udevs_is_followed(void **state)
{
	static struct device_list list;
	char dir[PATH_MAX], port[PATH_MAX], link[PATH_MAX], spec[PATH_MAX + 32];
	struct device d = {.class = DEVICE_SERIAL};

	(void)state;
	tmpdir_make(dir, sizeof(dir));
	tmpdir_write(dir, "ttyUSB0", "", 0);
	/* As below /dev/serial/by-path: with colons. */
	tmpdir_path(dir, "ttyUSB0", port, sizeof(port));
	tmpdir_path(dir, "pci-0000:00:14.0-usb-0:1:1.0", link, sizeof(link));
	assert_int_equal(symlink("ttyUSB0", link), 0);
	assert_true(str_copy(d.node, sizeof(d.node), port));
	list.at[0] = d;
	list.count = 1;
	snprintf(spec, sizeof(spec), "serial:%s:9600:rtscts", link);
	assert_true(printers_are_seen(spec));
	assert_ptr_equal(printers_find(&list, spec), &list.at[0]);
	assert_true(printers_is_node_of(spec, &d));
	snprintf(spec, sizeof(spec), "lp:%s", link);
	assert_ptr_equal(printers_find(&list, spec), &list.at[0]);
	/* To nowhere, once it was pulled out. */
	assert_int_equal(unlink(port), 0);
	assert_null(printers_find(&list, spec));
	assert_false(printers_is_node_of(spec, &d));
	tmpdir_remove(dir);
}

int main(void)
{
	static const struct CMUnitTest own[] = {
		cmocka_unit_test(a_link_of_udevs_is_followed),
	};
	struct CMUnitTest tests[COUNT_OF(rows) + COUNT_OF(own)];
	size_t n = 0;

	UNIT_ADD_ROWS(tests, &n, rows, run_row);
	for (size_t i = 0; i < COUNT_OF(own); i++)
		tests[n++] = own[i];
	return cmocka_run_group_tests_name("printers", tests, NULL, NULL);
}
