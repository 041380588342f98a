/*
 * What is plugged in, kept up to date: each change once, whatever comes twice,
 * in odd order or all at once; what of it the desk hears; and whether the
 * printer of a spec is there. drivers/devices is played (Makefile: --wrap).
 */
#include "support/unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/str.h"
#include "terminal/app/run_devices.h"

struct device_watch {
	int unused;
};

/* What devices_list() finds, and what comes as news, in characters: a device
   that is added, the same in capitals that is removed, '!' too much at once. */
static const char *there;
static const char *news;

static const struct device known[] = {
	{.class = DEVICE_USB_PRINTER,
		.bus = DEVICE_BUS_USB,
		.node = "/dev/bus/usb/001/002",
		.vendor_id = 0x04b8,
		.product_id = 0x0e15,
		.endpoints = 2,
		.syspath = "p",
		.product = "TM-T20II"},
	{.class = DEVICE_LP,
		.bus = DEVICE_BUS_USB,
		.node = "/dev/usb/lp1",
		.syspath = "l",
		.product = "TM-T20II"},
	{.class = DEVICE_USB_PRINTER,
		.bus = DEVICE_BUS_USB,
		.node = "/dev/bus/usb/001/003",
		.syspath = "e",
		.product = "no endpoint"},
	{.class = DEVICE_USB_PRINTER,
		.bus = DEVICE_BUS_USB,
		.node = "/dev/bus/usb/001/004",
		.vendor_id = 0x04b8,
		.product_id = 0x0202,
		.endpoints = 2,
		.port = "1-4",
		.syspath = "q",
		.product = "TM-T70"},
	{.class = DEVICE_SERIAL, .node = "/dev/ttyUSB0", .syspath = "s"},
	{.class = DEVICE_HIDRAW,
		.hid = DEVICE_HID_SCANNER,
		.node = "/dev/hidraw0",
		.syspath = "h",
		.product = "Xenon"},
	{.class = DEVICE_HIDRAW,
		.hid = DEVICE_HID_KEYBOARD,
		.node = "/dev/hidraw1",
		.syspath = "r"},
	{.class = DEVICE_CAMERA, .node = "/dev/video0", .syspath = "c"},
	{.class = DEVICE_KEYBOARD, .syspath = "k", .product = "Keys"},
};

static const struct device *device_of(char c)
{
	for (size_t i = 0; i < COUNT_OF(known); i++)
		if (known[i].syspath[0] == c)
			return &known[i];
	fail_msg("no device %c", c);
	return NULL;
}

bool __wrap_devices_list(struct device_list *out, struct err *err);
struct device_watch *__wrap_devices_watch_open(struct err *err);
enum device_change __wrap_devices_watch_read(struct device_watch *w,
	struct device *out);
void __wrap_devices_watch_close(struct device_watch *w);

bool __wrap_devices_list(struct device_list *out, struct err *err)
{
	(void)err;
	out->count = 0;
	out->more = false;
	for (const char *c = there; *c; c++)
		out->at[out->count++] = *device_of(*c);
	return true;
}

struct device_watch *__wrap_devices_watch_open(struct err *err)
{
	static struct device_watch watch;

	(void)err;
	return &watch;
}

enum device_change __wrap_devices_watch_read(struct device_watch *w,
	struct device *out)
{
	const char c = *news;

	(void)w;
	if (c == '\0')
		return DEVICE_NO_CHANGE;
	news++;
	memset(out, 0, sizeof(*out));
	if (c == '!')
		return DEVICE_LOST;
	if (c >= 'a') {
		*out = *device_of(c);
		return DEVICE_ADDED;
	}
	/* Little is known of what is gone. */
	out->class = device_of((char)(c - 'A' + 'a'))->class;
	out->syspath[0] = (char)(c - 'A' + 'a');
	return DEVICE_REMOVED;
}

void __wrap_devices_watch_close(struct device_watch *w)
{
	(void)w;
}

/* ---- changes ------------------------------------------------------------------ */

struct row {
	const char *name;
	const char *at_first;
	const char *news;
	const char *then;  /* what a list finds from the news on */
	const char *heard; /* "+p-k" */
	const char *left;  /* the list, in its order */
};

