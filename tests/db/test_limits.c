/* The limits of the point: who changes them, what holds, who notices. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/clock.h"
#include "core/date.h"
#include "db/export.h"
#include "db/journal_internal.h"
#include "db/limits.h"
#include "db/record_internal.h"
#include "db/signs.h"
#include "support/bookstore.h"
#include "support/tmpdir.h"
#include "support/verifier.h"

enum {
	DEP = 1
};

static int setup(void **state)
{
	static struct bookstore b;

	bookstore_make(&b);
	*state = &b;
	return 0;
}

static int teardown(void **state)
{
	clock_freeze_wall(-1);
	bookstore_remove(*state);
	return 0;
}

static void set(struct bookstore *b, enum limit l, int64_t value)
{
	struct refusal why;
	struct err err;

	assert_int_equal(limits_set(b->db, &b->hoa, l, value, &why, &err),
		VERDICT_DONE);
}

static int64_t in_force(struct bookstore *b, enum limit l)
{
	struct limits at;
	struct err err;

	assert_true(limits_get(b->db, &at, &err));
	return at.value[l];
}

static enum refusal_code pays(struct bookstore *b, int64_t person)
{
	struct pay_request r = {.person = person, .payee = PAYEE_SELF};
	struct refusal why;
	struct payout out;
	struct err err;
	enum verdict got;

	payouts_uid(r.uid);
	got = payouts_pay(b->db, &b->lan, &r, &out, &why, &err);
	assert_int_not_equal(got, VERDICT_FAILED);
	if (got == VERDICT_REFUSED)
		return why.code;
	bookstore_hand(b, out.seq);
	return REFUSED_NOT;
}

static void due(struct bookstore *b, int64_t id, int64_t amount)
{
	bookstore_due(b, id, ENT_MONTH, BOOKSTORE_PERIOD, amount, false);
}

/* ---- what holds ------------------------------------------------------------ */

static void without_a_change_the_defaults_hold(void **state)
{
	struct limits at;
	struct err err;

	assert_true(limits_get(((struct bookstore *)*state)->db, &at, &err));
	for (int l = 0; l < LIMIT_COUNT; l++) {
		assert_int_equal(at.value[l], limit_default((enum limit)l));
		assert_int_equal(at.seq[l], 0);
	}
}

static void a_change_holds_from_the_next_payment_on(void **state)
{
	struct bookstore *b = *state;

	bookstore_shift(b, 200);
	due(b, DEP, 16000000);
	due(b, 2, 16000000);
	assert_int_equal(pays(b, DEP), REFUSED_SECOND_PERSON);
	set(b, LIMIT_SINGLE, 16000000);
	assert_int_equal(pays(b, DEP), REFUSED_NOT);
	set(b, LIMIT_SINGLE, 15999999);
	assert_int_equal(pays(b, 2), REFUSED_SECOND_PERSON);
	bookstore_must_hold(b);
}

static void a_shift_stops_at_the_count_that_is_set_T62(void **state)
{
	struct bookstore *b = *state;

	bookstore_shift(b, 40);
	set(b, LIMIT_PAYOUTS, 2);
	for (int64_t id = 1; id <= 3; id++)
		due(b, id, 500000);
	assert_int_equal(pays(b, 1), REFUSED_NOT);
	assert_int_equal(pays(b, 2), REFUSED_NOT);
	assert_int_equal(pays(b, 3), REFUSED_LIMIT_COUNT);
	set(b, LIMIT_PAYOUTS, 3);
	assert_int_equal(pays(b, 3), REFUSED_NOT);
}

static void a_shift_stops_at_the_sum_that_is_set(void **state)
{
	struct bookstore *b = *state;

	bookstore_shift(b, 40);
	set(b, LIMIT_SUM, 1000000);
	due(b, 1, 1000000);
	due(b, 2, 1000);
	assert_int_equal(pays(b, 1), REFUSED_NOT);
	assert_int_equal(pays(b, 2), REFUSED_LIMIT_SUM);
}

static int64_t quick(struct bookstore *b)
{
	int64_t n;
	struct err err;

	assert_true(payouts_quick(b->db, 1, &n, &err));
	return n;
}

/* What was soon when it was done stays so, whatever is said later. */
static void the_pace_is_that_of_its_day(void **state)
{
	struct bookstore *b = *state;

	bookstore_shift(b, 40);
	for (int64_t id = 1; id <= 4; id++)
		due(b, id, 500000);
	pays(b, 1);
	pays(b, 2);
	assert_int_equal(quick(b), 1);
	set(b, LIMIT_PACE, 0);
	pays(b, 3);
	assert_int_equal(quick(b), 1);
	set(b, LIMIT_PACE, 30);
	pays(b, 4);
	assert_int_equal(quick(b), 2);
}

