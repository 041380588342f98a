#include "core/utf8.h"

#include <string.h>

static int continuation_bytes(unsigned char lead)
{
	if (lead < 0x80)
		return 0;
	if (lead >= 0xc2 && lead <= 0xdf)
		return 1;
	if (lead >= 0xe0 && lead <= 0xef)
		return 2;
	if (lead >= 0xf0 && lead <= 0xf4)
		return 3;
	return -1;
}

uint32_t utf8_decode(const char *text, size_t len, size_t *used)
{
	static const uint32_t smallest[] = {0, 0x80, 0x800, 0x10000};
	const unsigned char *s = (const unsigned char *)text;
	const int more = continuation_bytes(s[0]);
	uint32_t ch;

	*used = 1;
	if (more == 0)
		return s[0];
	if (more < 0 || (size_t)more >= len)
		return UTF8_BAD;
	ch = s[0] & (0x3fu >> more);
	for (int i = 1; i <= more; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return UTF8_BAD;
		ch = ch << 6 | (s[i] & 0x3f);
	}
	if (ch < smallest[more] || ch > 0x10ffff ||
		(ch >= 0xd800 && ch <= 0xdfff))
		return UTF8_BAD;
	*used = (size_t)more + 1;
	return ch;
}

uint32_t utf8_next(const char **text)
{
	size_t len = 0;
	size_t used;
	uint32_t ch;

	while (len < UTF8_MAX_BYTES && (*text)[len])
		len++;
	if (len == 0)
		return 0;
	ch = utf8_decode(*text, len, &used);
	*text += used;
	return ch;
}

size_t utf8_encode(uint32_t ch, char out[UTF8_MAX_BYTES])
{
	if (ch < 0x80) {
		out[0] = (char)ch;
		return 1;
	}
	if (ch < 0x800) {
		out[0] = (char)(0xc0 | ch >> 6);
		out[1] = (char)(0x80 | (ch & 0x3f));
		return 2;
	}
	if (ch < 0x10000) {
		out[0] = (char)(0xe0 | ch >> 12);
		out[1] = (char)(0x80 | (ch >> 6 & 0x3f));
		out[2] = (char)(0x80 | (ch & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | ch >> 18);
	out[1] = (char)(0x80 | (ch >> 12 & 0x3f));
	out[2] = (char)(0x80 | (ch >> 6 & 0x3f));
	out[3] = (char)(0x80 | (ch & 0x3f));
	return 4;
}

bool utf8_valid(const void *bytes, size_t len)
{
	const char *s = bytes;
	size_t used;

	for (size_t at = 0; at < len; at += used) {
		const uint32_t ch = utf8_decode(s + at, len - at, &used);

		/* U+FFFD itself is three bytes; one byte of it is an error. */
		if (ch == UTF8_BAD && used == 1)
			return false;
	}
	return true;
}

struct range {
	uint32_t first;
	uint32_t last;
};

static bool in_ranges(uint32_t ch, const struct range *r, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (ch >= r[i].first && ch <= r[i].last)
			return true;
	return false;
}

/* Unicode 15 general categories Mn, Me, Cf and Cc as far as they are met. */
static const struct range zero_wide[] = {
	{0x0000, 0x001f},
	{0x007f, 0x009f},
	{0x0300, 0x036f},
	{0x0483, 0x0489},
	{0x0591, 0x05bd},
	{0x0610, 0x061a},
	{0x061c, 0x061c},
	{0x064b, 0x065f},
	{0x1160, 0x11ff},
	{0x1ab0, 0x1aff},
	{0x1dc0, 0x1dff},
	{0x200b, 0x200f},
	{0x202a, 0x202e},
	{0x2060, 0x206f},
	{0x20d0, 0x20ff},
	{0xfe00, 0xfe0f},
	{0xfe20, 0xfe2f},
	{0xfeff, 0xfeff},
};

/* East Asian Width W and F (Unicode 15), and the emoji blocks. */
static const struct range double_wide[] = {
	{0x1100, 0x115f},
	{0x2e80, 0x303e},
	{0x3041, 0x33ff},
	{0x3400, 0x4dbf},
	{0x4e00, 0x9fff},
	{0xa000, 0xa4cf},
	{0xac00, 0xd7a3},
	{0xf900, 0xfaff},
	{0xfe30, 0xfe6f},
	{0xff00, 0xff60},
	{0xffe0, 0xffe6},
	{0x1f300, 0x1f64f},
	{0x1f680, 0x1f6c5},
	{0x1f900, 0x1f9ff},
	{0x20000, 0x3fffd},
};

int utf8_width(uint32_t ch)
{
	/* Nearly all that is met: ASCII, and the Latin letters. */
	if ((ch >= 0x20 && ch < 0x7f) || (ch >= 0xa0 && ch < 0x300) ||
		(ch >= 0x1e00 && ch < 0x1f00))
		return 1;
	if (in_ranges(ch, zero_wide, sizeof(zero_wide) / sizeof(*zero_wide)))
		return 0;
	if (in_ranges(ch, double_wide,
		    sizeof(double_wide) / sizeof(*double_wide)))
		return 2;
	return 1;
}

int utf8_columns(const char *text)
{
	int columns = 0;

	while (*text)
		columns += utf8_width(utf8_next(&text));
	return columns;
}

size_t utf8_cut(const char *text, size_t max)
{
	size_t n = strlen(text);

	if (n <= max)
		return n;
	n = max;
	while (n > 0 && ((unsigned char)text[n] & 0xc0) == 0x80)
		n--;
	return n;
}

size_t utf8_cut_columns(const char *text, int columns)
{
	const char *s = text;

	while (*s) {
		const char *before = s;

		columns -= utf8_width(utf8_next(&s));
		if (columns < 0)
			return (size_t)(before - text);
	}
	return (size_t)(s - text);
}
