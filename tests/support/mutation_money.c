/* mutation_money.c - shifts, payouts, voids, cash. */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/mutation.h"

static const int64_t single_max = 15000000;

/* ---- V13 -------------------------------------------------------------------*/

static void negative(struct bookgen *b)
{
	struct bookgen_rec *r = mutation_payout(b, 1);

	r->amt = -r->amt;
	r->item[0].amt = -r->item[0].amt;
}

static void negative_float(struct bookgen *b)
{
	struct bookgen_rec *r = mutation_last(b, GEN_FLOAT_OUT);

	r->amt = -r->amt;
}

static void items_are_less(struct bookgen *b)
{
	mutation_payout(b, 1)->item[0].amt -= 1000;
}

static void an_item_is_negative(struct bookgen *b)
{
	struct bookgen_rec *r = mutation_payout(b, 1);

	r->items = 2;
	r->item[1] = r->item[0];
	r->item[1].ent[0] ^= 1;
	r->item[1].amt = -1000;
	r->item[0].amt += 1000;
}

static struct bookgen_rec *big(struct bookgen *b)
{
	for (size_t i = 0; i < b->n; i++)
		if (b->rec[i].kind == GEN_PAY && b->rec[i].amt > single_max)
			return &b->rec[i];
	abort();
}

static void big_alone(struct bookgen *b)
{
	big(b)->has &= ~GEN_HAS(19);
}

/* The record that changes a limit to line, as it is in every book. */
static struct bookgen_rec *limit(struct bookgen *b, const char *line)
{
	for (size_t i = 0; i < b->n; i++)
		if (b->rec[i].kind == GEN_CONFIG &&
			strcmp(b->rec[i].line, line) == 0)
			return &b->rec[i];
	abort();
}

static void told(struct bookgen_rec *r, const char *line)
{
	struct bytes whole = {0};

	snprintf(r->line, sizeof(r->line), "%s", line);
	bytes_text(&whole, "%s\n", line);
	crypto_hash_sha256(r->rsum, whole.at, whole.len);
	bytes_free(&whole);
}

static const char higher[] = "limit single 20000000";

static void limit_is_less(struct bookgen *b)
{
	told(limit(b, higher), "limit single 17999999");
}

static void limit_was_not_raised(struct bookgen *b)
{
	bookgen_remove(b, limit(b, higher)->seq);
}

static void limit_of_another_line(struct bookgen *b)
{
	snprintf(limit(b, higher)->line, sizeof(higher), "%s",
		"limit single 20000001");
}

static void limit_beyond_all(struct bookgen *b)
{
	told(limit(b, higher), "limit single 2000000000");
}

static void limit_that_is_none(struct bookgen *b)
{
	told(limit(b, higher), "limit singles 20000000");
}

static void limit_of_shifts(struct bookgen *b)
{
	told(limit(b, "limit hours 06:30-18:00"), "limit payouts 1");
}

static void limit_of_sums(struct bookgen *b)
{
	told(limit(b, "limit hours 06:30-18:00"), "limit sum 1000000");
}

static void limit_hours_of_no_day(struct bookgen *b)
{
	told(limit(b, "limit hours 06:30-18:00"), "limit hours 18:00-06:30");
}

static void limit_by_an_agent(struct bookgen *b)
{
	limit(b, higher)->actor = 7;
}

static void limit_unsigned(struct bookgen *b)
{
	limit(b, higher)->has &= ~GEN_HAS(18);
}

static void sums_overflow(struct bookgen *b)
{
	struct bookgen_rec *r = mutation_payout(b, 1);

	r->items = 3;
	r->item[1] = r->item[0];
	r->item[2] = r->item[0];
	r->item[1].ent[0] ^= 1;
	r->item[2].ent[0] ^= 2;
	r->item[1].amt = INT64_MAX;
	r->item[2].amt = INT64_MAX;
}

/* 301 payouts, or 2,000,000,000 and more, in the first shift of a plain
 * book; the list says the same. */
static void many(struct bookgen *b)
{
	int left = 301;

	while (--left > 0) {
		struct bookgen_rec *close = mutation_first(b, GEN_CLOSE);
		const uint64_t at = close->seq - 1;
		const struct bookgen_rec *pay = mutation_payout(b, 0);
		struct bookgen_rec *r = mutation_repeat(b, pay->seq, at);

		r->item[0].amt = 1000;
		r->amt = 1000;
		r->item[0].ent[1] = (uint8_t)left;
		r->item[0].ent[2] = (uint8_t)(left >> 8);
		r = mutation_repeat(b, mutation_payout(b, 0)->seq + 2, at + 1);
		r->kind = GEN_HANDED;
		r->has &= ~GEN_HAS(28);
		r->ref = at;
	}
}

