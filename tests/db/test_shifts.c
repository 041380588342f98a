/* Shifts: the drawer is what the book expects, and differences are said. */
#include "support/unit.h"

#include <string.h>

#include "db/db_internal.h"
#include "db/journal.h"
#include "support/bookstore.h"

static int setup(void **state)
{
	static struct bookstore b;

	bookstore_make(&b);
	bookstore_due(&b, 1, ENT_MONTH, BOOKSTORE_PERIOD, 500000, false);
	*state = &b;
	return 0;
}

static int teardown(void **state)
{
	bookstore_remove(*state);
	return 0;
}

static struct notes notes(const char *text)
{
	struct notes n;

	assert_true(notes_parse(text, &n));
	return n;
}

static const struct {
	const char *text;
	int64_t sum; /* -1: refused */
} note_rows[] = {
	{"500000x10,200000x5", 6000000},
	{"1000x1", 1000},
	{"500000x0", 0},
	{"2000x1000000", 2000000000},
	{"", -1},
	{"500000", -1},
	{"500000x", -1},
	{"x5", -1},
	{"500x5", -1},
	{"500000x-1", -1},
	{"500000x1,", -1},
	{"500000x1;200000x1", -1},
	{"500000x1,500000x1", -1},
	{"500000x1000001", -1},
	{" 500000x1", -1},
};

static void banknotes_are_read_strictly(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(note_rows); i++) {
		struct notes n;
		const bool ok = notes_parse(note_rows[i].text, &n);

		if (ok != (note_rows[i].sum >= 0))
			fail_msg("\"%s\"", note_rows[i].text);
		if (ok)
			assert_int_equal(notes_sum(&n), note_rows[i].sum);
	}
}

static void a_shift_opens_with_its_float_and_a_new_key(void **state)
{
	struct bookstore *b = *state;
	const struct notes in = notes("500000x10,200000x5");
	struct journal_head before;
	struct journal_head after;
	struct shift shift;
	struct refusal why;
	struct err err;

	assert_true(journal_head(b->db, &before, &err));
	assert_int_equal(shifts_current(b->db, &shift, &err), LOOKUP_ABSENT);
	assert_int_equal(shifts_open(b->db, &b->lan, &in, &shift, &why, &err),
		VERDICT_DONE);
	assert_true(journal_head(b->db, &after, &err));
	assert_int_equal(after.last_seq, before.last_seq + 3);
	assert_int_equal(after.epoch, before.epoch + 1);
	assert_int_equal(shift.number, 1);
	assert_int_equal(shift.float_in, 6000000);
	assert_int_equal(shift.expected, 6000000);
	assert_string_equal(shift.actor_name, "Lan");
	bookstore_must_hold(b);
}

static void only_agents_have_a_drawer(void **state)
{
	const struct notes in = notes("500000x1");
	struct bookstore *b = *state;
	const struct session *others[] = {&b->hoa, &b->dung, &b->ky};
	struct shift shift;
	struct refusal why;
	struct err err;

	for (size_t i = 0; i < COUNT_OF(others); i++) {
		assert_int_equal(shifts_open(b->db, others[i], &in, &shift,
					 &why, &err),
			VERDICT_REFUSED);
		assert_int_equal(why.code, REFUSED_ROLE);
	}
}

static void one_shift_at_a_time(void **state)
{
	const struct notes in = notes("500000x1");
	struct bookstore *b = *state;
	struct shift shift;
	struct refusal why;
	struct err err;

	bookstore_shift(b, 1);
	assert_int_equal(shifts_open(b->db, &b->minh, &in, &shift, &why, &err),
		VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_SHIFT_OPEN);
	assert_int_equal(why.actor, 7);
}

