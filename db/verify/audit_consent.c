/* audit_consent.c - what people agreed to, took back and asked for: V03, V20,
 * V41. */
#include <string.h>

#include "db/verify/audit_internal.h"

enum {
	REFUSAL_LAST = 6,
	CHANNEL_LAST = 4,
	REASON_OTHER = 9,
	VIEW_HE_ASKS = 1,
	VIEW_CHECK = 2,
	VIEW_ACKNOWLEDGED = 3,
	VIEW_LONGER = 4,
	VIEW_DONE = 5,
	VIEW_REFUSED = 6,
	REQUEST_LAST = 6 /* key 28: what he asks for */
};

/* How far a request came. */
enum audit_request {
	REQUEST_OPEN = 1,
	REQUEST_SEEN,   /* acknowledged */
	REQUEST_LONGER, /* more time was taken */
	REQUEST_OVER,
};

static void seq_key(uint64_t seq, uint8_t key[VMAP_KEY])
{
	memset(key, 0, VMAP_KEY);
	memcpy(key, &seq, sizeof(seq));
}

static struct vmap_slot *find(const struct vmap *m, uint64_t seq)
{
	uint8_t key[VMAP_KEY];

	seq_key(seq, key);
	return vmap_get(m, key);
}

static void put(struct audit *a, struct vmap *m, uint64_t state)
{
	uint8_t key[VMAP_KEY];
	struct vmap_slot *s;

	seq_key(a->r.seq, key);
	s = audit_put(a, m, key);
	if (s)
		s->a = state;
}

bool audit_has_slip(const struct audit *a, uint64_t seq)
{
	return find(&a->rest.slips, seq) != NULL;
}

void audit_copy_slip(struct audit *a)
{
	struct vmap_slot *s = find(&a->rest.slips, a->r.ref);

	if (a->r.res != s->a)
		audit_find(a, 20, "copy %llu comes after copy %llu",
			(unsigned long long)a->r.res,
			(unsigned long long)s->a - 1);
	s->a = a->r.res + 1;
}

static void need(struct audit *a, enum vkey key, const char *what)
{
	if (!vrecord_has(&a->r, key))
		audit_find(a, 3, "key %d: it does not say %s", (int)key, what);
}

static void check_reason(struct audit *a, uint64_t last)
{
	need(a, VKEY_RSN, "why or how");
	if (vrecord_has(&a->r, VKEY_RSN) && a->r.rsn != REASON_OTHER &&
		(a->r.rsn == 0 || a->r.rsn > last))
		audit_find(a, 3, "key 17: a reason that is not known");
}

static void check_day(struct audit *a)
{
	const uint64_t d = a->r.expires;

	if (vrecord_has(&a->r, VKEY_EXPIRES) &&
		(d < 19000101 || d > 21991231 || d / 100 % 100 < 1 ||
			d / 100 % 100 > 12 || d % 100 < 1 || d % 100 > 31))
		audit_find(a, 3, "key 36: not a day as YYYYMMDD");
}

/* The CONSENT that this record takes the place of, or takes back from; NULL:
 * none, or it is not known, or a finding. */
static struct vmap_slot *consent_before(struct audit *a)
{
	struct vmap_slot *s = find(&a->rest.holds, a->r.ref);

	if (!s && !audit_unknown(a, a->r.ref))
		audit_find(a, 41,
			"refers to record %llu, which is no CONSENT before "
			"it",
			(unsigned long long)a->r.ref);
	if (!s || s->a > 1)
		return s;
	audit_find(a, 41, "the CONSENT of record %llu does not hold any more",
		(unsigned long long)a->r.ref);
	return NULL;
}

static void give(struct audit *a)
{
	struct vmap_slot *s = NULL;

	need(a, VKEY_NOTICE, "which text was read out");
	need(a, VKEY_PURPOSES, "what was asked");
	if (vrecord_has(&a->r, VKEY_PURPOSES) && a->r.yes == 0)
		audit_find(a, 3, "key 35: a consent to nothing");
	check_day(a);
	if (vrecord_has(&a->r, VKEY_REF))
		s = consent_before(a);
	if (s)
		s->a = 1;
	put(a, &a->rest.holds, a->r.yes + 1);
}

