/*
 * codepage.h - the code pages of receipt printers that hold Vietnamese.
 *
 * TCVN-3 (TCVN 5712:1993) takes two pages of a printer: small letters, and
 * capitals at the same places. CP1258 has one, with the tones as characters
 * of their own, which most printers set beside the letter. A printer has
 * them, if at all, under numbers of its own (ESC t n): assets/quirks.tsv.
 * Pure; any thread.
 */
#ifndef CORE_CODEC_CODEPAGE_H
#define CORE_CODEC_CODEPAGE_H

#include <stddef.h>
#include <stdint.h>

enum codepage {
	CODEPAGE_TCVN3,          /* ASCII and small letters */
	CODEPAGE_TCVN3_CAPITALS, /* ASCII and capitals */
	CODEPAGE_CP1258,
};

enum {
	CODEPAGE_MAX_BYTES = 2 /* CP1258: the letter, then its tone */
};

/*
 * The bytes of a character; 0: the page lacks it. Never a control character,
 * whatever ch is.
 */
size_t codepage_encode(enum codepage page, uint32_t ch,
	uint8_t out[CODEPAGE_MAX_BYTES]);

/*
 * The character of a byte, 0 if it is none. A tone of CP1258 is a combining
 * character: codepage_join().
 */
uint32_t codepage_decode(enum codepage page, uint8_t byte);

/* Letter and combining tone as one character; 0 if they do not go together. */
uint32_t codepage_join(uint32_t letter, uint32_t tone);

#endif
