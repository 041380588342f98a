/*
 * viet_sort.c - see viet_sort.h. A key is, for each syllable, its letters and
 * then its tone; behind the last one comes the case of all letters. A tone is
 * a smaller byte than any letter, so that "ba" and its tone come before
 * "ban", and the end of the names a smaller one than any tone.
 */
#include "core/codec/viet_sort.h"

#include <stdint.h>
#include <string.h>

#include "core/buf.h"
#include "core/codec/viet.h"
#include "core/codec/viet_letter.h"
#include "core/text.h"
#include "core/utf8.h"

enum {
	END_OF_NAME = ' ',
	TONE_FIRST = '!', /* six of them */
	TONE_LAST = TONE_FIRST + VIET_NANG,
	CASE_SMALL = '(',
	CASE_CAPITAL = ')',
	DIGIT_FIRST = '*',  /* ten */
	LETTER_FIRST = '4', /* up to 'n' */
	OTHER_SCRIPT = '~', /* and its number in five bytes */
	MAX_BYTES = 1024,   /* of a name; more is none */
	CASES_SIZE = 2 * MAX_BYTES
};

struct keeper {
	struct buf key;
	struct buf cases;
	enum viet_tone tone; /* of the syllable */
	bool open;           /* a syllable has begun */
	char last;           /* base of the letter just put; 0 if none */
};

/* ---- letters ---- */

/* Letters that a base stands for, with the one for any other mark. */
static int variants(char base)
{
	switch (base) {
	case 'a':
	case 'o':
		return 4;
	case 'd':
	case 'e':
	case 'u':
		return 3;
	default:
		return 2;
	}
}

static int variant(const struct viet_letter *l)
{
	switch (l->mark) {
	case VIET_PLAIN:
		return 0;
	case VIET_BREVE:
	case VIET_BAR:
		return 1;
	case VIET_HAT:
		return l->base == 'a' ? 2 : 1;
	case VIET_HORN:
		return l->base == 'o' ? 2 : 1;
	}
	return 0;
}

static unsigned weight(char base, int which)
{
	int n = LETTER_FIRST;

	for (char c = 'a'; c < base; c++)
		n += variants(c);
	return (unsigned)(n + which);
}

static void put_weight(struct keeper *k, unsigned w, bool upper)
{
	buf_byte(&k->key, w);
	buf_byte(&k->cases, upper ? CASE_CAPITAL : CASE_SMALL);
	k->open = true;
	k->last = 0;
}

static void put_letter(struct keeper *k, const struct viet_letter *l)
{
	put_weight(k, weight(l->base, variant(l)), l->upper);
	k->last = l->base;
	if (l->tone != VIET_NGANG)
		k->tone = l->tone;
}

static void end_syllable(struct keeper *k)
{
	if (k->open)
		buf_byte(&k->key, (unsigned)TONE_FIRST + k->tone);
	k->tone = VIET_NGANG;
	k->open = false;
	k->last = 0;
}

/*
 * A mark on a letter that has no character of its own with it: a tone, or
 * one that makes another letter of it.
 */
static bool put_mark(struct keeper *k, uint32_t ch)
{
	static const struct {
		uint32_t mark;
		enum viet_tone tone;
	} tones[] = {
		{0x300, VIET_HUYEN},
		{0x309, VIET_HOI},
		{0x303, VIET_NGA},
		{0x301, VIET_SAC},
		{0x323, VIET_NANG},
	};

	if (ch < 0x300 || ch >= 0x370)
		return false;
	for (size_t i = 0; i < sizeof(tones) / sizeof(tones[0]); i++)
		if (tones[i].mark == ch) {
			k->tone = tones[i].tone;
			return true;
		}
	if (k->last && !k->key.full)
		k->key.data[k->key.len - 1] =
			(uint8_t)weight(k->last, variants(k->last) - 1);
	return true;
}

/* A letter that the language has not, or no letter. */
static void put_other(struct keeper *k, uint32_t ch)
{
	char character[UTF8_MAX_BYTES + 1];
	char upper[UTF8_MAX_BYTES + 1];
	char folded[8];
	bool is_small;

	character[utf8_encode(ch, character)] = '\0';
	if (!viet_is_latin(character)) {
		buf_byte(&k->key, OTHER_SCRIPT);
		for (int shift = 20; shift >= 0; shift -= 5)
			buf_byte(&k->key, '0' + (ch >> shift & 0x1f));
		k->open = true;
		return;
	}
	if (!viet_fold(character, folded, sizeof(folded)) || !*folded) {
		end_syllable(k);
		return;
	}
	is_small = viet_upper(character, upper, sizeof(upper)) &&
		   strcmp(upper, character) != 0;
	for (const char *c = folded; *c; c++)
		put_weight(k, weight(*c, variants(*c) - 1), !is_small);
}

