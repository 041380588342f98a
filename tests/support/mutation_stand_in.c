/* mutation_stand_in.c - a drawer whose agent is out, closed for him (T72). */
#include <string.h>

#include "support/bookgen_internal.h"
#include "support/mutation.h"

/* The last shift of the book, and where somebody stands in for its agent. */
struct left {
	struct bookgen_rec *barred; /* the REVLIST that takes him out */
	struct bookgen_rec *count;
	struct bookgen_rec *close;
	uint64_t agent;
	uint64_t other; /* an agent, too */
};

static uint64_t before(const struct bookgen *b, uint64_t seq, uint64_t kind)
{
	while (b->rec[seq - 1].kind != kind)
		seq--;
	return seq;
}

/* A list that names him, before record seq. */
static void bar(struct bookgen *b, uint64_t seq, uint64_t agent)
{
	const struct bookgen_rec like = *mutation_last(b, GEN_CLOSE);
	struct bookgen_rec *r = mutation_repeat(b, like.seq, seq);

	*r = (struct bookgen_rec){.has = r->has,
		.v = r->v,
		.seq = r->seq,
		.kind = GEN_REVLIST,
		.t = r->t,
		.mono = r->mono,
		.tq = r->tq,
		.shift = r->shift};
	memcpy(r->dev, like.dev, sizeof(r->dev));
	memcpy(r->boot, b->rec[seq - 2].boot, sizeof(r->boot));
	memcpy(r->tot, b->rec[seq - 2].tot, sizeof(r->tot));
	r->has &= ~(GEN_HAS(13) | GEN_HAS(17) | GEN_HAS(18) | GEN_HAS(19) |
		    GEN_HAS(20) | GEN_HAS(26));
	r->has |= GEN_HAS(24) | GEN_HAS(28) | GEN_HAS(33);
	r->res = 900;
	r->barred[0] = agent;
	r->barreds = 1;
}

static struct left stand_in_from(struct bookgen *b, uint64_t from)
{
	struct left l = {.agent = mutation_last(b, GEN_CLOSE)->actor};

	bar(b, from, l.agent);
	l.barred = &b->rec[from - 1];
	l.other = l.agent == GEN_LAN ? GEN_MINH : GEN_LAN;
	l.close = mutation_last(b, GEN_CLOSE);
	l.count = &b->rec[before(b, l.close->seq, GEN_COUNT) - 1];
	for (struct bookgen_rec *r = l.barred + 1; r <= l.close; r++)
		if (r->actor == l.agent && r->kind != GEN_PRINT)
			r->actor = l.other;
	for (struct bookgen_rec *r = l.count; r <= l.close; r++)
		if (r->has & GEN_HAS(19))
			r->approver = GEN_HOA;
	l.close->has |= GEN_HAS(17) | GEN_HAS(19) | GEN_HAS(20);
	l.close->rsn = 1;
	l.close->fl = GEN_OVERRIDE;
	l.close->approver = GEN_HOA;
	return l;
}

static struct left stand_in(struct bookgen *b)
{
	return stand_in_from(b,
		before(b, mutation_last(b, GEN_CLOSE)->seq, GEN_COUNT));
}

static void by_an_agent(struct bookgen *b)
{
	stand_in(b);
}

static void by_a_supervisor(struct bookgen *b)
{
	const struct left l = stand_in(b);

	b->revoked_user = 0;
	for (struct bookgen_rec *r = l.count; r <= l.close; r++) {
		if (r->actor == l.other)
			r->actor = GEN_HOA;
		if (r->has & GEN_HAS(19))
			r->approver = GEN_TUAN;
	}
}

static void alone(struct bookgen *b)
{
	const struct left l = stand_in(b);

	for (struct bookgen_rec *r = l.count; r <= l.close; r++)
		r->has &= ~GEN_HAS(19);
}

static void with_himself(struct bookgen *b)
{
	const struct left l = stand_in(b);

	l.close->approver = l.close->actor;
}

static void with_an_agent(struct bookgen *b)
{
	const struct left l = stand_in(b);

	l.close->approver = l.agent;
}

