/*
 * telex_rules.c - which syllables there are, and where their tone stands.
 *
 * Onsets, rhymes and what may close them are the tables of the school book,
 * and what the names of the Highlands have beyond them. A rhyme also stands
 * for what it is before all its marks are typed: "uye" for uyê.
 */
#include <string.h>

#include "core/codec/telex_internal.h"
#include "core/utf8.h"

/* "q" and "g" take their u and i by code; "D" is đ. */
static const char onsets[] = " b c ch d D g gh gi h k kh l m n ng ngh nh p ph "
			     "q qu r s t th tr v x ";
static const char minority_onsets[] =
	" bh bl bk bkr br chr dh dl Dr dr gl gr hd hl hm hn hr hw j jr kb kD "
	"kd "
	"kg khr kl km kn kp kr ks kt ktl ml mn mng mr nd nj pl pn pr px rb rl "
	"rm rn rs rv sr thr tl w ";

/* Of these the ones that English has too: "press", "blood", "green". */
static const char english_onsets[] = " bl br dr gl gr pl pr ";

/* What closes any syllable, and what only Highland names close with. */
static const char minority_codas[] = " h l r s ";

struct rhyme {
	const char *vowels; /* with marks, without tone */
	const char *codas;  /* "" if it is always open */
};

#define ALL " c ch k m n ng nh p t "
#define MOST " c k m n ng p t "

static const struct rhyme rhymes[] = {
	{"a", ALL},
	{"ai", ""},
	{"ao", ""},
	{"au", ""},
	{"ay", ""},
	{"ă", MOST},
	{"â", MOST},
	{"âu", ""},
	{"ây", ""},
	{"e", MOST},
	{"eo", ""},
	{"ê", ALL},
	{"êu", ""},
	{"i", ALL},
	{"ia", ""},
	{"iu", ""},
	{"iê", MOST},
	{"iêu", ""},
	{"o", MOST},
	{"oi", ""},
	{"oa", ALL},
	{"oai", ""},
	{"oao", ""},
	{"oay", ""},
	{"oă", MOST},
	{"oe", " m n ng t "},
	{"oeo", ""},
	{"oo", " c k n ng "},
	{"ô", MOST},
	{"ôi", ""},
	{"ơ", MOST},
	{"ơi", ""},
	{"u", " c ch k m n ng p t "},
	{"ua", ""},
	{"uâ", " c n ng t "},
	{"uây", ""},
	{"uê", " c ch n nh "},
	{"ui", ""},
	{"uô", MOST},
	{"uôi", ""},
	{"uơ", ""},
	{"uy", " c ch n nh p t "},
	{"uya", ""},
	{"uyê", " n t "},
	{"uyu", ""},
	{"ư", MOST},
	{"ưa", ""},
	{"ưi", ""},
	{"ưu", ""},
	{"ươ", MOST},
	{"ươi", ""},
	{"ươu", ""},
	{"y", " ch m n nh p t "},
	{"yê", " m n ng t "},
	{"yêu", ""},
};
enum {
	RHYMES = sizeof(rhymes) / sizeof(rhymes[0]),
	MAX_ONSET = 3,
	MAX_CODA = 2
};

static bool is_plain(const struct viet_letter *l, char base)
{
	return l->base == base && l->mark == VIET_PLAIN;
}

/* Is " letters " (or with whole false, a word that begins so) in the list? */
static bool in_list(const char *list, const struct viet_letter *l, size_t n,
	bool whole)
{
	char word[MAX_ONSET + 3] = " ";

	if (n > MAX_ONSET)
		return false;
	for (size_t i = 0; i < n; i++)
		word[1 + i] = l[i].mark == VIET_BAR ? 'D' : l[i].base;
	word[1 + n] = whole ? ' ' : '\0';
	return strstr(list, word) != NULL;
}

/* ---- taking apart ---- */

