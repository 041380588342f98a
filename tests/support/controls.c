#include "support/controls.h"

#include <stdint.h>
#include <string.h>

static size_t read_csi(struct controls *k, const uint8_t *s, size_t len)
{
	unsigned prefix = 0;
	size_t n = 0;

	if (n < len && s[n] >= '<' && s[n] <= '?')
		prefix = (unsigned)(s[n++] - '<');
	while (n < len && s[n] >= 0x20 && s[n] < 0x40)
		n++;
	if (n < len)
		k->csi[prefix][s[n++]] = true;
	return n;
}

static size_t read_escape(struct controls *k, const uint8_t *s, size_t len)
{
	size_t n = 0;

	if (len > 0 && s[0] == '[')
		return 1 + read_csi(k, s + 1, len - 1);
	if (len > 0 && memchr("]PX^_", s[0], 5))
		k->string = true;
	while (n < len && s[n] >= 0x20 && s[n] < 0x30)
		n++;
	if (n < len)
		k->escape[s[n++]] = true;
	return n;
}

/* Bytes of the character at s; 0 if there is none. */
static size_t utf8_size(const uint8_t *s, size_t len)
{
	const size_t need = s[0] < 0x80   ? 1
			    : s[0] < 0xc2 ? 0
			    : s[0] < 0xe0 ? 2
			    : s[0] < 0xf0 ? 3
			    : s[0] < 0xf5 ? 4
					  : 0;

	if (need > len)
		return 0;
	for (size_t i = 1; i < need; i++)
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	return need;
}

void controls_read(struct controls *k, const void *bytes, size_t len)
{
	const uint8_t *s = bytes;
	size_t at = 0;

	memset(k, 0, sizeof(*k));
	while (at < len) {
		const size_t n = utf8_size(s + at, len - at);

		if (n == 0 || (n == 2 && s[at] == 0xc2 && s[at + 1] < 0xa0))
			k->c1 = true;
		else if (s[at] < 0x20 || s[at] == 0x7f)
			k->single[s[at]] = true;
		if (s[at] == 0x1b)
			at += read_escape(k, s + at + 1, len - at - 1);
		at += n > 0 ? n : 1;
	}
}

bool controls_within(const struct controls *a, const struct controls *b)
{
	const uint8_t *x = (const uint8_t *)a;
	const uint8_t *y = (const uint8_t *)b;

	for (size_t i = 0; i < sizeof(*a); i++)
		if (x[i] && !y[i])
			return false;
	return true;
}

void controls_add(struct controls *all, const struct controls *one)
{
	uint8_t *to = (uint8_t *)all;
	const uint8_t *from = (const uint8_t *)one;

	for (size_t i = 0; i < sizeof(*all); i++)
		to[i] |= from[i];
}
