/* Money that comes back, and money that went out by hand (T17, T36, T61). */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/clock.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/record_internal.h"
#include "support/bookstore.h"

enum {
	DEP = 1,  /* 500,000 this month */
	BINH = 2, /* 500,000, arrears 500,000 */
	MINUTE = 60000,
	DAY = 86400000
};

static int setup(void **state)
{
	static struct bookstore b;

	bookstore_make(&b);
	bookstore_due(&b, DEP, ENT_MONTH, BOOKSTORE_PERIOD, 500000, false);
	bookstore_due(&b, BINH, ENT_MONTH, BOOKSTORE_PERIOD, 500000, false);
	bookstore_due(&b, BINH, ENT_ARREARS, BOOKSTORE_PERIOD, 500000, false);
	bookstore_shift(&b, 40);
	*state = &b;
	return 0;
}

static int teardown(void **state)
{
	clock_freeze_wall(-1);
	bookstore_remove(*state);
	return 0;
}

static int64_t records(struct bookstore *b)
{
	return bookstore_number(b, "SELECT max(seq) FROM journal");
}

static int64_t in_drawer(struct bookstore *b)
{
	struct shift shift;
	struct err err;

	assert_int_equal(shifts_current(b->db, &shift, &err), LOOKUP_FOUND);
	return shift.expected;
}

static void read_record(struct bookstore *b, int64_t seq, struct record *out)
{
	struct journal_row row;
	const char *finding;
	struct err err;

	assert_int_equal(journal_row(b->db, (uint64_t)seq, &row, &err),
		LOOKUP_FOUND);
	assert_true(record_decode(row.body, row.len, out, &finding));
}

/* Paid, printed and handed over. */
static struct payout given(struct bookstore *b, int64_t person)
{
	struct payout p;
	struct err err;
	bool first;

	bookstore_pay(b, person, &p);
	assert_true(payouts_print_begin(b->db, p.seq, &first, &err));
	assert_true(first);
	assert_true(payouts_print_result(b->db, &b->lan, p.seq, PRINT_PRINTED,
		&err));
	bookstore_hand(b, p.seq);
	assert_int_equal(payouts_get(b->db, p.seq, &p, &err), LOOKUP_FOUND);
	return p;
}

static enum verdict try_void(struct bookstore *b, const struct session *s,
	const struct void_request *request, struct payout *out,
	struct refusal *why)
{
	struct err err = {0};
	const enum verdict v = payouts_void(b->db, s, request, out, why, &err);

	if (v == VERDICT_FAILED)
		fail_msg("%s (%s)", err.text, err.where);
	return v;
}

static void must_refuse(struct bookstore *b, const struct session *s,
	const struct void_request *request, enum refusal_code code)
{
	const int64_t before = records(b);
	struct payout out;
	struct refusal why;

	assert_int_equal(try_void(b, s, request, &out, &why), VERDICT_REFUSED);
	assert_string_equal(refusal_code_name(why.code),
		refusal_code_name(code));
	assert_int_equal(records(b), before + (code == REFUSED_ROLE));
}

static void T61_without_the_paper_nothing_is_voided(void **state)
{
	struct bookstore *b = *state;
	const struct payout other = given(b, BINH);
	const struct payout p = given(b, DEP);
	struct void_request r = {.seq = p.seq,
		.reason = VOID_RECEIPT_BACK,
		.by = &b->hoa};

	must_refuse(b, &b->lan, &r, REFUSED_PAPER);
	r.paper = p.code; /* typed from the screen: that is no paper */
	must_refuse(b, &b->lan, &r, REFUSED_PAPER);
	r.paper = other.qr;
	must_refuse(b, &b->lan, &r, REFUSED_PAPER);
	r.paper = "";
	must_refuse(b, &b->lan, &r, REFUSED_PAPER);
}

