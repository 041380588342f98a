#include "db/names_internal.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "core/crypto.h"
#include "db/name_keys_internal.h"

enum {
	MAX_WORDS = 64 /* a name of 127 bytes has no more */
};

struct entry {
	uint32_t at;  /* into text, of the blank before the first word */
	uint32_t key; /* into keys: where the name stands in a list */
	uint32_t seq;
	uint32_t id;
	uint32_t birth;
	int64_t id12_back; /* -1: none */
	int64_t old_back;
};

struct names {
	struct entry *entry;
	size_t entries;
	size_t entries_size;
	char *text; /* a blank, the folded name and a NUL, for each entry */
	size_t text_len;
	size_t text_size;
	char *keys; /* viet_list_key() and a NUL, for each entry */
	size_t keys_len;
	size_t keys_size;
	struct name_keys *words; /* while names are added */
};

struct words {
	const char *at[MAX_WORDS];
	size_t len[MAX_WORDS];
	int count;
};

/* How well a name fits; smaller is better. */
enum fit {
	FIT_SAME_WORDS,
	FIT_WHOLE_WORDS,
	FIT_BEGINNINGS,
	FIT_NOT,
};

struct hit {
	enum fit fit;
	const struct entry *entry;
};

/* The best hits so far, best first. */
struct top {
	const struct names *names;
	struct hit *hit;
	int count;
	int max;
	bool more;
	int64_t *any; /* ids in no order; NULL: the best in hit */
};

struct names *names_new(void)
{
	struct names *n = calloc(1, sizeof(*n));

	if (!n)
		return NULL;
	n->words = name_keys_new();
	if (n->words)
		return n;
	free(n);
	return NULL;
}

/* Names are gone with who may read them, not only forgotten. */
static void wipe(void *memory, size_t len)
{
	if (memory)
		crypto_wipe(memory, len);
	free(memory);
}

void names_free(struct names *n)
{
	if (!n)
		return;
	wipe(n->entry, n->entries_size * sizeof(*n->entry));
	wipe(n->text, n->text_size);
	wipe(n->keys, n->keys_size);
	name_keys_free(n->words);
	free(n);
}

/* Make room for one more thing of this size; false: no memory. */
static bool grow(void **array, size_t *size, size_t needed, size_t each)
{
	size_t bigger = *size ? *size : 4096;
	void *moved;

	while (bigger < needed)
		bigger += bigger / 2;
	if (bigger == *size)
		return true;
	moved = malloc(bigger * each);
	if (!moved)
		return false;
	if (*array)
		memcpy(moved, *array, *size * each);
	wipe(*array, *size * each);
	*array = moved;
	*size = bigger;
	return true;
}

bool names_add(struct names *n, const struct names_person *p)
{
	const size_t len = strlen(p->folded) + 2;
	char key[NAME_KEY_SIZE];
	size_t key_len;

	if (!name_keys_make(n->words, p->name, key))
		return false;
	key_len = strlen(key) + 1;
	if (p->id < 0 || p->id > UINT32_MAX || n->text_len + len > UINT32_MAX ||
		n->keys_len + key_len > UINT32_MAX)
		return false;
	if (!grow((void **)&n->text, &n->text_size, n->text_len + len, 1) ||
		!grow((void **)&n->keys, &n->keys_size, n->keys_len + key_len,
			1) ||
		!grow((void **)&n->entry, &n->entries_size, n->entries + 1,
			sizeof(*n->entry)))
		return false;
	n->entry[n->entries++] = (struct entry){.at = (uint32_t)n->text_len,
		.key = (uint32_t)n->keys_len,
		.seq = p->seq < 0 || p->seq > UINT32_MAX ? UINT32_MAX
							 : (uint32_t)p->seq,
		.id = (uint32_t)p->id,
		.birth = (uint32_t)p->birth,
		.id12_back = p->id12_back,
		.old_back = p->old_back};
	n->text[n->text_len] = ' ';
	memcpy(n->text + n->text_len + 1, p->folded, len - 1);
	n->text_len += len;
	memcpy(n->keys + n->keys_len, key, key_len);
	n->keys_len += key_len;
	return true;
}

void names_added(struct names *n)
{
	name_keys_free(n->words);
	n->words = NULL;
}

static void split(const char *text, struct words *out)
{
	out->count = 0;
	while (out->count < MAX_WORDS) {
		text += strspn(text, " ");
		if (!*text)
			return;
		out->at[out->count] = text;
		out->len[out->count] = strcspn(text, " ");
		text += out->len[out->count++];
	}
}

/* Longest first: then taking the first free word that fits never blocks a
 * later one, because words that begin alike begin with the shorter one. */
static void longest_first(struct words *w)
{
	for (int i = 1; i < w->count; i++)
		for (int j = i; j > 0 && w->len[j - 1] < w->len[j]; j--) {
			const char *at = w->at[j];
			const size_t len = w->len[j];

			w->at[j] = w->at[j - 1];
			w->len[j] = w->len[j - 1];
			w->at[j - 1] = at;
			w->len[j - 1] = len;
		}
}

/* Take a free word of name that begins with this one, a whole one if there
 * is one. 0: none; 1: a beginning; 2: whole. */
static int take(const struct words *name, uint64_t *used, const char *word,
	size_t len)
{
	int found = -1;

	for (int i = 0; i < name->count; i++) {
		if (*used >> i & 1 || name->len[i] < len ||
			memcmp(name->at[i], word, len) != 0)
			continue;
		if (name->len[i] == len) {
			*used |= UINT64_C(1) << i;
			return 2;
		}
		if (found < 0)
			found = i;
	}
	if (found < 0)
		return 0;
	*used |= UINT64_C(1) << found;
	return 1;
}

