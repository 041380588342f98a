/*
 * What is plugged in, by the real libudev against descriptions of devices
 * (tests/data/devices), and its coming and going: each row starts
 * umock_devices, and under it this program as the client.
 */
#include "support/unit.h"

#include <dlfcn.h>
#include <libudev.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "drivers/devices/devices.h"
#include "support/tmpdir.h"

#define DATA "tests/data/devices/"
#define USB "/sys/devices/pci0000:00/0000:00:14.0/usb1/"

enum {
	NEWS_MS = 60 *
		  1000 /* a slow machine's; each row ends at once otherwise */
};

static int looks;
static char dir[PATH_MAX];
static char self[PATH_MAX];
static char emulator[PATH_MAX];

/* ---- the client: under umockdev ----------------------------------------- */

static void tell(const char *before, const struct device *d)
{
	static const char *const kinds[] = {"", " keyboard", " scanner"};
	static const char *const buses[] = {"-", "usb", "bt"};

	printf("%s%s%s %s %s %s %04x:%04x [%s|%s|%s] %s/%u%s%s%s%s\n", before,
		device_class_name(d->class), kinds[d->hid],
		*d->node ? d->node : "-", *d->driver ? d->driver : "-",
		buses[d->bus], d->vendor_id, d->product_id, d->maker,
		d->product, d->serial, d->port, d->interface,
		d->also_keyboard ? " types" : "",
		d->whole_pages ? " pages" : "", d->odd_name ? " odd" : "",
		d->class == DEVICE_USB_PRINTER && d->endpoints == 0 ? " deaf"
								    : "");
}

static int list_all(void)
{
	static struct device_list list;
	struct err err = {0};

	if (!devices_list(&list, &err))
		printf("code=%d %s\n", err.code, err.text);
	for (int i = 0; i < list.count; i++)
		tell("", &list.at[i]);
	printf("%d devices%s\n", list.count, list.more ? " and more" : "");
	return 0;
}

/*
 * In place of libudev's own: how often all that hangs on USB is looked through,
 * which is what takes the time of a list.
 */
int udev_enumerate_scan_devices(struct udev_enumerate *e)
{
	int (*own)(struct udev_enumerate *);

	*(void **)&own = dlsym(RTLD_NEXT, __func__);
	looks++;
	return own(e);
}

static int count_looks(void)
{
	static struct device_list list;
	struct err err = {0};
	int typing = 0;

	devices_list(&list, &err);
	for (int i = 0; i < list.count; i++)
		typing += list.at[i].also_keyboard;
	printf("%d devices, %d of one that types, %d looks\n", list.count,
		typing, looks);
	return 0;
}

/* Give the rig one command, tell what comes of it until nothing does. */
static void command(const char *fifo, const char *text)
{
	FILE *out = fopen(fifo, "w");

	if (out) {
		fprintf(out, "%s\n", text);
		fclose(out);
	}
}

/*
 * A keyboard's node is added after it, and of what is gone little is known:
 * more would depend on who was faster.
 */
static void tell_change(enum device_change change, struct device *d)
{
	if (d->class == DEVICE_KEYBOARD)
		d->node[0] = '\0';
	if (change == DEVICE_ADDED)
		tell("+ ", d);
	else
		printf("- %s %s\n", device_class_name(d->class),
			strrchr(d->syspath, '/'));
}

/* How many changes each command makes is known, so nothing is slept. */
static bool follow(struct device_watch *w, int changes)
{
	struct pollfd in = {.fd = devices_watch_fd(w), .events = POLLIN};
	struct device d;

	while (changes > 0 && poll(&in, 1, NEWS_MS) > 0)
		for (;;) {
			const enum device_change c = devices_watch_read(w, &d);

			if (c == DEVICE_NO_CHANGE)
				break;
			changes--;
			tell_change(c, &d);
		}
	return changes == 0;
}

/* The rig tells of it first and takes it away then, as the kernel does. */
static void wait_until_gone(const char *syspath)
{
	for (int ms = 0; ms < NEWS_MS && access(syspath, F_OK) == 0; ms++)
		poll(NULL, 0, 1);
}

static int watch_all(const char *fifo)
{
	struct err err = {0};
	struct device_watch *w = devices_watch_open(&err);

	if (!w) {
		printf("code=%d %s\n", err.code, err.text);
		return 0;
	}
	command(fifo, "plug " DATA "keyboard.umockdev");
	if (!follow(w, 2))
		printf("nothing came\n");
	command(fifo, "plug " DATA "printer_usb.umockdev");
	if (!follow(w, 2))
		printf("nothing came\n");
	command(fifo, "unplug " USB "1-1");
	if (!follow(w, 2))
		printf("nothing came\n");
	devices_watch_close(w);
	wait_until_gone(USB "1-1");
	return list_all();
}

/* ---- the rows ------------------------------------------------------------ */

struct row {
	const char *name;
	const char *files; /* of tests/data/devices */
	const char *client;
	const char *says; /* all of it */
};

#define EPSON " usb 04b8:0e15 [EPSON|TM-T20II|J5XK004417] 1-1/0\n"
#define LOGITECH " usb 046d:c31c [Logitech|USB Keyboard|] 1-5/0 types\n"