static int64_t outside(struct bookstore *b)
{
	struct signs s;
	struct err err;

	assert_int_equal(signs_of(b->db, 1, &s, &err), LOOKUP_FOUND);
	return s.outside;
}

static void hours_are_those_of_their_day(void **state)
{
	struct bookstore *b = *state;
	const int hour = date_of_ms(clock_wall_ms()).hour;
	const int64_t not_now = hour < 12 ? 20002100 : 2000300;

	bookstore_shift(b, 40);
	for (int64_t id = 1; id <= 3; id++)
		due(b, id, 500000);
	pays(b, 1);
	set(b, LIMIT_HOURS, not_now);
	assert_int_equal(outside(b), 0);
	pays(b, 2);
	assert_int_equal(outside(b), 1);
	set(b, LIMIT_HOURS, LIMIT_WHOLE_DAY);
	pays(b, 3);
	assert_int_equal(outside(b), 1);
}

static void hours_of_init_hold_until_one_is_set(void **state)
{
	struct bookstore *b = *state;

	bookstore_sql(b, "INSERT INTO setting VALUES ('hours', '07:00-17:30')"
			 " ON CONFLICT (name) DO UPDATE SET"
			 " value = excluded.value");
	assert_int_equal(in_force(b, LIMIT_HOURS), 7001730);
	set(b, LIMIT_HOURS, 8001200);
	assert_int_equal(in_force(b, LIMIT_HOURS), 8001200);
}

/* ---- who may --------------------------------------------------------------- */

static void only_a_supervisor_changes_one_T72(void **state)
{
	struct bookstore *b = *state;
	const struct session *no[] = {&b->lan, &b->dung, &b->ky};
	struct refusal why;
	struct err err;

	for (size_t i = 0; i < COUNT_OF(no); i++) {
		assert_int_equal(limits_set(b->db, no[i], LIMIT_SINGLE,
					 20000000, &why, &err),
			VERDICT_REFUSED);
		assert_int_equal(why.code, REFUSED_ROLE);
		assert_int_equal(why.roles, 1U << ROLE_SUPERVISOR);
	}
	assert_int_equal(in_force(b, LIMIT_SINGLE), 15000000);
	bookstore_must_hold(b);
}

static void beyond_its_range_it_is_a_slip_of_the_finger(void **state)
{
	struct bookstore *b = *state;
	struct refusal why;
	struct err err;

	assert_int_equal(limits_set(b->db, &b->hoa, LIMIT_SINGLE, 2000000000,
				 &why, &err),
		VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_LIMIT_RANGE);
	assert_int_equal(why.limit, LIMIT_SINGLE);
	assert_int_equal(why.amount, 2000000000);
}

static void on_a_day_that_is_none_nothing_is_changed_T15(void **state)
{
	struct bookstore *b = *state;
	struct refusal why;
	struct err err;

	clock_freeze_wall(0);
	assert_int_equal(limits_set(b->db, &b->hoa, LIMIT_SINGLE, 20000000,
				 &why, &err),
		VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_CLOCK_DAY);
}

/* ---- the book -------------------------------------------------------------- */

static void the_record_says_all_of_it_and_is_signed(void **state)
{
	struct bookstore *b = *state;
	struct journal_head head;
	struct journal_row row;
	struct limits at;
	struct record r;
	const char *finding;
	struct err err;

	set(b, LIMIT_SINGLE, 20000000);
	assert_true(journal_head(b->db, &head, &err));
	assert_int_equal(journal_row(b->db, head.last_seq, &row, &err),
		LOOKUP_FOUND);
	assert_true(record_decode(row.body, row.len, &r, &finding));
	assert_int_equal(r.kind, JOURNAL_CONFIG);
	assert_int_equal(r.actor, 1);
	assert_string_equal(r.line, "limit single 20000000");
	assert_true((r.has & RECORD_HAS(KEY_ASIG)) != 0);
	assert_true(limits_get(b->db, &at, &err));
	assert_int_equal(at.seq[LIMIT_SINGLE], head.last_seq);
	assert_int_equal(at.actor[LIMIT_SINGLE], 1);
}

static void what_is_in_force_is_not_written_again(void **state)
{
	struct bookstore *b = *state;
	struct journal_head before;
	struct journal_head after;
	struct err err;

	set(b, LIMIT_PACE, 20);
	assert_true(journal_head(b->db, &before, &err));
	set(b, LIMIT_PACE, 20);
	set(b, LIMIT_SINGLE, 15000000);
	assert_true(journal_head(b->db, &after, &err));
	assert_int_equal(after.last_seq, before.last_seq);
}

