/*
 * Forms A and B over many records of 100,000 people (FORMS_RECORDS, 1,000,000
 * by default), in processor time. Beside: reading the same bodies of records,
 * and nothing else. Target: under 2 s.
 */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "db/db_internal.h"
#include "db/forms.h"
#include "db/sealed_internal.h"
#include "support/bookstore.h"

enum {
	PEOPLE = 100000,
	TIMES = 3
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

static double count(struct bookstore *b)
{
	const double begin = now_s();
	struct forms f;
	struct err err = {0};

	if (!forms_count(b->db, 202612, "", &f, &err)) {
		fprintf(stderr, "%s\n", err.text);
		exit(1);
	}
	if (f.sub[5].n[FORM_PEOPLE].until != PEOPLE)
		exit(1);
	return now_s() - begin;
}

int main(void)
{
	const char *text = getenv("FORMS_RECORDS");
	const long records = text ? strtol(text, NULL, 10) : 1000000;
	static struct bookstore b;
	struct payout p;

	bookstore_make(&b);
	bookstore_shift(&b, 60);
	bookstore_due(&b, 1, ENT_MONTH, 202612, 500000, false);
	bookstore_pay(&b, 1, &p);
	bookstore_sql(&b, "BEGIN");
	add_people(&b);
	add_records(&b, records);
	bookstore_sql(&b, "COMMIT");
	for (int i = 0; i < TIMES; i++) {
		printf("forms of %ld records, %d people: read alone %.2f s,",
			records, PEOPLE, read_bodies(&b));
		printf(" counted %.2f s\n", count(&b));
	}
	bookstore_remove(&b);
	return 0;
}
