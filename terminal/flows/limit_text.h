/*
 * limit_text.h - the limits of the point in words: name, value, what it does.
 *
 * For the screen of the supervisor, the verb, and the refusal of a value that
 * cannot be. Pure.
 */
#ifndef FLOWS_LIMIT_TEXT_H
#define FLOWS_LIMIT_TEXT_H

#include <stddef.h>

#include "core/limit.h"

enum {
	LIMIT_SAYS_SIZE = 256
};

/* "Payments of one shift"; tr() text. */
const char *limit_title(enum limit l);

/* "15.000.000 đồng", "300", "15 s", "07:00-17:30". */
const char *limit_shown(enum limit l, int64_t value, char out[LIMIT_SAYS_SIZE]);

/* "Above 15.000.000 đồng to one person a supervisor signs, too." */
const char *limit_does(enum limit l, int64_t value, char out[LIMIT_SAYS_SIZE]);

/* What may be typed. */
const char *limit_range(enum limit l, char out[LIMIT_SAYS_SIZE]);

#endif
