/* Payouts: paid once, refused with a reason, whole or not at all. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/clock.h"
#include "db/db_internal.h"
#include "db/faults.h"
#include "db/journal.h"
#include "support/bookstore.h"

enum {
	DEP = 1,    /* 500,000 this month */
	BINH = 2,   /* 500,000, arrears 500,000 */
	ACC = 3,    /* by account */
	RICH = 4,   /* 16,000,000: over the limit of one person */
	DEAD = 5,   /* noted as dead */
	NOBODY = 99 /* on no list */
};

static int setup(void **state)
{
	static struct bookstore b;

	bookstore_make(&b);
	bookstore_due(&b, DEP, ENT_MONTH, BOOKSTORE_PERIOD, 500000, false);
	bookstore_due(&b, BINH, ENT_MONTH, BOOKSTORE_PERIOD, 500000, false);
	bookstore_due(&b, BINH, ENT_ARREARS, BOOKSTORE_PERIOD, 500000, false);
	bookstore_due(&b, ACC, ENT_MONTH, BOOKSTORE_PERIOD, 500000, true);
	bookstore_due(&b, RICH, ENT_MONTH, BOOKSTORE_PERIOD, 16000000, false);
	bookstore_due(&b, DEAD, ENT_MONTH, BOOKSTORE_PERIOD, 500000, false);
	*state = &b;
	return 0;
}

static int setup_with_shift(void **state)
{
	setup(state);
	bookstore_shift(*state, 40);
	return 0;
}

static int teardown(void **state)
{
	clock_freeze_wall(-1);
	bookstore_remove(*state);
	return 0;
}

static struct pay_request request_for(int64_t person)
{
	struct pay_request r = {.person = person, .payee = PAYEE_SELF};

	payouts_uid(r.uid);
	return r;
}

static enum verdict pay(struct bookstore *b, const struct session *s,
	const struct pay_request *r, struct payout *out, struct refusal *why)
{
	struct err err = {0};
	const enum verdict v = payouts_pay(b->db, s, r, out, why, &err);

	if (v == VERDICT_FAILED)
		fail_msg("%s (%s)", err.text, err.where);
	return v;
}

/* Records of a fault that this refusal begins. */
static int64_t faults_of(struct bookstore *b, enum refusal_code code)
{
	uint64_t open = 1;
	struct err err;

	if (code == REFUSED_DISK)
		assert_true(faults_open(b->db, FAULT_DISK, &open, &err));
	if (code == REFUSED_CLOCK)
		assert_true(faults_open(b->db, FAULT_CLOCK, &open, &err));
	/* CLOCK stands before the first record that is behind. */
	return open > 0 ? 0 : code == REFUSED_CLOCK ? 2 : 1;
}

static void assert_refused(struct bookstore *b, const struct session *s,
	const struct pay_request *r, enum refusal_code code)
{
	const int64_t before =
		bookstore_number(b, "SELECT max(seq) FROM journal");
	const int64_t faults = faults_of(b, code);
	struct payout out;
	struct refusal why;

	assert_int_equal(pay(b, s, r, &out, &why), VERDICT_REFUSED);
	assert_string_equal(refusal_code_name(why.code),
		refusal_code_name(code));
	/* Nothing changes; but what a role may not do is noted (T72), and
	 * so is what stops all payments, once. */
	assert_int_equal(bookstore_number(b, "SELECT max(seq) FROM journal"),
		before + faults + (code == REFUSED_ROLE));
}

static void a_payment_says_what_the_book_says(void **state)
{
	struct bookstore *b = *state;
	struct payout paid;
	struct payout again;
	struct err err;

	bookstore_pay(b, BINH, &paid);
	assert_int_equal(paid.state, PAYOUT_PAID);
	assert_int_equal(paid.amount, 1000000);
	assert_int_equal(paid.items, 2);
	assert_int_equal(paid.period, BOOKSTORE_PERIOD);
	assert_int_equal(paid.actor, 7);
	assert_string_equal(paid.actor_name, "Lan");
	assert_string_equal(paid.person.name, "Nguyễn Thị Đẹp");
	assert_int_equal(paid.print, PRINT_NONE);
	assert_int_equal(strlen(paid.code), 16);
	assert_int_equal(payouts_by_code(b->db, paid.code, &again, &err),
		LOOKUP_FOUND);
	assert_int_equal(again.seq, paid.seq);
	assert_int_equal(payouts_by_code(b->db, paid.qr, &again, &err),
		LOOKUP_FOUND);
	assert_int_equal(again.seq, paid.seq);
	bookstore_must_hold(b);
}

