/*
 * A second person's word by QR: asked on one terminal, given on another.
 * `here` is Lan's terminal, `there` the supervisor's own (T36).
 */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/clock.h"
#include "core/str.h"
#include "db/approvals.h"
#include "db/db_internal.h"
#include "db/elsewhere.h"
#include "db/journal_internal.h"
#include "db/record_internal.h"
#include "support/bookstore.h"
#include "support/vectors.h"
#include "support/verifier.h"

enum {
	DEP = 1,
	RICH = 2, /* 20,000,000: over the limit */
	LEFT = 3,
	MINUTE = 60000
};

struct two {
	struct bookstore here;
	struct bookstore there;
	struct approval a;
	struct session by;
	struct refusal why;
	struct payout paid;
	char card[APPROVAL_TEXT_SIZE];
	char answer[APPROVAL_TEXT_SIZE];
};

static void enrolled(struct two *t, const struct session *s)
{
	struct err err;

	assert_int_equal(approvals_enrol(t->here.db, s, t->card, &t->why, &err),
		VERDICT_DONE);
}

static int setup(void **state)
{
	static struct two t;

	memset(&t, 0, sizeof(t));
	bookstore_make(&t.here);
	bookstore_make(&t.there);
	bookstore_due(&t.here, DEP, ENT_MONTH, BOOKSTORE_PERIOD, 500000, false);
	bookstore_due(&t.here, RICH, ENT_MONTH, BOOKSTORE_PERIOD, 20000000,
		false);
	bookstore_shift(&t.here, 60);
	assert_int_equal(approvals_card(t.there.db, &t.there.hoa, t.card,
				 &t.why),
		VERDICT_DONE);
	enrolled(&t, &t.here.hoa);
	bookstore_pay(&t.here, DEP, &t.paid);
	bookstore_hand(&t.here, t.paid.seq);
	*state = &t;
	return 0;
}

static int teardown(void **state)
{
	struct two *t = *state;

	clock_freeze_wall(-1);
	if (t->here.db)
		bookstore_remove(&t->here);
	bookstore_remove(&t->there);
	return 0;
}

