/* mutation_people.c - who acted, who signed, who stood beside. */
#include <string.h>

#include "support/mutation.h"

/* ---- V23 -------------------------------------------------------------------*/

static void nobody_pays(struct bookgen *b)
{
	mutation_payout(b, 1)->actor = 77;
}

static void system_pays(struct bookgen *b)
{
	mutation_payout(b, 1)->actor = 0;
}

static void technician_pays(struct bookgen *b)
{
	mutation_payout(b, 1)->actor = 9;
}

static void supervisor_pays(struct bookgen *b)
{
	mutation_payout(b, 1)->actor = 1;
}

/* T72: a supervisor closes the shift of an agent. */
static void supervisor_closes(struct bookgen *b)
{
	mutation_first(b, GEN_CLOSE)->actor = 1;
}

static void staff_releases(struct bookgen *b)
{
	mutation_first(b, GEN_RELEASE)->actor = 5;
}

static void agent_takes_back(struct bookgen *b)
{
	struct bookgen_rec *r = mutation_first(b, GEN_NOT_PAID);

	while (r->res != 0)
		r = bookgen_find(b, r->seq + 1, GEN_NOT_PAID);
	r->actor = 7;
}

static void agent_vouches(struct bookgen *b)
{
	struct bookgen_rec *r = mutation_first(b, GEN_CLOCK);

	while (r->rsn != 2)
		r = bookgen_find(b, r->seq + 1, GEN_CLOCK);
	r->actor = 7;
}

static void stranger_logs_in(struct bookgen *b)
{
	mutation_last(b, GEN_LOGIN)->actor = 77;
}

/* T67: an agent who was sent away goes on. */
static void revoked_pays(struct bookgen *b)
{
	b->revoked_user = mutation_payout(b, 1)->actor;
	b->revoked_ms = mutation_payout(b, 1)->t;
}

static void user_never_told(struct bookgen *b)
{
	struct bookgen_rec *r = mutation_first(b, GEN_CONFIG);

	for (int i = 0; i < 3; i++)
		r = bookgen_find(b, r->seq + 1, GEN_CONFIG);
	r->rsum[4] ^= 1;
}

static void role_is_another(struct bookgen *b)
{
	b->user[2].role = 3;
}

/* ---- V24, V25 --------------------------------------------------------------*/

static void signed_for_another(struct bookgen *b)
{
	struct bookgen_rec *r = mutation_payout(b, 1);

	r->asig_by = GEN_BY_OTHER;
	r->act_key = r->actor == 7 ? 8 : 7;
}

static void signature_of_zeros(struct bookgen *b)
{
	mutation_payout(b, 1)->asig_by = GEN_BY_KEEP;
}

static void close_signed_by_supervisor(struct bookgen *b)
{
	struct bookgen_rec *r = mutation_first(b, GEN_CLOSE);

	r->asig_by = GEN_BY_OTHER;
	r->act_key = 1;
}

/* The VOID of a payout that was handed over. */
static struct bookgen_rec *voided(struct bookgen *b)
{
	struct bookgen_rec *r = mutation_first(b, GEN_VOID);

	while (r->rsn == 1)
		r = bookgen_find(b, r->seq + 1, GEN_VOID);
	return r;
}

static void void_alone(struct bookgen *b)
{
	voided(b)->has &= ~GEN_HAS(19);
}

static void void_override(struct bookgen *b)
{
	struct bookgen_rec *r = voided(b);

	r->has &= ~GEN_HAS(19);
	r->has |= GEN_HAS(20);
	r->fl |= GEN_OVERRIDE;
}

static void void_unhanded_alone(struct bookgen *b)
{
	struct bookgen_rec *r = mutation_first(b, GEN_VOID);

	r->has &= ~(GEN_HAS(19) | GEN_HAS(20));
	r->fl = 0;
}

/* "Not handed over", when it was. */
static void void_lies(struct bookgen *b)
{
	voided(b)->rsn = 1;
}

static void void_by_himself(struct bookgen *b)
{
	struct bookgen_rec *r = voided(b);

	r->approver = r->actor;
}

static void void_by_other_agent(struct bookgen *b)
{
	struct bookgen_rec *r = voided(b);

	r->approver = r->actor == 7 ? 8 : 7;
}

static void void_by_staff(struct bookgen *b)
{
	voided(b)->approver = 5;
}

static void void_by_nobody(struct bookgen *b)
{
	voided(b)->approver = 77;
}

static void void_forged(struct bookgen *b)
{
	voided(b)->cosig_by = GEN_BY_KEEP;
}