static void refuse(struct audit *a)
{
	need(a, VKEY_NOTICE, "which text was read out");
	need(a, VKEY_PURPOSES, "what was asked");
	check_reason(a, REFUSAL_LAST);
	if (a->r.yes != 0)
		audit_find(a, 3, "key 35: a refusal that agrees");
}

static void withdraw(struct audit *a)
{
	struct vmap_slot *s;

	need(a, VKEY_REF, "from which consent");
	need(a, VKEY_PURPOSES, "what is left");
	check_reason(a, CHANNEL_LAST);
	if (vrecord_has(&a->r, VKEY_PURPOSES) && a->r.yes == a->r.asked)
		audit_find(a, 41, "takes nothing back");
	s = vrecord_has(&a->r, VKEY_REF) ? consent_before(a) : NULL;
	if (!s)
		return;
	if (s->a - 1 != a->r.asked)
		audit_find(a, 41,
			"says another thing of what record %llu agreed to",
			(unsigned long long)a->r.ref);
	s->a = a->r.yes + 1;
}

/* ---- what people ask about their data ------------------------------------ */

static void answer(struct audit *a)
{
	struct vmap_slot *s = find(&a->rest.requests, a->r.ref);

	need(a, VKEY_REF, "which request");
	if (vrecord_has(&a->r, VKEY_RES))
		audit_find(a, 3, "key 28: an answer that asks");
	if (!s) {
		if (!audit_unknown(a, a->r.ref))
			audit_find(a, 41,
				"refers to record %llu, which is no request "
				"before it",
				(unsigned long long)a->r.ref);
		return;
	}
	if (s->a == REQUEST_OVER)
		audit_find(a, 41, "the request of record %llu is over already",
			(unsigned long long)a->r.ref);
	else if ((a->r.rsn == VIEW_ACKNOWLEDGED && s->a != REQUEST_OPEN) ||
		 (a->r.rsn == VIEW_LONGER && s->a == REQUEST_LONGER))
		audit_find(a, 41,
			"the same is said of the request of record %llu a "
			"second time",
			(unsigned long long)a->r.ref);
	if (a->r.rsn == VIEW_ACKNOWLEDGED && s->a == REQUEST_OPEN)
		s->a = REQUEST_SEEN;
	else if (a->r.rsn == VIEW_LONGER && s->a != REQUEST_OVER)
		s->a = REQUEST_LONGER;
	else if (a->r.rsn >= VIEW_DONE)
		s->a = REQUEST_OVER;
}

static void view(struct audit *a)
{
	const bool asks = vrecord_has(&a->r, VKEY_RES);

	if (vrecord_has(&a->r, VKEY_RSN) && a->r.rsn >= VIEW_ACKNOWLEDGED &&
		a->r.rsn <= VIEW_REFUSED) {
		answer(a);
		return;
	}
	if (vrecord_has(&a->r, VKEY_RSN) && a->r.rsn != VIEW_HE_ASKS &&
		a->r.rsn != VIEW_CHECK && a->r.rsn != REASON_OTHER)
		audit_find(a, 3, "key 17: a reason that is not known");
	if (vrecord_has(&a->r, VKEY_REF))
		audit_find(a, 3,
			"key 12: no answer, and it refers to a record");
	if (!asks)
		return;
	if (a->r.rsn != VIEW_HE_ASKS || a->r.res == 0 ||
		a->r.res > REQUEST_LAST)
		audit_find(a, 3, "key 28: a request that is not known");
	put(a, &a->rest.requests, REQUEST_OPEN);
}

void audit_check_consent(struct audit *a)
{
	switch (a->r.kind) {
	case VKIND_CONSENT:
		give(a);
		break;
	case VKIND_CONSENT_REFUSED:
		refuse(a);
		break;
	case VKIND_CONSENT_WITHDRAWN:
		withdraw(a);
		break;
	case VKIND_VIEW:
		a->rest.views++;
		view(a);
		return;
	default:
		return;
	}
	a->rest.consents++;
	put(a, &a->rest.slips, 1);
}
