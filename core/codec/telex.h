/*
 * telex.h - Telex and VNI: keys become Vietnamese syllables.
 *
 * A terminal without a desktop has no input method, so the text fields have
 * their own. A struct telex holds the keys of the word that is being typed
 * and says after each key what the word looks like now; what stands before
 * it on the line is never touched. Pure; any thread.
 *
 *	Telex  s f r x j  tones (sắc huyền hỏi ngã nặng), z none
 *	       aa ee oo   hats;  w  breve or horn, alone ư;  dd  đ
 *	       [ ]        ơ ư;   { } in capitals
 *	VNI    1 2 3 4 5  tones, 0 none;  6 hat, 7 horn, 8 breve, 9 đ
 *
 * Tones may be typed anywhere behind the vowel, marks too: "tieengs",
 * "tieesng" and "tiengse" are all tiếng. The first half of ươ may be left
 * out: "thuowng". A mark or tone typed once more is taken back and the key
 * stands for itself, as do all others up to the end of the word: "ass" is
 * "as", "aaa" is "aa". What can be no syllable stands as it was typed:
 * "windows", "text", "next".
 *
 * Names of the peoples of the Highlands are words too: "Krông", "Êban",
 * "Păl". Behind such a beginning (Ks, Kr, Hm ...) r is a letter: "Ksor".
 * The price is some English: "green" becomes "grên".
 */
#ifndef CORE_CODEC_TELEX_H
#define CORE_CODEC_TELEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/utf8.h"

enum telex_method {
	TELEX_OFF, /* keys are letters */
	TELEX_TELEX,
	TELEX_VNI,
	TELEX_METHOD_COUNT,
};

/* Where the tone of oa, oe and uy stands if nothing follows. */
enum telex_style {
	TELEX_OLD, /* hòa, khỏe, thủy */
	TELEX_NEW, /* hoà, khoẻ, thuỷ */
};

enum {
	TELEX_MAX_KEYS = 32, /* of a word; what is longer is no syllable */
	TELEX_TEXT_SIZE = TELEX_MAX_KEYS * UTF8_MAX_BYTES + 1,
	TELEX_LINE_SIZE = 1024 /* of a line that is typed on */
};

struct telex {
	enum telex_method method;
	enum telex_style style;
	bool literal; /* up to the end of the word keys are letters */
	size_t n;
	uint32_t key[TELEX_MAX_KEYS];
	char text[TELEX_TEXT_SIZE]; /* the word as it looks now, NFC */
};

void telex_init(struct telex *t, enum telex_method method,
	enum telex_style style);

/* No word any more; method and style stay. */
void telex_clear(struct telex *t);

/*
 * One key, a Unicode character. True: text is the word now. False: the key
 * belongs to no word (blank, digit, sign, or the word is too long); the word
 * is over and forgotten, the key is to stand behind it as it is.
 */
bool telex_key(struct telex *t, uint32_t key);

/* Take away the last character of text; false if there is none. */
bool telex_erase(struct telex *t);

/*
 * Go on with the word at the end of line, whoever wrote it. After letters
 * that no keys give, or a digit, the rest of the word is literal.
 */
void telex_adopt(struct telex *t, const char *line);

/* The keys of the word as text: what stood there with TELEX_OFF. */
void telex_keys(const struct telex *t, char out[TELEX_TEXT_SIZE]);

/*
 * The same for a whole line of clean text (text.h) whose end is the word of
 * t: type one key, erase one character, erase the last word with the blanks
 * behind it. False, and nothing changed, if it does not fit into size, or
 * there is nothing to erase. A mark without a letter joins what is before it,
 * on lines of less than TELEX_LINE_SIZE bytes.
 */
bool telex_type(struct telex *t, char *line, size_t size, uint32_t key);
bool telex_rub(struct telex *t, char *line, size_t size);
bool telex_rub_word(struct telex *t, char *line);

/* What all of keys give; false, and out "", if it does not fit. */
bool telex_text(enum telex_method method, enum telex_style style,
	const char *keys, char *out, size_t size);

#endif