static struct row rows[] = {
	{"nothing", "", "", "", "", ""},
	{"one comes", "", "k", "k", "+k", "k"},
	{"one goes", "kc", "K", "c", "-k", "c"},
	{"it came between the watch and the list: once", "k", "k", "k", "",
		"k"},
	{"the end of what was never there", "", "K", "", "", ""},
	{"in and out and in", "", "kKk", "k", "+k-k+k", "k"},
	{"the list keeps its order", "", "kspl", "kspl", "+k+s+p+l", "plsk"},
	{"T53 too much at once: what is really there is found", "pk", "!", "pc",
		"-k+c", "pc"},
	{"T53 a keyboard among too much is not missed", "", "!", "k", "+k",
		"k"},
	{"too much, and nothing was different", "pk", "!", "pk", "", "pk"},
	{"news behind too much at once", "", "!cC", "c", "+c-c", ""},
	{"too much twice", "", "!!", "s", "+s", "s"},
};

static void run_row(void **state)
{
	const struct row *row = *state;
	char heard[64] = "";
	char left[16] = "";
	struct err err = {0};
	enum device_change c;
	struct plugged *p;
	struct device d;
	size_t n = 0;

	there = row->at_first;
	news = "";
	p = plugged_open(&err);
	assert_non_null(p);
	news = row->news;
	there = row->then;
	while ((c = plugged_read(p, &d)) != DEVICE_NO_CHANGE && n < 60) {
		heard[n++] = c == DEVICE_ADDED ? '+' : '-';
		heard[n++] = d.syspath[0];
		/* What goes is as well known as it was when it came. */
		assert_memory_equal(&d, device_of(d.syspath[0]), sizeof(d));
	}
	for (int i = 0; i < plugged_list(p)->count; i++)
		left[i] = plugged_list(p)->at[i].syspath[0];
	plugged_close(p);
	assert_string_equal(heard, row->heard);
	assert_string_equal(left, row->left);
}

/* ---- is it there? ---------------------------------------------------------------- */

struct spec {
	const char *name;
	const char *there;
	const char *spec;
	enum plugged_answer is;
};

static struct spec specs[] = {
	{"any on USB", "p", "usb", PLUGGED_IN},
	{"any on USB, and there is only its node", "l", "usb", PLUGGED_AWAY},
	{"T53 one without an endpoint is none", "e", "usb", PLUGGED_AWAY},
	{"that model", "p", "usb:04b8:0e15", PLUGGED_IN},
	{"another model", "p", "usb:04b8:0202", PLUGGED_AWAY},
	{"auto: a node does", "l", "auto", PLUGGED_IN},
	{"auto: nothing", "sk", "auto", PLUGGED_AWAY},
	{"any node", "l", "lp", PLUGGED_IN},
	{"that node", "l", "lp:/dev/usb/lp1", PLUGGED_IN},
	{"another node", "l", "lp:/dev/usb/lp0", PLUGGED_AWAY},
	{"a serial line", "s", "serial:/dev/ttyUSB0", PLUGGED_IN},
	{"with its speed", "s", "serial:/dev/ttyUSB0:9600:rtscts", PLUGGED_IN},
	{"another line", "s", "serial:/dev/ttyUSB1:9600", PLUGGED_AWAY},
	{"Bluetooth", "s", "rfcomm:/dev/rfcomm0", PLUGGED_AWAY},
	{"a network is not for us to see", "", "tcp:10.0.0.5", PLUGGED_UNKNOWN},
	{"nor a file", "", "file:/tmp/x", PLUGGED_UNKNOWN},
	{"none", "", "none", PLUGGED_UNKNOWN},
};

static void run_spec(void **state)
{
	const struct spec *row = *state;
	struct err err = {0};
	struct plugged *p;

	there = row->there;
	news = "";
	p = plugged_open(&err);
	assert_non_null(p);
	assert_int_equal(plugged_printer(p, row->spec), row->is);
	plugged_close(p);
}

/* ---- what the desk hears ---------------------------------------------------------- */

static void the_desk_hears_of_a_device_once(void **state)
{
	static struct ports ports;
	static struct printing printing = {.spec = "serial:/dev/ttyUSB0:9600"};
	static struct event ev;
	static const struct {
		char device;
		bool heard;
		enum plug plug;
	} row[] = {{'p', true, PLUG_PRINTER}, {'l', false, PLUG_PRINTER},
		{'e', false, PLUG_PRINTER}, {'s', true, PLUG_PRINTER},
		{'h', true, PLUG_SCANNER}, {'r', false, PLUG_SCANNER},
		{'c', true, PLUG_CAMERA}, {'k', true, PLUG_KEYBOARD}};

	(void)state;
	ports.printing = &printing;
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		const struct device *d = device_of(row[i].device);

		ports.status_due = false;
		assert_int_equal(run_device(&ports, DEVICE_ADDED, d, &ev),
			row[i].heard);
		assert_true(ports.status_due);
		if (!row[i].heard)
			continue;
		assert_int_equal(ev.kind, EV_DEVICE);
		assert_int_equal(ev.device.plug, row[i].plug);
		assert_true(ev.device.there);
		assert_string_equal(ev.device.name, d->product);
	}
}

