/*
 * utf8.h - UTF-8 character by character: decode, encode, width, cut.
 *
 * Strict: no overlong forms, no surrogates, nothing above U+10FFFF. Width is
 * in terminal columns and does not depend on the system's locale.
 */
#ifndef CORE_UTF8_H
#define CORE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	UTF8_BAD = 0xfffd, /* what a byte that is no UTF-8 decodes to */
	UTF8_MAX_BYTES = 4
};

/*
 * Decode the character at text[0..len), len > 0, and set *used to its bytes.
 * A byte that starts no good character gives UTF8_BAD and uses 1.
 */
uint32_t utf8_decode(const char *text, size_t len, size_t *used);

/* The next character of a C string, moving *text past it; 0 at the end. */
uint32_t utf8_next(const char **text);

/* Write one character; returns its bytes, 1 to 4. out is not ended by NUL. */
size_t utf8_encode(uint32_t ch, char out[UTF8_MAX_BYTES]);

/* Is all of it good UTF-8? */
bool utf8_valid(const void *bytes, size_t len);

/* Columns of one character: 0 combining or control, 1, or 2 when wide. */
int utf8_width(uint32_t ch);

/* Columns of a C string. */
int utf8_columns(const char *text);

/* The largest n <= max such that text[0..n) ends between characters. */
size_t utf8_cut(const char *text, size_t max);

/* The bytes at the start of text that fit into so many columns. */
size_t utf8_cut_columns(const char *text, int columns);

#endif
