/* The days on which a list is paid, and clocks that show none (T14, T15). */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/clock.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/record_internal.h"
#include "db/window_internal.h"
#include "support/bookstore.h"

enum {
	DEP = 1,
	BINH = 2
};

/* 2026-11-22 08:00 in Viet Nam; a year and a day later. */
static const int64_t morning = INT64_C(1795309200000);
static const int64_t ahead = INT64_C(1795309200000) + INT64_C(31622400000);

static struct day_row {
	const char *name;
	const char *window;
	int32_t period;
	int64_t now;
	bool has;
} days[] = {
	{"in the month of the list", "2:3", 202611, 1795309200000, true},
	{"two months before, as before Tet", "2:3", 202701, 1795309200000,
		true},
	{"three months before is too early", "2:3", 202702, 1795309200000,
		false},
	{"three months after", "2:3", 202608, 1795309200000, true},
	{"four months after is too late", "2:3", 202607, 1795309200000, false},
	{"across the year", "2:3", 202512, 1769900400000, true},
	{"the last hour of the last month, by the clock of Viet Nam", "2:3",
		202608, 1796057999000, true},
	{"the first of the next", "2:3", 202608, 1796058000000, false},
	{"a wider window", "24:24", 202411, 1795309200000, true},
	{"of its own month only", "0:0", 202610, 1795309200000, false},
};

static void run_day(void **state)
{
	const struct day_row *row = *state;
	struct db db = {.lock_fd = -1};

	assert_true(window_parse(row->window, &db.list_before, &db.list_after));
	assert_int_equal(window_has(&db, row->period, row->now), row->has);
	db.info.demo = true;
	assert_true(window_has(&db, row->period, row->now));
}

static void what_is_no_window_is_refused(void **state)
{
	static const char *const bad[] = {"2", "2:", ":3", "2:3:4", "-1:3",
		"2:1201", "two:three", "2 :3", "99999999:1"};
	int before;
	int after;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(bad); i++)
		if (window_parse(bad[i], &before, &after))
			fail_msg("%s", bad[i]);
	assert_true(window_parse("", &before, &after));
	assert_int_equal(before, WINDOW_BEFORE);
	assert_int_equal(after, WINDOW_AFTER);
}

