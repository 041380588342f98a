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
	const size_t slots = m->slots ? m->slots * 2 : FIRST_SLOTS;
	struct vmap_slot *slot = calloc(slots, sizeof(*slot));
	const struct vmap old = *m;

	if (!slot)
		return 0;
	if (m->slots == 0)
		crypto_random(&m->secret, sizeof(m->secret));
	m->slot = slot;
	m->slots = slots;
	for (size_t i = 0; i < old.slots; i++)
		if (old.slot[i].a)
			*probe(m, old.slot[i].key) = old.slot[i];
	free(old.slot);
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
