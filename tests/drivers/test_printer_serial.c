/*
 * The serial printer on a pseudo-terminal: a thread at its other end plays
 * each kind of printer. A closed other end is a cable pulled out.
 */
#include "support/unit.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <termios.h>
#include <unistd.h>

#include "core/clock.h"
#include "drivers/printer/printer_open.h"
#include "drivers/printer/printer_serial.h"

enum {
	JOB = 120 * 1000, /* far more than a pseudo-terminal holds */
	/* T52: whatever a printer does, a job is over by then. */
	NO_HANG_MS = 60 * 1000,
	JOB_MS = 60 * 1000,
	CUT_MS = 600
};

enum manner {
	GOOD,
	SILENT, /* prints and never answers */
	NO_PAPER,
	PAPER_RUNS_OUT, /* says so after half the job */
	COVER_OPEN,
	HOT,
	NEAR_END,
	TELLS_BY_ITSELF, /* ASB around every answer */
	GONE_AT_ONCE,
	GONE_HALF_WAY,
	TAKES_NO_MORE,
	SLOW,   /* a byte a second */
	RANDOM, /* answers with anything */
	ENDLESS,
};

struct player {
	enum manner manner;
	int master; /* -1: pulled out */
	int stop[2];
	pthread_t thread;
	char node[64];
	unsigned seed;
	/* Of the job, read by the test after the thread has ended. */
	_Atomic size_t got;
	uint8_t paper[JOB + 8192];
	uint8_t last[2]; /* to recognise DLE EOT */
};

static uint8_t answer_to(struct player *l, int n)
{
	const bool out = l->manner == NO_PAPER ||
			 (l->manner == PAPER_RUNS_OUT && l->got > JOB / 2);

	if (l->manner == RANDOM)
		return (uint8_t)rand_r(&l->seed);
	if (n == 4 && out)
		return 0x72;
	if (n == 4 && l->manner == NEAR_END)
		return 0x1e;
	if (n == 2 && l->manner == COVER_OPEN)
		return 0x16;
	if (n == 2 && l->manner == HOT)
		return 0x52;
	return n == 3 && l->manner == HOT ? 0x52 : 0x12;
}

/* Who never ends is not heard by anybody after the job: his line fills up. */
static void say(const struct player *l, const void *bytes, size_t len)
{
	const ssize_t n = write(l->master, bytes, len);

	if (l->manner != ENDLESS)
		assert_int_equal(n, (ssize_t)len);
}

static void answer(struct player *l, int n)
{
	static const uint8_t asb[] = {0x10, 0, 0, 0};
	const uint8_t byte = answer_to(l, n);

	if (l->manner == SILENT || l->manner == SLOW)
		return;
	if (l->manner == TELLS_BY_ITSELF)
		say(l, asb, sizeof(asb));
	say(l, &byte, 1);
}

static void take(struct player *l, const uint8_t *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const uint8_t b = bytes[i];

		if (l->got < sizeof(l->paper))
			l->paper[l->got++] = b;
		if (l->last[0] == 0x10 && l->last[1] == 0x04) {
			l->got -= 3; /* a question, not of the job */
			answer(l, b);
		}
		l->last[0] = l->last[1];
		l->last[1] = b;
	}
}

static bool is_enough(const struct player *l)
{
	return (l->manner == GONE_HALF_WAY && l->got > JOB / 2) ||
	       (l->manner == GONE_AT_ONCE && l->got == 0);
}

static bool serve(struct player *l)
{
	uint8_t chatter[16];
	uint8_t bytes[512];
	ssize_t n;

	memset(chatter, 0x12, sizeof(chatter));
	if (l->manner == ENDLESS)
		say(l, chatter, sizeof(chatter));
	if (l->manner == TAKES_NO_MORE && l->got > JOB / 4) {
		poll(NULL, 0, 1);
		return true;
	}
	n = read(l->master, bytes, l->manner == SLOW ? 1 : sizeof(bytes));
	if (n > 0)
		take(l, bytes, (size_t)n);
	return !is_enough(l);
}

