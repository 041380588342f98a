/* receive_money.c - what a batch does to the payments that stand. */
#include <assert.h>
#include <string.h>

#include "db/centre/receive_internal.h"

static size_t put_items(struct receiver *r, struct entry *e, size_t n)
{
	for (size_t i = 0; i < e->items; i++, n++) {
		struct store_paid *p = &r->paid[n];

		assert(n < RECEIVE_ITEMS_MAX);
		entry_next_item(e, p->ent);
		memcpy(p->dev, e->dev, sizeof(p->dev));
		p->seq = e->seq;
	}
	return n;
}

static bool has_twice(const struct receiver *r, size_t old, size_t n)
{
	for (size_t i = old; i < n; i++)
		for (size_t k = 0; k < i; k++)
			if (memcmp(r->paid[i].ent, r->paid[k].ent,
				    sizeof(r->paid[i].ent)) == 0)
				return true;
	return false;
}

/* Enter the first n, keep the others for the next time. */
static bool flush(struct receiver *r, size_t n, size_t all, uint64_t now,
	struct receive_told *told, struct err *err)
{
	size_t doubles;

	if (!store_paid(r->store, r->paid, n, now, &doubles, err))
		return false;
	told->doubles += doubles;
	memmove(r->paid, r->paid + n, (all - n) * sizeof(r->paid[0]));
	return true;
}

static bool void_items(struct receiver *r, struct entry *e, struct err *err)
{
	struct store_paid p = {.seq = e->ref};

	memcpy(p.dev, e->dev, sizeof(p.dev));
	for (size_t i = 0; i < e->items; i++) {
		entry_next_item(e, p.ent);
		if (!store_voided(r->store, &p, e->seq, err))
			return false;
	}
	return true;
}

bool receive_money(struct receiver *r, uint64_t now, struct receive_told *told,
	struct err *err)
{
	size_t n = 0;

	for (size_t i = r->judged.skip; i < r->batch.records; i++) {
		struct entry *e = &r->judged.entry[i];
		const size_t old = n;

		if (e->kind == ENTRY_VOID) {
			if (!flush(r, n, n, now, told, err) ||
				!void_items(r, e, err))
				return false;
			n = 0;
		}
		if (e->kind != ENTRY_PAY)
			continue;
		n = put_items(r, e, n);
		if (has_twice(r, old, n)) {
			if (!flush(r, old, n, now, told, err))
				return false;
			n -= old;
		}
	}
	return flush(r, n, n, now, told, err);
}

bool receive_is_plain(struct receiver *r, size_t *paids)
{
	const struct judged *j = &r->judged;
	size_t n = 0;

	if (j->status != BATCH_ACK || j->dup || j->totals_wrong != 0)
		return false;
	for (size_t i = j->skip; i < r->batch.records; i++) {
		/* Reading its items uses them up: the long way, too, may want
		 * them. */
		struct entry e = j->entry[i];
		const size_t old = n;

		if (e.kind == ENTRY_VOID)
			return false;
		if (e.kind != ENTRY_PAY)
			continue;
		n = put_items(r, &e, n);
		if (has_twice(r, old, n))
			return false;
	}
	*paids = n;
	return true;
}
