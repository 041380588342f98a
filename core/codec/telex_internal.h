/*
 * telex_internal.h - what a syllable may be: for telex.c and its rules.
 */
#ifndef CORE_CODEC_TELEX_INTERNAL_H
#define CORE_CODEC_TELEX_INTERNAL_H

#include "core/codec/telex.h"
#include "core/codec/viet_letter.h"

/* Letters without their tone; the tone belongs to the syllable. */
struct telex_syllable {
	const struct viet_letter *l;
	size_t n;
	enum viet_tone tone;
};

/* onset l[0..vowel), vowels l[vowel..coda), l[coda..n) what closes it. */
struct telex_parts {
	size_t vowel;
	size_t coda;
	bool minority; /* an onset that only Highland names have */
	bool english;  /* or English; only marks tell that it is a name */
};

/*
 * Can these letters be, or become by more marks and letters, a syllable?
 * Consonants alone always can: HĐND.
 */
bool telex_can_be(const struct telex_syllable *s, struct telex_parts *parts);

/* Does the tone go with what closes the syllable? */
bool telex_tone_fits(const struct telex_syllable *s,
	const struct telex_parts *p);

/* The letter that bears the tone. */
size_t telex_tone_at(const struct telex_syllable *s,
	const struct telex_parts *p, enum telex_style style);

/* The word while its keys are played. */
struct telex_word {
	enum telex_method method;
	struct viet_letter l[TELEX_MAX_KEYS];
	bool alone[TELEX_MAX_KEYS]; /* made whole by one key */
	uint32_t as_typed[TELEX_MAX_KEYS];
	size_t n;
	size_t typed;
	size_t start; /* the last syllable of a name written in one */
	enum viet_tone tone;
	uint32_t last; /* the key before, small; 0 if it was a letter */
	bool undone;   /* the last key took something back: */
	uint32_t self; /* and stands for itself */
};

/* Play the keys of t into w. */
void telex_play_all(const struct telex *t, struct telex_word *w);

/*
 * Play one key more, for which there is room. False if it is no part of the
 * word; w is then of no use any more.
 */
bool telex_play(struct telex_word *w, uint32_t key);

/* Is it to be shown with its marks? Otherwise as_typed. */
bool telex_is_word(const struct telex_word *w);

/* The letters with tone and marks; returns how many. */
size_t telex_compose(struct telex_word *w, enum telex_style style,
	uint32_t out[TELEX_MAX_KEYS]);

#endif
