/*
 * str.h - small work on C strings that always ends inside the buffer.
 *
 * Text here is UTF-8 or plain ASCII; cutting keeps whole characters.
 */
#ifndef CORE_STR_H
#define CORE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Copy text into out, always ended by a NUL, cut between characters if it is
 * too long. False if it was cut.
 */
bool str_copy(char *out, size_t size, const char *text);

/* Move past blanks at the start, cut those at the end. Returns text. */
char *str_trim(char *text);

bool str_is_digits(const char *text); /* one or more of 0-9, nothing else */
bool str_starts(const char *text, const char *prefix);

/* A whole decimal number within the range, nothing before or after it. */
bool str_to_int(const char *text, int64_t min, int64_t max, int64_t *out);

/* Lower-case hex; out holds 2 * len + 1 bytes. */
void str_to_hex(const void *bytes, size_t len, char *out);

/* Hex in either case, nothing else; false if odd, foreign or over size. */
bool str_from_hex(const char *hex, void *out, size_t size, size_t *len);

#endif
