/*
 * The daily log's tables, and the forms, of what was really recorded: a
 * payment that came back, a visit, a consent, an account.
 */
#include "support/unit.h"

#include <string.h>

#include "core/clock.h"
#include "core/date.h"
#include "core/str.h"
#include "core/tr.h"
#include "db/accounts.h"
#include "db/consents.h"
#include "db/forms.h"
#include "db/visits.h"
#include "support/bookstore.h"
#include "terminal/app/day_doc.h"

enum {
	DEP = 1,
	BON = 2,
	CU = 3,
	NIL = 4
};

static char text[1024 * 1024];

static bool put(void *ctx, const void *bytes, size_t len, struct err *err)
{
	size_t *used = ctx;

	(void)err;
	assert_true(*used + len < sizeof(text));
	memcpy(text + *used, bytes, len);
	*used += len;
	text[*used] = '\0';
	return true;
}

static int setup(void **state)
{
	static struct bookstore b;

	tr_set_lang("vi");
	bookstore_make(&b);
	for (int64_t id = DEP; id <= NIL; id++)
		bookstore_due(&b, id, ENT_MONTH, BOOKSTORE_PERIOD, 100000 * id,
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

/* ---- what people do --------------------------------------------------------- */

static uint64_t agree(struct bookstore *b, int64_t person)
{
	static const char read_out[] = "Tôi đồng ý\n";
	const struct consent_request r = {.person = person,
		.notice = "consent-vi-1",
		.text = read_out,
		.text_len = sizeof(read_out) - 1,
		.asked = CONSENT_ALL,
		.yes = CONSENT_ALL,
		.party = {.by = CONSENT_BY_SELF},
		.proof = {.how = CONSENT_HOW_SIGNED, .read_aloud = true}};
	struct consent out;
	struct refusal why;
	struct err err = {0};

	assert_int_equal(consents_give(b->db, &b->dung, &r, &out, &why, &err),
		VERDICT_DONE);
	return out.seq;
}

static uint64_t take_down(struct bookstore *b, int64_t person,
	const char *number)
{
	struct account_take t = {.person = person,
		.via = ACCOUNT_VIA_TYPED,
		.bin = "970405",
		.holder = "NGUYEN THI DEP",
		.whose = PAYEE_SELF};
	struct account_held held;
	struct refusal why;
	struct err err = {0};

	str_copy(t.number, sizeof(t.number), number);
	agree(b, person);
	assert_int_equal(accounts_add(b->db, &b->dung, &t, &held, &why, &err),
		VERDICT_DONE);
	return held.seq;
}

static void visit(struct bookstore *b, int64_t person, enum visit_result result)
{
	struct visit_request r = {.person = person, .result = result};
	struct visit out;
	struct refusal why;
	struct err err = {0};

	str_copy(r.note, sizeof(r.note), "=1+1");
	if (visits_record(b->db, &b->dung, &r, &out, &why, &err) !=
		VERDICT_DONE)
		fail_msg("visit: %s %s", refusal_code_name(why.code), err.text);
}

static struct day_doc shift_one(struct bookstore *b)
{
	struct day_doc d = {.db = b->db, .when = "Ca số 1"};
	struct err err = {0};

	assert_int_equal(daylog_shift(b->db, 1, &d.range, &err), LOOKUP_FOUND);
	return d;
}

static struct day_doc_sums write_one(const struct day_doc *d,
	enum paper_kind kind)
{
	size_t used = 0;
	const struct paper_sink sink = {&used, put};
	struct day_doc_sums sums;
	struct err err = {0};

	if (!day_doc_write(d, kind, &sink, &sums, &err))
		fail_msg("%s", err.text);
	return sums;
}

static void has(const char *part)
{
	if (!strstr(text, part))
		fail_msg("'%s' is not in: %s", part, text);
}

/* ---- rows ------------------------------------------------------------------- */

static void what_came_back_is_less_than_nothing(void **state)
{
	struct bookstore *b = *state;
	struct day_doc_sums sums;
	struct day_doc d;
	struct refusal why;
	struct payout p;
	struct err err;

	bookstore_pay(b, DEP, &p);
	bookstore_hand(b, p.seq);
	bookstore_pay(b, BON, &p);
	assert_int_equal(payouts_not_handed(b->db, &b->lan, p.seq, &b->hoa, &p,
				 &why, &err),
		VERDICT_DONE);
	d = shift_one(b);
	sums = write_one(&d, PAPER_CSV);
	assert_int_equal(sums.rows, 3);
	assert_int_equal(sums.paid, 300000);
	assert_int_equal(sums.back, 200000);
	has("100000,0,0,0,0,100000,\"Đã đưa tiền\"");
	has("200000,0,0,0,0,200000,\"Đã chi, sau đó huỷ\"");
	has("-200000,0,0,0,0,-200000,\"Huỷ\"");
	sums = write_one(&d, PAPER_XLSX);
	assert_int_equal(sums.rows, 3);
	sums = write_one(&d, PAPER_PDF);
	assert_int_equal(sums.payments, 2);
	assert_int_equal(sums.voids, 1);
}

/* A payment that no table tells of any more. */
static void rows_must_come_to_the_totals_of_the_book(void **state)
{
	struct bookstore *b = *state;
	const struct paper_sink sink = {&(size_t){0}, put};
	struct day_doc_sums sums;
	struct day_doc d;
	struct payout p;
	struct err err = {0};

	bookstore_pay(b, DEP, &p);
	bookstore_hand(b, p.seq);
	d = shift_one(b);
	bookstore_sql(b, "DELETE FROM payout");
	assert_false(day_doc_write(&d, PAPER_CSV, &sink, &sums, &err));
	assert_int_equal(err.code, ERR_CORRUPT);
}

static void visits_and_accounts_have_tables_of_their_own(void **state)
{
	struct bookstore *b = *state;
	struct day_doc_sums sums = {0};
	struct day_doc d;
	size_t used = 0;
	const struct paper_sink sink = {&used, put};
	struct err err = {0};

	take_down(b, DEP, "1500205123456");
	visit(b, DEP, VISIT_AGREED);
	visit(b, BON, VISIT_ABSENT);
	d = shift_one(b);
	assert_true(day_doc_write_more(&d, DAY_DOC_VISITS, &sink, &sums, &err));
	assert_int_equal(sums.more[DAY_DOC_VISITS], 2);
	has("\"B1\",\"Nguyễn Thị Đẹp\",\"Đồng ý nhận qua tài khoản\"");
	has("\"Vắng nhà\"");
	has("\"'=1+1\""); /* T48 */
	used = 0;
	assert_true(day_doc_write_more(&d, DAY_DOC_ACCOUNTS, &sink, &sums,
		&err));
	assert_int_equal(sums.more[DAY_DOC_ACCOUNTS], 1);
	has("\"970405\",\"1500205123456\",\"NGUYEN THI DEP\",\"Chính chủ\"");
	sums = write_one(&d, PAPER_XLSX);
	assert_int_equal(sums.more[DAY_DOC_VISITS], 2);
	assert_int_equal(sums.more[DAY_DOC_ACCOUNTS], 1);
}

/* By the records that the program itself writes. */
static void forms_count_what_was_done_at_doors(void **state)
{
	struct bookstore *b = *state;
	const struct daytime now = date_of_ms(clock_wall_ms());
	const int32_t month = now.date.year * 100 + now.date.month;
	const struct consent_withdrawal w = {.person = BON,
		.channel = CONSENT_CHANNEL_COUNTER,
		.party = {.by = CONSENT_BY_SELF}};
	struct consent out;
	struct refusal why;
	struct forms f;
	struct err err = {0};

	take_down(b, DEP, "1500205123456");
	visit(b, DEP, VISIT_AGREED);
	take_down(b, BON, "1500205123457");
	visit(b, BON, VISIT_WANTS_CASH);
	assert_int_equal(consents_withdraw(b->db, &b->lan, &w, &out, &why,
				 &err),
		VERDICT_DONE);
	visit(b, CU, VISIT_MOVED);
	visit(b, NIL, VISIT_ABSENT);
	assert_true(forms_count(b->db, month, "", &f, &err));
	assert_int_equal(f.group[GROUP_SOCIAL].n[FORM_REVIEWED].until, 3);
	assert_int_equal(f.group[GROUP_SOCIAL].n[FORM_REVIEWED].within, 3);
	assert_int_equal(f.group[GROUP_SOCIAL].n[FORM_ACCOUNT].until, 1);
	assert_int_equal(f.group[GROUP_SOCIAL].n[FORM_ACCOUNT].within, 1);
	bookstore_must_hold(b);
}

#define ON_STORE(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_STORE(what_came_back_is_less_than_nothing),
		ON_STORE(rows_must_come_to_the_totals_of_the_book),
		ON_STORE(visits_and_accounts_have_tables_of_their_own),
		ON_STORE(forms_count_what_was_done_at_doors),
	};

	return cmocka_run_group_tests_name("day_doc", tests, NULL, NULL);
}
