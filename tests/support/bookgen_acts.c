/* bookgen_acts.c - what happens in a shift, one function an act. */
#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "support/bookgen_internal.h"

/* Keys of CHANGE and others that the program writes are in db/README.md. */
enum {
	PRINTED = 2,
	PRINT_UNKNOWN = 3,
	PRINT_FAILED = 4
};

/* ---- parts -----------------------------------------------------------------*/

static struct bookgen_rec *personal(struct office *o, uint64_t kind,
	uint64_t actor)
{
	struct bookgen_rec *r;

	office_pass(o, 4, 40);
	r = office_put(o, kind, actor);
	office_pdc(o, r);
	return r;
}

static uint64_t pay_items(struct office *o, const struct bookgen_item *item,
	size_t items)
{
	struct bookgen_rec *r;
	int64_t sum = 0;

	for (size_t i = 0; i < items; i++)
		sum += item[i].amt;
	while (o->drawer < sum)
		office_cash(o, GEN_FLOAT_IN, 50000000);
	office_pass(o, 10, 90);
	r = office_put(o, GEN_PAY, o->agent);
	office_pdc(o, r);
	r->has |= GEN_HAS(13) | GEN_HAS(14) | GEN_HAS(18) | GEN_HAS(27) |
		  GEN_HAS(29);
	r->amt = sum;
	r->per = o->per;
	r->who = 1 + office_below(o, 3);
	memcpy(r->item, item, items * sizeof(*item));
	r->items = items;
	/* What was to be given stands in some. */
	if (r->seq % 3 == 0)
		office_notes(r, sum);
	o->drawer -= sum;
	o->tot[0] += sum;
	o->tot[4]++;
	memcpy(r->tot, o->tot, sizeof(r->tot));
	return r->seq;
}

static struct bookgen_rec *last(struct office *o)
{
	return &o->b->rec[o->b->n - 1];
}

/* A month, now and then with arrears or more on top. */
static uint64_t pay(struct office *o)
{
	struct bookgen_item item[3];
	size_t items = 0;

	item[items++] =
		office_due(o, 1, 1000 * (int64_t)(500 + office_below(o, 3000)));
	if (office_often(o, 30))
		item[items++] = office_due(o, 2,
			1000 * (int64_t)(100 + office_below(o, 900)));
	if (office_often(o, 10))
		item[items++] = office_due(o, 5, 200000);
	return pay_items(o, item, items);
}

static void print(struct office *o, uint64_t seq, uint64_t result)
{
	struct bookgen_rec *r;

	office_pass(o, 2, 8);
	r = office_put(o, GEN_PRINT, o->agent);
	office_ref(r, seq);
	office_res(r, result);
	if (result == PRINTED) {
		o->paid = seq;
		o->copies = 0;
	}
}

/* Most as the PAY says; some in other notes, some nobody counted. */
static void hand(struct office *o, uint64_t seq)
{
	struct bookgen_rec *r;

	office_pass(o, 5, 30);
	r = office_put(o, GEN_HANDED, o->agent);
	office_ref(r, seq);
	if (seq % 4 == 1)
		office_notes(r, o->b->rec[seq - 1].amt);
	if (seq % 8 == 1)
		r->cnts = 0;
}

static void reprint(struct office *o, uint64_t seq, uint64_t copy)
{
	struct bookgen_rec *r;

	office_pass(o, 5, 30);
	r = office_put(o, GEN_REPRINT, o->agent);
	office_ref(r, seq);
	office_rsn(r, 1);
	office_res(r, copy);
}

static struct bookgen_rec *take_back(struct office *o, uint64_t seq,
	uint64_t rsn)
{
	const struct bookgen_rec paid = o->b->rec[seq - 1];
	struct bookgen_rec *r;

	office_pass(o, 10, 60);
	r = office_put(o, GEN_VOID, o->agent);
	office_ref(r, seq);
	office_rsn(r, rsn);
	r->has |= GEN_HAS(13) | GEN_HAS(18) | GEN_HAS(27);
	r->amt = paid.amt;
	memcpy(r->item, paid.item, sizeof(paid.item));
	r->items = paid.items;
	o->drawer += paid.amt;
	o->tot[1] += paid.amt;
	o->tot[5]++;
	memcpy(r->tot, o->tot, sizeof(r->tot));
	if (paid.items == 1) {
		o->has_voided = true;
		o->voided = paid.item[0];
	}
	return r;
}

/* ---- acts: payouts ---------------------------------------------------------*/

