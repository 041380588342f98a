/* What is sent when, and what follows from each answer: the table of it. */
#include "support/unit.h"

#include <string.h>

#include "terminal/flows/upload.h"

enum {
	NOW = 1000000,
	SEC = 1000
};

/* One answer to a machine that has sent 32 records and has 100 acknowledged. */
static struct row {
	const char *name;
	struct upload_answer a;
	enum upload_trouble trouble;
	unsigned size;
	int64_t min; /* until it sends again, ms */
	int64_t max;
	bool stopped;
	uint64_t resend; /* 0: it does not */
} rows[] = {
	{"an acknowledgement: twice as many next time, at once",
		{.came = CAME_ACK, .sent = 32}, UPLOAD_FINE, 64, 0, 1, false,
		0},
	{"T56 an old acknowledgement is no delivery",
		{.came = CAME_OLD_ACK, .last = 90, .sent = 32}, UPLOAD_NO_SENSE,
		32, 15 * SEC, 45 * SEC, false, 0},
	{"T56 an answer that verifies with no key is no delivery",
		{.came = CAME_NO_ACK, .sent = 32}, UPLOAD_NO_SENSE, 32,
		15 * SEC, 45 * SEC, false, 0},
	{"T55 302 and 511 of a login page", {.came = CAME_STATUS, .sent = 32},
		UPLOAD_NO_SENSE, 32, 15 * SEC, 45 * SEC, false, 0},
	{"T55 not our centre: an alarm, and it goes on trying",
		{.came = CAME_NOT_OURS, .sent = 32}, UPLOAD_NOT_OURS, 32,
		15 * SEC, 45 * SEC, false, 0},
	{"T57 clock or certificate", {.came = CAME_CLOCK, .sent = 32},
		UPLOAD_CLOCK, 32, 15 * SEC, 45 * SEC, false, 0},
	{"no network", {.came = CAME_NO_NETWORK, .sent = 32}, UPLOAD_NO_NETWORK,
		32, 15 * SEC, 45 * SEC, false, 0},
	{"T54 a time-out: half as many", {.came = CAME_TIMEOUT, .sent = 32},
		UPLOAD_SLOW, 16, 15 * SEC, 45 * SEC, false, 0},
	{"T54 a line that breaks: half as many", {.came = CAME_CUT, .sent = 32},
		UPLOAD_SLOW, 16, 15 * SEC, 45 * SEC, false, 0},
	{"half of what was sent, if that was less than asked for",
		{.came = CAME_TIMEOUT, .sent = 10}, UPLOAD_SLOW, 5, 15 * SEC,
		45 * SEC, false, 0},
	{"one record is not halved", {.came = CAME_TIMEOUT, .sent = 1},
		UPLOAD_SLOW, 1, 15 * SEC, 45 * SEC, false, 0},
	{"413: half of it, at once", {.came = CAME_TOO_LARGE, .sent = 32},
		UPLOAD_SLOW, 16, 0, 0, false, 0},
	{"413 of one record: later", {.came = CAME_TOO_LARGE, .sent = 1},
		UPLOAD_SLOW, 1, 15 * SEC, 45 * SEC, false, 0},
	{"503 without a time", {.came = CAME_LATER, .sent = 32}, UPLOAD_BUSY,
		32, 15 * SEC, 45 * SEC, false, 0},
	{"503, Retry-After 120: not before, and not all in the same second",
		{.came = CAME_LATER, .retry_s = 120, .sent = 32}, UPLOAD_BUSY,
		32, 120 * SEC, 180 * SEC, false, 0},
	{"T58 the centre is behind what it acknowledged: all of it again",
		{.came = CAME_GAP, .last = 40, .acked = 100, .sent = 32},
		UPLOAD_ROLLED_BACK, 32, 0, 0, false, 41},
	{"T58 the centre holds nothing any more",
		{.came = CAME_GAP, .last = 0, .acked = 100, .sent = 32},
		UPLOAD_ROLLED_BACK, 32, 0, 0, false, 1},
	{"a gap where there is none: later",
		{.came = CAME_GAP, .last = 100, .acked = 100, .sent = 32},
		UPLOAD_NO_SENSE, 32, 15 * SEC, 45 * SEC, false, 0},
	{"two books: nothing more is sent", {.came = CAME_FORK, .sent = 32},
		UPLOAD_FORKED, 32, 15 * SEC, 45 * SEC, true, 0},
	{"422: put aside, a person has to look",
		{.came = CAME_WRONG, .seq = 105, .check = 8, .sent = 32},
		UPLOAD_REFUSED, 32, 15 * SEC, 45 * SEC, true, 0},
	{"403", {.came = CAME_REVOKED, .sent = 32}, UPLOAD_REVOKED, 32,
		15 * SEC, 45 * SEC, true, 0},
	{"401, 404", {.came = CAME_UNKNOWN, .sent = 32}, UPLOAD_UNKNOWN, 32,
		15 * SEC, 45 * SEC, true, 0},
	{"what is no answer of HTTP", {.came = CAME_NO_ANSWER, .sent = 32},
		UPLOAD_NO_SENSE, 32, 15 * SEC, 45 * SEC, false, 0},
	{"libcurl is missing", {.came = CAME_NOT_POSSIBLE}, UPLOAD_NOT_POSSIBLE,
		32, 15 * SEC, 45 * SEC, false, 0},
	{"our own store fails", {.came = CAME_STORE, .sent = 32}, UPLOAD_STORE,
		32, 15 * SEC, 45 * SEC, false, 0},
	{"the program ends in the middle", {.came = CAME_STOPPED, .sent = 32},
		UPLOAD_FINE, 32, 0, 0, false, 0},
};