static void much(struct bookgen *b)
{
	mutation_first(b, GEN_FLOAT_IN)->amt = INT64_C(3000000000);
	mutation_first(b, GEN_FLOAT_IN)->cnt[0].pieces = 6000;
	mutation_first(b, GEN_FLOAT_IN)->cnts = 1;
	for (int n = 0; n < 140; n++) {
		struct bookgen_rec *close = mutation_first(b, GEN_CLOSE);
		const uint64_t at = close->seq - 1;
		struct bookgen_rec *r =
			mutation_repeat(b, mutation_payout(b, 0)->seq, at);

		r->amt = single_max;
		r->item[0].amt = single_max;
		r->item[0].ent[1] = (uint8_t)n;
		r->item[0].ent[2] = 0x77;
		r = mutation_repeat(b, mutation_payout(b, 0)->seq + 2, at + 1);
		r->kind = GEN_HANDED;
		r->has &= ~GEN_HAS(28);
		r->ref = at;
	}
}

/* ---- V18 -------------------------------------------------------------------*/

/* Money moved after the first shift, before the second. */
static void after_close(struct bookgen *b, uint64_t kind)
{
	const uint64_t at = mutation_first(b, GEN_CLOSE)->seq + 1;

	mutation_repeat(b, mutation_first(b, kind)->seq, at);
}

static void pay_after_close(struct bookgen *b)
{
	const uint64_t at = mutation_first(b, GEN_CLOSE)->seq + 1;
	struct bookgen_rec *r =
		mutation_repeat(b, mutation_payout(b, 0)->seq, at);

	r->item[0].ent[5] ^= 0x55;
}

static void float_after_close(struct bookgen *b)
{
	after_close(b, GEN_FLOAT_IN);
}

static void count_after_close(struct bookgen *b)
{
	after_close(b, GEN_COUNT);
}

static void close_twice(struct bookgen *b)
{
	after_close(b, GEN_CLOSE);
}

static void close_missing(struct bookgen *b)
{
	bookgen_remove(b, mutation_first(b, GEN_CLOSE)->seq);
}

static void other_shift(struct bookgen *b)
{
	mutation_payout(b, 1)->shift++;
}

static void shift_left_out(struct bookgen *b)
{
	struct bookgen_rec *r = mutation_last(b, GEN_KEYROLL);

	for (; r < b->rec + b->n; r++)
		r->shift++;
}

static void other_agent(struct bookgen *b)
{
	struct bookgen_rec *r = mutation_payout(b, 1);

	r->actor = r->actor == 7 ? 8 : 7;
}

/* ---- V19 to V22 ------------------------------------------------------------*/

static void not_handed(struct bookgen *b)
{
	struct bookgen_rec *pay = mutation_payout(b, 1);

	bookgen_remove(b, mutation_of(b, GEN_HANDED, pay->seq)->seq);
}

static void handed_twice(struct bookgen *b)
{
	struct bookgen_rec *pay = mutation_payout(b, 1);
	const uint64_t seq = mutation_of(b, GEN_HANDED, pay->seq)->seq;

	mutation_repeat(b, seq, seq + 1);
}

static void handed_of_nothing(struct bookgen *b)
{
	struct bookgen_rec *pay = mutation_payout(b, 1);

	mutation_of(b, GEN_HANDED, pay->seq)->ref = 2;
}

static void handed_before(struct bookgen *b)
{
	struct bookgen_rec *pay = mutation_payout(b, 1);

	mutation_of(b, GEN_HANDED, pay->seq)->ref = b->n - 2;
}

static void print_of_nothing(struct bookgen *b)
{
	struct bookgen_rec *pay = mutation_payout(b, 1);

	mutation_of(b, GEN_PRINT, pay->seq)->ref = 1;
}

static void handed_after_void(struct bookgen *b)
{
	struct bookgen_rec *r = mutation_first(b, GEN_VOID);
	const uint64_t seq = r->seq;
	const uint64_t ref = r->ref;
	struct bookgen_rec *pay = mutation_payout(b, 0);

	r = mutation_repeat(b, mutation_of(b, GEN_HANDED, pay->seq)->seq,
		seq + 1);
	r->ref = ref;
}

