/*
 * bench_screen.c - from exec to the first whole screen, and from a key to the
 * screen it paints, over a pseudo-terminal; beside htop, tig and calcurse in
 * the same run, in turns.
 *
 * "Painted" is the last byte of the first burst of output, a burst being
 * over when nothing more came for QUIET_MS. The store has 100,000 people.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "support/manypeople.h"
#include "support/tmpdir.h"

enum {
	ROUNDS = 15,
	KEYS = 200,
	PEOPLE = 100000,
	QUIET_MS = 120,
	PATIENCE_MS = 5000,
	ROWS = 25,
	COLS = 80
};

static double now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec * 1000 + (double)ts.tv_nsec / 1e6;
}

/* Read until it is quiet; when the last byte came, and how many there were. */
static double burst(int fd, int patience_ms, size_t *bytes)
{
	char buf[65536];
	double last = 0;
	struct pollfd in = {.fd = fd, .events = POLLIN};

	*bytes = 0;
	while (poll(&in, 1, *bytes ? QUIET_MS : patience_ms) > 0) {
		const ssize_t n = read(fd, buf, sizeof(buf));

		if (n <= 0)
			break;
		last = now_ms();
		*bytes += (size_t)n;
	}
	return last;
}

static pid_t start(const char *const argv[], int *fd)
{
	struct winsize size = {.ws_row = ROWS, .ws_col = COLS};
	const pid_t pid = forkpty(fd, NULL, NULL, &size);

	if (pid == 0) {
		setenv("TERM", "xterm-256color", 1);
		setenv("LC_ALL", "C.UTF-8", 1);
		execvp(argv[0], (char *const *)argv);
		_exit(127);
	}
	return pid;
}

static void stop(pid_t pid, int fd, struct rusage *usage)
{
	int status;

	kill(pid, SIGKILL);
	close(fd);
	wait4(pid, &status, 0, usage);
}

struct rival {
	const char *name;
	const char *argv[8];
	double ms[ROUNDS];
	long rss_kib;
};

static void paint_once(struct rival *r, int round)
{
	struct rusage usage;
	size_t bytes;
	double began = now_ms();
	int fd;
	pid_t pid = start(r->argv, &fd);

	r->ms[round] = burst(fd, PATIENCE_MS, &bytes) - began;
	stop(pid, fd, &usage);
	r->rss_kib = usage.ru_maxrss;
}

static int by_value(const void *a, const void *b)
{
	const double x = *(const double *)a;
	const double y = *(const double *)b;

	return (x > y) - (x < y);
}

static double quantile(double *v, int n, double q)
{
	qsort(v, (size_t)n, sizeof(*v), by_value);
	return v[(int)((double)(n - 1) * q)];
}

static int run(const char *command)
{
	const int rc = system(command); /* fixed words and our own paths */

	if (rc != 0)
		fprintf(stderr, "bench: failed: %s\n", command);
	return rc;
}

static bool make_store(const char *chitra, const char *dir)
{
	char command[4096];
	char csv[300];

	tmpdir_path(dir, "list.csv", csv, sizeof(csv));
	if (!manypeople_write(csv, PEOPLE, 202612))
		return false;
	snprintf(command, sizeof(command),
		"%s init --data %s/d --point P --name Bench >/dev/null 2>&1 &&"
		" export CHITRA_PIN=246802 && %s user add --data %s/d"
		" --number 1 --name Lan --role supervisor >/dev/null &&"
		" %s import list %s --data %s/d --as 1 >/dev/null",
		chitra, dir, chitra, dir, chitra, csv, dir);
	return run(command) == 0;
}

static void bench_paint(struct rival *r, int count)
{
	double tig = 0;

	for (int round = 0; round < ROUNDS; round++)
		for (int i = 0; i < count; i++)
			paint_once(&r[i], round);
	for (int i = 0; i < count; i++) {
		const double median = quantile(r[i].ms, ROUNDS, 0.5);

		if (strcmp(r[i].name, "tig") == 0)
			tig = median;
		printf("first screen  %-9s %7.1f ms   peak %6.1f MiB\n",
			r[i].name, median, (double)r[i].rss_kib / 1024);
	}
	if (tig > 0)
		printf("first screen  chitra / tig  %.2f   (target 1.5)\n",
			quantile(r[0].ms, ROUNDS, 0.5) / tig);
}

static void bench_keys(struct rival *chitra)
{
	static double ms[KEYS];
	struct rusage usage;
	size_t total = 0;
	size_t bytes;
	int fd;
	pid_t pid = start(chitra->argv, &fd);

	burst(fd, PATIENCE_MS, &bytes);
	for (int i = 0; i < KEYS; i++) {
		const double began = now_ms();
		struct pollfd in = {.fd = fd, .events = POLLIN};
		char buf[65536];
		ssize_t n = 0;

		if (write(fd, i % 2 ? "\x7f" : "1", 1) != 1 ||
			poll(&in, 1, PATIENCE_MS) <= 0 ||
			(n = read(fd, buf, sizeof(buf))) <= 0)
			break;
		ms[i] = now_ms() - began;
		burst(fd, QUIET_MS, &bytes);
		total += (size_t)n + bytes;
	}
	stop(pid, fd, &usage);
	printf("key to paint  median %.2f ms  p99 %.2f ms (target 50)  "
	       "%zu bytes a key (target 2048)\n",
		quantile(ms, KEYS, 0.5), quantile(ms, KEYS, 0.99),
		total / KEYS);
}

int main(void)
{
	char dir[256];
	char data[300];
	const char *build = getenv("BUILD");
	char chitra[300];
	bool made;
	struct rival rivals[] = {
		{.name = "chitra", .argv = {chitra, "--data", data, NULL}},
		{.name = "tig", .argv = {"tig", NULL}},
		{.name = "htop", .argv = {"htop", NULL}},
		{.name = "calcurse",
			.argv = {"calcurse", "-q", "-D", dir, "-C", dir, NULL}},
	};

	snprintf(chitra, sizeof(chitra), "%s/chitra",
		build ? build : "build/release");
	tmpdir_make(dir, sizeof(dir));
	snprintf(data, sizeof(data), "%s/d", dir);
	made = make_store(chitra, dir);
	if (made) {
		bench_paint(rivals, 4);
		bench_keys(&rivals[0]);
	}
	tmpdir_remove(dir);
	return made ? 0 : 1;
}
