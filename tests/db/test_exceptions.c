/* What was not the plain case, read out of the book. */
#include "support/unit.h"

#include <string.h>

#include "core/clock.h"
#include "db/complaints.h"
#include "db/drawers.h"
#include "db/exceptions.h"
#include "db/limits.h"
#include "support/bookstore.h"

enum {
	DEP = 1,
	BINH = 2,
	CHI = 3,
	MOST = 32
};

struct heard {
	struct exception e[MOST];
	int count;
	int stop; /* after so many; 0: never */
};

static int setup(void **state)
{
	static struct bookstore b;

	memset(&b, 0, sizeof(b));
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

static bool hear(void *ctx, const struct exception *e)
{
	struct heard *h = ctx;

	assert_true(h->count < MOST);
	h->e[h->count++] = *e;
	return h->count != h->stop;
}

/* All records behind the first shift's OPEN. */
static void ask(struct bookstore *b, unsigned kinds, struct heard *h)
{
	struct daylog_range range;
	struct err err = {0};

	h->count = 0;
	assert_int_equal(daylog_shift(b->db, 1, &range, &err), LOOKUP_FOUND);
	range.first++;
	if (!exceptions_each(b->db, &range, kinds, hear, h, &err) &&
		err.code != ERR_NONE)
		fail_msg("%s", err.text);
}

static void done(enum verdict v, const struct err *err)
{
	if (v != VERDICT_DONE)
		fail_msg("not done (%d): %s", v, err->text);
}

/* ---- acts, each of one kind ------------------------------------------------ */

static void plain_payment(struct bookstore *b)
{
	struct payout p;

	bookstore_pay(b, DEP, &p);
	bookstore_hand(b, p.seq);
	b->payout = p.seq;
}

static void approved_payment(struct bookstore *b)
{
	struct pay_request r = {.person = DEP,
		.payee = PAYEE_SELF,
		.approver = &b->hoa};
	struct refusal why;
	struct payout p;
	struct err err = {0};

	done(limits_set(b->db, &b->tuan, LIMIT_SINGLE, 400000, &why, &err),
		&err);
	payouts_uid(r.uid);
	done(payouts_pay(b->db, &b->lan, &r, &p, &why, &err), &err);
	bookstore_hand(b, p.seq);
	b->payout = p.seq;
}

static void sheet_of_the_pad(struct bookstore *b)
{
	struct pay_request r = {.person = BINH,
		.payee = PAYEE_SELF,
		.pad = "7",
		.given_at = clock_wall_ms() - 60000};
	struct refusal why;
	struct payout p;
	struct err err = {0};

	payouts_uid(r.uid);
	done(payouts_pay(b->db, &b->lan, &r, &p, &why, &err), &err);
}

static void difference(struct bookstore *b)
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
	struct payout p;
	struct err err = {0};

	payouts_uid(r.uid);
	done(payouts_pay(b->db, &b->lan, &r, &p, &why, &err), &err);
	bookstore_hand(b, p.seq);
}

static void taken_back(struct bookstore *b)
{
	struct void_request v = {.reason = VOID_RECEIPT_LOST, .by = &b->hoa};
	struct refusal why;
	struct payout p;
	struct err err = {0};

	plain_payment(b);
	v.seq = b->payout;
	done(payouts_void(b->db, &b->lan, &v, &p, &why, &err), &err);
}

static void copy_of_a_receipt(struct bookstore *b)
{
	struct refusal why;
	struct err err = {0};
	int copy;

	plain_payment(b);
	done(payouts_reprint(b->db, &b->lan, b->payout, 1, &copy, &why, &err),
		&err);
}

static void drawer_for_nothing(struct bookstore *b)
{
	struct refusal why;
	struct err err = {0};
	uint64_t seq;

	done(drawers_without(b->db, &b->lan, DRAWER_STUCK, &seq, &why, &err),
		&err);
}