static void T39_a_changed_receipt_is_not_found(void **state)
{
	struct bookstore *b = *state;
	struct payout paid;
	struct payout out;
	struct err err;

	bookstore_pay(b, DEP, &paid);
	paid.qr[40] = paid.qr[40] == '0' ? '1' : '0';
	assert_int_equal(payouts_by_code(b->db, paid.qr, &out, &err),
		LOOKUP_ABSENT);
	paid.code[0] = paid.code[0] == '0' ? '1' : '0';
	assert_int_equal(payouts_by_code(b->db, paid.code, &out, &err),
		LOOKUP_ABSENT);
}

static void paying_twice_is_refused_and_says_when_and_by_whom(void **state)
{
	struct bookstore *b = *state;
	struct pay_request r = request_for(DEP);
	struct payout paid;
	struct payout out;
	struct refusal why;

	bookstore_pay(b, DEP, &paid);
	assert_int_equal(pay(b, &b->lan, &r, &out, &why), VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_OPEN_PAYOUT);
	assert_int_equal(why.prior.seq, paid.seq);
	bookstore_hand(b, paid.seq);
	assert_int_equal(pay(b, &b->lan, &r, &out, &why), VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_ALREADY_PAID);
	assert_int_equal(why.prior.seq, paid.seq);
	assert_int_equal(why.prior.amount, 500000);
	assert_int_equal(why.prior.t, paid.t);
	assert_string_equal(why.prior.actor_name, "Lan");
	assert_string_equal(why.prior.point, "Bưu cục Cẩm Khê");
	assert_string_equal(why.prior.receipt, paid.code);
}

/* What was paid of an older list is not among the items any more. */
static void an_older_list_that_was_paid_says_so_too(void **state)
{
	struct bookstore *b = *state;
	struct pay_request r = request_for(60);
	struct payout paid;
	struct payout out;
	struct refusal why;

	bookstore_due(b, 60, ENT_MONTH, 202611, 300000, false);
	bookstore_due(b, 60, ENT_MONTH, BOOKSTORE_PERIOD, 500000, false);
	bookstore_pay(b, 60, &paid);
	bookstore_hand(b, paid.seq);
	r.list_period = 202611;
	assert_int_equal(pay(b, &b->lan, &r, &out, &why), VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_ALREADY_PAID);
	assert_int_equal(why.prior.seq, paid.seq);
	r.list_period = 202610;
	assert_refused(b, &b->lan, &r, REFUSED_NOTHING_DUE);
}

/* A slow printer has several receipts waiting: none of them is unknown. */
static void two_receipts_may_be_printing(void **state)
{
	struct bookstore *b = *state;
	struct payout paid[2];
	struct payout out;
	struct err err;
	bool first;

	for (int i = 0; i < 2; i++) {
		bookstore_pay(b, i ? BINH : DEP, &paid[i]);
		assert_true(payouts_print_begin(b->db, paid[i].seq, &first,
			&err));
		bookstore_hand(b, paid[i].seq);
	}
	for (int i = 0; i < 2; i++) {
		assert_int_equal(payouts_get(b->db, paid[i].seq, &out, &err),
			LOOKUP_FOUND);
		assert_int_equal(out.print, PRINT_PRINTING);
		assert_true(payouts_print_result(b->db, &b->lan, paid[i].seq,
			PRINT_PRINTED, &err));
	}
}

static void only_agents_pay_T72(void **state)
{
	struct bookstore *b = *state;
	const struct pay_request r = request_for(DEP);

	assert_refused(b, &b->ky, &r, REFUSED_ROLE);
	assert_refused(b, &b->hoa, &r, REFUSED_ROLE);
	assert_refused(b, &b->dung, &r, REFUSED_ROLE);
}

