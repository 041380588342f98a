/* audit_moves.c - money that moves between terminals, as this one's book tells
 * of it: V33. The other side is the centre's to see. */
#include <string.h>

#include "db/verify/audit_internal.h"

enum {
	AWAY = 1, /* bits of a slot's b, below how often it moved */
	HERE = 2,
	HOP_SHIFT = 2,
	HOP_MOST = 200 /* FORMATS.md */
};

static bool is(const struct vmap_slot *s, uint64_t which)
{
	return s && s->a && (s->b & which) != 0;
}

/* Each move has a higher number than the one before it here, and who releases
 * leaves none out. In books of before key 46 none has it. */
static void count_moves(struct audit *a, const struct vmap_slot *s)
{
	const uint64_t before = s->b >> HOP_SHIFT;
	const uint64_t hop = a->r.hop;

	if (!vrecord_has(&a->r, VKEY_HOP))
		return;
	if (hop == 0 || hop > HOP_MOST)
		audit_find(a, 33, "key 46: moved %llu times",
			(unsigned long long)hop);
	else if (s->a && hop <= before)
		audit_find(a, 33, "not a newer move than that of record %llu",
			(unsigned long long)s->a);
	else if (s->a && a->r.kind == VKIND_RELEASE && hop != before + 1)
		audit_find(a, 33, "not the next move after that of record %llu",
			(unsigned long long)s->a);
}

static void move(struct audit *a, struct vmap_slot *s, uint64_t to)
{
	const uint64_t before = s->b >> HOP_SHIFT;
	const uint64_t hop =
		vrecord_has(&a->r, VKEY_HOP) ? a->r.hop : before + 1;

	a->rest.moves += s->a == 0;
	a->rest.moves_sum += a->r.seq - s->a;
	s->a = a->r.seq;
	s->b = hop << HOP_SHIFT | to;
}

void audit_release(struct audit *a)
{
	struct vmap_slot *s = audit_put(a, &a->rest.moved, a->r.ent);
	const struct audit_pay *p = audit_pay_of(a, a->r.ent);

	if (!s)
		return;
	if (is(s, AWAY))
		audit_find(a, 33, "releases what record %llu released already",
			(unsigned long long)s->a);
	else
		count_moves(a, s);
	if (p && p->state != AUDIT_VOIDED)
		audit_find(a, 33, "releases what record %llu paid",
			(unsigned long long)p->seq);
	if (memcmp(a->r.peer, a->begin.dev, VRECORD_ID) == 0)
		audit_find(a, 33, "releases to this very device");
	move(a, s, AWAY);
}

void audit_acquire(struct audit *a)
{
	struct vmap_slot *s = audit_put(a, &a->rest.moved, a->r.ent);
	struct vmap_slot *q = audit_put(a, &a->rest.quoted, a->r.rsum);
	const struct audit_pay *p = audit_pay_of(a, a->r.ent);

	if (!s || !q)
		return;
	if (q->a)
		audit_find(a, 33, "the same RELEASE as in record %llu",
			(unsigned long long)q->a);
	else if (is(s, HERE))
		audit_find(a, 33, "acquires what record %llu acquired already",
			(unsigned long long)s->a);
	else
		count_moves(a, s);
	if (p && p->state != AUDIT_VOIDED)
		audit_find(a, 33, "acquires what record %llu paid",
			(unsigned long long)p->seq);
	if (memcmp(a->r.peer, a->begin.dev, VRECORD_ID) == 0)
		audit_find(a, 33, "acquires from this very device");
	q->a = a->r.seq;
	move(a, s, HERE);
}

bool audit_is_here(const struct audit *a, const uint8_t *ent)
{
	return is(vmap_get(&a->rest.moved, ent), HERE);
}

void audit_check_moved(struct audit *a, const struct vitem *it)
{
	const struct vmap_slot *s = vmap_get(&a->rest.moved, it->ent);

	if (is(s, AWAY))
		audit_find(a, 33, "pays what record %llu released",
			(unsigned long long)s->a);
}
