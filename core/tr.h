/*
 * tr.h - texts for people: English in the code, Vietnamese by default.
 *
 * tr("Already paid") gives the Vietnamese of assets/locale/vi/, which is
 * built in as a sorted table, so no system locale is needed at run time. A
 * text with no translation stays English; tests/texts.sh fails the build over
 * it. Only flows, views and verbs call this: drivers and the store write
 * struct err texts for the log. Set once at the start; then any thread.
 */
#ifndef CORE_TR_H
#define CORE_TR_H

#include <stdbool.h>
#include <stddef.h>

/* "vi" (the default) or "en"; false for anything else. */
bool tr_set_lang(const char *lang);

/* The language now: "vi" or "en". */
const char *tr_lang(void);

/* The text in that language; lives for ever. */
const char *tr(const char *english) __attribute__((format_arg(1)));

/* One row of the built-in catalogue, sorted by english (strcmp). */
struct tr_row {
	const char *english;
	const char *vietnamese;
};

/* Generated from the .po files of assets/locale/vi/ by assets/mkcatalog.c. */
extern const struct tr_row tr_rows[];
extern const size_t tr_rows_count;

/* Marks a text of a static table that is given to tr() later. */
#define TR(english) english

#endif
