/*
 * A corrected list in the place of an earlier one: what of it is done, what
 * stays, and what is said about it.
 */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/str.h"
#include "db/db_internal.h"
#include "db/elsewhere.h"
#include "support/bookstore.h"
#include "support/liststore.h"
#include "support/tmpdir.h"
#include "support/verifier.h"

enum {
	MONTH = 500000,
	MORE = 650000,
	FUNERAL = 10800000,
	MAX_ROWS = 4,
	/* People's ids, in the order of the first list. */
	P1 = 1,
	P2 = 2
};

#define ID_1 "001145000001"
#define ID_2 "001145000002"
#define ID_3 "001145000003"

static int setup(void **state)
{
	static struct bookstore b;

	memset(&b, 0, sizeof(b));
	bookstore_make(&b);
	bookstore_shift(&b, 60);
	*state = &b;
	return 0;
}

static int teardown(void **state)
{
	bookstore_remove(*state);
	return 0;
}

static int rows_of(const struct listrow row[MAX_ROWS])
{
	int n = 0;

	while (n < MAX_ROWS && row[n].code)
		n++;
	return n;
}

/* corrects: 0, or the list whose place it takes. */
static bool put(struct bookstore *b, const struct listrow row[MAX_ROWS],
	int64_t corrects, bool check_only, struct list_result *out,
	struct err *err)
{
	const struct list_options options = {.count = -1,
		.sum = -1,
		.corrects = corrects,
		.check_only = check_only};
	struct liststore l = {.db = b->db, .session = b->hoa};

	assert_true(str_copy(l.dir, sizeof(l.dir), b->dir));
	return lists_import(b->db, &b->hoa,
		liststore_write(&l, "list.csv", row, rows_of(row), ','),
		&options, out, err);
}

static void take(struct bookstore *b, const struct listrow row[MAX_ROWS],
	int64_t corrects, struct list_result *out)
{
	struct err err = {0};

	if (!put(b, row, corrects, false, out, &err))
		fail_msg("%s", err.text);
	if (!out->taken)
		fail_msg("list not taken: %s %s", out->trouble[0].value,
			paylist_column_name(out->trouble[0].column));
}

static void pay(struct bookstore *b, int64_t person)
{
	struct payout p;

	bookstore_pay(b, person, &p);
	bookstore_hand(b, p.seq);
	b->payout = p.seq;
}

static void pay_and_void(struct bookstore *b, int64_t person)
{
	struct void_request v = {.reason = VOID_RECEIPT_LOST, .by = &b->hoa};
	struct refusal why;
	struct payout out;
	struct err err = {0};

	bookstore_pay(b, person, &out);
	bookstore_hand(b, out.seq);
	v.seq = out.seq;
	if (payouts_void(b->db, &b->lan, &v, &out, &why, &err) != VERDICT_DONE)
		fail_msg("%s", err.text);
}

/* What he is to be paid in cash now. */
static int64_t due_of(struct bookstore *b, int64_t person)
{
	struct person_due due;
	struct err err = {0};

	if (people_get(b->db, person, &due, &err) != LOOKUP_FOUND)
		fail_msg("%s", err.text);
	return due.due;
}

enum before {
	NOTHING,
	PAY_P1,
	VOID_P1
};

