/* A second handle that only reads: what it sees, what it may not, its end. */
#include "support/unit.h"

#include <pthread.h>
#include <sqlite3.h>
#include <string.h>

#include "db/datakey_internal.h"
#include "db/db_internal.h"
#include "db/forms.h"
#include "db/journal.h"
#include "db/people.h"
#include "db/reader.h"
#include "support/bookstore.h"

static int setup(void **state)
{
	static struct bookstore b;

	bookstore_make(&b);
	bookstore_due(&b, 1, ENT_MONTH, BOOKSTORE_PERIOD, 540000, false);
	*state = &b;
	return 0;
}

static int teardown(void **state)
{
	bookstore_remove(*state);
	return 0;
}

static struct db *read_it(struct bookstore *b)
{
	struct err err = {0};
	struct db *r = reader_open(b->db, &err);

	if (!r)
		fail_msg("%s", err.text);
	return r;
}

static void it_reads_people_and_the_book(void **state)
{
	struct bookstore *b = *state;
	struct db *r = read_it(b);
	struct person_due due;
	struct journal_counts was;
	struct journal_counts is;
	struct err err;

	assert_int_equal(people_get(r, 1, &due, &err), LOOKUP_FOUND);
	assert_string_equal(due.person.name, "Nguyễn Thị Đẹp");
	assert_true(journal_counts(b->db, &was, &err));
	assert_true(journal_counts(r, &is, &err));
	assert_int_equal(was.made, is.made);
	reader_close(r);
}

static void it_sees_what_is_committed_meanwhile(void **state)
{
	struct bookstore *b = *state;
	struct db *r = read_it(b);
	struct journal_counts was;
	struct journal_counts is;
	struct err err;

	assert_true(journal_counts(r, &was, &err));
	bookstore_shift(b, 10);
	assert_true(journal_counts(r, &is, &err));
	assert_true(is.made > was.made);
	reader_close(r);
}

static void within_one_look_nothing_moves(void **state)
{
	struct bookstore *b = *state;
	struct db *r = read_it(b);
	struct journal_counts was;
	struct journal_counts is;
	struct err err;

	assert_true(db_read_begin(r, &err));
	assert_true(journal_counts(r, &was, &err));
	bookstore_shift(b, 10);
	assert_true(journal_counts(r, &is, &err));
	assert_int_equal(is.made, was.made);
	db_read_end(r);
	assert_true(journal_counts(r, &is, &err));
	assert_true(is.made > was.made);
	reader_close(r);
}

static void nothing_is_written_by_it(void **state)
{
	struct bookstore *b = *state;
	struct db *r = read_it(b);
	struct err err;

	assert_int_not_equal(sqlite3_exec(r->handle,
				     "INSERT INTO setting VALUES ('a', 'b')",
				     NULL, NULL, NULL),
		SQLITE_OK);
	assert_false(setting_put(r, "a", "b", &err));
	assert_int_equal(err.code, ERR_DENIED);
	reader_close(r);
	assert_int_equal(bookstore_number(b, "SELECT count(*) FROM setting"
					     " WHERE name = 'a'"),
		0);
}

static void without_anybody_signed_in_people_stay_locked(void **state)
{
	struct bookstore *b = *state;
	struct person_due due;
	struct forms f;
	struct err err;
	struct db *r;

	datakey_drop(b->db);
	r = read_it(b);
	assert_int_equal(people_get(r, 1, &due, &err), LOOKUP_FAILED);
	assert_false(forms_count(r, BOOKSTORE_PERIOD, "", &f, &err));
	assert_int_equal(err.code, ERR_DENIED);
	reader_close(r);
}

static void once_stopped_it_answers_nothing(void **state)
{
	struct bookstore *b = *state;
	struct db *r = read_it(b);
	struct journal_counts counts;
	struct err err = {0};

	assert_false(reader_is_stopped(r));
	reader_stop(r);
	assert_true(reader_is_stopped(r));
	assert_false(journal_counts(r, &counts, &err));
	assert_int_equal(err.code, ERR_BUSY);
	reader_close(r);
	/* The store itself goes on. */
	assert_true(journal_counts(b->db, &counts, &err));
}

/* A statement that would take hours. */
static void *count_for_ever(void *arg)
{
	struct db *r = arg;

	sqlite3_exec(r->handle,
		"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
		" LIMIT 1000000000000) SELECT count(*) FROM n",
		NULL, NULL, NULL);
	return NULL;
}

static void a_long_statement_is_cut_short(void **state)
{
	struct bookstore *b = *state;
	struct db *r = read_it(b);
	pthread_t thread;

	assert_int_equal(pthread_create(&thread, NULL, count_for_ever, r), 0);
	reader_stop(r);
	pthread_join(thread, NULL);
	assert_int_equal(sqlite3_errcode(r->handle), SQLITE_INTERRUPT);
	reader_close(r);
}

static void of_a_restored_copy_it_reads_too(void **state)
{
	struct bookstore *b = *state;
	struct db *r;
	struct journal_counts counts;
	struct err err;

	b->db->evidence = true;
	r = read_it(b);
	b->db->evidence = false;
	assert_true(journal_counts(r, &counts, &err));
	reader_close(r);
}

static void closing_none_is_allowed(void **state)
{
	(void)state;
	reader_close(NULL);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(it_reads_people_and_the_book),
		TEST(it_sees_what_is_committed_meanwhile),
		TEST(within_one_look_nothing_moves),
		TEST(nothing_is_written_by_it),
		TEST(without_anybody_signed_in_people_stay_locked),
		TEST(once_stopped_it_answers_nothing),
		TEST(a_long_statement_is_cut_short),
		TEST(of_a_restored_copy_it_reads_too),
		TEST(closing_none_is_allowed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
