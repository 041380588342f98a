/* audit_rest.c - V27, V30, V33, V37, and what the outside says: V31, V32, V34,
 * V35. */
#include <string.h>

#include "db/verify/audit_internal.h"
#include "db/verify/vchain.h"
#include "db/verify/vnote.h"

enum {
	MARKS_MOST = 1 << 20 /* entitlements of one list (FORMATS.md) */
};

/* Numbers of records in a message of paid marks have 40 bits. */
static const uint64_t marks_last = (UINT64_C(1) << 40) - 1;

/* ---- commitments, acknowledgements -----------------------------------------
 */

static void check_commitment(struct audit *a)
{
	struct vmap_slot *s;

	if (!vrecord_has(&a->r, VKEY_PDC))
		return;
	a->rest.committed++;
	s = audit_put(a, &a->rest.pdcs, a->r.pdc);
	if (s && s->a)
		audit_find(a, 37, "the commitment of record %llu once more",
			(unsigned long long)s->a);
	if (s)
		s->a = a->r.seq;
}

/* The hash of an earlier record, if it is still in the window. */
static const uint8_t *hash_of(const struct audit *a, uint64_t seq)
{
	if (seq < a->begin.first || seq > a->last_seq ||
		a->last_seq - seq >= AUDIT_WINDOW || audit_unknown(a, seq))
		return NULL;
	return a->window[seq % AUDIT_WINDOW];
}

static void check_nonce(struct audit *a, const struct vnote *n)
{
	struct vmap_slot *s = audit_put(a, &a->rest.nonces, n->nonce);

	if (s && s->a && s->b != n->seq)
		audit_find(a, 37, "the nonce of record %llu once more",
			(unsigned long long)s->a);
	if (s) {
		s->a = a->r.seq;
		s->b = n->seq;
	}
}

static void check_place(struct audit *a, const struct vnote *n)
{
	const uint8_t *h = hash_of(a, n->seq);

	if (memcmp(n->dev, a->begin.dev, VRECORD_ID) != 0)
		audit_find(a, 30, "acknowledges another device");
	if (n->seq == 0 || n->seq >= a->r.seq)
		audit_find(a, 30,
			"acknowledges record %llu, which was not "
			"there yet",
			(unsigned long long)n->seq);
	else if (n->seq < a->rest.acked_seq)
		audit_find(a, 30,
			"acknowledges less than was acknowledged "
			"before");
	else if (!h)
		vreport_skip(a->report, 30,
			"acknowledgements of records far back, or lost");
	else if (memcmp(h, n->h, VRECORD_HASH) != 0)
		audit_find(a, 30, "acknowledges another hash of record %llu",
			(unsigned long long)n->seq);
}

static void check_ack(struct audit *a)
{
	struct vnote n;

	if (!vrecord_has(&a->r, VKEY_ACK))
		return;
	if (!vnote_read(a->r.ack, a->r.ack_len, &n)) {
		audit_find(a, 30, "its acknowledgement is no checkpoint");
		return;
	}
	switch (vnote_check(&n, a->keys)) {
	case VNOTE_GOOD:
		break;
	case VNOTE_NO_KEY:
		if (a->keys->centres == 0)
			vreport_skip(a->report, 30,
				"signatures of acknowledgements: no key of "
				"the centre is given");
		else
			audit_find(a, 30,
				"acknowledged by a key that is not "
				"the centre's");
		break;
	case VNOTE_FORGED:
		audit_find(a, 30, "the centre's signature is wrong");
		break;
	}
	check_place(a, &n);
	check_nonce(a, &n);
	if (n.seq > a->rest.acked_seq && n.seq < a->r.seq) {
		a->rest.acked_seq = n.seq;
		memcpy(a->rest.acked_h, n.h, sizeof(n.h));
	}
	a->time.ack_time = n.time;
	a->rest.lease = n.lease;
	a->rest.lease_gaps = a->gaps;
}

/* ---- paid marks ------------------------------------------------------------
 */

/* Paid marks of another terminal, each message once. */
static void marks(struct audit *a)
{
	struct vmap_slot *q = audit_put(a, &a->rest.quoted, a->r.rsum);

	a->rest.marks++;
	if (a->r.ref == 0 || a->r.ref > marks_last)
		audit_find(a, 33, "paid marks of a record that cannot be");
	if (a->r.res > MARKS_MOST)
		audit_find(a, 33, "marks more than a list may have");
	if (!q)
		return;
	if (q->a)
		audit_find(a, 33, "the same paid marks as in record %llu",
			(unsigned long long)q->a);
	if (memcmp(a->r.peer, a->begin.dev, VRECORD_ID) == 0)
		audit_find(a, 33, "takes paid marks of this very device");
	q->a = a->r.seq;
}

/* ---- lists -----------------------------------------------------------------
 */

