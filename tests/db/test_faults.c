/* From when to when the printer did not work: in the book, once each. */
#include "support/unit.h"

#include <string.h>

#include "core/clock.h"
#include "db/db_internal.h"
#include "db/faults.h"
#include "db/journal_internal.h"
#include "db/record_internal.h"
#include "support/bookstore.h"

static int setup(void **state)
{
	static struct bookstore b;

	bookstore_make(&b);
	*state = &b;
	return 0;
}

static int teardown(void **state)
{
	clock_freeze_wall(-1);
	bookstore_remove(*state);
	return 0;
}

static uint64_t last(struct bookstore *b)
{
	return (uint64_t)bookstore_number(b, "SELECT max(seq) FROM journal");
}

static struct record record_at(struct bookstore *b, uint64_t seq)
{
	struct journal_row row;
	const char *finding;
	struct record r;
	struct err err;

	assert_int_equal(journal_row(b->db, seq, &row, &err), LOOKUP_FOUND);
	assert_true(record_decode(row.body, row.len, &r, &finding));
	return r;
}

static struct record newest(struct bookstore *b)
{
	return record_at(b, last(b));
}

static void it_begins_once_and_ends_once(void **state)
{
	struct bookstore *b = *state;
	const uint64_t before = last(b);
	struct record r;
	struct err err;

	assert_true(faults_end(b->db, &b->lan, FAULT_PRINTER, &err));
	assert_int_equal(last(b), before);
	for (int i = 0; i < 3; i++)
		assert_true(faults_begin(b->db, &b->lan, FAULT_PRINTER, &err));
	assert_int_equal(last(b), before + 1);
	r = newest(b);
	assert_int_equal(r.kind, JOURNAL_FAULT_BEGIN);
	assert_int_equal(r.reason, FAULT_PRINTER);
	assert_int_equal(r.actor, 7);
	for (int i = 0; i < 3; i++)
		assert_true(faults_end(b->db, &b->minh, FAULT_PRINTER, &err));
	assert_int_equal(last(b), before + 2);
	r = newest(b);
	assert_int_equal(r.kind, JOURNAL_FAULT_END);
	assert_int_equal(r.ref, before + 1);
	assert_int_equal(r.reason, FAULT_PRINTER);
	bookstore_must_hold(b);
}

static void a_restart_does_not_end_it(void **state)
{
	struct bookstore *b = *state;
	uint64_t seq = 0;
	struct err err;

	assert_true(faults_begin(b->db, &b->lan, FAULT_PRINTER, &err));
	bookstore_restart(b);
	assert_true(faults_open(b->db, FAULT_PRINTER, &seq, &err));
	assert_int_equal(seq, last(b));
	assert_true(faults_begin(b->db, &b->lan, FAULT_PRINTER, &err));
	assert_int_equal(seq, last(b));
	assert_true(faults_end(b->db, &b->lan, FAULT_PRINTER, &err));
	assert_true(faults_open(b->db, FAULT_PRINTER, &seq, &err));
	assert_int_equal(seq, 0);
	bookstore_must_hold(b);
}

/* ---- where the book refuses to pay, and pays again ------------------------- */

static struct pay_request request(struct bookstore *b, int64_t person)
{
	struct pay_request r = {.person = person, .payee = PAYEE_SELF};

	bookstore_due(b, person, ENT_MONTH, BOOKSTORE_PERIOD, 500000, false);
	payouts_uid(r.uid);
	return r;
}

static enum verdict pay(struct bookstore *b, const struct pay_request *r,
	struct refusal *why)
{
	struct payout out;
	struct err err;

	return payouts_pay(b->db, &b->lan, r, &out, why, &err);
}

static uint64_t open_fault(struct bookstore *b, enum fault f)
{
	uint64_t seq;
	struct err err;

	assert_true(faults_open(b->db, f, &seq, &err));
	return seq;
}

static void T07_a_full_disk_is_in_the_book_until_somebody_is_paid(void **state)
{
	struct bookstore *b = *state;
	const struct pay_request r = request(b, 1);
	struct refusal why;
	struct record end;
	uint64_t begun;

	bookstore_shift(b, 40);
	b->db->least_free = UINT64_MAX;
	assert_int_equal(pay(b, &r, &why), VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_DISK);
	begun = open_fault(b, FAULT_DISK);
	assert_int_equal(begun, last(b));
	assert_int_equal(newest(b).reason, FAULT_DISK);
	assert_int_equal(newest(b).actor, 7);
	assert_int_equal(pay(b, &r, &why), VERDICT_REFUSED);
	assert_int_equal(last(b), begun);
	b->db->least_free = 0;
	assert_int_equal(pay(b, &r, &why), VERDICT_DONE);
	end = record_at(b, last(b) - 1);
	assert_int_equal(end.kind, JOURNAL_FAULT_END);
	assert_int_equal(end.reason, FAULT_DISK);
	assert_int_equal(end.ref, begun);
	assert_int_equal(open_fault(b, FAULT_DISK), 0);
	bookstore_must_hold(b);
}

