/* Accounts that are taken down, and what pays from when on. */
#include "support/unit.h"

#include <stdio.h>
#include <string.h>

#include "core/str.h"
#include "db/accounts.h"
#include "db/changes.h"
#include "db/consents.h"
#include "db/db_internal.h"
#include "db/erase.h"
#include "db/record_internal.h"
#include "db/sealed_internal.h"
#include "support/bookstore.h"
#include "support/tmpdir.h"
#include "support/verifier.h"

#define ANSWERS "unit_code,beneficiary_id,account_bin,account_no,answer,date\n"

enum {
	DEP = 1, /* Nguyễn Thị Đẹp, as all people of a bookstore */
	BINH = 2,
	EARLIER = 202611,
	NOW = 202612,
	LATER = 202701
};

struct shop {
	struct bookstore b;
	struct account_held a;
	struct account_method m;
	struct refusal why;
	int64_t frees;
	struct payout paid;
};

static int setup(void **state)
{
	static struct shop s;

	memset(&s, 0, sizeof(s));
	bookstore_make(&s.b);
	bookstore_due(&s.b, DEP, ENT_MONTH, EARLIER, 300000, false);
	bookstore_due(&s.b, DEP, ENT_MONTH, NOW, 500000, false);
	bookstore_due(&s.b, BINH, ENT_MONTH, NOW, 700000, false);
	bookstore_shift(&s.b, 60);
	*state = &s;
	return 0;
}

static int teardown(void **state)
{
	struct shop *s = *state;

	bookstore_remove(&s->b);
	return 0;
}

/* ---- what people do ------------------------------------------------------------ */

static void agree(struct shop *s, int64_t person, unsigned yes)
{
	static const char text[] = "Tôi đồng ý\n";
	const struct consent_request r = {.person = person,
		.notice = "consent-vi-1",
		.text = text,
		.text_len = sizeof(text) - 1,
		.asked = CONSENT_ALL,
		.yes = yes,
		.party = {.by = CONSENT_BY_SELF},
		.proof = {.how = CONSENT_HOW_SIGNED, .read_aloud = true}};
	struct consent out;
	struct err err = {0};

	assert_int_equal(consents_give(s->b.db, &s->b.dung, &r, &out, &s->why,
				 &err),
		VERDICT_DONE);
}

static void withdraw(struct shop *s, int64_t person)
{
	const struct consent_withdrawal w = {.person = person,
		.channel = CONSENT_CHANNEL_COUNTER,
		.party = {.by = CONSENT_BY_SELF}};
	struct consent out;
	struct err err = {0};

	assert_int_equal(consents_withdraw(s->b.db, &s->b.lan, &w, &out,
				 &s->why, &err),
		VERDICT_DONE);
}

static struct account_take typed(int64_t person)
{
	return (struct account_take){.person = person,
		.via = ACCOUNT_VIA_TYPED,
		.bin = "970405",
		.number = "1500205123456",
		.holder = "NGUYEN THI DEP",
		.whose = PAYEE_SELF};
}

static enum verdict add_by(struct shop *s, const struct session *by,
	const struct account_take *t)
{
	struct err err = {0};

	return accounts_add(s->b.db, by, t, &s->a, &s->why, &err);
}

static enum verdict add(struct shop *s, const struct account_take *t)
{
	return add_by(s, &s->b.dung, t);
}

static void take_down(struct shop *s, int64_t person)
{
	const struct account_take t = typed(person);

	agree(s, person, CONSENT_ALL);
	assert_int_equal(add(s, &t), VERDICT_DONE);
}

static void answer(struct shop *s, const char *number, const char *said)
{
	const struct list_options o = {.count = -1, .sum = -1};
	struct list_result r;
	struct err err = {0};
	char path[512];
	char text[256];

	snprintf(text, sizeof(text), ANSWERS "U1,B1,970405,%s,%s,2026-11-30\n",
		number, said);
	tmpdir_write(s->b.dir, "side.csv", text, strlen(text));
	tmpdir_path(s->b.dir, "side.csv", path, sizeof(path));
	if (!answers_import(s->b.db, &s->b.hoa, path, &o, &r, &err))
		fail_msg("%s", err.text);
	assert_true(r.taken);
}

static void verify(struct shop *s, int64_t person)
{
	take_down(s, person);
	answer(s, "1500205123456", "verified");
}

static enum verdict pays(struct shop *s, const struct session *by,
	int32_t period)
{
	struct err err = {0};

	return accounts_pays(s->b.db, by, DEP, period, &s->m, &s->why, &err);
}

