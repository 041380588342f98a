/* The cash drawer: why it was opened without a payment, and how long open. */
#include "support/unit.h"

#include "db/db_internal.h"
#include "db/drawers.h"
#include "db/journal_internal.h"
#include "db/record_internal.h"
#include "db/shifts.h"
#include "support/bookstore.h"

static int setup(void **state)
{
	static struct bookstore b;

	bookstore_make(&b);
	bookstore_due(&b, 1, ENT_MONTH, BOOKSTORE_PERIOD, 500000, false);
	*state = &b;
	return 0;
}

static int teardown(void **state)
{
	bookstore_remove(*state);
	return 0;
}

static void opened_without_a_payment_it_says_why(void **state)
{
	static const enum drawer_reason reasons[] = {DRAWER_CHANGE,
		DRAWER_COUNT, DRAWER_STUCK, DRAWER_OTHER};
	struct bookstore *b = *state;
	struct refusal why;
	struct err err;

	bookstore_shift(b, 10);
	for (size_t i = 0; i < COUNT_OF(reasons); i++) {
		const char *finding;
		struct journal_row row;
		struct record r;
		uint64_t seq = 0;

		assert_int_equal(drawers_without(b->db, &b->lan, reasons[i],
					 &seq, &why, &err),
			VERDICT_DONE);
		assert_int_equal(journal_row(b->db, seq, &row, &err),
			LOOKUP_FOUND);
		assert_true(record_decode(row.body, row.len, &r, &finding));
		assert_int_equal(r.kind, JOURNAL_NULL);
		assert_int_equal(r.reason, reasons[i]);
		assert_int_equal(r.actor, 7);
	}
	bookstore_must_hold(b);
}

static void only_whose_drawer_it_is_opens_it(void **state)
{
	struct bookstore *b = *state;
	struct refusal why;
	struct err err;
	uint64_t seq = 0;

	assert_int_equal(drawers_without(b->db, &b->lan, DRAWER_CHANGE, &seq,
				 &why, &err),
		VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_NO_SHIFT);
	bookstore_shift(b, 10);
	assert_int_equal(drawers_without(b->db, &b->hoa, DRAWER_CHANGE, &seq,
				 &why, &err),
		VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_ROLE);
	assert_int_equal(seq, 0);
	assert_int_equal(bookstore_number(b,
				 "SELECT count(*) FROM drawer_open"),
		0);
	bookstore_must_hold(b);
}

static void how_long_it_stood_open_is_kept(void **state)
{
	struct bookstore *b = *state;
	struct payout p;
	struct err err;
	int64_t ms = -1;

	bookstore_shift(b, 10);
	bookstore_pay(b, 1, &p);
	assert_int_equal(drawers_open_ms(b->db, p.seq, &ms, &err),
		LOOKUP_ABSENT);
	assert_true(drawers_shut(b->db, p.seq, 12345, &err));
	assert_int_equal(drawers_open_ms(b->db, p.seq, &ms, &err),
		LOOKUP_FOUND);
	assert_int_equal(ms, 12345);
	/* A sensor that flutters does not make it shorter. */
	assert_true(drawers_shut(b->db, p.seq, 10, &err));
	bookstore_restart(b);
	assert_int_equal(drawers_open_ms(b->db, p.seq, &ms, &err),
		LOOKUP_FOUND);
	assert_int_equal(ms, 12345);
	assert_true(drawers_shut(b->db, p.seq - 1, -5, &err));
	assert_int_equal(drawers_open_ms(b->db, p.seq - 1, &ms, &err),
		LOOKUP_FOUND);
	assert_int_equal(ms, 0);
	bookstore_must_hold(b);
}

/* Of a record that is not there, nothing is kept. */
static void it_belongs_to_a_record(void **state)
{
	struct bookstore *b = *state;
	struct err err = {0};

	assert_false(drawers_shut(b->db, 999, 5, &err));
	assert_true(err.code != ERR_NONE);
}

#define ROW(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROW(opened_without_a_payment_it_says_why),
		ROW(only_whose_drawer_it_is_opens_it),
		ROW(how_long_it_stood_open_is_kept),
		ROW(it_belongs_to_a_record),
	};

	return cmocka_run_group_tests_name("drawers", tests, NULL, NULL);
}