/* Letters of the language and ASCII, as nearly all names are: that is NFC. */
static bool put_plain(struct keeper *k, uint32_t ch)
{
	struct viet_letter l;

	if (viet_letter_split(ch, &l))
		put_letter(k, &l);
	else if (ch >= '0' && ch <= '9')
		put_weight(k, DIGIT_FIRST + (ch - '0'), false);
	else if (ch < 0x80)
		end_syllable(k);
	else
		return false;
	return true;
}

/* ---- keys ---- */

static void begin(struct keeper *k, char *out, size_t size, char *cases,
	size_t cases_size)
{
	*k = (struct keeper){.tone = VIET_NGANG};
	buf_init(&k->key, out, size);
	buf_init(&k->cases, cases, cases_size);
}

/* False at the first character that is not plain; nothing is lost by that. */
static bool put_plain_name(struct keeper *k, const char *name)
{
	while (*name && !k->key.full)
		if (!put_plain(k, utf8_next(&name)))
			return false;
	end_syllable(k);
	return true;
}

static bool put_name(struct keeper *k, const char *name)
{
	char nfc[MAX_BYTES];
	const char *s = nfc;

	if (!text_nfc(name, nfc, sizeof(nfc)))
		return false;
	while (*s && !k->key.full) {
		const uint32_t ch = utf8_next(&s);

		if (!put_plain(k, ch) && !put_mark(k, ch))
			put_other(k, ch);
	}
	end_syllable(k);
	return true;
}

/* The syllables of a name, each with its tone, and the case of its letters. */
static bool put_syllables(struct keeper *k, const char *name, char *out,
	size_t size, char cases[CASES_SIZE])
{
	begin(k, out, size, cases, CASES_SIZE);
	if (put_plain_name(k, name))
		return true;
	begin(k, out, size, cases, CASES_SIZE);
	return put_name(k, name);
}

/* Was there room, for the NUL too? Else the key is "". */
static bool end_key(struct buf *key, size_t size)
{
	if (key->full || key->len == size) {
		key->data[0] = '\0';
		return false;
	}
	buf_text(key);
	return true;
}

bool viet_sort_key(const char *name, char *out, size_t size)
{
	char cases[CASES_SIZE];
	struct keeper k;

	if (size == 0)
		return false;
	out[0] = '\0';
	if (!put_syllables(&k, name, out, size, cases)) {
		out[0] = '\0';
		return false;
	}
	buf_byte(&k.key, END_OF_NAME);
	buf_put(&k.key, k.cases.data, k.cases.len);
	k.key.full = k.key.full || k.cases.full;
	return end_key(&k.key, size);
}

bool viet_words_key(const char *words, char *out, size_t size)
{
	char cases[CASES_SIZE];
	struct keeper k;

	if (size == 0)
		return false;
	out[0] = '\0';
	if (put_syllables(&k, words, out, size, cases))
		return end_key(&k.key, size);
	out[0] = '\0';
	return false;
}

/* Behind the tone of the syllable that begins here. */
static size_t syllable_end(const char *key, size_t at)
{
	while (key[at] > TONE_LAST)
		at++;
	return key[at] ? at + 1 : at;
}

bool viet_list_turn(const char *key, char *out, size_t size)
{
	const size_t len = strlen(key);
	const size_t family = syllable_end(key, 0);
	size_t given = 0; /* where the last syllable begins */
	struct buf b;

	if (size == 0)
		return false;
	for (size_t at = 0; at < len; at = syllable_end(key, at))
		given = at;
	buf_init(&b, out, size);
	buf_put(&b, key + given, len - given);
	if (given > 0) {
		buf_put(&b, key + family, given - family);
		buf_byte(&b, END_OF_NAME); /* Thị before Thị Hồng */
		buf_put(&b, key, family);
	}
	return end_key(&b, size);
}

bool viet_list_key(const char *name, char *out, size_t size)
{
	char key[4 * MAX_BYTES];

	if (size > 0)
		out[0] = '\0';
	return viet_words_key(name, key, sizeof(key)) &&
	       viet_list_turn(key, out, size);
}

int viet_compare_order(const char *a, const char *b)
{
	char left[4 * MAX_BYTES];
	char right[4 * MAX_BYTES];

	if (!viet_sort_key(a, left, sizeof(left)) ||
		!viet_sort_key(b, right, sizeof(right)))
		return strcmp(a, b);
	return strcmp(left, right);
}
