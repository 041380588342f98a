/*
 * seen_internal.h - which keys came by already, in twelve bytes a key.
 *
 * A key is known by its 64-bit hash only: whoever finds an id must look
 * whether it is really the one. One thread.
 */
#ifndef DB_SEEN_INTERNAL_H
#define DB_SEEN_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct seen;

/* Room for so many keys at once; it grows beyond. NULL: no memory. */
struct seen *seen_new(size_t keys);
void seen_free(struct seen *s);

/* A hash of the two texts that nobody outside can foresee. */
uint64_t seen_hash(const struct seen *s, const char *a, const char *b);

/* The same for two numbers, a of 32 bits: different pairs, different hash. */
uint64_t seen_hash_pair(const struct seen *s, int64_t a, int32_t b);

/* Add id (above 0) under a hash; false: no memory. */
bool seen_add(struct seen *s, uint64_t hash, uint32_t id);

/* The next id under this hash, 0 if none. *at is 0 for the first call. */
uint32_t seen_next(const struct seen *s, uint64_t hash, size_t *at);

#endif
