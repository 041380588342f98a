/*
 * A list as a supervisor looks at it: hamlet by hamlet, who took it, what it
 * corrected; its sums are those of `chitra lists`.
 */
#include "support/unit.h"

#include <string.h>

#include "core/str.h"
#include "db/datakey_internal.h"
#include "db/db_internal.h"
#include "db/list_look.h"
#include "db/reader.h"
#include "support/bookstore.h"
#include "support/liststore.h"

enum {
	MONTH = 500000,
	MORE = 650000,
	ROWS = 5
};

static const struct listrow first[ROWS] = {
	{.code = "P1", .seq = 1, .monthly = MONTH, .address = "Thôn 10, xã A"},
	{.code = "P2", .seq = 2, .monthly = MONTH, .address = "Thôn 2, xã A"},
	{.code = "P3", .seq = 3, .monthly = MONTH, .address = "thôn 02, xã A"},
	{.code = "P4",
		.seq = 4,
		.monthly = MONTH,
		.address = "Thôn 2, xã A",
		.account = true},
	{.code = "P5", .seq = 5, .monthly = MONTH, .address = "xã A"},
};

static void take(struct bookstore *b, const struct listrow *row, int rows,
	int64_t corrects)
{
	const struct list_options options = {.count = -1,
		.sum = -1,
		.corrects = corrects};
	static struct list_result result;
	struct liststore l = {.db = b->db, .session = b->hoa};
	struct err err = {0};

	assert_true(str_copy(l.dir, sizeof(l.dir), b->dir));
	if (!lists_import(b->db, &b->hoa,
		    liststore_write(&l, "list.csv", row, rows, ','), &options,
		    &result, &err))
		fail_msg("%s", err.text);
	assert_true(result.taken);
}

static int setup(void **state)
{
	static struct bookstore b;

	memset(&b, 0, sizeof(b));
	bookstore_make(&b);
	bookstore_shift(&b, 60);
	take(&b, first, ROWS, 0);
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
	struct payout p;

	bookstore_pay(b, person, &p);
	bookstore_hand(b, p.seq);
}

/* By a handle of its own, as the screen does. */
static struct list_look *look(struct bookstore *b, int64_t list)
{
	struct list_look *l = NULL;
	struct err err = {0};
	struct db *r = reader_open(b->db, &err);

	assert_non_null(r);
	if (list_look_one(r, list, &l, &err) != LOOKUP_FOUND)
		fail_msg("%s", err.text);
	reader_close(r);
	return l;
}

static void hamlets_are_in_order_and_written_one_way(void **state)
{
	struct list_look *l = look(*state, 1);

	assert_int_equal(l->hamlets, 3);
	assert_string_equal(l->hamlet[0].hamlet, "Thôn 2");
	assert_string_equal(l->hamlet[1].hamlet, "Thôn 10");
	assert_string_equal(l->hamlet[2].hamlet, "");
	assert_string_equal(l->hamlet[0].unit, "U1");
	list_look_free(l);
}

static void each_hamlet_says_who_is_paid_and_what_is_left(void **state)
{
	struct list_look *l;

	pay(*state, 2);
	l = look(*state, 1);
	assert_int_equal(l->hamlet[0].people, 3);
	assert_int_equal(l->hamlet[0].cash_people, 2);
	assert_int_equal(l->hamlet[0].done, 1);
	assert_int_equal(l->hamlet[0].cash, 2 * MONTH);
	assert_int_equal(l->hamlet[0].paid, MONTH);
	assert_int_equal(l->hamlet[0].by_account, MONTH);
	assert_int_equal(l->hamlet[1].done, 0);
	list_look_free(l);
}

static void hamlets_add_up_to_the_list(void **state)
{
	struct list_hamlet sum = {.people = 0};
	struct list_look *l;

	pay(*state, 1);
	pay(*state, 5);
	l = look(*state, 1);
	for (int i = 0; i < l->hamlets; i++) {
		sum.cash_people += l->hamlet[i].cash_people;
		sum.done += l->hamlet[i].done;
		sum.cash += l->hamlet[i].cash;
		sum.paid += l->hamlet[i].paid;
		sum.by_account += l->hamlet[i].by_account;
	}
	assert_int_equal(sum.cash_people, l->list.is.people);
	assert_int_equal(sum.done, l->list.is.people_paid);
	assert_int_equal(sum.cash, l->list.is.cash);
	assert_int_equal(sum.paid, l->list.is.paid);
	assert_int_equal(sum.by_account, l->list.is.by_account);
	assert_int_equal(sum.done, 2);
	list_look_free(l);
}