static void no_shift_no_money(void **state)
{
	struct bookstore *b = *state;
	const struct pay_request r = request_for(DEP);

	assert_refused(b, &b->lan, &r, REFUSED_NO_SHIFT);
}

static void another_ones_shift_is_refused(void **state)
{
	struct bookstore *b = *state;
	const struct pay_request r = request_for(DEP);

	assert_refused(b, &b->minh, &r, REFUSED_NOT_YOUR_SHIFT);
}

static void T13_a_clock_set_back_blocks_paying(void **state)
{
	struct bookstore *b = *state;
	struct pay_request r = request_for(DEP);
	struct payout out;
	struct refusal why;
	struct err err;

	clock_freeze_wall(clock_wall_ms() - INT64_C(86400) * 1000);
	assert_refused(b, &b->lan, &r, REFUSED_CLOCK);
	/* A second person may let it pass; the record says so. */
	r.approver = &b->hoa;
	assert_int_equal(pay(b, &b->lan, &r, &out, &why), VERDICT_DONE);
	assert_int_equal(out.clock_quality, 4);
	bookstore_hand(b, out.seq);
	assert_int_equal(bookstore_number(b, "SELECT count(*) FROM clock"), 1);
	/* Or says that the clock is right now. */
	r = request_for(BINH);
	assert_refused(b, &b->lan, &r, REFUSED_CLOCK);
	assert_false(journal_clock_set(b->db, &b->lan, &err));
	assert_true(journal_clock_set(b->db, &b->hoa, &err));
	assert_int_equal(pay(b, &b->lan, &r, &out, &why), VERDICT_DONE);
	assert_int_equal(out.clock_quality, 3);
	bookstore_must_hold(b);
}

static void a_clock_a_little_behind_is_noted_only(void **state)
{
	struct bookstore *b = *state;
	const struct pay_request r = request_for(DEP);
	struct payout out;
	struct refusal why;

	clock_freeze_wall(clock_wall_ms() - 5 * 60 * 1000);
	assert_int_equal(pay(b, &b->lan, &r, &out, &why), VERDICT_DONE);
	assert_int_equal(out.clock_quality, 4);
	bookstore_must_hold(b);
}

static void T15_a_dead_battery_blocks_paying(void **state)
{
	struct bookstore *b = *state;
	struct pay_request r = request_for(DEP);

	clock_freeze_wall(86400000);
	assert_refused(b, &b->lan, &r, REFUSED_CLOCK_DAY);
	/* No second person makes 1970 a day. */
	r.approver = &b->hoa;
	assert_refused(b, &b->lan, &r, REFUSED_CLOCK_DAY);
}

static void T60_who_is_on_no_list_is_not_paid(void **state)
{
	struct bookstore *b = *state;
	struct pay_request r = request_for(NOBODY);

	assert_refused(b, &b->lan, &r, REFUSED_NOT_FOUND);
	r = request_for(DEP);
	r.list_period = 202611;
	assert_refused(b, &b->lan, &r, REFUSED_NOTHING_DUE);
}

static void who_is_paid_by_account_gets_no_cash(void **state)
{
	struct bookstore *b = *state;
	const struct pay_request r = request_for(ACC);

	assert_refused(b, &b->lan, &r, REFUSED_BY_ACCOUNT);
}

static void the_dead_are_not_paid_until_a_supervisor_says(void **state)
{
	struct bookstore *b = *state;
	const struct pay_request r = request_for(DEAD);
	const struct date day = {2026, 11, 3};
	struct payout out;
	struct refusal why;
	struct err err;

	assert_int_equal(payouts_not_paid(b->db, &b->ky, DEAD, NOT_PAID_DIED,
				 day, &why, &err),
		VERDICT_REFUSED);
	assert_int_equal(payouts_not_paid(b->db, &b->dung, DEAD, NOT_PAID_DIED,
				 day, &why, &err),
		VERDICT_DONE);
	assert_refused(b, &b->lan, &r, REFUSED_MARKED_NOT_PAID);
	pay(b, &b->lan, &r, &out, &why);
	assert_int_equal(why.amount, NOT_PAID_DIED);
	assert_string_equal(why.prior.actor_name, "Dung");
	assert_int_equal(payouts_not_paid(b->db, &b->lan, DEAD, NOT_PAID_NONE,
				 (struct date){0}, &why, &err),
		VERDICT_REFUSED);
	assert_int_equal(payouts_not_paid(b->db, &b->hoa, DEAD, NOT_PAID_NONE,
				 (struct date){0}, &why, &err),
		VERDICT_DONE);
	assert_int_equal(pay(b, &b->lan, &r, &out, &why), VERDICT_DONE);
	bookstore_must_hold(b);
}

