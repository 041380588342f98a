/*
 * base45.h - bytes as the alphanumeric set of QR codes (RFC 9285).
 *
 * Only an even number of bytes, as all seals have: two bytes are three
 * characters. Strict: what was not written by base45_write() is refused.
 * Pure; any thread.
 */
#ifndef CORE_CODEC_BASE45_H
#define CORE_CODEC_BASE45_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Characters for len bytes, len even. */
#define BASE45_CHARS(len) ((len) / 2 * 3)

/* Writes BASE45_CHARS(len) characters and a NUL. */
void base45_write(const uint8_t *bytes, size_t len, char *out);

/* Exactly len bytes out of text; false if it is not that. */
bool base45_read(const char *text, uint8_t *out, size_t len);

#endif