static void a_printer_that_comes_back_has_no_trouble(void **state)
{
	static struct ports ports;
	static struct printing printing = {.spec = "usb"};
	static struct event ev;

	(void)state;
	ports.printing = &printing;
	ports.paper_trouble = true;
	run_device(&ports, DEVICE_REMOVED, device_of('p'), &ev);
	assert_true(ports.paper_trouble);
	run_device(&ports, DEVICE_ADDED, device_of('c'), &ev);
	assert_true(ports.paper_trouble);
	run_device(&ports, DEVICE_ADDED, device_of('p'), &ev);
	assert_false(ports.paper_trouble);
}

static void the_header_says_what_is_away(void **state)
{
	static struct ports ports;
	static struct printing printing = {.spec = "usb"};
	static struct config config;
	struct status status = {0};
	struct err err = {0};

	(void)state;
	config_init(&config);
	str_copy(config.camera.use, sizeof(config.camera.use), "/dev/video0");
	there = "ch";
	news = "";
	ports.printing = &printing;
	ports.config = &config;
	ports.plugged = plugged_open(&err);
	run_devices_status(&ports, &status);
	assert_true(status.printer_away);
	assert_false(status.camera_away);
	plugged_close(ports.plugged);
	there = "p";
	ports.plugged = plugged_open(&err);
	memset(&status, 0, sizeof(status));
	run_devices_status(&ports, &status);
	assert_false(status.printer_away);
	assert_true(status.camera_away);
	plugged_close(ports.plugged);
}

/* Nobody named a printer: from news to news, what the screen says of it. */
static void the_printer_that_is_there_is_used(void **state)
{
	static struct ports ports;
	static struct printing printing;
	static const struct {
		const char *news;
		bool has, several, away;
		const char *name;
	} step[] = {
		{"", false, false, false, ""},
		{"pl", true, false, false, "TM-T20II (usb:04b8:0e15)"},
		{"q", true, false, false, "TM-T20II (usb:04b8:0e15)"},
		{"PLQ", true, false, true, "TM-T20II (usb:04b8:0e15)"},
		{"q", true, false, false, "TM-T70 (usb:04b8:0202)"},
		{"Q", true, false, true, "TM-T70 (usb:04b8:0202)"},
		{"p", true, false, false, "TM-T20II (usb:04b8:0e15)"},
	};
	static struct event ev;
	struct err err = {0};
	struct status status;
	struct device d;

	(void)state;
	unsetenv("CHITRA_PRINTER");
	assert_true(printing_open(&printing, NULL, "/d", false, &err));
	there = news = "";
	ports.printing = &printing;
	ports.plugged = plugged_open(&err);
	ports.picked = (struct printers_pick){.found = PRINTERS_NONE};
	for (size_t i = 0; i < COUNT_OF(step); i++) {
		news = step[i].news;
		while (plugged_read(ports.plugged, &d) != DEVICE_NO_CHANGE)
			continue;
		memset(&status, 0, sizeof(status));
		run_devices_status(&ports, &status);
		assert_true(status.any_printer);
		assert_int_equal(status.has_printer, step[i].has);
		assert_int_equal(status.several_printers, step[i].several);
		assert_int_equal(status.printer_away, step[i].away);
		assert_string_equal(status.printer, step[i].name);
		assert_int_equal(run_has_printer(&ports), step[i].has);
		memset(&ev, 0, sizeof(ev));
		run_no_printer(&ports, &ev);
		assert_int_equal(ev.print.no_printer, !step[i].has);
	}
	plugged_close(ports.plugged);
}

