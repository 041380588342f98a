/* mutation_consent.c - what people agreed to, and asked about their data. */
#include <stdlib.h>
#include <string.h>

#include "support/bookgen_internal.h"
#include "support/mutation.h"

static struct bookgen_rec *given(struct bookgen *b)
{
	return mutation_first(b, GEN_CONSENT);
}

/* The consent that takes the place of the first. */
static struct bookgen_rec *again(struct bookgen *b)
{
	return mutation_of(b, GEN_CONSENT, given(b)->seq);
}

static struct bookgen_rec *refused(struct bookgen *b)
{
	return mutation_first(b, GEN_CONSENT_REFUSED);
}

/* Of two: some of the purposes, then the rest. */
static struct bookgen_rec *withdrawn(struct bookgen *b)
{
	return mutation_first(b, GEN_CONSENT_WITHDRAWN);
}

static struct bookgen_rec *the_rest(struct bookgen *b)
{
	return bookgen_find(b, withdrawn(b)->seq + 1, GEN_CONSENT_WITHDRAWN);
}

/* The answer for that reason: 3 seen, 4 longer, 5 done. */
static struct bookgen_rec *answer(struct bookgen *b, uint64_t rsn)
{
	for (size_t i = 0; i < b->n; i++)
		if (b->rec[i].kind == GEN_VIEW && b->rec[i].rsn == rsn)
			return &b->rec[i];
	abort();
}

/* ---- CONSENT, CONSENT_REFUSED ----------------------------------------------*/

static void technician_asks(struct bookgen *b)
{
	given(b)->actor = GEN_KY;
}

static void system_asks(struct bookgen *b)
{
	given(b)->actor = 0;
}

static void technician_hears_no(struct bookgen *b)
{
	refused(b)->actor = GEN_KY;
}

static void to_nothing(struct bookgen *b)
{
	given(b)->yes = 0;
}

static void to_what_was_not_asked(struct bookgen *b)
{
	given(b)->asked = 1;
	given(b)->yes = 3;
}

static void to_a_text_without_a_name(struct bookgen *b)
{
	given(b)->notice[0] = '\0';
}

static void to_a_text_of_a_strange_name(struct bookgen *b)
{
	memcpy(given(b)->notice, "Consent", 8);
}

static void to_no_day(struct bookgen *b)
{
	again(b)->expires = 20261301;
}

static void in_place_of_a_login(struct bookgen *b)
{
	again(b)->ref = mutation_first(b, GEN_LOGIN)->seq;
}

static void in_place_of_a_refusal(struct bookgen *b)
{
	const uint64_t no = refused(b)->seq;
	struct bookgen_rec *r = mutation_repeat(b, given(b)->seq, no + 1);

	r->has |= GEN_HAS(12);
	r->ref = no;
}

static void in_place_of_itself(struct bookgen *b)
{
	again(b)->ref = again(b)->seq;
}

static void a_refusal_that_agrees(struct bookgen *b)
{
	refused(b)->yes = 1;
}

static void for_no_reason_known(struct bookgen *b)
{
	refused(b)->rsn = 7;
}

/* ---- CONSENT_WITHDRAWN -----------------------------------------------------*/

static void from_one_replaced(struct bookgen *b)
{
	withdrawn(b)->ref = given(b)->seq;
}

static void from_a_login(struct bookgen *b)
{
	withdrawn(b)->ref = mutation_first(b, GEN_LOGIN)->seq;
}

static void from_what_comes_later(struct bookgen *b)
{
	withdrawn(b)->ref = the_rest(b)->seq;
}

static void twice(struct bookgen *b)
{
	const uint64_t seq = the_rest(b)->seq;
	struct bookgen_rec *r = mutation_repeat(b, seq, seq + 1);

	r->asked = 1;
	r->yes = 0;
}

static void nothing(struct bookgen *b)
{
	withdrawn(b)->yes = withdrawn(b)->asked;
}

static void of_more_than_held(struct bookgen *b)
{
	the_rest(b)->asked = 7;
}

static void more_than_before(struct bookgen *b)
{
	withdrawn(b)->yes = 16;
}

static void by_no_channel_known(struct bookgen *b)
{
	withdrawn(b)->rsn = 5;
}

static void technician_withdraws(struct bookgen *b)
{
	withdrawn(b)->actor = GEN_KY;
}

/* ---- its slip --------------------------------------------------------------*/