static enum verdict cash(struct shop *s, const struct session *by,
	int32_t period, enum account_back back, const struct session *second)
{
	struct err err = {0};

	return accounts_cash(s->b.db, by, DEP, period, back, second, &s->m,
		&s->frees, &s->why, &err);
}

static enum verdict pay(struct shop *s, int32_t list)
{
	struct pay_request r = {.person = DEP,
		.list_period = list,
		.payee = PAYEE_SELF};
	struct err err = {0};

	payouts_uid(r.uid);
	return payouts_pay(s->b.db, &s->b.lan, &r, &s->paid, &s->why, &err);
}

static struct person_due due_of(struct shop *s, int64_t person)
{
	struct person_due due;
	struct err err = {0};

	assert_int_equal(people_get(s->b.db, person, &due, &err), LOOKUP_FOUND);
	return due;
}

static enum account_standing standing(struct shop *s, int64_t person)
{
	struct err err = {0};

	return accounts_of(s->b.db, person, &s->a, &err) == LOOKUP_FOUND
		       ? s->a.standing
		       : ACCOUNT_STANDS_NOT;
}

/* A list of that month comes in now, after all that was said so far. */
static void list_comes(struct shop *s, int32_t period, int64_t amount,
	bool by_account)
{
	char sql[128];

	bookstore_due(&s->b, DEP, ENT_MONTH, period, amount, by_account);
	snprintf(sql, sizeof(sql),
		"UPDATE list SET seq = (SELECT max(seq) + 1 FROM journal)"
		" WHERE id = %d",
		(int)period);
	bookstore_sql(&s->b, sql);
}

/* Everything the store itself, and the second reader, have to say of it. */
static void must_hold(struct shop *s)
{
	bookstore_must_hold(&s->b);
	bookstore_restart(&s->b);
	verifier_must_accept_but_lists(s->b.dir);
}

/* ---- what pays -------------------------------------------------------------------- */

static void an_account_taken_down_changes_nothing_at_the_counter(void **state)
{
	struct shop *s = *state;

	take_down(s, DEP);
	assert_int_equal(due_of(s, DEP).due, 800000);
	assert_int_equal(due_of(s, DEP).account.pays_from, 0);
	assert_int_equal(due_of(s, DEP).account.standing,
		ACCOUNT_STANDS_CAPTURED);
	assert_int_equal(pay(s, 0), VERDICT_DONE);
	assert_int_equal(s->paid.amount, 800000);
}

static void a_verified_one_neither_as_long_as_nobody_says_so(void **state)
{
	struct shop *s = *state;

	verify(s, DEP);
	assert_true(due_of(s, DEP).person.has_account);
	assert_int_equal(due_of(s, DEP).account.standing,
		ACCOUNT_STANDS_VERIFIED);
	assert_int_equal(due_of(s, DEP).due, 800000);
	assert_int_equal(due_of(s, DEP).account.pays_from, 0);
}

static void it_pays_from_a_list_on_and_earlier_ones_stay_cash(void **state)
{
	struct shop *s = *state;
	int64_t done;
	int64_t all;
	struct err err = {0};

	verify(s, DEP);
	assert_int_equal(pays(s, &s->b.hoa, NOW), VERDICT_DONE);
	assert_int_equal(s->m.pays_from, NOW);
	assert_int_equal(due_of(s, DEP).account.pays_from, NOW);
	assert_int_equal(due_of(s, DEP).due, 300000);
	assert_int_equal(pay(s, NOW), VERDICT_REFUSED);
	assert_int_equal(s->why.code, REFUSED_BY_ACCOUNT);
	assert_int_equal(s->why.prior.period, NOW);
	assert_int_equal(pay(s, 0), VERDICT_DONE);
	assert_int_equal(s->paid.amount, 300000);
	bookstore_hand(&s->b, s->paid.seq);
	assert_int_equal(pay(s, 0), VERDICT_REFUSED);
	assert_int_equal(s->why.code, REFUSED_BY_ACCOUNT);
	assert_true(people_progress(s->b.db, &done, &all, &err));
	assert_int_equal(all, 1); /* Bình */
	must_hold(s);
}

static void a_list_that_says_account_is_enough(void **state)
{
	struct shop *s = *state;

	list_comes(s, LATER, 500000, true);
	assert_int_equal(due_of(s, DEP).account.pays_from, LATER);
	assert_int_equal(due_of(s, DEP).due, 800000);
	assert_int_equal(pay(s, LATER), VERDICT_REFUSED);
	assert_int_equal(s->why.code, REFUSED_BY_ACCOUNT);
	list_comes(s, 202702, 500000, true);
	assert_int_equal(due_of(s, DEP).account.pays_from, LATER);
	list_comes(s, 202703, 500000, false);
	assert_int_equal(due_of(s, DEP).account.pays_from, 0);
}

