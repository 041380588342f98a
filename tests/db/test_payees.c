/* Who may receive: children, papers that ended, money of the dead. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/clock.h"
#include "core/str.h"
#include "db/db_internal.h"
#include "db/journal_internal.h"
#include "db/people_internal.h"
#include "db/record_internal.h"
#include "db/sealed_internal.h"
#include "support/bookstore.h"

enum {
	DEP = 1,
	DEAD = 2,
	CHILD = 3,
	CHILDREN = 6
};

static int setup(void **state)
{
	static struct bookstore b;

	bookstore_make(&b);
	bookstore_due(&b, DEP, ENT_MONTH, BOOKSTORE_PERIOD, 500000, false);
	bookstore_due(&b, DEAD, ENT_MONTH, BOOKSTORE_PERIOD, 500000, false);
	bookstore_due(&b, DEAD, ENT_FUNERAL, BOOKSTORE_PERIOD, 10800000, false);
	for (int64_t id = CHILD; id < CHILD + CHILDREN; id++)
		bookstore_due(&b, id, ENT_MONTH, BOOKSTORE_PERIOD, 500000,
			false);
	bookstore_shift(&b, 60);
	*state = &b;
	return 0;
}

static int teardown(void **state)
{
	bookstore_remove(*state);
	return 0;
}

/* As a list with that birth and receiver would have written him. */
static void make_person(struct bookstore *b, int64_t id, int32_t birth,
	enum paylist_payee payee)
{
	char code[24];
	const struct sealed s = {.seq = id,
		.birth = birth,
		.sex = SEX_MALE,
		.payee = payee,
		.text = {[SEALED_LIST_NO] = "1",
			[SEALED_CODE] = code,
			[SEALED_ID12] = "001215000001",
			[SEALED_NAME] = "Trần Văn Bé",
			[SEALED_PAYEE_NAME] = "Trần Thị Bình"}};
	uint8_t locked[SEALED_SIZE];
	sqlite3_stmt *st = NULL;

	snprintf(code, sizeof(code), "B%lld", (long long)id);
	assert_int_equal(sqlite3_prepare_v2(b->db->handle,
				 "UPDATE person SET sealed = :sealed"
				 " WHERE id = :id",
				 -1, &st, NULL),
		SQLITE_OK);
	sealed_put(b->db, st, ":sealed", DATAKEY_PERSON, id, &s, locked);
	sqlite3_bind_int64(st, sqlite3_bind_parameter_index(st, ":id"), id);
	assert_int_equal(sqlite3_step(st), SQLITE_DONE);
	sqlite3_finalize(st);
	people_forget(b->db);
}

static int32_t years_ago(int years, int days)
{
	const int64_t day = INT64_C(86400000);
	const struct date d = date_of_ms(clock_wall_ms() + days * day).date;

	return (d.year - years) * 10000 + d.month * 100 + d.day;
}

static struct pay_request request_for(int64_t person, enum payee payee)
{
	struct pay_request r = {.person = person, .payee = payee};

	payouts_uid(r.uid);
	if (payee != PAYEE_SELF) {
		str_copy(r.payee_name, sizeof(r.payee_name), "Trần Thị Bình");
		str_copy(r.payee_id, sizeof(r.payee_id), "001175000217");
	}
	return r;
}

static enum verdict pay(struct bookstore *b, const struct pay_request *r,
	struct payout *out, struct refusal *why)
{
	struct err err = {0};
	const enum verdict v = payouts_pay(b->db, &b->lan, r, out, why, &err);

	if (v == VERDICT_FAILED)
		fail_msg("%s", err.text);
	return v;
}

/* The REVIEW record just before that PAY: its bits; 0: there is none. */
static uint64_t reviewed(struct bookstore *b, uint64_t pay)
{
	struct journal_row row;
	struct record r;
	const char *finding;
	struct err err;

	assert_int_equal(journal_row(b->db, pay - 1, &row, &err), LOOKUP_FOUND);
	assert_true(record_decode(row.body, row.len, &r, &finding));
	return r.kind == JOURNAL_REVIEW ? r.result : 0;
}

