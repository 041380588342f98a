/* What the counter found, as the office gets it. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/str.h"
#include "db/corrections.h"
#include "db/db_internal.h"
#include "db/export.h"
#include "db/journal_internal.h"
#include "db/record_internal.h"
#include "support/bookstore.h"

enum {
	DEP = 1,
	BINH = 2,
	CHI = 3
};

static int setup(void **state)
{
	static struct bookstore b;

	bookstore_make(&b);
	for (int64_t id = DEP; id <= CHI; id++)
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

/* Dep's card has another name and birth; the list is wrong, says the agent. */
static void accept(struct bookstore *b, struct payout *out)
{
	struct pay_request r = {.person = DEP,
		.payee = PAYEE_SELF,
		.review = REVIEW_NAME_MARKS | REVIEW_BIRTH,
		.review_reason = REVIEW_REASON_LIST,
		.card = {.name = "Nguyễn Thị Đep",
			.id12 = "001145000001",
			.birth = {1944, 2, 9},
			.sex = SEX_FEMALE}};
	struct refusal why;
	struct err err;

	payouts_uid(r.uid);
	assert_int_equal(payouts_pay(b->db, &b->lan, &r, out, &why, &err),
		VERDICT_DONE);
	bookstore_hand(b, out->seq);
}

struct heard {
	int count;
	struct correction last;
	bool stop;
};

static bool hear(void *ctx, const struct correction *c)
{
	struct heard *h = ctx;

	h->count++;
	h->last = *c;
	return !h->stop;
}

static void both_sides_are_told(void **state)
{
	struct bookstore *b = *state;
	struct heard h = {.count = 0};
	struct payout p;
	struct err err;

	accept(b, &p);
	bookstore_restart(b);
	assert_true(corrections_each(b->db, BOOKSTORE_PERIOD, hear, &h, &err));
	assert_int_equal(h.count, 1);
	assert_int_equal(h.last.seq, p.seq - 1);
	assert_int_equal(h.last.bits, REVIEW_NAME_MARKS | REVIEW_BIRTH);
	assert_int_equal(h.last.reason, REVIEW_REASON_LIST);
	assert_int_equal(h.last.actor, 7);
	assert_string_equal(h.last.card.name, "Nguyễn Thị Đep");
	assert_string_equal(h.last.list.name, "Nguyễn Thị Đẹp");
	assert_int_equal(h.last.card.birth.month, 2);
	assert_int_equal(h.last.list.birth.month, 9);
	assert_int_equal(h.last.list.sex, SEX_FEMALE);
	assert_string_equal(h.last.person.beneficiary_id, "B1");
	h.count = 0;
	assert_true(corrections_each(b->db, BOOKSTORE_PERIOD - 1, hear, &h,
		&err));
	assert_int_equal(h.count, 0);
	assert_true(corrections_each(b->db, 0, hear, &h, &err));
	assert_int_equal(h.count, 1);
	h.stop = true;
	assert_false(corrections_each(b->db, 0, hear, &h, &err));
	assert_int_equal(err.code, ERR_NONE);
}

static void the_reason_is_in_the_book(void **state)
{
	struct bookstore *b = *state;
	struct journal_row row;
	const char *finding;
	struct payout p;
	struct record r;
	struct err err;

	accept(b, &p);
	assert_int_equal(journal_row(b->db, p.seq - 1, &row, &err),
		LOOKUP_FOUND);
	assert_true(record_decode(row.body, row.len, &r, &finding));
	assert_int_equal(r.kind, JOURNAL_REVIEW);
	assert_int_equal(r.reason, REVIEW_REASON_LIST);
	assert_true(db_check(b->db, &err));
}

/* A number typed by hand differs from nothing: there is no row. */
static void where_nothing_differs_nothing_is_told(void **state)
{
	struct bookstore *b = *state;
	struct heard h = {.count = 0};
	struct payout p;
	struct err err;

	bookstore_pay(b, BINH, &p);
	assert_true(corrections_each(b->db, 0, hear, &h, &err));
	assert_int_equal(h.count, 0);
}

static void what_is_erased_is_told_no_more(void **state)
{
	struct bookstore *b = *state;
	struct heard h = {.count = 0};
	struct payout p;
	struct err err;

	accept(b, &p);
	bookstore_sql(b, "UPDATE review SET sealed = x''");
	assert_true(corrections_each(b->db, 0, hear, &h, &err));
	assert_int_equal(h.count, 1);
	assert_string_equal(h.last.card.name, "");
}

static void a_list_is_in_the_book_before_it_is_out(void **state)
{
	struct bookstore *b = *state;
	struct export_done d;
	struct refusal why;
	char path[300];
	struct err err;

	snprintf(path, sizeof(path), "%s/corrections.csv", b->dir);
	assert_int_equal(export_list(b->db, &b->dung, EXPORT_CORRECTIONS, "a\n",
				 2, path, &d, &why, &err),
		VERDICT_REFUSED);
	assert_int_equal(export_list(b->db, &b->hoa, EXPORT_CORRECTIONS, "a\n",
				 2, path, &d, &why, &err),
		VERDICT_DONE);
	assert_int_equal(bookstore_number(b, "SELECT max(seq) FROM journal"),
		d.seq);
	assert_int_equal(d.bytes, 2);
	/* It is evidence: never put over another. */
	assert_int_equal(export_list(b->db, &b->hoa, EXPORT_CORRECTIONS, "b\n",
				 2, path, &d, &why, &err),
		VERDICT_FAILED);
}

#define ON_STORE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_STORE(both_sides_are_told),
		ON_STORE(the_reason_is_in_the_book),
		ON_STORE(where_nothing_differs_nothing_is_told),
		ON_STORE(what_is_erased_is_told_no_more),
		ON_STORE(a_list_is_in_the_book_before_it_is_out),
	};

	return cmocka_run_group_tests_name("corrections", tests, NULL, NULL);
}
