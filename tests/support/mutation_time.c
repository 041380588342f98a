/* mutation_time.c - clocks, boots, late papers, working days. */
#include <stdlib.h>
#include <string.h>

#include "support/mutation.h"

static void earlier(struct bookgen *b)
{
	struct bookgen_rec *r = mutation_last(b, GEN_LOGOUT);

	r->t = b->rec[r->seq - 2].t - 1;
}

static void a_day_earlier(struct bookgen *b)
{
	struct bookgen_rec *r = mutation_payout(b, 2);

	r->t -= UINT64_C(86400000);
}

/* CLOCK rsn 1 out: what follows is behind without a word. */
static void no_clock_record(struct bookgen *b)
{
	bookgen_remove(b, mutation_first(b, GEN_CLOCK)->seq);
}

static void boot_time_back(struct bookgen *b)
{
	struct bookgen_rec *r = mutation_last(b, GEN_LOGOUT);

	r->mono = b->rec[r->seq - 2].mono - 1;
}

/* The machine was started anew in front of this record, without a word. */
static void boot_from(struct bookgen *b, struct bookgen_rec *r)
{
	uint8_t old[8];

	memcpy(old, r->boot, sizeof(old));
	for (; r < b->rec + b->n && memcmp(r->boot, old, 8) == 0; r++)
		r->boot[0] ^= 0xff;
}

static void boot_shows_as_pay(struct bookgen *b)
{
	boot_from(b, mutation_payout(b, 1));
}

static void boot_shows_as_count(struct bookgen *b)
{
	boot_from(b, mutation_last(b, GEN_COUNT));
}

static void an_old_boot_again(struct bookgen *b)
{
	struct bookgen_rec *r = mutation_last(b, GEN_LOGIN);
	uint8_t now[8];

	memcpy(now, r->boot, sizeof(now));
	for (size_t i = 0; i < b->n; i++)
		if (memcmp(b->rec[i].boot, now, 8) == 0)
			memcpy(b->rec[i].boot, b->rec[0].boot, 8);
}

static void server_time_unheard(struct bookgen *b)
{
	b->rec[1].tq = 1;
}

static void server_week_unheard(struct bookgen *b)
{
	b->rec[1].tq = 2;
}

static void nobody_vouched(struct bookgen *b)
{
	b->rec[1].tq = 3;
}

static void behind_without_need(struct bookgen *b)
{
	b->rec[1].tq = 4;
}

static void behind_unsaid(struct bookgen *b)
{
	mutation_first(b, GEN_CLOCK)->tq = 0;
}

static void quality_9(struct bookgen *b)
{
	b->rec[1].tq = 9;
}

static void the_future(struct bookgen *b)
{
	mutation_later(b, UINT64_C(40) * 365 * 86400000);
}

static struct bookgen_rec *late(struct bookgen *b)
{
	for (size_t i = 0; i < b->n; i++)
		if (b->rec[i].kind == GEN_PAY && b->rec[i].fl & GEN_LATE)
			return &b->rec[i];
	abort();
}

static void late_in_future(struct bookgen *b)
{
	struct bookgen_rec *r = late(b);

	r->tev = r->t + 1;
}

static void late_now(struct bookgen *b)
{
	struct bookgen_rec *r = late(b);

	r->tev = r->t;
}

static void late_without_time(struct bookgen *b)
{
	late(b)->has &= ~GEN_HAS(21);
}

static void time_without_late(struct bookgen *b)
{
	struct bookgen_rec *r = mutation_payout(b, 1);

	r->has |= GEN_HAS(21);
	r->tev = r->t - 1000;
}

static void handwritten_without_pad(struct bookgen *b)
{
	late(b)->has &= ~GEN_HAS(22);
}

static void handwritten_in_time(struct bookgen *b)
{
	struct bookgen_rec *r = late(b);

	r->fl &= ~(uint64_t)GEN_LATE;
	r->has &= ~GEN_HAS(21);
}

static void pad_without_hand(struct bookgen *b)
{
	late(b)->fl &= ~(uint64_t)GEN_HANDWRITTEN;
}

/* T17: the same leaf of the pad entered again. */
static void pad_twice(struct bookgen *b)
{
	struct bookgen_rec *r = mutation_payout(b, 2);
	const struct bookgen_rec *first = late(b);

	r->has |= GEN_HAS(20) | GEN_HAS(21) | GEN_HAS(22);
	r->fl = GEN_LATE | GEN_HANDWRITTEN;
	r->tev = r->t - 60000;
	memcpy(r->pad, first->pad, sizeof(r->pad));
}

static void a_day_without_null(struct bookgen *b)
{
	bookgen_remove(b, mutation_last(b, GEN_NULL)->seq);
}

/* Handed over, and seven seconds later the next one is paid. */
static void in_a_hurry(struct bookgen *b)
{
	struct bookgen_rec *pay = mutation_first(b, GEN_PAY);

	for (;;) {
		struct bookgen_rec *next =
			bookgen_find(b, pay->seq + 1, GEN_PAY);

		if (next && next->t - pay->t < 600000 &&
			memcmp(next->boot, pay->boot, 8) == 0) {
			for (struct bookgen_rec *r = pay + 1; r <= next; r++) {
				r->t = pay->t + 7000;
				r->mono = pay->mono + 7000;
			}
			return;
		}
		pay = next;
	}
}

static const struct mutation rows[] = {
	{"V14: a millisecond earlier", 14, earlier, 0},
	{"T13 V14: a payout a day earlier", 14, a_day_earlier, 0},
	{"V14: back without a CLOCK", 14, no_clock_record, 0},
	{"V15: time since boot goes back", 15, boot_time_back, 0},
	{"V15: a new boot shows as PAY", 15, boot_shows_as_pay, 0},
	{"V15: a new boot shows as COUNT", 15, boot_shows_as_count, 0},
	{"V15: a boot id of the first day again", 15, an_old_boot_again, 0},
	{"V16: time of a server that never spoke", 16, server_time_unheard, 0},
	{"V16: of a week ago, never spoke", 16, server_week_unheard, 0},
	{"V16: nobody vouched for the clock", 16, nobody_vouched, 0},
	{"V16: behind, and is not", 16, behind_without_need, 0},
	{"V16: behind, and does not say so", 16, behind_unsaid, 0},
	{"V16: quality 9", 16, quality_9, 0},
	{"V17: a book of the year 2065", 17, the_future, 0},
	{"V17: the same where the future is allowed", 17, the_future,
		MUT_FUTURE | MUT_ACCEPT},
	{"T17 V28: paid on paper after now", 28, late_in_future, 0},
	{"T17 V28: paid on paper at this moment", 28, late_now, 0},
	{"V28: LATE without a time", 28, late_without_time, 0},
	{"V28: an earlier time without LATE", 28, time_without_late, 0},
	{"V28: HANDWRITTEN without a pad", 28, handwritten_without_pad, 0},
	{"V28: HANDWRITTEN and not LATE", 28, handwritten_in_time, 0},
	{"V28: a pad and not HANDWRITTEN", 28, pad_without_hand, 0},
	{"T17 V28: a leaf of the pad twice", 28, pad_twice, 0},
	{"V29: a day without NULL", 29, a_day_without_null, MUT_INFO},
	{"T62 V39: seven seconds between two payouts", 39, in_a_hurry,
		MUT_INFO},
};

const struct mutation_table mutation_time = {rows,
	sizeof(rows) / sizeof(rows[0])};