static void plain(struct office *o)
{
	uint64_t seq;

	if (office_often(o, 20))
		office_res(personal(o, GEN_REVIEW, o->agent), 1);
	seq = pay(o);
	print(o, seq, PRINTED);
	hand(o, seq);
}

static void paper_after_money(struct office *o)
{
	const uint64_t seq = pay(o);

	hand(o, seq);
	print(o, seq, PRINTED);
}

static void no_printer(struct office *o)
{
	const uint64_t seq = pay(o);

	office_flag(last(o), GEN_NO_PRINTER);
	hand(o, seq);
}

static void printer_failed_first(struct office *o)
{
	const uint64_t seq = pay(o);

	print(o, seq, PRINT_FAILED);
	print(o, seq, PRINTED);
	hand(o, seq);
}

static void print_unknown(struct office *o)
{
	const uint64_t seq = pay(o);

	print(o, seq, PRINT_UNKNOWN);
	reprint(o, seq, 1);
	reprint(o, seq, 2);
	hand(o, seq);
}

static void copy_for_someone(struct office *o)
{
	if (o->paid == 0)
		plain(o);
	reprint(o, o->paid, ++o->copies);
}

static void void_alone(struct office *o)
{
	office_flag(take_back(o, pay(o), 1), GEN_OVERRIDE);
}

static void void_by_two(struct office *o)
{
	const struct bookgen_item item = office_due(o, 1, 1250000);
	const uint64_t seq = pay_items(o, &item, 1);

	print(o, seq, PRINTED);
	office_cosign(o, take_back(o, seq, 1));
	o->paid = 0;
}

static void void_after(struct office *o, uint64_t rsn)
{
	const struct bookgen_item item = office_due(o, 1, 975000);
	const uint64_t seq = pay_items(o, &item, 1);
	struct bookgen_rec *r;
	uint64_t voided;

	print(o, seq, PRINTED);
	hand(o, seq);
	r = take_back(o, seq, rsn);
	office_cosign(o, r);
	voided = r->seq;
	office_pass(o, 5, 30);
	r = office_put(o, GEN_VOID_RETURNED, o->agent);
	office_ref(r, voided);
	r->has |= GEN_HAS(13) | GEN_HAS(18);
	r->amt = item.amt;
	o->paid = 0;
}

static void void_with_paper(struct office *o)
{
	void_after(o, 2);
}

static void void_without_paper(struct office *o)
{
	void_after(o, 3);
}

static void pay_again(struct office *o)
{
	uint64_t seq;

	if (!o->has_voided)
		void_by_two(o);
	o->has_voided = false;
	seq = pay_items(o, &o->voided, 1);
	office_cosign(o, last(o));
	print(o, seq, PRINTED);
	hand(o, seq);
}

static void big(struct office *o)
{
	const struct bookgen_item item = office_due(o, 4, 15600000);
	const uint64_t seq = pay_items(o, &item, 1);

	office_cosign(o, last(o));
	print(o, seq, PRINTED);
	hand(o, seq);
}

/* A supervisor changes a limit of the point. */
static void limit(struct office *o, const char *line)
{
	struct bookgen_rec *r;
	struct bytes whole = {0};

	office_pass(o, 20, 60);
	r = office_put(o, GEN_CONFIG, GEN_HOA);
	r->has |= GEN_HAS(18) | GEN_HAS(24) | GEN_HAS(31);
	snprintf(r->line, sizeof(r->line), "%s", line);
	bytes_text(&whole, "%s\n", line);
	crypto_hash_sha256(r->rsum, whole.at, whole.len);
	bytes_free(&whole);
}

/* More than usual to one person, by one person: it is allowed for a while. */
static void limits_change(struct office *o)
{
	const struct bookgen_item item = office_due(o, 4, 18000000);
	uint64_t seq;

	limit(o, "limit single 20000000");
	limit(o, "limit hours 06:30-18:00");
	seq = pay_items(o, &item, 1);
	print(o, seq, PRINTED);
	hand(o, seq);
	limit(o, "limit single 15000000");
}

static void handwritten(struct office *o)
{
	const uint64_t seq = pay(o);
	struct bookgen_rec *r = last(o);

	office_flag(r, GEN_LATE | GEN_HANDWRITTEN);
	r->has |= GEN_HAS(21) | GEN_HAS(22);
	r->tev = r->t - 1800000;
	snprintf(r->pad, sizeof(r->pad), "%06u", (unsigned)(123 + o->pads++));
	hand(o, seq);
}

