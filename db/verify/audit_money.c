/* audit_money.c - payments and what becomes of them: V12, V13, V19 to V22. */
#include <string.h>

#include "core/crypto.h"
#include "core/money.h"
#include "db/verify/audit_internal.h"
#include "db/verify/vpaper.h"

/* Results of PRINT and reasons of VOID (db/README.md). */
enum {
	PRINT_DONE = 2,
	PRINT_UNCLEAR = 3,
	PRINT_FAILS = 4,
	VOID_NOT_HANDED = 1,
	VOID_LOST_PAPER = 3,
	COMPLAINT_NOT_RECEIVED = 1,
	COMPLAINT_PERSON = 3,
	COMPLAINT_OTHER = 9
};

/* ---- totals and amounts ----------------------------------------------------
 */

void audit_add_up(const struct vrecord *r, int64_t tot[VTOTAL_COUNT])
{
	int what = -1;
	int count = -1;

	if (!vrecord_has(r, VKEY_AMT) || r->amt < 0 || r->amt > MONEY_MAX)
		return;
	if (r->kind == VKIND_PAY) {
		what = VTOTAL_PAID;
		count = VTOTAL_PAYS;
	} else if (r->kind == VKIND_VOID) {
		what = VTOTAL_VOID;
		count = VTOTAL_VOIDS;
	} else if (r->kind == VKIND_FLOAT_IN) {
		what = VTOTAL_IN;
	} else if (r->kind == VKIND_FLOAT_OUT) {
		what = VTOTAL_OUT;
	}
	if (what >= 0)
		money_add(tot[what], r->amt, &tot[what]);
	if (count >= 0)
		tot[count]++;
}

static void check_totals(struct audit *a)
{
	struct audit_money *m = &a->money;

	if (!vrecord_has(&a->r, VKEY_TOT))
		return;
	if (m->has_tot) {
		audit_add_up(&a->r, m->tot);
		if (memcmp(m->tot, a->r.tot, sizeof(m->tot)) != 0)
			audit_find(a, 12,
				"its totals are not those before it "
				"and what it adds");
	}
	memcpy(m->tot, a->r.tot, sizeof(m->tot));
	m->has_tot = true;
	for (int i = 0; i < VTOTAL_COUNT; i++)
		if (m->tot[i] < 0 || m->tot[i] > MONEY_MAX)
			m->has_tot = false;
	if (!m->has_tot)
		audit_find(a, 12, "a total that cannot be");
}

static void check_amounts(struct audit *a)
{
	int64_t sum = 0;

	if (vrecord_has(&a->r, VKEY_AMT) &&
		(a->r.amt < 0 || a->r.amt > MONEY_MAX))
		audit_find(a, 13, "an amount below nothing, or beyond all");
	for (size_t i = 0; i < a->r.items; i++) {
		const int64_t amount = a->r.item[i].amount;

		if (amount <= 0 || !money_add(sum, amount, &sum))
			audit_find(a, 13,
				"an item of no amount, or beyond "
				"all");
	}
	if (a->r.items > 0 && sum != a->r.amt)
		audit_find(a, 13, "its items are not its amount");
}

static void check_limits(struct audit *a)
{
	const struct audit_money *m = &a->money;
	const int64_t *single = audit_limit(a, AUDIT_SINGLE);
	const int64_t *most = audit_limit(a, AUDIT_PAYOUTS);
	const int64_t *sum = audit_limit(a, AUDIT_SUM);
	int64_t pays;
	int64_t paid;

	if (single && a->r.amt > *single && !vrecord_has(&a->r, VKEY_COSIG))
		audit_find(a, 13,
			"over %lld to one person without a second "
			"person",
			(long long)*single);
	if (!m->has_base || !m->has_tot)
		return;
	pays = m->tot[VTOTAL_PAYS] - m->base[VTOTAL_PAYS] -
	       (m->tot[VTOTAL_VOIDS] - m->base[VTOTAL_VOIDS]);
	paid = m->tot[VTOTAL_PAID] - m->base[VTOTAL_PAID] -
	       (m->tot[VTOTAL_VOID] - m->base[VTOTAL_VOID]);
	if (most && pays > *most)
		audit_find(a, 13, "more than %lld payments in a shift",
			(long long)*most);
	if (sum && paid > *sum)
		audit_find(a, 13, "more than %lld in a shift", (long long)*sum);
}

