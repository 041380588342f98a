/* What waits for a supervisor, counted out of one book. */
#include "support/unit.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "core/clock.h"
#include "core/date.h"
#include "db/db_internal.h"
#include "db/drawers.h"
#include "db/duty.h"
#include "db/reader.h"
#include "db/requests.h"
#include "db/samples.h"
#include "support/bookstore.h"

enum {
	DAY_MS = 24 * 3600 * 1000,
	PEOPLE = 6
};

static const int64_t morning = INT64_C(1796434200000); /* 5 Dec 2026, 8:30 */

static int setup(void **state)
{
	static struct bookstore b;

	memset(&b, 0, sizeof(b));
	clock_freeze_wall(morning);
	bookstore_make(&b);
	*state = &b;
	return 0;
}

static int teardown(void **state)
{
	bookstore_remove(*state);
	clock_freeze_wall(-1);
	return 0;
}

static struct duty_counts count_at(struct bookstore *b, int64_t now)
{
	struct duty_counts c;
	struct err err = {0};

	if (!duty_count(b->db, now, &c, &err))
		fail_msg("%s", err.text);
	return c;
}

static struct duty_counts count(struct bookstore *b)
{
	return count_at(b, morning);
}

/* Each of them is an exception of its day. */
static void open_drawer(struct bookstore *b)
{
	struct refusal why;
	struct err err = {0};
	uint64_t seq;

	assert_int_equal(drawers_without(b->db, &b->lan, DRAWER_CHANGE, &seq,
				 &why, &err),
		VERDICT_DONE);
}

static void pay_all(struct bookstore *b)
{
	struct payout p = {.seq = 0};

	for (int64_t id = 1; id <= PEOPLE; id++) {
		bookstore_due(b, id, ENT_MONTH, BOOKSTORE_PERIOD, 500000,
			false);
		bookstore_pay(b, id, &p);
		bookstore_hand(b, p.seq);
	}
	b->payout = p.seq;
}

static struct sample draw(struct bookstore *b, int64_t how_many)
{
	struct daylog_range range;
	struct refusal why;
	struct sample s;
	struct err err = {0};

	assert_int_equal(daylog_shift(b->db, 1, &range, &err), LOOKUP_FOUND);
	if (samples_draw(b->db, &b->hoa, &range, how_many, &s, &why, &err) !=
		VERDICT_DONE)
		fail_msg("%s", err.text);
	return s;
}

/* What was said about the receipt at that place of the draw. */
static void call(struct bookstore *b, const struct sample *s, int place,
	enum sample_said said)
{
	static struct sample_item item[SAMPLES_MAX];
	struct sample_word word = {.said = said, .amount = -1};
	struct refusal why;
	struct err err = {0};
	int64_t population;
	int64_t t;
	int n;

	assert_true(samples_items(b->db, s, item, &n, &population, &err));
	assert_true(place < n);
	word.pay = item[place].pay;
	if (samples_note(b->db, &b->hoa, s, &word, &t, &why, &err) !=
		VERDICT_DONE)
		fail_msg("%s", err.text);
}

static void nothing_waits_in_a_new_book(void **state)
{
	const struct duty_counts none = {.exceptions = 0};
	const struct duty_counts c = count(*state);

	assert_memory_equal(&c, &none, sizeof(c));
}

static void exceptions_are_those_of_the_day(void **state)
{
	struct bookstore *b = *state;

	bookstore_shift(b, 60);
	const int64_t before = count(b).exceptions;

	open_drawer(b);
	open_drawer(b);
	assert_int_equal(count(b).exceptions, before + 2);
	/* Tomorrow they are of yesterday, and one more is of its day. */
	assert_int_equal(count_at(b, morning + DAY_MS).exceptions, 0);
	clock_freeze_wall(morning + DAY_MS);
	open_drawer(b);
	assert_int_equal(count_at(b, morning + DAY_MS).exceptions, 1);
	assert_int_equal(count(b).exceptions, before + 2);
}

static void a_day_is_that_of_vietnam(void **state)
{
	struct bookstore *b = *state;
	const int64_t midnight = date_begins(date_of_ms(morning).date) + DAY_MS;

	bookstore_shift(b, 60);
	clock_freeze_wall(midnight);
	open_drawer(b);
	assert_int_equal(count_at(b, midnight).exceptions, 1);
	assert_int_equal(count_at(b, midnight + DAY_MS - 1).exceptions, 1);
	assert_int_equal(count_at(b, midnight + DAY_MS).exceptions, 0);
}

