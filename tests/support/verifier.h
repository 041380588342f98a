/*
 * verifier.h - what the second, independent reader of the book says.
 */
#ifndef TESTS_SUPPORT_VERIFIER_H
#define TESTS_SUPPORT_VERIFIER_H

#include <stddef.h>

/*
 * Run chitra-verify, of the same build as this test, on the store in dir,
 * which is not open. Fails the test if it finds anything. Does nothing where
 * it was not built.
 */
void verifier_must_accept(const char *dir);

/*
 * The same for a store whose people were put in by SQL (bookstore.h): V34 and
 * V40 miss their list, anything else fails the test.
 */
void verifier_must_accept_but_lists(const char *dir);

/* It must find something, and say these words of it. */
void verifier_must_find(const char *dir, const char *words);

/* What it says of it with that keys file; "" where it was not built. */
void verifier_says(const char *dir, const char *keys, char *said, size_t size);

#endif
