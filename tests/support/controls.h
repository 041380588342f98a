/*
 * controls.h - which control functions there are in what a terminal is sent.
 *
 * A reader of ECMA-48 that shares nothing with curses. Pure.
 */
#ifndef TESTS_SUPPORT_CONTROLS_H
#define TESTS_SUPPORT_CONTROLS_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The control functions in a stream, as ECMA-48 builds them: each seen one
 * counts in its set, by its kind and not by its numbers.
 */
struct controls {
	bool single[256]; /* C0 alone */
	bool escape[256]; /* ESC, intermediates, this */
	bool csi[4][256]; /* ESC [, none or one of <=>?, this */
	bool string;      /* OSC, DCS, APC, PM, SOS */
	bool c1;          /* as UTF-8 or a bare byte */
};

void controls_read(struct controls *k, const void *bytes, size_t len);

/* Is whatever was seen in a seen in b, too? */
bool controls_within(const struct controls *a, const struct controls *b);

/* What was seen in one is seen in all. */
void controls_add(struct controls *all, const struct controls *one);

#endif
