/* Somebody says that a receipt is wrong. */
#include "support/unit.h"

#include <string.h>

#include "db/complaints.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/record_internal.h"
#include "support/bookstore.h"
#include "support/verifier.h"

enum {
	DEP = 1
};

struct shop {
	struct bookstore b;
	struct payout paid;
	struct complaint c;
	struct refusal why;
};

static int setup(void **state)
{
	static struct shop s;

	memset(&s, 0, sizeof(s));
	bookstore_make(&s.b);
	bookstore_due(&s.b, DEP, ENT_MONTH, BOOKSTORE_PERIOD, 500000, false);
	bookstore_shift(&s.b, 60);
	bookstore_pay(&s.b, DEP, &s.paid);
	bookstore_hand(&s.b, s.paid.seq);
	*state = &s;
	return 0;
}

static int teardown(void **state)
{
	struct shop *s = *state;

	bookstore_remove(&s->b);
	return 0;
}

static enum verdict note(struct shop *s, const struct session *by, uint64_t seq,
	enum complaint_reason reason)
{
	struct err err;

	return complaints_note(s->b.db, by, seq, reason, &s->c, &s->why, &err);
}

static void it_is_a_record_and_changes_nothing_else(void **state)
{
	struct shop *s = *state;
	struct journal_row row;
	const char *finding;
	struct payout now;
	struct record r;
	struct err err;

	assert_int_equal(note(s, &s->b.lan, s->paid.seq, COMPLAINT_AMOUNT),
		VERDICT_DONE);
	assert_string_equal(s->c.code, s->paid.code);
	assert_int_equal(s->c.amount, 500000);
	assert_int_equal(s->c.state, PAYOUT_HANDED);
	assert_string_equal(s->c.actor_name, "Lan");
	assert_int_equal(journal_row(s->b.db, s->c.seq, &row, &err),
		LOOKUP_FOUND);
	assert_true(record_decode(row.body, row.len, &r, &finding));
	assert_int_equal(r.kind, JOURNAL_COMPLAINT);
	assert_int_equal(r.ref, s->paid.seq);
	assert_int_equal(r.reason, COMPLAINT_AMOUNT);
	assert_int_equal(payouts_get(s->b.db, s->paid.seq, &now, &err),
		LOOKUP_FOUND);
	assert_int_equal(now.state, PAYOUT_HANDED);
	bookstore_must_hold(&s->b);
	bookstore_restart(&s->b);
	verifier_must_accept_but_lists(s->b.dir);
}

static void who_may_not_and_what_is_none(void **state)
{
	struct shop *s = *state;

	assert_int_equal(note(s, &s->b.dung, s->paid.seq, COMPLAINT_OTHER),
		VERDICT_REFUSED);
	assert_int_equal(s->why.code, REFUSED_ROLE);
	assert_int_equal(note(s, &s->b.hoa, 999999, COMPLAINT_OTHER),
		VERDICT_REFUSED);
	assert_int_equal(s->why.code, REFUSED_NOT_FOUND);
}

static void all_of_them_in_their_order(void **state)
{
	static const enum complaint_reason reason[] = {COMPLAINT_PERSON,
		COMPLAINT_NOT_RECEIVED, COMPLAINT_OTHER};
	struct shop *s = *state;
	const struct void_request back = {.seq = s->paid.seq,
		.reason = VOID_RECEIPT_LOST,
		.by = &s->b.hoa};
	struct complaint c[2];
	struct payout out;
	struct err err;
	bool more;
	int count;

	assert_true(complaints_list(s->b.db, 0, c, 2, &count, &more, &err));
	assert_int_equal(count, 0);
	for (size_t i = 0; i < COUNT_OF(reason); i++)
		assert_int_equal(note(s, &s->b.hoa, s->paid.seq, reason[i]),
			VERDICT_DONE);
	assert_int_equal(payouts_void(s->b.db, &s->b.lan, &back, &out, &s->why,
				 &err),
		VERDICT_DONE);
	assert_true(complaints_list(s->b.db, 0, c, 2, &count, &more, &err));
	assert_int_equal(count, 2);
	assert_true(more);
	assert_int_equal(c[0].reason, COMPLAINT_PERSON);
	assert_int_equal(c[1].reason, COMPLAINT_NOT_RECEIVED);
	assert_int_equal(c[1].state, PAYOUT_VOIDED);
	assert_true(complaints_list(s->b.db, c[1].seq, c, 2, &count, &more,
		&err));
	assert_int_equal(count, 1);
	assert_false(more);
	assert_int_equal(c[0].reason, COMPLAINT_OTHER);
}

static void each_reason_has_a_word(void **state)
{
	enum complaint_reason r;

	(void)state;
	assert_true(complaint_reason_parse("amount", &r));
	assert_int_equal(r, COMPLAINT_AMOUNT);
	assert_string_equal(complaint_reason_name(COMPLAINT_PERSON), "person");
	assert_false(complaint_reason_parse("tired", &r));
	assert_string_equal(complaint_reason_name(COMPLAINT_NONE), "unknown");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(it_is_a_record_and_changes_nothing_else),
		TEST(who_may_not_and_what_is_none),
		TEST(all_of_them_in_their_order),
		cmocka_unit_test(each_reason_has_a_word),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
