/*
 * fullstore.h - realstore.h with a row in every table: a change and an
 * answer of a bank taken in, a reason not to pay, a sheet of the pad, money
 * that came back, a second shift closed with a difference.
 */
#ifndef TESTS_SUPPORT_FULLSTORE_H
#define TESTS_SUPPORT_FULLSTORE_H

#include "support/realstore.h"

/* Fails the test if it cannot. Ends with realstore_remove(). */
void fullstore_make(struct realstore *r);

/*
 * A copy as of a store in use: part of it is in its log. What lies in the
 * directory is as it was, but for that.
 */
void fullstore_in_use(const struct realstore *r, char *dir, size_t size,
	char path[300]);

#endif