static void T61_paper_and_second_person_bring_the_cash_back(void **state)
{
	struct bookstore *b = *state;
	const struct payout p = given(b, DEP);
	char scanned[SEAL_TEXT_SIZE + 2];
	const struct void_request r = {.seq = p.seq,
		.reason = VOID_RECEIPT_BACK,
		.paper = scanned,
		.by = &b->hoa};
	struct record rec;
	struct payout out;
	struct refusal why;

	snprintf(scanned, sizeof(scanned), "%s\r\n", p.qr);
	assert_int_equal(in_drawer(b), 19500000);
	assert_int_equal(try_void(b, &b->lan, &r, &out, &why), VERDICT_DONE);
	assert_int_equal(out.state, PAYOUT_VOIDED);
	assert_int_equal(out.void_reason, VOID_RECEIPT_BACK);
	assert_int_equal(in_drawer(b), 20000000);
	read_record(b, records(b) - 1, &rec);
	assert_int_equal(rec.kind, JOURNAL_VOID);
	assert_int_equal(rec.ref, p.seq);
	assert_int_equal(rec.reason, VOID_RECEIPT_BACK);
	assert_int_equal(rec.approver, 1);
	assert_int_equal(rec.flags, 0);
	read_record(b, records(b), &rec);
	assert_int_equal(rec.kind, JOURNAL_VOID_RETURNED);
	assert_int_equal(rec.ref, records(b) - 1);
	assert_int_equal(rec.amount, 500000);
	bookstore_must_hold(b);
	bookstore_restart(b);
	bookstore_must_hold(b);
	must_refuse(b, &b->lan, &r, REFUSED_VOIDED);
}

static void a_lost_receipt_needs_no_paper_but_the_second_person(void **state)
{
	struct bookstore *b = *state;
	const struct payout p = given(b, DEP);
	struct void_request r = {.seq = p.seq, .reason = VOID_RECEIPT_LOST};
	struct payout out;
	struct refusal why;

	must_refuse(b, &b->lan, &r, REFUSED_SECOND_PERSON);
	r.by = &b->hoa;
	assert_int_equal(try_void(b, &b->lan, &r, &out, &why), VERDICT_DONE);
	assert_int_equal(out.void_reason, VOID_RECEIPT_LOST);
	bookstore_must_hold(b);
}

static void T36_who_may_be_the_second_person(void **state)
{
	struct bookstore *b = *state;
	const struct payout p = given(b, DEP);
	struct session lan_as_boss = b->lan;
	struct void_request r = {.seq = p.seq,
		.reason = VOID_RECEIPT_BACK,
		.paper = p.qr};

	must_refuse(b, &b->lan, &r, REFUSED_SECOND_PERSON);
	r.by = &b->minh; /* another agent is no supervisor */
	must_refuse(b, &b->lan, &r, REFUSED_SECOND_PERSON);
	r.by = &b->ky;
	must_refuse(b, &b->lan, &r, REFUSED_SECOND_PERSON);
	lan_as_boss.user.role = ROLE_SUPERVISOR;
	r.by = &lan_as_boss;
	must_refuse(b, &b->lan, &r, REFUSED_SAME_PERSON);
}

static void T72_only_the_agent_of_the_open_shift_takes_it_back(void **state)
{
	struct bookstore *b = *state;
	const struct payout p = given(b, DEP);
	const struct void_request r = {.seq = p.seq,
		.reason = VOID_RECEIPT_BACK,
		.paper = p.qr,
		.by = &b->tuan};

	must_refuse(b, &b->hoa, &r, REFUSED_ROLE);
	must_refuse(b, &b->dung, &r, REFUSED_ROLE);
	must_refuse(b, &b->minh, &r, REFUSED_NOT_YOUR_SHIFT);
}

static void what_is_open_is_answered_not_voided(void **state)
{
	struct bookstore *b = *state;
	const struct payout p = given(b, DEP);
	struct void_request r = {.seq = p.seq,
		.reason = VOID_RECEIPT_BACK,
		.paper = p.qr,
		.by = &b->hoa};
	struct payout open;

	bookstore_pay(b, BINH, &open);
	must_refuse(b, &b->lan, &r, REFUSED_OPEN_PAYOUT);
	r.seq = open.seq;
	r.paper = open.qr;
	must_refuse(b, &b->lan, &r, REFUSED_OPEN_PAYOUT);
	bookstore_hand(b, open.seq);
	r.seq = 1; /* START is no payment */
	must_refuse(b, &b->lan, &r, REFUSED_NOT_FOUND);
}

