/*
 * scantext.h - what a scanner puts around a code, and codes that are no card.
 *
 * The first step of idcard.h: frames and prefixes go away, several codes in
 * one buffer come apart, and a code that is no ID card says what it is.
 * Nothing is copied: a struct scantext points into the caller's bytes.
 * Pure; any thread.
 */
#ifndef CORE_CODEC_SCANTEXT_H
#define CORE_CODEC_SCANTEXT_H

#include <stdbool.h>
#include <stddef.h>

struct scantext {
	const char *at;
	size_t len;
};

/*
 * Without what goes around a code: blanks, line ends, NUL, SOH, STX, ETX and
 * EOT, a BOM, and the AIM identifier ("]Q1") of the kind of code.
 */
struct scantext scantext_strip(struct scantext s);

/*
 * Cut the next code off rest, stripped. Codes end at a line end, STX, ETX,
 * in front of an AIM identifier of a QR, and at a tab that twelve digits
 * follow. Empty ones are left out; false when none is left.
 */
bool scantext_next(struct scantext *rest, struct scantext *out);

/* The text up to mark; rest goes on behind it, at NULL behind the last. */
struct scantext scantext_field(struct scantext *rest, char mark);

/*
 * The same code over and over with nothing between: the length of one. The
 * length of all if it is not so, or one would be shorter than least.
 */
size_t scantext_period(struct scantext s, size_t least);

enum scantext_kind {
	SCANTEXT_OTHER, /* it may be a card */
	SCANTEXT_RECEIPT,
	SCANTEXT_URL,
	SCANTEXT_BHYT,
	SCANTEXT_VIETQR,
	SCANTEXT_PAYMENT, /* another EMVCo payment code */
};

/* What a stripped code is by its first characters. */
enum scantext_kind scantext_kind(struct scantext s);

#endif