static void hear_of_list(struct audit *a)
{
	struct evidence *e = a->evidence;

	a->rest.surveys += a->r.res == VIMPORT_QUESTIONS;
	/* With a result it is a file of changes, of answers, of questions. */
	if (!e->roster_given || vrecord_has(&a->r, VKEY_RES))
		return;
	for (size_t i = 0; i < e->lists; i++)
		if (memcmp(e->list[i].sha256, a->r.rsum, VRECORD_HASH) == 0) {
			if (e->list[i].imported == 0)
				e->list[i].imported = a->r.seq;
			return;
		}
	e->list_missing = true;
	if (e->roster_of_store)
		audit_find(a, 34,
			"imports a list that the store does not "
			"have");
	else
		vreport_skip(a->report, 34,
			"payments of lists that are not among those given");
}

static void check_on_list(struct audit *a, const struct vitem *it)
{
	struct evidence *e = a->evidence;
	const struct vmap_slot *s = vmap_get(&e->due, it->ent);
	/* What came from another device may be on that one's list only. */
	const bool here = audit_is_here(a, it->ent);
	size_t list;

	if (!e->roster_given)
		return;
	if (!s) {
		if (!here && !e->list_missing && a->begin.first == 1)
			audit_find(a, 34, "pays what is on no list");
		return;
	}
	list = evidence_due_list(s->b);
	if (s->a != (uint64_t)it->amount)
		audit_find(a, 34, "pays %lld where the list has %llu",
			(long long)it->amount, (unsigned long long)s->a);
	if (s->b != evidence_due(it->period, it->what, list))
		audit_find(a, 34,
			"pays another month or kind than the list "
			"has");
	if (!here && e->list[list].imported == 0 && a->begin.first == 1 &&
		a->gaps == 0)
		audit_find(a, 34,
			"pays from a list that was not imported "
			"before");
}

/* Months since the year 0. */
static uint64_t months(uint64_t year, uint64_t month)
{
	return year * 12 + month - 1;
}