static void *player_thread(void *arg)
{
	struct player *l = arg;

	for (;;) {
		struct pollfd f[] = {
			{.fd = l->stop[0], .events = POLLIN},
			{.fd = l->master, .events = POLLIN},
		};

		poll(f, 2, l->manner == ENDLESS ? 1 : -1);
		if (f[0].revents)
			return NULL;
		if (l->manner == SLOW && poll(f, 1, 1000) > 0)
			return NULL;
		if (serve(l))
			continue;
		close(l->master);
		l->master = -1;
		poll(f, 1, -1);
		return NULL;
	}
}

/* One end for us, the other's name for the driver. */
static void open_pair(struct player *l)
{
	l->master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	assert_true(l->master >= 0);
	assert_int_equal(fcntl(l->master, F_SETFL, O_NONBLOCK), 0);
	assert_int_equal(grantpt(l->master), 0);
	assert_int_equal(unlockpt(l->master), 0);
	assert_int_equal(ptsname_r(l->master, l->node, sizeof(l->node)), 0);
}

static struct player *player_new(enum manner manner)
{
	struct player *l = calloc(1, sizeof(*l));

	assert_non_null(l);
	l->manner = manner;
	l->seed = 20260101;
	assert_int_equal(pipe(l->stop), 0);
	open_pair(l);
	return l;
}

static void player_start(struct player *l)
{
	assert_int_equal(pthread_create(&l->thread, NULL, player_thread, l), 0);
}

static void player_end(struct player *l)
{
	assert_int_equal(write(l->stop[1], "", 1), 1);
	pthread_join(l->thread, NULL);
	close(l->stop[0]);
	close(l->stop[1]);
	if (l->master >= 0)
		close(l->master);
}

struct row {
	const char *name;
	enum manner manner;
	enum printer_outcome outcome;
	enum err_code code;
	const char *says;
};

static struct row rows[] = {
	{"a good printer", GOOD, PRINTER_PRINTED, ERR_NONE, ""},
	{"one that never answers", SILENT, PRINTER_PRINTED, ERR_NONE, ""},
	{"one that tells by itself, too", TELLS_BY_ITSELF, PRINTER_PRINTED,
		ERR_NONE, ""},
	{"near the end of the roll", NEAR_END, PRINTER_PRINTED, ERR_NONE, ""},
	{"out of paper: nothing is sent", NO_PAPER, PRINTER_FAILED, ERR_IO,
		"out of paper"},
	{"cover open: nothing is sent", COVER_OPEN, PRINTER_FAILED, ERR_IO,
		"cover open"},
	{"too hot: nothing is sent", HOT, PRINTER_FAILED, ERR_IO, "too hot"},
	{"out of paper in the middle", PAPER_RUNS_OUT, PRINTER_UNKNOWN, ERR_IO,
		"out of paper"},
	{"gone at once", GONE_AT_ONCE, PRINTER_FAILED, ERR_GONE, "hung up"},
	{"gone half-way", GONE_HALF_WAY, PRINTER_UNKNOWN, ERR_GONE, "hung up"},
	{"takes no more", TAKES_NO_MORE, PRINTER_UNKNOWN, ERR_TIMEOUT,
		"took only"},
	{"T52 slow, a byte a second", SLOW, PRINTER_UNKNOWN, ERR_TIMEOUT,
		"took only"},
	{"T52 random answers are not believed", RANDOM, PRINTER_PRINTED,
		ERR_NONE, ""},
	{"T52 endless answers are not believed", ENDLESS, PRINTER_PRINTED,
		ERR_NONE, ""},
};

static void fill(uint8_t *job)
{
	/* Never 10 04: the thread takes that for a question. */
	for (size_t i = 0; i < JOB; i++)
		job[i] = (uint8_t)(0x20 + (i * 31 + i / 97) % 200);
}

/* At 921,600 the line's own time for the job is 1.4 s. */
static struct printer *open_fast(const struct player *l, struct err *err)
{
	struct printer_serial_line line = {.speed = 921600,
		.flow = PRINTER_FLOW_NONE};

	memcpy(line.node, l->node, sizeof(l->node));
	return printer_serial_open(&line, 1000, err);
}