static void the_drawer_never_goes_below_zero(void **state)
{
	struct bookstore *b = *state;
	const struct notes one = notes("500000x1");
	const struct notes two = notes("500000x2");
	const struct notes none = {0};
	struct shift shift;
	struct refusal why;
	struct err err;

	assert_int_equal(shifts_drop(b->db, &b->lan, &one, &shift, &why, &err),
		VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_NO_SHIFT);
	bookstore_shift(b, 1);
	assert_int_equal(shifts_drop(b->db, &b->lan, &two, &shift, &why, &err),
		VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_NOT_ENOUGH_CASH);
	assert_int_equal(why.amount, 500000);
	assert_int_equal(shifts_drop(b->db, &b->lan, &none, &shift, &why, &err),
		VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_NOTES);
	assert_int_equal(shifts_top_up(b->db, &b->minh, &one, &shift, &why,
				 &err),
		VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_NOT_YOUR_SHIFT);
	assert_int_equal(shifts_top_up(b->db, &b->lan, &one, &shift, &why,
				 &err),
		VERDICT_DONE);
	assert_int_equal(shift.expected, 1000000);
	assert_int_equal(shifts_drop(b->db, &b->lan, &two, &shift, &why, &err),
		VERDICT_DONE);
	assert_int_equal(shift.expected, 0);
	bookstore_must_hold(b);
}

/* One way to close: who counts what, and what comes of it. */
static const struct close_row {
	const char *name;
	const char *counted;
	enum shift_reason reason;
	int64_t by; /* 0: nobody */
	enum refusal_code refused;
	int64_t difference;
} close_rows[] = {
	{"right", "500000x2", SHIFT_REASON_NONE, 0, REFUSED_NOT, 0},
	{"right_with_a_witness", "500000x2", SHIFT_REASON_NONE, 1, REFUSED_NOT,
		0},
	{"T74_short_alone", "500000x1,200000x1,100000x1", SHIFT_REASON_UNKNOWN,
		0, REFUSED_DIFFERENCE, -200000},
	{"T74_short_without_reason", "500000x1,200000x1,100000x1",
		SHIFT_REASON_NONE, 1, REFUSED_DIFFERENCE, -200000},
	{"T74_short_with_an_agent", "500000x1,200000x1,100000x1",
		SHIFT_REASON_UNKNOWN, 8, REFUSED_SECOND_PERSON, -200000},
	{"T74_short_with_supervisor", "500000x1,200000x1,100000x1",
		SHIFT_REASON_UNKNOWN, 1, REFUSED_NOT, -200000},
	{"over", "500000x3", SHIFT_REASON_MISCOUNT, 1, REFUSED_NOT, 500000},
};

static void a_shift_closes_with_what_was_counted(void **state)
{
	const struct close_row *row = *state;
	struct bookstore b;
	const struct session *by = NULL;
	const struct notes counted = notes(row->counted);
	struct shift_slip slip;
	struct journal_head head;
	struct shift shift;
	struct refusal why;
	struct err err;
	enum verdict v;

	bookstore_make(&b);
	bookstore_due(&b, 1, ENT_MONTH, BOOKSTORE_PERIOD, 500000, false);
	bookstore_shift(&b, 3);
	by = row->by == 1 ? &b.hoa : row->by == 8 ? &b.minh : NULL;
	{
		struct payout p;

		bookstore_pay(&b, 1, &p);
		bookstore_hand(&b, p.seq);
	}
	v = shifts_close(b.db, &b.lan, &counted, row->reason, by, &slip, &why,
		&err);
	assert_int_equal(v == VERDICT_DONE, row->refused == REFUSED_NOT);
	if (v == VERDICT_REFUSED) {
		assert_int_equal(why.code, row->refused);
		assert_int_equal(why.amount, row->difference);
		assert_int_equal(shifts_current(b.db, &shift, &err),
			LOOKUP_FOUND);
	} else {
		/* I1: float - paid = counted - difference. */
		assert_int_equal(slip.counted - slip.difference, 1000000);
		assert_int_equal(slip.difference, row->difference);
		assert_int_equal(slip.shift.expected, 1000000);
		assert_true(journal_head(b.db, &head, &err));
		assert_int_equal(slip.seq, head.last_seq);
		assert_memory_equal(slip.head, head.head, sizeof(slip.head));
		assert_int_equal(shifts_current(b.db, &shift, &err),
			LOOKUP_ABSENT);
	}
	bookstore_must_hold(&b);
	bookstore_remove(&b);
}

