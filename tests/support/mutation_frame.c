/* mutation_frame.c - kinds and keys, numbers, epochs, totals. */
#include <sodium.h>
#include <string.h>

#include "support/mutation.h"

static struct bookgen_rec *login(struct bookgen *b)
{
	return mutation_last(b, GEN_LOGIN);
}

/* ---- V03 to V06, V36, V38 --------------------------------------------------*/

static void unknown_kind(struct bookgen *b)
{
	login(b)->kind = 47;
}

static void flag(struct bookgen_rec *r, uint64_t fl)
{
	r->has |= GEN_HAS(20);
	r->fl = fl;
}

static void flag_of_nothing(struct bookgen *b)
{
	flag(mutation_payout(b, 1), 0);
}

static void flag_64(struct bookgen *b)
{
	flag(mutation_payout(b, 1), 64);
}

static void open_without_printer(struct bookgen *b)
{
	flag(mutation_last(b, GEN_OPEN), GEN_NO_PRINTER);
}

static void open_by_override(struct bookgen *b)
{
	flag(mutation_last(b, GEN_OPEN), GEN_OVERRIDE);
}

static void void_by_hand(struct bookgen *b)
{
	flag(mutation_last(b, GEN_VOID), GEN_LATE);
}

static void other_version(struct bookgen *b)
{
	login(b)->v = 2;
}

static void key_62(struct bookgen *b)
{
	login(b)->foreign = 62;
}

static void key_63(struct bookgen *b)
{
	login(b)->foreign = 63;
}

static void key_64(struct bookgen *b)
{
	login(b)->foreign = 64;
}

static void other_device(struct bookgen *b)
{
	login(b)->dev[3] ^= 1;
}

static void from_training(struct bookgen *b)
{
	uint8_t all[5 + 16] = "TRAIN";
	uint8_t h[32];

	memcpy(all + 5, b->dev, 16);
	crypto_hash_sha256(h, all, sizeof(all));
	memcpy(login(b)->dev, h, 16);
}

static void number_skipped(struct bookgen *b)
{
	for (size_t i = (size_t)login(b)->seq; i < b->n; i++)
		b->rec[i].seq++;
}

static void number_twice(struct bookgen *b)
{
	for (size_t i = (size_t)login(b)->seq; i < b->n; i++)
		b->rec[i].seq--;
}

static void another_terminal(struct bookgen *b)
{
	bookgen_key(b->seed, "another device", 0, &b->device);
}

static void no_start(struct bookgen *b)
{
	bookgen_remove(b, 1);
}

static void start_again(struct bookgen *b)
{
	struct bookgen_rec *r = mutation_repeat(b, 1, login(b)->seq);

	r->epoch = b->rec[0].epoch;
}

static void after_end(struct bookgen *b)
{
	bookgen_append(b, login(b));
	b->rec[b->n - 1].t = b->rec[b->n - 2].t;
	b->rec[b->n - 1].mono = b->rec[b->n - 2].mono;
	memcpy(b->rec[b->n - 1].tot, b->rec[b->n - 2].tot, 8 * GEN_TOTALS);
}

/* ---- V08 to V10 ------------------------------------------------------------*/

static void other_epoch_signs(struct bookgen *b)
{
	struct bookgen_rec *r = login(b);

	r->sig_by = GEN_BY_OTHER;
	r->sig_key = 0;
}

static void device_signs(struct bookgen *b)
{
	struct bookgen_rec *r = login(b);

	r->sig_by = GEN_BY_OTHER;
	r->sig_key = -1;
}

static void unsigned_record(struct bookgen *b)
{
	login(b)->sig_by = GEN_BY_KEEP;
}

static void no_receipt(struct bookgen *b)
{
	mutation_payout(b, 1)->no_receipt = true;
}

static void strange_receipt(struct bookgen *b)
{
	login(b)->strange_rsig = true;
}

