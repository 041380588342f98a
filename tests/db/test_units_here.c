/* The communes on the lists that are here, with their people. */
#include "support/unit.h"

#include "db/reader.h"
#include "db/units_here.h"
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
	bookstore_remove(*state);
	return 0;
}

static struct units_here *look(struct db *db)
{
	static struct units_here all;
	struct err err = {0};

	if (!units_here(db, &all, &err))
		fail_msg("%s", err.text);
	return &all;
}

static void add(struct bookstore *b, int64_t from, int64_t until)
{
	for (int64_t id = from; id <= until; id++) {
		bookstore_due(b, id, ENT_MONTH, BOOKSTORE_PERIOD, 540000,
			false);
		bookstore_due(b, id, ENT_ARREARS, BOOKSTORE_PERIOD, 100000,
			false);
	}
}

static void without_lists_there_are_none(void **state)
{
	struct bookstore *b = *state;

	assert_int_equal(look(b->db)->count, 0);
}

static void each_has_its_people_once_in_the_order_of_codes(void **state)
{
	struct bookstore *b = *state;
	struct units_here *all;

	add(b, 1, 9);
	bookstore_sql(b, "UPDATE person SET unit_code = '08213' WHERE id < 3");
	bookstore_sql(b, "UPDATE person SET unit_code = '08212' WHERE id = 3");
	bookstore_sql(b, "UPDATE person SET unit_code = '99999' WHERE id > 3");
	all = look(b->db);
	assert_int_equal(all->count, 3);
	assert_string_equal(all->unit[0].code, "08212");
	assert_int_equal(all->unit[0].people, 1);
	assert_string_equal(all->unit[1].code, "08213");
	assert_int_equal(all->unit[1].people, 2);
	assert_int_equal(all->unit[2].people, 6);
	assert_false(all->more);
}

static void who_is_on_no_list_is_in_none(void **state)
{
	struct bookstore *b = *state;

	add(b, 1, 3);
	bookstore_sql(b, "DELETE FROM entitlement WHERE person = 2");
	assert_int_equal(look(b->db)->count, 1);
	assert_int_equal(look(b->db)->unit[0].people, 2);
}

static void more_than_can_be_told_are_said_to_be_more(void **state)
{
	struct bookstore *b = *state;

	add(b, 1, UNITS_HERE_MAX);
	bookstore_sql(b, "UPDATE person SET unit_code = printf('%05d', id)");
	assert_int_equal(look(b->db)->count, UNITS_HERE_MAX);
	assert_false(look(b->db)->more);
	add(b, UNITS_HERE_MAX + 1, UNITS_HERE_MAX + 1);
	bookstore_sql(b, "UPDATE person SET unit_code = printf('%05d', id)");
	assert_int_equal(look(b->db)->count, UNITS_HERE_MAX);
	assert_true(look(b->db)->more);
}

static void a_reader_that_is_stopped_says_so(void **state)
{
	struct bookstore *b = *state;
	static struct units_here all;
	struct err err = {0};
	struct db *reader = reader_open(b->db, &err);

	assert_non_null(reader);
	assert_true(units_here(reader, &all, &err));
	reader_stop(reader);
	assert_false(units_here(reader, &all, &err));
	reader_close(reader);
}

int main(void)
{
#define ROW(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
		ROW(without_lists_there_are_none),
		ROW(each_has_its_people_once_in_the_order_of_codes),
		ROW(who_is_on_no_list_is_in_none),
		ROW(more_than_can_be_told_are_said_to_be_more),
		ROW(a_reader_that_is_stopped_says_so),
	};

	return cmocka_run_group_tests_name("units_here", tests, NULL, NULL);
}
