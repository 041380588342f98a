/*
 * A drawer whose agent may not work here any more (T67, T72): who may close
 * it, with whom, what the book then says, and what the second reader accepts.
 */
#include "support/unit.h"

#include <string.h>

#include "core/clock.h"
#include "core/date.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/record_internal.h"
#include "db/slips.h"
#include "support/bookstore.h"
#include "support/verifier.h"

enum {
	DEP = 1,
	LAN = 7,
	MINH = 8,
	HOA = 1,
	TUAN = 2
};

static int setup(void **state)
{
	static struct bookstore b;

	bookstore_make(&b);
	bookstore_due(&b, DEP, ENT_MONTH, BOOKSTORE_PERIOD, 500000, false);
	bookstore_shift(&b, 4);
	*state = &b;
	return 0;
}

static int teardown(void **state)
{
	clock_freeze_wall(-1);
	bookstore_remove(*state);
	return 0;
}

static void holds(struct bookstore *b)
{
	bookstore_must_hold(b);
	db_close(b->db);
	verifier_must_accept_but_lists(b->dir);
	bookstore_open(b);
}

static void revoke(struct bookstore *b, int64_t number)
{
	const struct session *by = number == HOA ? &b->tuan : &b->hoa;
	struct refusal why;
	struct err err = {0};

	if (users_revoke(b->db, by, number, &why, &err) != VERDICT_DONE)
		fail_msg("%d %s", why.code, err.text);
}

static enum verdict close_it(struct bookstore *b, const struct session *s,
	int32_t pieces, enum shift_reason reason, const struct session *by,
	struct shift_slip *slip, struct refusal *why)
{
	const struct notes counted = {.pieces = {pieces}};
	struct err err = {0};
	const enum verdict v =
		shifts_close(b->db, s, &counted, reason, by, slip, why, &err);

	if (v == VERDICT_FAILED)
		fail_msg("%s", err.text);
	return v;
}

static void last_record(struct bookstore *b, struct record *out)
{
	struct journal_row row;
	const char *finding = "";
	struct err err;

	assert_int_equal(journal_row(b->db,
				 (uint64_t)bookstore_number(b,
					 "SELECT max(seq) FROM journal"),
				 &row, &err),
		LOOKUP_FOUND);
	if (!record_decode(row.body, row.len, out, &finding))
		fail_msg("%s", finding);
}

/* ---- who may ------------------------------------------------------------- */

struct who {
	const char *name;
	size_t actor; /* sessions of the store */
	size_t by;    /* 0: nobody */
	int32_t pieces;
	enum shift_reason reason;
	enum refusal_code refused;
};

#define S(who) offsetof(struct bookstore, who)

static struct who closers[] = {
	{"T72 a supervisor with another one closes it", S(hoa), S(tuan), 4,
		SHIFT_REASON_NONE, REFUSED_NOT},
	{"T72 another agent with a supervisor closes it", S(minh), S(tuan), 4,
		SHIFT_REASON_NONE, REFUSED_NOT},
	{"T72 short by a note, with the reason", S(hoa), S(tuan), 3,
		SHIFT_REASON_UNKNOWN, REFUSED_NOT},
	{"T74 short by a note, without a reason", S(hoa), S(tuan), 3,
		SHIFT_REASON_NONE, REFUSED_DIFFERENCE},
	{"T72 a supervisor alone does not", S(hoa), 0, 4, SHIFT_REASON_NONE,
		REFUSED_SECOND_PERSON},
	{"T72 nor with himself", S(hoa), S(hoa), 4, SHIFT_REASON_NONE,
		REFUSED_SAME_PERSON},
	{"T72 nor with an agent", S(hoa), S(minh), 4, SHIFT_REASON_NONE,
		REFUSED_SECOND_PERSON},
	{"T67 nor with who is out himself", S(hoa), S(lan), 4,
		SHIFT_REASON_NONE, REFUSED_SECOND_PERSON},
	{"T67 nor the one who is out", S(lan), S(hoa), 4, SHIFT_REASON_NONE,
		REFUSED_REVOKED},
	{"T72 nor one of the campaign staff", S(dung), S(hoa), 4,
		SHIFT_REASON_NONE, REFUSED_ROLE},
	{"T72 nor a technician", S(ky), S(hoa), 4, SHIFT_REASON_NONE,
		REFUSED_ROLE},
};

static const struct session *session_at(struct bookstore *b, size_t at)
{
	return at ? (const struct session *)((const char *)b + at) : NULL;
}