static void no_slip(struct bookgen *b)
{
	mutation_last(b, GEN_CLOSE)->no_receipt = true;
}

/* The one before the last shift. */
static struct bookgen_rec *keyroll(struct bookgen *b)
{
	return mutation_last(b, GEN_KEYROLL);
}

static void no_keyroll(struct bookgen *b)
{
	bookgen_remove(b, keyroll(b)->seq);
}

static void two_keyrolls(struct bookgen *b)
{
	const uint64_t seq = keyroll(b)->seq;
	struct bookgen_rec *r = mutation_repeat(b, seq, seq + 1);

	r->shift = b->rec[seq - 1].shift;
	r->epoch = b->epochs++;
	bookgen_key(b->seed, "epoch", (uint64_t)r->epoch, &b->epoch[r->epoch]);
}

static void keyroll_without_open(struct bookgen *b)
{
	struct bookgen_rec *close = mutation_first(b, GEN_CLOSE);
	struct bookgen_rec *r =
		mutation_repeat(b, keyroll(b)->seq, close->seq - 1);

	r->epoch = b->epochs++;
	bookgen_key(b->seed, "epoch", (uint64_t)r->epoch, &b->epoch[r->epoch]);
}

static void old_key_again(struct bookgen *b)
{
	keyroll(b)->epoch = 0;
}

/* T25: whoever has today's key signs yesterday's records with it. */
static void today_signs_yesterday(struct bookgen *b)
{
	const int today = keyroll(b)->epoch;
	struct bookgen_rec *open = mutation_first(b, GEN_OPEN);
	struct bookgen_rec *close = mutation_first(b, GEN_CLOSE);

	mutation_payout(b, 0)->who = 4;
	for (uint64_t seq = open->seq; seq <= close->seq; seq++) {
		b->rec[seq - 1].sig_by = GEN_BY_OTHER;
		b->rec[seq - 1].sig_key = today;
	}
}

static void unlisted_epoch(struct bookgen *b)
{
	keyroll(b)->epoch = b->epochs++;
	bookgen_key(b->seed, "not listed", 0, &b->epoch[b->epochs - 1]);
}

static void sigfail(struct bookgen_rec *r)
{
	r->sig_by = GEN_BY_KEEP;
	r->has |= GEN_HAS(20);
	r->fl |= GEN_SIGFAIL;
}

static void sigfail_outside(struct bookgen *b)
{
	sigfail(login(b));
}

static void sigfail_signed(struct bookgen *b)
{
	struct bookgen_rec *r = login(b);

	sigfail(r);
	r->sig_by = GEN_BY_RIGHT;
}

/* T26: strip every signature of a shift and call it a failure. */
static void all_unsigned(struct bookgen *b)
{
	struct bookgen_rec *open = mutation_last(b, GEN_OPEN);

	for (uint64_t seq = open->seq; seq < b->n; seq++)
		sigfail(&b->rec[seq - 1]);
}

static struct bookgen_rec *window(struct bookgen *b, uint64_t kind)
{
	struct bookgen_rec *r = mutation_first(b, kind);

	while (r->rsn != 1)
		r = bookgen_find(b, r->seq + 1, kind);
	return r;
}

static void too_many_unsigned(struct bookgen *b)
{
	const uint64_t begin = window(b, GEN_FAULT_BEGIN)->seq;

	for (int i = 0; i < 11; i++) {
		mutation_repeat(b, login(b)->seq, begin + 1);
		b->rec[begin].actor = b->rec[begin + 1].actor;
		sigfail(&b->rec[begin]);
		mutation_repeat(b, begin + 1, begin + 1);
		b->rec[begin].kind = GEN_LOGOUT;
	}
}

static void signer_never_mended(struct bookgen *b)
{
	bookgen_remove(b, window(b, GEN_FAULT_END)->seq);
}

static void mended_unsigned(struct bookgen *b)
{
	sigfail(window(b, GEN_FAULT_END));
}

