/* Port 9100 on the loopback: a thread plays each kind of printer. */
#include "support/unit.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "core/clock.h"
#include "drivers/printer/printer_tcp.h"

enum {
	JOB = 120 * 1000, /* far more than all buffers between us hold */
	/* T52: whatever a printer does, a job is over by then. */
	NO_HANG_MS = 60 * 1000,
	JOB_MS = 60 * 1000,
	CUT_MS = 1200
};

enum manner {
	GOOD,
	SILENT,         /* prints and never answers */
	NO_PAPER,       /* answers, and says so */
	PAPER_RUNS_OUT, /* says so after half the job */
	CLOSES_HALF_WAY,
	CLOSES_AT_END, /* took all, status was OK, then hangs up */
	SLOW,          /* a byte a second */
	RANDOM,        /* answers with anything */
	ENDLESS,       /* sends good status bytes without end */
	TAKES_NOTHING,
};

struct listener {
	_Atomic enum manner manner; /* the test changes it once */
	int fd;
	int stop[2]; /* a byte here ends the thread */
	pthread_t thread;
	char address[32];
	unsigned seed;
	/* Of the job, read by the test after the thread has ended. */
	_Atomic size_t got;
	uint8_t paper[JOB + 64];
	uint8_t last[2]; /* to recognise DLE EOT */
};

static uint8_t answer_to(struct listener *l, int n)
{
	const bool out = l->manner == NO_PAPER ||
			 (l->manner == PAPER_RUNS_OUT && l->got > JOB / 2);

	if (l->manner == RANDOM)
		return (uint8_t)rand_r(&l->seed);
	if (n == 4 && out)
		return 0x72;
	return 0x12;
}

static void take(struct listener *l, int conn, const uint8_t *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const uint8_t b = bytes[i];

		if (l->got < sizeof(l->paper))
			l->paper[l->got++] = b;
		if (l->last[0] == 0x10 && l->last[1] == 0x04) {
			const uint8_t answer = answer_to(l, b);

			l->got -= 3; /* a question, not of the job */
			if (l->manner != SILENT && l->manner != SLOW)
				send(conn, &answer, 1, MSG_NOSIGNAL);
		}
		l->last[0] = l->last[1];
		l->last[1] = b;
	}
}

static bool has_enough(const struct listener *l)
{
	return (l->manner == CLOSES_HALF_WAY && l->got > JOB / 2) ||
	       (l->manner == CLOSES_AT_END && l->got >= JOB);
}

/* False: the connection is over. */
static bool serve(struct listener *l, int conn)
{
	uint8_t chatter[64];
	uint8_t bytes[2048];
	ssize_t n;

	memset(chatter, 0x12, sizeof(chatter));
	if (l->manner == ENDLESS)
		send(conn, chatter, sizeof(chatter),
			MSG_NOSIGNAL | MSG_DONTWAIT);
	if (l->manner == RANDOM && l->got % 3 == 0)
		send(conn, &l->seed, 2, MSG_NOSIGNAL | MSG_DONTWAIT);
	n = recv(conn, bytes, l->manner == SLOW ? 1 : sizeof(bytes),
		MSG_DONTWAIT);
	if (n < 0)
		return errno == EAGAIN;
	if (n > 0)
		take(l, conn, bytes, (size_t)n);
	return n > 0 && !has_enough(l);
}

static void talk(struct listener *l, int conn)
{
	bool open = true;

	while (open) {
		struct pollfd f[] = {
			{.fd = l->stop[0], .events = POLLIN},
			{.fd = conn, .events = POLLIN},
		};

		if (l->manner == TAKES_NOTHING)
			f[1].fd = -1;
		if (l->manner == SLOW) /* the stop comes first */
			poll(f, 1, 1000);
		else
			poll(f, 2, l->manner == ENDLESS ? 1 : -1);
		if (f[0].revents)
			return;
		open = serve(l, conn);
	}
}

