/*
 * A list of 100,000 rows into an empty store, validated, indexed, in the
 * journal, beside "sqlite3 .import" of the same file into a bare table: in
 * turns, medians. Target: at most twice its time. BIG=1 adds 1,000,000 rows:
 * at most twelve times the 100,000, within 128 MiB.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "support/liststore.h"
#include "support/manypeople.h"
#include "support/tmpdir.h"

enum {
	ROUNDS = 7
};

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* In the child: import and say how long it took. */
static void ours(const char *list, int out)
{
	struct liststore s;
	struct list_result r;
	double took;

	liststore_open(&s);
	took = now();
	liststore_import(&s, list, &r);
	took = now() - took;
	liststore_close(&s);
	if (!r.taken || write(out, &took, sizeof(took)) != sizeof(took))
		_exit(1);
	_exit(0);
}

/* Seconds of one import, in a process of its own; *kib: its peak memory. */
static double time_ours(const char *list, long *kib)
{
	struct rusage used;
	double took = 0;
	int status;
	int ends[2];
	pid_t child;

	if (pipe(ends) != 0)
		exit(1);
	child = fork();
	if (child == 0)
		ours(list, ends[1]);
	if (child < 0 || wait4(child, &status, 0, &used) != child ||
		status != 0 || read(ends[0], &took, sizeof(took)) <= 0)
		exit(1);
	close(ends[0]);
	close(ends[1]);
	*kib = used.ru_maxrss;
	return took;
}

static double time_peer(const char *dir, const char *list)
{
	char bare[256];
	char import[300];
	double start = now();
	int status;
	pid_t child;

	tmpdir_path(dir, "bare.db", bare, sizeof(bare));
	snprintf(import, sizeof(import), ".import %s bare", list);
	child = fork();
	if (child == 0) {
		execlp("sqlite3", "sqlite3", bare, ".mode csv", import,
			(char *)NULL);
		_exit(1);
	}
	if (child < 0 || waitpid(child, &status, 0) != child || status != 0)
		exit(1);
	start = now() - start;
	unlink(bare);
	return start;
}

static int ascending(const void *a, const void *b)
{
	const double x = *(const double *)a;
	const double y = *(const double *)b;

	return (x > y) - (x < y);
}

static double median(double *x, size_t n)
{
	qsort(x, n, sizeof(*x), ascending);
	return x[n / 2];
}

/* Returns our median. */
static double hundred_thousand(const char *dir, const char *list)
{
	double our[ROUNDS];
	double peer[ROUNDS];
	double ratio[ROUNDS];
	long kib = 0;

	for (int i = 0; i < ROUNDS; i++) {
		peer[i] = time_peer(dir, list);
		our[i] = time_ours(list, &kib);
		ratio[i] = our[i] / peer[i];
	}
	printf("import 100,000 rows: %.2f s, sqlite3 .import %.2f s,"
	       " median ratio %.2f (target 2.0), %ld MiB\n",
		median(our, ROUNDS), median(peer, ROUNDS),
		median(ratio, ROUNDS), kib / 1024);
	return median(our, ROUNDS);
}

int main(void)
{
	char dir[128];
	char list[256];
	double small;

	tmpdir_make(dir, sizeof(dir));
	tmpdir_path(dir, "list.csv", list, sizeof(list));
	if (!manypeople_write(list, 100000, 202612))
		return 1;
	small = hundred_thousand(dir, list);
	if (getenv("BIG")) {
		double took;
		long kib;

		if (!manypeople_write(list, 1000000, 202612))
			return 1;
		took = time_ours(list, &kib);
		printf("import 1,000,000 rows: %.1f s, %.1f times the 100,000"
		       " (target 12), %ld MiB (target 128)\n",
			took, took / small, kib / 1024);
	}
	tmpdir_remove(dir);
	return 0;
}