static void window_of_the_printer(struct bookgen *b)
{
	window(b, GEN_FAULT_BEGIN)->rsn = 2;
	window(b, GEN_FAULT_END)->rsn = 2;
}

static void mends_what_was_whole(struct bookgen *b)
{
	const uint64_t end = window(b, GEN_FAULT_END)->seq;

	mutation_repeat(b, end, end + 1);
}

static struct bookgen_rec *frozen(struct bookgen *b, uint64_t kind)
{
	struct bookgen_rec *r = mutation_first(b, kind);

	while (r->rsn != 5)
		r = bookgen_find(b, r->seq + 1, kind);
	return r;
}

static void lost_without_paper(struct bookgen *b)
{
	frozen(b, GEN_FAULT_BEGIN)->has &= ~GEN_HAS(24);
}

static void printer_with_paper(struct bookgen *b)
{
	struct bookgen_rec *r = mutation_first(b, GEN_FAULT_BEGIN);

	while (r->rsn != 2)
		r = bookgen_find(b, r->seq + 1, GEN_FAULT_BEGIN);
	r->has |= GEN_HAS(24);
}

static void opens_a_frozen_book(struct bookgen *b)
{
	bookgen_remove(b, frozen(b, GEN_FAULT_END)->seq);
}

/* ---- V12 -------------------------------------------------------------------*/

static void tot_0(struct bookgen *b)
{
	login(b)->tot[0]++;
}

static void tot_1(struct bookgen *b)
{
	login(b)->tot[1]--;
}

static void tot_2(struct bookgen *b)
{
	login(b)->tot[2]--;
}

static void tot_3(struct bookgen *b)
{
	login(b)->tot[3]++;
}

static void tot_4(struct bookgen *b)
{
	login(b)->tot[4]++;
}

static void tot_5(struct bookgen *b)
{
	login(b)->tot[5]--;
}

static void tot_from_here(struct bookgen *b)
{
	for (size_t i = (size_t)login(b)->seq; i <= b->n; i++)
		b->rec[i - 1].tot[0] -= 1000;
}

/* FAULT_BEGIN of that reason, or the FAULT_END after it. */
static struct bookgen_rec *fault_of(struct bookgen *b, uint64_t kind,
	uint64_t rsn)
{
	struct bookgen_rec *r = mutation_first(b, kind);

	while (r->rsn != rsn)
		r = bookgen_find(b, r->seq + 1, kind);
	return r;
}

static void paid_on_a_full_disk(struct bookgen *b)
{
	bookgen_remove(b, fault_of(b, GEN_FAULT_END, 3)->seq);
}

static void paid_by_a_wrong_clock(struct bookgen *b)
{
	const uint64_t begin = fault_of(b, GEN_FAULT_BEGIN, 4)->seq;

	bookgen_find(b, begin, GEN_PAY)->has &= ~GEN_HAS(19);
}

static void clock_of_another_fault(struct bookgen *b)
{
	fault_of(b, GEN_FAULT_END, 4)->rsn = 3;
}

static void disk_full_twice(struct bookgen *b)
{
	const struct bookgen_rec r = *fault_of(b, GEN_FAULT_BEGIN, 3);

	bookgen_insert(b, r.seq + 1, &r);
}

static void handed_without_printer(struct bookgen *b)
{
	struct bookgen_rec *r = mutation_first(b, GEN_HANDED);

	r->has |= GEN_HAS(20);
	r->fl = GEN_NO_PRINTER;
}