static void run_closer(void **state)
{
	const struct who *row = *state;
	struct shift_slip slip;
	struct refusal why;
	struct shift shift;
	struct err err;
	void *store;
	struct bookstore *b;
	enum verdict v;

	setup(&store);
	b = store;
	revoke(b, LAN);
	v = close_it(b, session_at(b, row->actor), row->pieces, row->reason,
		session_at(b, row->by), &slip, &why);
	assert_int_equal(v,
		row->refused == REFUSED_NOT ? VERDICT_DONE : VERDICT_REFUSED);
	if (v == VERDICT_REFUSED)
		assert_int_equal(why.code, row->refused);
	assert_int_equal(shifts_current(b->db, &shift, &err),
		v == VERDICT_DONE ? LOOKUP_ABSENT : LOOKUP_FOUND);
	holds(b);
	teardown(&store);
}

/* ---- what the book says --------------------------------------------------- */

static void T72_the_record_says_who_why_and_with_whom(void **state)
{
	struct bookstore *b = *state;
	struct shift_slip slip;
	struct refusal why;
	struct record r;

	revoke(b, LAN);
	assert_int_equal(close_it(b, &b->hoa, 4, SHIFT_REASON_NONE, &b->tuan,
				 &slip, &why),
		VERDICT_DONE);
	last_record(b, &r);
	assert_int_equal(r.kind, JOURNAL_CLOSE);
	assert_int_equal(r.actor, HOA);
	assert_int_equal(r.approver, TUAN);
	assert_int_equal(r.flags, JOURNAL_OVERRIDE);
	assert_int_equal(r.reason, SHIFT_LEFT_REVOKED);
	assert_int_equal(slip.shift.actor, LAN);
	assert_int_equal(slip.stand_in, HOA);
	assert_string_equal(slip.stand_in_name, "Hoa");
	assert_int_equal(slip.second, TUAN);
}

/* As every other CLOSE: nothing of it where the agent closes himself. */
static void his_own_close_says_nothing_of_it(void **state)
{
	struct bookstore *b = *state;
	struct shift_slip slip;
	struct refusal why;
	struct record r;

	assert_int_equal(close_it(b, &b->lan, 4, SHIFT_REASON_NONE, NULL, &slip,
				 &why),
		VERDICT_DONE);
	last_record(b, &r);
	assert_int_equal(r.has & (RECORD_HAS(KEY_RSN) | RECORD_HAS(KEY_FL)), 0);
	assert_int_equal(slip.stand_in, 0);
	holds(b);
}

static void T67_when_his_last_day_is_over_it_is_the_same(void **state)
{
	const int64_t day = INT64_C(86400000);
	const int64_t now = clock_wall_ms();
	const struct user_new n = {23, "Mai", ROLE_AGENT, "864213"};
	const struct notes in = {.pieces = {2}};
	struct bookstore *b = *state;
	struct sign_in_result result;
	struct shift_slip slip;
	struct refusal why;
	struct session mai;
	struct shift shift;
	struct record r;
	struct err err;
	char iso[32];
	int32_t today;

	clock_freeze_wall(now - 10 * day);
	date_time_iso(now - 10 * day, iso);
	iso[10] = '\0';
	assert_true(users_day_parse(iso, &today));
	bookstore_remove(b);
	bookstore_make(b);
	assert_int_equal(users_add_until(b->db, &b->hoa, &n, today, &why, &err),
		VERDICT_DONE);
	assert_int_equal(users_sign_in(b->db, 23, "864213", &mai, &result,
				 &err),
		SIGN_IN_DONE);
	assert_int_equal(shifts_open(b->db, &mai, &in, &shift, &why, &err),
		VERDICT_DONE);
	assert_int_equal(shift.left, SHIFT_LEFT_NOT);
	assert_int_equal(close_it(b, &b->minh, 2, SHIFT_REASON_NONE, &b->hoa,
				 &slip, &why),
		VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_NOT_YOUR_SHIFT);
	clock_freeze_wall(now - 8 * day);
	assert_int_equal(shifts_current(b->db, &shift, &err), LOOKUP_FOUND);
	assert_int_equal(shift.left, SHIFT_LEFT_OVER);
	assert_int_equal(close_it(b, &b->minh, 2, SHIFT_REASON_NONE, &b->hoa,
				 &slip, &why),
		VERDICT_DONE);
	last_record(b, &r);
	assert_int_equal(r.reason, SHIFT_LEFT_OVER);
	session_clear(&mai);
	holds(b);
}

