/*
 * band.h - the guided tour's lines above the body of any screen.
 *
 * As much of it as there is room for: with the lesson's title, the text
 * alone, one short line; where even that would push out what must be seen,
 * it takes the place of the network's word in the rule of the header. Pure.
 */
#ifndef TERMINAL_UI_BAND_H
#define TERMINAL_UI_BAND_H

#include "terminal/flows/tour.h"
#include "terminal/ui/canvas.h"

enum band_form {
	BAND_NONE,  /* nothing is taught */
	BAND_RULE,  /* on the rule of the header: no row of its own */
	BAND_BRIEF, /* one line */
	BAND_TEXT,
	BAND_TITLE, /* above the text */
};

struct band_room {
	enum band_form form;
	int rows;
};

/*
 * What there is room for in so many rows, when the body needs at least must
 * of them. band may be NULL.
 */
struct band_room band_room(const struct tour_band *band, const struct canvas *c,
	int rows, int must);

/* "[LESSON 3/14]" */
void band_count(const struct tour_band *band, char *out, size_t size);

/* Draw it from that row on; rule is the last row of the header. */
void band_draw(const struct tour_band *band, struct canvas *c, int row,
	struct band_room room, int rule);

#endif
