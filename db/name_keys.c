#include "db/name_keys_internal.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/codec/viet_sort.h"
#include "core/str.h"

enum {
	FIRST_SLOTS = 64, /* a power of two, as all after it */
	SHORT_WORD = 24,  /* bytes; what is longer is not kept */
	SHORT_KEY = 40
};

/* A word and its key; an unused slot has len 0. */
struct slot {
	uint8_t len;
	uint8_t key_len;
	char word[SHORT_WORD];
	char key[SHORT_KEY];
};

struct name_keys {
	struct slot *slot;
	size_t slots;
	size_t used;
};

struct name_keys *name_keys_new(void)
{
	struct name_keys *k = calloc(1, sizeof(*k));

	if (!k)
		return NULL;
	k->slots = FIRST_SLOTS;
	k->slot = calloc(k->slots, sizeof(*k->slot));
	if (k->slot)
		return k;
	free(k);
	return NULL;
}

void name_keys_free(struct name_keys *k)
{
	if (!k)
		return;
	free(k->slot);
	free(k);
}

/* FNV-1a; who chooses the words can make it slow, but not wrong. */
static size_t hash(const char *word, size_t len)
{
	uint32_t h = 2166136261U;

	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)word[i]) * 16777619U;
	return h ^ h >> 15;
}

/* The slot of a word, or the free one where it is to stand. */
static struct slot *slot_of(const struct name_keys *k, const char *word,
	size_t len)
{
	size_t i = hash(word, len) & (k->slots - 1);

	while (k->slot[i].len > 0 &&
		(k->slot[i].len != len ||
			memcmp(k->slot[i].word, word, len) != 0))
		i = (i + 1) & (k->slots - 1);
	return &k->slot[i];
}

/* Never more than half full. */
static bool make_room(struct name_keys *k)
{
	struct name_keys more = {.slots = k->slots * 2, .used = k->used};

	if (k->used < k->slots / 2)
		return true;
	more.slot = calloc(more.slots, sizeof(*more.slot));
	if (!more.slot)
		return false;
	for (size_t i = 0; i < k->slots; i++)
		if (k->slot[i].len > 0)
			*slot_of(&more, k->slot[i].word, k->slot[i].len) =
				k->slot[i];
	free(k->slot);
	*k = more;
	return true;
}

/* The key of a word, put behind what is there; "" if it has none that fits. */
static size_t fresh_key(const char *word, size_t len, char *out, size_t size)
{
	char text[NAME_KEY_SIZE];

	if (len >= sizeof(text))
		return 0;
	memcpy(text, word, len);
	text[len] = '\0';
	return viet_words_key(text, out, size) ? strlen(out) : 0;
}

static bool put_word(struct name_keys *k, const char *word, size_t len,
	char *out, size_t *at)
{
	struct slot *s;
	size_t n;

	if (len >= SHORT_WORD) {
		*at += fresh_key(word, len, out + *at, NAME_KEY_SIZE - *at);
		return true;
	}
	s = slot_of(k, word, len);
	if (s->len > 0 && *at + s->key_len < NAME_KEY_SIZE) {
		memcpy(out + *at, s->key, s->key_len);
		*at += s->key_len;
		return true;
	}
	n = fresh_key(word, len, out + *at, NAME_KEY_SIZE - *at);
	if (n <= SHORT_KEY && s->len == 0) {
		s->len = (uint8_t)len;
		s->key_len = (uint8_t)n;
		memcpy(s->word, word, len);
		memcpy(s->key, out + *at, n);
		k->used++;
	}
	*at += n;
	return make_room(k);
}

bool name_keys_make(struct name_keys *k, const char *name,
	char out[NAME_KEY_SIZE])
{
	char words[NAME_KEY_SIZE];
	size_t at = 0;

	while (*name) {
		const size_t len = strcspn(name, " ");

		if (len > 0 && !put_word(k, name, len, words, &at))
			return false;
		name += len + (name[len] == ' ');
	}
	words[at] = '\0';
	if (!viet_list_turn(words, out, NAME_KEY_SIZE))
		out[0] = '\0';
	return true;
}