static void a_list_never_takes_cash_back_from_a_supervisors_word(void **state)
{
	struct shop *s = *state;

	verify(s, DEP);
	assert_int_equal(pays(s, &s->b.hoa, LATER), VERDICT_DONE);
	assert_int_equal(due_of(s, DEP).due, 800000);
	assert_int_equal(due_of(s, DEP).account.pays_from, LATER);
	list_comes(s, LATER, 500000, false);
	assert_int_equal(due_of(s, DEP).due, 800000);
	assert_int_equal(pay(s, LATER), VERDICT_REFUSED);
	assert_int_equal(s->why.code, REFUSED_BY_ACCOUNT);
}

static void only_a_supervisor_says_so_and_of_a_verified_account(void **state)
{
	struct shop *s = *state;

	take_down(s, DEP);
	assert_int_equal(pays(s, &s->b.hoa, NOW), VERDICT_REFUSED);
	assert_int_equal(s->why.code, REFUSED_ACCOUNT_UNVERIFIED);
	answer(s, "1500205123456", "name_differs");
	assert_int_equal(pays(s, &s->b.hoa, NOW), VERDICT_REFUSED);
	assert_int_equal(s->why.code, REFUSED_ACCOUNT_UNVERIFIED);
	answer(s, "1500205123456", "verified");
	assert_int_equal(pays(s, &s->b.lan, NOW), VERDICT_REFUSED);
	assert_int_equal(s->why.code, REFUSED_ROLE);
	assert_int_equal(pays(s, &s->b.hoa, NOW), VERDICT_DONE);
}

/* The bank sent it back: what an account was to pay is cash again. */
static void cash_again_takes_a_supervisor_where_it_frees_money(void **state)
{
	struct shop *s = *state;

	verify(s, DEP);
	assert_int_equal(pays(s, &s->b.hoa, NOW), VERDICT_DONE);
	assert_int_equal(cash(s, &s->b.lan, NOW, ACCOUNT_BACK_RETURNED, NULL),
		VERDICT_REFUSED);
	assert_int_equal(s->why.code, REFUSED_SECOND_PERSON);
	assert_int_equal(s->why.amount, 500000);
	assert_int_equal(cash(s, &s->b.lan, NOW, ACCOUNT_BACK_RETURNED,
				 &s->b.minh),
		VERDICT_REFUSED);
	assert_int_equal(s->why.code, REFUSED_SECOND_PERSON);
	assert_int_equal(pay(s, NOW), VERDICT_REFUSED);
	assert_int_equal(cash(s, &s->b.lan, NOW, ACCOUNT_BACK_RETURNED,
				 &s->b.hoa),
		VERDICT_DONE);
	assert_int_equal(s->frees, 500000);
	assert_int_equal(s->m.cash_from, NOW);
	assert_int_equal(s->m.pays_from, 0);
	assert_int_equal(s->m.back, ACCOUNT_BACK_RETURNED);
	assert_int_equal(standing(s, DEP), ACCOUNT_STANDS_ENDED);
	assert_int_equal(due_of(s, DEP).due, 800000);
	assert_int_equal(pay(s, 0), VERDICT_DONE);
	assert_int_equal(s->paid.amount, 800000);
	bookstore_hand(&s->b, s->paid.seq);
	must_hold(s);
}

static void a_supervisor_frees_it_by_himself(void **state)
{
	struct shop *s = *state;

	list_comes(s, LATER, 500000, true);
	assert_int_equal(cash(s, &s->b.hoa, LATER, ACCOUNT_BACK_OTHER, NULL),
		VERDICT_DONE);
	assert_int_equal(s->frees, 500000);
	assert_int_equal(due_of(s, DEP).due, 1300000);
	must_hold(s);
}

static void cash_again_that_frees_nothing_takes_nobody_else(void **state)
{
	struct shop *s = *state;

	verify(s, DEP);
	assert_int_equal(pays(s, &s->b.hoa, LATER), VERDICT_DONE);
	assert_int_equal(cash(s, &s->b.dung, LATER, ACCOUNT_BACK_ASKED, NULL),
		VERDICT_DONE);
	assert_int_equal(s->frees, 0);
	list_comes(s, LATER, 500000, false);
	assert_int_equal(due_of(s, DEP).due, 1300000);
	must_hold(s);
}

/* The office may have him paid by account again; nobody is asked twice. */
static void a_list_after_it_has_him_paid_by_account_again(void **state)
{
	struct shop *s = *state;

	list_comes(s, LATER, 500000, true);
	assert_int_equal(cash(s, &s->b.hoa, LATER, ACCOUNT_BACK_ASKED, NULL),
		VERDICT_DONE);
	list_comes(s, 202702, 500000, true);
	assert_int_equal(due_of(s, DEP).due, 1300000);
	assert_int_equal(due_of(s, DEP).account.pays_from, 202702);
	assert_int_equal(pay(s, 202702), VERDICT_REFUSED);
	assert_int_equal(s->why.code, REFUSED_BY_ACCOUNT);
}

