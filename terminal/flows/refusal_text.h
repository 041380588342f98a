/*
 * refusal_text.h - what the book refused, as sentences: what is wrong, and
 * what to do. For people; the facts are in struct refusal. Pure.
 */
#ifndef FLOWS_REFUSAL_TEXT_H
#define FLOWS_REFUSAL_TEXT_H

#include <stddef.h>

#include "db/refusal.h"

enum {
	REFUSAL_TEXT_SIZE = 512
};

/* Two or three words for a headline: "PAID ALREADY". */
const char *refusal_title(enum refusal_code code);

/* One line: what is wrong, with its facts, and what to do. */
void refusal_text(const struct refusal *why, char *out, size_t size);

#endif
