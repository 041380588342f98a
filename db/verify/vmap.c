#include "db/verify/vmap.h"

#include <stdlib.h>
#include <string.h>

#include "core/crypto.h"

enum {
	FIRST_SLOTS = 256
};

void vmap_clear(struct vmap *m)
{
	free(m->slot);
	*m = (struct vmap){0};
}

/* The finalizer of MurmurHash3, over both halves and the secret. */
static uint64_t mix(uint64_t v)
{
	v ^= v >> 33;
	v *= UINT64_C(0xff51afd7ed558ccd);
	v ^= v >> 33;
	v *= UINT64_C(0xc4ceb9fe1a85ec53);
	return v ^ v >> 33;
}

static struct vmap_slot *probe(const struct vmap *m, const void *key)
{
	uint64_t half[2];
	size_t i;

	memcpy(half, key, sizeof(half));
	i = mix(mix(half[0] ^ m->secret) + half[1]);
	for (;; i++) {
		struct vmap_slot *s = &m->slot[i & (m->slots - 1)];

		if (s->a == 0 || memcmp(s->key, key, VMAP_KEY) == 0)
			return s;
	}
}

struct vmap_slot *vmap_get(const struct vmap *m, const void *key)
{
	struct vmap_slot *s;

	if (m->slots == 0)
		return NULL;
	s = probe(m, key);
	return s->a ? s : NULL;
}

static int grow(struct vmap *m)
{
	struct vmap wider = {.slots = m->slots ? m->slots * 2 : FIRST_SLOTS,
		.used = m->used,
		.secret = m->secret};

	if (m->slots == 0)
		crypto_random(&wider.secret, sizeof(wider.secret));
	wider.slot = calloc(wider.slots, sizeof(*wider.slot));
	if (!wider.slot)
		return 0;
	for (size_t i = 0; i < m->slots; i++)
		if (m->slot[i].a)
			*probe(&wider, m->slot[i].key) = m->slot[i];
	free(m->slot);
	*m = wider;
	return 1;
}

struct vmap_slot *vmap_put(struct vmap *m, const void *key)
{
	struct vmap_slot *s;

	if (m->used * 4 >= m->slots * 3 && !grow(m))
		return NULL;
	s = probe(m, key);
	if (s->a == 0) {
		memcpy(s->key, key, VMAP_KEY);
		s->b = 0;
		m->used++;
	}
	return s;
}