static enum fit fit_of(const char *text, const struct words *query)
{
	struct words name;
	uint64_t used = 0;
	bool whole = true;

	split(text, &name);
	for (int i = 0; i < query->count; i++) {
		const int got = take(&name, &used, query->at[i], query->len[i]);

		if (got == 0)
			return FIT_NOT;
		whole = whole && got == 2;
	}
	if (!whole)
		return FIT_BEGINNINGS;
	return name.count == query->count ? FIT_SAME_WORDS : FIT_WHOLE_WORDS;
}

static bool is_before(const struct names *n, const struct hit *a,
	const struct hit *b)
{
	int order;

	if (a->fit != b->fit)
		return a->fit < b->fit;
	order = strcmp(n->keys + a->entry->key, n->keys + b->entry->key);
	if (order != 0)
		return order < 0;
	if (a->entry->birth != b->entry->birth)
		return a->entry->birth < b->entry->birth;
	return a->entry->id < b->entry->id;
}

/* How many of the best come before it; for most hits it is all of them. */
static int place_of(const struct top *top, const struct hit *hit)
{
	int first = 0;
	int end = top->count;

	if (end > 0 && !is_before(top->names, hit, &top->hit[end - 1]))
		return end;
	while (first < end) {
		const int middle = first + (end - first) / 2;

		if (is_before(top->names, hit, &top->hit[middle]))
			end = middle;
		else
			first = middle + 1;
	}
	return first;
}

static void put(struct top *top, const struct hit *hit)
{
	int at;

	if (top->any) {
		if (top->count < top->max)
			top->any[top->count++] = hit->entry->id;
		else
			top->more = true;
		return;
	}
	at = place_of(top, hit);
	if (top->count == top->max) {
		top->more = true;
		if (at == top->max)
			return;
		top->count--;
	}
	memmove(&top->hit[at + 1], &top->hit[at],
		(size_t)(top->count - at) * sizeof(*hit));
	top->hit[at] = *hit;
	top->count++;
}

/* Where the text of entry i ends. */
static size_t end_of(const struct names *n, size_t i)
{
	return i + 1 < n->entries ? n->entry[i + 1].at : n->text_len;
}

/*
 * The longest word is the rarest: look for " word" in all the names as one
 * text, and examine only the names where it stands.
 */
static void search(const struct names *n, const struct words *query,
	struct top *top)
{
	char needle[160];
	size_t len = query->len[0];
	size_t at = 0;
	size_t i = 0;
	const char *found;

	if (len > sizeof(needle) - 1)
		return;
	needle[0] = ' ';
	memcpy(needle + 1, query->at[0], len++);
	while (at < n->text_len &&
		(found = memmem(n->text + at, n->text_len - at, needle, len))) {
		struct hit hit;

		while (end_of(n, i) <= (size_t)(found - n->text))
			i++;
		hit = (struct hit){fit_of(n->text + n->entry[i].at, query),
			&n->entry[i]};
		if (hit.fit != FIT_NOT)
			put(top, &hit);
		at = end_of(n, i);
	}
}

static int give(const struct top *top, int64_t *id, bool *more)
{
	for (int i = 0; !top->any && i < top->count; i++)
		id[i] = top->hit[i].entry->id;
	*more = top->more;
	return top->count;
}

int names_search(const struct names *n, const char *query, int64_t *id, int max,
	bool *more)
{
	struct hit hit[NAMES_BEST];
	struct top top = {.names = n,
		.hit = hit,
		.max = max,
		.any = max > NAMES_BEST ? id : NULL};
	struct words words;

	assert(max >= 0);
	split(query, &words);
	longest_first(&words);
	if (words.count > 0)
		search(n, &words, &top);
	return give(&top, id, more);
}

/* Which of them all. */
struct which {
	uint32_t seq; /* UINT32_MAX: any */
	const struct names_stretch *id12;
	const struct names_stretch *old;
};

static bool within(int64_t back, const struct names_stretch *s)
{
	return back >= s->first && back <= s->last;
}

static bool is_one(const struct entry *e, const struct which *w)
{
	if (w->id12)
		return within(e->id12_back, w->id12) ||
		       within(e->old_back, w->old);
	return w->seq == UINT32_MAX || e->seq == w->seq;
}

static int in_order(const struct names *n, const struct which *w, int64_t *id,
	int max, bool *more)
{
	struct hit hit[NAMES_BEST];
	struct top top = {.names = n,
		.hit = hit,
		.max = max,
		.any = max > NAMES_BEST ? id : NULL};

	assert(max >= 0);
	for (size_t i = 0; i < n->entries; i++) {
		const struct hit h = {FIT_SAME_WORDS, &n->entry[i]};

		if (is_one(&n->entry[i], w))
			put(&top, &h);
	}
	return give(&top, id, more);
}

int names_all(const struct names *n, int64_t *id, int max, bool *more)
{
	const struct which all = {.seq = UINT32_MAX};

	return in_order(n, &all, id, max, more);
}

int names_by_last(const struct names *n, const struct names_stretch *id12,
	const struct names_stretch *old, int64_t *id, int max, bool *more)
{
	const struct which w = {.id12 = id12, .old = old};

	return in_order(n, &w, id, max, more);
}

int names_by_seq(const struct names *n, int64_t seq, int64_t *id, int max,
	bool *more)
{
	*more = false;
	if (seq < 0 || seq >= UINT32_MAX)
		return 0;
	return in_order(n, &(const struct which){.seq = (uint32_t)seq}, id, max,
		more);
}