static void complaint(struct bookstore *b)
{
	struct complaint c;
	struct refusal why;
	struct err err = {0};

	plain_payment(b);
	done(complaints_note(b->db, &b->hoa, b->payout, COMPLAINT_AMOUNT, &c,
		     &why, &err),
		&err);
}

static void call_back(struct bookstore *b, enum sample_said said,
	int64_t amount)
{
	struct sample_word w = {.said = said,
		.amount = amount,
		.note = SAMPLE_NOTE_SELF};
	struct daylog_range range;
	struct refusal why;
	struct sample s;
	struct err err = {0};
	int64_t t;

	plain_payment(b);
	w.pay = b->payout;
	assert_int_equal(daylog_shift(b->db, 1, &range, &err), LOOKUP_FOUND);
	done(samples_draw(b->db, &b->hoa, &range, 1, &s, &why, &err), &err);
	done(samples_note(b->db, &b->hoa, &s, &w, &t, &why, &err), &err);
}

static void he_has_it(struct bookstore *b)
{
	call_back(b, SAMPLE_CONFIRMED, -1);
}

static void he_had_less(struct bookstore *b)
{
	call_back(b, SAMPLE_DIFFERS, 300000);
}

static void he_never_had_it(struct bookstore *b)
{
	call_back(b, SAMPLE_NOT_RECEIVED, -1);
}

static void wrong_pin(struct bookstore *b)
{
	struct sign_in_result result;
	struct session s;
	struct err err = {0};

	assert_int_equal(users_sign_in(b->db, 8, "000000", &s, &result, &err),
		SIGN_IN_WRONG_PIN);
}

static void not_his_to_do(struct bookstore *b)
{
	struct refusal why;
	struct err err = {0};

	assert_int_equal(limits_set(b->db, &b->lan, LIMIT_SINGLE, 400000, &why,
				 &err),
		VERDICT_REFUSED);
}

static const struct {
	const char *name;
	void (*act)(struct bookstore *b);
	enum exception_kind kind[3]; /* those expected, in order */
	int count;
	enum exception_by by; /* of the last one */
	int64_t amount;       /* -1: none */
	uint64_t reason;
	const char *who; /* "": of nobody */
} acts[] = {
	{"a plain payment is nothing to be looked at", plain_payment, {0}, 0, 0,
		0, 0, ""},
	{"a limit, and a payment over it that a second person signed",
		approved_payment, {EXCEPTION_LIMIT, EXCEPTION_APPROVED}, 2,
		EXCEPTION_BY_PIN, 500000, 0, "1"},
	{"a sheet of the pad", sheet_of_the_pad, {EXCEPTION_PAD}, 1, 0, 500000,
		0, "2"},
	{"a difference between card and list", difference, {EXCEPTION_REVIEW},
		1, 0, -1, REVIEW_REASON_LIST, "1"},
	{"a payment taken back, by two", taken_back, {EXCEPTION_VOID}, 1,
		EXCEPTION_BY_PIN, 500000, VOID_RECEIPT_LOST, "1"},
	{"a copy of a receipt", copy_of_a_receipt, {EXCEPTION_COPY}, 1, 0,
		500000, 1, "1"},
	{"the drawer opened without a payment", drawer_for_nothing,
		{EXCEPTION_DRAWER}, 1, 0, -1, DRAWER_STUCK, ""},
	{"a complaint about a receipt", complaint, {EXCEPTION_COMPLAINT}, 1, 0,
		500000, COMPLAINT_AMOUNT, "1"},
	{"who was called back and has it", he_has_it, {0}, 0, 0, 0, 0, ""},
	{"who had less, as he says", he_had_less, {EXCEPTION_CALLED}, 1, 0,
		500000, 0, "1"},
	{"who never had it, as he says", he_never_had_it, {EXCEPTION_CALLED}, 1,
		0, 500000, 0, "1"},
	{"a wrong PIN", wrong_pin, {EXCEPTION_WRONG_PIN}, 1, 0, -1, 0, ""},
	{"an agent who changes a limit", not_his_to_do, {EXCEPTION_NOT_ALLOWED},
		1, 0, -1, 1, ""},
};