static void printed_twice(struct bookgen *b)
{
	struct bookgen_rec *pay = mutation_payout(b, 1);
	const uint64_t seq = mutation_of(b, GEN_PRINT, pay->seq)->seq;

	mutation_repeat(b, seq, seq + 1);
}

/* What prints the Z slip of the first shift. */
static struct bookgen_rec *slip(struct bookgen *b, uint64_t kind)
{
	const uint64_t close = mutation_first(b, GEN_CLOSE)->seq;

	return mutation_of(b, kind, close);
}

static void slip_twice(struct bookgen *b)
{
	const uint64_t seq = slip(b, GEN_PRINT)->seq;

	mutation_repeat(b, seq, seq + 1);
}

static void slip_copy_skipped(struct bookgen *b)
{
	slip(b, GEN_REPRINT)->res = 2;
}

static void slip_copy_twice(struct bookgen *b)
{
	const uint64_t seq = slip(b, GEN_REPRINT)->seq;

	mutation_repeat(b, seq, seq + 1);
}

static void copy_skipped(struct bookgen *b)
{
	mutation_last(b, GEN_REPRINT)->res++;
}

static void copy_of_nothing(struct bookgen *b)
{
	mutation_last(b, GEN_REPRINT)->ref = 3;
}

/* A VOID, and money that it took back. */
static void void_twice(struct bookgen *b)
{
	const uint64_t seq = mutation_first(b, GEN_VOID)->seq;

	mutation_repeat(b, seq, seq + 1);
}

static void void_less(struct bookgen *b)
{
	struct bookgen_rec *r = mutation_first(b, GEN_VOID);

	r->amt -= 1000;
	r->item[0].amt -= 1000;
}

static void void_of_others(struct bookgen *b)
{
	mutation_first(b, GEN_VOID)->item[0].ent[7] ^= 1;
}

static void void_of_nothing(struct bookgen *b)
{
	mutation_first(b, GEN_VOID)->ref = 2;
}

/* I2: the same entitlement paid twice, each time with everything. */
static void paid_twice(struct bookgen *b)
{
	const uint64_t pay = mutation_payout(b, 1)->seq;
	const uint64_t print = mutation_of(b, GEN_PRINT, pay)->seq;
	const uint64_t handed = mutation_of(b, GEN_HANDED, pay)->seq;
	const uint64_t at = (print > handed ? print : handed) + 1;

	mutation_repeat(b, pay, at);
	mutation_repeat(b, handed, at + 1)->ref = at;
}

static void twice_in_one(struct bookgen *b)
{
	struct bookgen_rec *r = mutation_payout(b, 1);

	r->items = 2;
	r->item[1] = r->item[0];
	r->amt *= 2;
}

/* ---- V26 -------------------------------------------------------------------*/

static void expected_wrong(struct bookgen *b)
{
	mutation_first(b, GEN_CLOSE)->amt -= 1000;
}

static void counted_wrong(struct bookgen *b)
{
	mutation_first(b, GEN_COUNT)->amt -= 1000;
}

static void notes_wrong(struct bookgen *b)
{
	mutation_first(b, GEN_FLOAT_IN)->cnt[0].pieces--;
}

static void short_and_silent(struct bookgen *b)
{
	bookgen_remove(b, mutation_first(b, GEN_OVER_SHORT)->seq);
}

static void short_by_less(struct bookgen *b)
{
	mutation_first(b, GEN_OVER_SHORT)->amt -= 1000;
}

static void over_is_short(struct bookgen *b)
{
	struct bookgen_rec *r = mutation_first(b, GEN_OVER_SHORT);

	r->res = 3 - r->res;
}

static void difference_of_nothing(struct bookgen *b)
{
	struct bookgen_rec *r =
		mutation_repeat(b, mutation_first(b, GEN_OVER_SHORT)->seq,
			mutation_first(b, GEN_CLOSE)->seq);

	r->actor = r[1].actor;
}

static void close_counts_otherwise(struct bookgen *b)
{
	mutation_first(b, GEN_CLOSE)->cnt[0].pieces++;
}

static void no_count(struct bookgen *b)
{
	bookgen_remove(b, mutation_first(b, GEN_COUNT)->seq);
}

