/* What a supervisor should look at, counted from the records (T62). */
#include "support/unit.h"

#include <stdio.h>

#include "core/clock.h"
#include "core/date.h"
#include "db/db_internal.h"
#include "db/signs.h"
#include "support/bookstore.h"

static int setup(void **state)
{
	static struct bookstore b;

	bookstore_make(&b);
	for (int64_t id = 1; id <= 51; id++)
		bookstore_due(&b, id, ENT_MONTH, BOOKSTORE_PERIOD, 100000,
			false);
	bookstore_shift(&b, 40);
	*state = &b;
	return 0;
}

static int teardown(void **state)
{
	clock_freeze_wall(-1);
	bookstore_remove(*state);
	return 0;
}

static struct signs of(struct bookstore *b)
{
	struct signs s;
	struct err err;

	assert_int_equal(signs_of(b->db, 1, &s, &err), LOOKUP_FOUND);
	return s;
}

static void T62_fifty_payments_in_a_minute_are_seen(void **state)
{
	struct bookstore *b = *state;
	struct payout p;
	struct signs s;

	for (int64_t id = 1; id <= 50; id++) {
		bookstore_pay(b, id, &p);
		bookstore_hand(b, p.seq);
	}
	s = of(b);
	assert_int_equal(s.payouts, 50);
	assert_int_equal(s.quick, 49);
	assert_int_equal(signs_sum(&s), 49);
}

static void voids_and_sheets_are_told_apart(void **state)
{
	struct bookstore *b = *state;
	struct pay_request sheet = {.person = 3,
		.payee = PAYEE_SELF,
		.pad = "7",
		.given_at = clock_wall_ms() - 60000};
	struct void_request back = {.reason = VOID_RECEIPT_LOST, .by = &b->hoa};
	struct refusal why;
	struct payout p;
	struct signs s;
	struct err err;

	bookstore_pay(b, 1, &p);
	assert_int_equal(payouts_not_handed(b->db, &b->lan, p.seq, NULL, &p,
				 &why, &err),
		VERDICT_DONE);
	/* Again, and alone: allowed, and seen. */
	bookstore_pay(b, 1, &p);
	bookstore_hand(b, p.seq);
	back.seq = p.seq;
	assert_int_equal(payouts_void(b->db, &b->lan, &back, &p, &why, &err),
		VERDICT_DONE);
	payouts_uid(sheet.uid);
	assert_int_equal(payouts_pay(b->db, &b->lan, &sheet, &p, &why, &err),
		VERDICT_DONE);
	s = of(b);
	assert_int_equal(s.payouts, 3);
	assert_int_equal(s.not_handed, 1);
	assert_int_equal(s.alone, 1);
	assert_int_equal(s.taken_back, 1);
	assert_int_equal(s.lost, 1);
	assert_int_equal(s.sheets, 1);
}

static void what_is_paid_outside_of_the_hours_is_seen(void **state)
{
	struct bookstore *b = *state;
	char hours[SIGNS_HOURS_SIZE];
	const int now = date_of_ms(clock_wall_ms()).hour;
	struct payout p;
	char sql[128];

	/* An hour that is not this one. */
	snprintf(hours, sizeof(hours), "%02d:00-%02d:00", now < 12 ? 20 : 2,
		now < 12 ? 21 : 3);
	bookstore_pay(b, 1, &p);
	assert_int_equal(of(b).outside, 0); /* no hours, none outside */
	snprintf(sql, sizeof(sql),
		"INSERT INTO setting VALUES ('hours', '%s')"
		" ON CONFLICT (name) DO UPDATE SET value = excluded.value",
		hours);
	bookstore_sql(b, sql);
	assert_int_equal(of(b).outside, 1);
}

static void hours_are_two_times(void **state)
{
	static const char *const bad[] = {"07:00", "7:00-17:30", "07:00-25:00",
		"17:30-07:00", "07:00-07:00", "07:60-17:30", "07.00-17.30",
		"07:00-17:300", "-"};
	int from;
	int to;

	(void)state;
	assert_true(signs_hours_parse("07:00-17:30", &from, &to));
	assert_int_equal(from, 420);
	assert_int_equal(to, 1050);
	assert_true(signs_hours_parse("00:00-24:00", &from, &to));
	assert_true(signs_hours_parse("", &from, &to));
	assert_int_equal(to, 1440);
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		if (signs_hours_parse(bad[i], &from, &to))
			fail_msg("%s", bad[i]);
}

static void a_shift_that_is_none_has_no_signs(void **state)
{
	struct bookstore *b = *state;
	struct signs s;
	struct err err;

	assert_int_equal(signs_of(b->db, 2, &s, &err), LOOKUP_ABSENT);
}

#define ROW(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROW(T62_fifty_payments_in_a_minute_are_seen),
		ROW(voids_and_sheets_are_told_apart),
		ROW(what_is_paid_outside_of_the_hours_is_seen),
		ROW(a_shift_that_is_none_has_no_signs),
		cmocka_unit_test(hours_are_two_times),
	};

	return cmocka_run_group_tests_name("signs", tests, NULL, NULL);
}
