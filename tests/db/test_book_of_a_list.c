/* From the list as it arrives to money handed over, and what may be erased. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/codec/cbor.h"
#include "core/str.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/lists.h"
#include "support/bookstore.h"
#include "support/manypeople.h"
#include "support/tmpdir.h"

enum {
	PEOPLE = 40
};

static int setup(void **state)
{
	static struct bookstore b;
	static struct list_result result;
	const struct list_options options = {.count = -1, .sum = -1};
	char path[512];
	struct err err = {0};

	bookstore_make(&b);
	tmpdir_path(b.dir, "list.csv", path, sizeof(path));
	assert_true(manypeople_write(path, PEOPLE, BOOKSTORE_PERIOD));
	if (!lists_import(b.db, &b.hoa, path, &options, &result, &err) ||
		!result.taken)
		fail_msg("%s", err.text);
	bookstore_shift(&b, 2000);
	*state = &b;
	return 0;
}

static int teardown(void **state)
{
	bookstore_remove(*state);
	return 0;
}

/* Pay row i of the list; false if the account pays him. */
static bool pay_row(struct bookstore *b, int i, struct payout *out)
{
	struct pay_request r = {.payee = PAYEE_SELF};
	struct manyperson wanted;
	struct person_due due;
	struct refusal why;
	struct err err = {0};
	enum verdict v;

	manypeople_get(i, &wanted);
	assert_int_equal(people_by_id12(b->db, wanted.id12, &due, &err),
		LOOKUP_FOUND);
	r.person = due.person.id;
	payouts_uid(r.uid);
	v = payouts_pay(b->db, &b->lan, &r, out, &why, &err);
	if (wanted.account) {
		assert_int_equal(v, VERDICT_REFUSED);
		assert_int_equal(why.code, REFUSED_BY_ACCOUNT);
		return false;
	}
	if (v != VERDICT_DONE)
		fail_msg("%s %s", refusal_code_name(why.code), err.text);
	assert_int_equal(out->amount,
		wanted.monthly + wanted.arrears + wanted.funeral);
	assert_string_equal(out->person.name, wanted.name);
	bookstore_hand(b, out->seq);
	assert_int_equal(people_by_id12(b->db, wanted.id12, &due, &err),
		LOOKUP_FOUND);
	assert_int_equal(due.due, 0);
	assert_int_equal(due.paid, out->amount);
	assert_int_equal(due.last_seq, out->seq);
	return true;
}

static void everybody_on_the_list_is_paid_once_I1_I2_I7(void **state)
{
	struct bookstore *b = *state;
	struct journal_head head;
	struct shift shift;
	struct payout out;
	struct err err;
	int64_t sum = 0;
	int64_t all;
	int64_t done;
	int paid = 0;

	for (int i = 0; i < PEOPLE; i++)
		if (pay_row(b, i, &out)) {
			sum += out.amount;
			paid++;
		}
	assert_true(paid > PEOPLE / 2);
	assert_true(journal_head(b->db, &head, &err));
	assert_int_equal(head.totals.paid_gross, sum);
	assert_int_equal(head.totals.payments, paid);
	assert_int_equal(shifts_current(b->db, &shift, &err), LOOKUP_FOUND);
	assert_int_equal(shift.expected, shift.float_in - sum);
	assert_true(people_progress(b->db, &done, &all, &err));
	assert_int_equal(done, all);
	bookstore_must_hold(b);
	bookstore_crash(b);
	bookstore_open(b);
	bookstore_must_hold(b);
}

/* I4: one receipt a payment, each with a code of its own. */
static void receipts_and_payments_are_one_to_one_I4(void **state)
{
	struct bookstore *b = *state;
	struct payout out;
	int64_t paid = 0;

	for (int i = 0; i < PEOPLE; i++)
		paid += pay_row(b, i, &out);
	assert_int_equal(bookstore_number(b,
				 "SELECT count(DISTINCT code) FROM payout"),
		paid);
	assert_int_equal(bookstore_number(b,
				 "SELECT count(*) FROM journal WHERE rsig IS"
				 " NOT NULL"),
		paid);
}

