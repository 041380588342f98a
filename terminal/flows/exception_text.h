/*
 * exception_text.h - what was not the plain case, in words: a short title for
 * lists, and a line that says why and how much. Pure.
 */
#ifndef FLOWS_EXCEPTION_TEXT_H
#define FLOWS_EXCEPTION_TEXT_H

#include "db/exceptions.h"

enum {
	EXCEPTION_TEXT_SIZE = 320
};

/* "Cancelled"; lives for ever. */
const char *exception_title(enum exception_kind k);

/* Why, and what more there is to say; "" if the title says all. */
const char *exception_why(const struct exception *e,
	char out[EXCEPTION_TEXT_SIZE]);

/* "by PIN", "by QR"; "" if nobody approved it. */
const char *exception_by_text(enum exception_by by);

#endif
