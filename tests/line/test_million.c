/*
 * Memory stays where it is, however many records go from a terminal to its
 * centre: the terminal's process with libcurl, and the centre's with TLS, each
 * asked after every tenth.
 *
 *	MILLION=n	records; 3,000 in make check, 1,000,000 in make lab-centre
 */
#include "support/unit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/clock.h"
#include "core/crypto.h"
#include "db/centre/serve.h"
#include "db/db_internal.h"
#include "db/outbox.h"
#include "support/bookstore.h"
#include "support/tlsclient.h"
#include "support/tmpdir.h"
#include "terminal/app/uplink.h"

enum {
	TENTHS = 10,
	FIRST = 2,      /* tenths until all is as large as it gets */
	MORE_KIB = 6144 /* than then it may never be */
};

static struct err err;

#define MUST(call)                                           \
	do {                                                 \
		if (!(call))                                 \
			fail_msg("%s: %s", #call, err.text); \
	} while (0)

static struct {
	struct bookstore b;
	char dir[256];
	char store[300];
	struct centre_home home;
	pid_t centre;
	uint16_t port;
} here;

/* ---- the centre, a process of its own -------------------------------------- */

static void be_centre(int out)
{
	const struct serve_options o = {.home = &here.home,
		.store = here.store,
		.address = "127.0.0.1",
		.metrics = -1,
		.workers = 2,
		.log_fd = -1};
	struct serve *s;
	uint16_t port;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	s = serve_open(&o, &err);
	if (!s)
		_exit(1);
	port = serve_port(s);
	if (write(out, &port, sizeof(port)) != sizeof(port))
		_exit(1);
	for (;;)
		pause();
}

static void start_centre(void)
{
	static const char *const host[] = {"localhost"};
	int fd[2];

	tmpdir_make(here.dir, sizeof(here.dir));
	snprintf(here.store, sizeof(here.store), "%s/centre.db", here.dir);
	MUST(centre_home_make(here.dir, "centre-1", host, 1, &here.home, &err));
	assert_int_equal(pipe(fd), 0);
	here.centre = fork();
	if (here.centre == 0)
		be_centre(fd[1]);
	close(fd[1]);
	assert_int_equal(read(fd[0], &here.port, sizeof(here.port)),
		sizeof(here.port));
	close(fd[0]);
}

/* Resident memory in KiB. */
static long resident(pid_t pid)
{
	char path[64];
	long pages = 0;
	FILE *in;

	snprintf(path, sizeof(path), "/proc/%d/statm", (int)pid);
	in = fopen(path, "r");
	if (in && fscanf(in, "%*d %ld", &pages) != 1)
		pages = 0;
	if (in)
		fclose(in);
	return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

/* ---- the terminal -------------------------------------------------------------- */

static void join(void)
{
	struct tlsclient c = {.port = here.port,
		.host = "localhost",
		.ca = here.home.ca.cert.text,
		.patience_s = 60};
	struct store *s = store_open(here.store, &err);
	uint8_t request[ENROL_MAX_BYTES];
	uint8_t code[CRYPTO_HASH_SIZE];
	char letters[ENROL_CODE];
	struct bytes answer = {0};
	struct enrol_answer a;
	struct refusal why;
	char url[64];
	struct buf out;

	MUST(s && serve_new_code(s, "P1", 1, letters, &err));
	store_close(s);
	assert_true(enrol_code_hash(letters, code));
	buf_init(&out, request, sizeof(request));
	MUST(outbox_enrol(here.b.db, code, &out, &err));
	assert_int_equal(tlsclient_ask(&c, "POST", "/v1/enrol", request,
				 out.len, &answer),
		200);
	assert_true(enrol_answer_read(answer.at, answer.len, &a));
	snprintf(url, sizeof(url), "https://localhost:%u", here.port);
	assert_int_equal(outbox_join(here.b.db, &here.b.hoa, url, &a, &why,
				 &err),
		VERDICT_DONE);
	bytes_free(&answer);
}

static void make_records(long n)
{
	MUST(db_begin(here.b.db, &err));
	for (long i = 0; i < n; i++) {
		struct session again = here.b.minh;

		MUST(users_sign_out(here.b.db, &again, &err));
	}
	MUST(db_end(here.b.db, true, &err));
	MUST(db_checkpoint(here.b.db, &err));
}

/* All that waits; how long that took, in ms. */
static long long send_all(struct uplink *line)
{
	static struct outbox_batch batch;
	static struct uplink_reply reply;
	const long long begin = clock_ms();

	while (outbox_next(here.b.db, 0, BATCH_MAX_RECORDS, &batch, &err) ==
		LOOKUP_FOUND) {
		struct upload_answer a;

		uplink_ask(line, batch.bytes, batch.len, &reply);
		uplink_take(here.b.db, &batch, &reply, true, clock_wall_ms(),
			&a, &err);
		if (a.came != CAME_ACK)
			fail_msg("came %d: %s", (int)a.came, reply.err.text);
	}
	return clock_ms() - begin;
}

static void the_centre_has_all(void)
{
	struct store *s = store_open(here.store, &err);
	struct store_counts counts;
	struct outbox_state st;

	MUST(s && store_counts(s, &counts, &err));
	MUST(outbox_state(here.b.db, &st, &err));
	store_close(s);
	assert_int_equal(st.waiting, 0);
	assert_int_equal(counts.records, st.acked);
	assert_int_equal(counts.alerts, 0);
}

static void T59b_memory_is_flat_however_many_records_go(void **state)
{
	const char *wanted = getenv("MILLION");
	const long all = wanted ? strtol(wanted, NULL, 10) : 3000;
	long first[2] = {0};
	struct uplink *line;
	bool none;

	(void)state;
	start_centre();
	bookstore_make(&here.b);
	join();
	line = uplink_open(here.b.db, "", &none, &err);
	MUST(line);
	for (int i = 1; i <= TENTHS; i++) {
		long long ms;
		long now[2];

		make_records(all / TENTHS);
		ms = send_all(line);
		now[0] = resident(getpid());
		now[1] = resident(here.centre);
		printf("million: %8ld records: terminal %ld KiB, centre %ld"
		       " KiB; the last %ld sent in %.1f s\n",
			all / TENTHS * i, now[0], now[1], all / TENTHS,
			(double)ms / 1000);
		fflush(stdout);
		if (i == FIRST)
			memcpy(first, now, sizeof(first));
		for (int k = 0; i > FIRST && k < 2; k++)
			if (now[k] > first[k] + MORE_KIB)
				fail_msg("%s grew from %ld to %ld KiB",
					k == 0 ? "the terminal" : "the centre",
					first[k], now[k]);
	}
	the_centre_has_all();
	uplink_close(line);
	kill(here.centre, SIGKILL);
	waitpid(here.centre, NULL, 0);
	bookstore_remove(&here.b);
	tmpdir_remove(here.dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(T59b_memory_is_flat_however_many_records_go),
	};

	if (!crypto_start(NULL))
		return 1;
	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