static struct row rows[] = {
	{"nothing attached is no error", "", "list", "0 devices\n"},
	{"a USB printer is an interface and the node of usblp", "printer_usb",
		"list",
		"usb-printer /dev/bus/usb/001/002 usblp" EPSON
		"lp /dev/usb/lp1 usblp" EPSON "2 devices\n"},
	{"one whose class is the vendor's, known by its number",
		"printer_vendor_class", "list",
		"usb-printer /dev/bus/usb/001/009 - usb 04b8:0202 "
		"[EPSON|UB-U05|] 1-8/0\n1 devices\n"},
	{"an office's laser printer, by the languages of its id",
		"printer_laser", "list",
		"usb-printer /dev/bus/usb/001/012 usblp usb 03f0:4f17 "
		"[Hewlett-Packard|HP LaserJet 1320 series|00CNBJX12345] "
		"1-9/0 pages\n1 devices\n"},
	{"hiddev beside it is no printer, though it shares the minors",
		"ups_hiddev", "list", "0 devices\n"},
	{"a serial scanner", "scanner_acm", "list",
		"serial /dev/ttyACM0 cdc_acm usb 0c2e:0901 "
		"[Honeywell|Xenon 1900|16123B0A2C] 1-3/0\n1 devices\n"},
	{"a HID-POS scanner, told by its report descriptor", "scanner_hidpos",
		"list",
		"hidraw scanner /dev/hidraw0 hid-generic usb 05e0:1300 "
		"[Symbol Technologies, Inc, 2008|Symbol Bar Code "
		"Scanner|S20234] 1-4/0\n1 devices\n"},
	{"a keyboard", "keyboard", "list",
		"hidraw keyboard /dev/hidraw1 hid-generic" LOGITECH
		"keyboard /dev/input/event7 hid-generic" LOGITECH
		"2 devices\n"},
	{"a camera: its node for metadata is none", "camera", "list",
		"camera /dev/video0 uvcvideo usb 046d:0825 "
		"[|HD Webcam C270|A1B2C3D4] 1-6/0\n1 devices\n"},
	{"a serial port with a chip, one without, a console, a power button",
		"machine", "list",
		"serial /dev/ttyS0 - - 0000:0000 [||] /0\n"
		"serial /dev/rfcomm0 - - 0000:0000 [||] /0\n2 devices\n"},
	{"T53 a printer that types, has no endpoint and odd names",
		"hostile_printer", "list",
		"usb-printer /dev/bus/usb/001/008 - usb 0416:5011 "
		"[Đẹp||] 1-7/1 types odd deaf\n1 devices\n"},
	{"T53 a printer with endpoints that takes no data at any",
		"hostile_deaf", "list",
		"usb-printer /dev/bus/usb/001/009 - usb 0416:5012 [|POS58|] "
		"1-6/0 deaf\n1 devices\n"},
	{"T53 dozens of interfaces are looked through once, not once each",
		"hostile_crowd", "looks",
		"11 devices, 11 of one that types, 2 looks\n"},
	{"T53 plugged in and pulled out while running", "", "watch",
		"+ hidraw keyboard /dev/hidraw1 hid-generic" LOGITECH
		"+ keyboard - hid-generic" LOGITECH
		"+ usb-printer /dev/bus/usb/001/002 usblp" EPSON
		"+ lp /dev/usb/lp1 usblp" EPSON "- lp /lp1\n"
		"- usb-printer /1-1:1.0\n"
		"hidraw keyboard /dev/hidraw1 hid-generic" LOGITECH
		"keyboard /dev/input/event7 hid-generic" LOGITECH
		"2 devices\n"},
};

static void run_under_umockdev(const struct row *row, char *said, size_t size)
{
	char call[8 * PATH_MAX];
	char files[PATH_MAX] = "";
	FILE *pipe;
	size_t len;

	if (*row->files)
		snprintf(files, sizeof(files), DATA "%s.umockdev", row->files);
	/* ASan wants to be loaded first, and umockdev's wrapper is. */
	snprintf(call, sizeof(call),
		"ASAN_OPTIONS=verify_asan_link_order=0:detect_leaks=0 "
		"umockdev-wrapper %s -c %s/fifo %s -- %s --client %s %s/fifo "
		"2>&1",
		emulator, dir, files, self, row->client, dir);
	pipe = popen(call, "r");
	assert_non_null(pipe);
	len = fread(said, 1, size - 1, pipe);
	said[len] = '\0';
	if (pclose(pipe) != 0)
		fail_msg("%s: %s", row->files, said);
}

static void run_row(void **state)
{
	const struct row *row = *state;
	char said[4096];

	run_under_umockdev(row, said, sizeof(said));
	assert_string_equal(said, row->says);
}

static int setup(void **state)
{
	char path[PATH_MAX];

	(void)state;
	tmpdir_make(dir, sizeof(dir));
	return mkfifo(tmpdir_path(dir, "fifo", path, sizeof(path)), 0600);
}

static int teardown(void **state)
{
	(void)state;
	tmpdir_remove(dir);
	return 0;
}

static void skipped(void **state)
{
	(void)state;
	print_message("SKIP umockdev-wrapper is not installed\n");
	skip();
}

/* umock_devices stands beside this program. */
static void find_programs(void)
{
	const ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
	int folder;

	self[n > 0 ? n : 0] = '\0';
	folder = (int)(strrchr(self, '/') - self);
	snprintf(emulator, sizeof(emulator), "%.*s/umock_devices", folder,
		self);
}

int main(int argc, char **argv)
{
	static const struct CMUnitTest none[] = {
		cmocka_unit_test(skipped),
	};
	struct CMUnitTest tests[COUNT_OF(rows)];

	if (argc == 4 && strcmp(argv[2], "looks") == 0)
		return count_looks();
	if (argc == 4 && strcmp(argv[1], "--client") == 0)
		return strcmp(argv[2], "watch") == 0 ? watch_all(argv[3])
						     : list_all();
	if (system("command -v umockdev-wrapper >/dev/null") != 0)
		return cmocka_run_group_tests(none, NULL, NULL);
	find_programs();
	for (size_t i = 0; i < COUNT_OF(rows); i++)
		tests[i] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = &rows[i]};
	return cmocka_run_group_tests_name("devices", tests, setup, teardown);
}
