#include "support/mutation.h"
#include "support/bookgen_internal.h"

#include <stdlib.h>
#include <string.h>

struct bookgen_rec *mutation_first(struct bookgen *b, uint64_t kind)
{
	struct bookgen_rec *r = bookgen_find(b, 1, kind);

	if (!r)
		abort();
	return r;
}

struct bookgen_rec *mutation_last(struct bookgen *b, uint64_t kind)
{
	for (size_t i = b->n; i > 0; i--)
		if (b->rec[i - 1].kind == kind)
			return &b->rec[i - 1];
	abort();
}

struct bookgen_rec *mutation_of(struct bookgen *b, uint64_t kind, uint64_t ref)
{
	for (size_t i = 0; i < b->n; i++)
		if (b->rec[i].kind == kind && b->rec[i].ref == ref)
			return &b->rec[i];
	return NULL;
}

struct bookgen_rec *mutation_payout(struct bookgen *b, int n)
{
	for (size_t i = 0; i < b->n; i++) {
		const uint64_t seq = i + 1;
		const struct bookgen_rec *print;

		if (b->rec[i].kind != GEN_PAY || b->rec[i].fl != 0 ||
			b->rec[i].items != 1 || b->rec[i].has & GEN_HAS(19) ||
			!mutation_of(b, GEN_HANDED, seq) ||
			mutation_of(b, GEN_VOID, seq) ||
			mutation_of(b, GEN_RECOVERY, seq))
			continue;
		print = mutation_of(b, GEN_PRINT, seq);
		if (print && print->res == 2 && n-- == 0)
			return &b->rec[i];
	}
	abort();
}

struct bookgen_rec *mutation_repeat(struct bookgen *b, uint64_t from,
	uint64_t seq)
{
	const struct bookgen_rec *near = &b->rec[seq - 2];
	struct bookgen_rec copy = b->rec[from - 1];

	copy.t = near->t;
	copy.mono = near->mono;
	copy.tq = near->tq;
	copy.shift = near->shift;
	memcpy(copy.boot, near->boot, sizeof(copy.boot));
	memcpy(copy.tot, near->tot, sizeof(copy.tot));
	for (int i = 0; i < 32; i++)
		copy.pdc[i] = (uint8_t)(copy.pdc[i] ^ seq ^ (uint64_t)i);
	bookgen_insert(b, seq, &copy);
	return &b->rec[seq - 1];
}

static void count(struct bookgen_rec *r, int64_t amt)
{
	static const int64_t note[GEN_NOTES] = {500000, 200000, 100000, 50000,
		20000, 10000, 5000, 2000, 1000};

	r->cnts = 0;
	for (int i = 0; i < GEN_NOTES; i++) {
		if (amt < note[i])
			continue;
		r->cnt[r->cnts++] =
			(struct bookgen_note){.denomination = note[i],
				.pieces = amt / note[i]};
		amt %= note[i];
	}
}

static int64_t drawer(const int64_t tot[GEN_TOTALS])
{
	return tot[2] - tot[3] - (tot[0] - tot[1]);
}

void mutation_balance(struct bookgen *b)
{
	int64_t before = 0;
	int64_t diff = 0;

	bookgen_total(b);
	for (size_t i = 0; i < b->n; i++) {
		struct bookgen_rec *r = &b->rec[i];
		const struct bookgen_rec *over = r + 1;

		if (r->kind == GEN_OPEN)
			before = drawer(r->tot);
		if (r->kind == GEN_COUNT) {
			diff = 0;
			if (i + 1 < b->n && over->kind == GEN_OVER_SHORT)
				diff = over->res == 1 ? over->amt : -over->amt;
			r->amt = drawer(r->tot) - before + diff;
			count(r, r->amt);
		} else if (r->kind == GEN_CLOSE) {
			r->amt = drawer(r->tot) - before;
			count(r, r->amt + diff);
		}
	}
}

void mutation_later(struct bookgen *b, uint64_t ms)
{
	for (size_t i = 0; i < b->n; i++) {
		struct bookgen_rec *r = &b->rec[i];

		r->t += ms;
		if (r->tev)
			r->tev += ms;
		if (r->next_day)
			r->next_day = office_day(r->t, 7);
		r->ack.server_ms += ms;
		r->ack.lease_ms += ms;
	}
	b->revoked_ms += ms;
}
