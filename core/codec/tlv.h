/*
 * tlv.h - the elements of an EMVCo payment code: tag, length, value.
 *
 * Two digits of tag, two digits of length, then so many bytes (EMVCo QR Code
 * Specification for Payment Systems, Merchant-Presented Mode, 3). The length
 * counts bytes, not characters, and is 1 to 99; a template's value is again
 * such elements. Reading copies nothing: values point into the caller's
 * bytes. Pure; any thread.
 */
#ifndef CORE_CODEC_TLV_H
#define CORE_CODEC_TLV_H

#include <stdbool.h>
#include <stddef.h>

#include "core/buf.h"

enum {
	TLV_TAGS = 100,   /* 00 to 99 */
	TLV_MAX_LEN = 99, /* bytes of one value */
	TLV_HEADER = 4    /* bytes in front of it */
};

/* A value that is not there has at NULL. */
struct tlv {
	const char *at;
	size_t len;
};

enum tlv_verdict {
	TLV_OK,
	TLV_BAD_LENGTH, /* no digits where they belong, 00, or past the end */
	TLV_REPEATED,   /* a tag comes twice: which one would count? */
};

/* All elements of one level by their tag. */
struct tlv_level {
	struct tlv value[TLV_TAGS];
	int first; /* tag of the first element, -1 if there is none */
	int last;
};

/* Take in[0..len) apart, all of it. On failure *out has what came before. */
enum tlv_verdict tlv_read(const char *in, size_t len, struct tlv_level *out);

/* Is the value there, and this text? */
bool tlv_is(struct tlv value, const char *text);

/*
 * Append an element. Nothing, and b->full, if len is not 1 to TLV_MAX_LEN or
 * it does not fit.
 */
bool tlv_put(struct buf *b, int tag, const void *value, size_t len);
bool tlv_put_text(struct buf *b, int tag, const char *text);

#endif