static void who_took_it_is_in_its_record(void **state)
{
	struct bookstore *b = *state;
	struct list_look *l = look(b, 1);

	assert_int_equal(l->list.actor, b->hoa.user.number);
	assert_string_equal(l->list.actor_name, b->hoa.user.name);
	list_look_free(l);
}

static void what_it_corrected_is_said_person_by_person(void **state)
{
	struct listrow second[ROWS - 1];
	struct list_look *l;

	pay(*state, 1);
	memcpy(second, first, sizeof(second));
	second[0].monthly = MORE; /* paid: stays as it was */
	second[1].monthly = MORE;
	/* The fifth is not on it any more. */
	take(*state, second, ROWS - 1, 1);
	l = look(*state, 2);
	assert_int_equal(l->list.is.replaces, 1);
	assert_int_equal(l->fixes, 3);
	assert_int_equal(l->kept, 3);
	assert_int_equal(l->fixed[LIST_ADDED], 0);
	assert_int_equal(l->fixed[LIST_GONE], 1);
	assert_int_equal(l->fixed[LIST_CHANGED], 1);
	assert_int_equal(l->fixed[LIST_KEPT], 1);
	assert_int_equal(l->more, MORE - MONTH);
	assert_int_equal(l->less, MONTH);
	assert_true(l->fix[0].name[0]);
	/* All of it stands under the new one, also what it left as it was:
	 * paid, changed, by account as before, and that of the third. */
	assert_int_equal(l->hamlets, 2);
	assert_int_equal(l->list.is.people, 3);
	assert_int_equal(l->list.is.people_paid, 1);
	assert_int_equal(l->list.is.cash, MONTH + MORE + MONTH);
	assert_int_equal(l->list.is.paid, MONTH);
	assert_int_equal(l->list.is.by_account, MONTH);
	assert_int_equal(l->hamlet[0].cash, MORE + MONTH);
	assert_int_equal(l->hamlet[0].people, 3);
	list_look_free(l);
	l = look(*state, 1);
	assert_int_equal(l->list.is.replaced_by, 2);
	assert_int_equal(l->list.is.cash, 0);
	assert_int_equal(l->hamlets, 0);
	assert_int_equal(l->fixes, 0);
	list_look_free(l);
}

static void all_of_them_are_there_the_newest_first(void **state)
{
	static struct list_shelf shelf;
	struct bookstore *b = *state;
	const struct listrow next = {.code = "P1",
		.period = "2027-01",
		.monthly = MONTH};
	struct err err = {0};

	take(b, &next, 1, 0);
	assert_true(list_look_all(b->db, &shelf, &err));
	assert_int_equal(shelf.count, 2);
	assert_false(shelf.more);
	assert_int_equal(shelf.list[0].is.id, 2);
	assert_int_equal(shelf.list[1].is.id, 1);
	assert_int_equal(shelf.list[1].actor, b->hoa.user.number);
}

static void there_is_no_list_of_that_number(void **state)
{
	struct bookstore *b = *state;
	struct list_look *l = NULL;
	struct err err = {0};

	assert_int_equal(list_look_one(b->db, 7, &l, &err), LOOKUP_ABSENT);
	assert_null(l);
}

static void without_anybody_signed_in_it_is_locked(void **state)
{
	struct bookstore *b = *state;
	struct list_look *l = NULL;
	struct err err = {0};

	datakey_drop(b->db);
	assert_int_equal(list_look_one(b->db, 1, &l, &err), LOOKUP_FAILED);
	assert_int_equal(err.code, ERR_DENIED);
	assert_null(l);
}

static void once_given_up_nothing_comes_of_it(void **state)
{
	struct bookstore *b = *state;
	struct list_look *l = NULL;
	struct err err = {0};
	struct db *r = reader_open(b->db, &err);

	assert_non_null(r);
	reader_stop(r);
	assert_int_equal(list_look_one(r, 1, &l, &err), LOOKUP_FAILED);
	assert_null(l);
	reader_close(r);
	list_look_free(NULL);
}

#define ROW(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROW(hamlets_are_in_order_and_written_one_way),
		ROW(each_hamlet_says_who_is_paid_and_what_is_left),
		ROW(hamlets_add_up_to_the_list),
		ROW(who_took_it_is_in_its_record),
		ROW(what_it_corrected_is_said_person_by_person),
		ROW(all_of_them_are_there_the_newest_first),
		ROW(there_is_no_list_of_that_number),
		ROW(without_anybody_signed_in_it_is_locked),
		ROW(once_given_up_nothing_comes_of_it),
	};

	return cmocka_run_group_tests_name("list_look", tests, NULL, NULL);
}