/* Money is never payable under two names. */
static void what_a_later_list_carries_over_is_due_once(void **state)
{
	struct shop *s = *state;
	struct person_due due;
	int open = 0;

	list_comes(s, LATER, 500000, true);
	assert_int_equal(cash(s, &s->b.hoa, LATER, ACCOUNT_BACK_RETURNED, NULL),
		VERDICT_DONE);
	bookstore_sql(&s->b,
		"UPDATE entitlement SET carried_by = 202702 WHERE person = 1"
		" AND (by_account = 0 OR EXISTS (SELECT 1 FROM account_step s"
		"  WHERE s.person = 1 AND s.step = 8 AND s.period <="
		"  entitlement.list_period))");
	bookstore_due(&s->b, DEP, ENT_CARRIED, 202702, 1300000, false);
	due = due_of(s, DEP);
	for (int i = 0; i < due.items; i++)
		open += due.item[i].paid_seq == 0;
	assert_int_equal(open, 1);
	assert_int_equal(due.due, 1300000);
}

/* ---- taking one down --------------------------------------------------------------- */

static void nobodys_account_without_his_consent(void **state)
{
	const struct account_take t = typed(DEP);
	struct shop *s = *state;

	assert_int_equal(add(s, &t), VERDICT_REFUSED);
	assert_int_equal(s->why.code, REFUSED_NO_CONSENT);
	agree(s, DEP, CONSENT_PHONE);
	assert_int_equal(add(s, &t), VERDICT_REFUSED);
	assert_int_equal(s->why.code, REFUSED_NO_CONSENT);
	agree(s, DEP, CONSENT_PAYOUT);
	assert_int_equal(add(s, &t), VERDICT_DONE);
	withdraw(s, DEP);
	assert_int_equal(standing(s, DEP), ACCOUNT_STANDS_ENDED);
	assert_int_equal(add(s, &t), VERDICT_REFUSED);
	assert_int_equal(s->why.code, REFUSED_NO_CONSENT);
	assert_int_equal(due_of(s, DEP).due, 800000);
	must_hold(s);
}

static void its_record_says_what_it_is_and_whose_consent_allows_it(void **state)
{
	struct account_take t = typed(DEP);
	struct shop *s = *state;
	struct consent_state consent;
	struct journal_row row;
	const char *finding;
	struct record r;
	struct err err = {0};

	agree(s, DEP, CONSENT_ALL);
	assert_true(consents_of(s->b.db, DEP, &consent, &err));
	t.confirmed = true;
	assert_int_equal(add(s, &t), VERDICT_DONE);
	assert_int_equal(s->a.standing, ACCOUNT_STANDS_CONFIRMED);
	assert_int_equal(s->a.standing_seq, s->a.seq + 1);
	assert_int_equal(s->a.kind, ACCOUNT_BANK);
	assert_int_equal(s->a.names, ACCOUNT_NAMES_EQUAL);
	assert_string_equal(s->a.account.number, "1500205123456");
	assert_string_equal(s->a.account.bank->short_name, "Agribank");
	assert_string_equal(s->a.actor_name, s->b.dung.user.name);
	assert_string_equal(s->a.name, "Nguyễn Thị Đẹp");
	assert_int_equal(journal_row(s->b.db, s->a.seq, &row, &err),
		LOOKUP_FOUND);
	assert_true(record_decode(row.body, row.len, &r, &finding));
	assert_int_equal(r.kind, JOURNAL_ACCOUNT);
	assert_int_equal(r.ref, consent.consent);
	assert_int_equal(r.result, ACCOUNT_BANK);
	assert_int_equal(r.who, PAYEE_SELF);
	assert_int_equal(r.via, ACCOUNT_VIA_TYPED);
	assert_int_equal(r.names, ACCOUNT_NAMES_EQUAL);
	must_hold(s);
}

static void saying_it_once_more_is_no_second_record(void **state)
{
	struct account_take t = typed(DEP);
	struct shop *s = *state;
	uint64_t first;

	take_down(s, DEP);
	first = s->a.seq;
	t.confirmed = true;
	assert_int_equal(add(s, &t), VERDICT_DONE);
	assert_int_equal(s->a.seq, first);
	assert_int_equal(s->a.standing, ACCOUNT_STANDS_CONFIRMED);
	assert_int_equal(add(s, &t), VERDICT_DONE);
	assert_int_equal(s->a.seq, first);
	assert_int_equal(bookstore_number(&s->b,
				 "SELECT count(*) FROM account_step"),
		1);
}