static int64_t records(struct bookstore *b)
{
	return bookstore_number(b, "SELECT max(seq) FROM journal");
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

/* ---- three acts that want a second person -------------------------------- */

static enum verdict void_it(struct two *t, const struct session *by)
{
	const struct void_request request = {.seq = t->paid.seq,
		.reason = VOID_RECEIPT_LOST,
		.by = by};
	struct payout out;
	struct err err = {0};

	return payouts_void(t->here.db, &t->here.lan, &request, &out, &t->why,
		&err);
}

static enum verdict pay_rich(struct two *t, const struct session *by)
{
	struct pay_request r = {.uid = "one request, 16",
		.person = RICH,
		.payee = PAYEE_SELF,
		.review = REVIEW_NAME_MARKS,
		.approver = by};
	struct payout out;
	struct err err = {0};

	return payouts_pay(t->here.db, &t->here.lan, &r, &out, &t->why, &err);
}

static enum verdict close_short(struct two *t, const struct session *by)
{
	const struct notes counted = {.pieces = {50}};
	struct shift_slip slip;
	struct err err = {0};
	const enum verdict v = shifts_close(t->here.db, &t->here.lan, &counted,
		SHIFT_REASON_MISCOUNT, by, &slip, &t->why, &err);

	if (v == VERDICT_DONE && by) {
		assert_int_equal(slip.second, 1);
		assert_string_equal(slip.second_name, "Hoa");
	}
	return v;
}

typedef enum verdict act_fn(struct two *t, const struct session *by);

static enum verdict ask(struct two *t, act_fn *act)
{
	struct err err = {0};

	assert_true(approvals_ask(t->here.db, &t->here.lan, &t->a, &t->by,
		&err));
	return approvals_asked(t->here.db, &t->a, act(t, &t->by), &t->why,
		&err);
}

static void asked(struct two *t, act_fn *act)
{
	assert_int_equal(ask(t, act), VERDICT_REFUSED);
	assert_int_equal(t->why.code, REFUSED_APPROVAL_WANTED);
	assert_true(t->a.asked);
}

static enum verdict give(struct two *t, const struct session *s)
{
	struct err err = {0};

	return approvals_give(t->there.db, s, t->a.text, t->answer, &t->why,
		&err);
}

/* Who found it could ask for whatever he likes. */
static void a_request_of_a_lost_terminal_is_not_approved(void **state)
{
	struct two *t = *state;
	char text[MARKS_CARD_SIZE];
	struct marks_card card;
	struct err err;

	asked(t, void_it);
	elsewhere_card(t->here.db, text);
	assert_true(marks_card_parse(text, &card));
	assert_int_equal(elsewhere_know(t->there.db, &t->there.hoa, &card,
				 &t->why, &err),
		VERDICT_DONE);
	assert_int_equal(elsewhere_drop(t->there.db, &t->there.hoa, card.dev,
				 PEER_LOST, &t->why, &err),
		VERDICT_DONE);
	assert_int_equal(give(t, &t->there.hoa), VERDICT_REFUSED);
	assert_int_equal(t->why.code, REFUSED_PEER_GONE);
	assert_int_equal(strlen(t->why.prior.point), 6);
	bookstore_must_hold(&t->there);
}

static enum verdict answer(struct two *t, act_fn *act)
{
	struct err err = {0};
	enum verdict v = approvals_answer(t->here.db, &t->here.lan, &t->a,
		t->answer, &t->by, &t->why, &err);

	if (v == VERDICT_DONE)
		v = approvals_answered(t->here.db, &t->a, act(t, &t->by),
			&t->why);
	return v;
}

static void refused(struct two *t, act_fn *act, enum refusal_code code)
{
	const int64_t before = records(&t->here);

	assert_int_equal(answer(t, act), VERDICT_REFUSED);
	assert_int_equal(t->why.code, code);
	assert_int_equal(records(&t->here), before);
}

/* Both books hold, and the second reader says so of this one. */
static void both_hold(struct two *t)
{
	bookstore_must_hold(&t->here);
	bookstore_must_hold(&t->there);
	db_close(t->here.db);
	t->here.db = NULL;
	verifier_must_accept_but_lists(t->here.dir);
	bookstore_open(&t->here);
	db_close(t->there.db);
	t->there.db = NULL;
	verifier_must_accept_but_lists(t->there.dir);
	bookstore_open(&t->there);
}

static struct row {
	const char *name;
	act_fn *act;
	uint64_t kind;
	uint64_t reason;
	int64_t amount;
	const char *person;
	int64_t adds; /* records */
} rows[] = {
	{"T36_a_void_approved_by_qr", void_it, 13, VOID_RECEIPT_LOST, 500000,
		NULL, 2},
	{"a_payment_over_the_limit_approved_by_qr", pay_rich, 10, 0, 20000000,
		NULL, 2},
	{"a_difference_at_close_approved_by_qr", close_short, 23,
		SHIFT_REASON_MISCOUNT | APPROVAL_SHORTAGE, 4500000, "", 3},
};

/* An agent is out, and somebody else answers for his open payment: shifts.h. */
static enum verdict minh_answers(struct two *t, const struct session *by,
	bool handed)
{
	struct payout out;
	struct err err = {0};

	return payouts_recover(t->here.db, &t->here.minh, handed, by, &out,
		&t->why, &err);
}

static void leave_open(struct two *t)
{
	struct err err = {0};

	bookstore_due(&t->here, LEFT, ENT_MONTH, BOOKSTORE_PERIOD, 500000,
		false);
	bookstore_pay(&t->here, LEFT, &t->paid);
	assert_int_equal(users_revoke(t->here.db, &t->here.hoa,
				 t->here.lan.user.number, &t->why, &err),
		VERDICT_DONE);
}

static struct said {
	const char *name;
	bool handed;
} said[] = {
	{"T72_handed_for_who_is_out_approved_by_qr", true},
	{"T72_not_handed_for_who_is_out_approved_by_qr", false},
};

static void T72_an_answer_for_who_is_out_is_approved_by_qr(void **state)
{
	const struct said *row = *state;
	const bool handed = row->handed;
	struct err err = {0};
	struct record r;
	enum verdict v;
	struct two *t;
	void *two;
	int64_t before;

	setup(&two);
	t = two;
	leave_open(t);
	before = records(&t->here);
	assert_true(approvals_ask(t->here.db, &t->here.minh, &t->a, &t->by,
		&err));
	v = minh_answers(t, &t->by, handed);
	v = approvals_asked(t->here.db, &t->a, v, &t->why, &err);
	assert_int_equal(v, VERDICT_REFUSED);
	assert_int_equal(t->why.code, REFUSED_APPROVAL_WANTED);
	assert_int_equal(records(&t->here), before);
	assert_int_equal(t->a.request.kind,
		handed ? JOURNAL_HANDED : JOURNAL_VOID);
	assert_int_equal(t->a.request.amount, 500000);
	assert_int_equal(give(t, &t->there.hoa), VERDICT_DONE);
	clock_freeze_wall(t->a.now + 2 * MINUTE);
	assert_int_equal(approvals_answer(t->here.db, &t->here.minh, &t->a,
				 t->answer, &t->by, &t->why, &err),
		VERDICT_DONE);
	v = minh_answers(t, &t->by, handed);
	assert_int_equal(approvals_answered(t->here.db, &t->a, v, &t->why),
		VERDICT_DONE);
	assert_int_equal(records(&t->here), before + 2);
	read_record(&t->here, before + 1, &r);
	assert_int_equal(r.kind, JOURNAL_RECOVERY);
	read_record(&t->here, before + 2, &r);
	assert_int_equal(r.kind, handed ? JOURNAL_HANDED : JOURNAL_VOID);
	assert_int_equal(r.actor, 8);
	assert_int_equal(r.approver, 1);
	both_hold(t);
	teardown(&two);
}

static void an_act_is_approved_from_another_terminal(void **state)
{
	const struct row *row = *state;
	struct record given;
	struct record r = {0};
	struct two *t;
	void *two;
	int64_t before;

	setup(&two);
	t = two;
	before = records(&t->here);
	asked(t, row->act);
	assert_int_equal(records(&t->here), before);
	assert_int_equal(t->a.request.kind, row->kind);
	assert_int_equal(t->a.request.reason, row->reason);
	assert_int_equal(t->a.request.amount, row->amount);
	assert_int_equal(t->a.request.actor, 7);
	assert_memory_equal(t->a.request.dev, db_info(t->here.db)->dev, 16);
	if (row->person)
		assert_string_equal(t->a.request.person, row->person);
	else
		assert_true(t->a.request.person[0] != '\0');
	bookstore_must_hold(&t->here);

	assert_int_equal(give(t, &t->there.hoa), VERDICT_DONE);
	read_record(&t->there, records(&t->there), &given);
	assert_int_equal(given.kind, JOURNAL_APPROVE);
	assert_int_equal(given.actor, 1);
	assert_int_equal(given.amount, row->amount);
	assert_int_equal(given.result, row->kind);
	assert_memory_equal(given.peer, db_info(t->here.db)->dev, 16);

	/* The clocks go on meanwhile; the record is of when it was asked. */
	clock_freeze_wall(t->a.now + 2 * MINUTE);
	assert_int_equal(answer(t, row->act), VERDICT_DONE);
	assert_int_equal(records(&t->here), before + row->adds);
	for (int64_t seq = before + 1; r.kind != row->kind; seq++)
		read_record(&t->here, seq, &r);
	assert_int_equal(r.approver, 1);
	assert_int_equal(r.t, given.t > 0 ? r.t : 0);
	record_act_digest(&r, t->a.request.digest);
	assert_memory_equal(t->a.request.digest, given.rsum, 32);
	both_hold(t);
	teardown(&two);
}

/* ---- what is not believed ------------------------------------------------ */

static void T36_an_answer_counts_once(void **state)
{
	struct two *t = *state;

	asked(t, void_it);
	assert_int_equal(give(t, &t->there.hoa), VERDICT_DONE);
	assert_int_equal(answer(t, void_it), VERDICT_DONE);
	refused(t, void_it, REFUSED_APPROVAL_OTHER);
	asked(t, pay_rich);
	refused(t, pay_rich, REFUSED_APPROVAL_OTHER);
	both_hold(t);
}

static void T36_an_answer_to_one_thing_is_not_for_another(void **state)
{
	struct two *t = *state;

	asked(t, void_it);
	assert_int_equal(give(t, &t->there.hoa), VERDICT_DONE);
	refused(t, pay_rich, REFUSED_APPROVAL_OTHER);
	refused(t, close_short, REFUSED_APPROVAL_OTHER);
	assert_int_equal(answer(t, void_it), VERDICT_DONE);
	both_hold(t);
}

static void the_agent_does_not_approve_himself(void **state)
{
	struct two *t = *state;

	asked(t, void_it);
	assert_int_equal(give(t, &t->there.lan), VERDICT_REFUSED);
	assert_int_equal(t->why.code, REFUSED_ROLE);
	t->a.request.actor = 1; /* a supervisor cannot act; were it so: */
	approval_request_text(&t->a.request, t->a.text);
	assert_int_equal(give(t, &t->there.hoa), VERDICT_REFUSED);
	assert_int_equal(t->why.code, REFUSED_SAME_PERSON);
}

static void the_book_went_on_meanwhile(void **state)
{
	struct two *t = *state;
	struct err err;

	asked(t, void_it);
	assert_int_equal(give(t, &t->there.hoa), VERDICT_DONE);
	assert_true(payouts_print_result(t->here.db, &t->here.lan, t->paid.seq,
		PRINT_PRINTED, &err));
	refused(t, void_it, REFUSED_APPROVAL_MOVED);
	asked(t, void_it);
	assert_int_equal(give(t, &t->there.hoa), VERDICT_DONE);
	assert_int_equal(answer(t, void_it), VERDICT_DONE);
	both_hold(t);
}

static void five_minutes_are_over(void **state)
{
	struct two *t = *state;

	asked(t, void_it);
	assert_int_equal(give(t, &t->there.hoa), VERDICT_DONE);
	t->a.mono -= APPROVALS_MS + 1;
	refused(t, void_it, REFUSED_APPROVAL_LATE);
	t->a.mono += APPROVALS_MS + 1;
	t->a.boot[0] ^= 1; /* the machine was started anew */
	refused(t, void_it, REFUSED_APPROVAL_LATE);
}

/* Tuan has no card here: his answer is worth nothing, though he may. */
static void a_key_that_nobody_registered_here(void **state)
{
	struct two *t = *state;

	asked(t, void_it);
	assert_int_equal(give(t, &t->there.tuan), VERDICT_DONE);
	refused(t, void_it, REFUSED_APPROVAL_KEY);
	assert_int_equal(t->why.actor, 2);
}

static void T36_a_forged_answer(void **state)
{
	struct two *t = *state;
	struct approval_answer a;

	asked(t, void_it);
	/* Tuan's signature under Hoa's number. */
	assert_int_equal(give(t, &t->there.tuan), VERDICT_DONE);
	assert_true(approval_answer_parse(t->answer, &a));
	a.number = 1;
	approval_answer_text(&a, t->answer);
	refused(t, void_it, REFUSED_APPROVAL_FORGED);
	a.number = 77;
	approval_answer_text(&a, t->answer);
	refused(t, void_it, REFUSED_NO_USER);
	a.number = 8;
	approval_answer_text(&a, t->answer);
	refused(t, void_it, REFUSED_SECOND_PERSON);
	a.number = 7;
	approval_answer_text(&a, t->answer);
	refused(t, void_it, REFUSED_SECOND_PERSON);
	assert_true(str_copy(t->answer, sizeof(t->answer), "CA2:0"));
	refused(t, void_it, REFUSED_APPROVAL_TEXT);
}

static void T36_an_approver_who_was_revoked(void **state)
{
	struct two *t = *state;
	struct err err;

	assert_int_equal(users_revoke(t->here.db, &t->here.tuan, 1, &t->why,
				 &err),
		VERDICT_DONE);
	asked(t, void_it);
	assert_int_equal(give(t, &t->there.hoa), VERDICT_DONE);
	refused(t, void_it, REFUSED_REVOKED);
	assert_int_equal(void_it(t, &t->here.tuan), VERDICT_DONE);
	both_hold(t);
}

/* What the act itself refuses is not asked of anybody. */
static void what_is_refused_anyway_is_not_asked_for(void **state)
{
	struct two *t = *state;

	t->paid.seq = 1;
	assert_int_equal(ask(t, void_it), VERDICT_REFUSED);
	assert_int_equal(t->why.code, REFUSED_NOT_FOUND);
	assert_false(t->a.asked);
	assert_null(t->here.db->hold);
}

static void a_request_outlives_its_verb(void **state)
{
	struct two *t = *state;
	struct err err;

	assert_int_equal(approvals_kept(t->here.db, &t->a, &err),
		LOOKUP_ABSENT);
	asked(t, void_it);
	assert_true(approvals_keep(t->here.db, &t->a, &err));
	assert_int_equal(give(t, &t->there.hoa), VERDICT_DONE);
	approvals_clear(&t->a);
	bookstore_restart(&t->here);
	assert_int_equal(approvals_kept(t->here.db, &t->a, &err), LOOKUP_FOUND);
	assert_int_equal(answer(t, void_it), VERDICT_DONE);
	assert_true(approvals_forget(t->here.db, &err));
	assert_int_equal(approvals_kept(t->here.db, &t->a, &err),
		LOOKUP_ABSENT);
	both_hold(t);
}

/* ---- the card ------------------------------------------------------------ */

static void only_his_own_card_is_taken(void **state)
{
	struct two *t = *state;
	struct err err;

	assert_int_equal(approvals_enrol(t->here.db, &t->here.tuan, t->card,
				 &t->why, &err),
		VERDICT_REFUSED);
	assert_int_equal(t->why.code, REFUSED_CARD);
	assert_int_equal(t->why.actor, 1);
	assert_int_equal(approvals_enrol(t->here.db, &t->here.lan, t->card,
				 &t->why, &err),
		VERDICT_REFUSED);
	assert_int_equal(t->why.code, REFUSED_ROLE);
	assert_int_equal(approvals_enrol(t->here.db, &t->here.hoa, "CU1:X",
				 &t->why, &err),
		VERDICT_REFUSED);
	assert_int_equal(t->why.code, REFUSED_CARD);
}

static void a_card_taken_away_approves_nothing(void **state)
{
	struct two *t = *state;
	struct err err;

	assert_int_equal(approvals_enrol(t->here.db, &t->here.hoa, NULL,
				 &t->why, &err),
		VERDICT_DONE);
	asked(t, void_it);
	assert_int_equal(give(t, &t->there.hoa), VERDICT_DONE);
	refused(t, void_it, REFUSED_APPROVAL_KEY);
	both_hold(t);
}

static void another_card_is_worth_it_instead(void **state)
{
	struct two *t = *state;
	struct err err;

	/* Her new terminal: the same number, another key. */
	assert_int_equal(approvals_card(t->here.db, &t->here.hoa, t->card,
				 &t->why),
		VERDICT_DONE);
	enrolled(t, &t->here.hoa);
	asked(t, void_it);
	assert_int_equal(give(t, &t->there.hoa), VERDICT_DONE);
	refused(t, void_it, REFUSED_APPROVAL_FORGED);
	assert_int_equal(approvals_give(t->here.db, &t->here.hoa, t->a.text,
				 t->answer, &t->why, &err),
		VERDICT_DONE);
	refused(t, void_it, REFUSED_APPROVAL_MOVED);
	both_hold(t);
}

static struct {
	const char *name;
	const char *sql;
} hands[] = {
	{"a_card_put_into_the_table_by_hand",
		"UPDATE user SET approval = randomblob(32) WHERE"
		" number = 2"},
	{"a_card_changed_by_hand",
		"UPDATE user SET approval = randomblob(32) WHERE"
		" number = 1"},
	{"a_card_taken_out_by_hand",
		"UPDATE user SET approval = x'' WHERE number = 1"},
	{"a_last_day_put_in_by_hand",
		"UPDATE user SET until = 20991231 WHERE number = 7"},
	{"a_key_of_the_centre_put_in_by_hand",
		"INSERT INTO setting (name, value) VALUES ('centre_sign',"
		" 'aa')"},
};

static void is_damage(void **state)
{
	const char *sql = ((const char **)*state)[1];
	struct err err;
	void *two;
	struct two *t;

	setup(&two);
	t = two;
	bookstore_must_hold(&t->here);
	bookstore_sql(&t->here, sql);
	assert_false(db_check(t->here.db, &err));
	assert_int_equal(err.code, ERR_CORRUPT);
	teardown(&two);
}

/* ---- vectors ------------------------------------------------------------- */

static void the_golden_records_are_read_and_written(void **state)
{
	static const char *const names[] = {"START", "USER", "UNTIL", "CARD",
		"REVLIST", "APPROVE"};

	(void)state;
	for (size_t i = 0; i < COUNT_OF(names); i++) {
		uint8_t body[1024];
		uint8_t again[1024];
		struct record r;
		const char *finding;
		char key[32];
		struct buf b;
		size_t len;

		snprintf(key, sizeof(key), "rec_%s", names[i]);
		len = vector_bytes("approval_vectors.txt", key, body,
			sizeof(body));
		if (!record_decode(body, len, &r, &finding))
			fail_msg("%s: %s", key, finding);
		buf_init(&b, again, sizeof(again));
		record_encode(&r, &b);
		assert_int_equal(b.len, len);
		assert_memory_equal(again, body, len);
	}
}

#define T(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void)
{
	struct CMUnitTest tests[64] = {
		T(T36_an_answer_counts_once),
		T(T36_an_answer_to_one_thing_is_not_for_another),
		T(the_agent_does_not_approve_himself),
		T(the_book_went_on_meanwhile),
		T(five_minutes_are_over),
		T(a_key_that_nobody_registered_here),
		T(T36_a_forged_answer),
		T(T36_an_approver_who_was_revoked),
		T(what_is_refused_anyway_is_not_asked_for),
		T(a_request_outlives_its_verb),
		T(only_his_own_card_is_taken),
		T(a_card_taken_away_approves_nothing),
		T(another_card_is_worth_it_instead),
		T(a_request_of_a_lost_terminal_is_not_approved),
		cmocka_unit_test(the_golden_records_are_read_and_written),
	};
	size_t n = 14;

	UNIT_ADD_ROWS(tests, &n, rows,
		an_act_is_approved_from_another_terminal);
	UNIT_ADD_ROWS(tests, &n, said,
		T72_an_answer_for_who_is_out_is_approved_by_qr);
	UNIT_ADD_ROWS(tests, &n, hands, is_damage);
	return _cmocka_run_group_tests("approvals", tests, n, NULL, NULL);
}
