/*
 * scan.h - a picture file or hex digits -> the bytes of one card.
 *
 * For verbs, which have no scanner: the same decoder as the screen's, in the
 * same confined child.
 */
#ifndef APP_SCAN_H
#define APP_SCAN_H

#include <stdio.h>

#include "core/codec/idcard.h"
#include "drivers/camera/decode.h"

enum {
	SCAN_TIMEOUT_MS = 5000
};

/* Where card bytes may come from; exactly one is set. */
struct scan_source {
	const char *hex;
	const char *text;
	const char *image;
};

/* Bytes of one card. */
struct scan_bytes {
	size_t len;
	uint8_t bytes[DECODE_MAX_BYTES + 1];
};

bool scan_image(const char *path, struct decode_result *out, struct err *err);

/* How many of the three are set. */
int scan_sources(const struct scan_source *from);

/*
 * ERR_INVALID: bad hex, too long, no code or more than one in the picture.
 */
bool scan_read(const struct scan_source *from, struct scan_bytes *out,
	struct err *err);

/* A line of text with anything unsafe for a terminal as \xNN. */
void scan_print_safe(FILE *out, const void *bytes, size_t len);

#endif
