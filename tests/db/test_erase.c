/* One person's data, gone for good (T69), and counting people (T68). */
#include "support/unit.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/db_internal.h"
#include "db/erase.h"
#include "db/people.h"
#include "support/bookstore.h"
#include "support/tmpdir.h"

enum {
	DEP = 1,
	BINH = 2,
	MAX_BLOBS = 16
};

static const char dep[] = "001145000001";

static int setup(void **state)
{
	static struct bookstore b;

	bookstore_make(&b);
	*state = &b;
	return 0;
}

static int teardown(void **state)
{
	bookstore_remove(*state);
	return 0;
}

static void pay(struct bookstore *b, int64_t person)
{
	struct pay_request r = {.person = person,
		.payee = PAYEE_GUARDIAN,
		.review = REVIEW_NAME_MARKS,
		.payee_name = "Trần Thị Người Nhận",
		.payee_id = "001172000777"};
	struct payout out;
	struct refusal why;
	struct err err = {0};

	payouts_uid(r.uid);
	if (payouts_pay(b->db, &b->lan, &r, &out, &why, &err) != VERDICT_DONE)
		fail_msg("%s %s", refusal_code_name(why.code), err.text);
	bookstore_hand(b, out.seq);
}

/* Both are paid by a guardian, and one is noted as moved away. */
static void a_history(struct bookstore *b)
{
	struct refusal why;
	struct err err = {0};

	for (int64_t id = DEP; id <= BINH; id++)
		bookstore_due(b, id, ENT_MONTH, BOOKSTORE_PERIOD, 500000,
			false);
	bookstore_shift(b, 40);
	pay(b, DEP);
	pay(b, BINH);
	for (int64_t id = DEP; id <= BINH; id++)
		assert_int_equal(payouts_not_paid(b->db, &b->hoa, id,
					 NOT_PAID_MOVED, (struct date){0}, &why,
					 &err),
			VERDICT_DONE);
}

/* All that is sealed of somebody, to be looked for afterwards. */
struct blobs {
	unsigned char bytes[MAX_BLOBS][1200];
	size_t len[MAX_BLOBS];
	int count;
};

static void collect(struct bookstore *b, const char *sql, struct blobs *out)
{
	sqlite3_stmt *st = NULL;

	assert_int_equal(sqlite3_prepare_v2(b->db->handle, sql, -1, &st, NULL),
		SQLITE_OK);
	while (sqlite3_step(st) == SQLITE_ROW) {
		const size_t len = (size_t)sqlite3_column_bytes(st, 0);

		assert_true(out->count < MAX_BLOBS && len > 40 && len < 1200);
		memcpy(out->bytes[out->count], sqlite3_column_blob(st, 0), len);
		out->len[out->count++] = len;
	}
	sqlite3_finalize(st);
}

/* In how many of the store's files any half of them stands. */
static int hits(struct bookstore *b, const struct blobs *blobs)
{
	static const char *const files[] = {"chitra.db", "chitra.db-wal"};
	int found = 0;

	for (size_t f = 0; f < COUNT_OF(files); f++) {
		char path[512];
		FILE *in =
			fopen(tmpdir_path(b->dir, files[f], path, sizeof(path)),
				"rb");
		char *all = malloc(32 << 20);
		size_t len = 0;

		assert_non_null(all);
		if (in) {
			len = fread(all, 1, 32 << 20, in);
			fclose(in);
		}
		for (int i = 0; i < blobs->count; i++)
			found += memmem(all, len,
					 blobs->bytes[i] + blobs->len[i] / 2,
					 32) != NULL;
		free(all);
	}
	return found;
}

static enum erase_outcome erase(struct bookstore *b, struct erase_done *out)
{
	struct err err = {0};
	const enum erase_outcome got =
		erase_person(b->db, &b->hoa, dep, ERASE_REQUEST, out, &err);

	if (got == ERASE_FAILED)
		fail_msg("%s", err.text);
	return got;
}

static void T69_nothing_of_him_is_in_any_file(void **state)
{
	static struct blobs blobs;
	struct bookstore *b = *state;
	struct erase_done done;

	a_history(b);
	blobs.count = 0;
	collect(b, "SELECT sealed FROM person WHERE id = 1", &blobs);
	collect(b, "SELECT payee FROM payout WHERE person = 1", &blobs);
	collect(b, "SELECT sealed FROM pd WHERE person = 1", &blobs);
	collect(b, "SELECT sealed FROM review WHERE person = 1", &blobs);
	assert_int_equal(blobs.count, 6);
	assert_true(hits(b, &blobs) >= 6);
	assert_int_equal(erase(b, &done), ERASE_DONE);
	assert_int_equal(done.people, 1);
	assert_int_equal(done.records, 3); /* REVIEW, PAY, NOT_PAID */
	assert_int_equal(hits(b, &blobs), 0);
	bookstore_crash(b);
	assert_int_equal(hits(b, &blobs), 0);
	bookstore_open(b);
	bookstore_must_hold(b);
}