/* ---- acts: other -----------------------------------------------------------*/

static void cash(struct office *o)
{
	office_cash(o, GEN_FLOAT_IN, 20000000);
	office_cash(o, GEN_FLOAT_OUT, 7000000);
}

/* Begins, and says with which number. */
static uint64_t fault(struct office *o, uint64_t rsn)
{
	struct bookgen_rec *r;

	office_pass(o, 10, 60);
	o->sigfail = rsn == 1;
	r = office_put(o, GEN_FAULT_BEGIN, 0);
	office_rsn(r, rsn);
	return r->seq;
}

static void mend(struct office *o, uint64_t begin, uint64_t rsn)
{
	struct bookgen_rec *r;

	o->sigfail = false;
	office_pass(o, 10, 200);
	r = office_put(o, GEN_FAULT_END, 0);
	office_ref(r, begin);
	office_rsn(r, rsn);
}

static void signer_gone(struct office *o)
{
	const uint64_t begin = fault(o, 1);

	plain(o);
	paper_after_money(o);
	o->paid = 0;
	mend(o, begin, 1);
}

static void printer_gone(struct office *o)
{
	const uint64_t begin = fault(o, 2);

	no_printer(o);
	mend(o, begin, 2);
}

/* Nobody was paid meanwhile, or by two. */
static void disk_full(struct office *o)
{
	const uint64_t begin = fault(o, 3);

	cash(o);
	mend(o, begin, 3);
	plain(o);
}

static void clock_wrong(struct office *o)
{
	const uint64_t begin = fault(o, 4);
	const uint64_t seq = pay(o);

	office_flag(last(o), GEN_OVERRIDE);
	office_cosign(o, last(o));
	print(o, seq, PRINTED);
	hand(o, seq);
	mend(o, begin, 4);
}

static void not_paid(struct office *o)
{
	office_res(personal(o, GEN_NOT_PAID, o->agent), 1 + office_below(o, 6));
	office_res(personal(o, GEN_NOT_PAID, GEN_DUNG), 9);
	office_res(personal(o, GEN_NOT_PAID, GEN_HOA), 0);
}

/* Nobody at home; the same person once more, who moved; and another one. */
static void visit(struct office *o)
{
	struct bookgen_rec *r = personal(o, GEN_VISIT, GEN_DUNG);
	uint64_t before = r->seq;
	uint64_t moved;

	office_res(r, 2);
	r->has |= GEN_HAS(40);
	r->next_day = office_day(r->t, 7);
	r = personal(o, GEN_NOT_PAID, GEN_DUNG);
	office_res(r, 2);
	moved = r->seq;
	r = personal(o, GEN_VISIT, GEN_DUNG);
	office_res(r, 3);
	office_ref(r, before);
	r->has |= GEN_HAS(41);
	r->mades = 1;
	r->made[0] = moved;
	r = personal(o, GEN_VISIT, o->agent);
	office_res(r, 1);
	office_rsn(r, 10);
}

static void look(struct office *o)
{
	struct bookgen_rec *r = personal(o, GEN_REVIEW, o->agent);

	office_res(r, 2);
	office_rsn(r, 1);
	office_rsn(personal(o, GEN_VIEW, GEN_DUNG), 1);
	visit(o);
}

static struct bookgen_rec *consent(struct office *o, uint64_t kind)
{
	struct bookgen_rec *r = personal(o, kind, o->agent);

	r->has |= GEN_HAS(24) | GEN_HAS(34) | GEN_HAS(35);
	memset(r->rsum, 0x71, sizeof(r->rsum));
	snprintf(r->notice, sizeof(r->notice), "consent-vi-1");
	r->asked = 15;
	return r;
}

static struct bookgen_rec *withdraw(struct office *o, uint64_t given,
	uint64_t held, uint64_t left)
{
	struct bookgen_rec *r = personal(o, GEN_CONSENT_WITHDRAWN, GEN_DUNG);

	office_ref(r, given);
	office_rsn(r, 2);
	r->has |= GEN_HAS(35);
	r->asked = held;
	r->yes = left;
	return r;
}

/* A request, and how it went. */
static void ask_about_data(struct office *o)
{
	struct bookgen_rec *r = personal(o, GEN_VIEW, GEN_DUNG);
	const uint64_t seq = r->seq;

	office_rsn(r, 1);
	office_res(r, 2);
	for (uint64_t rsn = 3; rsn <= 5; rsn++) {
		r = personal(o, GEN_VIEW, GEN_HOA);
		office_ref(r, seq);
		office_rsn(r, rsn);
	}
}

