/* vectors.h - "name value" lines of a file of golden vectors. */
#ifndef TESTS_SUPPORT_VECTORS_H
#define TESTS_SUPPORT_VECTORS_H

#include <stddef.h>

enum {
	VECTOR_SIZE = 2048
};

/* The value of name in tests/data/FILE; fails the test if there is none. */
const char *vector_text(const char *file, const char *name,
	char out[VECTOR_SIZE]);

/* The same as bytes, from hex. Returns how many. */
size_t vector_bytes(const char *file, const char *name, void *out, size_t size);

#endif