/* Money and book stay; so does everybody else. */
static void T69_money_stays_and_the_book_verifies(void **state)
{
	struct bookstore *b = *state;
	struct person_found found[5];
	struct erase_done done;
	struct person_due due;
	struct payout p;
	struct err err = {0};
	uint64_t seq;
	bool more;
	int count;

	a_history(b);
	assert_int_equal(erase(b, &done), ERASE_DONE);
	assert_int_equal(people_by_id12(b->db, dep, &due, &err), LOOKUP_ABSENT);
	assert_true(people_find(b->db, "dep", found, 5, &count, &more, &err));
	assert_int_equal(count, 1);
	assert_int_equal(found[0].id, BINH);
	seq = (uint64_t)bookstore_number(b,
		"SELECT seq FROM payout WHERE person = 1");
	assert_int_equal(payouts_get(b->db, seq, &p, &err), LOOKUP_FOUND);
	assert_int_equal(p.amount, 500000);
	assert_string_equal(p.person.name, "");
	assert_string_equal(p.payee_name, "");
	seq = (uint64_t)bookstore_number(b,
		"SELECT seq FROM payout WHERE person = 2");
	assert_int_equal(payouts_get(b->db, seq, &p, &err), LOOKUP_FOUND);
	assert_string_equal(p.payee_name, "Trần Thị Người Nhận");
	assert_int_equal(bookstore_number(b, "SELECT count(*) FROM pd"), 3);
	bookstore_must_hold(b);
	assert_int_equal(erase(b, &done), ERASE_NOBODY);
}

/* A store from before pd told whose it is. */
static void T69_records_of_an_older_store_are_found(void **state)
{
	struct bookstore *b = *state;
	struct erase_done done;

	a_history(b);
	bookstore_sql(b, "UPDATE pd SET person = NULL");
	assert_int_equal(erase(b, &done), ERASE_DONE);
	assert_int_equal(done.records, 3);
	assert_int_equal(bookstore_number(b, "SELECT count(*) FROM pd"), 3);
	bookstore_must_hold(b);
}

static void who_has_money_to_come_is_not_erased(void **state)
{
	struct bookstore *b = *state;
	struct erase_done done;
	struct payout out;
	struct err err = {0};

	bookstore_due(b, DEP, ENT_MONTH, BOOKSTORE_PERIOD, 500000, false);
	assert_int_equal(erase(b, &done), ERASE_DUE);
	bookstore_shift(b, 40);
	bookstore_pay(b, DEP, &out);
	assert_int_equal(erase(b, &done), ERASE_DUE);
	bookstore_hand(b, out.seq);
	assert_int_equal(erase_person(b->db, &b->lan, dep, ERASE_REQUEST, &done,
				 &err),
		ERASE_FAILED);
	assert_int_equal(err.code, ERR_DENIED);
	assert_int_equal(erase_person(b->db, &b->hoa, "001145999999",
				 ERASE_REQUEST, &done, &err),
		ERASE_NOBODY);
	assert_int_equal(erase(b, &done), ERASE_DONE);
}

static void T68_people_are_counted_without_signing_in(void **state)
{
	struct bookstore *b = *state;
	struct erase_counts n;
	struct erase_done done;
	struct err err = {0};

	a_history(b);
	assert_int_equal(erase(b, &done), ERASE_DONE);
	b->has_key = false;
	bookstore_restart(b);
	assert_true(erase_counts(b->db, &n, &err));
	assert_int_equal(n.people, 1);
	assert_int_equal(n.erased, 1);
	assert_int_equal(n.payouts, 2);
	assert_int_equal(n.lists, 1);
}

static void reasons_have_names(void **state)
{
	enum erase_reason r;

	(void)state;
	for (int i = ERASE_NO_REASON + 1; i < ERASE_REASONS; i++) {
		assert_true(erase_reason_parse(
			erase_reason_name((enum erase_reason)i), &r));
		assert_int_equal(r, i);
	}
	assert_false(erase_reason_parse("none", &r));
	assert_false(erase_reason_parse("", &r));
}

#define STORE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE(T69_nothing_of_him_is_in_any_file),
		STORE(T69_money_stays_and_the_book_verifies),
		STORE(T69_records_of_an_older_store_are_found),
		STORE(who_has_money_to_come_is_not_erased),
		STORE(T68_people_are_counted_without_signing_in),
		cmocka_unit_test(reasons_have_names),
	};

	return cmocka_run_group_tests_name("erase", tests, NULL, NULL);
}