/* ---- payments --------------------------------------------------------------
 */

/* Where seq is, or belongs. */
static size_t place_of(const struct audit_money *m, uint64_t seq)
{
	size_t low = 0;
	size_t high = m->pays;

	while (low < high) {
		const size_t mid = low + (high - low) / 2;

		if (m->pay[mid].seq < seq)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

struct audit_pay *audit_find_pay(const struct audit *a, uint64_t seq)
{
	const size_t at = place_of(&a->money, seq);

	if (at == a->money.pays || a->money.pay[at].seq != seq)
		return NULL;
	return &a->money.pay[at];
}

const struct audit_pay *audit_pays(const struct audit *a, size_t *count)
{
	*count = a->money.pays;
	return a->money.pay;
}

const struct audit_pay *audit_pay_of(const struct audit *a,
	const uint8_t ent[VRECORD_ID])
{
	const struct vmap_slot *s = vmap_get(&a->money.ents, ent);

	return s ? audit_find_pay(a, s->a) : NULL;
}

size_t audit_ents(const struct audit *a)
{
	return a->money.ents.used;
}

static void digest_items(const struct vrecord *r, uint8_t out[VRECORD_ID])
{
	uint8_t h[VRECORD_HASH];
	struct crypto_hash sum;

	crypto_hash_start(&sum);
	for (size_t i = 0; i < r->items; i++) {
		const struct vitem *it = &r->item[i];

		crypto_hash_add(&sum, it->ent, sizeof(it->ent));
		crypto_hash_add(&sum, &it->period, sizeof(it->period));
		crypto_hash_add(&sum, &it->what, sizeof(it->what));
		crypto_hash_add(&sum, &it->amount, sizeof(it->amount));
	}
	crypto_hash_end(&sum, h);
	memcpy(out, h, VRECORD_ID);
}

uint64_t audit_pad(const char *number)
{
	uint8_t h[VRECORD_HASH];
	uint64_t out = 0;

	crypto_sha256(number, strlen(number), h);
	memcpy(&out, h, sizeof(out));
	return out;
}

static struct audit_pay *add_pay(struct audit *a)
{
	struct audit_money *m = &a->money;
	const size_t at = place_of(m, a->r.seq);
	struct audit_pay *p;

	if (!audit_room(a, (void **)&m->pay, m->pays, &m->pay_room,
		    sizeof(*m->pay)))
		return NULL;
	p = &m->pay[at];
	if (at < m->pays && p->seq == a->r.seq)
		return p;
	memmove(p + 1, p, (m->pays++ - at) * sizeof(*p));
	*p = (struct audit_pay){.seq = a->r.seq,
		.amount = a->r.amt,
		.bits = vpaper_bits(a->h),
		.shift = a->r.shift,
		.count = (uint32_t)a->r.items,
		.state = AUDIT_PAID};
	digest_items(&a->r, p->items);
	if (vrecord_has(&a->r, VKEY_PAD))
		p->pad = audit_pad(a->r.pad);
	return p;
}

/* V22, and V25 for money that goes out a second time. */
static void mark_ents(struct audit *a)
{
	const bool second = vrecord_has(&a->r, VKEY_COSIG);
	bool again = false;
	bool was_out = false;

	for (size_t i = 0; i < a->r.items; i++) {
		struct vmap_slot *s =
			audit_put(a, &a->money.ents, a->r.item[i].ent);
		const struct audit_pay *p;

		if (!s)
			return;
		p = s->a ? audit_find_pay(a, s->a) : NULL;
		if (s->a == a->r.seq)
			audit_find(a, 22, "pays the same twice in one payment");
		else if (p && p->state != AUDIT_VOIDED)
			audit_find(a, 22, "pays what record %llu paid already",
				(unsigned long long)s->a);
		else if (p)
			again = true;
		was_out = was_out || (p && p->handed);
		s->a = a->r.seq;
	}
	if (again && was_out && !second)
		audit_find(a, 25,
			"pays again what came back after it was handed "
			"over, without a second person");
	else if (again && !second && !(a->r.fl & VFLAG_OVERRIDE))
		audit_find(a, 25,
			"pays again what was voided, without a "
			"second person and without a flag");
}

static void pay(struct audit *a)
{
	a->money.seen_pays++;
	if (a->money.open_pay)
		audit_find(a, 19,
			"a payment while that of record %llu is "
			"neither handed over nor voided",
			(unsigned long long)a->money.open_pay);
	if (vrecord_has(&a->r, VKEY_CNT) && a->r.counted != a->r.amt)
		audit_find(a, 26, "its banknotes are not its amount");
	mark_ents(a);
	add_pay(a);
	a->money.open_pay = a->r.seq;
	check_limits(a);
}

/* The payment that key 12 names; a finding if there is none. */
static struct audit_pay *paid_before(struct audit *a, int check)
{
	struct audit_pay *p;

	if (!vrecord_has(&a->r, VKEY_REF))
		return NULL;
	p = audit_find_pay(a, a->r.ref);
	if (p && p->seq < a->r.seq)
		return p;
	if (!audit_unknown(a, a->r.ref))
		audit_find(a, check,
			"refers to record %llu, which is no "
			"payment",
			(unsigned long long)a->r.ref);
	return NULL;
}

static void settle(struct audit *a)
{
	if (a->money.open_pay == a->r.ref)
		a->money.open_pay = 0;
}

static void hand_over(struct audit *a)
{
	struct audit_pay *p = paid_before(a, 19);

	settle(a);
	if (!p)
		return;
	/* No banknotes at all: nobody counted which. */
	if (vrecord_has(&a->r, VKEY_CNT) && a->r.counted != 0 &&
		a->r.counted != p->amount)
		audit_find(a, 26,
			"its banknotes are not the amount of record %llu",
			(unsigned long long)p->seq);
	if (p->state == AUDIT_HANDED)
		audit_find(a, 19, "hands over record %llu a second time",
			(unsigned long long)p->seq);
	else if (p->state == AUDIT_VOIDED)
		audit_find(a, 19, "hands over record %llu, which is voided",
			(unsigned long long)p->seq);
	else
		p->state = AUDIT_HANDED;
	p->handed = true;
}

static void check_void(struct audit *a, const struct audit_pay *p)
{
	uint8_t items[VRECORD_ID];

	digest_items(&a->r, items);
	if (p->state == AUDIT_VOIDED)
		audit_find(a, 21, "voids record %llu, which is voided already",
			(unsigned long long)p->seq);
	if (p->amount != a->r.amt)
		audit_find(a, 21, "voids another amount than was paid");
	if (memcmp(items, p->items, sizeof(items)) != 0)
		audit_find(a, 21, "voids other money than was paid");
	if (a->r.rsn < VOID_NOT_HANDED || a->r.rsn > VOID_LOST_PAPER)
		audit_find(a, 3, "key 17: a reason that is not known");
	if (p->state == AUDIT_HANDED && a->r.rsn == VOID_NOT_HANDED)
		audit_find(a, 21,
			"says that money was not handed over that "
			"was");
	if (vrecord_has(&a->r, VKEY_COSIG))
		return;
	if (p->state == AUDIT_HANDED)
		audit_find(a, 25,
			"voids after handing over, without a second "
			"person");
	else if (!(a->r.fl & VFLAG_OVERRIDE))
		audit_find(a, 25,
			"voids without a second person and without "
			"a flag");
}

/* Numbers as keys of a map. */
static void seq_key(uint64_t seq, uint8_t out[VMAP_KEY])
{
	memset(out, 0, VMAP_KEY);
	memcpy(out, &seq, sizeof(seq));
}

static void undo(struct audit *a)
{
	struct audit_pay *p = paid_before(a, 21);
	uint8_t key[VMAP_KEY];
	struct vmap_slot *s;

	settle(a);
	seq_key(a->r.seq, key);
	s = audit_put(a, &a->money.voids, key);
	if (s)
		s->a = p ? p->seq : UINT64_MAX;
	if (!p)
		return;
	check_void(a, p);
	if (p->state == AUDIT_HANDED)
		a->money.voids_owed++;
	p->state = AUDIT_VOIDED;
	p->void_reason = (uint8_t)(a->r.rsn & 3);
	p->void_seq = a->r.seq;
}

/* The cash of a VOID after HANDED is back in the drawer. */
static void take_back(struct audit *a)
{
	const struct vmap_slot *s;
	uint8_t key[VMAP_KEY];
	struct audit_pay *p;

	seq_key(a->r.ref, key);
	s = vmap_get(&a->money.voids, key);
	p = s ? audit_find_pay(a, s->a) : NULL;
	if (!p) {
		if (!s && !audit_unknown(a, a->r.ref))
			audit_find(a, 21,
				"refers to record %llu, which is no "
				"VOID",
				(unsigned long long)a->r.ref);
		return;
	}
	if (!p->handed || p->returned)
		audit_find(a, 21, "takes back cash that was not out");
	if (p->amount != a->r.amt)
		audit_find(a, 21, "takes back another amount than was voided");
	if (!p->returned && a->money.voids_owed > 0)
		a->money.voids_owed--;
	p->returned = true;
}

/* ---- paper -----------------------------------------------------------------
 */

/* The shift whose CLOSE, and with it whose Z slip, is record seq. */
static struct audit_shift *closed_by(const struct audit *a, uint64_t seq)
{
	const struct audit_money *m = &a->money;
	size_t low = 0;
	size_t high = m->shift_count;

	while (low < high) {
		const size_t mid = low + (high - low) / 2;

		if (m->shifts[mid].close_seq && m->shifts[mid].close_seq < seq)
			low = mid + 1;
		else
			high = mid;
	}
	/* 0: it is open yet, and no record's number. */
	if (seq > 0 && low < m->shift_count && m->shifts[low].close_seq == seq)
		return &m->shifts[low];
	return NULL;
}

static void print(struct audit *a)
{
	struct audit_shift *slip = closed_by(a, a->r.ref);
	struct audit_pay *p = slip ? NULL : paid_before(a, 19);
	bool *original = slip ? &slip->original : p ? &p->original : NULL;

	if (a->r.res < PRINT_DONE || a->r.res > PRINT_FAILS)
		audit_find(a, 3, "key 28: a result that is not known");
	if (p)
		p->print = (uint8_t)(a->r.res & 7);
	if (!original)
		return;
	if (*original)
		audit_find(a, 20, "the original of record %llu a second time",
			(unsigned long long)a->r.ref);
	if (a->r.res == PRINT_DONE || a->r.res == PRINT_UNCLEAR)
		*original = true;
}

static void check_copy(struct audit *a, uint64_t copies)
{
	if (a->r.res != copies + 1)
		audit_find(a, 20, "copy %llu comes after copy %llu",
			(unsigned long long)a->r.res,
			(unsigned long long)copies);
}

static void print_copy(struct audit *a)
{
	struct audit_shift *slip = closed_by(a, a->r.ref);
	struct audit_pay *p;

	if (!slip && audit_has_slip(a, a->r.ref)) {
		audit_copy_slip(a);
		return;
	}
	p = slip ? NULL : paid_before(a, 20);
	if (slip) {
		check_copy(a, slip->copies);
		slip->copies = a->r.res;
	}
	if (p) {
		check_copy(a, p->copies);
		p->copies = (uint32_t)a->r.res;
	}
}

static void complain(struct audit *a)
{
	paid_before(a, 20);
	if ((a->r.rsn < COMPLAINT_NOT_RECEIVED ||
		    a->r.rsn > COMPLAINT_PERSON) &&
		a->r.rsn != COMPLAINT_OTHER)
		audit_find(a, 3, "key 17: a reason that is not known");
}

void audit_check_money(struct audit *a)
{
	check_amounts(a);
	check_totals(a);
	switch (a->r.kind) {
	case VKIND_PAY:
		pay(a);
		break;
	case VKIND_PRINT:
		print(a);
		break;
	case VKIND_HANDED:
		hand_over(a);
		break;
	case VKIND_VOID:
		undo(a);
		break;
	case VKIND_COMPLAINT:
		complain(a);
		break;
	case VKIND_REPRINT:
		print_copy(a);
		break;
	case VKIND_VOID_RETURNED:
		take_back(a);
		break;
	case VKIND_CLOSE:
		if (a->money.open_pay)
			audit_find(a, 19,
				"closes while the payment of record "
				"%llu is open",
				(unsigned long long)a->money.open_pay);
		a->money.open_pay = 0;
		break;
	}
}