static void who_was_absent_may_still_come(void **state)
{
	struct bookstore *b = *state;
	struct payout out;
	struct refusal why;
	struct err err;

	assert_int_equal(payouts_not_paid(b->db, &b->lan, DEP, NOT_PAID_ABSENT,
				 (struct date){0}, &why, &err),
		VERDICT_DONE);
	bookstore_pay(b, DEP, &out);
}

static const struct payee_row {
	const char *name;
	enum payee payee;
	const char *payee_name;
	const char *payee_id;
	const char *paper;
	bool ok;
} payee_rows[] = {
	{"guardian_without_name", PAYEE_GUARDIAN, "", "001145000112", "", 0},
	{"guardian_without_number", PAYEE_GUARDIAN, "Trần An", "", "", 0},
	{"guardian_whole", PAYEE_GUARDIAN, "Trần An", "001145000112", "", 1},
	{"authorised_without_paper", PAYEE_AUTHORISED, "Trần An",
		"001145000112", "", 0},
	{"authorised_whole", PAYEE_AUTHORISED, "Trần An", "001145000112",
		"12/UQ 01/11/2026", 1},
	{"funeral_short_number", PAYEE_FUNERAL, "Trần An", "00114500", "", 0},
	{"name_with_escape", PAYEE_CARER, "An\x1b[2J", "001145000112", "", 0},
	{"no_such_payee", (enum payee)9, "Trần An", "001145000112", "", 0},
};

static void the_receiver_is_complete(void **state)
{
	struct bookstore *b = *state;

	for (size_t i = 0; i < COUNT_OF(payee_rows); i++) {
		const struct payee_row *row = &payee_rows[i];
		struct pay_request r = request_for(100 + (int64_t)i);
		struct payout out;
		struct refusal why;
		enum verdict v;

		bookstore_due(b, r.person, ENT_MONTH, BOOKSTORE_PERIOD, 500000,
			false);
		r.payee = row->payee;
		snprintf(r.payee_name, sizeof(r.payee_name), "%s",
			row->payee_name);
		snprintf(r.payee_id, sizeof(r.payee_id), "%s", row->payee_id);
		snprintf(r.payee_paper, sizeof(r.payee_paper), "%s",
			row->paper);
		v = pay(b, &b->lan, &r, &out, &why);
		if ((v == VERDICT_DONE) != row->ok)
			fail_msg("%s", row->name);
		if (!row->ok) {
			assert_int_equal(why.code, REFUSED_PAYEE);
			continue;
		}
		assert_int_equal(out.payee, row->payee);
		assert_string_equal(out.payee_name, row->payee_name);
		bookstore_hand(b, out.seq);
	}
}

static void notes_must_add_up(void **state)
{
	struct bookstore *b = *state;
	struct pay_request r = request_for(DEP);
	struct payout out;
	struct refusal why;

	assert_true(notes_parse("200000x2,50000x1", &r.notes));
	assert_refused(b, &b->lan, &r, REFUSED_NOTES);
	r.notes.pieces[0] = -1;
	assert_refused(b, &b->lan, &r, REFUSED_NOTES);
	assert_true(notes_parse("200000x2,50000x2", &r.notes));
	assert_int_equal(pay(b, &b->lan, &r, &out, &why), VERDICT_DONE);
	assert_memory_equal(&out.notes, &r.notes, sizeof(r.notes));
}

