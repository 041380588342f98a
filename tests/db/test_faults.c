/* From when to when the printer did not work: in the book, once each. */
#include "support/unit.h"

#include <string.h>

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
	bookstore_remove(*state);
	return 0;
}

static uint64_t last(struct bookstore *b)
{
	return (uint64_t)bookstore_number(b, "SELECT max(seq) FROM journal");
}

static struct record newest(struct bookstore *b)
{
	struct journal_row row;
	const char *finding;
	struct record r;
	struct err err;

	assert_int_equal(journal_row(b->db, last(b), &row, &err), LOOKUP_FOUND);
	assert_true(record_decode(row.body, row.len, &r, &finding));
	return r;
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
	};

	return cmocka_run_group_tests_name("faults", tests, NULL, NULL);
}
