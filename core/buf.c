#include "core/buf.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void buf_init(struct buf *b, void *data, size_t size)
{
	*b = (struct buf){.data = data, .size = size};
}

void buf_clear(struct buf *b)
{
	b->len = 0;
	b->full = false;
}

bool buf_put(struct buf *b, const void *bytes, size_t len)
{
	if (len > b->size - b->len) {
		b->full = true;
		return false;
	}
	if (len > 0)
		memcpy(b->data + b->len, bytes, len);
	b->len += len;
	return true;
}

bool buf_byte(struct buf *b, unsigned byte)
{
	const uint8_t one = (uint8_t)byte;

	return buf_put(b, &one, 1);
}

bool buf_be(struct buf *b, uint64_t value, int n)
{
	uint8_t bytes[8];

	assert(n >= 1 && n <= 8);
	for (int i = 0; i < n; i++)
		bytes[i] = (uint8_t)(value >> (8 * (n - 1 - i)));
	return buf_put(b, bytes, (size_t)n);
}

bool buf_printf(struct buf *b, const char *fmt, ...)
{
	const size_t room = b->size - b->len;
	va_list ap;
	int n;

	if (room == 0) {
		b->full = true;
		return false;
	}
	va_start(ap, fmt);
	n = vsnprintf((char *)b->data + b->len, room, fmt, ap);
	va_end(ap);
	if (n < 0 || (size_t)n >= room) {
		b->full = true;
		b->data[b->len] = '\0';
		return false;
	}
	b->len += (size_t)n;
	return true;
}

uint64_t buf_take_be(const uint8_t **at, int n)
{
	uint64_t v = 0;

	for (; n > 0; n--)
		v = v << 8 | *(*at)++;
	return v;
}

void buf_take(const uint8_t **at, void *out, size_t n)
{
	memcpy(out, *at, n);
	*at += n;
}

const char *buf_text(struct buf *b)
{
	assert(b->size > 0);
	if (b->len == b->size) {
		b->len--;
		b->full = true;
	}
	b->data[b->len] = '\0';
	return (const char *)b->data;
}