static void a_child_is_not_paid_himself_if_he_has_a_guardian(void **state)
{
	struct bookstore *b = *state;
	const struct {
		int32_t birth;
		enum paylist_payee listed;
		enum payee payee;
		bool paid;
	} row[] = {
		{years_ago(17, 0), LIST_PAYEE_GUARDIAN, PAYEE_SELF, false},
		{years_ago(18, 1), LIST_PAYEE_GUARDIAN, PAYEE_SELF, false},
		{years_ago(18, 0), LIST_PAYEE_GUARDIAN, PAYEE_SELF, true},
		{years_ago(9, 0), LIST_PAYEE_SELF, PAYEE_SELF, true},
		{years_ago(9, 0), LIST_PAYEE_GUARDIAN, PAYEE_GUARDIAN, true},
		/* Nobody knows when he was born: no word of a child. */
		{0, LIST_PAYEE_GUARDIAN, PAYEE_SELF, true},
	};

	_Static_assert(COUNT_OF(row) == CHILDREN, "one child a row");
	for (size_t i = 0; i < COUNT_OF(row); i++) {
		const int64_t id = CHILD + (int64_t)i;
		struct pay_request r;
		struct refusal why;
		struct payout p;

		make_person(b, id, row[i].birth, row[i].listed);
		r = request_for(id, row[i].payee);
		if (pay(b, &r, &p, &why) !=
			(row[i].paid ? VERDICT_DONE : VERDICT_REFUSED))
			fail_msg("row %zu", i);
		if (!row[i].paid)
			assert_int_equal(why.code, REFUSED_MINOR);
		else
			bookstore_hand(b, p.seq);
	}
}

static void a_supervisor_may_let_a_child_have_it(void **state)
{
	struct bookstore *b = *state;
	struct pay_request r = request_for(CHILD, PAYEE_SELF);
	struct journal_row row;
	struct refusal why;
	const char *finding;
	struct payout p;
	struct record rec;
	struct err err;

	make_person(b, CHILD, years_ago(12, 0), LIST_PAYEE_GUARDIAN);
	r.approver = &b->hoa;
	assert_int_equal(pay(b, &r, &p, &why), VERDICT_DONE);
	assert_int_equal(reviewed(b, p.seq), REVIEW_MINOR);
	assert_int_equal(journal_row(b->db, p.seq, &row, &err), LOOKUP_FOUND);
	assert_true(record_decode(row.body, row.len, &rec, &finding));
	assert_int_equal(rec.flags & JOURNAL_OVERRIDE, JOURNAL_OVERRIDE);
	assert_int_equal(rec.approver, 1);
}

static void a_paper_that_ended_is_none(void **state)
{
	struct bookstore *b = *state;
	struct pay_request r = request_for(DEP, PAYEE_AUTHORISED);
	const struct date today = date_of_ms(clock_wall_ms()).date;
	const int32_t before = years_ago(0, -1);
	struct refusal why;
	struct payout p;

	str_copy(r.payee_paper, sizeof(r.payee_paper), "12/UQ");
	assert_true(date_make(before / 10000, before / 100 % 100, before % 100,
		&r.payee_until));
	assert_int_equal(pay(b, &r, &p, &why), VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_PAPER_OVER);
	assert_int_equal(why.amount, before);
	/* Its last day is still one. */
	r.payee_until = today;
	r.payee_relation = RELATION_SIBLING;
	assert_int_equal(pay(b, &r, &p, &why), VERDICT_DONE);
	assert_int_equal(p.payee_relation, RELATION_SIBLING);
}

static void of_a_dead_person_only_funeral_money_is_paid(void **state)
{
	struct bookstore *b = *state;
	struct pay_request r = request_for(DEAD, PAYEE_CARER);
	const struct date today = date_of_ms(clock_wall_ms()).date;
	struct refusal why;
	struct payout p;
	struct err err;

	assert_int_equal(payouts_not_paid(b->db, &b->lan, DEAD, NOT_PAID_DIED,
				 today, &why, &err),
		VERDICT_DONE);
	assert_int_equal(pay(b, &r, &p, &why), VERDICT_REFUSED);
	assert_int_equal(why.code, REFUSED_MARKED_NOT_PAID);
	r = request_for(DEAD, PAYEE_SELF);
	assert_int_equal(pay(b, &r, &p, &why), VERDICT_REFUSED);
	r = request_for(DEAD, PAYEE_FUNERAL);
	r.payee_relation = RELATION_CHILD;
	assert_int_equal(pay(b, &r, &p, &why), VERDICT_DONE);
	assert_int_equal(p.amount, 10800000);
	assert_int_equal(p.items, 1);
	assert_int_equal(p.item[0].what, ENT_FUNERAL);
	assert_int_equal(p.payee_relation, RELATION_CHILD);
	bookstore_hand(b, p.seq);
	/* And then there is nothing more. */
	r = request_for(DEAD, PAYEE_FUNERAL);
	assert_int_equal(pay(b, &r, &p, &why), VERDICT_REFUSED);
	assert_true(db_check(b->db, &err));
}

#define ON_STORE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_STORE(a_child_is_not_paid_himself_if_he_has_a_guardian),
		ON_STORE(a_supervisor_may_let_a_child_have_it),
		ON_STORE(a_paper_that_ended_is_none),
		ON_STORE(of_a_dead_person_only_funeral_money_is_paid),
	};

	return cmocka_run_group_tests_name("payees", tests, NULL, NULL);
}
