/* Banknotes of payments: in the book, in the drawer, and the advice. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "db/db_internal.h"
#include "db/journal.h"
#include "support/bookstore.h"

enum {
	DEP = 1,
	BINH = 2,
	CHI = 3,
	DUNG = 4,
};

static int setup(void **state)
{
	static struct bookstore b;
	struct refusal why;
	struct shift shift;
	struct notes n;
	struct err err;

	bookstore_make(&b);
	for (int64_t id = DEP; id <= DUNG; id++)
		bookstore_due(&b, id, ENT_MONTH, BOOKSTORE_PERIOD,
			id == DUNG ? 500000 : 540000, false);
	assert_true(notes_parse("500000x4,200000x2,100000x2,20000x5", &n));
	assert_int_equal(shifts_open(b.db, &b.lan, &n, &shift, &why, &err),
		VERDICT_DONE);
	*state = &b;
	return 0;
}

static int teardown(void **state)
{
	bookstore_remove(*state);
	return 0;
}

static struct notes notes_of(const char *text)
{
	struct notes n = {0};

	if (text[0])
		assert_true(notes_parse(text, &n));
	return n;
}

static void pay_in(struct bookstore *b, int64_t person, const char *notes,
	struct payout *out)
{
	struct pay_request r = {.person = person,
		.payee = PAYEE_SELF,
		.notes = notes_of(notes)};
	struct refusal why;
	struct err err;

	payouts_uid(r.uid);
	assert_int_equal(payouts_pay(b->db, &b->lan, &r, out, &why, &err),
		VERDICT_DONE);
}

/* given NULL: as was written before; "": not counted. */
static enum verdict hand_in(struct bookstore *b, const char *given,
	struct payout *p)
{
	const struct notes n = notes_of(given ? given : "");
	struct refusal why;
	struct err err;
	const enum verdict v = payouts_handed_in(b->db, &b->lan, p->seq,
		given ? &n : NULL, p, &why, &err);

	if (v == VERDICT_REFUSED)
		assert_int_equal(why.code, REFUSED_NOTES);
	return v;
}

static void assert_stock(struct bookstore *b, const char *notes, bool estimate)
{
	char text[NOTES_TEXT_SIZE];
	struct notes_stock s;
	struct err err;

	assert_int_equal(payouts_stock(b->db, &s, &err), LOOKUP_FOUND);
	assert_string_equal(notes_format(&s.there, text), notes);
	assert_int_equal(s.estimate, estimate);
	/* And so does one who reads it all. */
	b->db->drawer = (struct drawer_notes){.shift = 0};
	assert_int_equal(payouts_stock(b->db, &s, &err), LOOKUP_FOUND);
	assert_string_equal(notes_format(&s.there, text), notes);
	assert_int_equal(s.estimate, estimate);
}

static void assert_sound(struct bookstore *b)
{
	struct err err;

	if (!db_check(b->db, &err))
		fail_msg("%s", err.text);
}

static void what_was_given_leaves_the_drawer(void **state)
{
	struct bookstore *b = *state;
	struct payout p;

	assert_stock(b, "500000x4,200000x2,100000x2,20000x5", false);
	pay_in(b, DEP, "500000x1,20000x2", &p);
	/* Not before it was handed over. */
	assert_stock(b, "500000x4,200000x2,100000x2,20000x5", false);
	assert_int_equal(hand_in(b, NULL, &p), VERDICT_DONE);
	assert_stock(b, "500000x3,200000x2,100000x2,20000x3", false);
	assert_sound(b);
}

static void other_notes_than_were_said(void **state)
{
	struct bookstore *b = *state;
	const struct notes given = notes_of("200000x2,100000x1,20000x2");
	struct payout again;
	struct payout p;
	struct err err;

	pay_in(b, DEP, "500000x1,20000x2", &p);
	assert_int_equal(hand_in(b, "500000x1", &p), VERDICT_REFUSED);
	assert_int_equal(hand_in(b, "200000x2,100000x1,20000x2", &p),
		VERDICT_DONE);
	assert_true(notes_equal(&p.notes, &given));
	assert_stock(b, "500000x4,100000x1,20000x3", false);
	bookstore_restart(b);
	assert_int_equal(payouts_get(b->db, p.seq, &again, &err), LOOKUP_FOUND);
	assert_true(notes_equal(&again.notes, &given));
	assert_sound(b);
}

