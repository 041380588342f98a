/*
 * What is read out of all the book, of many records of 100,000 people
 * (FORMS_RECORDS, 1,000,000 by default), in processor time and memory: forms A
 * and B, and beside them reading the same bodies of records and nothing else
 * (target: under 2 s), the board, exceptions. All of it stays under 128 MiB, or
 * the bench fails. The journal as a file, and copies: bench_long.
 */
#include <malloc.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "db/board.h"
#include "db/db_internal.h"
#include "db/exceptions.h"
#include "db/forms.h"
#include "db/sealed_internal.h"
#include "support/bookstore.h"
#include "support/peak.h"

enum {
	PEOPLE = 100000,
	TIMES = 3,
	MOST_KIB = 128 * 1024
};

static double now_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void add_people(struct bookstore *b)
{
	const struct sealed s = {.seq = 1,
		.birth = 19440902,
		.text = {[SEALED_CODE] = "B",
			[SEALED_NAME] = "Nguyễn Thị Đẹp",
			[SEALED_ADDRESS] = "Thôn 3, xã Cẩm Khê, tỉnh Phú Thọ",
			[SEALED_GROUP] = "NCC",
			[SEALED_SUBGROUP] = "thương binh"}};
	uint8_t locked[SEALED_SIZE];
	sqlite3_stmt *st = NULL;

	sqlite3_prepare_v2(b->db->handle,
		"INSERT INTO person (id, unit_code, list, period, code, sealed)"
		" VALUES (?1, 'U1', 1, 202612, ?1, :sealed)",
		-1, &st, NULL);
	for (int64_t id = 100; id < 100 + PEOPLE; id++) {
		sqlite3_bind_int64(st, 1, id);
		sealed_put(b->db, st, ":sealed", DATAKEY_PERSON, id, &s,
			locked);
		sqlite3_step(st);
		sqlite3_reset(st);
	}
	sqlite3_finalize(st);
}

/* Copies of a real PAY, each of somebody. */
static void add_records(struct bookstore *b, long records)
{
	char sql[600];

	snprintf(sql, sizeof(sql),
		"INSERT INTO journal (seq, body, h, sig) WITH RECURSIVE n(i) AS"
		" (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %ld)"
		" SELECT 1000 + i, (SELECT body FROM journal j JOIN payout p"
		"  ON p.seq = j.seq LIMIT 1), zeroblob(32), zeroblob(64) FROM "
		"n",
		records);
	bookstore_sql(b, sql);
	snprintf(sql, sizeof(sql),
		"INSERT INTO pd (seq, sealed, person) SELECT seq,"
		" zeroblob(300), 100 + seq %% %d FROM journal WHERE seq > 1000",
		PEOPLE);
	bookstore_sql(b, sql);
	snprintf(sql, sizeof(sql),
		"INSERT INTO entitlement (person, list_period, what, period,"
		" list, amount, months, by_account, ent) SELECT id, 202612, 1,"
		" 202612, 1, 500000, '', id %% 2, randomblob(16) FROM person"
		" WHERE id >= 100");
	bookstore_sql(b, sql);
}

static double read_bodies(struct bookstore *b)
{
	const double begin = now_s();

	bookstore_number(b, "SELECT sum(length(body)) FROM pd d"
			    " JOIN journal j ON j.seq = d.seq");
	return now_s() - begin;
}

/* ---- what reads all of it ------------------------------------------------- */

static bool count_forms(struct bookstore *b, struct err *err)
{
	struct forms f;

	return forms_count(b->db, 202612, "", &f, err) &&
	       f.sub[5].n[FORM_PEOPLE].until == PEOPLE;
}

static bool make_board(struct bookstore *b, struct err *err)
{
	const struct board_asked asked = {.period = 202612, .unit = ""};
	struct board *board = board_make(b->db, &asked, err);
	const bool ok = board && board->all.people >= PEOPLE;

	board_free(board);
	return ok;
}

static bool one_more(void *count, const struct exception *e)
{
	(void)e;
	++*(long *)count;
	return true;
}

static bool find_exceptions(struct bookstore *b, struct err *err)
{
	const struct daylog_range all = {.first = 1,
		.last = (uint64_t)bookstore_number(b,
			"SELECT max(seq) FROM journal")};
	long count = 0;

	return exceptions_each(b->db, &all, ~0U, one_more, &count, err);
}

static const struct {
	const char *name;
	bool (*run)(struct bookstore *b, struct err *err);
	int times;
} works[] = {
	{"forms A and B", count_forms, TIMES},
	{"the board", make_board, 1},
	{"exceptions", find_exceptions, 1},
};

/* False: more than may be. */
static bool measure(struct bookstore *b, int i)
{
	const long before = peak_begin();
	const double begin = now_s();
	struct err err = {0};
	long most;

	if (!works[i].run(b, &err)) {
		fprintf(stderr, "%s: %s\n", works[i].name, err.text);
		exit(1);
	}
	most = peak_kib();
	printf("%-22s %6.2f s, %5.1f MiB in memory (before %.1f)\n",
		works[i].name, now_s() - begin, (double)most / 1024,
		(double)before / 1024);
	return most <= MOST_KIB;
}

/* What the store kept in memory while it was filled is not measured. */
static void forget_filling(struct bookstore *b)
{
	bookstore_sql(b, "PRAGMA wal_checkpoint(TRUNCATE)");
	sqlite3_db_release_memory(b->db->handle);
	malloc_trim(0);
}

int main(void)
{
	const char *text = getenv("FORMS_RECORDS");
	const long records = text ? strtol(text, NULL, 10) : 1000000;
	static struct bookstore b;
	struct payout p;
	bool ok = true;

	bookstore_make(&b);
	bookstore_shift(&b, 60);
	bookstore_due(&b, 1, ENT_MONTH, 202612, 500000, false);
	bookstore_pay(&b, 1, &p);
	bookstore_sql(&b, "BEGIN");
	add_people(&b);
	add_records(&b, records);
	bookstore_sql(&b, "COMMIT");
	forget_filling(&b);
	printf("%ld records, %d people: bodies read alone %.2f s\n", records,
		PEOPLE, read_bodies(&b));
	for (size_t i = 0; i < sizeof(works) / sizeof(works[0]); i++)
		for (int k = 0; k < works[i].times; k++)
			ok = measure(&b, (int)i) && ok;
	bookstore_remove(&b);
	if (!ok)
		fprintf(stderr, "more than %d MiB\n", MOST_KIB / 1024);
	return ok ? 0 : 1;
}
