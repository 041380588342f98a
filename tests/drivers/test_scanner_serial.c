/*
 * A scanner on a serial line: the far end is a pseudo-terminal of the test's,
 * which sends, stops and hangs up.
 */
#include "support/unit.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pty.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "core/clock.h"
#include "drivers/scanner/scanner_serial.h"
#include "support/tmpdir.h"

enum {
	PATIENCE_MS = 60 * 1000
};

struct line {
	int far; /* the scanner's end; -1: hung up */
	int near;
	char node[64];
	struct scanner *scanner;
};

static void begin(struct line *l, const struct scanner_settings *settings)
{
	struct err err = {0};

	assert_int_equal(openpty(&l->far, &l->near, l->node, NULL, NULL), 0);
	l->scanner = scanner_serial_open(l->node, settings, &err);
	if (!l->scanner)
		fail_msg("%s", err.text);
}

static void end(struct line *l)
{
	scanner_close(l->scanner);
	if (l->far >= 0)
		close(l->far);
	if (l->near >= 0)
		close(l->near);
}

static void send_bytes(const struct line *l, const void *bytes, size_t len)
{
	assert_int_equal(write(l->far, bytes, len), (ssize_t)len);
}

/* As the loop does it: poll, take, and look again when it is due. */
static enum lookup wait_for(struct scanner *s, struct scanner_code *out,
	struct err *err)
{
	const long long until = clock_ms() + PATIENCE_MS;
	enum lookup found;

	while ((found = scanner_take(s, clock_ms(), out, err)) ==
			LOOKUP_ABSENT &&
		clock_ms() < until) {
		struct pollfd in = {.fd = scanner_fd(s), .events = POLLIN};
		const long long due = scanner_due(s);
		long long left = until - clock_ms();

		if (due >= 0 && due - clock_ms() < left)
			left = due - clock_ms();
		poll(&in, 1, left > 0 ? (int)left : 0);
	}
	return found;
}

static void expect(struct line *l, const void *bytes, size_t len)
{
	struct scanner_code code;
	struct err err = {0};

	assert_int_equal(wait_for(l->scanner, &code, &err), LOOKUP_FOUND);
	assert_int_equal(code.len, len);
	assert_memory_equal(code.bytes, bytes, len);
	assert_int_equal(code.how.by, SCANNED_BY_SERIAL);
}

/* Every value but those that frame a code. */
static void bytes_come_exactly(void **state)
{
	uint8_t all[256];
	size_t n = 0;
	struct line l;

	(void)state;
	for (int i = 0; i < 256; i++)
		if (i != '\r')
			all[n++] = (uint8_t)i;
	begin(&l, &(struct scanner_settings){.suffix = SCANNER_SUFFIX_CR});
	/* A line end in front is the suffix of what was before. */
	send_bytes(&l, "x", 1);
	send_bytes(&l, all, n);
	send_bytes(&l, "\r", 1);
	memmove(all + 1, all, n);
	all[0] = 'x';
	expect(&l, all, n + 1);
	end(&l);
}

static void a_card_in_its_letters(void **state)
{
	static const char card[] = "001145000112|012345678|Nguyễn Thị Thử|"
				   "02091945|Nữ|Thôn Mẫu|15042021";
	struct line l;

	(void)state;
	begin(&l, NULL);
	send_bytes(&l, card, 30);
	send_bytes(&l, card + 30, sizeof(card) - 31);
	send_bytes(&l, "\r\n", 2);
	expect(&l, card, sizeof(card) - 1);
	send_bytes(&l, "8936036020038", 13);
	expect(&l, "8936036020038", 13);
	end(&l);
}

/* Nobody saw it scanned. */
static void what_waited_before_is_thrown_away(void **state)
{
	struct line l = {.far = -1, .near = -1};
	struct err err = {0};

	(void)state;
	assert_int_equal(openpty(&l.far, &l.near, l.node, NULL, NULL), 0);
	send_bytes(&l, "old\n", 4);
	l.scanner = scanner_serial_open(l.node, NULL, &err);
	assert_non_null(l.scanner);
	send_bytes(&l, "new\r", 4);
	expect(&l, "new", 3);
	end(&l);
}