/* An account, and how far it comes; 0: the bank's list says nothing. */
static void take_account(struct office *o, uint64_t given)
{
	static const struct {
		uint64_t actor;
		uint64_t res;
		uint64_t rsn; /* 0: none */
	} step[] = {{GEN_DUNG, 6, 0}, {GEN_HOA, 7, 0}, {GEN_DUNG, 1, 0},
		{GEN_HOA, 9, 0}, {0, 8, 2}};
	struct bookgen_rec *r = personal(o, GEN_ACCOUNT, o->agent);
	const uint64_t seq = r->seq;

	office_ref(r, given);
	office_res(r, 1);
	r->has |= GEN_HAS(17) | GEN_HAS(29) | GEN_HAS(37) | GEN_HAS(38);
	r->rsn = 2;
	r->who = 2;
	r->via = 1;
	r->names = 3;
	for (size_t i = 0; i < sizeof(step) / sizeof(step[0]); i++) {
		r = personal(o, GEN_ACCOUNT_STATE,
			step[i].actor ? step[i].actor : o->agent);
		office_res(r, step[i].res);
		if (step[i].res < 6)
			continue;
		office_ref(r, seq);
		if (step[i].res < 8)
			continue;
		r->has |= GEN_HAS(14) | GEN_HAS(18);
		r->per = o->per;
		if (step[i].rsn == 0)
			continue;
		office_rsn(r, step[i].rsn);
		r->has |= GEN_HAS(19) | GEN_HAS(20);
		r->approver = GEN_HOA;
		r->fl = 16;
	}
	r = personal(o, GEN_ACCOUNT, GEN_DUNG);
	office_ref(r, given);
	office_res(r, 4);
	r->has |= GEN_HAS(29);
	r->who = 1;
}

static void ask_consent(struct office *o)
{
	struct bookgen_rec *r = consent(o, GEN_CONSENT);
	uint64_t given = r->seq;

	r->yes = 11;
	take_account(o, given);
	r = consent(o, GEN_CONSENT);
	r->yes = 15;
	r->has |= GEN_HAS(36);
	r->expires = 20991231;
	office_ref(r, given);
	given = r->seq;
	withdraw(o, given, 15, 3);
	withdraw(o, given, 3, 0);
	r = office_put(o, GEN_REPRINT, GEN_DUNG);
	office_ref(r, given);
	office_rsn(r, 0);
	office_res(r, 1);
	office_rsn(consent(o, GEN_CONSENT_REFUSED), 1);
	ask_about_data(o);
}

static void lists(struct office *o)
{
	struct bookgen_rec *r;

	office_pass(o, 20, 60);
	r = office_put(o, GEN_IMPORT, GEN_DUNG);
	r->has |= GEN_HAS(24);
	office_bytes(o, r->rsum, sizeof(r->rsum));
	office_res(r, 1);
	r = personal(o, GEN_CHANGE, GEN_DUNG);
	r->has |= GEN_HAS(14);
	r->per = o->per;
	office_res(r, 1);
	r = personal(o, GEN_CHANGE, GEN_DUNG);
	r->has |= GEN_HAS(14);
	r->per = o->per;
	office_res(r, 2);
	office_rsn(r, 3);
	office_res(personal(o, GEN_ACCOUNT_STATE, GEN_DUNG), 1);
}

static struct bookgen_rec *lend(struct office *o, uint64_t kind,
	const struct bookgen_item *item)
{
	struct bookgen_rec *r;

	office_pass(o, 20, 60);
	r = office_put(o, kind, o->agent);
	r->has |= GEN_HAS(14) | GEN_HAS(15) | GEN_HAS(30);
	r->per = item->per;
	memcpy(r->ent, item->ent, sizeof(r->ent));
	memset(r->peer, 0x9e, sizeof(r->peer));
	r->has |= GEN_HAS(46);
	r->hop = kind == GEN_RELEASE ? 1 : 2;
	return r;
}

/* One goes and stays away, one goes and comes back. */
static void release(struct office *o)
{
	const struct bookgen_item away = office_due(o, 1, 800000);
	const struct bookgen_item back = office_due(o, 1, 900000);
	struct bookgen_rec *r;
	uint64_t seq;

	lend(o, GEN_RELEASE, &away);
	lend(o, GEN_RELEASE, &back);
	r = lend(o, GEN_ACQUIRE, &back);
	office_ref(r, 17 + o->b->n);
	r->has |= GEN_HAS(24);
	office_bytes(o, r->rsum, sizeof(r->rsum));
	seq = pay_items(o, &back, 1);
	print(o, seq, PRINTED);
	hand(o, seq);
}