static void check(size_t i, struct bookstore *b)
{
	struct heard h = {.count = 0};
	const struct exception *last;

	acts[i].act(b);
	ask(b, EXCEPTION_ALL, &h);
	if (h.count != acts[i].count)
		fail_msg("%s: %d exceptions", acts[i].name, h.count);
	for (int k = 0; k < h.count; k++)
		if (h.e[k].kind != acts[i].kind[k])
			fail_msg("%s: %s", acts[i].name,
				exception_name(h.e[k].kind));
	if (h.count == 0)
		return;
	last = &h.e[h.count - 1];
	if (last->by != acts[i].by || last->reason != acts[i].reason ||
		last->has_amount != (acts[i].amount >= 0) ||
		(last->has_amount && last->amount != acts[i].amount))
		fail_msg("%s: by %d, reason %d, %lld", acts[i].name, last->by,
			(int)last->reason, (long long)last->amount);
	if ((last->person != 0) != (acts[i].who[0] != '\0') ||
		(last->person && !last->name[0]))
		fail_msg("%s: of person %lld '%s'", acts[i].name,
			(long long)last->person, last->name);
	assert_true(last->t > 0);
}

static void each_kind_is_told(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT_OF(acts); i++) {
		struct bookstore *b = NULL;
		void *s = NULL;

		setup(&s);
		b = s;
		check(i, b);
		teardown(&s);
	}
}

static void money_that_is_missing_is_told(void **state)
{
	struct bookstore *b = *state;
	struct notes counted = {{0}};
	struct heard h = {.count = 0};
	struct shift_slip slip;
	struct refusal why;
	struct err err = {0};

	counted.pieces[0] = 59;
	done(shifts_close(b->db, &b->lan, &counted, SHIFT_REASON_UNKNOWN,
		     &b->hoa, &slip, &why, &err),
		&err);
	ask(b, EXCEPTION_ALL, &h);
	assert_int_equal(h.count, 1);
	assert_int_equal(h.e[0].kind, EXCEPTION_OVER_SHORT);
	assert_int_equal(h.e[0].result, 2);
	assert_int_equal(h.e[0].reason, SHIFT_REASON_UNKNOWN);
	assert_int_equal(h.e[0].amount, 500000);
	assert_int_equal(h.e[0].approver, 1);
	assert_int_equal(h.e[0].by, EXCEPTION_BY_PIN);
}

static void only_what_is_asked_for_until_enough(void **state)
{
	struct bookstore *b = *state;
	struct heard h = {.count = 0};

	drawer_for_nothing(b);
	wrong_pin(b);
	copy_of_a_receipt(b);
	ask(b,
		EXCEPTION_BIT(EXCEPTION_WRONG_PIN) |
			EXCEPTION_BIT(EXCEPTION_COPY),
		&h);
	assert_int_equal(h.count, 2);
	assert_int_equal(h.e[0].kind, EXCEPTION_WRONG_PIN);
	assert_int_equal(h.e[1].kind, EXCEPTION_COPY);
	assert_int_equal(h.e[1].result, 1);
	h.stop = 1;
	ask(b, EXCEPTION_ALL, &h);
	assert_int_equal(h.count, 1);
}

static void each_kind_has_a_name(void **state)
{
	enum exception_kind k;

	(void)state;
	for (int i = 0; i < EXCEPTION_KINDS; i++) {
		assert_true(exception_parse(exception_name((enum exception_kind)
							    i),
			&k));
		assert_int_equal(k, i);
	}
	assert_false(exception_parse("nothing", &k));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_kind_is_told),
		cmocka_unit_test_setup_teardown(money_that_is_missing_is_told,
			setup, teardown),
		cmocka_unit_test_setup_teardown(
			only_what_is_asked_for_until_enough, setup, teardown),
		cmocka_unit_test(each_kind_has_a_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