/* A pseudo-terminal has no parity to be read back: what a line is asked. */
static void parity_is_checked_and_bits_are_eight(void **state)
{
	static const struct {
		enum scanner_parity parity;
		tcflag_t flags;
		tcflag_t check;
	} row[] = {{SCANNER_PARITY_NONE, 0, 0},
		{SCANNER_PARITY_EVEN, PARENB, INPCK},
		{SCANNER_PARITY_ODD, PARENB | PARODD, INPCK}};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		const struct scanner_settings s = {.speed = 4800,
			.parity = row[i].parity};
		struct termios t = {.c_cflag = CS7 | PARENB | PARODD | CSTOPB,
			.c_iflag = ISTRIP | INPCK | IXON | ICRNL | IGNPAR |
				   PARMRK};

		assert_true(scanner_serial_line(&s, &t));
		assert_int_equal(t.c_cflag & (PARENB | PARODD), row[i].flags);
		assert_int_equal(t.c_iflag & (INPCK | IGNPAR | PARMRK),
			row[i].check);
		assert_int_equal(t.c_cflag & CSIZE, CS8);
		assert_int_equal(t.c_iflag & (ISTRIP | IXON | ICRNL), 0);
		assert_int_equal(cfgetispeed(&t), B4800);
	}
}

/* An echo would be sent back to the scanner as its settings. */
static void nothing_is_sent_to_the_scanner(void **state)
{
	struct line l;
	struct pollfd back;

	(void)state;
	begin(&l, NULL);
	send_bytes(&l, "abc\r\x03\x11\x13", 7);
	expect(&l, "abc\r\x03\x11\x13", 7);
	back = (struct pollfd){.fd = l.far, .events = POLLIN};
	assert_int_equal(poll(&back, 1, 50), 0);
	end(&l);
}

static void unplugged_is_gone(void **state)
{
	struct scanner_code code;
	struct err err = {0};
	struct line l;

	(void)state;
	begin(&l, NULL);
	send_bytes(&l, "0011450", 7);
	assert_int_equal(scanner_take(l.scanner, 1, &code, &err),
		LOOKUP_ABSENT);
	close(l.near);
	close(l.far);
	l.near = -1;
	l.far = -1;
	/* What was half there is not taken for a code. */
	assert_int_equal(wait_for(l.scanner, &code, &err), LOOKUP_FAILED);
	assert_int_equal(err.code, ERR_GONE);
	end(&l);
}

static void it_is_ours_alone(void **state)
{
	struct err err = {0};
	struct line l;

	(void)state;
	begin(&l, NULL);
	assert_null(scanner_serial_open(l.node, NULL, &err));
	assert_int_equal(err.code, ERR_BUSY);
	scanner_close(l.scanner);
	l.scanner = scanner_serial_open(l.node, NULL, &err);
	assert_non_null(l.scanner);
	end(&l);
}

static void the_line_is_raw(void **state)
{
	struct termios t;
	struct line l;

	(void)state;
	begin(&l, &(struct scanner_settings){.speed = 115200});
	assert_int_equal(tcgetattr(scanner_fd(l.scanner), &t), 0);
	assert_int_equal(t.c_lflag & (ICANON | ECHO | ISIG | IEXTEN), 0);
	assert_int_equal(t.c_iflag & (ICRNL | IXON | IXOFF | ISTRIP), 0);
	assert_int_equal(t.c_cflag & HUPCL, 0);
	assert_int_equal(t.c_cflag & CSIZE, CS8);
	assert_int_equal(cfgetispeed(&t), B115200);
	assert_int_equal(t.c_cc[VMIN], 1);
	end(&l);
}

struct refusal_row {
	const char *name;
	const char *node;
	int speed;
	enum err_code code;
};

static struct refusal_row refusal_rows[] = {
	{"no such port", "/dev/ttyACM99", 0, ERR_GONE},
	{"no tty", "/dev/null", 0, ERR_INVALID},
	{"a directory", "/tmp", 0, ERR_INVALID},
	{"no such speed", "/dev/null", 12345, ERR_INVALID},
};

static void it_is_refused(void **state)
{
	const struct refusal_row *r = *state;
	struct err err = {0};

	assert_null(scanner_serial_open(r->node,
		&(struct scanner_settings){.speed = r->speed}, &err));
	assert_int_equal(err.code, r->code);
	assert_non_null(strstr(err.text, r->node));
}

int main(void)
{
	const struct CMUnitTest others[] = {
		cmocka_unit_test(bytes_come_exactly),
		cmocka_unit_test(a_card_in_its_letters),
		cmocka_unit_test(what_waited_before_is_thrown_away),
		cmocka_unit_test(nothing_is_sent_to_the_scanner),
		cmocka_unit_test(parity_is_checked_and_bits_are_eight),
		cmocka_unit_test(unplugged_is_gone),
		cmocka_unit_test(it_is_ours_alone),
		cmocka_unit_test(the_line_is_raw),
	};
	struct CMUnitTest tests[COUNT_OF(refusal_rows) + COUNT_OF(others)];
	size_t n = 0;

	UNIT_ADD_ROWS(tests, &n, refusal_rows, it_is_refused);
	for (size_t i = 0; i < COUNT_OF(others); i++)
		tests[n++] = others[i];
	return _cmocka_run_group_tests("scanner_serial", tests, n, NULL, NULL);
}