static void T13_a_wrong_clock_is_in_the_book_until_it_is_right(void **state)
{
	struct bookstore *b = *state;
	struct pay_request r = request(b, 1);
	const struct pay_request next = request(b, 2);
	const int64_t now = clock_wall_ms();
	struct refusal why;
	struct payout out;
	struct err err;
	uint64_t begun;

	bookstore_shift(b, 40);
	clock_freeze_wall(now - INT64_C(86400) * 1000);
	assert_int_equal(pay(b, &r, &why), VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_CLOCK);
	begun = open_fault(b, FAULT_CLOCK);
	assert_int_equal(begun, last(b));
	/* By two it may be paid; the clock is still wrong. */
	r.approver = &b->hoa;
	assert_int_equal(payouts_pay(b->db, &b->lan, &r, &out, &why, &err),
		VERDICT_DONE);
	bookstore_hand(b, out.seq);
	assert_int_equal(open_fault(b, FAULT_CLOCK), begun);
	clock_freeze_wall(now + 1000);
	assert_int_equal(pay(b, &next, &why), VERDICT_DONE);
	assert_int_equal(open_fault(b, FAULT_CLOCK), 0);
	assert_int_equal(record_at(b, last(b) - 1).ref, begun);
	bookstore_must_hold(b);
}

static void T13_whoever_vouches_for_the_clock_ends_it(void **state)
{
	struct bookstore *b = *state;
	const struct pay_request r = request(b, 1);
	struct refusal why;
	struct record end;
	struct err err;

	bookstore_shift(b, 40);
	clock_freeze_wall(clock_wall_ms() - INT64_C(86400) * 1000);
	assert_int_equal(pay(b, &r, &why), VERDICT_REFUSED);
	assert_true(journal_clock_set(b->db, &b->hoa, &err));
	end = newest(b);
	assert_int_equal(end.kind, JOURNAL_FAULT_END);
	assert_int_equal(end.reason, FAULT_CLOCK);
	assert_int_equal(end.actor, 1);
	bookstore_must_hold(b);
}

static void a_payment_without_a_printer_says_so(void **state)
{
	struct bookstore *b = *state;
	struct pay_request r = request(b, 1);
	const struct pay_request with = request(b, 2);
	struct refusal why;

	bookstore_shift(b, 40);
	r.no_printer = true;
	assert_int_equal(pay(b, &r, &why), VERDICT_DONE);
	assert_int_equal(newest(b).flags, JOURNAL_NO_PRINTER);
	bookstore_hand(b, last(b));
	assert_int_equal(pay(b, &with, &why), VERDICT_DONE);
	assert_int_equal(newest(b).flags, 0);
	bookstore_must_hold(b);
}

/* The hint beside the book is believed only where the book agrees. */
static void a_hint_that_lies_is_not_believed(void **state)
{
	static const char *const lies[] = {"1", "999", "x", "-3"};
	struct bookstore *b = *state;
	struct err err;
	uint64_t seq;

	for (size_t i = 0; i < COUNT_OF(lies); i++) {
		char sql[128];

		snprintf(sql, sizeof(sql),
			"INSERT INTO setting VALUES ('fault 2', '%s')"
			" ON CONFLICT (name) DO UPDATE SET value = '%s'",
			lies[i], lies[i]);
		bookstore_sql(b, sql);
		assert_true(faults_open(b->db, FAULT_PRINTER, &seq, &err));
		assert_int_equal(seq, 0);
	}
	assert_true(faults_begin(b->db, &b->lan, FAULT_PRINTER, &err));
	bookstore_must_hold(b);
}

#define ROW(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROW(it_begins_once_and_ends_once),
		ROW(a_restart_does_not_end_it),
		ROW(a_hint_that_lies_is_not_believed),
		ROW(T07_a_full_disk_is_in_the_book_until_somebody_is_paid),
		ROW(T13_a_wrong_clock_is_in_the_book_until_it_is_right),
		ROW(T13_whoever_vouches_for_the_clock_ends_it),
		ROW(a_payment_without_a_printer_says_so),
	};

	return cmocka_run_group_tests_name("faults", tests, NULL, NULL);
}
