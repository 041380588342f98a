/*
 * viet.h - Vietnamese names: fold the marks, compare, find, set in columns.
 *
 * Folding takes away tones, marks, case, punctuation and double blanks, and
 * writes đ as d: "H' Mẫu Êban" becomes "h mau eban". Names on lists, cards
 * and at banks differ by just these things. Input is clean text (text.h).
 * Pure; any thread.
 */
#ifndef CORE_CODEC_VIET_H
#define CORE_CODEC_VIET_H

#include <stdbool.h>
#include <stddef.h>

enum {
	VIET_NAME_SIZE = 128 /* bytes for any name we keep */
};

/*
 * a-z, 0-9 and single blanks; false, and out "", if it does not fit. What is
 * no letter parts words (H'Mẫu, Y-Bhăm), as does a letter that is not Latin.
 */
bool viet_fold(const char *name, char *out, size_t size);

enum viet_verdict {
	VIET_EQUAL,     /* the same letters, marks and order (case apart) */
	VIET_ALIKE,     /* the same folded, but for blanks or word order */
	VIET_DIFFERENT, /* something else */
};

/*
 * Compare two names. Tone placement (Hòa, Hoà), case, NFC and NFD never make
 * a difference. For ALIKE and DIFFERENT, differs, if not NULL, gets one flag
 * per character (code point of NFC text) of b that a does not have at that
 * place; at most max flags are written. A name with a letter of another
 * script (viet_is_latin) is never ALIKE. More than 160 characters, or ten
 * marks on a letter, are no name: EQUAL byte for byte or DIFFERENT, and no
 * flags.
 */
enum viet_verdict viet_compare(const char *a, const char *b, bool *differs,
	size_t max);

/* Upper case as the language has it: "Nguyễn Thị Đẹp" -> "NGUYỄN THỊ ĐẸP". */
bool viet_upper(const char *name, char *out, size_t size);

/* "NGUYỄN THỊ ĐẸP" -> "nguyễn thị đẹp". */
bool viet_lower(const char *name, char *out, size_t size);

/* "H'MẪU ÊBAN" -> "H'Mẫu Êban": a capital where a word begins. */
bool viet_title(const char *name, char *out, size_t size);

/*
 * text in exactly so many columns: cut at its end, or blanks behind it. A
 * wide character that would not fit whole is a blank. False, and out "", if
 * columns < 0 or it does not fit into size.
 */
bool viet_pad(const char *text, int columns, char *out, size_t size);

/* Does the name have letters that only a marked name has (or đ)? */
bool viet_has_marks(const char *name);

/*
 * Is every letter Latin? A Cyrillic а looks like ours and is another name to
 * every program: refuse such a name from a card or a list, with the reason.
 */
bool viet_is_latin(const char *name);

#endif
