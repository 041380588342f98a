/*
 * realstore.h - a store of a day and a half, written by the program itself:
 * a list taken, two shifts, payouts, one taken back, one still open; and
 * what it exports.
 */
#ifndef TESTS_SUPPORT_REALSTORE_H
#define TESTS_SUPPORT_REALSTORE_H

#include "support/bookbytes.h"
#include "support/bookstore.h"

struct realstore {
	struct bookstore store; /* closed */
	char journal[300];      /* paths of exports, in its directory */
	char keys[300];
	char roster[300];
	char receipts[300]; /* what the payees took home */
};

/* Fails the test if it cannot. */
void realstore_make(struct realstore *r);
void realstore_remove(struct realstore *r);

/* A copy of its files in a new directory, and the database's path. */
void realstore_copy(const struct realstore *r, char *dir, size_t size,
	char path[300]);

/* A file, whole. */
void realstore_load(const char *path, struct bytes *out);

#endif