static void *listener_thread(void *arg)
{
	struct listener *l = arg;

	for (;;) {
		struct pollfd f[] = {
			{.fd = l->stop[0], .events = POLLIN},
			{.fd = l->fd, .events = POLLIN},
		};
		int conn;

		poll(f, 2, -1);
		if (f[0].revents)
			return NULL;
		conn = accept(l->fd, NULL, NULL);
		talk(l, conn);
		close(conn);
	}
}

static struct listener *listener_start(enum manner manner)
{
	struct listener *l = calloc(1, sizeof(*l));
	struct sockaddr_in at = {.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t size = sizeof(at);
	const int small = 2048;

	assert_non_null(l);
	l->manner = manner;
	l->seed = 20260101;
	assert_int_equal(pipe(l->stop), 0);
	l->fd = socket(AF_INET, SOCK_STREAM, 0);
	setsockopt(l->fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof(small));
	assert_int_equal(bind(l->fd, (struct sockaddr *)&at, size), 0);
	assert_int_equal(listen(l->fd, 4), 0);
	assert_int_equal(getsockname(l->fd, (struct sockaddr *)&at, &size), 0);
	snprintf(l->address, sizeof(l->address), "127.0.0.1:%d",
		ntohs(at.sin_port));
	assert_int_equal(pthread_create(&l->thread, NULL, listener_thread, l),
		0);
	return l;
}

static void listener_end(struct listener *l)
{
	assert_int_equal(write(l->stop[1], "", 1), 1);
	pthread_join(l->thread, NULL);
	close(l->stop[0]);
	close(l->stop[1]);
	close(l->fd);
}

struct row {
	const char *name;
	enum manner manner;
	enum printer_outcome outcome;
	enum err_code code;
};

static struct row rows[] = {
	{"a good printer", GOOD, PRINTER_PRINTED, ERR_NONE},
	{"one that never answers", SILENT, PRINTER_PRINTED, ERR_NONE},
	{"out of paper: nothing is sent", NO_PAPER, PRINTER_FAILED, ERR_IO},
	{"out of paper in the middle", PAPER_RUNS_OUT, PRINTER_UNKNOWN, ERR_IO},
	{"T52 hangs up half-way", CLOSES_HALF_WAY, PRINTER_UNKNOWN, ERR_GONE},
	{"T52 status OK, then disconnect", CLOSES_AT_END, PRINTER_UNKNOWN,
		ERR_GONE},
	{"T52 slow, a byte a second", SLOW, PRINTER_UNKNOWN, ERR_TIMEOUT},
	{"takes nothing after connecting", TAKES_NOTHING, PRINTER_UNKNOWN,
		ERR_TIMEOUT},
	{"T52 random answers are not believed", RANDOM, PRINTER_PRINTED,
		ERR_NONE},
	{"T52 endless answers are not believed", ENDLESS, PRINTER_PRINTED,
		ERR_NONE},
};

static void fill(uint8_t *job)
{
	/* Never 10 04: the thread takes that for a question. */
	for (size_t i = 0; i < JOB; i++)
		job[i] = (uint8_t)(0x20 + (i * 31 + i / 97) % 200);
}

static void run_row(void **state)
{
	const struct row *row = *state;
	static uint8_t job[JOB];
	struct listener *l = listener_start(row->manner);
	const long long start = clock_ms();
	struct err err = {0};
	struct printer *p = printer_tcp_open(l->address, 1000, &err);
	enum printer_outcome outcome;

	assert_non_null(p);
	fill(job);
	outcome = printer_print(p, job, sizeof(job),
		row->code == ERR_TIMEOUT ? CUT_MS : JOB_MS, &err);
	printer_close(p);
	listener_end(l);
	if (outcome != row->outcome || err.code != row->code)
		print_message("%s\n", err.text);
	assert_int_equal(outcome, row->outcome);
	assert_int_equal(err.code, row->code);
	assert_true(clock_ms() - start < NO_HANG_MS);
	if (outcome == PRINTER_PRINTED)
		assert_int_equal(l->got, JOB);
	if (outcome == PRINTER_FAILED)
		assert_int_equal(l->got, 0);
	if (row->manner == SLOW)
		assert_true(l->got <= 3); /* of the question before the job */
	else
		assert_memory_equal(l->paper, job, l->got);
	free(l);
}

static void T52_untrue_status_is_unknown(void **state)
{
	static const enum manner manners[] = {SILENT, ENDLESS};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(manners); i++) {
		struct listener *l = listener_start(manners[i]);
		struct printer_status status;
		struct err err = {0};
		struct printer *p = printer_tcp_open(l->address, 1000, &err);

		assert_non_null(p);
		assert_true(printer_status(p, &status, 500, &err));
		assert_false(status.known);
		printer_close(p);
		listener_end(l);
		free(l);
	}
}

