/*
 * viet_letter.h - one Vietnamese letter taken apart: base, mark, tone, case.
 *
 * Typing (telex.h) and sorting (viet_sort.h) both think in these parts. The
 * 134 letters of the alphabet with tones and a-z are known, nothing else.
 * Pure; any thread.
 */
#ifndef CORE_CODEC_VIET_LETTER_H
#define CORE_CODEC_VIET_LETTER_H

#include <stdbool.h>
#include <stdint.h>

enum viet_mark {
	VIET_PLAIN,
	VIET_BREVE, /* ă */
	VIET_HAT,   /* â ê ô */
	VIET_HORN,  /* ơ ư */
	VIET_BAR,   /* đ */
};

/* In the order of dictionaries; see viet_sort.h. */
enum viet_tone {
	VIET_NGANG, /* a */
	VIET_HUYEN, /* à */
	VIET_HOI,   /* ả */
	VIET_NGA,   /* ã */
	VIET_SAC,   /* á */
	VIET_NANG,  /* ạ */
	VIET_TONE_COUNT,
};

struct viet_letter {
	char base; /* a to z */
	bool upper;
	enum viet_mark mark;
	enum viet_tone tone;
};

/* False if ch (of NFC text) is no letter of the language and not a-z. */
bool viet_letter_split(uint32_t ch, struct viet_letter *out);

/* The character of these parts; 0 if no letter has them. */
uint32_t viet_letter_join(const struct viet_letter *l);

/* a e i o u y, with any mark. */
bool viet_letter_is_vowel(const struct viet_letter *l);

#endif