static void the_same_notes_are_not_told_twice(void **state)
{
	struct bookstore *b = *state;
	struct payout p;

	pay_in(b, DEP, "500000x1,20000x2", &p);
	assert_int_equal(hand_in(b, "500000x1,20000x2", &p), VERDICT_DONE);
	assert_int_equal(bookstore_number(b,
				 "SELECT length(body) FROM journal WHERE seq ="
				 " (SELECT max(seq) FROM journal)") < 80,
		true);
}

static void notes_nobody_counted_are_estimated(void **state)
{
	struct bookstore *b = *state;
	struct payout p;

	pay_in(b, DEP, "500000x1,20000x2", &p);
	assert_int_equal(hand_in(b, "", &p), VERDICT_DONE);
	assert_true(notes_none(&p.notes));
	assert_stock(b, "500000x3,200000x2,100000x2,20000x3", true);
	pay_in(b, BINH, "", &p);
	assert_int_equal(hand_in(b, NULL, &p), VERDICT_DONE);
	assert_stock(b, "500000x2,200000x2,100000x2,20000x1", true);
	assert_sound(b);
}

static void what_stays_in_the_drawer_is_still_there(void **state)
{
	struct bookstore *b = *state;
	struct refusal why;
	struct payout p;
	struct err err;

	pay_in(b, DEP, "500000x1,20000x2", &p);
	assert_int_equal(payouts_not_handed(b->db, &b->lan, p.seq, NULL, &p,
				 &why, &err),
		VERDICT_DONE);
	assert_stock(b, "500000x4,200000x2,100000x2,20000x5", false);
	assert_sound(b);
}

static void top_up_and_drop_are_counted(void **state)
{
	struct bookstore *b = *state;
	const struct notes in = notes_of("10000x20");
	const struct notes out = notes_of("500000x2");
	struct refusal why;
	struct shift shift;
	struct err err;

	assert_int_equal(shifts_top_up(b->db, &b->lan, &in, &shift, &why, &err),
		VERDICT_DONE);
	assert_int_equal(shifts_drop(b->db, &b->lan, &out, &shift, &why, &err),
		VERDICT_DONE);
	assert_stock(b, "500000x2,200000x2,100000x2,20000x5,10000x20", false);
	/* A note that was not there was changed for others: an estimate. */
	assert_int_equal(shifts_drop(b->db, &b->lan,
				 &(struct notes){.pieces = {[3] = 1}}, &shift,
				 &why, &err),
		VERDICT_DONE);
	assert_stock(b, "500000x2,200000x2,100000x2,20000x5,10000x20", true);
}

static void assert_queue(struct bookstore *b, const char *wanted)
{
	struct notes_queue q;
	char text[256] = "";
	struct err err;
	size_t len = 0;

	assert_true(people_queue(b->db, &q, &err));
	for (int i = 0; i < q.rows; i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len,
			"%d x %lld;", q.row[i].people,
			(long long)q.row[i].amount);
	assert_string_equal(text, wanted);
}

static void those_who_wait(void **state)
{
	struct bookstore *b = *state;
	struct refusal why;
	struct payout p;
	struct err err;

	assert_queue(b, "3 x 540000;1 x 500000;");
	pay_in(b, DEP, "", &p);
	assert_queue(b, "2 x 540000;1 x 500000;");
	assert_int_equal(payouts_not_handed(b->db, &b->lan, p.seq, NULL, &p,
				 &why, &err),
		VERDICT_DONE);
	assert_queue(b, "3 x 540000;1 x 500000;");
	bookstore_pay(b, DUNG, &p);
	assert_int_equal(hand_in(b, NULL, &p), VERDICT_DONE);
	assert_queue(b, "3 x 540000;");
}

