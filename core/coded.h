/*
 * coded.h - what a number of ours is called in scripts, and back.
 *
 * Tables end with a name of NULL. Pure; any thread.
 */
#ifndef CORE_CODED_H
#define CORE_CODED_H

#include <stdbool.h>

struct coded {
	int value;
	const char *name; /* "not_handed" */
};

/* Its name; otherwise, if the table has no such value. */
const char *coded_name(const struct coded *table, int value,
	const char *otherwise);

/* The value of that very name; else false, and *out is as it was. */
bool coded_parse(const struct coded *table, const char *name, int *out);

#endif
