/*
 * lineread.h - the line mode's keys: lines of text become the keys of flow.h.
 *
 * For serial consoles and braille displays (`chitra --lines`). Nothing is a
 * key before ENTER ends the line; then the line is one of these:
 *
 *	a number	of the list of keys: that key and nothing more
 *	a text		where something is typed: what stood in the field is
 *			erased, then its characters, then ENTER
 *	a scan		what looks like a code (wedge_text.h), from a scanner
 *			that types
 *	nothing		ENTER; never where that moves money
 *	?		say the screen again
 *	/ + - <		back, down, up, the page before, where there is such
 *
 * ENTER where it moves money is a number in this mode: the first that the
 * table of keys leaves free. A line that was ended twice pays nobody.
 *
 * Pure: the loop puts bytes in, shows what the screen is at this moment, and
 * carries out what comes out, one after the other.
 */
#ifndef FLOWS_LINEREAD_H
#define FLOWS_LINEREAD_H

#include "terminal/flows/flow.h"

enum {
	LINEREAD_LINE = 2048,  /* bytes of a line; longer ones are no line */
	LINEREAD_AHEAD = 16384 /* bytes that were typed ahead */
};

struct lineread {
	char ahead[LINEREAD_AHEAD];
	size_t len;
	char line[LINEREAD_LINE + 1]; /* the one that is being carried out */
	const char *at;               /* its next character */
	enum {
		LINEREAD_IDLE,
		LINEREAD_ERASING,
		LINEREAD_TYPING,
		LINEREAD_ENDING,
		LINEREAD_OVER, /* what came of it has to be said */
	} step;
	int erased;
	bool too_long; /* the rest of this line is dropped */
	bool after_cr; /* a line feed belongs to it */
};

/* What the line meets. */
struct lineread_screen {
	const struct binding *b;
	size_t count;
	enum role role; /* whom the rows have to be for */
	int typed;      /* characters that stand in the field */
};

enum lineread_does {
	LINEREAD_NOTHING, /* no whole line waits */
	LINEREAD_EVENT,   /* feed *ev, and come again with the screen then */
	LINEREAD_DONE,    /* the line is over: say what came of it */
	LINEREAD_AGAIN,   /* say everything again */
	LINEREAD_NO,      /* the line means nothing here */
};

void lineread_init(struct lineread *l);

/* What was read. More than fits is dropped, the newest first. */
void lineread_put(struct lineread *l, const char *bytes, size_t len);

/* at_ms: clock_ms() when the line was read. */
enum lineread_does lineread_next(struct lineread *l,
	const struct lineread_screen *screen, long long at_ms,
	struct event *ev);

/* Forget what was typed ahead, and the line in hand. */
void lineread_clear(struct lineread *l);

/*
 * What is typed for that row of b, a whole table whatever the role; "" if it
 * is not offered in this mode.
 */
const char *lineread_key_name(const struct binding *b, size_t count,
	const struct binding *row);

#endif