/* Year and month at UTC+7, by the days of the proleptic calendar. */
static uint64_t month_of(uint64_t t)
{
	const uint64_t days = (t / 1000 + UINT64_C(7) * 3600) / 86400;
	/* From 1 March of the year 0, in eras of 400 years. */
	const uint64_t z = days + 719468;
	const uint64_t doe = z % 146097;
	const uint64_t yoe =
		(doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	const uint64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	const uint64_t mp = (5 * doy + 2) / 153;
	const uint64_t month = mp < 10 ? mp + 3 : mp - 9;

	return months(yoe + z / 146097 * 400 + (month <= 2), month);
}

/*
 * A list is paid in its month, or from a few days before on: never earlier
 * than the month before. With a clock that is known to be wrong the date
 * says nothing.
 */
static void check_date(struct audit *a)
{
	const uint64_t list = months(a->r.per / 100, a->r.per % 100);
	const uint64_t paid =
		month_of(vrecord_has(&a->r, VKEY_TEV) ? a->r.tev : a->r.t);

	if (!vrecord_has(&a->r, VKEY_PER) || a->r.tq == 4 ||
		(a->r.fl & VFLAG_OVERRIDE))
		return;
	if (paid + 1 < list)
		audit_find(a, 35,
			"paid more than a month before the month of "
			"its list");
	if (paid > list + 12)
		vreport_info(a->report, 35,
			"payments more than a year after their list");
}

/*
 * What is due is this device's until its lease is over, by the latest time
 * that the book knows. A sheet of the pad only says what was paid before. It
 * was asked a moment before it was written.
 */
static void check_lease(struct audit *a)
{
	static const uint64_t moment = 60000; /* ms */
	const uint64_t now = a->time.max_t > a->r.t ? a->time.max_t : a->r.t;

	if (a->rest.lease == 0 || a->rest.lease_gaps != a->gaps ||
		(a->r.fl & VFLAG_HANDWRITTEN))
		return;
	if (now > a->rest.lease && now - a->rest.lease > moment)
		audit_find(a, 35,
			"paid after the lease of the centre was over");
}

/* ---- checkpoints and paper -------------------------------------------------
 */

static void check_points(struct audit *a)
{
	struct evidence *e = a->evidence;

	for (; e->next_point < e->points; e->next_point++) {
		const struct evidence_point *p = &e->point[e->next_point];

		if (p->seq > a->r.seq)
			return;
		if (p->seq == a->r.seq && memcmp(p->h, a->h, VRECORD_HASH) != 0)
			audit_find(a, 31,
				"the centre has another record "
				"here: this chain is a fork");
	}
}

static void compare_paper(struct audit *a, struct evidence_paper *ep)
{
	const struct vpaper *p = &ep->paper;
	const bool slip = p->kind == VPAPER_SLIP;
	struct vpaper want;

	ep->seen = true;
	if (a->key.has_key && !vpaper_signed(p, a->key.key))
		audit_find(a, 32,
			"receipts, line %llu: not signed by the key "
			"of this record",
			(unsigned long long)ep->line);
	if (a->r.kind != (slip ? VKIND_CLOSE : VKIND_PAY)) {
		audit_find(a, 32, "receipts, line %llu: this record is a %s",
			(unsigned long long)ep->line,
			vrecord_kind_name(a->r.kind));
		return;
	}
	if (slip)
		vpaper_slip(&a->r, a->h, &want);
	else
		vpaper_receipt(&a->r, a->h, &want);
	if (want.head_len != p->head_len ||
		memcmp(want.head, p->head, p->head_len) != 0)
		audit_find(a, 32,
			"receipts, line %llu: the paper says "
			"another thing",
			(unsigned long long)ep->line);
}

/* The papers that bear the code of their record. */
static bool bears_a_code(uint64_t kind)
{
	return kind == VKIND_PAY || kind == VKIND_CLOSE ||
	       kind == VKIND_CONSENT || kind == VKIND_CONSENT_REFUSED ||
	       kind == VKIND_CONSENT_WITHDRAWN;
}

static void check_papers(struct audit *a)
{
	struct evidence *e = a->evidence;
	uint8_t key[VMAP_KEY] = {0};
	struct vmap_slot *s;
	uint64_t bits;

	for (; e->next_paper < e->papers; e->next_paper++) {
		if (e->paper[e->next_paper].paper.seq > a->r.seq)
			break;
		if (e->paper[e->next_paper].paper.seq == a->r.seq)
			compare_paper(a, &e->paper[e->next_paper]);
	}
	if (e->codes == 0 || !bears_a_code(a->r.kind))
		return;
	bits = vpaper_bits(a->h);
	memcpy(key, &bits, sizeof(bits));
	s = vmap_get(&e->code, key);
	if (s)
		e->paper[s->a - 1].seen = true;
}

static void end_papers(struct audit *a, bool whole)
{
	const struct evidence *e = a->evidence;

	for (size_t i = 0; i < e->papers; i++) {
		const struct evidence_paper *p = &e->paper[i];

		if (p->seen)
			continue;
		if (p->paper.kind == VPAPER_CODE) {
			if (whole && a->begin.first == 1)
				vreport_find(a->report, 0, 32,
					"receipts, line %llu: no record bears "
					"this code",
					(unsigned long long)p->line);
		} else if (p->paper.seq > a->last_seq) {
			if (whole)
				vreport_find(a->report, 0, 32,
					"receipts, line %llu: record %llu is "
					"above the last one: the tail is lost",
					(unsigned long long)p->line,
					(unsigned long long)p->paper.seq);
		} else if (p->paper.seq >= a->begin.first) {
			vreport_find(a->report, 0, 32,
				"receipts, line %llu: record %llu is not there",
				(unsigned long long)p->line,
				(unsigned long long)p->paper.seq);
		}
	}
}

/* ---- together --------------------------------------------------------------
 */

static void check_version(struct audit *a)
{
	if (a->r.res <= a->rest.revlist)
		audit_find(a, 23,
			"a list of the revoked that is not newer "
			"than the one before");
	a->rest.revlist = a->r.res;
}

void audit_check_rest(struct audit *a)
{
	check_points(a);
	check_papers(a);
	check_commitment(a);
	switch (a->r.kind) {
	case VKIND_UPLOAD_ACK:
		check_ack(a);
		break;
	case VKIND_RELEASE:
		audit_release(a);
		break;
	case VKIND_ACQUIRE:
		audit_acquire(a);
		break;
	case VKIND_MARKS:
		marks(a);
		break;
	case VKIND_REVLIST:
		check_version(a);
		break;
	case VKIND_IMPORT:
		hear_of_list(a);
		break;
	case VKIND_PAY:
		for (size_t i = 0; i < a->r.items; i++) {
			audit_check_moved(a, &a->r.item[i]);
			check_on_list(a, &a->r.item[i]);
		}
		check_date(a);
		check_lease(a);
		break;
	}
}

static void say_missing(struct audit *a)
{
	struct evidence *e = a->evidence;
	struct vreport *r = a->report;

	if (!a->keys->given)
		vreport_skip(r, 23,
			"whether the office revoked anybody: no keys given");
	if (!e->points_given)
		vreport_skip(r, 31, "no checkpoints given");
	if (!e->papers_given)
		vreport_skip(r, 32, "no receipts given");
	if (!e->roster_given)
		vreport_skip(r, 34, "no roster given");
	if (!e->points_given && !e->papers_given)
		vreport_info(r, 0,
			"without checkpoints, receipts or Z slips nothing "
			"shows whether newer records were cut off");
}

void audit_end_rest(struct audit *a, bool whole)
{
	const struct evidence *e = a->evidence;

	for (size_t i = e->next_point; whole && i < e->points; i++)
		vreport_find(a->report, 0, 31,
			"the centre acknowledged record %llu, the journal "
			"ends at %llu: the tail is lost",
			(unsigned long long)e->point[i].seq,
			(unsigned long long)a->last_seq);
	end_papers(a, whole);
	say_missing(a);
}