/* ---- money that is under way ---------------------------------------------- */

static void answered(struct bookstore *b, bool handed)
{
	struct shift_slip slip;
	struct payout paid;
	struct payout out;
	struct refusal why;
	struct err err = {0};

	bookstore_pay(b, DEP, &paid);
	revoke(b, LAN);
	assert_int_equal(close_it(b, &b->hoa, 4, SHIFT_REASON_NONE, &b->tuan,
				 &slip, &why),
		VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_OPEN_PAYOUT);
	assert_int_equal(payouts_recover(b->db, &b->hoa, handed, NULL, &out,
				 &why, &err),
		VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_SECOND_PERSON);
	assert_int_equal(payouts_recover(b->db, &b->hoa, handed, &b->hoa, &out,
				 &why, &err),
		VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_SAME_PERSON);
	assert_int_equal(payouts_recover(b->db, &b->dung, handed, &b->hoa, &out,
				 &why, &err),
		VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_ROLE);
	assert_int_equal(payouts_recover(b->db, &b->hoa, handed, &b->tuan, &out,
				 &why, &err),
		VERDICT_DONE);
	assert_int_equal(out.state, handed ? PAYOUT_HANDED : PAYOUT_VOIDED);
	assert_int_equal(close_it(b, &b->hoa, handed ? 3 : 4, SHIFT_REASON_NONE,
				 &b->tuan, &slip, &why),
		VERDICT_DONE);
	holds(b);
}

static void T05_an_open_payment_that_was_handed_over(void **state)
{
	answered(*state, true);
}

static void T05_an_open_payment_that_was_not(void **state)
{
	answered(*state, false);
}

/* He stands in to end it; money goes in and out by nobody any more. */
static void T72_nothing_else_is_done_in_that_shift(void **state)
{
	const struct notes some = {.pieces = {1}};
	struct bookstore *b = *state;
	struct pay_request r = {.uid = "one request, 16",
		.person = DEP,
		.payee = PAYEE_SELF,
		.approver = &b->hoa};
	struct payout out;
	struct shift shift;
	struct refusal why;
	struct err err;

	revoke(b, LAN);
	assert_int_equal(payouts_pay(b->db, &b->minh, &r, &out, &why, &err),
		VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_NOT_YOUR_SHIFT);
	assert_int_equal(shifts_drop(b->db, &b->minh, &some, &shift, &why,
				 &err),
		VERDICT_REFUSED);
	assert_int_equal(shifts_top_up(b->db, &b->hoa, &some, &shift, &why,
				 &err),
		VERDICT_REFUSED);
	holds(b);
}

/* After it the terminal is as any other. */
static void T72_then_the_next_one_opens_his_own(void **state)
{
	const struct notes in = {.pieces = {2}};
	struct bookstore *b = *state;
	struct shift_slip slip;
	struct shift shift;
	struct refusal why;
	struct err err;

	revoke(b, LAN);
	assert_int_equal(close_it(b, &b->minh, 4, SHIFT_REASON_NONE, &b->hoa,
				 &slip, &why),
		VERDICT_DONE);
	assert_int_equal(shifts_open_with(b->db, &b->minh, &in, slip.qr, &shift,
				 &why, &err),
		VERDICT_DONE);
	assert_int_equal(close_it(b, &b->minh, 2, SHIFT_REASON_NONE, NULL,
				 &slip, &why),
		VERDICT_DONE);
	holds(b);
}

#define T(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	static const struct CMUnitTest single[] = {
		T(T72_the_record_says_who_why_and_with_whom),
		T(his_own_close_says_nothing_of_it),
		T(T67_when_his_last_day_is_over_it_is_the_same),
		T(T05_an_open_payment_that_was_handed_over),
		T(T05_an_open_payment_that_was_not),
		T(T72_nothing_else_is_done_in_that_shift),
		T(T72_then_the_next_one_opens_his_own),
	};
	struct CMUnitTest tests[COUNT_OF(closers) + COUNT_OF(single)];

	for (size_t i = 0; i < COUNT_OF(closers); i++)
		tests[i] = (struct CMUnitTest){.name = closers[i].name,
			.test_func = run_closer,
			.initial_state = &closers[i]};
	memcpy(tests + COUNT_OF(closers), single, sizeof(single));
	return cmocka_run_group_tests_name("stand-in", tests, NULL, NULL);
}
