/*
 * base64.h - bytes as base64 with padding (RFC 4648), as signed notes have it.
 *
 * Strict: what was not written by base64_write() is refused. Pure; any thread.
 */
#ifndef CORE_CODEC_BASE64_H
#define CORE_CODEC_BASE64_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/buf.h"

/* Characters for len bytes. */
#define BASE64_CHARS(len) (((len) + 2) / 3 * 4)

void base64_write(struct buf *out, const void *bytes, size_t len);

/* Exactly len bytes out of the first BASE64_CHARS(len) of text. */
bool base64_read(const char *text, size_t chars, uint8_t *out, size_t len);

#endif
