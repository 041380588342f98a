/*
 * telex_play.c - what the keys of one word do: telex_internal.h.
 */
#include <string.h>

#include "core/codec/telex_internal.h"

/* What a key can do. */
enum role_act {
	ACT_TONE,
	ACT_MARK,
	ACT_ALONE, /* a letter with its mark: [ and ] */
};

struct deed {
	char key;
	uint8_t act;       /* enum role_act */
	uint8_t tone;      /* enum viet_tone */
	uint8_t mark;      /* enum viet_mark */
	const char *bases; /* letters that can take the mark */
};

static const struct deed telex_deeds[] = {
	{'s', ACT_TONE, VIET_SAC, 0, ""},
	{'f', ACT_TONE, VIET_HUYEN, 0, ""},
	{'r', ACT_TONE, VIET_HOI, 0, ""},
	{'x', ACT_TONE, VIET_NGA, 0, ""},
	{'j', ACT_TONE, VIET_NANG, 0, ""},
	{'z', ACT_TONE, VIET_NGANG, 0, ""},
	{'a', ACT_MARK, 0, VIET_HAT, "a"},
	{'e', ACT_MARK, 0, VIET_HAT, "e"},
	{'o', ACT_MARK, 0, VIET_HAT, "o"},
	{'d', ACT_MARK, 0, VIET_BAR, "d"},
	{'w', ACT_MARK, 0, VIET_HORN, "aou"}, /* on a: breve */
	{'[', ACT_ALONE, 0, VIET_HORN, "o"},
	{']', ACT_ALONE, 0, VIET_HORN, "u"},
	{'{', ACT_ALONE, 0, VIET_HORN, "O"},
	{'}', ACT_ALONE, 0, VIET_HORN, "U"},
};
static const struct deed vni_deeds[] = {
	{'1', ACT_TONE, VIET_SAC, 0, ""},
	{'2', ACT_TONE, VIET_HUYEN, 0, ""},
	{'3', ACT_TONE, VIET_HOI, 0, ""},
	{'4', ACT_TONE, VIET_NGA, 0, ""},
	{'5', ACT_TONE, VIET_NANG, 0, ""},
	{'0', ACT_TONE, VIET_NGANG, 0, ""},
	{'6', ACT_MARK, 0, VIET_HAT, "aeo"},
	{'7', ACT_MARK, 0, VIET_HORN, "ou"},
	{'8', ACT_MARK, 0, VIET_BREVE, "a"},
	{'9', ACT_MARK, 0, VIET_BAR, "d"},
};

static uint32_t small(uint32_t key)
{
	return key >= 'A' && key <= 'Z' ? key | 0x20 : key;
}

static bool is_capital(uint32_t key)
{
	return key >= 'A' && key <= 'Z';
}

static const struct deed *deed_of(enum telex_method method, uint32_t key)
{
	const struct deed *deed = method == TELEX_VNI ? vni_deeds : telex_deeds;
	size_t n = method == TELEX_VNI
			   ? sizeof(vni_deeds) / sizeof(vni_deeds[0])
			   : sizeof(telex_deeds) / sizeof(telex_deeds[0]);

	if (method == TELEX_OFF)
		return NULL;
	for (; n > 0; n--, deed++)
		if ((uint32_t)(unsigned char)deed->key == small(key))
			return deed;
	return NULL;
}

static struct telex_syllable syllable_of(const struct telex_word *w)
{
	return (struct telex_syllable){w->l + w->start, w->n - w->start,
		w->tone};
}

static bool can_be(const struct telex_word *w, struct telex_parts *p)
{
	const struct telex_syllable s = syllable_of(w);

	return telex_can_be(&s, p);
}

static bool has_vowel(const struct telex_word *w, const struct telex_parts *p)
{
	return p->vowel < w->n - w->start;
}

/* ---- letters ---- */

/*
 * Names of two syllables in one, Êban, Đakrông: the first has a mark and no
 * tone, and a consonant comes that cannot close it.
 */
static bool begins_another(const struct telex_word *w,
	const struct viet_letter *l)
{
	struct telex_parts p;

	if (w->tone != VIET_NGANG || viet_letter_is_vowel(l) ||
		!can_be(w, &p) || !has_vowel(w, &p))
		return false;
	for (size_t i = w->start; i < w->n; i++)
		if (w->l[i].mark != VIET_PLAIN && !w->alone[i])
			return true;
	return false;
}

