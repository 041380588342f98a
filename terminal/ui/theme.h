/*
 * theme.h - how each style looks: one table a theme, and nothing else.
 *
 * Colour only adds. Without it every state is still a word in brackets, and
 * what stops the flow is reversed; so the table for one colour is the one
 * that counts. Blue, yellow and white only: red beside green is the pair
 * that people most often cannot tell apart. Pure; any thread.
 */
#ifndef TERMINAL_UI_THEME_H
#define TERMINAL_UI_THEME_H

#include <stdbool.h>

#include "terminal/ui/canvas.h"

enum theme {
	THEME_MONO,
	THEME_8,        /* the first eight colours of any terminal */
	THEME_256,      /* the palette of xterm-256color */
	THEME_CONTRAST, /* nothing dim, everything bold or reversed */
	THEME_COUNT,
};

struct look {
	bool bold;
	bool dim;
	bool reverse;
	bool underline;
	int colour; /* 0 to 255 of the palette; -1: the terminal's own */
};

struct look theme_look(enum theme theme, enum style style);

/*
 * The theme by its name in the settings ("mono", "8", "256", "contrast"), or
 * by what the terminal has if name is NULL, "" or "auto". no_color is the
 * value of $NO_COLOR, NULL if it is not set: anything but "" turns colours
 * off (no-color.org). colours: what the terminal can show. Never more than
 * that is chosen.
 */
enum theme theme_choose(const char *name, const char *no_color, int colours);

/* "mono", "8", "256", "contrast"; false for anything else. */
bool theme_parse(const char *name, enum theme *out);

#endif
