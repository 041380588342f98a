/*
 * Whom to visit among 100,000, a page at a time as the handheld asks. Beside:
 * the same list as a bare table with its index, names not locked, pages by
 * key, counts by GROUP BY. Targets: a page p99 20 ms wherever it begins; the
 * first question, once in a session, 2 s.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "db/rounds.h"
#include "support/liststore.h"
#include "support/manypeople.h"
#include "support/tmpdir.h"

enum {
	PEOPLE = 100000,
	ROWS = 18, /* of a page on a handheld */
	PAGES = 2000
};

static struct round_person page[ROWS];
static const struct session nobody;

static double now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int ascending(const void *a, const void *b)
{
	const double x = *(const double *)a;
	const double y = *(const double *)b;

	return (x > y) - (x < y);
}

static void print(const char *what, double *us, size_t n, const char *target)
{
	qsort(us, n, sizeof(*us), ascending);
	printf("rounds %-34s median %8.1f us, p99 %8.1f us%s\n", what,
		us[n / 2], us[n * 99 / 100], target);
}

static void must(bool ok, const struct err *err)
{
	if (ok)
		return;
	fprintf(stderr, "%s\n", err->text);
	exit(1);
}

/* Page after page from the first one on. */
static void time_pages(struct db *db, const char *what,
	const struct round_filter *f, const char *target)
{
	static double us[PAGES];
	struct round_cursor from = {.person = 0};
	struct err err = {0};
	bool before;
	bool after = true;
	size_t n = 0;
	int count;

	while (after && n < PAGES) {
		us[n] = now_us();
		must(rounds_page(db, &nobody, f, &from, page, ROWS, &count,
			     &before, &after, &err),
			&err);
		us[n] = now_us() - us[n];
		n++;
		if (count == 0)
			break;
		from = (struct round_cursor){.person = page[count - 1].id,
			.done = page[count - 1].done};
	}
	print(what, us, n, target);
}

/* From behind the end, where OFFSET would read all that is before. */
static void time_backwards(struct db *db)
{
	static double us[PAGES];
	const struct round_filter f = {.undone_first = true};
	struct round_cursor from = {.side = ROUND_BEFORE};
	struct err err = {0};
	bool before;
	bool after;
	int count;

	for (size_t i = 0; i < PAGES; i++) {
		us[i] = now_us();
		must(rounds_page(db, &nobody, &f, &from, page, ROWS, &count,
			     &before, &after, &err),
			&err);
		us[i] = now_us() - us[i];
		from = (struct round_cursor){.person = page[0].id,
			.done = page[0].done,
			.side = ROUND_BEFORE};
	}
	print("backwards from the end", us, PAGES, " (target 20000)");
}

static void time_hamlets(struct db *db)
{
	static struct round_hamlet h[ROWS];
	static double us[200];
	struct err err = {0};
	bool more;
	int count;

	for (size_t i = 0; i < 200; i++) {
		us[i] = now_us();
		must(rounds_hamlets(db, "", 0, h, ROWS, &count, &more, &err),
			&err);
		us[i] = now_us() - us[i];
	}
	print("hamlets with their counts", us, 200, "");
}

static void bare_table(sqlite3 *h)
{
	sqlite3_stmt *st = NULL;
	struct manyperson p;

	sqlite3_exec(h,
		"CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT, hamlet"
		" TEXT, result INTEGER); BEGIN",
		NULL, NULL, NULL);
	sqlite3_prepare_v2(h, "INSERT INTO t VALUES (?1, ?2, ?3, 0)", -1, &st,
		NULL);
	for (int i = 0; i < PEOPLE; i++) {
		char hamlet[32];

		manypeople_get(i, &p);
		snprintf(hamlet, sizeof(hamlet), "Thôn %d", i % 40);
		sqlite3_bind_int(st, 1, i + 1);
		sqlite3_bind_text(st, 2, p.name, -1, SQLITE_TRANSIENT);
		sqlite3_bind_text(st, 3, hamlet, -1, SQLITE_TRANSIENT);
		sqlite3_step(st);
		sqlite3_reset(st);
	}
	sqlite3_finalize(st);
	sqlite3_exec(h, "COMMIT; CREATE INDEX i ON t (hamlet, id)", NULL, NULL,
		NULL);
}

/* The floor: rows that lie ready, and nothing to open. */
static void time_bare(void)
{
	static double us[PAGES];
	char hamlet[32] = "";
	sqlite3_stmt *st = NULL;
	sqlite3 *h = NULL;
	int id = 0;

	sqlite3_open(":memory:", &h);
	bare_table(h);
	sqlite3_prepare_v2(h,
		"SELECT id, name, hamlet, result FROM t"
		" WHERE (hamlet, id) > (?1, ?2) ORDER BY hamlet, id LIMIT ?3",
		-1, &st, NULL);
	for (size_t i = 0; i < PAGES; i++) {
		us[i] = now_us();
		sqlite3_bind_text(st, 1, hamlet, -1, SQLITE_STATIC);
		sqlite3_bind_int(st, 2, id);
		sqlite3_bind_int(st, 3, ROWS);
		while (sqlite3_step(st) == SQLITE_ROW) {
			id = sqlite3_column_int(st, 0);
			snprintf(hamlet, sizeof(hamlet), "%s",
				(const char *)sqlite3_column_text(st, 2));
		}
		sqlite3_reset(st);
		us[i] = now_us() - us[i];
	}
	print("(peer: a bare table, by key)", us, PAGES, "");
	sqlite3_finalize(st);
	sqlite3_prepare_v2(h,
		"SELECT hamlet, count(*), sum(result = 1) FROM t"
		" GROUP BY hamlet",
		-1, &st, NULL);
	for (size_t i = 0; i < 200; i++) {
		us[i] = now_us();
		while (sqlite3_step(st) == SQLITE_ROW)
			;
		sqlite3_reset(st);
		us[i] = now_us() - us[i];
	}
	print("(peer: GROUP BY over it)", us, 200, "");
	sqlite3_finalize(st);
	sqlite3_close(h);
}

int main(void)
{
	const struct round_filter all = {.unit = ""};
	const struct round_filter undone = {.undone_first = true};
	const struct round_filter done = {.which = ROUND_DONE};
	const struct round_filter search = {.query = "nguyen thi"};
	struct round_counts c;
	struct liststore s;
	struct list_result r;
	struct err err = {0};
	char list[256];
	double first;

	liststore_open(&s);
	tmpdir_path(s.dir, "many.csv", list, sizeof(list));
	if (!manypeople_write(list, PEOPLE, 202612))
		return 1;
	liststore_import(&s, list, &r);
	first = now_us();
	must(rounds_counts(s.db, "", &c, &err), &err);
	printf("rounds, the first question over %lld people: %.0f ms"
	       " (target 2000)\n",
		(long long)c.people, (now_us() - first) / 1e3);
	time_bare();
	time_pages(s.db, "page after page", &all, " (target 20000)");
	time_pages(s.db, "the same, undone first", &undone, " (target 20000)");
	time_pages(s.db, "nobody is done: all are looked at", &done,
		" (target 20000)");
	time_pages(s.db, "nguyen thi among them", &search, " (target 20000)");
	time_backwards(s.db);
	time_hamlets(s.db);
	liststore_close(&s);
	return 0;
}
