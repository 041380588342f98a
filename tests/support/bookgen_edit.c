/* bookgen_edit.c - books that are changed, and stay whole around it. */
#include <stdlib.h>
#include <string.h>

#include "support/bookgen_internal.h"

void bookgen_free(struct bookgen *b)
{
	free(b->rec);
	free(b->due);
	*b = (struct bookgen){0};
}

static void *copied(const void *from, size_t size)
{
	void *out = malloc(size + 1);

	if (!out)
		abort();
	if (size > 0)
		memcpy(out, from, size);
	return out;
}

void bookgen_copy(const struct bookgen *b, struct bookgen *out)
{
	*out = *b;
	out->size = b->n;
	out->dues_size = b->dues;
	out->rec = copied(b->rec, b->n * sizeof(*b->rec));
	out->due = copied(b->due, b->dues * sizeof(*b->due));
}

struct bookgen_rec *bookgen_append(struct bookgen *b,
	const struct bookgen_rec *r)
{
	/* r may be one of b's own, which move. */
	const struct bookgen_rec copy = *r;

	if (b->n == b->size) {
		b->size = b->size ? 2 * b->size : 64;
		b->rec = realloc(b->rec, b->size * sizeof(*b->rec));
		if (!b->rec)
			abort();
	}
	b->rec[b->n] = copy;
	b->rec[b->n].seq = b->n + 1;
	return &b->rec[b->n++];
}

/* References to record from and later move by one. */
static void move_refs(struct bookgen *b, uint64_t from, int by)
{
	for (size_t i = 0; i < b->n; i++) {
		struct bookgen_rec *r = &b->rec[i];

		r->seq = i + 1;
		/* Those two refer to another book. */
		if (r->kind != GEN_ACQUIRE && r->kind != GEN_MARKS &&
			r->ref >= from)
			r->ref += (uint64_t)by;
		if (r->ack.seq >= from)
			r->ack.seq += (uint64_t)by;
	}
}

void bookgen_insert(struct bookgen *b, uint64_t seq,
	const struct bookgen_rec *r)
{
	const struct bookgen_rec copy = *r;

	bookgen_append(b, &copy);
	memmove(&b->rec[seq], &b->rec[seq - 1], (b->n - seq) * sizeof(*b->rec));
	memset(&b->rec[seq - 1], 0, sizeof(*b->rec));
	move_refs(b, seq, 1);
	b->rec[seq - 1] = copy;
	b->rec[seq - 1].seq = seq;
}

void bookgen_remove(struct bookgen *b, uint64_t seq)
{
	memmove(&b->rec[seq - 1], &b->rec[seq], (b->n - seq) * sizeof(*b->rec));
	b->n--;
	move_refs(b, seq + 1, -1);
}

void bookgen_total(struct bookgen *b)
{
	int64_t tot[GEN_TOTALS] = {0};

	for (size_t i = 0; i < b->n; i++) {
		struct bookgen_rec *r = &b->rec[i];

		switch (r->kind) {
		case GEN_PAY:
			tot[0] += r->amt;
			tot[4]++;
			break;
		case GEN_VOID:
			tot[1] += r->amt;
			tot[5]++;
			break;
		case GEN_FLOAT_IN:
			tot[2] += r->amt;
			break;
		case GEN_FLOAT_OUT:
			tot[3] += r->amt;
			break;
		}
		memcpy(r->tot, tot, sizeof(r->tot));
	}
}

struct bookgen_rec *bookgen_find(struct bookgen *b, uint64_t from,
	uint64_t kind)
{
	for (size_t i = from ? from - 1 : 0; i < b->n; i++)
		if (b->rec[i].kind == kind)
			return &b->rec[i];
	return NULL;
}