static void states_are_never_mixed(void **state)
{
	struct account_take t = typed(DEP);
	struct shop *s = *state;
	struct err err = {0};
	uint64_t seq;
	size_t marked;

	take_down(s, DEP);
	seq = s->a.seq;
	assert_int_equal(s->a.standing, ACCOUNT_STANDS_CAPTURED);
	assert_int_equal(accounts_confirm(s->b.db, &s->b.dung, seq, &s->a,
				 &s->why, &err),
		VERDICT_DONE);
	assert_int_equal(s->a.standing, ACCOUNT_STANDS_CONFIRMED);
	assert_int_equal(accounts_sent(s->b.db, &s->b.dung, &seq, 1, &marked,
				 &s->why, &err),
		VERDICT_REFUSED);
	assert_int_equal(s->why.code, REFUSED_ROLE);
	assert_int_equal(accounts_sent(s->b.db, &s->b.hoa, &seq, 1, &marked,
				 &s->why, &err),
		VERDICT_DONE);
	assert_int_equal(marked, 1);
	assert_int_equal(standing(s, DEP), ACCOUNT_STANDS_SENT);
	answer(s, "9999999", "verified"); /* of another account */
	assert_int_equal(standing(s, DEP), ACCOUNT_STANDS_SENT);
	answer(s, "1500205123456", "name_differs");
	assert_int_equal(standing(s, DEP), ACCOUNT_STANDS_REFUSED);
	assert_int_equal(s->a.answer, ACCOUNT_NAME_DIFFERS);
	assert_string_equal(s->a.answer_date, "2026-11-30");
	/* A newer one replaces it, and the bank has not said a word of that. */
	assert_int_equal(add(s, &t), VERDICT_DONE);
	assert_int_not_equal(s->a.seq, seq);
	assert_int_equal(standing(s, DEP), ACCOUNT_STANDS_CAPTURED);
	answer(s, "1500205123456", "verified");
	assert_int_equal(standing(s, DEP), ACCOUNT_STANDS_VERIFIED);
	must_hold(s);
}

static void the_bank_is_asked_only_if_he_agreed_to_that(void **state)
{
	const struct account_take t = typed(DEP);
	struct shop *s = *state;
	struct err err = {0};
	size_t marked;

	agree(s, DEP, CONSENT_PAYOUT);
	assert_int_equal(add(s, &t), VERDICT_DONE);
	assert_int_equal(accounts_sent(s->b.db, &s->b.hoa, &s->a.seq, 1,
				 &marked, &s->why, &err),
		VERDICT_DONE);
	assert_int_equal(marked, 0);
	assert_int_equal(standing(s, DEP), ACCOUNT_STANDS_CAPTURED);
}

static void no_holder(struct account_take *t)
{
	t->holder[0] = '\0';
}

static void no_number(struct account_take *t)
{
	str_copy(t->number, sizeof(t->number), "12");
}

static void lender(struct account_take *t)
{
	str_copy(t->bin, sizeof(t->bin), "977777");
}

static void no_bank(struct account_take *t)
{
	t->bin[0] = '\0';
}

static void nobody_knows_where_from(struct account_take *t)
{
	t->via = ACCOUNT_VIA_NONE;
}

static void marked_name(struct account_take *t)
{
	str_copy(t->holder, sizeof(t->holder), "Nguyễn Thị Đẹp");
}

static void other_order(struct account_take *t)
{
	str_copy(t->holder, sizeof(t->holder), "DEP NGUYEN THI");
}

static void other_name(struct account_take *t)
{
	str_copy(t->holder, sizeof(t->holder), "TRAN VAN BINH");
}

static void other_name_shortened(struct account_take *t)
{
	str_copy(t->holder, sizeof(t->holder), "NGUYEN THI D");
	t->names = ACCOUNT_NAMES_BANK;
}

static void other_name_unsaid(struct account_take *t)
{
	other_name(t);
	t->names = ACCOUNT_NAMES_OTHER;
}

static void other_name_said(struct account_take *t)
{
	other_name_unsaid(t);
	str_copy(t->why, sizeof(t->why), "Tên khai sinh cũ");
}

static void claims_alike(struct account_take *t)
{
	other_name(t);
	t->names = ACCOUNT_NAMES_ALIKE;
}

static void guardian(struct account_take *t)
{
	other_name(t);
	t->whose = PAYEE_GUARDIAN;
	t->relation = RELATION_CHILD;
	str_copy(t->owner, sizeof(t->owner), "Trần Văn Bình");
}

