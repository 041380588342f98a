/*
 * text.h - what comes from outside becomes safe text here, or is refused.
 *
 * Card, QR, list file, printer reply, server answer: every text passes
 * text_clean() before it reaches screen, printer, file or log. Out comes
 * valid UTF-8 in NFC, without control, bidirectional or zero-width
 * characters, blanks trimmed and single. Pure; any thread. The only file
 * that knows <uninorm.h> is text.c.
 */
#ifndef CORE_TEXT_H
#define CORE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

enum text_verdict {
	TEXT_OK,        /* out is what came in, byte for byte */
	TEXT_CHANGED,   /* out is good; blanks or NFC made it differ */
	TEXT_BAD_UTF8,  /* refused; out is "" in this and all below */
	TEXT_CONTROL,   /* a control character: ESC, NUL, C1, any line end */
	TEXT_INVISIBLE, /* bidirectional, zero-width, soft hyphen, BOM (also
			   in front), private use, noncharacter */
	TEXT_TOO_LONG,  /* does not fit into size */
};

struct text_report {
	enum text_verdict verdict;
	bool composed; /* it was not NFC before */
	bool trimmed;  /* blanks were taken away */
};

/*
 * Clean in[0..len) into out, at most size bytes with the NUL. True if out is
 * good (OK or CHANGED). report may be NULL. Tab counts as a blank, U+00A0 and
 * the other spaces of Unicode too. Letters of other scripts pass: for names
 * ask viet_is_latin() as well.
 */
bool text_clean(const void *in, size_t len, char *out, size_t size,
	struct text_report *report);

/*
 * For messages about what was refused, which may name a file or an argument:
 * in place, '?' for every character that could move a terminal, end the line
 * or not be seen, and for what is no UTF-8. Returns text.
 */
char *text_plain(char *text);

/* NFC of a clean C string; false if it does not fit. */
bool text_nfc(const char *in, char *out, size_t size);

/* NFD of a clean C string, for taking letters apart; false if too long. */
bool text_nfd(const char *in, char *out, size_t size);

#endif