/* A listener is found, then gone: its port refuses. */
static void nobody_there_is_gone(void **state)
{
	struct listener *l = listener_start(GOOD);
	struct err err = {0};

	(void)state;
	listener_end(l);
	assert_null(printer_tcp_open(l->address, 1000, &err));
	assert_int_equal(err.code, ERR_GONE);
	free(l);
}

/* Two at a time would mix on many printers. */
static void one_at_a_time(void **state)
{
	struct listener *l = listener_start(GOOD);
	struct err err = {0};
	struct printer *p = printer_tcp_open(l->address, 1000, &err);

	(void)state;
	assert_non_null(p);
	assert_null(printer_tcp_open(l->address, 1000, &err));
	assert_int_equal(err.code, ERR_BUSY);
	printer_close(p);
	p = printer_tcp_open(l->address, 1000, &err);
	assert_non_null(p);
	assert_memory_equal(printer_identity(p), "tcp:127.0.0.1:", 14);
	printer_close(p);
	listener_end(l);
	free(l);
}

static void a_job_after_a_cut_one_connects_anew(void **state)
{
	static uint8_t job[JOB];
	struct listener *l = listener_start(CLOSES_HALF_WAY);
	struct err err = {0};
	struct printer *p = printer_tcp_open(l->address, 1000, &err);

	(void)state;
	fill(job);
	assert_int_equal(printer_print(p, job, sizeof(job), JOB_MS, &err),
		PRINTER_UNKNOWN);
	l->manner = GOOD; /* it waits in accept() */
	l->got = 0;
	assert_int_equal(printer_print(p, job, sizeof(job), JOB_MS, &err),
		PRINTER_PRINTED);
	printer_close(p);
	listener_end(l);
	assert_int_equal(l->got, JOB);
	free(l);
}

static void what_is_no_address_is_refused(void **state)
{
	static const char *const wrong[] = {"", "printer.local", "1.2.3",
		"1.2.3.4:0", "1.2.3.4:65536", "1.2.3.4:x", "[::1", "[::1]9100",
		"::g", "1.2.3.4:9100:9100", "[]", "1.2.3.010"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(wrong); i++) {
		struct err err = {0};

		assert_null(printer_tcp_open(wrong[i], 10, &err));
		assert_int_equal(err.code, ERR_INVALID);
	}
}

static const struct CMUnitTest others[] = {
	cmocka_unit_test(T52_untrue_status_is_unknown),
	cmocka_unit_test(nobody_there_is_gone),
	cmocka_unit_test(one_at_a_time),
	cmocka_unit_test(a_job_after_a_cut_one_connects_anew),
	cmocka_unit_test(what_is_no_address_is_refused),
};

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(rows) + COUNT_OF(others)];

	for (size_t i = 0; i < COUNT_OF(rows); i++)
		tests[i] = (struct CMUnitTest){.name = rows[i].name,
			.test_func = run_row,
			.initial_state = &rows[i]};
	memcpy(tests + COUNT_OF(rows), others, sizeof(others));
	return cmocka_run_group_tests_name("printer_tcp", tests, NULL, NULL);
}
