#include "db/seen_internal.h"

#include <assert.h>
#include <stddef.h>
#include <stdlib.h>

/* Open addressing; both numbers in one, 0 is free. */
struct seen {
	uint64_t *slot;
	size_t slots; /* a power of two */
	size_t used;
};

struct seen *seen_new(void)
{
	struct seen *s = calloc(1, sizeof(*s));

	if (!s)
		return NULL;
	s->slots = 1024;
	s->slot = calloc(s->slots, sizeof(*s->slot));
	if (s->slot)
		return s;
	free(s);
	return NULL;
}

void seen_free(struct seen *s)
{
	if (!s)
		return;
	free(s->slot);
	free(s);
}

/* Where the pair is, or would be. */
static uint64_t *find(const struct seen *s, uint64_t pair)
{
	size_t i = (pair * UINT64_C(0x9e3779b97f4a7c15)) >> 32;

	for (;; i++) {
		uint64_t *at = &s->slot[i & (s->slots - 1)];

		if (*at == 0 || *at == pair)
			return at;
	}
}

static bool grow(struct seen *s)
{
	struct seen wider = {.slots = s->slots * 2, .used = s->used};

	wider.slot = calloc(wider.slots, sizeof(*wider.slot));
	if (!wider.slot)
		return false;
	for (size_t i = 0; i < s->slots; i++)
		if (s->slot[i])
			*find(&wider, s->slot[i]) = s->slot[i];
	free(s->slot);
	*s = wider;
	return true;
}

bool seen_has(const struct seen *s, uint32_t a, uint32_t b)
{
	return *find(s, (uint64_t)a << 32 | b) != 0;
}

bool seen_add(struct seen *s, uint32_t a, uint32_t b)
{
	assert(a > 0);
	if (s->used >= s->slots / 4 * 3 && !grow(s))
		return false;
	*find(s, (uint64_t)a << 32 | b) = (uint64_t)a << 32 | b;
	s->used++;
	return true;
}
