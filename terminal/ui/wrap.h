/*
 * wrap.h - text into lines that fit, broken between words.
 *
 * A no-break space (U+00A0) in a text keeps two words together and is drawn
 * as a blank. Pure; any thread.
 */
#ifndef TERMINAL_UI_WRAP_H
#define TERMINAL_UI_WRAP_H

#include <stddef.h>

/*
 * Put as many words of text as fit into cols columns into line, and return
 * where the rest begins ("" when it is all). A word longer than the line is
 * broken; at least one character is always taken. '\n' ends a line.
 */
const char *wrap_next(const char *text, int cols, char *line, size_t size);

/* Lines that it takes. */
int wrap_lines(const char *text, int cols);

#endif
