/*
 * bookasks.h - everything that is asked of a book, and what is written
 * beside it, one after another, for tests in which a call fails on the way.
 * What is written into the book itself is in bookacts.h.
 */
#ifndef TESTS_SUPPORT_BOOKASKS_H
#define TESTS_SUPPORT_BOOKASKS_H

#include "support/bookacts.h"
#include "support/realstore.h"

struct bookask {
	const char *name;
	/* Before each time, where nothing fails: files that it reads. */
	void (*before)(struct realstore *r);
	/* SAID_FAILED: *err says why. */
	enum said (*ask)(struct realstore *r, struct err *err);
	enum said wanted; /* when nothing fails */
	bool reads;       /* before() asks the book, too, and needs an answer */
};

extern const struct bookask bookasks[];
extern const int bookasks_count;

/* The same, of what is asked for at a close, in a report, by a script. */
extern const struct bookask bookasks_seldom[];
extern const int bookasks_seldom_count;

#endif