static void nameless_guardian(struct account_take *t)
{
	guardian(t);
	t->owner[0] = '\0';
}

static void authorised_unwritten(struct account_take *t)
{
	guardian(t);
	t->whose = PAYEE_AUTHORISED;
}

static void authorised(struct account_take *t)
{
	authorised_unwritten(t);
	str_copy(t->paper, sizeof(t->paper), "12/UQ 01.11.2026");
}

static void carer(struct account_take *t)
{
	guardian(t);
	t->whose = PAYEE_CARER;
}

static void planned(struct account_take *t)
{
	*t = (struct account_take){.person = t->person,
		.planned = true,
		.bin = "970405",
		.whose = PAYEE_SELF,
		.planned_on = {2026, 12, 20},
		.confirmed = true};
}

static void planned_nowhere(struct account_take *t)
{
	planned(t);
	str_copy(t->bin, sizeof(t->bin), "999999");
}

static void dirty(struct account_take *t)
{
	guardian(t);
	str_copy(t->owner, sizeof(t->owner), "a\xe2\x80\xae z");
}

static const struct refused_take {
	const char *name;
	void (*change)(struct account_take *t);
	enum refusal_code code; /* REFUSED_NOT: it is taken */
} takes[] = {
	{"no holder", no_holder, REFUSED_ACCOUNT},
	{"too short a number", no_number, REFUSED_ACCOUNT},
	{"a company that lends", lender, REFUSED_ACCOUNT},
	{"no bank", no_bank, REFUSED_ACCOUNT},
	{"nobody says where the number is from", nobody_knows_where_from,
		REFUSED_ACCOUNT},
	{"a name with marks is folded", marked_name, REFUSED_NOT},
	{"the words in another order", other_order, REFUSED_NOT},
	{"somebody else's name", other_name, REFUSED_ACCOUNT_NAME},
	{"shortened by the bank", other_name_shortened, REFUSED_NOT},
	{"another reason that is not said", other_name_unsaid,
		REFUSED_ACCOUNT_NAME},
	{"another reason, in words", other_name_said, REFUSED_NOT},
	{"alike is seen, not claimed", claims_alike, REFUSED_ACCOUNT_NAME},
	{"a guardian's", guardian, REFUSED_NOT},
	{"a guardian's without his name", nameless_guardian, REFUSED_ACCOUNT},
	{"an authorised person's without paper", authorised_unwritten,
		REFUSED_ACCOUNT},
	{"an authorised person's", authorised, REFUSED_NOT},
	{"a carer owns none for him", carer, REFUSED_ACCOUNT},
	{"planned", planned, REFUSED_NOT},
	{"planned where no bank is", planned_nowhere, REFUSED_ACCOUNT},
	{"characters that hide", dirty, REFUSED_ACCOUNT},
};

static void what_may_be_taken_down(void **state)
{
	for (size_t i = 0; i < COUNT_OF(takes); i++) {
		struct account_take t = typed(DEP);
		struct shop *s;

		setup(state);
		s = *state;
		agree(s, DEP, CONSENT_ALL);
		takes[i].change(&t);
		if (add(s, &t) != (takes[i].code == REFUSED_NOT
						  ? VERDICT_DONE
						  : VERDICT_REFUSED) ||
			s->why.code != takes[i].code)
			fail_msg("%s: %d", takes[i].name, (int)s->why.code);
		if (takes[i].code == REFUSED_NOT)
			must_hold(s);
		teardown(state);
	}
	setup(state);
}

static void a_guardians_is_kept_as_it_was_said(void **state)
{
	struct account_take t = typed(DEP);
	struct shop *s = *state;

	agree(s, DEP, CONSENT_ALL);
	authorised(&t);
	str_copy(t.owner_id, sizeof(t.owner_id), "001099012345");
	assert_int_equal(add(s, &t), VERDICT_DONE);
	assert_int_equal(s->a.whose, PAYEE_AUTHORISED);
	assert_string_equal(s->a.owner, "Trần Văn Bình");
	assert_string_equal(s->a.owner_id, "001099012345");
	assert_string_equal(s->a.paper, "12/UQ 01.11.2026");
	assert_int_equal(s->a.relation, RELATION_CHILD);
	assert_int_equal(s->a.names, ACCOUNT_NAMES_EQUAL);
}

