/* fuzz_text.c - what comes out of text_clean() is clean and stays so. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "core/utf8.h"

enum {
	OUT_SIZE = 512
};

/* Nothing of C0, C1, bidirectional or zero-width; no blank too many. */
static void check_clean(const char *text)
{
	uint32_t before = ' ';

	if (!utf8_valid(text, strlen(text)))
		abort();
	while (*text) {
		const uint32_t ch = utf8_next(&text);

		if (ch < 0x20 || (ch >= 0x7f && ch <= 0xa0) || ch == 0xad ||
			(ch >= 0x200b && ch <= 0x200f) ||
			(ch >= 0x2028 && ch <= 0x202f) ||
			(ch >= 0x2060 && ch <= 0x206f) || ch == 0xfeff)
			abort();
		if (ch == ' ' && (before == ' ' || !*text))
			abort();
		before = ch;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char out[OUT_SIZE];
	char again[OUT_SIZE];
	char nfd[3 * OUT_SIZE];
	struct text_report r;
	/* The first byte says how much room there is. */
	const size_t room = size ? 2 * (size_t)data[0] + 1 : 1;

	if (size == 0)
		return 0;
	if (!text_clean(data + 1, size - 1, out, room, &r)) {
		if (*out || r.verdict <= TEXT_CHANGED)
			abort();
		return 0;
	}
	if (strlen(out) >= room)
		abort();
	check_clean(out);
	if (r.verdict == TEXT_OK &&
		(strlen(out) != size - 1 ||
			memcmp(out, data + 1, size - 1) != 0))
		abort();
	if (!text_clean(out, strlen(out), again, sizeof(again), &r) ||
		r.verdict != TEXT_OK || strcmp(out, again) != 0)
		abort();
	if (!text_nfd(out, nfd, sizeof(nfd)) ||
		!text_nfc(nfd, again, sizeof(again)) || strcmp(out, again) != 0)
		abort();
	return 0;
}