static bool file_has(struct bookstore *b, const void *bytes, size_t len)
{
	static char content[8 << 20];
	char path[512];
	size_t n;
	FILE *in;

	in = fopen(tmpdir_path(b->dir, "chitra.db", path, sizeof(path)), "rb");
	n = fread(content, 1, sizeof(content), in);
	fclose(in);
	return memmem(content, n, bytes, len) != NULL;
}

/* T69: personal data of one record are erased; the chain does not mind. */
static void T69_erased_data_are_gone_and_the_chain_holds(void **state)
{
	struct bookstore *b = *state;
	uint8_t sealed[64];
	char sql[96];
	sqlite3_stmt *st = NULL;
	struct payout out;
	struct err err;

	assert_true(pay_row(b, 0, &out) || pay_row(b, 1, &out));
	snprintf(sql, sizeof(sql),
		"SELECT substr(sealed, 1, 64) FROM pd WHERE seq = %llu",
		(unsigned long long)out.seq);
	sqlite3_prepare_v2(b->db->handle, sql, -1, &st, NULL);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	memcpy(sealed, sqlite3_column_blob(st, 0), sizeof(sealed));
	sqlite3_finalize(st);
	assert_true(db_checkpoint(b->db, &err));
	assert_true(file_has(b, sealed, sizeof(sealed)));
	snprintf(sql, sizeof(sql), "DELETE FROM pd WHERE seq = %llu",
		(unsigned long long)out.seq);
	bookstore_sql(b, sql);
	assert_true(db_checkpoint(b->db, &err));
	assert_false(file_has(b, sealed, sizeof(sealed)));
	bookstore_must_hold(b);
}

/* V27: who has the centre's key opens the blob, and it fits the record. */
static void the_centre_can_open_what_was_committed_to(void **state)
{
	struct bookstore *b = *state;
	uint8_t secret[CRYPTO_KEY_SIZE];
	uint8_t plain[2048];
	uint8_t hash[CRYPTO_HASH_SIZE];
	char sql[96];
	struct crypto_hash h;
	struct journal_row row;
	sqlite3_stmt *st = NULL;
	struct payout out;
	struct err err;
	size_t len;

	/* As if `init` had been told this key. */
	crypto_seal_pair_new(b->db->centre, secret);
	assert_true(pay_row(b, 0, &out) || pay_row(b, 1, &out));
	snprintf(sql, sizeof(sql), "SELECT sealed FROM pd WHERE seq = %llu",
		(unsigned long long)out.seq);
	sqlite3_prepare_v2(b->db->handle, sql, -1, &st, NULL);
	assert_int_equal(sqlite3_step(st), SQLITE_ROW);
	len = (size_t)sqlite3_column_bytes(st, 0);
	assert_true(crypto_seal_open(sqlite3_column_blob(st, 0), len,
		b->db->centre, secret, plain));
	sqlite3_finalize(st);
	len -= CRYPTO_SEAL_EXTRA;
	crypto_hash_start(&h);
	crypto_hash_add(&h, "CHTRPDC1", 8);
	crypto_hash_add(&h, plain, len);
	crypto_hash_end(&h, hash);
	assert_int_equal(journal_row(b->db, out.seq, &row, &err), LOOKUP_FOUND);
	assert_non_null(memmem(row.body, row.len, hash, sizeof(hash)));
	assert_true(cbor_is_canonical(plain + 32, len - 32));
	assert_non_null(memmem(plain, len, out.person.name,
		strlen(out.person.name)));
}

#define STORE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE(everybody_on_the_list_is_paid_once_I1_I2_I7),
		STORE(receipts_and_payments_are_one_to_one_I4),
		STORE(T69_erased_data_are_gone_and_the_chain_holds),
		STORE(the_centre_can_open_what_was_committed_to),
	};

	return cmocka_run_group_tests_name("list to book", tests, NULL, NULL);
}