static void add(struct telex_word *w, const struct viet_letter *l, bool alone)
{
	w->alone[w->n] = alone;
	w->l[w->n++] = *l;
}

/* The tone so far gets its place: what follows is another syllable. */
static void close_syllable(struct telex_word *w, size_t start)
{
	const struct telex_syllable s = {w->l + w->start, start - w->start,
		w->tone};
	struct telex_parts p;

	if (w->tone != VIET_NGANG && telex_can_be(&s, &p))
		w->l[w->start + telex_tone_at(&s, &p, TELEX_OLD)].tone =
			w->tone;
	w->tone = VIET_NGANG;
	w->start = start;
}

static void add_letter(struct telex_word *w, const struct viet_letter *l)
{
	/* No foreign word has digits: VNI never shows its keys again. */
	const bool other = w->method == TELEX_VNI || begins_another(w, l);
	struct telex_parts p;

	add(w, l, false);
	if (other && !can_be(w, &p))
		close_syllable(w, w->n - 1);
}

/* A letter with its mark: w, [ and ]. False if it cannot stand here. */
static bool add_alone(struct telex_word *w, char base, bool upper)
{
	const struct viet_letter l = {.base = (char)small((uint32_t)base),
		.upper = upper || is_capital((uint32_t)base),
		.mark = VIET_HORN};
	struct telex_parts p;

	add(w, &l, true);
	if (can_be(w, &p))
		return true;
	w->n--;
	return false;
}

/* ---- tones ---- */

static bool takes_tone(const struct telex_word *w, const struct deed *d)
{
	struct telex_syllable s = syllable_of(w);
	struct telex_parts p;

	s.tone = (enum viet_tone)d->tone;
	if (w->start > 0 || !telex_can_be(&s, &p) || !has_vowel(w, &p))
		return false;
	/* Ksor, Rcom: such names close with r, and have no hỏi. */
	if (p.minority && d->key == 'r')
		return false;
	return w->method == TELEX_VNI || telex_tone_fits(&s, &p);
}

static void undo(struct telex_word *w, uint32_t key)
{
	w->undone = true;
	w->self = key;
}

static bool play_tone(struct telex_word *w, const struct deed *d, uint32_t key)
{
	const bool none = d->tone == VIET_NGANG;

	if (!takes_tone(w, d))
		return false;
	if (w->tone != d->tone) {
		w->tone = (enum viet_tone)d->tone;
		return true;
	}
	if (none && w->last != small(key))
		return false;
	w->tone = VIET_NGANG;
	undo(w, key);
	return true;
}

/* ---- marks ---- */

static enum viet_mark mark_on(const struct deed *d, const struct viet_letter *l)
{
	return d->key == 'w' && l->base == 'a' ? VIET_BREVE
					       : (enum viet_mark)d->mark;
}

static bool is_marked(const struct deed *d, const struct viet_letter *l)
{
	return strchr(d->bases, l->base) && l->mark == mark_on(d, l);
}

/*
 * A hat from a distance, "tiengse", needs a consonant in front: the river
 * Ana is no Ân.
 */
static bool reaches(const struct telex_word *w, const struct deed *d, size_t i)
{
	if (i + 1 == w->n || d->key != d->bases[0] || d->key == 'd')
		return true;
	return !viet_letter_is_vowel(&w->l[w->start]);
}

static bool put_mark(struct telex_word *w, const struct deed *d)
{
	struct telex_parts p;

	for (size_t i = w->n; i-- > w->start;) {
		struct viet_letter *l = &w->l[i];
		const struct viet_letter was = *l;

		if (!strchr(d->bases, l->base) || is_marked(d, l) ||
			!reaches(w, d, i))
			continue;
		l->mark = mark_on(d, l);
		if (can_be(w, &p))
			return true;
		*l = was;
	}
	return false;
}

/* "xooong" is xoong: the one doubled vowel that the language has. */
static bool is_double_o(struct telex_word *w, uint32_t key)
{
	struct telex_parts p;
	struct viet_letter l;

	if (small(key) != 'o' || w->n == TELEX_MAX_KEYS ||
		!viet_letter_split(key, &l))
		return false;
	add(w, &l, false);
	if (can_be(w, &p)) {
		w->typed--;
		return true;
	}
	w->n--;
	return false;
}