static void an_answer(void **state)
{
	const struct row *r = *state;
	struct upload u;

	upload_init(&u, 5);
	upload_answered(&u, NOW, &r->a);
	assert_string_equal(upload_trouble_name(u.trouble),
		upload_trouble_name(r->trouble));
	assert_int_equal(u.size, r->size);
	assert_in_range(u.next - NOW, r->min, r->max);
	assert_int_equal(u.stopped, r->stopped);
	assert_int_equal(u.resending, r->resend > 0);
	if (r->resend > 0)
		assert_int_equal(u.resend_from, r->resend);
}

static void the_record_that_was_refused_is_told(void **state)
{
	const struct upload_answer a = {.came = CAME_WRONG,
		.seq = 105,
		.check = 8};
	struct upload u;

	(void)state;
	upload_init(&u, 1);
	upload_answered(&u, NOW, &a);
	assert_int_equal(u.bad_seq, 105);
	assert_int_equal(u.bad_check, 8);
}

static void each_wait_is_twice_the_one_before_up_to_half_an_hour(void **state)
{
	const struct upload_answer a = {.came = CAME_NO_NETWORK};
	int64_t ms = 30 * SEC;
	struct upload u;

	(void)state;
	upload_init(&u, 7);
	for (int i = 0; i < 12; i++) {
		upload_answered(&u, NOW, &a);
		assert_in_range(u.next - NOW,
			ms / 2 < 900 * SEC ? ms / 2 : 900 * SEC,
			ms * 3 / 2 < 1800 * SEC ? ms * 3 / 2 : 1800 * SEC);
		ms = ms * 2 < 1800 * SEC ? ms * 2 : 1800 * SEC;
	}
}

static void the_size_grows_to_256_and_no_further(void **state)
{
	const struct upload_answer a = {.came = CAME_ACK, .sent = 256};
	struct upload u;

	(void)state;
	upload_init(&u, 7);
	for (int i = 0; i < 5; i++)
		upload_answered(&u, NOW, &a);
	assert_int_equal(u.size, 256);
	assert_int_equal(u.tries, 0);
}

/* T58: 40 of 100 are there; four batches later it has all, and is believed. */
static void T58_what_was_lost_goes_once_more(void **state)
{
	struct upload_answer a = {.came = CAME_GAP, .last = 40, .acked = 100};
	struct upload_todo todo;
	struct upload u;

	(void)state;
	upload_init(&u, 3);
	upload_answered(&u, NOW, &a);
	assert_true(upload_is_alarm(u.trouble));
	todo = upload_next(&u, NOW, 0, 0);
	assert_true(todo.send);
	assert_int_equal(todo.from, 41);
	a = (struct upload_answer){.came = CAME_OLD_ACK,
		.last = 72,
		.acked = 100};
	upload_answered(&u, NOW, &a);
	assert_int_equal(u.trouble, UPLOAD_ROLLED_BACK);
	todo = upload_next(&u, NOW, 0, 0);
	assert_true(todo.send);
	assert_int_equal(todo.from, 73);
	a.last = 100;
	upload_answered(&u, NOW, &a);
	assert_false(u.resending);
	assert_int_equal(u.trouble, UPLOAD_FINE);
	assert_false(upload_next(&u, NOW, 0, 0).send);
}

static void T58_a_centre_that_loses_it_again_is_waited_for(void **state)
{
	struct upload_answer a = {.came = CAME_GAP, .last = 40, .acked = 100};
	struct upload u;

	(void)state;
	upload_init(&u, 3);
	upload_answered(&u, NOW, &a);
	upload_answered(&u, NOW, &a);
	assert_true(u.next >= NOW + 15 * SEC);
	assert_false(u.stopped);
}

