/*
 * viet.h - Vietnamese names: fold the marks, compare, find.
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

/* a-z, 0-9 and single blanks; false, and out "", if it does not fit. */
bool viet_fold(const char *name, char *out, size_t size);

enum viet_verdict {
	VIET_EQUAL,     /* the same letters, marks and order (case apart) */
	VIET_ALIKE,     /* the same after folding, or the words reordered */
	VIET_DIFFERENT, /* something else */
};

/*
 * Compare two names. Tone placement (Hòa, Hoà), case, NFC and NFD never make
 * a difference. For ALIKE and DIFFERENT, differs, if not NULL, gets one flag
 * per character (code point of NFC text) of b that a does not have at that
 * place; at most max flags are written.
 */
enum viet_verdict viet_compare(const char *a, const char *b, bool *differs,
	size_t max);

/* Upper case as the language has it: "Nguyễn Thị Đẹp" -> "NGUYỄN THỊ ĐẸP". */
bool viet_upper(const char *name, char *out, size_t size);

/* Does the name have letters that only a marked name has (or đ)? */
bool viet_has_marks(const char *name);

#endif