static void void_signed_by_agent(struct bookgen *b)
{
	struct bookgen_rec *r = voided(b);

	r->cosig_by = GEN_BY_OTHER;
	r->act_key = r->actor;
}

static void void_by_revoked(struct bookgen *b)
{
	struct bookgen_rec *r = voided(b);

	b->revoked_user = r->approver;
	b->revoked_ms = r->t;
}

static struct bookgen_rec *paid_again(struct bookgen *b)
{
	struct bookgen_rec *r = mutation_first(b, GEN_PAY);

	while (!(r->has & GEN_HAS(19)) || r->amt > 15000000)
		r = bookgen_find(b, r->seq + 1, GEN_PAY);
	return r;
}

static void again_alone(struct bookgen *b)
{
	paid_again(b)->has &= ~GEN_HAS(19);
}

/* Good for what never left the drawer only. */
static void again_override(struct bookgen *b)
{
	struct bookgen_rec *r = paid_again(b);

	r->has &= ~GEN_HAS(19);
	r->has |= GEN_HAS(20);
	r->fl = GEN_OVERRIDE;
}

static void short_alone(struct bookgen *b)
{
	struct bookgen_rec *r = mutation_first(b, GEN_OVER_SHORT);

	r->has &= ~GEN_HAS(19);
	bookgen_find(b, r->seq, GEN_CLOSE)->has &= ~GEN_HAS(19);
}

static void short_by_himself(struct bookgen *b)
{
	struct bookgen_rec *r = mutation_first(b, GEN_OVER_SHORT);

	r->approver = r->actor;
	r = bookgen_find(b, r->seq, GEN_CLOSE);
	r->approver = r->actor;
}

/* ---- lists of revoked users, last days, cards (T67, T36) ------------------- */

static void list_names(struct bookgen *b, uint64_t user)
{
	struct bookgen_rec *r = mutation_first(b, GEN_REVLIST);

	r->barred[0] = user;
}

static void listed_pays(struct bookgen *b)
{
	list_names(b, mutation_last(b, GEN_PAY)->actor);
}

static void listed_approves(struct bookgen *b)
{
	list_names(b, mutation_last(b, GEN_OVER_SHORT)->approver);
}

static void ends(struct bookgen *b, uint64_t user)
{
	struct bookgen_rec *r = mutation_first(b, GEN_CONFIG);

	r->has |= GEN_HAS(32);
	r->until_user = user;
	r->until = 20100131;
}

static void pays_after_his_last_day(struct bookgen *b)
{
	ends(b, mutation_payout(b, 1)->actor);
}

static void approves_after_his_last_day(struct bookgen *b)
{
	ends(b, voided(b)->approver);
}

static void renewed_to_before(struct bookgen *b)
{
	struct bookgen_rec *r;

	ends(b, 9);
	mutation_first(b, GEN_CONFIG)->until = 20991231;
	r = bookgen_find(b, mutation_first(b, GEN_CONFIG)->seq + 1, GEN_CONFIG);
	r->has |= GEN_HAS(32);
	r->until_user = 9;
	r->until = 20991230;
}

/* A user's card is another user's key; what he approves with it is signed so. */
static struct bookgen_rec *with_a_card(struct bookgen *b)
{
	struct bookgen_rec *v = voided(b);
	struct bookgen_rec *r = mutation_first(b, GEN_CONFIG);

	/* A book in which he changed nothing himself: what he did first. */
	while (r && r->actor != v->approver)
		r = bookgen_find(b, r->seq + 1, GEN_CONFIG);
	if (!r) {
		r = mutation_first(b, GEN_CONFIG);
		r->actor = v->approver;
	}
	r->has |= GEN_HAS(18) | GEN_HAS(23);
	memcpy(r->kpub, bookgen_user(b, 5)->key.public, sizeof(r->kpub));
	v->cosig_by = GEN_BY_OTHER;
	v->act_key = 5;
	return r;
}

static void card_approves(struct bookgen *b)
{
	with_a_card(b);
}

static void card_of_nobody(struct bookgen *b)
{
	with_a_card(b)->has &= ~GEN_HAS(23);
}

static void card_taken_away(struct bookgen *b)
{
	struct bookgen_rec *r = with_a_card(b);

	memset(r->kpub, 0, sizeof(r->kpub));
}

static void card_unsigned(struct bookgen *b)
{
	with_a_card(b)->has &= ~GEN_HAS(18);
}

static void card_of_an_agent(struct bookgen *b)
{
	with_a_card(b)->actor = 7;
}

