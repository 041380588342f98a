/*
 * readout.h - a text that is read out to people before they consent.
 *
 * assets/texts/ has one file for each language and version: first lines that
 * begin with '#', of which some say id, language, version and how long a
 * consent holds; then the text, with places to be filled in: {controller},
 * {address} … What is shown, hashed and kept is the filled text alone: all
 * bytes behind the '#' lines, UTF-8 in NFC, each line with its LF, not
 * wrapped. In it the lines "(a) …" to "(d) …" are the purposes. Pure.
 */
#ifndef CORE_CODEC_READOUT_H
#define CORE_CODEC_READOUT_H

#include <stdbool.h>
#include <stddef.h>

enum {
	READOUT_NAME_SIZE = 32, /* "consent-vi-1" */
	READOUT_LANG_SIZE = 8,
	READOUT_VALUE_SIZE = 160, /* of what is filled in */
	READOUT_TEXT_MAX = 8192,
	READOUT_PURPOSES = 4,
	READOUT_PURPOSE_SIZE = 320
};

/* What is filled in; all but months must be there. */
struct readout_values {
	char controller[READOUT_VALUE_SIZE];
	char address[READOUT_VALUE_SIZE];
	char phone[READOUT_VALUE_SIZE];
	char processor[READOUT_VALUE_SIZE];
	char withdraw_phone[READOUT_VALUE_SIZE];
	char withdraw_place[READOUT_VALUE_SIZE];
	char keep[READOUT_VALUE_SIZE];
	int months; /* how long a consent holds; 0: until it is taken back */
};

struct readout {
	char name[READOUT_NAME_SIZE];
	char lang[READOUT_LANG_SIZE];
	int version;
	bool draft;
	char text[READOUT_TEXT_MAX]; /* with a NUL behind */
	size_t len;
	char purpose[READOUT_PURPOSES][READOUT_PURPOSE_SIZE];
};

enum readout_fault {
	READOUT_FINE,
	READOUT_HEAD,    /* id, language, version or term is missing */
	READOUT_TEXT,    /* no clean UTF-8, or too long */
	READOUT_PLACE,   /* a place to be filled in that nobody knows */
	READOUT_VALUE,   /* nothing to fill it with */
	READOUT_PURPOSE, /* a purpose is missing, or comes twice */
};

/* which, if not NULL, is the place in question ("phone"), or "". */
enum readout_fault readout_fill(const char *file, size_t len,
	const struct readout_values *values, struct readout *out,
	char which[READOUT_VALUE_SIZE]);

/* "consent", "vi", 1 of "consent-vi-1"; false: no such name. */
bool readout_name_parse(const char *name, char lang[READOUT_LANG_SIZE],
	int *version);

#endif
