#include "support/bookbytes.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void bytes_free(struct bytes *b)
{
	free(b->at);
	*b = (struct bytes){0};
}

static void room(struct bytes *b, size_t more)
{
	size_t size = b->size ? b->size : 256;

	while (size - b->len < more)
		size *= 2;
	if (size == b->size)
		return;
	b->at = realloc(b->at, size);
	if (!b->at)
		abort();
	b->size = size;
}

void bytes_put(struct bytes *b, const void *from, size_t len)
{
	if (len == 0)
		return;
	room(b, len);
	memcpy(b->at + b->len, from, len);
	b->len += len;
}

void bytes_byte(struct bytes *b, unsigned byte)
{
	const uint8_t one = (uint8_t)byte;

	bytes_put(b, &one, 1);
}

void bytes_be(struct bytes *b, uint64_t value, int n)
{
	while (n-- > 0)
		bytes_byte(b, (unsigned)(value >> (8 * n)) & 0xff);
}

void bytes_text(struct bytes *b, const char *fmt, ...)
{
	char line[1024];
	va_list args;
	int n;

	va_start(args, fmt);
	n = vsnprintf(line, sizeof(line), fmt, args);
	va_end(args);
	if (n < 0 || n >= (int)sizeof(line))
		abort();
	bytes_put(b, line, (size_t)n);
}

void bytes_insert(struct bytes *b, size_t where, const void *from, size_t len)
{
	room(b, len);
	memmove(b->at + where + len, b->at + where, b->len - where);
	memcpy(b->at + where, from, len);
	b->len += len;
}

void bytes_cut(struct bytes *b, size_t where, size_t len)
{
	memmove(b->at + where, b->at + where + len, b->len - where - len);
	b->len -= len;
}

void bytes_head(struct bytes *b, unsigned major, uint64_t value)
{
	const unsigned type = major << 5;

	if (value < 24) {
		bytes_byte(b, type | (unsigned)value);
	} else if (value <= 0xff) {
		bytes_byte(b, type | 24);
		bytes_be(b, value, 1);
	} else if (value <= 0xffff) {
		bytes_byte(b, type | 25);
		bytes_be(b, value, 2);
	} else if (value <= 0xffffffff) {
		bytes_byte(b, type | 26);
		bytes_be(b, value, 4);
	} else {
		bytes_byte(b, type | 27);
		bytes_be(b, value, 8);
	}
}

void bytes_uint(struct bytes *b, uint64_t value)
{
	bytes_head(b, 0, value);
}

void bytes_int(struct bytes *b, int64_t value)
{
	if (value < 0)
		bytes_head(b, 1, (uint64_t)(-1 - value));
	else
		bytes_head(b, 0, (uint64_t)value);
}

void bytes_bstr(struct bytes *b, const void *from, size_t len)
{
	bytes_head(b, 2, len);
	bytes_put(b, from, len);
}

void bytes_tstr(struct bytes *b, const char *text)
{
	bytes_head(b, 3, strlen(text));
	bytes_put(b, text, strlen(text));
}

void bytes_hex(struct bytes *b, const void *from, size_t len)
{
	const uint8_t *at = from;

	for (size_t i = 0; i < len; i++)
		bytes_text(b, "%02x", at[i]);
}

void bytes_base64(struct bytes *b, const void *from, size_t len)
{
	static const char set[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				  "abcdefghijklmnopqrstuvwxyz0123456789+/";
	const uint8_t *at = from;

	for (size_t i = 0; i < len; i += 3) {
		const unsigned one = at[i];
		const unsigned two = i + 1 < len ? at[i + 1] : 0;
		const unsigned three = i + 2 < len ? at[i + 2] : 0;

		bytes_byte(b, (unsigned)set[one >> 2]);
		bytes_byte(b, (unsigned)set[(one << 4 & 63) | two >> 4]);
		bytes_byte(b,
			i + 1 < len
				? (unsigned)set[(two << 2 & 63) | three >> 6]
				: '=');
		bytes_byte(b, i + 2 < len ? (unsigned)set[three & 63] : '=');
	}
}

void bytes_base45(struct bytes *b, const void *from, size_t len)
{
	static const char set[] =
		"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
	const uint8_t *at = from;

	for (size_t i = 0; i < len; i += 2) {
		unsigned n = at[i];
		const bool pair = i + 1 < len;

		if (pair)
			n = n << 8 | at[i + 1];
		bytes_byte(b, (unsigned)set[n % 45]);
		bytes_byte(b, (unsigned)set[n / 45 % 45]);
		if (pair)
			bytes_byte(b, (unsigned)set[n / 2025]);
	}
}

const char *bytes_string(struct bytes *b)
{
	room(b, 1);
	b->at[b->len] = '\0';
	return (const char *)b->at;
}

void bytes_save(const struct bytes *b, const char *path)
{
	FILE *f = fopen(path, "wb");

	if (!f || (b->len && fwrite(b->at, 1, b->len, f) != b->len) ||
		fclose(f) != 0) {
		perror(path);
		abort();
	}
}