static void much_money_needs_a_second_person_T36(void **state)
{
	struct bookstore *b = *state;
	struct pay_request r = request_for(RICH);
	struct session self = b->lan;
	struct payout out;
	struct refusal why;

	assert_refused(b, &b->lan, &r, REFUSED_SECOND_PERSON);
	r.approver = &b->minh;
	assert_refused(b, &b->lan, &r, REFUSED_SECOND_PERSON);
	self.user.role = ROLE_SUPERVISOR;
	r.approver = &self;
	assert_refused(b, &b->lan, &r, REFUSED_SAME_PERSON);
	r.approver = &b->hoa;
	assert_int_equal(pay(b, &b->lan, &r, &out, &why), VERDICT_DONE);
	assert_int_equal(out.amount, 16000000);
	bookstore_must_hold(b);
}

static void the_drawer_never_goes_below_zero(void **state)
{
	struct bookstore *b = *state;
	struct pay_request r = request_for(BINH);
	struct payout out;
	struct refusal why;

	bookstore_shift(b, 1);
	assert_int_equal(pay(b, &b->lan, &r, &out, &why), VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_NOT_ENOUGH_CASH);
	assert_int_equal(why.amount, 500000);
	bookstore_pay(b, DEP, &out);
}

static void T07_full_disk_refuses_before_any_change(void **state)
{
	struct bookstore *b = *state;
	const struct pay_request r = request_for(DEP);
	struct session s;
	struct sign_in_result result;
	struct payout out;
	struct err err;

	b->db->least_free = UINT64_MAX;
	assert_refused(b, &b->lan, &r, REFUSED_DISK);
	assert_refused(b, &b->lan, &r, REFUSED_DISK);
	assert_int_equal(payouts_of_request(b->db, r.uid, &out, &err),
		LOOKUP_ABSENT);
	assert_int_equal(users_sign_in(b->db, 8, "246802", &s, &result, &err),
		SIGN_IN_DONE);
}

/* T62's stop: so many payouts in a shift, and no more. */
static void a_shift_has_its_limits_T62(void **state)
{
	struct bookstore *b = *state;
	struct pay_request r;
	struct payout out;
	struct refusal why;

	for (int i = 0; i < 300; i++) {
		bookstore_due(b, 1000 + i, ENT_MONTH, BOOKSTORE_PERIOD, 1000,
			false);
		bookstore_pay(b, 1000 + i, &out);
		bookstore_hand(b, out.seq);
	}
	r = request_for(DEP);
	assert_int_equal(pay(b, &b->lan, &r, &out, &why), VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_LIMIT_COUNT);
	bookstore_must_hold(b);
}

static void a_shift_pays_two_billion_at_most(void **state)
{
	struct bookstore *b = *state;
	struct pay_request r = request_for(50);

	bookstore_shift(b, 10000);
	bookstore_due(b, 50, ENT_MONTH, BOOKSTORE_PERIOD, 2000000001, false);
	r.approver = &b->hoa;
	assert_refused(b, &b->lan, &r, REFUSED_LIMIT_SUM);
}

static void T03_after_a_crash_the_open_payout_is_asked_about(void **state)
{
	struct bookstore *b = *state;
	struct pay_request r = request_for(DEP);
	struct payout paid;
	struct payout out;
	struct refusal why;
	struct err err;
	bool first;

	assert_int_equal(pay(b, &b->lan, &r, &paid, &why), VERDICT_DONE);
	bookstore_crash(b);
	bookstore_open(b);
	assert_int_equal(payouts_open(b->db, &out, &err), LOOKUP_FOUND);
	assert_int_equal(out.seq, paid.seq);
	assert_string_equal(out.code, paid.code);
	assert_string_equal(out.qr, paid.qr);
	assert_int_equal(out.print, PRINT_NONE);
	/* The original is still to be printed, and once only. */
	assert_true(payouts_print_begin(b->db, paid.seq, &first, &err));
	assert_true(first);
	assert_true(payouts_print_begin(b->db, paid.seq, &first, &err));
	assert_false(first);
	assert_true(payouts_print_result(b->db, &b->lan, paid.seq,
		PRINT_PRINTED, &err));
	r = request_for(BINH);
	assert_refused(b, &b->lan, &r, REFUSED_OPEN_PAYOUT);
	bookstore_must_hold(b);
}

