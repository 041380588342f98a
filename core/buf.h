/*
 * buf.h - bytes built up in the caller's memory, to a stated maximum.
 *
 * The one way to put text or bytes together piece by piece. Nothing is ever
 * written past the end: what does not fit sets full and is left out, and the
 * caller asks once, at the end. buf_text() keeps one byte for the NUL.
 */
#ifndef CORE_BUF_H
#define CORE_BUF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf {
	uint8_t *data;
	size_t size; /* of data */
	size_t len;  /* used */
	bool full;   /* something was left out */
};

void buf_init(struct buf *b, void *data, size_t size);
void buf_clear(struct buf *b);

/* Append bytes, all or nothing; false, and full, if they do not fit. */
bool buf_put(struct buf *b, const void *bytes, size_t len);
bool buf_byte(struct buf *b, unsigned byte);

/* Append the low n bytes of value, most significant first; n is 1 to 8. */
bool buf_be(struct buf *b, uint64_t value, int n);

/*
 * And back: the next n bytes at *at as a number, as they are; *at goes on. The
 * caller has looked that so many are there.
 */
uint64_t buf_take_be(const uint8_t **at, int n);
void buf_take(const uint8_t **at, void *out, size_t n);

/* Append formatted text, all or nothing. */
bool buf_printf(struct buf *b, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* The content as a C string: a NUL is kept at data[len]. size must be > 0. */
const char *buf_text(struct buf *b);

#endif