static int setup(void **state)
{
	static struct bookstore b;
	struct err err;

	clock_freeze_wall(morning);
	bookstore_make(&b);
	bookstore_due(&b, DEP, ENT_MONTH, BOOKSTORE_PERIOD, 500000, false);
	bookstore_due(&b, BINH, ENT_MONTH, BOOKSTORE_PERIOD, 500000, false);
	assert_true(setting_put(b.db, "list_window", "", &err));
	bookstore_restart(&b);
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

static int64_t records(struct bookstore *b)
{
	return bookstore_number(b, "SELECT max(seq) FROM journal");
}

static enum refusal_code pay(struct bookstore *b, int64_t person,
	const struct session *by)
{
	struct pay_request r = {.person = person,
		.payee = PAYEE_SELF,
		.approver = by};
	struct refusal why = {0};
	struct payout out;
	struct err err = {0};

	payouts_uid(r.uid);
	if (payouts_pay(b->db, &b->lan, &r, &out, &why, &err) == VERDICT_FAILED)
		fail_msg("%s", err.text);
	if (why.code == REFUSED_NOT)
		bookstore_hand(b, out.seq);
	return why.code;
}

static enum sign_in sign_in(struct bookstore *b, const char *pin)
{
	struct sign_in_result result;
	struct session s;
	struct err err;

	return users_sign_in(b->db, 8, pin, &s, &result, &err);
}

static struct record last(struct bookstore *b)
{
	struct journal_row row;
	const char *finding;
	struct record r = {0};
	struct err err;

	assert_int_equal(journal_row(b->db, (uint64_t)records(b), &row, &err),
		LOOKUP_FOUND);
	assert_true(record_decode(row.body, row.len, &r, &finding));
	return r;
}

static void assert_clock(struct bookstore *b, uint64_t reason, uint64_t tq)
{
	const struct record r = last(b);

	assert_int_equal(r.kind, JOURNAL_CLOCK);
	assert_int_equal(r.reason, reason);
	assert_int_equal(r.tq, tq);
}

/* Nothing but CLOCK, whatever is tried. */
static void only_looking_is_allowed(struct bookstore *b)
{
	const struct notes n = {.pieces = {1}};
	const int64_t before = records(b);
	struct refusal why = {0};
	struct shift shift;
	struct session s;
	struct err err = {0};
	struct person_due due;

	assert_int_equal(pay(b, DEP, NULL), REFUSED_CLOCK_DAY);
	assert_int_equal(pay(b, DEP, &b->hoa), REFUSED_CLOCK_DAY);
	shifts_top_up(b->db, &b->lan, &n, &shift, &why, &err);
	assert_int_equal(why.code, REFUSED_CLOCK_DAY);
	payouts_not_paid(b->db, &b->lan, DEP, NOT_PAID_ABSENT, (struct date){0},
		&why, &err);
	assert_int_equal(why.code, REFUSED_CLOCK_DAY);
	assert_int_equal(users_add(b->db, &b->hoa,
				 &(struct user_new){44, "Mai", ROLE_AGENT,
					 "583920"},
				 &why, &err),
		VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_CLOCK_DAY);
	s = b->minh;
	assert_true(users_sign_out(b->db, &s, &err));
	assert_int_equal(records(b), before);
	assert_int_equal(people_get(b->db, DEP, &due, &err), LOOKUP_FOUND);
	assert_int_equal(sign_in(b, "246802"), SIGN_IN_DONE);
	assert_clock(b, CLOCK_NO_DAY, 0);
	assert_int_equal(sign_in(b, "246899"), SIGN_IN_WRONG_PIN);
	assert_clock(b, CLOCK_NO_DAY_PIN, 0);
	assert_int_equal(last(b).actor, 8);
	assert_int_equal(records(b), before + 2);
	bookstore_must_hold(b);
	bookstore_restart(b);
}

static void T14_a_year_ahead_nothing_is_paid_and_nothing_stays(void **state)
{
	struct bookstore *b = *state;

	clock_freeze_wall(ahead);
	only_looking_is_allowed(b);
	/* The clock is right again: nothing is behind, nobody is asked. */
	clock_freeze_wall(morning + 60000);
	assert_int_equal(pay(b, DEP, NULL), REFUSED_NOT);
	assert_int_equal(last(b).tq, 0);
	bookstore_must_hold(b);
}

static void T14_a_supervisor_vouches_for_old_lists(void **state)
{
	struct bookstore *b = *state;
	struct err err;

	clock_freeze_wall(ahead);
	assert_true(journal_clock_set(b->db, &b->hoa, &err));
	assert_int_equal(pay(b, DEP, NULL), REFUSED_LIST_DAY);
	assert_int_equal(pay(b, DEP, &b->minh), REFUSED_SECOND_PERSON);
	assert_int_equal(pay(b, DEP, &b->hoa), REFUSED_NOT);
	/* His word is good for a week. */
	clock_freeze_wall(ahead + INT64_C(8) * 86400 * 1000);
	assert_int_equal(pay(b, BINH, &b->hoa), REFUSED_CLOCK_DAY);
	bookstore_must_hold(b);
}

static void T14_a_new_list_makes_the_day(void **state)
{
	struct bookstore *b = *state;

	clock_freeze_wall(ahead);
	assert_int_equal(sign_in(b, "246802"), SIGN_IN_DONE);
	bookstore_due(b, DEP, ENT_MONTH, 202711, 540000, false);
	assert_int_equal(pay(b, DEP, NULL), REFUSED_NOT);
	/* Who is on the old list only is not paid without more ado. */
	assert_int_equal(pay(b, BINH, NULL), REFUSED_LIST_DAY);
	bookstore_must_hold(b);
}

static void T15_in_1970_only_looking_is_allowed(void **state)
{
	struct bookstore *b = *state;
	struct err err;

	clock_freeze_wall(86400000);
	only_looking_is_allowed(b);
	assert_false(journal_clock_set(b->db, &b->hoa, &err));
	assert_int_equal(err.code, ERR_DENIED);
	clock_freeze_wall(morning + 60000);
	assert_int_equal(pay(b, DEP, NULL), REFUSED_NOT);
	bookstore_must_hold(b);
}

/* The far end of what a 32-bit second holds, and what comes after it. */
static void T16_the_book_goes_past_2038_and_2100(void **state)
{
	static const struct {
		int64_t now;
		int32_t list;
	} at[] = {
		{INT64_C(2147483647000), 203801},
		{INT64_C(2147483649000), 203802},
		{INT64_C(4102444801000), 210001},
		{INT64_C(4107542399000), 210002},
	};
	struct bookstore *b = *state;

	for (size_t i = 0; i < COUNT_OF(at); i++) {
		clock_freeze_wall(at[i].now);
		bookstore_due(b, DEP, ENT_MONTH, at[i].list, 500000, false);
		assert_int_equal(pay(b, DEP, NULL), REFUSED_NOT);
		assert_int_equal(last(b).t, at[i].now);
	}
	bookstore_must_hold(b);
}

#define IN_STORE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	struct CMUnitTest tests[COUNT_OF(days) + 6] = {
		cmocka_unit_test(what_is_no_window_is_refused),
		IN_STORE(T14_a_year_ahead_nothing_is_paid_and_nothing_stays),
		IN_STORE(T14_a_supervisor_vouches_for_old_lists),
		IN_STORE(T14_a_new_list_makes_the_day),
		IN_STORE(T15_in_1970_only_looking_is_allowed),
		IN_STORE(T16_the_book_goes_past_2038_and_2100),
	};
	size_t n = 6;

	UNIT_ADD_ROWS(tests, &n, days, run_day);
	return cmocka_run_group_tests_name("window", tests, NULL, NULL);
}
