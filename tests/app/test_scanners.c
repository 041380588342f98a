/*
 * Which scanners are opened, and that they come and go: serial ones on
 * pseudo-terminals, a HID-POS one on a FIFO, and the list of devices as the
 * test wants it.
 */
#include "support/unit.h"

#include <fcntl.h>
#include <limits.h>
#include <pty.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/str.h"
#include "support/tmpdir.h"
#include "terminal/app/scanners.h"

enum {
	LINES = 3
};

struct rig {
	char dir[PATH_MAX];
	struct device_list list;
	int far[LINES];
	int near[LINES];
	char node[LINES][64];
	char hidraw[PATH_MAX];
	int hid;
	struct config config;
	struct scanners *scanners;
	long long now;
	struct event ev;
};

static void add(struct rig *r, enum device_class class, const char *node,
	const char *driver)
{
	struct device *d = &r->list.at[r->list.count++];

	memset(d, 0, sizeof(*d));
	d->class = class;
	str_copy(d->node, sizeof(d->node), node);
	str_copy(d->driver, sizeof(d->driver), driver);
	str_copy(d->syspath, sizeof(d->syspath), r->dir);
}

static void take_out(struct rig *r, int i)
{
	r->list.count--;
	memmove(&r->list.at[i], &r->list.at[i + 1],
		(size_t)(r->list.count - i) * sizeof(r->list.at[0]));
}

/* Three lines: two CDC-ACM, one that may be anything; and one HID-POS. */
static struct rig *begin(const char *not_this)
{
	static struct rig r;
	struct err err;

	memset(&r, 0, sizeof(r));
	r.now = 1000;
	tmpdir_make(r.dir, sizeof(r.dir));
	config_init(&r.config);
	for (int i = 0; i < LINES; i++) {
		assert_int_equal(openpty(&r.far[i], &r.near[i], r.node[i], NULL,
					 NULL),
			0);
		add(&r, DEVICE_SERIAL, r.node[i],
			i < 2 ? "cdc_acm" : "ftdi_sio");
	}
	tmpdir_path(r.dir, "hidraw0", r.hidraw, sizeof(r.hidraw));
	assert_int_equal(mkfifo(r.hidraw, 0600), 0);
	r.hid = open(r.hidraw, O_RDWR | O_CLOEXEC);
	add(&r, DEVICE_HIDRAW, r.hidraw, "hid-generic");
	r.list.at[LINES].hid = DEVICE_HID_SCANNER;
	r.scanners = scanners_new(&r.config, not_this ? not_this : "", &err);
	assert_non_null(r.scanners);
	return &r;
}

static void end(struct rig *r)
{
	scanners_free(r->scanners);
	for (int i = 0; i < LINES; i++) {
		close(r->far[i]);
		close(r->near[i]);
	}
	close(r->hid);
	tmpdir_remove(r->dir);
}

static int match(struct rig *r)
{
	scanners_match(r->scanners, &r->list, r->now);
	return scanners_open_count(r->scanners);
}

static void send_line(const struct rig *r, int i, const char *text)
{
	assert_int_equal(write(r->far[i], text, strlen(text)),
		(ssize_t)strlen(text));
}

static bool takes(struct rig *r)
{
	return scanners_take(r->scanners, r->now, &r->ev);
}

/* Read what is there, wait for its silence, and take it. */
static void expect(struct rig *r, const char *text)
{
	if (!takes(r)) {
		r->now += 200;
		assert_true(takes(r));
	}
	assert_int_equal(r->ev.kind, EV_SCAN);
	assert_int_equal(r->ev.scan.len, strlen(text));
	assert_memory_equal(r->ev.scan.bytes, text, r->ev.scan.len);
}

static void all_that_are_surely_scanners(void **state)
{
	struct rig *r = begin(NULL);
	struct pollfd in[SCANNERS_MAX];

	(void)state;
	assert_int_equal(match(r), 3);
	assert_int_equal(scanners_poll(r->scanners, in), 3);
	for (int i = 0; i < 3; i++)
		assert_true(in[i].fd >= 0 && in[i].events == POLLIN);
	assert_false(scanners_are_away(r->scanners));
	/* What is open stays open. */
	assert_int_equal(match(r), 3);
	end(r);
}

static void several_scan_at_once(void **state)
{
	static const char report[64] = {2, 3, ']', 'Q', '1', 'x', 'y', 'z'};
	struct rig *r = begin(NULL);

	(void)state;
	match(r);
	assert_int_equal(scanners_due(r->scanners), -1);
	send_line(r, 0, "one\r");
	send_line(r, 1, "two\r");
	assert_int_equal(write(r->hid, report, 64), 64);
	expect(r, "xyz");
	assert_int_equal(r->ev.scan.how.by, SCANNED_BY_REPORTS);
	assert_string_equal(r->ev.scan.how.aim, "]Q1");
	assert_true(scanners_due(r->scanners) > r->now);
	expect(r, "one");
	assert_int_equal(r->ev.scan.how.by, SCANNED_BY_SERIAL);
	expect(r, "two");
	assert_false(takes(r));
	end(r);
}

static void keyboards_and_others_are_left_alone(void **state)
{
	struct rig *r = begin(NULL);

	(void)state;
	r->list.at[LINES].hid = DEVICE_HID_KEYBOARD;
	assert_int_equal(match(r), 2);
	r->list.at[0].class = DEVICE_LP;
	assert_int_equal(match(r), 1);
	r->list.at[1].class = DEVICE_KEYBOARD;
	assert_int_equal(match(r), 0);
	end(r);
}