static const struct {
	const char *name;
	struct listrow first[MAX_ROWS];
	struct listrow second[MAX_ROWS];
	enum before before;
	int64_t people[LIST_FIX_KINDS]; /* added, gone, changed, kept */
	int64_t less;
	int64_t more;
	int64_t p1; /* due afterwards */
	int64_t p2;
} rows[] = {
	{"another amount is due", {{.code = "P1", .monthly = MONTH}},
		{{.code = "P1", .monthly = MORE}}, NOTHING, {0, 0, 1, 0}, 0,
		MORE - MONTH, MORE, -1},
	{"who is not on it any more is due nothing",
		{{.code = "P1", .monthly = MONTH},
			{.code = "P2", .monthly = MONTH}},
		{{.code = "P1", .monthly = MONTH}}, NOTHING, {0, 1, 0, 0},
		MONTH, 0, MONTH, 0},
	{"who is new on it is due", {{.code = "P1", .monthly = MONTH}},
		{{.code = "P1", .monthly = MONTH},
			{.code = "P2", .monthly = MONTH}},
		NOTHING, {1, 0, 0, 0}, 0, MONTH, MONTH, MONTH},
	{"a kind of money less",
		{{.code = "P1", .monthly = MONTH, .funeral = FUNERAL}},
		{{.code = "P1", .monthly = MONTH}}, NOTHING, {0, 0, 1, 0},
		FUNERAL, 0, MONTH, -1},
	{"a kind of money more", {{.code = "P1", .monthly = MONTH}},
		{{.code = "P1", .monthly = MONTH, .funeral = FUNERAL}}, NOTHING,
		{0, 0, 1, 0}, 0, FUNERAL, MONTH + FUNERAL, -1},
	{"arrears of another month",
		{{.code = "P1", .arrears = 1000, .months = "2026-11"}},
		{{.code = "P1", .arrears = 1000, .months = "2026-10"}}, NOTHING,
		{0, 0, 1, 0}, 0, 0, 1000, -1},
	{"to the account, not in cash", {{.code = "P1", .monthly = MONTH}},
		{{.code = "P1", .monthly = MONTH, .account = true}}, NOTHING,
		{0, 0, 1, 0}, 0, 0, 0, -1},
	{"what is paid stays, and is named", {{.code = "P1", .monthly = MONTH}},
		{{.code = "P1", .monthly = MORE}}, PAY_P1, {0, 0, 0, 1}, 0, 0,
		0, -1},
	{"who was paid and is not on it any more is named",
		{{.code = "P1", .monthly = MONTH},
			{.code = "P2", .monthly = MONTH}},
		{{.code = "P2", .monthly = MONTH}}, PAY_P1, {0, 0, 0, 1}, 0, 0,
		0, MONTH},
	{"the month is paid, funeral money comes to it",
		{{.code = "P1", .monthly = MONTH}},
		{{.code = "P1", .monthly = MONTH, .funeral = FUNERAL}}, PAY_P1,
		{0, 0, 1, 0}, 0, FUNERAL, FUNERAL, -1},
	{"a payment that was taken back keeps its amount",
		{{.code = "P1", .monthly = MONTH}},
		{{.code = "P1", .monthly = MORE}}, VOID_P1, {0, 0, 0, 1}, 0, 0,
		MONTH, -1},
	{"paid as the corrected list has it is nothing to be said",
		{{.code = "P1", .monthly = MONTH},
			{.code = "P2", .monthly = MONTH}},
		{{.code = "P1", .monthly = MONTH},
			{.code = "P2", .monthly = MORE}},
		PAY_P1, {0, 0, 1, 0}, 0, MORE - MONTH, 0, MORE},
};

static void check(size_t i, struct bookstore *b)
{
	struct list_result r;

	take(b, rows[i].first, 0, &r);
	if (rows[i].before == PAY_P1)
		pay(b, P1);
	if (rows[i].before == VOID_P1)
		pay_and_void(b, P1);
	take(b, rows[i].second, 1, &r);
	for (int k = 0; k < LIST_FIX_KINDS; k++)
		if (r.fixes.people[k] != rows[i].people[k])
			fail_msg("%s: kind %d is %d people", rows[i].name, k,
				(int)r.fixes.people[k]);
	if (r.fixes.less != rows[i].less || r.fixes.more != rows[i].more)
		fail_msg("%s: %lld less, %lld more", rows[i].name,
			(long long)r.fixes.less, (long long)r.fixes.more);
	if (due_of(b, P1) != rows[i].p1)
		fail_msg("%s: P1 is due %lld", rows[i].name,
			(long long)due_of(b, P1));
	if (rows[i].p2 >= 0 && due_of(b, P2) != rows[i].p2)
		fail_msg("%s: P2 is due %lld", rows[i].name,
			(long long)due_of(b, P2));
	if (bookstore_number(b, "SELECT count(*) FROM list_fix") !=
		r.fixes.kept)
		fail_msg("%s: list_fix has other rows", rows[i].name);
}

static void what_a_corrected_list_does(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(rows); i++) {
		struct bookstore b = {.db = NULL};

		bookstore_make(&b);
		bookstore_shift(&b, 60);
		check(i, &b);
		bookstore_must_hold(&b);
		db_close(b.db);
		b.db = NULL;
		verifier_must_accept(b.dir);
		bookstore_remove(&b);
	}
}

