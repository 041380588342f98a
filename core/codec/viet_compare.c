/*
 * viet_compare.c - are these two the same name, and where do they differ?
 *
 * Both names become capitals and are taken apart into letters, marks and
 * tones. A tone belongs to a run of vowels, not to one of them: Hòa and Hoà
 * are two habits of writing one name. Differences come from the cheapest
 * way to edit one into the other.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/codec/viet.h"
#include "core/text.h"
#include "core/utf8.h"

enum {
	MAX_CHARS = 160, /* code points; more is no name */
	MAX_WORDS = MAX_CHARS / 2 + 1,
	TEXT_SIZE = MAX_CHARS * UTF8_MAX_BYTES + 1,
	MARK_BITS = 7 /* to hold one of U+0300 to U+036F */
};

/* What it costs to edit. Foreign is more than to remove and put in. */
enum {
	COST_SAME = 0,
	COST_MARKS = 1, /* a for ă */
	COST_GAP = 2,   /* one letter more or less */
	COST_OTHER = 3, /* a for o */
	COST_FOREIGN = 5
};

struct letter {
	uint32_t base;    /* a capital, without marks unless it is one (Đ) */
	uint64_t marks;   /* hats, breves, horns: MARK_BITS each */
	uint64_t tone;    /* at the last vowel of a run, for all of it */
	size_t at;        /* which character of the NFC text it is */
	size_t tone_back; /* so many letters before this one it is written */
};

struct name {
	struct letter letter[MAX_CHARS];
	size_t n;     /* letters */
	size_t chars; /* code points of the NFC text, >= n */
};

static bool is_mark(uint32_t ch)
{
	return ch >= 0x300 && ch < 0x370;
}

static bool is_vowel(const struct letter *l)
{
	return l->base && l->base < 0x80 && strchr("AEIOUY", (int)l->base);
}

static bool is_tone(uint32_t mark)
{
	return mark == 0x300 || mark == 0x301 || mark == 0x303 ||
	       mark == 0x309 || mark == 0x323;
}

/* False if there are more marks than any writing has. */
static bool add_mark(struct letter *l, uint32_t mark)
{
	uint64_t *field = is_tone(mark) && is_vowel(l) ? &l->tone : &l->marks;

	if (*field >> (64 - MARK_BITS))
		return false;
	*field = *field << MARK_BITS | (mark - 0x300 + 1);
	return true;
}

/* One character of NFC text: a letter and its marks, or a lone mark. */
static bool add_char(struct name *name, uint32_t ch)
{
	char composed[UTF8_MAX_BYTES + 1];
	char apart[64];
	const char *s = apart;

	composed[utf8_encode(ch, composed)] = '\0';
	if (name->chars == MAX_CHARS ||
		!text_nfd(composed, apart, sizeof(apart)))
		return false;
	while (*s) {
		const uint32_t part = utf8_next(&s);

		/* A mark at the very start stands on no letter. */
		if (!is_mark(part) || name->n == 0) {
			if (name->n == MAX_CHARS)
				return false;
			name->letter[name->n++] =
				(struct letter){.base = is_mark(part) ? 0
								      : part,
					.at = name->chars};
		}
		if (is_mark(part) &&
			!add_mark(&name->letter[name->n - 1], part))
			return false;
	}
	name->chars++;
	return true;
}

/* Gather the tones of each run of vowels at its last one. */
static void gather_tones(struct name *name)
{
	for (size_t i = 1; i < name->n; i++) {
		struct letter *before = &name->letter[i - 1];
		struct letter *l = &name->letter[i];

		if (!is_vowel(before) || !is_vowel(l) || !before->tone)
			continue;
		if (l->tone == 0) {
			l->tone = before->tone;
			l->tone_back = before->tone_back + 1;
		} else {
			l->tone |= before->tone << MARK_BITS;
		}
		before->tone = 0;
		before->tone_back = 0;
	}
}

static bool take_apart(const char *text, struct name *name)
{
	char upper[TEXT_SIZE];
	char nfc[TEXT_SIZE];
	const char *s = upper;

	name->n = 0;
	name->chars = 0;
	if (!text_nfc(text, nfc, sizeof(nfc)) ||
		!viet_upper(nfc, upper, sizeof(upper)))
		return false;
	while (*s)
		if (!add_char(name, utf8_next(&s)))
			return false;
	gather_tones(name);
	return true;
}

static bool same_shape(const struct letter *a, const struct letter *b)
{
	return a->base == b->base && a->marks == b->marks;
}

static uint32_t plain_base(const struct letter *l)
{
	return l->base == 0x110 ? 'D' : l->base; /* Đ */
}

static int cost_of(const struct letter *a, const struct letter *b)
{
	if (same_shape(a, b) && a->tone == b->tone)
		return COST_SAME;
	if (plain_base(a) == plain_base(b))
		return COST_MARKS;
	if (a->base == ' ' || b->base == ' ')
		return COST_FOREIGN;
	return COST_OTHER;
}

