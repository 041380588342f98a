/*
 * A disk that fails at every write and every sync in turn.
 *
 * What was said to be done is there after the next start; what was said to
 * have failed is there whole or not at all, and payouts_of_request() tells
 * which. Nothing is ever paid twice.
 */
#include "support/unit.h"

#include <string.h>

#include "db/db_internal.h"
#include "db/journal.h"
#include "support/bookstore.h"
#include "support/faultvfs.h"

enum {
	DEP = 1,
	BINH = 2
};

static void make(struct bookstore *b)
{
	bookstore_make(b);
	bookstore_due(b, DEP, ENT_MONTH, BOOKSTORE_PERIOD, 500000, false);
	bookstore_due(b, DEP, ENT_ARREARS, BOOKSTORE_PERIOD, 500000, false);
	bookstore_due(b, BINH, ENT_MONTH, BOOKSTORE_PERIOD, 500000, false);
	bookstore_shift(b, 40);
}

static enum verdict pay(struct bookstore *b, const struct pay_request *r,
	struct payout *out)
{
	struct refusal why;
	struct err err;

	return payouts_pay(b->db, &b->lan, r, out, &why, &err);
}

/* The store that the failed disk left behind, on a disk that is whole. */
static void start_again(struct bookstore *b)
{
	faultvfs_arm(0);
	bookstore_crash(b);
	bookstore_open(b);
	bookstore_must_hold(b);
}

/* All of one payment, or nothing of it. */
static void assert_whole_or_nothing(struct bookstore *b, bool there)
{
	assert_int_equal(bookstore_number(b, "SELECT count(*) FROM payout"),
		there);
	assert_int_equal(bookstore_number(b, "SELECT count(*) FROM paid"),
		there ? 2 : 0);
	assert_int_equal(bookstore_number(b, "SELECT count(*) FROM pd"), there);
}

/* T08, T09: at the n-th write or sync of a PAY everything fails. */
static bool pay_on_a_failing_disk(int n)
{
	struct pay_request r = {.person = DEP, .payee = PAYEE_SELF};
	struct bookstore b;
	struct payout out;
	struct err err;
	enum verdict said;
	enum lookup found;
	bool tripped;

	make(&b);
	payouts_uid(r.uid);
	faultvfs_arm(n);
	said = pay(&b, &r, &out);
	tripped = faultvfs_tripped();
	assert_true(said == VERDICT_DONE || (tripped && said < 0));
	start_again(&b);
	found = payouts_of_request(b.db, r.uid, &out, &err);
	assert_int_not_equal(found, LOOKUP_FAILED);
	if (said == VERDICT_DONE)
		assert_int_equal(found, LOOKUP_FOUND);
	assert_whole_or_nothing(&b, found == LOOKUP_FOUND);
	if (found == LOOKUP_ABSENT) {
		assert_int_equal(pay(&b, &r, &out), VERDICT_DONE);
	} else {
		assert_int_equal(pay(&b, &r, &out), VERDICT_REFUSED);
		assert_int_equal(payouts_open(b.db, &out, &err), LOOKUP_FOUND);
	}
	bookstore_must_hold(&b);
	bookstore_remove(&b);
	return tripped;
}

static void T08_T09_a_payment_is_whole_or_not_at_all(void **state)
{
	int n = 1;

	(void)state;
	while (pay_on_a_failing_disk(n))
		n++;
	print_message("    %d writes and syncs\n", n - 1);
	assert_in_range(n, 5, 60);
}

static bool hand_on_a_failing_disk(int n)
{
	struct bookstore b;
	struct payout out;
	struct refusal why;
	struct err err;
	enum verdict said;
	bool tripped;

	make(&b);
	bookstore_pay(&b, DEP, &out);
	faultvfs_arm(n);
	said = payouts_handed(b.db, &b.lan, out.seq, &out, &why, &err);
	tripped = faultvfs_tripped();
	assert_true(said == VERDICT_DONE || (tripped && said < 0));
	start_again(&b);
	assert_int_equal(payouts_get(b.db, out.seq, &out, &err), LOOKUP_FOUND);
	if (said == VERDICT_DONE)
		assert_int_equal(out.state, PAYOUT_HANDED);
	if (out.state == PAYOUT_PAID)
		bookstore_hand(&b, out.seq);
	else
		assert_int_equal(payouts_recover(b.db, &b.lan, true, NULL, &out,
					 &why, &err),
			VERDICT_REFUSED);
	bookstore_must_hold(&b);
	bookstore_remove(&b);
	return tripped;
}