static void the_printers_port_is_no_scanner(void **state)
{
	struct rig *r = begin(NULL);
	struct err err;

	(void)state;
	scanners_free(r->scanners);
	r->scanners = scanners_new(&r->config, r->node[0], &err);
	assert_int_equal(match(r), 2);
	send_line(r, 0, "one\r");
	r->now += 200;
	assert_false(takes(r));
	end(r);
}

static void only_those_of_the_settings(void **state)
{
	struct rig *r = begin(NULL);

	(void)state;
	r->config.scanner.use.count = 2;
	str_copy(r->config.scanner.use.at[0], CONFIG_TEXT_SIZE, r->node[2]);
	str_copy(r->config.scanner.use.at[1], CONFIG_TEXT_SIZE,
		"/dev/ttyACM77");
	assert_int_equal(match(r), 1);
	assert_true(scanners_are_away(r->scanners));
	send_line(r, 2, "usb\r");
	expect(r, "usb");
	end(r);
}

static void suffix_and_prefix_are_those_of_the_settings(void **state)
{
	struct rig *r = begin(NULL);
	struct err err;

	(void)state;
	scanners_free(r->scanners);
	r->config.scanner.suffix = CONFIG_SUFFIX_TAB;
	str_copy(r->config.scanner.prefix, CONFIG_TEXT_SIZE, "~");
	r->scanners = scanners_new(&r->config, "", &err);
	match(r);
	send_line(r, 0, "~a\rb\t");
	expect(r, "a\rb");
	assert_int_equal(r->ev.scan.how.end, SCANNED_END_TAB);
	end(r);
}

static void one_is_pulled_out_and_comes_back(void **state)
{
	struct rig *r = begin(NULL);
	const struct device d = r->list.at[0];

	(void)state;
	match(r);
	take_out(r, 0);
	assert_int_equal(match(r), 2);
	send_line(r, 1, "two\r");
	expect(r, "two");
	r->list.at[r->list.count++] = d;
	assert_int_equal(match(r), 3);
	send_line(r, 0, "one\r");
	expect(r, "one");
	end(r);
}

/* The line hangs up before anybody tells of the device. */
static void a_line_that_hangs_up_is_closed(void **state)
{
	struct rig *r = begin(NULL);

	(void)state;
	match(r);
	close(r->near[0]);
	close(r->far[0]);
	assert_false(takes(r));
	assert_int_equal(scanners_open_count(r->scanners), 2);
	/* No settings say that it should be there. */
	assert_false(scanners_are_away(r->scanners));
	send_line(r, 1, "two\r");
	expect(r, "two");
	/* It is tried again, but not all the time. */
	assert_int_equal(match(r), 2);
	r->now += 3000;
	assert_int_equal(match(r), 2);
	r->far[0] = open("/dev/null", O_RDONLY | O_CLOEXEC);
	r->near[0] = open("/dev/null", O_RDONLY | O_CLOEXEC);
	end(r);
}

static void one_that_another_has_is_tried_again(void **state)
{
	struct rig *r = begin(NULL);
	struct err err;
	struct scanners *other = scanners_new(NULL, "", &err);

	(void)state;
	assert_non_null(other);
	scanners_match(other, &r->list, r->now);
	assert_int_equal(match(r), 1); /* a FIFO is nobody's alone */
	scanners_free(other);
	assert_int_equal(match(r), 1);
	r->now += 2000;
	assert_int_equal(match(r), 3);
	end(r);
}

static void T53_more_than_can_be_are_left_out(void **state)
{
	struct rig *r = begin(NULL);

	(void)state;
	for (int i = 0; i < 40; i++) {
		char node[32];

		snprintf(node, sizeof(node), "/dev/ttyACM%d", 50 + i);
		add(r, DEVICE_SERIAL, node, "cdc_acm");
	}
	assert_int_equal(match(r), 3);
	send_line(r, 0, "one\r");
	expect(r, "one");
	end(r);
}

static void T53_one_that_sends_without_end_is_closed(void **state)
{
	static char noise[3001];
	struct rig *r = begin(NULL);
	int scans = 0;

	(void)state;
	match(r);
	memset(noise, 0x37, sizeof(noise) - 1);
	for (int i = 0; i < 200 && scanners_open_count(r->scanners) == 3; i++) {
		r->now++;
		send_line(r, 0, noise);
		while (takes(r))
			scans++;
	}
	assert_int_equal(scans, 1); /* too long, said once */
	assert_int_equal(scanners_open_count(r->scanners), 2);
	/* Not again so soon. */
	r->now += 10000;
	assert_int_equal(match(r), 2);
	end(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_that_are_surely_scanners),
		cmocka_unit_test(several_scan_at_once),
		cmocka_unit_test(keyboards_and_others_are_left_alone),
		cmocka_unit_test(the_printers_port_is_no_scanner),
		cmocka_unit_test(only_those_of_the_settings),
		cmocka_unit_test(suffix_and_prefix_are_those_of_the_settings),
		cmocka_unit_test(one_is_pulled_out_and_comes_back),
		cmocka_unit_test(a_line_that_hangs_up_is_closed),
		cmocka_unit_test(one_that_another_has_is_tried_again),
		cmocka_unit_test(T53_more_than_can_be_are_left_out),
		cmocka_unit_test(T53_one_that_sends_without_end_is_closed),
	};

	return cmocka_run_group_tests_name("scanners", tests, NULL, NULL);
}
