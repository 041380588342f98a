/*
 * screens.h - screens against golden files, at every size that we support.
 *
 * Each state of a view is drawn at 80x25, 53x30, 40x24 and 40x15, those of
 * every day also at 50x15, and compared with
 * tests/golden/VIEW_STATE_COLSxROWS.txt; the first state also at a size that
 * is too small. Whatever the file says, a screen fails if a letter is not in
 * the console font, if a line that must be seen was cut, if a key of its table
 * is not on it, if the cursor is not on what matters, or if the line mode
 * (lines.h) lacks a key or echoes a PIN; in English, too, and on the smallest
 * screens with every trouble around it (sample_trouble()). GENERATE=1 rewrites
 * the files: read the diff.
 */
#ifndef TESTS_SUPPORT_SCREENS_H
#define TESTS_SUPPORT_SCREENS_H

#include <stdbool.h>
#include <stddef.h>

#include "terminal/flows/flow.h"
#include "terminal/ui/canvas.h"

/* The keys that the screen has to show. */
struct screens_keys {
	const struct binding *b;
	size_t count;
};

/* Those that are for that role; good until the next call. */
struct screens_keys screens_keys_for(enum role role, const struct binding *b,
	size_t count);

struct screens_state {
	const char *name;
	struct screens_keys (*draw)(struct canvas *c);
	bool styles; /* compare the looks, too, at 80x25 */
};

/* Run all states as a group of tests; returns how many failed. */
int screens_run(const char *view, const struct screens_state *state,
	size_t states);

#endif