static void its_money_goes_out_again_with_a_second_person_only(void **state)
{
	struct bookstore *b = *state;
	const struct payout p = given(b, DEP);
	const struct void_request r = {.seq = p.seq,
		.reason = VOID_RECEIPT_BACK,
		.paper = p.qr,
		.by = &b->hoa};
	struct pay_request again = {.person = DEP, .payee = PAYEE_SELF};
	struct payout out;
	struct refusal why;
	struct err err;

	assert_int_equal(try_void(b, &b->lan, &r, &out, &why), VERDICT_DONE);
	payouts_uid(again.uid);
	assert_int_equal(payouts_pay(b->db, &b->lan, &again, &out, &why, &err),
		VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_SECOND_PERSON);
	again.approver = &b->tuan;
	assert_int_equal(payouts_pay(b->db, &b->lan, &again, &out, &why, &err),
		VERDICT_DONE);
	bookstore_hand(b, out.seq);
	assert_int_equal(in_drawer(b), 19500000);
	bookstore_must_hold(b);
}

/* The drawer of today takes the money of yesterday; the sums still hold. */
static void yesterdays_payment_comes_back_into_todays_drawer(void **state)
{
	struct bookstore *b = *state;
	const struct payout p = given(b, BINH);
	const struct notes yesterday = {.pieces = {38}};
	const struct notes today = {.pieces = {2}};
	const struct notes end = {.pieces = {4}};
	const struct void_request r = {.seq = p.seq,
		.reason = VOID_RECEIPT_BACK,
		.paper = p.qr,
		.by = &b->hoa};
	struct shift_slip slip;
	struct shift shift;
	struct payout out;
	struct refusal why;
	struct err err;

	assert_int_equal(shifts_close(b->db, &b->lan, &yesterday,
				 SHIFT_REASON_NONE, NULL, &slip, &why, &err),
		VERDICT_DONE);
	must_refuse(b, &b->lan, &r, REFUSED_NO_SHIFT);
	assert_int_equal(shifts_open(b->db, &b->minh, &today, &shift, &why,
				 &err),
		VERDICT_DONE);
	assert_int_equal(try_void(b, &b->minh, &r, &out, &why), VERDICT_DONE);
	assert_int_equal(in_drawer(b), 2000000);
	assert_int_equal(shifts_close(b->db, &b->minh, &end, SHIFT_REASON_NONE,
				 NULL, &slip, &why, &err),
		VERDICT_DONE);
	assert_int_equal(slip.difference, 0);
	bookstore_must_hold(b);
}

static void a_book_that_lacks_records_takes_nothing_back(void **state)
{
	struct bookstore *b = *state;
	const struct payout p = given(b, DEP);
	const struct void_request r = {.seq = p.seq,
		.reason = VOID_RECEIPT_BACK,
		.paper = p.qr,
		.by = &b->hoa};

	b->db->lost_tail = 1;
	must_refuse(b, &b->lan, &r, REFUSED_TAIL_LOST);
	b->db->lost_tail = 0;
	b->db->moved = MOVED_AWAY;
	must_refuse(b, &b->lan, &r, REFUSED_MOVED);
}

static void a_copy_of_it_is_still_numbered(void **state)
{
	struct bookstore *b = *state;
	const struct payout p = given(b, DEP);
	const struct void_request r = {.seq = p.seq,
		.reason = VOID_RECEIPT_LOST,
		.by = &b->hoa};
	struct payout out;
	struct refusal why;
	struct err err;
	int copy;

	assert_int_equal(try_void(b, &b->lan, &r, &out, &why), VERDICT_DONE);
	for (int i = 1; i <= 2; i++) {
		assert_int_equal(payouts_reprint(b->db, &b->lan, p.seq, 1,
					 &copy, &why, &err),
			VERDICT_DONE);
		assert_int_equal(copy, i);
	}
	bookstore_must_hold(b);
}

/* ---- the pad ------------------------------------------------------------ */

static struct pay_request sheet(int64_t person, const char *pad, int64_t ago)
{
	struct pay_request r = {.person = person,
		.payee = PAYEE_SELF,
		.given_at = clock_wall_ms() - ago};

	payouts_uid(r.uid);
	snprintf(r.pad, sizeof(r.pad), "%s", pad);
	return r;
}

static enum verdict enter(struct bookstore *b, const struct pay_request *r,
	struct payout *out, struct refusal *why)
{
	struct err err = {0};
	const enum verdict v = payouts_pay(b->db, &b->lan, r, out, why, &err);

