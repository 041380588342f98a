#include "db/ents_internal.h"

#include <stdlib.h>
#include <string.h>

void ents_clear(struct ents *e)
{
	free(e->slot);
	*e = (struct ents){0};
}

/* Ids are hashes already; any eight bytes of them spread well. */
static struct ent_fate *probe(const struct ents *e, const uint8_t ent[ENT_SIZE])
{
	uint64_t start;

	memcpy(&start, ent, sizeof(start));
	for (size_t i = (size_t)start & (e->slots - 1);;
		i = (i + 1) & (e->slots - 1)) {
		struct ent_fate *f = &e->slot[i];

		if (f->seq == 0 || memcmp(f->ent, ent, ENT_SIZE) == 0)
			return f;
	}
}

struct ent_fate *ents_get(const struct ents *e, const uint8_t ent[ENT_SIZE])
{
	struct ent_fate *f;

	if (e->slots == 0)
		return NULL;
	f = probe(e, ent);
	return f->seq == 0 ? NULL : f;
}

static bool grow(struct ents *e)
{
	struct ents wider = {.slots = e->slots ? e->slots * 2 : 256,
		.used = e->used};

	wider.slot = calloc(wider.slots, sizeof(*wider.slot));
	if (!wider.slot)
		return false;
	for (size_t i = 0; i < e->slots; i++)
		if (e->slot[i].seq != 0)
			*probe(&wider, e->slot[i].ent) = e->slot[i];
	free(e->slot);
	*e = wider;
	return true;
}

struct ent_fate *ents_put(struct ents *e, const uint8_t ent[ENT_SIZE])
{
	struct ent_fate *f;

	if (e->used * 4 >= e->slots * 3 && !grow(e))
		return NULL;
	f = probe(e, ent);
	if (f->seq == 0) {
		memcpy(f->ent, ent, ENT_SIZE);
		f->seq = UINT64_MAX; /* taken; the caller says by whom */
		e->used++;
	}
	return f;
}