static void agent_approves_elsewhere(struct bookgen *b)
{
	mutation_first(b, GEN_APPROVE)->actor = 7;
}

static void approval_signed_by_another(struct bookgen *b)
{
	struct bookgen_rec *r = mutation_first(b, GEN_APPROVE);

	r->asig_by = GEN_BY_OTHER;
	r->act_key = 7;
}

/* By QR he signs the difference, which the CLOSE then has from there. */
static void close_by_the_difference(struct bookgen *b)
{
	struct bookgen_rec *r = mutation_first(b, GEN_OVER_SHORT);

	bookgen_find(b, r->seq, GEN_CLOSE)->has &= ~GEN_HAS(19);
}

static const struct mutation rows[] = {
	{"V23: somebody unknown pays", 23, nobody_pays, 0},
	{"V23: the system pays", 23, system_pays, 0},
	{"T72 V23: a technician pays", 23, technician_pays, 0},
	{"T72 V23: a supervisor pays", 23, supervisor_pays, 0},
	{"T72 V23: a supervisor closes", 23, supervisor_closes, 0},
	{"V23: staff gives an entitlement away", 23, staff_releases, 0},
	{"V23: an agent takes a reason back", 23, agent_takes_back, 0},
	{"V23: an agent vouches for the clock", 23, agent_vouches, 0},
	{"V23: somebody unknown signs in", 23, stranger_logs_in, 0},
	{"T67 V23: an agent who was sent away pays", 23, revoked_pays, 0},
	{"V23: a user that no CONFIG tells of", 23, user_never_told, 0},
	{"V23: a role that no CONFIG tells of", 23, role_is_another,
		MUT_NO_KEYS},
	{"T67 V23: an agent on a list of the revoked pays", 23, listed_pays, 0},
	{"T67 V25: an approver on a list of the revoked", 25, listed_approves,
		0},
	{"T67 V23: pays after his last day", 23, pays_after_his_last_day, 0},
	{"T67 V25: approves after his last day", 25,
		approves_after_his_last_day, 0},
	{"V23: renewed to a day before the last one", 23, renewed_to_before, 0},
	{"T36: approved by QR with the card of the approver", 25, card_approves,
		MUT_ACCEPT},
	{"T36 V25: approved by QR with a card that no record tells of", 25,
		card_of_nobody, 0},
	{"T36 V25: approved by QR with a card that was taken away", 25,
		card_taken_away, 0},
	{"V24: a card that its user did not sign for", 24, card_unsigned, 0},
	{"V23: a card for approvals of an agent", 23, card_of_an_agent, 0},
	{"V23: an agent approves for another terminal", 23,
		agent_approves_elsewhere, 0},
	{"V24: APPROVE signed with another's key", 24,
		approval_signed_by_another, 0},
	{"T74: CLOSE with the second person of its difference", 25,
		close_by_the_difference, MUT_ACCEPT},
	{"V24: signed with another's key", 24, signed_for_another, 0},
	{"V24: the agent did not sign", 24, signature_of_zeros, 0},
	{"V24: CLOSE signed by a supervisor", 24, close_signed_by_supervisor,
		0},
	{"T36 V25: VOID after HANDED, alone", 25, void_alone, 0},
	{"T36 V25: VOID after HANDED, by flag 16", 25, void_override, 0},
	{"T36 V25: VOID before HANDED, alone, no flag", 25, void_unhanded_alone,
		0},
	{"T36 V25: the approver is the agent", 25, void_by_himself, 0},
	{"T36 V25: the approver is an agent", 25, void_by_other_agent, 0},
	{"T36 V25: the approver is staff", 25, void_by_staff, 0},
	{"T36 V25: the approver is nobody", 25, void_by_nobody, 0},
	{"T36 V25: the approver did not sign", 25, void_forged, 0},
	{"T36 V25: the agent signs for the approver", 25, void_signed_by_agent,
		0},
	{"T36 V25: the approver was sent away", 25, void_by_revoked, 0},
	{"V21: VOID after HANDED says it was not", 21, void_lies, 0},
	{"V25: the same money again, alone, no flag", 25, again_alone, 0},
	{"V25: what was out goes out again, by flag 16", 25, again_override, 0},
	{"T74 V25: a difference, alone", 25, short_alone, 0},
	{"T74 V25: a difference, approved by himself", 25, short_by_himself, 0},
};

const struct mutation_table mutation_people = {rows,
	sizeof(rows) / sizeof(rows[0])};
