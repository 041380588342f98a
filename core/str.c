#include "core/str.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "core/utf8.h"

bool str_copy(char *out, size_t size, const char *text)
{
	size_t len = strlen(text);
	bool whole = true;

	if (size == 0)
		return false;
	if (len >= size) {
		len = utf8_cut(text, size - 1);
		whole = false;
	}
	memcpy(out, text, len);
	out[len] = '\0';
	return whole;
}

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

char *str_trim(char *text)
{
	size_t len;

	while (is_blank(*text))
		text++;
	len = strlen(text);
	while (len > 0 && is_blank(text[len - 1]))
		text[--len] = '\0';
	return text;
}

bool str_is_digits(const char *text)
{
	if (!*text)
		return false;
	for (; *text; text++)
		if (*text < '0' || *text > '9')
			return false;
	return true;
}

bool str_starts(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool str_to_int(const char *text, int64_t min, int64_t max, int64_t *out)
{
	const char *digits = text + (*text == '-');
	char *end;
	long long value;

	if (!str_is_digits(digits))
		return false;
	errno = 0;
	value = strtoll(text, &end, 10);
	if (errno != 0 || *end || value < min || value > max)
		return false;
	*out = value;
	return true;
}

void str_to_hex(const void *bytes, size_t len, char *out)
{
	static const char digit[] = "0123456789abcdef";
	const uint8_t *b = bytes;

	for (size_t i = 0; i < len; i++) {
		out[2 * i] = digit[b[i] >> 4];
		out[2 * i + 1] = digit[b[i] & 15];
	}
	out[2 * len] = '\0';
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

bool str_from_hex(const char *hex, void *out, size_t size, size_t *len)
{
	const size_t n = strlen(hex);
	uint8_t *b = out;

	if (n % 2 != 0 || n / 2 > size)
		return false;
	for (size_t i = 0; i < n / 2; i++) {
		const int high = hex_value(hex[2 * i]);
		const int low = hex_value(hex[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		b[i] = (uint8_t)(high << 4 | low);
	}
	*len = n / 2;
	return true;
}
