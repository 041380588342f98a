#include "core/codec/cardname.h"

#include <stdint.h>
#include <string.h>

#include "core/text.h"
#include "core/utf8.h"

enum {
	WORK_SIZE = 2048
};

/*
 * Western letters that the bytes of Vietnamese ones look like: where one of
 * them is left, another byte beside it got lost ("TrÆng" was Trương).
 */
static bool is_remains(uint32_t ch)
{
	static const uint16_t remains[] = {0xc4, 0xc5, 0xc6, 0x152, 0x153,
		0x160, 0x161, 0x178, 0x17d, 0x17e, 0x192};

	for (size_t i = 0; i < sizeof(remains) / sizeof(*remains); i++)
		if (remains[i] == ch)
			return true;
	return false;
}

/* Latin letters with any mark, and marks that no letter absorbed. */
static bool is_letter(uint32_t ch)
{
	if (is_remains(ch))
		return false;
	if ((ch >= 'A' && ch <= 'Z') || (ch >= 'a' && ch <= 'z'))
		return true;
	return (ch >= 0xc0 && ch <= 0x24f && ch != 0xd7 && ch != 0xf7) ||
	       (ch >= 0x300 && ch <= 0x36f) || (ch >= 0x1e00 && ch <= 0x1eff);
}

/* Apostrophes of all kinds, dashes, and dots of abbreviations. */
static bool is_name_sign(uint32_t ch)
{
	return ch == ' ' || ch == '\'' || ch == '`' || ch == '-' || ch == '.' ||
	       (ch >= 0x2010 && ch <= 0x2015) || ch == 0x2018 || ch == 0x2019 ||
	       ch == 0x02bc;
}

/*
 * An input method that runs beside the scanner writes "aă" for "ă": a bare
 * letter, then the same with the mark that makes it another letter. No
 * language of the country does so.
 */
static bool is_typed_double(const char *text)
{
	char apart[WORK_SIZE];
	const char *s = apart;
	uint32_t before = 0;
	uint32_t last = 0;

	if (!text_nfd(text, apart, sizeof(apart)))
		return false;
	while (*s) {
		const uint32_t ch = utf8_next(&s);

		if ((ch == 0x110 || ch == 0x111) && (last | 0x20) == 'd')
			return true;
		if ((ch == 0x302 || ch == 0x306 || ch == 0x31b) &&
			last < 0x80 && (last | 0x20) == (before | 0x20))
			return true;
		before = last;
		last = ch;
	}
	return false;
}

bool cardname_is_whole(const char *name)
{
	for (const char *s = name; *s;) {
		const uint32_t ch = utf8_next(&s);

		if (!is_letter(ch) && !is_name_sign(ch))
			return false;
	}
	return !is_typed_double(name);
}

bool cardname_is_whole_address(const char *address)
{
	uint32_t last = 0;

	for (const char *s = address; *s;) {
		const uint32_t ch = utf8_next(&s);

		if (ch >= 0x80 && !is_letter(ch) && !is_name_sign(ch))
			return false;
		if (ch == '?' && is_letter(last))
			return false;
		last = ch;
	}
	return !is_typed_double(address);
}