static void T04_a_half_printed_receipt_is_unknown_then_a_copy(void **state)
{
	struct bookstore *b = *state;
	struct payout paid;
	struct payout out;
	struct refusal why;
	struct err err;
	bool first;
	int copy;

	bookstore_pay(b, DEP, &paid);
	assert_true(payouts_print_begin(b->db, paid.seq, &first, &err));
	assert_true(first);
	assert_int_equal(payouts_get(b->db, paid.seq, &out, &err),
		LOOKUP_FOUND);
	assert_int_equal(out.print, PRINT_PRINTING);
	bookstore_crash(b);
	bookstore_open(b);
	assert_int_equal(payouts_open(b->db, &out, &err), LOOKUP_FOUND);
	assert_int_equal(out.print, PRINT_UNKNOWN);
	assert_true(payouts_print_begin(b->db, paid.seq, &first, &err));
	assert_false(first);
	for (int i = 1; i <= 2; i++) {
		assert_int_equal(payouts_reprint(b->db, &b->lan, paid.seq, 1,
					 &copy, &why, &err),
			VERDICT_DONE);
		assert_int_equal(copy, i);
	}
	assert_int_equal(payouts_get(b->db, paid.seq, &out, &err),
		LOOKUP_FOUND);
	assert_int_equal(out.copies, 2);
	bookstore_must_hold(b);
}

static void a_print_that_failed_may_begin_again(void **state)
{
	struct bookstore *b = *state;
	struct payout paid;
	struct err err;
	bool first;

	bookstore_pay(b, DEP, &paid);
	assert_true(payouts_print_begin(b->db, paid.seq, &first, &err));
	assert_true(payouts_print_result(b->db, &b->lan, paid.seq, PRINT_FAILED,
		&err));
	assert_true(payouts_print_begin(b->db, paid.seq, &first, &err));
	assert_true(first);
}

static void T05_recovery_is_answered_once_T06(void **state)
{
	struct bookstore *b = *state;
	struct payout paid;
	struct payout out;
	struct refusal why;
	struct err err;

	bookstore_pay(b, DEP, &paid);
	bookstore_crash(b);
	bookstore_open(b);
	assert_int_equal(payouts_recover(b->db, &b->minh, true, NULL, &out,
				 &why, &err),
		VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_NOT_YOUR_SHIFT);
	assert_int_equal(payouts_recover(b->db, &b->lan, true, NULL, &out, &why,
				 &err),
		VERDICT_DONE);
	assert_int_equal(out.state, PAYOUT_HANDED);
	bookstore_crash(b);
	bookstore_open(b);
	assert_int_equal(payouts_recover(b->db, &b->lan, true, NULL, &out, &why,
				 &err),
		VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_NO_OPEN_PAYOUT);
	bookstore_must_hold(b);
}

static void not_handed_may_be_paid_again_I2(void **state)
{
	struct bookstore *b = *state;
	struct pay_request r = request_for(DEP);
	struct payout paid;
	struct payout out;
	struct refusal why;
	struct err err;
	struct shift shift;

	bookstore_pay(b, DEP, &paid);
	assert_int_equal(payouts_not_handed(b->db, &b->lan, paid.seq, &b->minh,
				 &out, &why, &err),
		VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_SECOND_PERSON);
	assert_int_equal(payouts_not_handed(b->db, &b->lan, paid.seq, NULL,
				 &out, &why, &err),
		VERDICT_DONE);
	assert_int_equal(out.state, PAYOUT_VOIDED);
	assert_int_equal(shifts_current(b->db, &shift, &err), LOOKUP_FOUND);
	assert_int_equal(shift.expected, 20000000);
	assert_int_equal(shift.payouts, 0);
	assert_int_equal(pay(b, &b->lan, &r, &out, &why), VERDICT_DONE);
	assert_true(out.seq > paid.seq);
	bookstore_hand(b, out.seq);
	assert_refused(b, &b->lan, &r, REFUSED_ALREADY_PAID);
	assert_int_equal(payouts_not_handed(b->db, &b->lan, out.seq, NULL, &out,
				 &why, &err),
		VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_NO_OPEN_PAYOUT);
	bookstore_must_hold(b);
	bookstore_restart(b);
	bookstore_must_hold(b);
}