static struct bookgen_rec *copied(struct bookgen *b)
{
	return mutation_of(b, GEN_REPRINT, again(b)->seq);
}

static void the_second_copy_first(struct bookgen *b)
{
	copied(b)->res = 2;
}

static void technician_copies(struct bookgen *b)
{
	copied(b)->actor = GEN_KY;
}

static void staff_copies_a_receipt(struct bookgen *b)
{
	struct bookgen_rec *r = copied(b);

	r->ref = mutation_payout(b, 0)->seq;
}

/* ---- VIEW ------------------------------------------------------------------*/

static void staff_answers(struct bookgen *b)
{
	answer(b, 5)->actor = GEN_DUNG;
}

static void answers_a_check(struct bookgen *b)
{
	answer(b, 5)->ref = mutation_first(b, GEN_LOGIN)->seq;
}

static void seen_twice(struct bookgen *b)
{
	answer(b, 4)->rsn = 3;
}

static void longer_twice(struct bookgen *b)
{
	answer(b, 5)->rsn = 4;
}

static void answered_twice(struct bookgen *b)
{
	const uint64_t seq = answer(b, 5)->seq;

	mutation_repeat(b, seq, seq + 1)->rsn = 6;
}

static void asks_for_what(struct bookgen *b)
{
	struct bookgen_rec *first = answer(b, 3);

	b->rec[first->ref - 1].res = 7;
}

static void looks_for_what(struct bookgen *b)
{
	mutation_first(b, GEN_VIEW)->rsn = 8;
}

static void asks_of_a_record(struct bookgen *b)
{
	struct bookgen_rec *r = &b->rec[answer(b, 3)->ref - 1];

	r->has |= GEN_HAS(12);
	r->ref = 1;
}

static const struct mutation rows[] = {
	{"V23: a technician takes a consent", 23, technician_asks, 0},
	{"V23: the system takes a consent", 23, system_asks, 0},
	{"V23: a technician hears a no", 23, technician_hears_no, 0},
	{"V03: a consent to nothing", 3, to_nothing, 0},
	{"V03: a yes to what was not asked", 3, to_what_was_not_asked, 0},
	{"V03: a consent to a text without a name", 3, to_a_text_without_a_name,
		0},
	{"V03: a text with a capital in its name", 3,
		to_a_text_of_a_strange_name, 0},
	{"V03: a consent to the end of no day", 3, to_no_day, 0},
	{"V41: in the place of a LOGIN", 41, in_place_of_a_login, 0},
	{"V41: in the place of a refusal", 41, in_place_of_a_refusal, 0},
	{"V41: in its own place", 41, in_place_of_itself, 0},
	{"V03: a refusal that agrees", 3, a_refusal_that_agrees, 0},
	{"V03: a refusal for a reason that is not known", 3,
		for_no_reason_known, 0},
	{"V41: withdraws what was replaced", 41, from_one_replaced, 0},
	{"V41: withdraws a LOGIN", 41, from_a_login, 0},
	{"V41: withdraws what comes later", 41, from_what_comes_later, 0},
	{"V41: two withdrawals of all", 41, twice, 0},
	{"V41: withdraws nothing", 41, nothing, 0},
	{"V41: withdraws more than held", 41, of_more_than_held, 0},
	{"V03: a withdrawal that adds a purpose", 3, more_than_before, 0},
	{"V03: a withdrawal by no channel that is known", 3,
		by_no_channel_known, 0},
	{"V23: a technician withdraws", 23, technician_withdraws, 0},
	{"V20: the second copy of its slip comes first", 20,
		the_second_copy_first, 0},
	{"V23: a technician copies its slip", 23, technician_copies, 0},
	{"V23: staff copies a receipt", 23, staff_copies_a_receipt, 0},
	{"V23: staff answers a request", 23, staff_answers, 0},
	{"V41: answers what is no request", 41, answers_a_check, 0},
	{"V41: a request is seen twice", 41, seen_twice, 0},
	{"V41: more time for a request twice", 41, longer_twice, 0},
	{"V41: a request is answered twice", 41, answered_twice, 0},
	{"V03: a request that is not known", 3, asks_for_what, 0},
	{"V03: a look for a reason that is not known", 3, looks_for_what, 0},
	{"V03: a request that refers to a record", 3, asks_of_a_record, 0},
};

const struct mutation_table mutation_consent = {rows,
	sizeof(rows) / sizeof(rows[0])};