static void run_row(void **state)
{
	const struct row *row = *state;
	static uint8_t job[JOB];
	struct player *l = player_new(row->manner);
	const long long start = clock_ms();
	struct err err = {0};
	struct printer *p = open_fast(l, &err);
	enum printer_outcome outcome;

	assert_non_null(p);
	player_start(l);
	fill(job);
	outcome = printer_print(p, job, sizeof(job),
		row->code == ERR_TIMEOUT ? CUT_MS : JOB_MS, &err);
	printer_close(p);
	/* A pseudo-terminal cannot say that it was read. */
	for (int i = 0;
		outcome == PRINTER_PRINTED && l->got < JOB && i < 60 * 1000;
		i++)
		poll(NULL, 0, 1);
	player_end(l);
	if (outcome != row->outcome || err.code != row->code ||
		!strstr(err.text, row->says))
		print_message("%s\n", err.text);
	assert_int_equal(outcome, row->outcome);
	assert_int_equal(err.code, row->code);
	assert_non_null(strstr(err.text, row->says));
	assert_true(clock_ms() - start < NO_HANG_MS);
	if (outcome == PRINTER_PRINTED)
		assert_int_equal(l->got, JOB);
	if (outcome == PRINTER_FAILED)
		assert_int_equal(l->got, 0);
	if (row->manner != SLOW) /* whose questions come with the job */
		assert_memory_equal(l->paper, job, l->got < JOB ? l->got : JOB);
	free(l);
}

static void near_the_end_is_told(void **state)
{
	static const uint8_t job[] = {0x1b, '@'};
	struct player *l = player_new(NEAR_END);
	struct printer_status status;
	struct err err = {0};
	struct printer *p = open_fast(l, &err);

	(void)state;
	player_start(l);
	assert_int_equal(printer_print(p, job, sizeof(job), 1000, &err),
		PRINTER_PRINTED);
	printer_last_status(p, &status);
	assert_true(status.known && status.paper_low && !status.paper_out);
	printer_close(p);
	player_end(l);
	free(l);
}

/* There is no reset: what the picture lacks comes first, as white. */
static void the_job_after_a_cut_one_fills_up_the_picture(void **state)
{
	static const uint8_t job[] = {0x1b, '@', 0x1b, 'd', 1};
	const struct printer_memory memory = {.owed = 3000};
	struct player *l = player_new(GOOD);
	struct printer_memory after;
	struct err err = {0};
	struct printer *p = open_fast(l, &err);
	size_t zeros = 0;

	(void)state;
	player_start(l);
	printer_remember(p, &memory);
	assert_int_equal(printer_print(p, job, sizeof(job), 2000, &err),
		PRINTER_PRINTED);
	printer_memory(p, &after);
	assert_int_equal(after.owed, 0);
	printer_close(p);
	player_end(l);
	while (zeros < l->got && l->paper[zeros] == 0)
		zeros++;
	assert_true(zeros >= memory.owed);
	assert_int_equal(l->got - zeros, sizeof(job));
	assert_memory_equal(l->paper + zeros, job, sizeof(job));
	free(l);
}

static void a_second_one_is_told_who_has_it(void **state)
{
	struct player *l = player_new(GOOD);
	struct err err = {0};
	struct printer *p = open_fast(l, &err);

	(void)state;
	assert_non_null(p);
	player_start(l);
	assert_null(open_fast(l, &err));
	assert_int_equal(err.code, ERR_BUSY);
	printer_close(p);
	p = open_fast(l, &err);
	assert_non_null(p);
	printer_close(p);
	player_end(l);
	free(l);
}

/* Another program, which goes away after a while: no job is lost for it. */
static void a_job_waits_for_the_one_before(void **state)
{
	struct player *l = player_new(GOOD);
	const int other = open(l->node, O_RDWR | O_NOCTTY);
	char where[96];
	struct err err = {0};
	struct printer *p;

	(void)state;
	player_start(l);
	assert_int_equal(flock(other, LOCK_EX), 0);
	snprintf(where, sizeof(where), "serial:%s:115200:none", l->node);
	assert_null(printer_open(where, 150, &err));
	assert_int_equal(err.code, ERR_BUSY);
	close(other);
	p = printer_open(where, 150, &err);
	assert_non_null(p);
	printer_close(p);
	player_end(l);
	free(l);
}

