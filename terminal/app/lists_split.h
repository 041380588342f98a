/*
 * lists_split.h - `chitra lists split`: a list file into a directory with one
 * list a terminal (list_split.h), as export_dir.h makes one: whole or not at
 * all, with SHA256SUMS, and known to the book.
 */
#ifndef APP_LISTS_SPLIT_H
#define APP_LISTS_SPLIT_H

#include "terminal/app/verb.h"

struct lists_split {
	const char *from;
	const char *to;
	bool by_range; /* else by hamlet */
	int64_t parts;
};

enum exit_status lists_split(const struct options *o, struct verb_store *v,
	const struct lists_split *w);

#endif
