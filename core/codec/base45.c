#include "core/codec/base45.h"

#include <assert.h>
#include <string.h>

static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

void base45_write(const uint8_t *bytes, size_t len, char *out)
{
	assert(len % 2 == 0);
	/* The lowest of the three digits comes first. */
	for (size_t i = 0; i < len; i += 2) {
		unsigned v = (unsigned)bytes[i] << 8 | bytes[i + 1];

		for (int k = 0; k < 3; k++, v /= 45)
			*out++ = alphabet[v % 45];
	}
	*out = '\0';
}

bool base45_read(const char *text, uint8_t *out, size_t len)
{
	assert(len % 2 == 0);
	if (strlen(text) != BASE45_CHARS(len))
		return false;
	for (size_t i = 0; i < len; i += 2, text += 3) {
		unsigned v = 0;

		for (int k = 2; k >= 0; k--) {
			const char *found = strchr(alphabet, text[k]);

			if (!found)
				return false;
			v = v * 45 + (unsigned)(found - alphabet);
		}
		if (v > UINT16_MAX)
			return false;
		out[i] = (uint8_t)(v >> 8);
		out[i + 1] = (uint8_t)v;
	}
	return true;
}
