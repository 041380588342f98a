/*
 * A list of 100,000 rows into an empty store, validated, indexed, in the
 * journal, beside "sqlite3 .import" of the same file into a bare table: in
 * turns, medians. Target: at most 2.7 times, as people are sealed. BIG=1 adds 1,000,000 rows:
 * at most twelve times the 100,000, within 128 MiB.
 *
 * The same list as a workbook: at most four times the CSV, and no process
 * over 64 MiB. Both go the product's way, through the child in its sandbox;
 * this program is that child, too.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "drivers/lists/list_reader.h"
#include "support/liststore.h"
#include "support/manypeople.h"
#include "support/tmpdir.h"
#include "support/xlsxbook.h"

enum {
	ROUNDS = 7
};

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* What one import took. */
struct cost {
	double seconds;
	double cpu;      /* seconds of all its processes together */
	long kib;        /* peak of the process with the store */
	long reader_kib; /* of the one that takes the file apart */
};

static bool read_by_child(void *ctx, int fd, enum list_kind kind,
	const struct cells_sink *sink, char *sheet, struct err *err)
{
	(void)ctx;
	return list_reader_read(NULL, fd, kind, LIST_READER_IDLE_MS, sink,
		sheet, err);
}

/* Of this process, and of those that it has waited for. */
static double cpu(void)
{
	static const int who[] = {RUSAGE_SELF, RUSAGE_CHILDREN};
	double sum = 0;

	for (int i = 0; i < 2; i++) {
		struct rusage r;

		getrusage(who[i], &r);
		sum += (double)(r.ru_utime.tv_sec + r.ru_stime.tv_sec) +
		       (double)(r.ru_utime.tv_usec + r.ru_stime.tv_usec) / 1e6;
	}
	return sum;
}

/* In a process of its own: import and say what it took. */
static void ours(const char *list, int out)
{
	static const struct list_source source = {NULL, read_by_child};
	const struct list_options o = {.source = getenv("INPROC") ? NULL
								  : &source,
		.count = -1,
		.sum = -1};
	struct liststore s;
	struct list_result r;
	struct rusage used;
	struct cost cost;
	struct err err = {0};

	liststore_open(&s);
	cost.cpu = cpu();
	cost.seconds = now();
	if (!lists_import(s.db, &s.session, list, &o, &r, &err))
		fprintf(stderr, "%s\n", err.text);
	cost.seconds = now() - cost.seconds;
	cost.cpu = cpu() - cost.cpu;
	getrusage(RUSAGE_CHILDREN, &used);
	cost.reader_kib = used.ru_maxrss;
	getrusage(RUSAGE_SELF, &used);
	cost.kib = used.ru_maxrss;
	liststore_close(&s);
	if (!r.taken || write(out, &cost, sizeof(cost)) != sizeof(cost))
		_exit(1);
	_exit(0);
}

static struct cost time_ours(const char *list)
{
	struct cost cost = {0};
	int status;
	int ends[2];
	pid_t child;

	if (pipe(ends) != 0)
		exit(1);
	child = fork();
	if (child == 0)
		ours(list, ends[1]);
	if (child < 0 || waitpid(child, &status, 0) != child || status != 0 ||
		read(ends[0], &cost, sizeof(cost)) <= 0)
		exit(1);
	close(ends[0]);
	close(ends[1]);
	return cost;
}

static struct cost time_peer(const char *dir, const char *list)
{
	char bare[256];
	char import[300];
	struct cost cost = {.seconds = now(), .cpu = cpu()};
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
	cost.seconds = now() - cost.seconds;
	cost.cpu = cpu() - cost.cpu;
	unlink(bare);
	return cost;
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
	struct cost cost = {0};
	double our[ROUNDS];
	double peer[ROUNDS];
	double ratio[ROUNDS];
	double cpus[ROUNDS];

	for (int i = 0; i < ROUNDS; i++) {
		const struct cost other = time_peer(dir, list);

		cost = time_ours(list);
		our[i] = cost.seconds;
		peer[i] = other.seconds;
		ratio[i] = our[i] / peer[i];
		cpus[i] = cost.cpu / other.cpu;
	}
	printf("import 100,000 rows: %.2f s, sqlite3 .import %.2f s,"
	       " median ratio %.2f (target 2.7), of processor time %.2f,"
	       " %ld + %ld MiB\n",
		median(our, ROUNDS), median(peer, ROUNDS),
		median(ratio, ROUNDS), median(cpus, ROUNDS), cost.kib / 1024,
		cost.reader_kib / 1024);
	return median(our, ROUNDS);
}

/* In a process of its own, whose memory would count as ours. */
static void write_workbook(const char *book, const char *list)
{
	const pid_t child = fork();
	int status;

	if (child == 0) {
		xlsxbook_of_csv(book, list);
		_exit(0);
	}
	if (child < 0 || waitpid(child, &status, 0) != child || status != 0)
		exit(1);
}

static void as_a_workbook(const char *dir, const char *list)
{
	struct cost cost = {0};
	char book[256];
	double our[ROUNDS];
	double ratio[ROUNDS];

	tmpdir_path(dir, "list.xlsx", book, sizeof(book));
	write_workbook(book, list);
	for (int i = 0; i < ROUNDS; i++) {
		const double csv = time_ours(list).seconds;

		cost = time_ours(book);
		our[i] = cost.seconds;
		ratio[i] = our[i] / csv;
	}
	printf("import 100,000 rows XLSX: %.2f s, median ratio to CSV %.2f"
	       " (target 4.0), %ld + %ld MiB (target 64 each)\n",
		median(our, ROUNDS), median(ratio, ROUNDS), cost.kib / 1024,
		cost.reader_kib / 1024);
}

int main(int argc, char **argv)
{
	char dir[128];
	char list[256];
	double small;

	if (argc == 2 && strcmp(argv[1], LIST_READER_ARG) == 0)
		return list_reader_child();
	tmpdir_make(dir, sizeof(dir));
	tmpdir_path(dir, "list.csv", list, sizeof(list));
	if (!manypeople_write(list, 100000, 202612))
		return 1;
	small = hundred_thousand(dir, list);
	as_a_workbook(dir, list);
	if (getenv("BIG")) {
		struct cost cost;

		if (!manypeople_write(list, 1000000, 202612))
			return 1;
		cost = time_ours(list);
		printf("import 1,000,000 rows: %.1f s, %.1f times the 100,000"
		       " (target 12), %ld + %ld MiB (target 128)\n",
			cost.seconds, cost.seconds / small, cost.kib / 1024,
			cost.reader_kib / 1024);
	}
	tmpdir_remove(dir);
	return 0;
}
