#include "core/codec/base64.h"

#include <string.h>

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			      "abcdefghijklmnopqrstuvwxyz0123456789+/";

void base64_write(struct buf *out, const void *bytes, size_t len)
{
	const uint8_t *at = bytes;

	for (size_t i = 0; i < len; i += 3) {
		const size_t n = len - i < 3 ? len - i : 3;
		uint32_t bits = (uint32_t)at[i] << 16;

		if (n > 1)
			bits |= (uint32_t)at[i + 1] << 8;
		if (n > 2)
			bits |= at[i + 2];
		for (size_t k = 0; k < 4; k++)
			buf_byte(out,
				k > n ? '='
				      : (uint8_t)letters[bits >> (18 - 6 * k) &
							 63]);
	}
}

/* -1: no letter of base64. */
static int sextet(char c)
{
	const char *at = c ? strchr(letters, c) : NULL;

	return at ? (int)(at - letters) : -1;
}

bool base64_read(const char *text, size_t chars, uint8_t *out, size_t len)
{
	if (chars != BASE64_CHARS(len))
		return false;
	for (size_t i = 0; i < len; i += 3, text += 4) {
		const size_t n = len - i < 3 ? len - i : 3;
		uint32_t bits = 0;

		for (size_t k = 0; k < 4; k++) {
			const int v = k > n ? 0 : sextet(text[k]);

			if (v < 0 || (k > n && text[k] != '='))
				return false;
			bits = bits << 6 | (uint32_t)v;
		}
		/* What is left over of the last letter is zero. */
		if ((bits & ((UINT32_C(1) << (24 - 8 * n)) - 1)) != 0)
			return false;
		for (size_t k = 0; k < n; k++)
			out[i + k] = (uint8_t)(bits >> (16 - 8 * k));
	}
	return true;
}
