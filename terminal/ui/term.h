/*
 * term.h - the real terminal. The only header behind which curses is used.
 *
 * One terminal, one thread; curses keeps its state in globals, so there is
 * no handle. Once started it is left only through term_stop(), which main()
 * also calls before it prints a fatal error; a deadly signal restores the
 * terminal first. Nothing here writes to standard error.
 *
 * Works from a vt100 on. Characters are UTF-8 whatever the locale of the
 * system says; on a terminal that has ASCII only, set plain.
 */
#ifndef TERMINAL_UI_TERM_H
#define TERMINAL_UI_TERM_H

#include <stdbool.h>

#include "core/err.h"
#include "terminal/ui/canvas.h"
#include "terminal/ui/chime.h"

struct term_options {
	const char *theme;    /* a name of theme.h; NULL: by the terminal */
	const char *no_color; /* $NO_COLOR, NULL if not set */
	bool plain;           /* ASCII only: see plain.h */
	int escape_ms;        /* how long Esc may be the start of a key;
				 0: 25, slow serial lines want 200 */
};

/*
 * Take over the terminal on standard input and output. ERR_INVALID: it is
 * none, or $TERM is not known or cannot place the cursor.
 */
bool term_start(const struct term_options *options, struct err *err);

/* Blank the screen and give the terminal back. May be called any time. */
void term_stop(void);

/* Clear the screen and what has scrolled out of it (T66). */
void term_forget(void);

/* Blank c at the terminal's present size, ready to be drawn on. */
void term_blank(struct canvas *c);

/* Make the terminal show c: only what changed is sent. */
void term_show(const struct canvas *c);

enum {
	TERM_NO_KEY = -1,
	TERM_RESIZED = -2
};

/*
 * The next key, or one of the two above. Never waits: poll() the standard
 * input for that; a resize interrupts the poll. Returns a character, one of
 * enum key (flow.h), or WEDGE_PASTE and WEDGE_PASTE_END (wedge.h) around what
 * was pasted. F1..F10 are the digits 1..9 and 0.
 */
int term_key(void);

/* One beep of it; the Linux console is told how it sounds. */
void term_beep(enum chime chime);

/* Forget the keys that were typed and not yet asked for. */
void term_drop_keys(void);

#endif