	if (v == VERDICT_FAILED)
		fail_msg("%s (%s)", err.text, err.where);
	return v;
}

static void T17_a_sheet_of_the_pad_is_late_and_given_already(void **state)
{
	struct bookstore *b = *state;
	const struct pay_request r = sheet(DEP, "000123", 90 * MINUTE);
	const int64_t before = records(b);
	struct record rec;
	struct payout out;
	struct refusal why;
	struct err err;
	bool first;

	assert_int_equal(enter(b, &r, &out, &why), VERDICT_DONE);
	assert_int_equal(out.state, PAYOUT_HANDED);
	assert_string_equal(out.pad, "000123");
	assert_int_equal(out.given_at, r.given_at);
	assert_false(out.quick);
	assert_int_equal(records(b), before + 2);
	read_record(b, before + 1, &rec);
	assert_int_equal(rec.kind, JOURNAL_PAY);
	assert_int_equal(rec.flags, JOURNAL_LATE | JOURNAL_HANDWRITTEN);
	assert_int_equal(rec.given_at, r.given_at);
	assert_true(rec.given_at < rec.t);
	assert_int_equal(in_drawer(b), 19500000);
	/* The sheet is the original: whatever is printed is a copy. */
	assert_true(payouts_print_begin(b->db, out.seq, &first, &err));
	assert_false(first);
	bookstore_must_hold(b);
	bookstore_restart(b);
	bookstore_must_hold(b);
}

static void T17_a_number_is_entered_once_however_it_is_typed(void **state)
{
	static const char *const typed[] = {"000123", "123", "0000000123"};
	struct bookstore *b = *state;
	const struct pay_request one = sheet(DEP, "123", 90 * MINUTE);
	const int64_t before = records(b);
	struct payout first;
	struct payout out;
	struct refusal why;
	struct err err;

	assert_int_equal(enter(b, &one, &first, &why), VERDICT_DONE);
	for (size_t i = 0; i < COUNT_OF(typed); i++) {
		const struct pay_request two = sheet(BINH, typed[i], MINUTE);

		assert_int_equal(enter(b, &two, &out, &why), VERDICT_REFUSED);
		assert_int_equal(why.code, REFUSED_PAD);
		assert_int_equal(why.prior.seq, first.seq);
		assert_string_equal(why.prior.receipt, first.code);
		assert_int_equal(payouts_by_pad(b->db, typed[i], &out, &err),
			LOOKUP_FOUND);
		assert_int_equal(out.seq, first.seq);
	}
	assert_int_equal(records(b), before + 2);
}

static void T17_a_time_to_come_or_long_past_is_refused(void **state)
{
	static const struct {
		const char *pad;
		int64_t ago;
	} bad[] = {
		{"000123", 0}, {"000123", -MINUTE},
		{"000123", INT64_C(32) * DAY}, {"000000", MINUTE},
		{"12a", MINUTE},
		{"1234567890123456789", MINUTE}, /* fits; one more does not */
	};
	struct bookstore *b = *state;
	const int64_t before = records(b);
	struct payout out;
	struct refusal why;

	clock_freeze_wall(clock_wall_ms());
	for (size_t i = 0; i < COUNT_OF(bad) - 1; i++) {
		const struct pay_request r = sheet(DEP, bad[i].pad, bad[i].ago);

		assert_int_equal(enter(b, &r, &out, &why), VERDICT_REFUSED);
		assert_int_equal(why.code, REFUSED_LATE);
	}
	assert_int_equal(records(b), before);
	{
		const struct pay_request r =
			sheet(DEP, bad[COUNT_OF(bad) - 1].pad, MINUTE);

		assert_int_equal(enter(b, &r, &out, &why), VERDICT_DONE);
	}
}

static void what_was_paid_twice_by_hand_is_said(void **state)
{
	struct bookstore *b = *state;
	const struct pay_request r = sheet(DEP, "7", MINUTE);
	const struct payout p = given(b, DEP);
	struct payout out;
	struct refusal why;

	assert_int_equal(enter(b, &r, &out, &why), VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_ALREADY_PAID);
	assert_int_equal(why.prior.seq, p.seq);
}

