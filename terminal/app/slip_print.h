/*
 * slip_print.h - a Z slip onto paper or into a picture, for the verbs.
 *
 * The screen prints by run.c and its workers; a script waits for the paper.
 */
#ifndef APP_SLIP_PRINT_H
#define APP_SLIP_PRINT_H

#include "db/slips.h"
#include "terminal/app/verb.h"

/*
 * Number it in the book, print it, record what became of it. *copy is 0 for
 * the original. PRINT_NONE: no printer is set up. *err for all but PRINTED.
 */
enum print_state slip_print(const struct options *o, struct verb_store *v,
	const struct shift_slip *z, int *copy, struct err *err);

/* The picture of the paper. Nothing is recorded. */
bool slip_png(const struct options *o, struct verb_store *v,
	const struct shift_slip *z, int copy, const char *path,
	struct err *err);

/* "printed": a phrase for people. */
const char *slip_state_text(enum print_state state);

#endif