/* The clock falls back, is right again, and a supervisor says so. */
static void clock_jumps(struct office *o)
{
	const uint64_t hours = 3 * UINT64_C(3600000);
	struct bookgen_rec *r;

	office_pass(o, 10, 60);
	o->t -= hours;
	office_rsn(office_put(o, GEN_CLOCK, 0), 1);
	office_pass(o, 10, 60);
	office_put(o, GEN_LOGOUT, o->agent);
	o->t += hours;
	office_pass(o, 10, 60);
	office_put(o, GEN_LOGIN, o->agent);
	office_pass(o, 10, 60);
	r = office_put(o, GEN_CLOCK, GEN_HOA);
	office_rsn(r, 2);
	r->has |= GEN_HAS(18);
	o->set_ms = o->t;
}

static void papers(struct office *o)
{
	struct bookgen_rec *r;

	office_pass(o, 10, 60);
	r = office_put(o, GEN_EXPORT, GEN_HOA);
	r->has |= GEN_HAS(24);
	office_bytes(o, r->rsum, sizeof(r->rsum));
	office_res(r, 1 + office_below(o, 4));
	office_pass(o, 10, 60);
	r = office_put(o, GEN_REVLIST, 0);
	r->has |= GEN_HAS(24);
	office_bytes(o, r->rsum, sizeof(r->rsum));
	office_res(r, ++o->revlist);
	/* Of this terminal nobody the book knows. */
	r->has |= GEN_HAS(33);
	r->barred[0] = 70 + o->revlist;
	r->barreds = 1;
	office_pass(o, 10, 60);
	r = office_put(o, GEN_APPROVE, GEN_HOA);
	r->has |= GEN_HAS(13) | GEN_HAS(18) | GEN_HAS(24) | GEN_HAS(30);
	r->amt = 1080000;
	office_rsn(r, 2);
	office_res(r, GEN_VOID);
	office_bytes(o, r->rsum, sizeof(r->rsum));
	memset(r->peer, 0x9e, sizeof(r->peer));
}

static void upload(struct office *o)
{
	office_pass(o, 10, 60);
	office_upload(o);
}

/* The light goes out in a payout. */
static void power_cut(struct office *o)
{
	const uint64_t seq = pay(o);
	struct bookgen_rec *r;

	office_boot(o);
	office_pass(o, 60, 120);
	office_res(office_put(o, GEN_RECOVERY, 0), 1);
	office_pass(o, 10, 60);
	office_put(o, GEN_LOGIN, o->agent);
	office_pass(o, 10, 60);
	r = office_put(o, GEN_RECOVERY, o->agent);
	office_ref(r, seq);
	office_res(r, 2);
	office_ref(office_put(o, GEN_HANDED, o->agent), seq);
	print(o, seq, PRINTED);
}

static void lock(struct office *o)
{
	office_pass(o, 10, 60);
	office_put(o, GEN_LOGOUT, o->agent);
	office_pass(o, 100, 600);
	office_put(o, GEN_LOGIN_FAIL, o->agent);
	office_pass(o, 4, 10);
	office_put(o, GEN_LOGIN, o->agent);
}

/* He says he did not get it; then somebody says so of a copy. */
static void complain(struct office *o)
{
	if (o->paid == 0)
		plain(o);
	office_complaint(o, o->paid, o->agent, 1);
	reprint(o, o->paid, ++o->copies);
	office_complaint(o, o->paid, GEN_HOA, 9);
}

typedef void act(struct office *o);

static act *const acts[] = {clock_jumps, plain, void_by_two, upload,
	paper_after_money, signer_gone, void_with_paper, handwritten, release,
	pay_again, lock, power_cut, ask_consent, printer_gone, lists, cash,
	void_alone, papers, look, copy_for_someone, not_paid, big, no_printer,
	print_unknown, printer_failed_first, void_without_paper, limits_change,
	disk_full, clock_wrong, office_paid_elsewhere, complain};

enum {
	ACTS = sizeof(acts) / sizeof(acts[0])
};

void office_act(struct office *o)
{
	if (o->shape->plain)
		plain(o);
	else if (o->act < ACTS)
		acts[o->act++](o);
	else if (office_often(o, 70))
		plain(o);
	else
		acts[office_below(o, ACTS)](o);
}