static void take_apart(const struct telex_syllable *s, struct telex_parts *p)
{
	size_t at = 0;

	while (at < s->n && !viet_letter_is_vowel(&s->l[at]))
		at++;
	/* The u of qu is no vowel, nor the i of gi before another one. */
	if (at > 0 && at < s->n && is_plain(&s->l[at - 1], 'q') &&
		is_plain(&s->l[at], 'u'))
		at++;
	else if (at == 1 && at + 1 < s->n && is_plain(&s->l[0], 'g') &&
		 is_plain(&s->l[at], 'i') &&
		 viet_letter_is_vowel(&s->l[at + 1]))
		at++;
	p->vowel = at;
	while (at < s->n && viet_letter_is_vowel(&s->l[at]))
		at++;
	p->coda = at;
	p->minority = false;
	p->english = false;
}

static bool onset_is_good(const struct telex_syllable *s, struct telex_parts *p)
{
	if (p->vowel == 0 || in_list(onsets, s->l, p->vowel, true))
		return true;
	p->minority = in_list(minority_onsets, s->l, p->vowel, true);
	p->english = in_list(english_onsets, s->l, p->vowel, true);
	return p->minority;
}

/* Are the vowels typed so far the rhyme's, but for marks still missing? */
static bool vowels_match(const struct viet_letter *l, size_t n,
	const struct rhyme *r, bool whole)
{
	const char *at = r->vowels;

	for (size_t i = 0; i < n; i++) {
		struct viet_letter want;

		if (!viet_letter_split(utf8_next(&at), &want) ||
			l[i].base != want.base ||
			(l[i].mark != VIET_PLAIN && l[i].mark != want.mark))
			return false;
	}
	return !whole || *at == '\0';
}

static bool rhyme_is_good(const struct telex_syllable *s,
	const struct telex_parts *p)
{
	const struct viet_letter *coda = s->l + p->coda;
	const size_t closing = s->n - p->coda;
	const bool foreign = in_list(minority_codas, coda, closing, true);

	if (closing > MAX_CODA)
		return false;
	for (size_t i = 0; i < RHYMES; i++) {
		const struct rhyme *r = &rhymes[i];

		if (!vowels_match(s->l + p->vowel, p->coda - p->vowel, r,
			    closing > 0))
			continue;
		if (closing == 0 || (foreign && *r->codas) ||
			in_list(r->codas, coda, closing, false))
			return true;
	}
	return false;
}

bool telex_can_be(const struct telex_syllable *s, struct telex_parts *p)
{
	take_apart(s, p);
	if (p->vowel == s->n)
		return true;
	return onset_is_good(s, p) && rhyme_is_good(s, p);
}

/* ---- the tone ---- */

static bool has_mark(const struct telex_syllable *s)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->l[i].mark != VIET_PLAIN)
			return true;
	return false;
}

bool telex_tone_fits(const struct telex_syllable *s,
	const struct telex_parts *p)
{
	const struct viet_letter *last = &s->l[s->n - 1];

	if (s->tone == VIET_NGANG)
		return true;
	if (p->english && !has_mark(s))
		return false;
	if (p->coda == s->n)
		return true;
	if (in_list(minority_codas, s->l + p->coda, s->n - p->coda, true))
		return false;
	/* c, ch, k, p, t close hard: only sắc and nặng are there. */
	if (last->base != 'c' && last->base != 'k' && last->base != 'p' &&
		last->base != 't' && !is_plain(&s->l[p->coda], 'c'))
		return true;
	return s->tone == VIET_SAC || s->tone == VIET_NANG;
}

/* oa, oe, uy, in which habits differ while nothing follows. */
static bool is_gliding(const struct viet_letter *l)
{
	return (l[0].base == 'o' && (l[1].base == 'a' || l[1].base == 'e')) ||
	       (l[0].base == 'u' && l[1].base == 'y');
}

size_t telex_tone_at(const struct telex_syllable *s,
	const struct telex_parts *p, enum telex_style style)
{
	const size_t n = p->coda - p->vowel;
	const struct viet_letter *l = s->l + p->vowel;

	for (size_t i = n; i-- > 0;)
		if (l[i].mark != VIET_PLAIN)
			return p->vowel + i;
	if (n == 1)
		return p->vowel;
	if (n >= 3 || p->coda < s->n || (l[0].base == l[1].base) ||
		(style == TELEX_NEW && is_gliding(l)))
		return p->vowel + 1;
	return p->vowel;
}
