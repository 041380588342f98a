#include "core/codec/mojibake.h"

#include <stdint.h>

#include "core/utf8.h"

/*
 * What CP1252 has at 0x80 to 0x9f. The five bytes it leaves out become the
 * C1 control of the same number, as in Latin-1, which is what Windows and
 * browsers do; Latin-1 readers do so with all 32.
 */
static const uint16_t cp1252[32] = {
	0x20ac, 0x0081, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, /* 80 */
	0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008d, 0x017d, 0x008f, /* 88 */
	0x0090, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, /* 90 */
	0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x009d, 0x017e, 0x0178, /* 98 */
};

/* The byte a character was, or -1. */
static int byte_of(uint32_t ch)
{
	if (ch < 0x100)
		return (int)ch;
	for (int i = 0; i < 32; i++)
		if (cp1252[i] == ch)
			return 0x80 + i;
	return -1;
}

bool mojibake_is_ours(uint32_t ch)
{
	static const uint16_t marks[] = {0x0300, 0x0301, 0x0302, 0x0303, 0x0306,
		0x0309, 0x031b, 0x0323, 0x2013, 0x2014, 0x2018, 0x2019};

	if (ch < 0x80 || ch == 0xa0)
		return true;
	if ((ch >= 0xc0 && ch <= 0x17f && ch != 0xd7 && ch != 0xf7) ||
		ch == 0x1a0 || ch == 0x1a1 || ch == 0x1af || ch == 0x1b0 ||
		(ch >= 0x1ea0 && ch <= 0x1ef9))
		return true;
	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++)
		if (marks[i] == ch)
			return true;
	return false;
}

static bool is_our_text(const char *text, size_t len)
{
	bool marked = false;
	size_t used;

	for (size_t at = 0; at < len; at += used) {
		const uint32_t ch = utf8_decode(text + at, len - at, &used);

		if ((ch == UTF8_BAD && used == 1) || !mojibake_is_ours(ch))
			return false;
		marked = marked || ch >= 0x80;
	}
	return marked;
}

/* Each character back to its byte; out may be in. */
static bool to_bytes(const char *in, size_t len, char *out, size_t *out_len)
{
	size_t n = 0;
	size_t used;

	for (size_t at = 0; at < len; at += used) {
		const uint32_t ch = utf8_decode(in + at, len - at, &used);
		const int byte = byte_of(ch);

		if (byte < 0)
			return false;
		out[n++] = (char)byte;
	}
	*out_len = n;
	return true;
}

bool mojibake_undo(const char *in, size_t len, char *out, size_t *out_len)
{
	if (!to_bytes(in, len, out, out_len))
		return false;
	if (is_our_text(out, *out_len))
		return true;
	/* It may have happened twice. */
	return utf8_valid(out, *out_len) &&
	       to_bytes(out, *out_len, out, out_len) &&
	       is_our_text(out, *out_len);
}
