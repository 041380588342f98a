/* audit_visit.c - visits at people's doors: V42. */
#include <string.h>

#include "db/verify/audit_internal.h"

enum {
	FURTHEST = 180 /* days to the day to come again */
};

/* Records of which a VISIT may say that they were made in it. */
static bool is_made_at_doors(uint64_t kind)
{
	switch (kind) {
	case VKIND_CONSENT:
	case VKIND_ACCOUNT:
	case VKIND_CONSENT_REFUSED:
	case VKIND_CONSENT_WITHDRAWN:
	case VKIND_NOT_PAID:
	case VKIND_ACCOUNT_STATE:
		return true;
	}
	return false;
}

static void seq_key(uint64_t seq, uint8_t key[VMAP_KEY])
{
	memset(key, 0, VMAP_KEY);
	memcpy(key, &seq, sizeof(seq));
}

/* What a record is here, by its number (slot a); slot b is its actor. */
enum {
	FREE_VISIT = 1,
	FOLLOWED, /* by a later VISIT */
	FREE,     /* made, of no VISIT yet */
	NAMED     /* of one */
};

static struct vmap_slot *find(const struct audit *a, uint64_t seq)
{
	uint8_t key[VMAP_KEY];

	seq_key(seq, key);
	return vmap_get(&a->rest.doors, key);
}

static void remember(struct audit *a, uint64_t what)
{
	uint8_t key[VMAP_KEY];
	struct vmap_slot *s;

	seq_key(a->r.seq, key);
	s = audit_put(a, &a->rest.doors, key);
	if (s) {
		s->a = what;
		s->b = a->r.actor;
	}
}

/* Days since 1970-01-01; -1: it is no day as YYYYMMDD. */
static int64_t days_of(uint64_t day)
{
	static const uint8_t longest[] = {31, 29, 31, 30, 31, 30, 31, 31, 30,
		31, 30, 31};
	const uint64_t month = day / 100 % 100;
	const uint64_t d = day % 100;
	uint64_t year = day / 10000;
	uint64_t yoe;
	uint64_t doy;

	if (year < 1970 || year > 2199 || month < 1 || month > 12 || d < 1 ||
		d > longest[month - 1] ||
		(month == 2 && d == 29 &&
			(year % 4 != 0 ||
				(year % 100 == 0 && year % 400 != 0))))
		return -1;
	/* From 1 March on, so that the leap day is the last. */
	year -= month <= 2;
	yoe = year % 400;
	doy = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + d - 1;
	return (int64_t)(year / 400 * 146097 + yoe * 365 + yoe / 4 - yoe / 100 +
			 doy) -
	       719468;
}

static void check_next(struct audit *a)
{
	const int64_t today =
		(int64_t)((a->r.t / 1000 + UINT64_C(25200)) / 86400);
	const int64_t next = days_of(a->r.next_day);

	if (!vrecord_has(&a->r, VKEY_NEXT))
		return;
	if (next < 0)
		audit_find(a, 42, "key 40: not a day as YYYYMMDD");
	else if (next <= today || next > today + FURTHEST)
		audit_find(a, 42,
			"says to come again on a day that is not within 180 "
			"days after it");
}

static void check_before(struct audit *a)
{
	struct vmap_slot *s = find(a, a->r.ref);

	if (!vrecord_has(&a->r, VKEY_REF))
		return;
	if (!s || s->a > FOLLOWED) {
		if (s || !audit_unknown(a, a->r.ref))
			audit_find(a, 42,
				"follows record %llu, which is no VISIT before "
				"it",
				(unsigned long long)a->r.ref);
		return;
	}
	if (s->a == FOLLOWED)
		audit_find(a, 42, "the VISIT of record %llu is followed twice",
			(unsigned long long)a->r.ref);
	s->a = FOLLOWED;
}

static void check_made(struct audit *a, uint64_t seq)
{
	struct vmap_slot *s = find(a, seq);

	if (!s || s->a < FREE) {
		if (s || !audit_unknown(a, seq))
			audit_find(a, 42,
				"key 41: record %llu is none that is made at a "
				"door before it",
				(unsigned long long)seq);
		return;
	}
	if (s->a == NAMED)
		audit_find(a, 42, "key 41: record %llu is of another visit",
			(unsigned long long)seq);
	if (s->b != a->r.actor)
		audit_find(a, 42, "key 41: record %llu is by another user",
			(unsigned long long)seq);
	s->a = NAMED;
}

void audit_check_visit(struct audit *a)
{
	if (is_made_at_doors(a->r.kind))
		remember(a, FREE);
	if (a->r.kind != VKIND_VISIT)
		return;
	a->rest.visits++;
	check_next(a);
	check_before(a);
	for (size_t i = 0; i < a->r.mades; i++)
		check_made(a, a->r.made[i]);
	remember(a, FREE_VISIT);
}
