/*
 * help.h - `chitra --help` and `chitra VERB --help`.
 *
 * All verbs by what they are for, a sentence each; one verb with every form
 * of its usage on lines of its own. At most 80 columns, in the language that
 * is set. Writes to a stream, nothing else.
 */
#ifndef APP_HELP_H
#define APP_HELP_H

#include <stdbool.h>
#include <stdio.h>

/* The screen's options, all verbs, what is the same for all. */
void help_all(FILE *out);

/* One verb; false: there is none of that name. */
bool help_verb(FILE *out, const char *name);

/* The sentence of a verb, a key for tr(); NULL: there is none. */
const char *help_says(const char *name);

/* The forms of a verb's usage, as help_verb() writes them, without the rest. */
void help_forms(FILE *out, const char *name, const char *usage);

#endif