/* Not said anywhere: what the model is known for. */
static void papers_are_as_wide_as_the_model(void **state)
{
	static const struct {
		const char *there;
		const char *spec; /* NULL: none is named */
		int said;
		int dots;
	} row[] = {
		{"q", NULL, 0, 512},
		{"q", "usb", 0, 512},
		{"q", "usb:04b8:0202", 0, 512},
		{"q", NULL, PAGE_58, PAGE_58},
		{"p", NULL, 0, PAGE_80},
		{"pq", NULL, 0, PAGE_80},
		{"", "usb", 0, PAGE_80},
		{"q", "none", 0, PAGE_80},
		{"q", "tcp:10.0.0.5", 0, PAGE_80},
	};
	struct err err = {0};

	(void)state;
	unsetenv("CHITRA_PRINTER");
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		static struct ports ports;
		static struct printing printing;

		memset(&ports, 0, sizeof(ports));
		ports.printing = &printing;
		ports.width = row[i].said;
		assert_true(printing_open(&printing, row[i].spec, "/d", false,
			&err));
		there = row[i].there;
		news = "";
		assert_int_equal(run_width(&ports), row[i].dots);
		ports.plugged = plugged_open(&err);
		assert_int_equal(run_width(&ports), row[i].dots);
		plugged_close(ports.plugged);
	}
}

static void of_several_printers_none_is_used(void **state)
{
	static struct ports ports;
	static struct printing printing;
	static struct event ev;
	struct status status = {0};
	struct err err = {0};
	struct device d;

	(void)state;
	unsetenv("CHITRA_PRINTER");
	assert_true(printing_open(&printing, NULL, "/d", false, &err));
	there = "pq";
	news = "";
	ports.printing = &printing;
	ports.plugged = plugged_open(&err);
	run_devices_status(&ports, &status);
	assert_false(status.has_printer);
	assert_true(status.several_printers);
	run_no_printer(&ports, &ev);
	assert_true(ev.print.no_printer && ev.print.several);
	/* And when all of them have gone, none is away: none was used. */
	news = "PQ";
	while (plugged_read(ports.plugged, &d) != DEVICE_NO_CHANGE)
		continue;
	memset(&status, 0, sizeof(status));
	run_devices_status(&ports, &status);
	assert_false(status.has_printer || status.several_printers ||
		     status.printer_away);
	plugged_close(ports.plugged);
}

/* A job looks for itself, in its own thread. */
static void a_job_takes_the_one_that_is_there(void **state)
{
	static struct receipt_job job = {.test = true, .len = 2};
	static struct printing printing;
	static const struct {
		const char *there;
		bool exists;
		const char *why;
		const char *now;
	} row[] = {
		{"", false, "no printer is plugged in, and none is named", ""},
		{"pq", false, "several printers, and none of them is named",
			""},
		/* Not one that the rig has really. */
		{"l", true, "", "lp:/dev/usb/lp1"},
	};
	struct err err = {0};

	(void)state;
	unsetenv("CHITRA_PRINTER");
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		assert_true(printing_open(&printing, NULL, "/d", false, &err));
		there = row[i].there;
		assert_int_equal(printing_exists(&printing), row[i].exists);
		assert_int_equal(printing_print(&printing, &job, &err),
			PRINT_FAILED);
		assert_int_equal(err.code, ERR_GONE);
		if (row[i].why[0])
			assert_string_equal(err.text, row[i].why);
		assert_string_equal(printing.now, row[i].now);
		printing_close(&printing);
	}
}

int main(void)
{
	static const struct CMUnitTest own[] = {
		cmocka_unit_test(the_desk_hears_of_a_device_once),
		cmocka_unit_test(a_printer_that_comes_back_has_no_trouble),
		cmocka_unit_test(the_header_says_what_is_away),
		cmocka_unit_test(the_printer_that_is_there_is_used),
		cmocka_unit_test(papers_are_as_wide_as_the_model),
		cmocka_unit_test(of_several_printers_none_is_used),
		cmocka_unit_test(a_job_takes_the_one_that_is_there),
	};
	struct CMUnitTest
		tests[COUNT_OF(rows) + COUNT_OF(specs) + COUNT_OF(own)];
	size_t n = 0;

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		tests[n++] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = &rows[i]};
	for (size_t i = 0; i < COUNT_OF(specs); i++)
		tests[n++] = (struct CMUnitTest){.name = specs[i].name,
			.test_func = run_spec,
			.initial_state = &specs[i]};
	for (size_t i = 0; i < COUNT_OF(own); i++)
		tests[n++] = own[i];
	return cmocka_run_group_tests_name("plugged", tests, NULL, NULL);
}