static void T06_T08_handing_over_is_whole_or_not_at_all(void **state)
{
	int n = 1;

	(void)state;
	while (hand_on_a_failing_disk(n))
		n++;
	assert_in_range(n, 4, 60);
}

/*
 * T09: the disk comes back while the program runs. The same process must ask
 * by uid; what it is told then must still be true after the next start.
 */
static bool ask_in_the_same_process(int n)
{
	struct pay_request r = {.person = DEP, .payee = PAYEE_SELF};
	struct bookstore b;
	struct payout out;
	struct err err;
	enum verdict said;
	enum lookup told;
	bool tripped;

	make(&b);
	payouts_uid(r.uid);
	faultvfs_arm(n);
	said = pay(&b, &r, &out);
	tripped = faultvfs_tripped();
	faultvfs_arm(0);
	told = payouts_of_request(b.db, r.uid, &out, &err);
	assert_int_not_equal(told, LOOKUP_FAILED);
	if (said == VERDICT_DONE)
		assert_int_equal(told, LOOKUP_FOUND);
	bookstore_crash(&b);
	bookstore_open(&b);
	assert_int_equal(payouts_of_request(b.db, r.uid, &out, &err), told);
	assert_whole_or_nothing(&b, told == LOOKUP_FOUND);
	bookstore_must_hold(&b);
	bookstore_remove(&b);
	return tripped;
}

static void T09_what_is_told_after_a_failure_stays_true(void **state)
{
	int n = 1;

	(void)state;
	while (ask_in_the_same_process(n))
		n++;
	assert_in_range(n, 5, 60);
}

/* T10: the disk stays away: nothing is paid, nothing dies. */
static void T10_a_disk_that_stays_away_kills_nothing(void **state)
{
	struct pay_request r = {.person = DEP, .payee = PAYEE_SELF};
	struct bookstore b;
	struct payout out;
	struct person_due due;
	struct shift shift;
	struct err err;

	(void)state;
	make(&b);
	payouts_uid(r.uid);
	faultvfs_arm(1);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(pay(&b, &r, &out), VERDICT_FAILED);
		payouts_of_request(b.db, r.uid, &out, &err);
		people_get(b.db, DEP, &due, &err);
		shifts_current(b.db, &shift, &err);
	}
	faultvfs_arm(0);
	assert_int_equal(payouts_of_request(b.db, r.uid, &out, &err),
		LOOKUP_ABSENT);
	assert_int_equal(pay(&b, &r, &out), VERDICT_DONE);
	bookstore_must_hold(&b);
	bookstore_remove(&b);
}

/* kill -9 after each step of a payout's life: the next start knows. */
static void T02_each_step_survives_a_kill(void **state)
{
	struct bookstore b;
	struct payout out;
	struct payout open;
	struct err err;
	bool first;

	(void)state;
	make(&b);
	bookstore_crash(&b);
	bookstore_open(&b);
	assert_int_equal(payouts_open(b.db, &open, &err), LOOKUP_ABSENT);
	bookstore_pay(&b, DEP, &out);
	bookstore_crash(&b);
	bookstore_open(&b);
	assert_int_equal(payouts_open(b.db, &open, &err), LOOKUP_FOUND);
	assert_true(payouts_print_begin(b.db, out.seq, &first, &err));
	bookstore_crash(&b);
	bookstore_open(&b);
	assert_true(payouts_print_result(b.db, &b.lan, out.seq, PRINT_PRINTED,
		&err));
	bookstore_crash(&b);
	bookstore_open(&b);
	assert_int_equal(payouts_open(b.db, &open, &err), LOOKUP_FOUND);
	assert_int_equal(open.print, PRINT_PRINTED);
	bookstore_hand(&b, out.seq);
	bookstore_crash(&b);
	bookstore_open(&b);
	assert_int_equal(payouts_open(b.db, &open, &err), LOOKUP_ABSENT);
	bookstore_must_hold(&b);
	bookstore_remove(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(T08_T09_a_payment_is_whole_or_not_at_all),
		cmocka_unit_test(T06_T08_handing_over_is_whole_or_not_at_all),
		cmocka_unit_test(T09_what_is_told_after_a_failure_stays_true),
		cmocka_unit_test(T10_a_disk_that_stays_away_kills_nothing),
		cmocka_unit_test(T02_each_step_survives_a_kill),
	};

	faultvfs_install();
	return cmocka_run_group_tests_name("faults", tests, NULL, NULL);
}