static void a_planned_one_has_a_provider_and_a_day(void **state)
{
	struct account_take t = typed(DEP);
	struct shop *s = *state;

	agree(s, DEP, CONSENT_ALL);
	planned(&t);
	assert_int_equal(add(s, &t), VERDICT_DONE);
	assert_int_equal(s->a.standing, ACCOUNT_STANDS_PLANNED);
	assert_int_equal(s->a.kind, ACCOUNT_PLANNED);
	assert_string_equal(s->a.account.bank->short_name, "Agribank");
	assert_int_equal(s->a.planned_on.day, 20);
	assert_int_equal(pays(s, &s->b.hoa, NOW), VERDICT_REFUSED);
	assert_int_equal(s->why.code, REFUSED_ACCOUNT_UNVERIFIED);
}

static void a_phone_number_is_mobile_money(void **state)
{
	struct account_take t = typed(DEP);
	struct shop *s = *state;

	agree(s, DEP, CONSENT_ALL);
	str_copy(t.bin, sizeof(t.bin), "971005");
	str_copy(t.number, sizeof(t.number), "0986123456");
	assert_int_equal(add(s, &t), VERDICT_DONE);
	assert_int_equal(s->a.kind, ACCOUNT_MOBILE);
}

static void technicians_take_none_down(void **state)
{
	const struct account_take t = typed(DEP);
	struct shop *s = *state;

	agree(s, DEP, CONSENT_ALL);
	assert_int_equal(add_by(s, &s->b.ky, &t), VERDICT_REFUSED);
	assert_int_equal(s->why.code, REFUSED_ROLE);
}

/* ---- one account, two people ----------------------------------------------------------- */

static void the_same_account_of_two_people_needs_a_reason(void **state)
{
	struct account_take t = typed(BINH);
	struct shop *s = *state;
	struct account_other other[2];
	struct err err = {0};
	int count;

	take_down(s, DEP);
	agree(s, BINH, CONSENT_ALL);
	assert_int_equal(add(s, &t), VERDICT_REFUSED);
	assert_int_equal(s->why.code, REFUSED_ACCOUNT_SHARED);
	assert_int_equal(s->why.amount, 1);
	assert_true(accounts_others(s->b.db, BINH, "970405", "1500205123456",
		other, 2, &count, &err));
	assert_int_equal(count, 1);
	assert_int_equal(other[0].person, DEP);
	assert_string_equal(other[0].last4, "0001");
	assert_false(other[0].on_list);
	t.shared = ACCOUNT_SHARED_OTHER;
	assert_int_equal(add(s, &t), VERDICT_REFUSED);
	t.shared = ACCOUNT_SHARED_HOUSEHOLD;
	assert_int_equal(add(s, &t), VERDICT_DONE);
	assert_int_equal(s->a.shared, ACCOUNT_SHARED_HOUSEHOLD);
	must_hold(s);
}

static void one_that_was_replaced_or_ended_is_nobodys(void **state)
{
	struct account_take t = typed(DEP);
	struct shop *s = *state;

	take_down(s, DEP);
	str_copy(t.number, sizeof(t.number), "777777777");
	assert_int_equal(add(s, &t), VERDICT_DONE);
	take_down(s, BINH);
	assert_int_equal(s->a.shared, ACCOUNT_SHARED_NOT);
	t = typed(BINH);
	str_copy(t.number, sizeof(t.number), "777777777");
	assert_int_equal(add(s, &t), VERDICT_REFUSED);
	assert_int_equal(cash(s, &s->b.lan, LATER, ACCOUNT_BACK_ASKED, NULL),
		VERDICT_DONE);
	assert_int_equal(add(s, &t), VERDICT_DONE);
}

static void the_account_on_somebodys_list_counts_too(void **state)
{
	const struct account_take t = typed(DEP);
	const struct sealed sealed = {
		.text = {[SEALED_CODE] = "B2",
			[SEALED_NAME] = "Bình",
			[SEALED_ID12] = "001145000002",
			[SEALED_ACCOUNT_NO] = "1500205123456"}};
	struct shop *s = *state;
	uint8_t locked[SEALED_SIZE];
	sqlite3_stmt *st = NULL;

	sqlite3_prepare_v2(s->b.db->handle,
		"UPDATE person SET sealed = :sealed WHERE id = 2", -1, &st,
		NULL);
	sealed_put(s->b.db, st, ":sealed", DATAKEY_PERSON, BINH, &sealed,
		locked);
	assert_int_equal(sqlite3_step(st), SQLITE_DONE);
	sqlite3_finalize(st);
	agree(s, DEP, CONSENT_ALL);
	assert_int_equal(add(s, &t), VERDICT_REFUSED);
	assert_int_equal(s->why.code, REFUSED_ACCOUNT_SHARED);
	assert_string_equal(s->why.prior.actor_name, "Bình");
}

/* ---- what stays, and what does not ------------------------------------------------------- */

static bool count_one(void *ctx, const struct account_held *a)
{
	int *n = ctx;

	(void)a;
	++*n;
	return true;
}

