#include "db/seen_internal.h"

#include <assert.h>
#include <stdlib.h>

#include "core/crypto.h"

/* Open addressing; two arrays, because a struct of both would be padded. */
struct seen {
	uint64_t *hash;
	uint32_t *id; /* 0: free */
	size_t slots; /* a power of two */
	size_t used;
	uint64_t salt;
};

static bool make_room(struct seen *s, size_t slots)
{
	s->hash = malloc(slots * sizeof(*s->hash));
	s->id = calloc(slots, sizeof(*s->id));
	s->slots = slots;
	s->used = 0;
	return s->hash && s->id;
}

struct seen *seen_new(size_t keys)
{
	struct seen *s = calloc(1, sizeof(*s));
	size_t slots = 1024;

	while (slots / 4 * 3 < keys)
		slots *= 2;
	if (!s || !make_room(s, slots)) {
		seen_free(s);
		return NULL;
	}
	crypto_random(&s->salt, sizeof(s->salt));
	return s;
}

void seen_free(struct seen *s)
{
	if (!s)
		return;
	free(s->hash);
	free(s->id);
	free(s);
}

/* One to one, so that different numbers stay different (splitmix64). */
static uint64_t mix(uint64_t z)
{
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

/* FNV-1a, the NUL included. */
static uint64_t add_text(uint64_t h, const char *text)
{
	do
		h = (h ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
	while (*text++);
	return h;
}

uint64_t seen_hash(const struct seen *s, const char *a, const char *b)
{
	return mix(add_text(add_text(s->salt, a), b));
}

uint64_t seen_hash_pair(const struct seen *s, int64_t a, int32_t b)
{
	return mix(s->salt ^ ((uint64_t)a << 32 | (uint32_t)b));
}

static void put(struct seen *s, uint64_t hash, uint32_t id)
{
	size_t i = hash & (s->slots - 1);

	while (s->id[i])
		i = (i + 1) & (s->slots - 1);
	s->hash[i] = hash;
	s->id[i] = id;
	s->used++;
}

static bool grow(struct seen *s)
{
	struct seen old = *s;
	const bool ok = make_room(s, old.slots * 2);

	for (size_t i = 0; ok && i < old.slots; i++)
		if (old.id[i])
			put(s, old.hash[i], old.id[i]);
	if (ok) {
		free(old.hash);
		free(old.id);
		return true;
	}
	free(s->hash);
	free(s->id);
	*s = old;
	return false;
}

bool seen_add(struct seen *s, uint64_t hash, uint32_t id)
{
	assert(id > 0);
	if (s->used >= s->slots / 4 * 3 && !grow(s))
		return false;
	put(s, hash, id);
	return true;
}

uint32_t seen_next(const struct seen *s, uint64_t hash, size_t *at)
{
	size_t i;

	for (;; (*at)++) {
		i = (hash + *at) & (s->slots - 1);
		if (!s->id[i])
			return 0;
		if (s->hash[i] == hash)
			break;
	}
	(*at)++;
	return s->id[i];
}