/* What termios says of the other end is what the driver set. */
static void the_line_is_raw(void **state)
{
	struct player *l = player_new(GOOD);
	struct printer_serial_line line = {.speed = 19200,
		.flow = PRINTER_FLOW_XONXOFF};
	struct err err = {0};
	struct termios t;
	struct printer *p;

	(void)state;
	memcpy(line.node, l->node, sizeof(l->node));
	p = printer_serial_open(&line, 1000, &err);
	assert_non_null(p);
	player_start(l);
	assert_int_equal(tcgetattr(l->master, &t), 0);
	assert_int_equal(cfgetospeed(&t), B19200);
	assert_int_equal(t.c_lflag & (ICANON | ECHO | ISIG), 0);
	assert_int_equal(t.c_oflag & OPOST, 0);
	assert_true(t.c_iflag & IXON);
	assert_int_equal(t.c_cflag & HUPCL, 0);
	printer_close(p);
	player_end(l);
	free(l);
}

static void rfcomm_is_a_line_without_a_speed(void **state)
{
	static const uint8_t job[] = {0x1b, '@'};
	struct player *l = player_new(GOOD);
	struct err err = {0};
	struct printer *p = printer_rfcomm_open(l->node, 500, &err);

	(void)state;
	assert_non_null(p);
	assert_string_equal(printer_kind(p), "rfcomm");
	player_start(l);
	assert_int_equal(printer_print(p, job, sizeof(job), 1000, &err),
		PRINTER_PRINTED);
	printer_close(p);
	player_end(l);
	free(l);
}

struct line_row {
	const char *name; /* and what is read */
	bool ok;
	const char *node;
	int speed;
	enum printer_flow flow;
};

static struct line_row line_rows[] = {
	{"/dev/ttyUSB0", true, "/dev/ttyUSB0", 115200, PRINTER_FLOW_RTSCTS},
	{"/dev/ttyS0:9600", true, "/dev/ttyS0", 9600, PRINTER_FLOW_RTSCTS},
	{"/dev/ttyS0:9600:xonxoff", true, "/dev/ttyS0", 9600,
		PRINTER_FLOW_XONXOFF},
	{"/dev/ttyS0:none", true, "/dev/ttyS0", 115200, PRINTER_FLOW_NONE},
	{"/dev/serial/by-path/pci-0000:00:14.0-usb-0:1:1.0-port0:38400:rtscts",
		true, "/dev/serial/by-path/pci-0000:00:14.0-usb-0:1:1.0-port0",
		38400, PRINTER_FLOW_RTSCTS},
	{"/dev/ttyS0:9601", false, "", 0, 0},
	{"/dev/ttyS0:0", false, "", 0, 0},
	{"ttyS0", false, "", 0, 0},
	{":9600", false, "", 0, 0},
};

static void run_line_row(void **state)
{
	const struct line_row *row = *state;
	struct printer_serial_line got;
	struct err err = {0};

	assert_int_equal(printer_serial_read(row->name, &got, &err), row->ok);
	if (!row->ok) {
		assert_int_equal(err.code, ERR_INVALID);
		return;
	}
	assert_string_equal(got.node, row->node);
	assert_int_equal(got.speed, row->speed);
	assert_int_equal(got.flow, row->flow);
}

static const struct CMUnitTest others[] = {
	cmocka_unit_test(near_the_end_is_told),
	cmocka_unit_test(the_job_after_a_cut_one_fills_up_the_picture),
	cmocka_unit_test(a_second_one_is_told_who_has_it),
	cmocka_unit_test(a_job_waits_for_the_one_before),
	cmocka_unit_test(the_line_is_raw),
	cmocka_unit_test(rfcomm_is_a_line_without_a_speed),
};

int main(void)
{
	struct CMUnitTest
		tests[COUNT_OF(rows) + COUNT_OF(line_rows) + COUNT_OF(others)];
	size_t n = 0;

	UNIT_ADD_ROWS(tests, &n, rows, run_row);
	UNIT_ADD_ROWS(tests, &n, line_rows, run_line_row);
	memcpy(tests + n, others, sizeof(others));
	return cmocka_run_group_tests_name("printer_serial", tests, NULL, NULL);
}
