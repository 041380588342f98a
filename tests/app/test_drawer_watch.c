/*
 * How long the drawer stands open, by the printer's word: the real worker on
 * a pseudo-terminal, at whose other end a thread answers DLE EOT.
 */
#include "support/unit.h"

#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/clock.h"
#include "drivers/camera/image_reader.h"
#include "terminal/app/workers.h"

enum {
	WAIT_MS = 60 * 1000,
	SEQ = 77
};

struct far_end {
	int master;
	int stop[2];
	char node[64];
	pthread_t thread;
	_Atomic bool kicked;
	_Atomic bool shut; /* somebody pushed it shut */
	_Atomic bool stuck;
	_Atomic int mute; /* so many questions are not answered */
};

static void answer(struct far_end *f, uint8_t n)
{
	const bool open = f->kicked && !f->shut && !f->stuck;
	const uint8_t byte = n == 1 && open ? 0x16 : 0x12;

	if (f->mute > 0)
		f->mute--;
	else
		assert_int_equal(write(f->master, &byte, 1), 1);
}

static void *play(void *arg)
{
	struct far_end *f = arg;
	uint8_t last[3] = {0};

	for (;;) {
		struct pollfd p[] = {{.fd = f->stop[0], .events = POLLIN},
			{.fd = f->master, .events = POLLIN}};
		uint8_t byte;

		poll(p, 2, -1);
		if (p[0].revents)
			return NULL;
		if (read(f->master, &byte, 1) != 1) {
			poll(NULL, 0, 5); /* nobody has it open just now */
			continue;
		}
		last[0] = last[1];
		last[1] = last[2];
		last[2] = byte;
		if (last[0] == 0x10 && last[1] == 0x04)
			answer(f, byte);
		if (last[1] == 0x1b && last[2] == 'p')
			f->kicked = true;
	}
}

static void start(struct far_end *f)
{
	memset(f, 0, sizeof(*f));
	assert_int_equal(pipe(f->stop), 0);
	f->master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	assert_int_equal(grantpt(f->master), 0);
	assert_int_equal(unlockpt(f->master), 0);
	assert_int_equal(ptsname_r(f->master, f->node, sizeof(f->node)), 0);
	assert_int_equal(pthread_create(&f->thread, NULL, play, f), 0);
}

static void end(struct far_end *f)
{
	assert_int_equal(write(f->stop[1], "", 1), 1);
	pthread_join(f->thread, NULL);
	close(f->master);
	close(f->stop[0]);
	close(f->stop[1]);
}

/* The next event, or none in that time. */
static bool next(struct mailbox *box, struct event *ev, int ms)
{
	struct pollfd p = {.fd = mailbox_fd(box), .events = POLLIN};
	const long long until = clock_ms() + ms;

	while (clock_ms() < until) {
		if (mailbox_take(box, ev))
			return true;
		poll(&p, 1, 100);
	}
	return false;
}

static struct receipt_job *kick_job(enum config_sensor sensor)
{
	struct receipt_job *job = calloc(1, sizeof(*job));
	struct config config;

	assert_non_null(job);
	config_init(&config);
	config.drawer.pin = 2;
	config.drawer.sensor = sensor;
	job->seq = SEQ;
	job->kick = true;
	receipt_job_settings(job, &config);
	escpos_drawer_kick(&job->how_kicked, job->bytes);
	job->len = ESCPOS_KICK_BYTES;
	return job;
}

struct rig {
	struct far_end far;
	struct printing printing;
	struct mailbox *box;
	struct workers *workers;
};

static void rig_start(struct rig *r, enum config_sensor sensor)
{
	struct err err = {0};
	char spec[96];

	start(&r->far);
	snprintf(spec, sizeof(spec), "serial:%s:115200:none", r->far.node);
	assert_true(printing_open(&r->printing, spec, "/d", false, &err));
	r->box = mailbox_new(&err);
	r->workers = workers_start(r->box, &r->printing, &err);
	assert_non_null(r->workers);
	assert_true(workers_print(r->workers, kick_job(sensor), &err));
}

static void rig_end(struct rig *r)
{
	workers_stop(r->workers);
	mailbox_free(r->box);
	end(&r->far);
}

static void it_is_seen_open_and_shut_again(void **state)
{
	static struct event ev;
	static struct rig r;

	(void)state;
	rig_start(&r, CONFIG_SENSOR_HIGH);
	assert_true(next(r.box, &ev, WAIT_MS));
	assert_int_equal(ev.kind, EV_PRINT);
	assert_int_equal(ev.print.state, PRINT_PRINTED);
	assert_true(next(r.box, &ev, WAIT_MS));
	assert_int_equal(ev.kind, EV_DRAWER);
	assert_true(ev.drawer.open);
	assert_int_equal(ev.drawer.seq, SEQ);
	r.far.shut = true;
	assert_true(next(r.box, &ev, WAIT_MS));
	assert_int_equal(ev.kind, EV_DRAWER);
	assert_false(ev.drawer.open);
	assert_int_equal(ev.drawer.seq, SEQ);
	assert_in_range(ev.drawer.open_ms, 1, WAIT_MS);
	rig_end(&r);
}

/* Noise on the line is no hand that pushes it shut. */
static void a_lost_answer_says_nothing_of_it(void **state)
{
	static struct event ev;
	static struct rig r;

	(void)state;
	rig_start(&r, CONFIG_SENSOR_HIGH);
	assert_true(next(r.box, &ev, WAIT_MS));
	assert_int_equal(ev.kind, EV_PRINT);
	assert_true(next(r.box, &ev, WAIT_MS));
	assert_int_equal(ev.kind, EV_DRAWER);
	assert_true(ev.drawer.open);
	r.far.mute = 1;
	while (r.far.mute > 0)
		poll(NULL, 0, 20);
	assert_false(next(r.box, &ev, 1500));
	r.far.shut = true;
	assert_true(next(r.box, &ev, WAIT_MS));
	assert_int_equal(ev.kind, EV_DRAWER);
	assert_false(ev.drawer.open);
	rig_end(&r);
}

/* No word of it: the book is not told that it was open. */
static void one_that_does_not_open_is_not_told_of(void **state)
{
	static struct event ev;
	static struct rig r;

	(void)state;
	rig_start(&r, CONFIG_SENSOR_HIGH);
	r.far.stuck = true;
	assert_true(next(r.box, &ev, WAIT_MS));
	assert_int_equal(ev.kind, EV_PRINT);
	assert_false(next(r.box, &ev, 1500));
	rig_end(&r);
}

static void without_a_sensor_nobody_asks(void **state)
{
	static struct event ev;
	static struct rig r;

	(void)state;
	rig_start(&r, CONFIG_SENSOR_NONE);
	assert_true(next(r.box, &ev, WAIT_MS));
	assert_int_equal(ev.kind, EV_PRINT);
	assert_false(next(r.box, &ev, 1200));
	rig_end(&r);
}

/*
 * Workers start this very program once more to read images in: it must never
 * run the tests there, or each would start the next.
 */
int main(int argc, char **argv)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_seen_open_and_shut_again),
		cmocka_unit_test(a_lost_answer_says_nothing_of_it),
		cmocka_unit_test(one_that_does_not_open_is_not_told_of),
		cmocka_unit_test(without_a_sensor_nobody_asks),
	};

	if (argc == 2 && strcmp(argv[1], IMAGE_READER_ARG) == 0)
		return image_reader_child();
	if (argc != 1)
		return 2;
	return cmocka_run_group_tests_name("drawer_watch", tests, NULL, NULL);
}
