/*
 * scan_says.h - what a scanner sent, how it was understood, and what to do
 * about the scanner.
 *
 * For whoever sets a scanner up: `chitra scan-test` and the screen of that
 * name say the same. Nothing is stored. Pure.
 */
#ifndef FLOWS_SCAN_SAYS_H
#define FLOWS_SCAN_SAYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/codec/idcard.h"
#include "core/codec/scanned.h"

enum {
	SCAN_SAYS_ADVICE = 3,
	SCAN_SAYS_SIZE = 160
};

enum scan_marks {
	SCAN_MARKS_UNKNOWN,  /* no Vietnamese text in it, or none was read */
	SCAN_MARKS_KEPT,     /* every letter as on the card */
	SCAN_MARKS_REPAIRED, /* the scanner wrote them anew; undone exactly */
	SCAN_MARKS_LOST,     /* a name without marks */
	SCAN_MARKS_DAMAGED,  /* other letters and signs instead */
};

enum scan_advice {
	SCAN_ADVICE_FINE,
	SCAN_ADVICE_SERIAL, /* to USB-COM: letters do not come through keys */
	SCAN_ADVICE_UTF8,   /* the scanner changes them itself */
	SCAN_ADVICE_LAYOUT, /* this machine's keyboard to US */
	SCAN_ADVICE_FASTER, /* its keys come almost as slowly as a person's */
	SCAN_ADVICE_SUFFIX, /* one suffix: CR */
	SCAN_ADVICE_AGAIN,  /* it did not come whole */
	SCAN_ADVICE_COUNT,
};

struct scan_says {
	enum card_kind kind;
	bool slip;           /* a Z slip; kind is CARD_KIND_UNKNOWN then */
	bool good;           /* this program knows what to do with it */
	enum card_note note; /* why not; valid if !good and !slip */
	enum scan_marks marks;
	enum scan_advice advice[SCAN_SAYS_ADVICE]; /* the gravest first */
	int advices;
};

/* What is to be said about these bytes, that came in so. */
void scan_says(struct scan_says *out, const void *bytes, size_t len,
	const struct scanned *how);

/* Sentences and words through tr(); never NULL. */
const char *scan_advice_text(enum scan_advice advice);
const char *scan_marks_text(enum scan_marks marks);
const char *scan_by_text(enum scanned_by by);
const char *scan_end_text(enum scanned_end end);
/* What it was taken for: "ID card (issued since July 2024)". */
const char *scan_kind_text(const struct scan_says *says);

/* "QR", "Code 128" of "]Q1", "]C1" (ISO/IEC 15424); "" if not told. */
const char *scan_symbology(const char *aim);

/* For scripts: "serial", "cr", "kept", "to_serial". */
const char *scan_by_code(enum scanned_by by);
const char *scan_end_code(enum scanned_end end);
const char *scan_marks_code(enum scan_marks marks);
const char *scan_advice_code(enum scan_advice advice);

/*
 * The bytes as text that is safe to show: what is no clean character as \xNN.
 * Cut before it is size bytes; out always ends with NUL.
 */
void scan_safe_text(const void *bytes, size_t len, char *out, size_t size);

#endif