/* ---- when ---------------------------------------------------------------------
 */

static struct when {
	const char *name;
	bool begun; /* it was asked before */
	uint64_t waiting;
	int64_t since;
	bool send;
} whens[] = {
	{"nothing waits", true, 0, 0, false},
	{"the first time, and when somebody wants it: at once", false, 1, 0,
		true},
	{"one record, a second old: it waits for company", true, 1, SEC, false},
	{"one record, a minute old", true, 1, 60 * SEC, true},
	{"a hundred records", true, 100, SEC, true},
};

static void when_it_is_sent(void **state)
{
	const struct when *w = *state;
	struct upload_todo todo;
	struct upload u;

	upload_init(&u, 1);
	u.next = w->begun ? NOW : 0;
	todo = upload_next(&u, NOW, w->waiting, w->since);
	assert_int_equal(todo.send, w->send);
	assert_true(todo.send || todo.wait > 0);
}

static void a_stop_is_over_when_somebody_asks_for_it(void **state)
{
	const struct upload_answer a = {.came = CAME_WRONG, .seq = 9};
	struct upload u;

	(void)state;
	upload_init(&u, 1);
	upload_answered(&u, NOW, &a);
	assert_int_equal(upload_next(&u, NOW + 86400 * SEC, 5, SEC).wait, -1);
	upload_hurry(&u);
	assert_true(upload_next(&u, NOW, 5, SEC).send);
	upload_answered(&u, NOW, &a);
	assert_int_equal(upload_next(&u, NOW, 5, SEC).wait, -1);
}

/* T59b: all get power in the same second; and again after each failure. */
static void T59b_terminals_do_not_come_together(void **state)
{
	enum {
		TERMINALS = 30000,
		BINS = 60
	};
	const struct upload_answer a = {.came = CAME_NO_NETWORK};
	int bin[BINS] = {0};
	int again[30] = {0};

	(void)state;
	for (int i = 0; i < TERMINALS; i++) {
		struct upload u;

		upload_init(&u, (uint64_t)i);
		upload_start(&u, 0);
		bin[u.next * BINS / UPLOAD_GATHER_MS]++;
		upload_answered(&u, 0, &a);
		again[(u.next - 15 * SEC) / 1001]++;
	}
	for (int i = 0; i < BINS; i++)
		assert_in_range(bin[i], TERMINALS / BINS / 2,
			TERMINALS / BINS * 3 / 2);
	for (int i = 0; i < 29; i++)
		assert_in_range(again[i], TERMINALS / 30 / 2,
			TERMINALS / 30 * 3 / 2);
}

static void each_trouble_has_a_name(void **state)
{
	(void)state;
	for (int t = 0; t < UPLOAD_TROUBLES; t++)
		assert_int_equal(upload_trouble_of(upload_trouble_name(
					 (enum upload_trouble)t)),
			t);
	assert_int_equal(upload_trouble_of("what"), -1);
}

static void only_alarms_are_alarms(void **state)
{
	(void)state;
	assert_false(upload_is_alarm(UPLOAD_NO_NETWORK));
	assert_false(upload_is_alarm(UPLOAD_SLOW));
	assert_true(upload_is_alarm(UPLOAD_NOT_OURS));
	assert_true(upload_is_alarm(UPLOAD_CLOCK));
	assert_true(upload_is_alarm(UPLOAD_ROLLED_BACK));
	assert_true(upload_is_alarm(UPLOAD_FORKED));
}

int main(void)
{
	const struct CMUnitTest others[] = {
		cmocka_unit_test(the_record_that_was_refused_is_told),
		cmocka_unit_test(
			each_wait_is_twice_the_one_before_up_to_half_an_hour),
		cmocka_unit_test(the_size_grows_to_256_and_no_further),
		cmocka_unit_test(T58_what_was_lost_goes_once_more),
		cmocka_unit_test(
			T58_a_centre_that_loses_it_again_is_waited_for),
		cmocka_unit_test(a_stop_is_over_when_somebody_asks_for_it),
		cmocka_unit_test(T59b_terminals_do_not_come_together),
		cmocka_unit_test(each_trouble_has_a_name),
		cmocka_unit_test(only_alarms_are_alarms),
	};
	struct CMUnitTest
		tests[COUNT_OF(rows) + COUNT_OF(whens) + COUNT_OF(others)];
	size_t n = 0;

	UNIT_ADD_ROWS(tests, &n, rows, an_answer);
	UNIT_ADD_ROWS(tests, &n, whens, when_it_is_sent);
	for (size_t i = 0; i < COUNT_OF(others); i++)
		tests[n++] = others[i];
	return _cmocka_run_group_tests("upload", tests, n, NULL, NULL);
}
