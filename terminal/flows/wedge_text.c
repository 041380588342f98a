#include "terminal/flows/wedge_text.h"

#include <string.h>

#include "core/codec/scantext.h"
#include "core/codec/zseal.h"
#include "core/utf8.h"
#include "terminal/flows/flow.h"

enum {
	ID_DIGITS = 12,
	SHAPE_LEAST = 20, /* bytes; shorter could be anything */
	ALT_DIGITS = 5,   /* of one letter, at most */
	ALT_BYTE = 4      /* "0225" */
};

/* ---- Alt and digits ---- */

static bool is_alt_digit(const int *keys, int n)
{
	return n >= 2 && keys[0] == K_BACK && keys[1] >= '0' && keys[1] <= '9';
}

/* The letter of one number; '?' if it is none. */
static uint32_t letter_of(const int *keys, int digits)
{
	uint32_t ch = 0;

	for (int i = 0; i < digits; i++)
		ch = ch * 10 + (uint32_t)(keys[2 * i + 1] - '0');
	if (ch < ' ' || ch == 0x7f || (ch >= 0xd800 && ch < 0xe000))
		return '?';
	return ch;
}

/*
 * Numbers follow each other without a mark between: one that begins with 0
 * has four digits, any other takes what is left.
 */
static int alt_letter(const int *keys, int n, uint32_t *ch)
{
	int used = 0; /* two keys a digit */

	while (used < 2 * ALT_DIGITS && is_alt_digit(keys + used, n - used)) {
		used += 2;
		if (used == 2 * ALT_BYTE && keys[1] == '0')
			break;
	}
	*ch = used > 0 ? letter_of(keys, used / 2) : '?';
	return used;
}

/* ---- the layout ---- */

/* What the layout "vn" of X gives for a key of a US keyboard. */
static const struct {
	uint16_t vn;
	char us;
} layout[] = {{0x103, '1'}, {0xe2, '2'}, {0xea, '3'}, {0xf4, '4'}, {0x300, '5'},
	{0x309, '6'}, {0x303, '7'}, {0x301, '8'}, {0x323, '9'}, {0x111, '0'},
	{0x20ab, '='}, {0x1b0, '['}, {0x1a1, ']'}, {0x102, '!'}, {0xc2, '@'},
	{0xca, '#'}, {0xd4, '$'}, {0x110, ')'}, {0x1af, '{'}, {0x1a0, '}'}};

static int us_key(int key)
{
	for (size_t i = 0; i < sizeof(layout) / sizeof(*layout); i++)
		if (layout[i].vn == key)
			return layout[i].us;
	return key;
}

static bool all_digits(const int *keys, int from, int to)
{
	for (int i = from; i < to; i++)
		if (us_key(keys[i]) < '0' || us_key(keys[i]) > '9')
			return false;
	return true;
}

/*
 * Twelve letters that stand for digits, or for the six that begin an account:
 * no word is spelled so. Then no digit came as itself either.
 */
static bool is_vn_layout(const int *keys, int n)
{
	if (n < ID_DIGITS || !all_digits(keys, 0, ID_DIGITS))
		return false;
	for (int i = 0; i < n; i++)
		if (keys[i] >= '0' && keys[i] <= '9')
			return false;
	return true;
}

/* ---- all of it ---- */

/* Cut what ends a scan off; it may have been typed twice (CR, LF). */
static int without_end(const int *keys, int n, enum scanned_end *end)
{
	*end = SCANNED_END_NONE;
	for (; n > 0 && (keys[n - 1] == K_ACCEPT || keys[n - 1] == K_DOWN); n--)
		*end = keys[n - 1] == K_ACCEPT ? SCANNED_END_ENTER
					       : SCANNED_END_TAB;
	return n;
}

static uint32_t letter(int key)
{
	if (key == K_ACCEPT)
		return '\n';
	if (key == K_DOWN)
		return '\t';
	return key >= ' ' && key < K_NAMED_FIRST ? (uint32_t)key : '?';
}

size_t wedge_text(const int *keys, int n, char *out, size_t size,
	struct scanned *how)
{
	const bool vn = is_vn_layout(keys, n);
	size_t len = 0;

	n = without_end(keys, n, &how->end);
	how->layout = vn;
	for (int i = 0; i < n;) {
		uint32_t ch = '?';
		char utf8[UTF8_MAX_BYTES];
		size_t bytes;
		int used = alt_letter(keys + i, n - i, &ch);

		if (used == 0) {
			used = 1;
			ch = letter(vn ? us_key(keys[i]) : keys[i]);
		}
		bytes = utf8_encode(ch, utf8);
		if (len + bytes > size)
			break;
		memcpy(out + len, utf8, bytes);
		len += bytes;
		i += used;
	}
	return len;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_card(struct scantext s)
{
	for (int i = 0; i < ID_DIGITS; i++)
		if (!is_digit(s.at[i]))
			return false;
	return strchr("|;\n\t", s.at[ID_DIGITS]) != NULL;
}

static bool is_slip(struct scantext s)
{
	return s.len > sizeof(ZSEAL_PREFIX) &&
	       memcmp(s.at, ZSEAL_PREFIX, sizeof(ZSEAL_PREFIX) - 1) == 0;
}

bool wedge_has_shape(const char *bytes, size_t len)
{
	const struct scantext s = scantext_strip((struct scantext){bytes, len});

	if (s.len < SHAPE_LEAST)
		return false;
	if (is_card(s))
		return true;
	return !memchr(s.at, '\n', s.len) &&
	       (is_slip(s) || scantext_kind(s) != SCANTEXT_OTHER);
}