static const struct listrow three[MAX_ROWS] = {{.code = "P1",
						       .id12 = ID_1,
						       .monthly = MONTH},
	{.code = "P2", .id12 = ID_2, .monthly = MONTH},
	{.code = "P3", .id12 = ID_3, .monthly = MONTH}};
static const struct listrow two_more[MAX_ROWS] = {{.code = "P1",
							  .id12 = ID_1,
							  .monthly = MORE},
	{.code = "P2", .id12 = ID_2, .monthly = MONTH}};

static void it_says_who_and_what(void **state)
{
	const struct list_fixed *f;
	struct list_result r;

	take(*state, three, 0, &r);
	assert_int_equal(r.firsts, 3);
	assert_string_equal(r.first[0].name, "Nguyễn Thị Đẹp");
	assert_int_equal(r.first[2].total, MONTH);
	assert_int_equal(r.fixes.kept, 0);
	pay(*state, P1);
	take(*state, two_more, 1, &r);
	assert_int_equal(r.same, 1);
	assert_int_equal(r.fixes.kept, 2);
	f = &r.fixes.at[0];
	assert_int_equal(f->kind, LIST_KEPT);
	assert_int_equal(f->kept, LIST_KEPT_PAID);
	assert_int_equal(f->row, 2);
	assert_int_equal(f->was, MONTH);
	assert_int_equal(f->now, MORE);
	assert_string_equal(f->name, "Nguyễn Thị Đẹp");
	f = &r.fixes.at[1];
	assert_int_equal(f->kind, LIST_GONE);
	assert_int_equal(f->row, 0);
	assert_int_equal(f->now, 0);
	assert_string_equal(f->name, "Nguyễn Thị Đẹp");
}

static void a_look_changes_nothing(void **state)
{
	struct bookstore *b = *state;
	struct list_result r;
	struct err err = {0};
	int64_t records;

	take(b, three, 0, &r);
	records = bookstore_number(b, "SELECT max(seq) FROM journal");
	assert_true(put(b, two_more, 1, true, &r, &err));
	assert_false(r.taken);
	assert_int_equal(r.fixes.people[LIST_GONE], 1);
	assert_int_equal(r.fixes.people[LIST_CHANGED], 1);
	assert_int_equal(due_of(b, P1), MONTH);
	assert_int_equal(bookstore_number(b, "SELECT max(seq) FROM journal"),
		records);
	assert_int_equal(bookstore_number(b, "SELECT count(*) FROM list_fix"),
		0);
}

/* What the second list left as it was stands on the first one; the third
 * comes in the place of both. */
static void a_list_is_corrected_twice(void **state)
{
	static const struct listrow third[MAX_ROWS] = {
		{.code = "P1", .id12 = ID_1, .monthly = MONTH}};
	struct bookstore *b = *state;
	struct list_result r;

	take(b, three, 0, &r);
	take(b, two_more, 1, &r);
	take(b, third, 2, &r);
	assert_int_equal(r.fixes.people[LIST_CHANGED], 1);
	assert_int_equal(r.fixes.people[LIST_GONE], 1);
	assert_int_equal(r.fixes.less, MORE - MONTH + MONTH);
	assert_int_equal(due_of(b, P1), MONTH);
	assert_int_equal(due_of(b, P2), 0);
	bookstore_must_hold(b);
}

/* Money of November that December carries over, and then does not. */
static void what_is_not_carried_over_any_more_is_due_again(void **state)
{
	static const struct listrow november[MAX_ROWS] = {
		{.code = "P1", .monthly = MONTH, .period = "2026-11"}};
	static const struct listrow december[MAX_ROWS] = {
		{.code = "P1", .monthly = MONTH, .carry = MONTH}};
	static const struct listrow corrected[MAX_ROWS] = {
		{.code = "P1", .monthly = MONTH}};
	static const struct listrow back[MAX_ROWS] = {
		{.code = "P1", .monthly = MORE, .carry = MONTH}};
	struct bookstore *b = *state;
	struct list_result r;

	take(b, november, 0, &r);
	take(b, december, 0, &r);
	assert_int_equal(due_of(b, P1), 2 * MONTH);
	take(b, corrected, 2, &r);
	assert_int_equal(due_of(b, P1), 2 * MONTH);
	assert_int_equal(bookstore_number(b, "SELECT count(*) FROM entitlement"
					     " WHERE carried_by IS NULL"),
		2);
	take(b, back, 3, &r);
	assert_int_equal(due_of(b, P1), MORE + MONTH);
	assert_int_equal(bookstore_number(b,
				 "SELECT carried_by FROM entitlement"
				 " WHERE list_period = 202611"),
		4);
}