static void a_sheet_comes_back_by_its_number(void **state)
{
	struct bookstore *b = *state;
	const struct pay_request in = sheet(DEP, "000123", MINUTE);
	struct void_request r = {.reason = VOID_RECEIPT_BACK,
		.paper = "124",
		.by = &b->hoa};
	struct pay_request again = sheet(DEP, "000123", MINUTE);
	struct payout p;
	struct payout out;
	struct refusal why;

	assert_int_equal(enter(b, &in, &p, &why), VERDICT_DONE);
	r.seq = p.seq;
	must_refuse(b, &b->lan, &r, REFUSED_PAPER);
	r.paper = "123";
	assert_int_equal(try_void(b, &b->lan, &r, &out, &why), VERDICT_DONE);
	/* Its number is used all the same. */
	again.approver = &b->hoa;
	assert_int_equal(enter(b, &again, &out, &why), VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_PAD);
	bookstore_must_hold(b);
}

/* What the tables say beside the book decides who has to stand by. */
static void a_table_that_lies_of_a_void_or_a_sheet_is_found(void **state)
{
	static const char *const lies[] = {
		"UPDATE payout SET void_reason = 1 WHERE void_reason = 3",
		"UPDATE payout SET void_reason = 2 WHERE state = 3",
		"UPDATE payout SET pad = '' WHERE pad <> ''",
		"UPDATE payout SET pad = '000999' WHERE pad <> ''",
		"UPDATE payout SET pad = '000999' WHERE pad = ''",
	};
	struct bookstore *b = *state;
	const struct pay_request in = sheet(BINH, "000123", MINUTE);
	const struct payout p = given(b, DEP);
	const struct void_request r = {.seq = p.seq,
		.reason = VOID_RECEIPT_LOST,
		.by = &b->hoa};
	struct payout out;
	struct refusal why;
	struct err err;

	assert_int_equal(try_void(b, &b->lan, &r, &out, &why), VERDICT_DONE);
	assert_int_equal(enter(b, &in, &out, &why), VERDICT_DONE);
	bookstore_must_hold(b);
	for (size_t i = 0; i < COUNT_OF(lies); i++) {
		bookstore_sql(b, "CREATE TEMP TABLE was AS"
				 " SELECT seq, pad, void_reason FROM payout");
		bookstore_sql(b, lies[i]);
		if (db_check(b->db, &err))
			fail_msg("nobody saw: %s", lies[i]);
		bookstore_sql(b, "UPDATE payout SET pad = was.pad,"
				 " void_reason = was.void_reason FROM was"
				 " WHERE was.seq = payout.seq;"
				 " DROP TABLE was");
		bookstore_must_hold(b);
	}
}

static void entering_many_sheets_is_not_paying_quickly(void **state)
{
	struct bookstore *b = *state;
	struct payout out;
	struct refusal why;
	struct err err;
	int64_t quick;

	for (int i = 0; i < 2; i++) {
		const struct pay_request r =
			sheet(i ? BINH : DEP, i ? "2" : "1", MINUTE);

		assert_int_equal(enter(b, &r, &out, &why), VERDICT_DONE);
	}
	assert_true(payouts_quick(b->db, 1, &quick, &err));
	assert_int_equal(quick, 0);
}

#define ROW(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ROW(T61_without_the_paper_nothing_is_voided),
		ROW(T61_paper_and_second_person_bring_the_cash_back),
		ROW(a_lost_receipt_needs_no_paper_but_the_second_person),
		ROW(T36_who_may_be_the_second_person),
		ROW(T72_only_the_agent_of_the_open_shift_takes_it_back),
		ROW(what_is_open_is_answered_not_voided),
		ROW(its_money_goes_out_again_with_a_second_person_only),
		ROW(yesterdays_payment_comes_back_into_todays_drawer),
		ROW(a_book_that_lacks_records_takes_nothing_back),
		ROW(a_copy_of_it_is_still_numbered),
		ROW(T17_a_sheet_of_the_pad_is_late_and_given_already),
		ROW(T17_a_number_is_entered_once_however_it_is_typed),
		ROW(T17_a_time_to_come_or_long_past_is_refused),
		ROW(what_was_paid_twice_by_hand_is_said),
		ROW(a_sheet_comes_back_by_its_number),
		ROW(a_table_that_lies_of_a_void_or_a_sheet_is_found),
		ROW(entering_many_sheets_is_not_paying_quickly),
	};

	return cmocka_run_group_tests_name("voids", tests, NULL, NULL);
}