static void an_open_payout_keeps_the_shift_open(void **state)
{
	const struct notes counted = notes("500000x1");
	struct bookstore *b = *state;
	struct shift_slip slip;
	struct payout p;
	struct refusal why;
	struct err err;

	bookstore_shift(b, 2);
	bookstore_pay(b, 1, &p);
	assert_int_equal(shifts_close(b->db, &b->lan, &counted,
				 SHIFT_REASON_NONE, NULL, &slip, &why, &err),
		VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_OPEN_PAYOUT);
	assert_int_equal(why.prior.seq, p.seq);
	bookstore_hand(b, p.seq);
	assert_int_equal(shifts_close(b->db, &b->lan, &counted,
				 SHIFT_REASON_NONE, NULL, &slip, &why, &err),
		VERDICT_DONE);
}

static void T72_nobody_closes_anothers_shift(void **state)
{
	const struct notes counted = notes("500000x2");
	struct bookstore *b = *state;
	struct shift_slip slip;
	struct refusal why;
	struct err err;

	bookstore_shift(b, 2);
	assert_int_equal(shifts_close(b->db, &b->minh, &counted,
				 SHIFT_REASON_NONE, NULL, &slip, &why, &err),
		VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_NOT_YOUR_SHIFT);
	assert_int_equal(shifts_close(b->db, &b->hoa, &counted,
				 SHIFT_REASON_NONE, NULL, &slip, &why, &err),
		VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_ROLE);
}

static void the_next_shift_has_a_drawer_of_its_own(void **state)
{
	const struct notes counted = notes("500000x2");
	const struct notes in = notes("100000x1");
	struct bookstore *b = *state;
	struct shift_slip slip;
	struct shift shift;
	struct refusal why;
	struct err err;

	bookstore_shift(b, 2);
	assert_int_equal(shifts_close(b->db, &b->lan, &counted,
				 SHIFT_REASON_NONE, NULL, &slip, &why, &err),
		VERDICT_DONE);
	assert_int_equal(shifts_open(b->db, &b->minh, &in, &shift, &why, &err),
		VERDICT_DONE);
	assert_int_equal(shift.number, 2);
	assert_int_equal(shift.actor, 8);
	assert_int_equal(shift.expected, 100000);
	bookstore_restart(b);
	assert_int_equal(shifts_current(b->db, &shift, &err), LOOKUP_FOUND);
	assert_int_equal(shift.expected, 100000);
	bookstore_must_hold(b);
}

#define STORE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest fixed[] = {
		cmocka_unit_test(banknotes_are_read_strictly),
		STORE(a_shift_opens_with_its_float_and_a_new_key),
		STORE(only_agents_have_a_drawer),
		STORE(one_shift_at_a_time),
		STORE(the_drawer_never_goes_below_zero),
		STORE(an_open_payout_keeps_the_shift_open),
		STORE(T72_nobody_closes_anothers_shift),
		STORE(the_next_shift_has_a_drawer_of_its_own),
	};
	struct CMUnitTest tests[COUNT_OF(fixed) + COUNT_OF(close_rows)];

	memcpy(tests, fixed, sizeof(fixed));
	for (size_t i = 0; i < COUNT_OF(close_rows); i++)
		tests[COUNT_OF(fixed) + i] =
			(struct CMUnitTest){.name = close_rows[i].name,
				.test_func =
					a_shift_closes_with_what_was_counted,
				.initial_state = (void *)&close_rows[i]};
	return cmocka_run_group_tests_name("shifts", tests, NULL, NULL);
}