static void returned_less(struct bookgen *b)
{
	mutation_first(b, GEN_VOID_RETURNED)->amt -= 1000;
}

static void never_returned(struct bookgen *b)
{
	bookgen_remove(b, mutation_first(b, GEN_VOID_RETURNED)->seq);
}

static void returned_twice(struct bookgen *b)
{
	const uint64_t seq = mutation_first(b, GEN_VOID_RETURNED)->seq;

	mutation_repeat(b, seq, seq + 1);
}

static void handed_without_cash(struct bookgen *b)
{
	struct bookgen_rec *r = mutation_first(b, GEN_FLOAT_IN);

	r->amt = 1000;
	r->cnt[0] = (struct bookgen_note){.denomination = 1000, .pieces = 1};
	r->cnts = 1;
}

/* A payout and its HANDED with those pieces of 1,000, none of others. */
static void in_thousands(struct bookgen_rec *r, int64_t pieces)
{
	r->has |= GEN_HAS(26);
	r->cnts = pieces > 0;
	r->cnt[0] =
		(struct bookgen_note){.denomination = 1000, .pieces = pieces};
}

static struct bookgen_rec *handed(struct bookgen *b,
	const struct bookgen_rec *p)
{
	for (size_t i = p->seq; i < b->n; i++)
		if (b->rec[i].kind == GEN_HANDED && b->rec[i].ref == p->seq)
			return &b->rec[i];
	abort();
}

static void paid_in_less(struct bookgen *b)
{
	struct bookgen_rec *p = mutation_payout(b, 1);

	in_thousands(p, p->amt / 1000 - 1);
}

static void paid_in_none(struct bookgen *b)
{
	in_thousands(mutation_payout(b, 1), 0);
}

static void handed_in_more(struct bookgen *b)
{
	struct bookgen_rec *p = mutation_payout(b, 1);

	in_thousands(handed(b, p), p->amt / 1000 + 1);
}

static void handed_in_others(struct bookgen *b)
{
	struct bookgen_rec *p = mutation_payout(b, 1);

	in_thousands(p, p->amt / 1000);
	in_thousands(handed(b, p), p->amt / 1000);
}

static void handed_in_none(struct bookgen *b)
{
	in_thousands(handed(b, mutation_payout(b, 1)), 0);
}

/* ---- record 0, which there never is -----------------------------------------*/

static void zero(struct bookgen *b, uint64_t kind)
{
	mutation_first(b, kind)->ref = 0;
}

static void print_of_zero(struct bookgen *b)
{
	zero(b, GEN_PRINT);
}

static void handed_of_zero(struct bookgen *b)
{
	struct bookgen_rec *p = mutation_payout(b, 1);
	struct bookgen_rec *r = handed(b, p);

	mutation_repeat(b, r->seq, r->seq + 1)->ref = 0;
}

static void void_of_zero(struct bookgen *b)
{
	zero(b, GEN_VOID);
}

static void copy_of_zero(struct bookgen *b)
{
	zero(b, GEN_REPRINT);
}

static void returned_of_zero(struct bookgen *b)
{
	zero(b, GEN_VOID_RETURNED);
}