static const struct {
	const char *name;
	int64_t corrects;
	const char *why;
} denials[] = {
	{"a list that is not here", 7, "is not here"},
	{"a list that was corrected before", 1, "corrected by a later one"},
};

static void which_lists_are_not_corrected(void **state)
{
	static const struct listrow last[MAX_ROWS] = {
		{.code = "P3", .id12 = ID_3, .monthly = MORE}};
	struct bookstore *b = *state;
	struct list_result r;

	take(b, three, 0, &r);
	take(b, two_more, 1, &r);
	for (size_t i = 0; i < COUNT_OF(denials); i++) {
		struct err err = {0};

		assert_false(put(b, last, denials[i].corrects, false, &r,
			&err));
		assert_int_equal(err.code, ERR_DENIED);
		if (!strstr(err.text, denials[i].why))
			fail_msg("%s: %s", denials[i].name, err.text);
	}
}

static void a_list_of_another_period_corrects_none(void **state)
{
	static const struct listrow other[MAX_ROWS] = {
		{.code = "P1", .monthly = MORE, .period = "2027-01"}};
	struct bookstore *b = *state;
	struct list_result r;
	struct err err = {0};

	take(b, three, 0, &r);
	assert_true(put(b, other, 1, false, &r, &err));
	assert_true(r.period_differs);
	assert_false(r.taken);
	assert_int_equal(due_of(b, P1), MONTH);
}

static void somebody_twice_in_a_corrected_list_is_an_error(void **state)
{
	static const struct listrow twice[MAX_ROWS] = {{.code = "P1",
							       .monthly = MORE},
		{.code = "P1", .monthly = MONTH},
		{.code = "P9", .monthly = MONTH},
		{.code = "P9", .monthly = MONTH}};
	struct list_result r;
	struct err err = {0};

	take(*state, three, 0, &r);
	assert_true(put(*state, twice, 1, false, &r, &err));
	assert_false(r.taken);
	assert_int_equal(r.errors, 2);
	assert_int_equal(r.trouble[0].row, 3);
	assert_int_equal(r.trouble[1].row, 5);
	assert_int_equal(due_of(*state, P1), MONTH);
}

/* A supplement of the same period stays: only the list that is named gives
 * way. */
static void another_list_of_the_period_stays(void **state)
{
	static const struct listrow supplement[MAX_ROWS] = {
		{.code = "P7", .monthly = MONTH}};
	static const struct listrow bad[MAX_ROWS] = {
		{.code = "P7", .monthly = MORE}};
	struct bookstore *b = *state;
	struct list_result r;
	struct err err = {0};

	take(b, three, 0, &r);
	take(b, supplement, 0, &r);
	take(b, two_more, 1, &r);
	assert_int_equal(due_of(b, 4), MONTH);
	assert_true(put(b, bad, 3, false, &r, &err));
	assert_int_equal(r.errors, 1);
	assert_int_equal(r.trouble[0].column, COL_MONTHLY_AMOUNT);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_a_corrected_list_does),
		cmocka_unit_test_setup_teardown(it_says_who_and_what, setup,
			teardown),
		cmocka_unit_test_setup_teardown(a_look_changes_nothing, setup,
			teardown),
		cmocka_unit_test_setup_teardown(a_list_is_corrected_twice,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			what_is_not_carried_over_any_more_is_due_again, setup,
			teardown),
		cmocka_unit_test_setup_teardown(which_lists_are_not_corrected,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			a_list_of_another_period_corrects_none, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			somebody_twice_in_a_corrected_list_is_an_error, setup,
			teardown),
		cmocka_unit_test_setup_teardown(
			another_list_of_the_period_stays, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