static const struct mutation rows[] = {
	{"V36: key 62", 36, key_62, 0},
	{"V36: key 63", 36, key_63, 0},
	{"V36: key 64 is anybody's", 36, key_64, MUT_ACCEPT},
	{"V03: a kind that nobody knows", 3, unknown_kind, 0},
	{"V03: version 2", 3, other_version, 0},
	{"V03: flags of nothing", 3, flag_of_nothing, 0},
	{"V03: flag 64", 3, flag_64, 0},
	{"V03: OPEN with NO_PRINTER", 3, open_without_printer, 0},
	{"V03: OPEN with OVERRIDE is allowed", 3, open_by_override, MUT_ACCEPT},
	{"V03: VOID with LATE", 3, void_by_hand, 0},
	{"V04: a record of another device", 4, other_device, 0},
	{"V38: a record of the training journal", 38, from_training, 0},
	{"V05: a number is left out", 5, number_skipped, 0},
	{"V05: a number stands twice", 5, number_twice, 0},
	{"V06: the whole book under another device key", 6, another_terminal,
		MUT_OUTSIDE},
	{"V11: no START", 11, no_start, 0},
	{"V11: START again", 11, start_again, 0},
	{"V11: a record after END", 11, after_end, MUT_END},
	{"V08: signed by an old epoch", 8, other_epoch_signs, 0},
	{"V08: signed by the device key", 8, device_signs, 0},
	{"T26 V08: a signature of zeros, no flag", 8, unsigned_record, 0},
	{"V08: a PAY without the receipt's signature", 8, no_receipt, 0},
	{"V08: a CLOSE without the signature of its slip", 8, no_slip, 0},
	{"V08: a receipt's signature at a LOGIN", 8, strange_receipt, 0},
	{"T37 V09: no KEYROLL", 9, no_keyroll, 0},
	{"T37 V09: two KEYROLLs", 9, two_keyrolls, 0},
	{"T37 V09: a KEYROLL without OPEN", 9, keyroll_without_open, 0},
	{"V09: a key comes back", 9, old_key_again, MUT_NO_KEYS},
	{"V09: an epoch that the office does not know", 9, unlisted_epoch,
		MUT_OUTSIDE},
	{"T25 V08: today's key signs yesterday", 8, today_signs_yesterday, 0},
	{"T19 V10: SIGFAIL outside of a window", 10, sigfail_outside, 0},
	{"V10: SIGFAIL, but signed", 10, sigfail_signed, 0},
	{"T26 V10: a shift stripped and marked as unsigned", 10, all_unsigned,
		0},
	{"V10: more than 20 in a window", 10, too_many_unsigned, 0},
	{"V10: a window that never ends", 10, signer_never_mended, 0},
	{"V10: FAULT_END not signed", 10, mended_unsigned, 0},
	{"V10: the printer's window", 10, window_of_the_printer, 0},
	{"V10: FAULT_END of nothing", 10, mends_what_was_whole, 0},
	{"T30 V18: a frozen book opens a shift", 18, opens_a_frozen_book, 0},
	{"V03: a tail is lost, and no paper says so", 3, lost_without_paper, 0},
	{"V03: a printer's fault with a paper", 3, printer_with_paper, 0},
	{"T38 V12: paid_gross one more", 12, tot_0, 0},
	{"T38 V12: void_gross one less", 12, tot_1, 0},
	{"T38 V12: float_in one less", 12, tot_2, 0},
	{"T38 V12: float_out one more", 12, tot_3, 0},
	{"T38 V12: n_pay one more", 12, tot_4, 0},
	{"T38 V12: n_void one less", 12, tot_5, 0},
	{"V12: totals lower from some record on", 12, tot_from_here, 0},
	{"V10: paid while the disk is full", 10, paid_on_a_full_disk, 0},
	{"T13 V10: paid alone while the clock is wrong", 10,
		paid_by_a_wrong_clock, 0},
	{"V10: the end of another fault", 10, clock_of_another_fault, 0},
	{"V10: a full disk begins twice", 10, disk_full_twice, 0},
	{"V03: HANDED without a printer", 3, handed_without_printer, 0},
};

const struct mutation_table mutation_frame = {rows,
	sizeof(rows) / sizeof(rows[0])};