static bool same_letters(const struct name *a, const struct name *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (cost_of(&a->letter[i], &b->letter[i]) != COST_SAME)
			return false;
	return true;
}

/* ---- where they differ ---- */

/* cost[i][j]: to make the first j letters of b of the first i of a. */
struct edits {
	uint16_t cost[MAX_CHARS + 1][MAX_CHARS + 1];
};

static uint16_t least(int a, int b, int c)
{
	const int ab = a < b ? a : b;

	return (uint16_t)(ab < c ? ab : c);
}

static void fill(struct edits *e, const struct name *a, const struct name *b)
{
	for (size_t i = 0; i <= a->n; i++)
		e->cost[i][0] = (uint16_t)(i * COST_GAP);
	for (size_t j = 0; j <= b->n; j++)
		e->cost[0][j] = (uint16_t)(j * COST_GAP);
	for (size_t i = 1; i <= a->n; i++)
		for (size_t j = 1; j <= b->n; j++)
			e->cost[i][j] = least(e->cost[i - 1][j] + COST_GAP,
				e->cost[i][j - 1] + COST_GAP,
				e->cost[i - 1][j - 1] +
					cost_of(&a->letter[i - 1],
						&b->letter[j - 1]));
}

struct flags {
	bool *differs;
	size_t max;
};

static void raise_flag(const struct flags *f, size_t at)
{
	if (at < f->max)
		f->differs[at] = true;
}

/* Letter j of b stands where a has its letter l, and is not the same. */
static void flag_change(const struct flags *f, const struct letter *l,
	const struct name *b, size_t j)
{
	const struct letter *m = &b->letter[j];
	/* A tone that b lacks is missed where a writes it. */
	const size_t back = m->tone ? m->tone_back : l->tone_back;

	if (!same_shape(l, m))
		raise_flag(f, m->at);
	if (l->tone != m->tone && back <= j && is_vowel(&b->letter[j - back]))
		raise_flag(f, b->letter[j - back].at);
}

static void flag_differences(const struct name *a, const struct name *b,
	const struct flags *f)
{
	struct edits e;
	size_t i = a->n;
	size_t j = b->n;

	fill(&e, a, b);
	while (j > 0) {
		const struct letter *l = i > 0 ? &a->letter[i - 1] : NULL;

		if (l &&
			e.cost[i][j] == e.cost[i - 1][j - 1] +
						cost_of(l, &b->letter[j - 1])) {
			flag_change(f, l, b, j - 1);
			i--;
			j--;
		} else if (l && e.cost[i][j] == e.cost[i - 1][j] + COST_GAP) {
			i--;
		} else {
			raise_flag(f, b->letter[j - 1].at);
			j--;
		}
	}
}

/* ---- the same after folding, or nearly ---- */

static int compare_words(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Cut folded text into its words, sorted; returns how many. */
static size_t sorted_words(char *text, char *word[MAX_WORDS])
{
	size_t n = 0;

	while (*text && n < MAX_WORDS) {
		word[n++] = text;
		text += strcspn(text, " ");
		if (*text)
			*text++ = '\0';
	}
	qsort(word, n, sizeof(*word), compare_words);
	return n;
}

static bool same_but_blanks(const char *a, const char *b)
{
	for (;; a++, b++) {
		a += strspn(a, " ");
		b += strspn(b, " ");
		if (*a != *b)
			return false;
		if (!*a)
			return true;
	}
}

static bool are_alike(const char *a, const char *b)
{
	char folded[2][2 * MAX_CHARS + 1];
	char *word[2][MAX_WORDS];
	size_t n;

	if (!viet_is_latin(a) || !viet_is_latin(b) ||
		!viet_fold(a, folded[0], sizeof(folded[0])) ||
		!viet_fold(b, folded[1], sizeof(folded[1])) || !folded[0][0])
		return false;
	if (same_but_blanks(folded[0], folded[1]))
		return true;
	n = sorted_words(folded[0], word[0]);
	if (sorted_words(folded[1], word[1]) != n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (strcmp(word[0][i], word[1][i]) != 0)
			return false;
	return true;
}

enum viet_verdict viet_compare(const char *a, const char *b, bool *differs,
	size_t max)
{
	struct name left;
	struct name right;

	if (!take_apart(a, &left) || !take_apart(b, &right))
		return strcmp(a, b) == 0 ? VIET_EQUAL : VIET_DIFFERENT;
	if (differs) {
		for (size_t i = 0; i < right.chars && i < max; i++)
			differs[i] = false;
	}
	if (same_letters(&left, &right))
		return VIET_EQUAL;
	if (differs)
		flag_differences(&left, &right, &(struct flags){differs, max});
	return are_alike(a, b) ? VIET_ALIKE : VIET_DIFFERENT;
}
