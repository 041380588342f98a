/* mutation_account.c - accounts that were taken down, and what pays. */
#include <stdlib.h>

#include "support/bookgen_internal.h"
#include "support/mutation.h"

static struct bookgen_rec *account(struct bookgen *b)
{
	return mutation_first(b, GEN_ACCOUNT);
}

static struct bookgen_rec *planned(struct bookgen *b)
{
	return bookgen_find(b, account(b)->seq + 1, GEN_ACCOUNT);
}

/* The ACCOUNT_STATE of that result. */
static struct bookgen_rec *step(struct bookgen *b, uint64_t res)
{
	for (size_t i = 0; i < b->n; i++)
		if (b->rec[i].kind == GEN_ACCOUNT_STATE &&
			b->rec[i].res == res && b->rec[i].ref)
			return &b->rec[i];
	abort();
}

static void technician_takes_it_down(struct bookgen *b)
{
	account(b)->actor = GEN_KY;
}

static void by_no_consent(struct bookgen *b)
{
	account(b)->ref = 1;
}

static void by_a_consent_to_something_else(struct bookgen *b)
{
	b->rec[account(b)->ref - 1].yes = 8;
}

static void of_no_kind(struct bookgen *b)
{
	account(b)->res = 5;
}

static void of_a_carer(struct bookgen *b)
{
	account(b)->who = 5;
}

static void from_nowhere(struct bookgen *b)
{
	account(b)->via = 3;
}

static void from_nobody_knows_where(struct bookgen *b)
{
	account(b)->has &= ~GEN_HAS(37);
}

static void with_names_that_fit_otherwise(struct bookgen *b)
{
	account(b)->names = 6;
}

static void with_names_unsaid(struct bookgen *b)
{
	account(b)->has &= ~GEN_HAS(38);
}

static void shared_for_no_reason(struct bookgen *b)
{
	account(b)->rsn = 3;
}

static void planned_with_a_number(struct bookgen *b)
{
	struct bookgen_rec *r = planned(b);

	r->has |= GEN_HAS(37);
	r->via = 2;
}

static void planned_is_sent(struct bookgen *b)
{
	struct bookgen_rec r = *step(b, 7);

	r.ref = planned(b)->seq;
	r.seq = b->n + 1;
	bookgen_insert(b, planned(b)->seq + 1, &r);
}

static void confirms_a_login(struct bookgen *b)
{
	step(b, 6)->ref = mutation_first(b, GEN_LOGIN)->seq;
}

static void confirms_what_comes_later(struct bookgen *b)
{
	step(b, 6)->ref = planned(b)->seq;
}

static void a_state_of_no_kind(struct bookgen *b)
{
	step(b, 6)->res = 10;
}

static void confirmed_of_nothing(struct bookgen *b)
{
	step(b, 6)->has &= ~GEN_HAS(12);
}

static void sent_for_a_month(struct bookgen *b)
{
	struct bookgen_rec *r = step(b, 7);

	r->has |= GEN_HAS(14);
	r->per = 202612;
}

static void staff_sends(struct bookgen *b)
{
	step(b, 7)->actor = GEN_DUNG;
}

static void agent_has_it_pay(struct bookgen *b)
{
	step(b, 9)->actor = step(b, 8)->actor;
}

static void pays_from_no_month(struct bookgen *b)
{
	step(b, 9)->has &= ~GEN_HAS(14);
}

static void pays_unsigned(struct bookgen *b)
{
	step(b, 9)->has &= ~GEN_HAS(18);
}

static void cash_alone(struct bookgen *b)
{
	step(b, 8)->has &= ~GEN_HAS(19);
}

static void cash_by_an_agent(struct bookgen *b)
{
	step(b, 8)->approver = 8;
}

static void cash_for_no_reason(struct bookgen *b)
{
	step(b, 8)->rsn = 7;
}

static void cash_without_reason(struct bookgen *b)
{
	step(b, 8)->has &= ~GEN_HAS(17);
}

static const struct mutation rows[] = {
	{"V23: a technician takes an account down", 23,
		technician_takes_it_down, 0},
	{"V41: an account by no consent", 41, by_no_consent, 0},
	{"V41: an account by a consent to something else", 41,
		by_a_consent_to_something_else, 0},
	{"V03: an account of no kind", 3, of_no_kind, 0},
	{"V03: a carer's account", 3, of_a_carer, 0},
	{"V03: a number from nowhere", 3, from_nowhere, 0},
	{"V03: a number from nobody knows where", 3, from_nobody_knows_where,
		0},
	{"V03: names that fit otherwise", 3, with_names_that_fit_otherwise, 0},
	{"V03: names of which nothing is said", 3, with_names_unsaid, 0},
	{"V03: shared for a reason that is not known", 3, shared_for_no_reason,
		0},
	{"V03: a planned account with a number", 3, planned_with_a_number, 0},
	{"V03: a planned account is sent", 3, planned_is_sent, 0},
	{"V03: a LOGIN is confirmed", 3, confirms_a_login, 0},
	{"V03: an account that comes later is confirmed", 3,
		confirms_what_comes_later, 0},
	{"V03: a state of no kind", 3, a_state_of_no_kind, 0},
	{"V03: nothing is confirmed", 3, confirmed_of_nothing, 0},
	{"V03: sent for a month", 3, sent_for_a_month, 0},
	{"V23: staff sends accounts", 23, staff_sends, 0},
	{"V23: an agent has an account pay", 23, agent_has_it_pay, 0},
	{"V03: an account pays from no month on", 3, pays_from_no_month, 0},
	{"V03: an account pays unsigned", 3, pays_unsigned, 0},
	{"V25: an agent alone makes cash of it", 25, cash_alone, 0},
	{"V25: an agent agrees to cash", 25, cash_by_an_agent, 0},
	{"V03: cash for a reason that is not known", 3, cash_for_no_reason, 0},
	{"V03: cash without a reason", 3, cash_without_reason, 0},
};

const struct mutation_table mutation_account = {rows,
	sizeof(rows) / sizeof(rows[0])};