static void all_that_was_said_stays(void **state)
{
	struct account_take t = typed(DEP);
	struct shop *s = *state;
	struct err err = {0};
	int n = 0;

	take_down(s, DEP);
	str_copy(t.number, sizeof(t.number), "777777777");
	assert_int_equal(add(s, &t), VERDICT_DONE);
	take_down(s, BINH);
	assert_true(accounts_history(s->b.db, DEP, count_one, &n, &err));
	assert_int_equal(n, 2);
	n = 0;
	assert_true(accounts_each(s->b.db, count_one, &n, &err));
	assert_int_equal(n, 2);
}

static void T69_erased_it_says_nothing_of_anybody(void **state)
{
	struct shop *s = *state;
	struct erase_done done;
	struct err err = {0};

	take_down(s, DEP);
	assert_int_equal(pay(s, 0), VERDICT_DONE);
	bookstore_hand(&s->b, s->paid.seq);
	assert_int_equal(erase_person(s->b.db, &s->b.hoa, "001145000001",
				 ERASE_REQUEST, &done, &err),
		ERASE_DONE);
	assert_int_equal(bookstore_number(&s->b,
				 "SELECT count(*) FROM account WHERE blind IS"
				 " NOT NULL OR length(sealed) > 0"),
		0);
	assert_int_equal(bookstore_number(&s->b,
				 "SELECT count(*) FROM pd WHERE person = 1"),
		0);
	standing(s, DEP);
	assert_string_equal(s->a.account.number, "");
	assert_string_equal(s->a.holder, "");
	take_down(s, BINH); /* the number is nobody's now */
	must_hold(s);
}

static const struct edit {
	const char *name;
	const char *sql;
} edits[] = {
	{"another kind", "UPDATE account SET kind = 2"},
	{"an account less", "DELETE FROM account"},
	{"a step less", "DELETE FROM account_step"},
	{"from another month on",
		"UPDATE account_step SET period = 202701 WHERE step = 9"},
	{"cash again", "UPDATE account_step SET step = 8 WHERE step = 9"},
};

static void a_table_that_was_edited_is_found(void **state)
{
	for (size_t i = 0; i < COUNT_OF(edits); i++) {
		struct shop *s;
		struct err err = {0};

		setup(state);
		s = *state;
		verify(s, DEP);
		assert_int_equal(pays(s, &s->b.hoa, NOW), VERDICT_DONE);
		bookstore_sql(&s->b, edits[i].sql);
		if (db_check(s->b.db, &err))
			fail_msg("%s", edits[i].name);
		bookstore_crash(&s->b);
		verifier_must_find(s->b.dir, "account");
		teardown(state);
	}
	setup(state);
}

#define IN_SHOP(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		IN_SHOP(an_account_taken_down_changes_nothing_at_the_counter),
		IN_SHOP(a_verified_one_neither_as_long_as_nobody_says_so),
		IN_SHOP(it_pays_from_a_list_on_and_earlier_ones_stay_cash),
		IN_SHOP(a_list_that_says_account_is_enough),
		IN_SHOP(a_list_never_takes_cash_back_from_a_supervisors_word),
		IN_SHOP(only_a_supervisor_says_so_and_of_a_verified_account),
		IN_SHOP(cash_again_takes_a_supervisor_where_it_frees_money),
		IN_SHOP(a_supervisor_frees_it_by_himself),
		IN_SHOP(cash_again_that_frees_nothing_takes_nobody_else),
		IN_SHOP(a_list_after_it_has_him_paid_by_account_again),
		IN_SHOP(what_a_later_list_carries_over_is_due_once),
		IN_SHOP(nobodys_account_without_his_consent),
		IN_SHOP(its_record_says_what_it_is_and_whose_consent_allows_it),
		IN_SHOP(saying_it_once_more_is_no_second_record),
		IN_SHOP(states_are_never_mixed),
		IN_SHOP(the_bank_is_asked_only_if_he_agreed_to_that),
		IN_SHOP(what_may_be_taken_down),
		IN_SHOP(a_guardians_is_kept_as_it_was_said),
		IN_SHOP(a_planned_one_has_a_provider_and_a_day),
		IN_SHOP(a_phone_number_is_mobile_money),
		IN_SHOP(technicians_take_none_down),
		IN_SHOP(the_same_account_of_two_people_needs_a_reason),
		IN_SHOP(one_that_was_replaced_or_ended_is_nobodys),
		IN_SHOP(the_account_on_somebodys_list_counts_too),
		IN_SHOP(all_that_was_said_stays),
		IN_SHOP(T69_erased_it_says_nothing_of_anybody),
		IN_SHOP(a_table_that_was_edited_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