static void signed_by_another(struct bookgen *b)
{
	const struct left l = stand_in(b);

	l.close->cosig_by = GEN_BY_OTHER;
	l.close->act_key = l.other;
}

static void without_the_flag(struct bookgen *b)
{
	stand_in(b).close->has &= ~GEN_HAS(20);
}

static void without_a_reason(struct bookgen *b)
{
	stand_in(b).close->has &= ~GEN_HAS(17);
}

static void for_another_reason(struct bookgen *b)
{
	stand_in(b).close->rsn = 2;
}

static void counted_by_another(struct bookgen *b)
{
	stand_in(b).count->actor = GEN_HOA;
}

/* Two may sign what they like: he works here. */
static void who_is_not_out(struct bookgen *b)
{
	stand_in(b).barred->barred[0] = 71;
}

static void by_staff(struct bookgen *b)
{
	const struct left l = stand_in(b);

	for (struct bookgen_rec *r = l.count; r <= l.close; r++)
		if (r->actor == l.other)
			r->actor = GEN_DUNG;
}

static void as_if(struct bookgen *b)
{
	struct bookgen_rec *r = mutation_last(b, GEN_CLOSE);

	r->has |= GEN_HAS(17) | GEN_HAS(20);
	r->rsn = 1;
	r->fl = GEN_OVERRIDE;
}

/* Money handed over when he was out already: the last of a book of payouts. */
static struct bookgen_rec *handed(struct bookgen *b)
{
	const uint64_t seq =
		before(b, mutation_last(b, GEN_CLOSE)->seq, GEN_HANDED);
	struct bookgen_rec *r;

	stand_in_from(b, seq);
	r = &b->rec[seq];
	r->has |= GEN_HAS(19);
	r->approver = GEN_HOA;
	return r;
}

static void handed_by_two(struct bookgen *b)
{
	handed(b);
}

static void handed_alone(struct bookgen *b)
{
	handed(b)->has &= ~GEN_HAS(19);
}

static void pays_in_his_place(struct bookgen *b)
{
	const uint64_t seq =
		before(b, mutation_last(b, GEN_CLOSE)->seq, GEN_PAY);

	stand_in_from(b, seq);
}

static const struct mutation rows[] = {
	{"T72: closed by another agent for who is out", 0, by_an_agent,
		MUT_ACCEPT | MUT_PLAIN},
	{"T72: closed by a supervisor for who is out", 0, by_a_supervisor,
		MUT_ACCEPT | MUT_PLAIN},
	{"T72: handed over for who is out", 0, handed_by_two,
		MUT_ACCEPT | MUT_PLAIN},
	{"T72 V25: closed for who is out by one alone", 25, alone, MUT_PLAIN},
	{"T72 V25: his second person is himself", 25, with_himself, MUT_PLAIN},
	{"T67 V25: his second person is who is out", 25, with_an_agent,
		MUT_PLAIN},
	{"T72 V25: somebody else signed for the second", 25, signed_by_another,
		MUT_PLAIN},
	{"T72 V18: closed for who is out without the flag", 18,
		without_the_flag, MUT_PLAIN},
	{"T72 V18: and without a reason", 18, without_a_reason, MUT_PLAIN},
	{"T72 V18: his last day is not over", 18, for_another_reason,
		MUT_PLAIN},
	{"T72 V18: one counts, another closes", 18, counted_by_another,
		MUT_PLAIN},
	{"T72 V18: two close the drawer of who works here", 18, who_is_not_out,
		MUT_PLAIN},
	{"T72 V23: closed for who is out by the campaign staff", 23, by_staff,
		MUT_PLAIN},
	{"T72 V18: his own drawer, as if he stood in", 18, as_if, MUT_PLAIN},
	{"T72 V25: handed over for who is out by one alone", 25, handed_alone,
		MUT_PLAIN},
	{"T72 V18: somebody pays in his place", 18, pays_in_his_place,
		MUT_PLAIN},
};

const struct mutation_table mutation_stand_in = {rows,
	sizeof(rows) / sizeof(rows[0])};