/* The mark typed again: "aaa" is "aa", "ww" is "w". */
static bool take_back(struct telex_word *w, const struct deed *d, uint32_t key)
{
	for (size_t i = w->n; i-- > w->start;) {
		struct viet_letter *l = &w->l[i];

		if (!is_marked(d, l))
			continue;
		l->mark = VIET_PLAIN;
		if (!w->alone[i]) {
			if (!is_double_o(w, key))
				undo(w, key);
			return true;
		}
		/* It was made by one key: nothing of it was a letter. */
		if (i + 1 == w->n && w->last == small(key)) {
			undo(w, l->upper && key == 'w' ? 'W' : key);
			w->n--;
			return true;
		}
		l->mark = VIET_HORN;
		return false;
	}
	return false;
}

static bool play_mark(struct telex_word *w, const struct deed *d, uint32_t key)
{
	/* A letter that comes again later is a letter: ôtô. */
	const bool is_letter = d->key == d->bases[0];

	if (w->last == small(key) && take_back(w, d, key))
		return true;
	if (put_mark(w, d))
		return true;
	if (d->key == 'w' && add_alone(w, 'u', is_capital(key)))
		return true;
	return !is_letter && take_back(w, d, key);
}

static bool play_alone(struct telex_word *w, const struct deed *d, uint32_t key)
{
	if (w->last == key && w->n > 0 && w->alone[w->n - 1]) {
		w->n--;
		undo(w, key);
		return true;
	}
	return add_alone(w, d->bases[0], false);
}

/* ---- keys ---- */

static bool act(struct telex_word *w, const struct deed *d, uint32_t key)
{
	switch ((enum role_act)d->act) {
	case ACT_TONE:
		return play_tone(w, d, key);
	case ACT_MARK:
		return play_mark(w, d, key);
	case ACT_ALONE:
		return play_alone(w, d, key);
	}
	return false;
}

bool telex_play(struct telex_word *w, uint32_t key)
{
	const struct deed *d = deed_of(w->method, key);
	struct viet_letter l;

	w->as_typed[w->typed++] = key;
	if (d && act(w, d, key)) {
		w->last = small(key);
		return true;
	}
	w->last = 0;
	if (!viet_letter_split(key, &l))
		return false;
	add_letter(w, &l);
	return true;
}

void telex_play_all(const struct telex *t, struct telex_word *w)
{
	memset(w, 0, sizeof(*w));
	w->method = t->method;
	for (size_t i = 0; i < t->n; i++)
		telex_play(w, t->key[i]);
}

/* ---- what it looks like ---- */

/* ươ, of which one horn is typed; uơ stays where nothing follows: thuở. */
static void complete_horns(struct telex_word *w, const struct telex_parts *p)
{
	for (size_t i = w->start + p->vowel; i + 1 < w->start + p->coda; i++) {
		struct viet_letter *u = &w->l[i];
		struct viet_letter *o = u + 1;

		if (u->base != 'u' || o->base != 'o')
			continue;
		if (u->mark == VIET_HORN && o->mark == VIET_PLAIN)
			o->mark = VIET_HORN;
		if (o->mark == VIET_HORN && i + 2 < w->n)
			u->mark = VIET_HORN;
	}
}

size_t telex_compose(struct telex_word *w, enum telex_style style,
	uint32_t out[TELEX_MAX_KEYS])
{
	const struct telex_syllable s = syllable_of(w);
	struct telex_parts p;

	telex_can_be(&s, &p);
	if (!w->undone)
		complete_horns(w, &p);
	if (w->tone != VIET_NGANG)
		w->l[w->start + telex_tone_at(&s, &p, style)].tone = w->tone;
	for (size_t i = 0; i < w->n; i++)
		out[i] = viet_letter_join(&w->l[i]);
	return w->n;
}

bool telex_is_word(const struct telex_word *w)
{
	const struct telex_syllable s = syllable_of(w);
	struct telex_parts p;

	if (w->method == TELEX_VNI)
		return true;
	return w->n > 0 && telex_can_be(&s, &p) && telex_tone_fits(&s, &p) &&
	       (w->start == 0 || has_vowel(w, &p));
}