static void what_held_at_a_record_is_known(void **state)
{
	struct bookstore *b = *state;
	struct limits now;
	struct limits at;
	struct err err;

	set(b, LIMIT_SINGLE, 20000000);
	assert_true(limits_get(b->db, &now, &err));
	set(b, LIMIT_SINGLE, 30000000);
	assert_true(limits_before(b->db, now.seq[LIMIT_SINGLE], &at, &err));
	assert_int_equal(at.value[LIMIT_SINGLE], 15000000);
	assert_true(limits_before(b->db, now.seq[LIMIT_SINGLE] + 1, &at, &err));
	assert_int_equal(at.value[LIMIT_SINGLE], 20000000);
	bookstore_restart(b);
	assert_int_equal(in_force(b, LIMIT_SINGLE), 30000000);
	bookstore_must_hold(b);
	db_close(b->db);
	b->db = NULL;
	verifier_must_accept(b->dir);
}

/* ---- another hand on the table --------------------------------------------- */

struct hand {
	const char *name;
	const char *sql;
	bool at_once; /* seen when a limit is asked for; else at the shift */
};

static struct hand hands[] = {
	{"a row that names a user's record",
		"UPDATE limit_change SET seq = 3 WHERE name = 'single'", true},
	{"a row of another name",
		"UPDATE limit_change SET name = 'sum' WHERE name = 'single'",
		true},
	{"a row of no name", "UPDATE limit_change SET name = ''", true},
	{"a row more", "INSERT INTO limit_change VALUES (2, 'single')", true},
	{"a row is gone", "DELETE FROM limit_change WHERE name = 'single'",
		false},
	{"the newest row is gone",
		"DELETE FROM limit_change WHERE seq = (SELECT max(seq)"
		" FROM limit_change)",
		false},
};

static void run_hand(void **state)
{
	const struct hand *h = *state;
	const struct notes in = {.pieces = {40}};
	struct bookstore b;
	struct shift shift;
	struct limits at;
	struct refusal why;
	struct err err;

	bookstore_make(&b);
	set(&b, LIMIT_SINGLE, 150000);
	set(&b, LIMIT_PAYOUTS, 2);
	due(&b, DEP, 500000);
	bookstore_sql(&b, h->sql);
	assert_int_equal(limits_get(b.db, &at, &err), !h->at_once);
	if (h->at_once)
		assert_int_equal(err.code, ERR_CORRUPT);
	err = (struct err){0};
	assert_int_equal(shifts_open(b.db, &b.lan, &in, &shift, &why, &err),
		VERDICT_FAILED);
	assert_int_equal(err.code, ERR_CORRUPT);
	assert_non_null(strstr(err.text, "limit_change"));
	bookstore_remove(&b);
}

/* ---- files ----------------------------------------------------------------- */

/* A file that begins after the change says what it was. */
static void a_later_part_of_the_book_brings_its_limits(void **state)
{
	struct bookstore *b = *state;
	struct export_done done;
	struct journal_head head;
	struct refusal why;
	uint8_t bytes[2048];
	char path[300];
	struct err err;
	FILE *f;
	size_t n;

	set(b, LIMIT_SINGLE, 20000000);
	bookstore_shift(b, 40);
	assert_true(journal_head(b->db, &head, &err));
	tmpdir_path(b->dir, "part", path, sizeof(path));
	assert_int_equal(export_journal(b->db, &b->hoa, head.last_seq, 0, path,
				 &done, &why, &err),
		VERDICT_DONE);
	f = fopen(path, "rb");
	assert_non_null(f);
	n = fread(bytes, 1, sizeof(bytes), f);
	fclose(f);
	assert_non_null(memmem(bytes, n, "limit single 20000000", 21));
}

#define ROW(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest one[] = {
		ROW(without_a_change_the_defaults_hold),
		ROW(a_change_holds_from_the_next_payment_on),
		ROW(a_shift_stops_at_the_count_that_is_set_T62),
		ROW(a_shift_stops_at_the_sum_that_is_set),
		ROW(the_pace_is_that_of_its_day),
		ROW(hours_are_those_of_their_day),
		ROW(hours_of_init_hold_until_one_is_set),
		ROW(only_a_supervisor_changes_one_T72),
		ROW(beyond_its_range_it_is_a_slip_of_the_finger),
		ROW(on_a_day_that_is_none_nothing_is_changed_T15),
		ROW(the_record_says_all_of_it_and_is_signed),
		ROW(what_is_in_force_is_not_written_again),
		ROW(what_held_at_a_record_is_known),
		ROW(a_later_part_of_the_book_brings_its_limits),
	};
	struct CMUnitTest tests[COUNT_OF(one) + COUNT_OF(hands)];
	size_t n = COUNT_OF(one);

	memcpy(tests, one, sizeof(one));
	UNIT_ADD_ROWS(tests, &n, hands, run_hand);
	return _cmocka_run_group_tests("limits", tests, n, NULL, NULL);
}