static const struct mutation rows[] = {
	{"V19: PRINT of record 0", 19, print_of_zero, 0},
	{"V19: HANDED of record 0", 19, handed_of_zero, 0},
	{"V20: a copy of record 0", 20, copy_of_zero, 0},
	{"V21: voids record 0", 21, void_of_zero, 0},
	{"V21: takes back the cash of record 0", 21, returned_of_zero, 0},
	{"V13: a negative payout", 13, negative, MUT_BALANCE},
	{"V13: a negative FLOAT_OUT", 13, negative_float, MUT_TOTALS},
	{"V13: items come to less", 13, items_are_less, MUT_OUTSIDE},
	{"V13: an item is negative", 13, an_item_is_negative, 0},
	{"V13: items come to more than 64 bits", 13, sums_overflow, 0},
	{"V13: more than 15,000,000 by one person", 13, big_alone, 0},
	{"V13: more than a limit that was set lower", 13, limit_is_less, 0},
	{"V13: a limit that no record raised", 13, limit_was_not_raised,
		MUT_OUTSIDE},
	{"V13: a limit whose hash is of another line", 13,
		limit_of_another_line, 0},
	{"V13: a limit beyond its range", 13, limit_beyond_all, 0},
	{"V13: a limit that there is not", 13, limit_that_is_none, 0},
	{"T62 V13: more payments than a shift may have", 13, limit_of_shifts,
		0},
	{"V13: more money than a shift may pay", 13, limit_of_sums, 0},
	{"V13: hours that end before they begin", 13, limit_hours_of_no_day, 0},
	{"T72 V23: a limit that an agent changed", 23, limit_by_an_agent, 0},
	{"V24: a limit that nobody signed", 24, limit_unsigned, 0},
	{"V13: 301 payouts in a shift", 13, many, MUT_BALANCE | MUT_PLAIN},
	{"V13: more than 2,000,000,000 in a shift", 13, much,
		MUT_BALANCE | MUT_PLAIN},
	{"V18: PAY after CLOSE", 18, pay_after_close, MUT_TOTALS},
	{"V18: FLOAT_IN after CLOSE", 18, float_after_close, MUT_TOTALS},
	{"V18: COUNT after CLOSE", 18, count_after_close, 0},
	{"V18: CLOSE twice", 18, close_twice, 0},
	{"V18: no CLOSE", 18, close_missing, 0},
	{"V18: a PAY of the next shift", 18, other_shift, 0},
	{"V18: a shift number is left out", 18, shift_left_out, 0},
	{"V18: a PAY of the other agent", 18, other_agent, 0},
	{"V19: not handed over, not voided", 19, not_handed, 0},
	{"V19: handed over twice", 19, handed_twice, 0},
	{"V19: HANDED of a LOGIN", 19, handed_of_nothing, 0},
	{"V19: HANDED of what comes later", 19, handed_before, 0},
	{"V19: HANDED after VOID", 19, handed_after_void, 0},
	{"V19: PRINT of START", 19, print_of_nothing, 0},
	{"V20: the original printed twice", 20, printed_twice, 0},
	{"V20: the original of a Z slip printed twice", 20, slip_twice, 0},
	{"V20: a copy of a Z slip is left out", 20, slip_copy_skipped, 0},
	{"V20: a copy of a Z slip twice", 20, slip_copy_twice, 0},
	{"V20: a copy number is left out", 20, copy_skipped, 0},
	{"V20: a copy of no payout", 20, copy_of_nothing, 0},
	{"V21: voided twice", 21, void_twice, MUT_BALANCE},
	{"V21: voids less than was paid", 21, void_less, MUT_BALANCE},
	{"V21: voids another entitlement", 21, void_of_others, 0},
	{"V21: voids a LOGIN", 21, void_of_nothing, 0},
	{"V22: paid twice", 22, paid_twice, MUT_BALANCE},
	{"V22: twice in one payout", 22, twice_in_one, MUT_BALANCE},
	{"V26: expects 1,000 less", 26, expected_wrong, 0},
	{"V26: COUNT is not its notes", 26, counted_wrong, 0},
	{"V26: FLOAT_IN is not its notes", 26, notes_wrong, 0},
	{"T74 V26: cash short, not recorded", 26, short_and_silent, 0},
	{"V26: the difference is another", 26, short_by_less, 0},
	{"V26: over is called short", 26, over_is_short, 0},
	{"V26: a difference where there is none", 26, difference_of_nothing, 0},
	{"V26: CLOSE counts otherwise than COUNT", 26, close_counts_otherwise,
		0},
	{"V26: CLOSE without COUNT", 26, no_count, 0},
	{"T61 V21: less came back than was paid", 21, returned_less, 0},
	{"T61 V26: the cash of a VOID never came back", 26, never_returned, 0},
	{"T61 V21: the cash of a VOID came back twice", 21, returned_twice, 0},
	{"V26: PAY is not its notes", 26, paid_in_less, 0},
	{"V26: PAY in no notes at all", 26, paid_in_none, 0},
	{"V26: HANDED is not the notes of its PAY", 26, handed_in_more, 0},
	{"HANDED in other notes of the same amount", 26, handed_in_others,
		MUT_ACCEPT},
	{"HANDED in notes that nobody counted", 26, handed_in_none, MUT_ACCEPT},
	{"V26: pays what is not in the drawer", 26, handed_without_cash,
		MUT_BALANCE},
};

const struct mutation_table mutation_money = {rows,
	sizeof(rows) / sizeof(rows[0])};
