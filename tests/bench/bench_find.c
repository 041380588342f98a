/*
 * Finding people among 100,000, through the store as the program does it.
 * Beside: memmem() over the same folded names in one piece of memory, and a
 * bare look-up by primary key. Targets: by name p99 20 ms, by number 50 us.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/codec/viet.h"
#include "db/datakey_internal.h"
#include "db/people.h"
#include "support/liststore.h"
#include "support/manypeople.h"
#include "support/tmpdir.h"

enum {
	PEOPLE = 100000,
	NUMBERS = 20000,
	NAMES = 300
};

static struct person_found found[PEOPLE_MAX_FOUND];

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
	printf("find %-34s median %8.1f us, p99 %8.1f us%s\n", what, us[n / 2],
		us[n * 99 / 100], target);
}

static void must(bool ok, const struct err *err)
{
	if (ok)
		return;
	fprintf(stderr, "%s\n", err->text);
	exit(1);
}

static void time_query(struct db *db, const char *what, const char *query)
{
	static double us[NAMES];
	struct err err = {0};
	bool more;
	int count;

	for (int i = 0; i < NAMES; i++) {
		us[i] = now_us();
		must(people_find(db, query, found, 50, &count, &more, &err),
			&err);
		us[i] = now_us() - us[i];
	}
	print(what, us, NAMES, "");
}

/* A different person each time: whole names, numbers and their ends. */
static void time_people(struct db *db)
{
	static double us[NUMBERS];
	struct person_due due;
	struct manyperson p;
	struct err err = {0};
	bool more;
	int count;

	for (int i = 0; i < NUMBERS; i++) {
		manypeople_get(i * 7919 % PEOPLE, &p);
		us[i] = now_us();
		if (people_by_id12(db, p.id12, &due, &err) != LOOKUP_FOUND)
			must(false, &err);
		us[i] = now_us() - us[i];
	}
	print("by number, all that is due", us, NUMBERS, " (target 50)");
	for (int i = 0; i < NUMBERS; i++) {
		manypeople_get(i * 7919 % PEOPLE, &p);
		us[i] = now_us();
		must(people_find(db, p.id12 + 8, found, 50, &count, &more,
			     &err),
			&err);
		us[i] = now_us() - us[i];
	}
	print("by last four, some 14 people", us, NUMBERS, "");
	for (int i = 0; i < NAMES * 5; i++) {
		manypeople_get(i * 7919 % PEOPLE, &p);
		us[i] = now_us();
		must(people_find(db, p.name, found, 50, &count, &more, &err),
			&err);
		us[i] = now_us() - us[i];
	}
	print("by whole names", us, NAMES * 5, " (target 20000)");
}

/* The floor of a search by name: one pass over all of them. */
static void time_memory(void)
{
	static double us[NAMES];
	char *text = malloc((size_t)PEOPLE * VIET_NAME_SIZE);
	struct manyperson p;
	size_t len = 0;

	if (!text)
		exit(1);
	for (int i = 0; i < PEOPLE; i++) {
		manypeople_get(i, &p);
		viet_fold(p.name, text + len, VIET_NAME_SIZE);
		len += strlen(text + len) + 1;
	}
	for (int i = 0; i < NAMES; i++) {
		us[i] = now_us();
		if (memmem(text, len, " xyzzy", 6))
			exit(1);
		us[i] = now_us() - us[i];
	}
	print("(peer: memmem over all the names)", us, NAMES, "");
	free(text);
}

/* The floor of a search by number: a table with nothing else. */
static void time_bare(void)
{
	static double us[NUMBERS];
	sqlite3 *h = NULL;
	sqlite3_stmt *st = NULL;

	sqlite3_open(":memory:", &h);
	sqlite3_exec(h,
		"CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT);"
		"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
		" WHERE i < 100000) INSERT INTO t SELECT i, hex(i) FROM n",
		NULL, NULL, NULL);
	sqlite3_prepare_v2(h, "SELECT x FROM t WHERE id = ?1", -1, &st, NULL);
	for (int i = 0; i < NUMBERS; i++) {
		us[i] = now_us();
		sqlite3_bind_int(st, 1, 1 + i * 7919 % PEOPLE);
		if (sqlite3_step(st) != SQLITE_ROW)
			exit(1);
		sqlite3_reset(st);
		us[i] = now_us() - us[i];
	}
	print("(peer: bare primary key)", us, NUMBERS, "");
	sqlite3_finalize(st);
	sqlite3_close(h);
}

static void time_progress(struct db *db)
{
	struct err err = {0};
	double first = now_us();
	double again;
	int64_t done;
	int64_t all;

	must(people_progress(db, &done, &all, &err), &err);
	first = now_us() - first;
	again = now_us();
	must(people_progress(db, &done, &all, &err), &err);
	again = now_us() - again;
	printf("progress: first %.1f ms, then %.1f us\n", first / 1e3, again);
}

/*
 * From the PIN to the first search, beside Argon2id alone, with the cost that
 * `init` measures here. The store's key is that of all list stores.
 */
static void time_sign_in(const char *dir)
{
	const uint8_t salt[CRYPTO_SALT_SIZE] = {1};
	const struct crypto_pin_cost cost = {.passes = 3, .kibibytes = 65536};
	uint8_t key[CRYPTO_KEY_SIZE];
	struct err err = {0};
	double pin = now_us();
	double start;
	struct db *db;

	must(crypto_pin_key("246801", salt, cost, key, &err), &err);
	pin = now_us() - pin;
	db = db_open(dir, &err);
	must(db != NULL, &err);
	must(datakey_enter(db, liststore_key, &err), &err);
	start = now_us();
	must(people_prepare(db, &err), &err);
	start = now_us() - start;
	printf("sign-in to search-ready, %d people: %.0f ms, beside Argon2id"
	       " %.0f ms (target: 1500 more)\n",
		PEOPLE, (pin + start) / 1e3, pin / 1e3);
	db_close(db);
}

int main(void)
{
	struct liststore s;
	struct list_result r;
	struct err err = {0};
	char list[256];
	double first;
	bool more;
	int count;

	liststore_open(&s);
	tmpdir_path(s.dir, "many.csv", list, sizeof(list));
	if (!manypeople_write(list, PEOPLE, 202612))
		return 1;
	liststore_import(&s, list, &r);
	db_close(s.db);
	s.db = NULL;
	time_sign_in(s.dir);
	liststore_reopen(&s);
	first = now_us();
	must(people_find(s.db, "quach", found, 50, &count, &more, &err), &err);
	printf("find by name, the first time: %.1f ms\n",
		(now_us() - first) / 1e3);
	time_bare();
	time_people(s.db);
	time_memory();
	time_query(s.db, "by name: nguyen thi (26,000 people)", "nguyen thi");
	time_query(s.db, "by name: quach bich tuat (rare)", "quach bich tuat");
	time_query(s.db, "by name: n t d (beginnings)", "n t d");
	time_query(s.db, "by name: n (half of all)", "n");
	time_progress(s.db);
	liststore_close(&s);
	return 0;
}
