/*
 * far_text.h - how far long work is, in words: on the screen and for verbs.
 *
 * "Rows done: 12.000 (34%), 5.300 a second, 12 s left". What nobody knows is
 * left out.
 */
#ifndef FLOWS_FAR_TEXT_H
#define FLOWS_FAR_TEXT_H

#include <stddef.h>

#include "core/far.h"

enum {
	FAR_TEXT_SIZE = 160
};

/* spent_ms: since all of it began; part_ms: since this part did. */
void far_text(const struct far *f, int64_t spent_ms, int64_t part_ms, char *out,
	size_t size);

/* The pieces of it for a screen: "12.000", "40 MB"; "12 s", "3 min". */
void far_amount_text(int64_t amount, enum far_unit unit, char *out,
	size_t size);
void far_time_text(int64_t ms, char *out, size_t size);

#endif