static void the_advice_is_of_this_drawer(void **state)
{
	struct bookstore *b = *state;
	const struct notes gone = notes_of("20000x3");
	struct notes_advice a;
	struct refusal why;
	struct shift shift;
	char text[NOTES_TEXT_SIZE];
	struct err err;

	assert_true(payouts_advise(b->db, 540000, &a, &err));
	assert_true(a.exact);
	assert_false(a.estimate);
	assert_string_equal(notes_format(&a.notes, text), "500000x1,20000x2");
	/* Two more of 540,000 wait: 20,000 is there for one of them. */
	assert_int_equal(a.stuck, 1);
	assert_int_equal(a.fetch, 20000);
	assert_int_equal(shifts_drop(b->db, &b->lan, &gone, &shift, &why, &err),
		VERDICT_DONE);
	assert_true(payouts_advise(b->db, 540000, &a, &err));
	assert_true(a.exact);
	assert_int_equal(a.stuck, 2);
	assert_true(payouts_advise(b->db, 545000, &a, &err));
	assert_false(a.exact);
	assert_int_equal(a.fetch, 5000);
}

static void without_a_shift_there_is_no_advice(void **state)
{
	struct bookstore *b = *state;
	const struct notes all = notes_of("500000x4,200000x2,100000x2,20000x5");
	struct shift_slip slip;
	struct notes_advice a;
	struct notes_stock s;
	struct refusal why;
	struct err err;

	assert_int_equal(shifts_close(b->db, &b->lan, &all, SHIFT_REASON_NONE,
				 NULL, &slip, &why, &err),
		VERDICT_DONE);
	assert_int_equal(payouts_stock(b->db, &s, &err), LOOKUP_ABSENT);
	assert_true(payouts_advise(b->db, 540000, &a, &err));
	assert_false(a.exact);
	/* The next shift begins with what is put in then. */
	bookstore_shift(b, 3);
	assert_stock(b, "500000x3", false);
}

/* A suggestion that does not fit any more is none; what people say must. */
static void a_suggestion_refuses_nobody(void **state)
{
	struct bookstore *b = *state;
	struct pay_request r = {.person = DEP,
		.payee = PAYEE_SELF,
		.suggested = true,
		.notes = notes_of("500000x1")};
	struct refusal why;
	struct payout p;
	struct err err;

	payouts_uid(r.uid);
	assert_int_equal(payouts_pay(b->db, &b->lan, &r, &p, &why, &err),
		VERDICT_DONE);
	assert_true(notes_none(&p.notes));
}

static void a_row_that_says_other_notes_is_found(void **state)
{
	struct bookstore *b = *state;
	struct payout p;
	struct err err;

	pay_in(b, DEP, "500000x1,20000x2", &p);
	assert_int_equal(hand_in(b, NULL, &p), VERDICT_DONE);
	assert_sound(b);
	bookstore_sql(b, "UPDATE payout SET notes = zeroblob(36)");
	assert_false(db_check(b->db, &err));
	assert_int_equal(err.code, ERR_CORRUPT);
}

#define ON_STORE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_STORE(what_was_given_leaves_the_drawer),
		ON_STORE(other_notes_than_were_said),
		ON_STORE(the_same_notes_are_not_told_twice),
		ON_STORE(notes_nobody_counted_are_estimated),
		ON_STORE(what_stays_in_the_drawer_is_still_there),
		ON_STORE(top_up_and_drop_are_counted),
		ON_STORE(those_who_wait),
		ON_STORE(the_advice_is_of_this_drawer),
		ON_STORE(without_a_shift_there_is_no_advice),
		ON_STORE(a_suggestion_refuses_nobody),
		ON_STORE(a_row_that_says_other_notes_is_found),
	};

	return cmocka_run_group_tests_name("notes of payments", tests, NULL,
		NULL);
}