static void a_voided_payout_with_second_person_recovers(void **state)
{
	struct bookstore *b = *state;
	struct payout paid;
	struct payout out;
	struct refusal why;
	struct err err;

	bookstore_pay(b, DEP, &paid);
	bookstore_crash(b);
	bookstore_open(b);
	assert_int_equal(payouts_recover(b->db, &b->lan, false, &b->hoa, &out,
				 &why, &err),
		VERDICT_DONE);
	assert_int_equal(out.state, PAYOUT_VOIDED);
	bookstore_must_hold(b);
}

static void a_request_is_found_by_its_uid(void **state)
{
	struct bookstore *b = *state;
	const struct pay_request r = request_for(DEP);
	struct payout paid;
	struct payout out;
	struct refusal why;
	struct err err;

	assert_int_equal(payouts_of_request(b->db, r.uid, &out, &err),
		LOOKUP_ABSENT);
	assert_int_equal(pay(b, &b->lan, &r, &paid, &why), VERDICT_DONE);
	assert_int_equal(payouts_of_request(b->db, r.uid, &out, &err),
		LOOKUP_FOUND);
	assert_int_equal(out.seq, paid.seq);
}

static void a_review_goes_before_its_payment(void **state)
{
	struct bookstore *b = *state;
	struct pay_request r = request_for(DEP);
	struct payout out;
	struct refusal why;
	const int64_t before =
		bookstore_number(b, "SELECT max(seq) FROM journal");

	r.review = REVIEW_NAME_MARKS | REVIEW_BIRTH;
	assert_int_equal(pay(b, &b->lan, &r, &out, &why), VERDICT_DONE);
	assert_int_equal(out.seq, before + 2);
	/* Its personal data are sealed and beside the book, not in it. */
	assert_int_equal(bookstore_number(b, "SELECT count(*) FROM pd"), 2);
	assert_int_equal(bookstore_number(b,
				 "SELECT count(*) FROM journal WHERE"
				 " instr(body, CAST('Đẹp' AS BLOB)) > 0"),
		0);
	bookstore_must_hold(b);
}

#define ON_SHIFT(f) \
	cmocka_unit_test_setup_teardown(f, setup_with_shift, teardown)
#define NO_SHIFT(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_SHIFT(a_payment_says_what_the_book_says),
		ON_SHIFT(T39_a_changed_receipt_is_not_found),
		ON_SHIFT(paying_twice_is_refused_and_says_when_and_by_whom),
		ON_SHIFT(an_older_list_that_was_paid_says_so_too),
		ON_SHIFT(two_receipts_may_be_printing),
		ON_SHIFT(only_agents_pay_T72),
		NO_SHIFT(no_shift_no_money),
		ON_SHIFT(another_ones_shift_is_refused),
		ON_SHIFT(T13_a_clock_set_back_blocks_paying),
		ON_SHIFT(a_clock_a_little_behind_is_noted_only),
		ON_SHIFT(T15_a_dead_battery_blocks_paying),
		ON_SHIFT(T60_who_is_on_no_list_is_not_paid),
		ON_SHIFT(who_is_paid_by_account_gets_no_cash),
		ON_SHIFT(the_dead_are_not_paid_until_a_supervisor_says),
		ON_SHIFT(who_was_absent_may_still_come),
		ON_SHIFT(the_receiver_is_complete),
		ON_SHIFT(notes_must_add_up),
		ON_SHIFT(much_money_needs_a_second_person_T36),
		NO_SHIFT(the_drawer_never_goes_below_zero),
		ON_SHIFT(T07_full_disk_refuses_before_any_change),
		ON_SHIFT(a_shift_has_its_limits_T62),
		NO_SHIFT(a_shift_pays_two_billion_at_most),
		ON_SHIFT(T03_after_a_crash_the_open_payout_is_asked_about),
		ON_SHIFT(T04_a_half_printed_receipt_is_unknown_then_a_copy),
		ON_SHIFT(a_print_that_failed_may_begin_again),
		ON_SHIFT(T05_recovery_is_answered_once_T06),
		ON_SHIFT(not_handed_may_be_paid_again_I2),
		ON_SHIFT(a_voided_payout_with_second_person_recovers),
		ON_SHIFT(a_request_is_found_by_its_uid),
		ON_SHIFT(a_review_goes_before_its_payment),
	};

	return cmocka_run_group_tests_name("payouts", tests, NULL, NULL);
}
