/* What udev would have to say, and who has a file open. What a whole device
   is told to be is in tests/e2e/devices_verb.sh. */
#include "support/unit.h"

#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/str.h"
#include "drivers/devices/access.h"
#include "support/tmpdir.h"

struct row {
	const char *name;
	struct device d;
	const char *rule;
};

static struct row rows[] = {
	{"a printer on USB: the whole device",
		{.class = DEVICE_USB_PRINTER,
			.bus = DEVICE_BUS_USB,
			.node = "/dev/bus/usb/001/002",
			.vendor_id = 0x04b8,
			.product_id = 0x0e15},
		"SUBSYSTEM==\"usb\", ATTR{idVendor}==\"04b8\", "
		"ATTR{idProduct}==\"0e15\", GROUP=\"chitra\", MODE=\"0660\""},
	{"its node: by the device above it",
		{.class = DEVICE_LP,
			.bus = DEVICE_BUS_USB,
			.node = "/dev/usb/lp1",
			.vendor_id = 0x04b8,
			.product_id = 0x0e15},
		"SUBSYSTEM==\"usbmisc\", ATTRS{idVendor}==\"04b8\", "
		"ATTRS{idProduct}==\"0e15\", GROUP=\"chitra\", MODE=\"0660\""},
	{"a serial port of the machine: by its name",
		{.class = DEVICE_SERIAL, .node = "/dev/ttyS0"},
		"SUBSYSTEM==\"tty\", KERNEL==\"ttyS[0-9]*\", "
		"GROUP=\"chitra\", MODE=\"0660\""},
	{"Bluetooth: by its name",
		{.class = DEVICE_SERIAL,
			.bus = DEVICE_BUS_BLUETOOTH,
			.node = "/dev/rfcomm0"},
		"SUBSYSTEM==\"tty\", KERNEL==\"rfcomm[0-9]*\", "
		"GROUP=\"chitra\", MODE=\"0660\""},
	{"a scanner",
		{.class = DEVICE_HIDRAW,
			.bus = DEVICE_BUS_USB,
			.node = "/dev/hidraw0",
			.vendor_id = 0x05e0,
			.product_id = 0x1300},
		"SUBSYSTEM==\"hidraw\", ATTRS{idVendor}==\"05e0\", "
		"ATTRS{idProduct}==\"1300\", GROUP=\"chitra\", MODE=\"0660\""},
};

static void run_row(void **state)
{
	const struct row *row = *state;
	char rule[ACCESS_RULE_SIZE];

	device_rule(&row->d, rule, sizeof(rule));
	assert_string_equal(rule, row->rule);
}

/* Another process, by its name; ourselves do not count. */
static void who_has_it(void **state)
{
	struct device d = {.class = DEVICE_LP};
	struct device_access a;
	char dir[PATH_MAX];
	char path[PATH_MAX];
	char says[64];
	int ready[2];
	char byte;
	int own;
	pid_t pid;

	(void)state;
	tmpdir_make(dir, sizeof(dir));
	tmpdir_write(dir, "lp0", "", 0);
	tmpdir_path(dir, "lp0", path, sizeof(path));
	own = open(path, O_RDONLY | O_CLOEXEC);
	device_holder(path, says, sizeof(says));
	assert_string_equal(says, "");
	assert_int_equal(pipe(ready), 0);
	pid = fork();
	if (pid == 0) {
		const int held = open(path, O_RDWR);

		_exit(held >= 0 && write(ready[1], "x", 1) == 1 && pause());
	}
	assert_int_equal(read(ready[0], &byte, 1), 1);
	close(own);
	assert_true(str_copy(d.node, sizeof(d.node), path));
	device_access(&d, &a);
	snprintf(says, sizeof(says), "test_access (%d)", (int)pid);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	close(ready[0]);
	close(ready[1]);
	assert_int_equal(a.state, ACCESS_HELD);
	assert_string_equal(a.holder, says);
	device_access(&d, &a);
	assert_int_equal(a.state, ACCESS_READY);
	tmpdir_remove(dir);
	device_access(&d, &a);
	assert_int_equal(a.state, ACCESS_NO_NODE);
}

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + 1] = {
		cmocka_unit_test(who_has_it)};

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		tests[i + 1] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = &rows[i]};
	return cmocka_run_group_tests_name("access", tests, NULL, NULL);
}
