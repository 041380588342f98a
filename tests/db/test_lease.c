/* How long a terminal may pay without hearing from its centre (T60). */
#include "support/unit.h"

#include <string.h>

#include "core/clock.h"
#include "db/db_internal.h"
#include "db/lease.h"
#include "db/outbox.h"
#include "support/bookstore.h"
#include "support/madecentre.h"

enum {
	AN = 1,
	PEOPLE = 6,
	DAYS = 30
};

static const int64_t hour = INT64_C(3600000);

static struct desk {
	struct bookstore b;
	struct madecentre c;
	struct outbox_batch batch;
	struct refusal why;
	int64_t now;
	int64_t next; /* whom to pay */
} desk;

static struct err err;

#define MUST(call)                                           \
	do {                                                 \
		if (!(call))                                 \
			fail_msg("%s: %s", #call, err.text); \
	} while (0)

static int setup(void **state)
{
	struct desk *d = &desk;
	struct enrol_answer a;

	memset(d, 0, sizeof(*d));
	bookstore_make(&d->b);
	madecentre_make(&d->c, 1);
	madecentre_enrols(&d->c, &a);
	assert_int_equal(outbox_join(d->b.db, &d->b.hoa,
				 "https://centre.example:8443", &a, &d->why,
				 &err),
		VERDICT_DONE);
	for (int i = AN; i <= PEOPLE; i++)
		bookstore_due(&d->b, i, ENT_MONTH, BOOKSTORE_PERIOD, 500000,
			false);
	bookstore_shift(&d->b, 20);
	d->now = clock_wall_ms();
	d->next = AN;
	*state = d;
	return 0;
}

static int teardown(void **state)
{
	struct desk *d = *state;

	clock_freeze_wall(-1);
	bookstore_must_hold(&d->b);
	bookstore_remove(&d->b);
	return 0;
}

/* So long after the beginning. */
static void at(struct desk *d, int64_t ms)
{
	clock_freeze_wall(d->now + ms);
}

/* All goes to the centre, which gives so much time; 0: no lease. */
static void upload(struct desk *d, int64_t lease)
{
	struct outbox_taken t;

	MUST(outbox_next(d->b.db, 0, 256, &d->batch, &err) == LOOKUP_FOUND);
	madecentre_takes(&d->c, d->batch.bytes, d->batch.len);
	d->c.point.lease =
		lease ? (uint64_t)(clock_wall_ms() + lease) : UINT64_C(0);
	madecentre_signs(&d->c);
	MUST(outbox_take(d->b.db, d->c.note, d->c.len, clock_wall_ms(), &t,
		&err));
	assert_int_equal(t.took, OUTBOX_TAKEN);
}

static enum verdict pay(struct desk *d, const struct session *by,
	const char *pad)
{
	struct pay_request r = {.person = d->next,
		.payee = PAYEE_SELF,
		.approver = by};
	struct payout out;
	enum verdict v;

	payouts_uid(r.uid);
	if (pad) {
		memcpy(r.pad, pad, strlen(pad) + 1);
		r.given_at = clock_wall_ms() - hour;
	}
	v = payouts_pay(d->b.db, &d->b.lan, &r, &out, &d->why, &err);
	if (v == VERDICT_DONE && !pad)
		bookstore_hand(&d->b, out.seq);
	d->next += v == VERDICT_DONE;
	return v;
}

static struct lease now_is(struct desk *d)
{
	struct lease l;

	MUST(lease_get(d->b.db, &l, &err));
	return l;
}

static void without_an_answer_there_is_none(void **state)
{
	struct desk *d = *state;
	struct lease l = now_is(d);

	assert_int_equal(l.until, 0);
	assert_false(lease_is_over(&l) || lease_ends_soon(&l));
	assert_int_equal(pay(d, NULL, NULL), VERDICT_DONE);
	upload(d, 0);
	assert_int_equal(now_is(d).until, 0);
	assert_int_equal(pay(d, NULL, NULL), VERDICT_DONE);
}

static void T60_it_ends_paying_and_nobody_approves(void **state)
{
	struct desk *d = *state;
	struct lease l;

	upload(d, DAYS * 24 * hour);
	l = now_is(d);
	assert_false(lease_ends_soon(&l));
	at(d, DAYS * 24 * hour - hour);
	l = now_is(d);
	assert_true(lease_ends_soon(&l));
	assert_false(lease_is_over(&l));
	assert_int_equal(pay(d, &d->b.hoa, NULL), VERDICT_DONE);
	at(d, DAYS * 24 * hour + hour);
	assert_int_equal(pay(d, NULL, NULL), VERDICT_REFUSED);
	assert_int_equal(d->why.code, REFUSED_LEASE);
	assert_int_equal(d->why.amount, l.until);
	assert_int_equal(pay(d, &d->b.hoa, NULL), VERDICT_REFUSED);
	assert_int_equal(d->why.code, REFUSED_LEASE);
}

static void the_next_answer_gives_more(void **state)
{
	struct desk *d = *state;

	upload(d, 2 * hour);
	at(d, 3 * hour);
	assert_int_equal(pay(d, NULL, NULL), VERDICT_REFUSED);
	/* Nothing was recorded since: what is left goes for its sake, once. */
	upload(d, 2 * hour);
	assert_int_equal(pay(d, NULL, NULL), VERDICT_DONE);
}

/* A clock that is far ahead, or a centre whose lease is over when it comes. */
static void an_answer_that_gives_none_is_not_the_next_question(void **state)
{
	struct desk *d = *state;

	upload(d, hour);
	at(d, 3 * hour);
	upload(d, -hour);
	assert_int_equal(outbox_next(d->b.db, 0, 256, &d->batch, &err),
		LOOKUP_ABSENT);
	at(d, 5 * hour);
	assert_int_equal(outbox_next(d->b.db, 0, 256, &d->batch, &err),
		LOOKUP_FOUND);
}

/* Only what the newest answer says counts, though it is less. */
static void it_may_be_made_shorter(void **state)
{
	struct desk *d = *state;

	upload(d, 200 * hour);
	assert_int_equal(pay(d, NULL, NULL), VERDICT_DONE);
	upload(d, hour);
	at(d, 2 * hour);
	assert_int_equal(pay(d, NULL, NULL), VERDICT_REFUSED);
	assert_int_equal(d->why.code, REFUSED_LEASE);
}

static void a_clock_that_is_set_back_wins_nothing(void **state)
{
	struct desk *d = *state;
	struct lease l;

	upload(d, 10 * hour);
	at(d, 11 * hour);
	/* A record of that time, and then the clock is set back a little. */
	assert_int_equal(payouts_not_paid(d->b.db, &d->b.lan, PEOPLE,
				 NOT_PAID_ABSENT, (struct date){0}, &d->why,
				 &err),
		VERDICT_DONE);
	at(d, 9 * hour);
	l = now_is(d);
	assert_true(lease_is_over(&l));
	assert_int_equal(pay(d, &d->b.hoa, NULL), VERDICT_REFUSED);
	assert_int_equal(d->why.code, REFUSED_LEASE);
}

static void what_was_given_by_hand_is_entered(void **state)
{
	struct desk *d = *state;

	upload(d, hour);
	at(d, 2 * hour);
	assert_int_equal(pay(d, NULL, "123"), VERDICT_DONE);
}

static void a_restart_changes_nothing(void **state)
{
	struct desk *d = *state;

	upload(d, hour);
	bookstore_restart(&d->b);
	at(d, 2 * hour);
	assert_int_equal(pay(d, NULL, NULL), VERDICT_REFUSED);
	assert_int_equal(d->why.code, REFUSED_LEASE);
}

#define at_desk(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		at_desk(without_an_answer_there_is_none),
		at_desk(T60_it_ends_paying_and_nobody_approves),
		at_desk(the_next_answer_gives_more),
		at_desk(an_answer_that_gives_none_is_not_the_next_question),
		at_desk(it_may_be_made_shorter),
		at_desk(a_clock_that_is_set_back_wins_nothing),
		at_desk(what_was_given_by_hand_is_entered),
		at_desk(a_restart_changes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