static void calls_are_those_of_the_newest_draw(void **state)
{
	struct bookstore *b = *state;
	struct sample s;

	bookstore_shift(b, 60);
	pay_all(b);
	assert_false(count(b).drawn);
	draw(b, 2);
	s = draw(b, 4);
	assert_true(count(b).drawn);
	assert_int_equal(count(b).calls, 4);
	call(b, &s, 0, SAMPLE_CONFIRMED);
	assert_int_equal(count(b).calls, 3);
	/* Nobody was there: he is called again. */
	call(b, &s, 1, SAMPLE_NOT_REACHED);
	assert_int_equal(count(b).calls, 3);
	call(b, &s, 1, SAMPLE_NOT_RECEIVED);
	call(b, &s, 2, SAMPLE_CONFIRMED);
	call(b, &s, 3, SAMPLE_CONFIRMED);
	assert_int_equal(count(b).calls, 0);
	assert_true(count(b).drawn);
}

static void what_people_ask_is_open_until_it_is_answered(void **state)
{
	struct bookstore *b = *state;
	struct request r;
	struct refusal why;
	struct err err = {0};

	bookstore_due(b, 1, ENT_MONTH, BOOKSTORE_PERIOD, 500000, false);
	assert_int_equal(requests_note(b->db, &b->lan, 1, REQUEST_VIEW, "", &r,
				 &why, &err),
		VERDICT_DONE);
	assert_int_equal(count(b).requests, 1);
	assert_int_equal(count(b).late, 0);
	assert_int_equal(count_at(b, morning + 40 * (int64_t)DAY_MS).late, 1);
	assert_int_equal(requests_answer(b->db, &b->hoa, r.seq, REQUEST_DONE,
				 "", &r, &why, &err),
		VERDICT_DONE);
	assert_int_equal(count(b).requests, 0);
	assert_int_equal(count_at(b, morning + 40 * (int64_t)DAY_MS).late, 0);
}

static void run(struct bookstore *b, const char *sql)
{
	assert_int_equal(sqlite3_exec(b->db->handle, sql, NULL, NULL, NULL),
		SQLITE_OK);
}

static void who_is_locked_out_counts_unless_he_left(void **state)
{
	struct bookstore *b = *state;

	run(b, "UPDATE user SET locked = 1");
	assert_int_equal(count(b).locked,
		bookstore_number(b, "SELECT count(*) FROM user"));
	run(b, "UPDATE user SET locked = 0");
	assert_int_equal(count(b).locked, 0);
}

static void a_terminal_never_heard_of_is_the_first(void **state)
{
	struct bookstore *b = *state;

	run(b, "INSERT INTO peer (dev, public) VALUES (x'"
	       "a3f2b100000000000000000000000000', zeroblob(32))");
	run(b, "INSERT INTO peer (dev, public) VALUES (x'"
	       "b4f2b100000000000000000000000000', zeroblob(32))");
	assert_int_equal(count(b).peers, 2);
	assert_string_equal(count(b).peer, "a3f2b1");
	assert_int_equal(count(b).peer_at, 0);
}

static void a_reader_counts_the_same(void **state)
{
	struct bookstore *b = *state;
	struct duty_counts here;
	struct duty_counts there;
	struct db *reader;
	struct err err = {0};

	bookstore_shift(b, 60);
	pay_all(b);
	draw(b, 3);
	open_drawer(b);
	here = count(b);
	reader = reader_open(b->db, &err);
	assert_non_null(reader);
	assert_true(duty_count(reader, morning, &there, &err));
	assert_memory_equal(&here, &there, sizeof(here));
	reader_stop(reader);
	assert_false(duty_count(reader, morning, &there, &err));
	reader_close(reader);
}

int main(void)
{
#define ROW(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
	const struct CMUnitTest tests[] = {
		ROW(nothing_waits_in_a_new_book),
		ROW(exceptions_are_those_of_the_day),
		ROW(a_day_is_that_of_vietnam),
		ROW(calls_are_those_of_the_newest_draw),
		ROW(what_people_ask_is_open_until_it_is_answered),
		ROW(who_is_locked_out_counts_unless_he_left),
		ROW(a_terminal_never_heard_of_is_the_first),
		ROW(a_reader_counts_the_same),
	};

	return cmocka_run_group_tests_name("duty", tests, NULL, NULL);
}
