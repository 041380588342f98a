/*
 * tmpdir.h - a directory of its own for a test, gone when the test is.
 */
#ifndef TESTS_SUPPORT_TMPDIR_H
#define TESTS_SUPPORT_TMPDIR_H

#include <stddef.h>

/*
 * Make a new directory below $TMPDIR or /tmp and write its path to out.
 * Returns out; the test program ends if it cannot be made.
 */
const char *tmpdir_make(char *out, size_t size);

/* dir "/" name, into out. Returns out. */
const char *tmpdir_path(const char *dir, const char *name, char *out,
	size_t size);

/* Make the file dir "/" name with this content. */
void tmpdir_write(const char *dir, const char *name, const void *bytes,
	size_t len);

/* Copy the files (not directories) of one directory into another. */
void tmpdir_copy(const char *from, const char *to);

/*
 * Directories made from now on are in memory, if this machine has such a
 * place and TMPDIR says nothing else: for tests that write very much.
 */
void tmpdir_in_memory(void);

/* Remove dir and all in it. "" does nothing. */
void tmpdir_remove(const char *dir);

#endif
