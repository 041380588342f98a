/*
 * seen_internal.h - which pairs of numbers came by already. One thread.
 */
#ifndef DB_SEEN_INTERNAL_H
#define DB_SEEN_INTERNAL_H

#include <stdbool.h>
#include <stdint.h>

struct seen;

struct seen *seen_new(void); /* NULL: no memory */
void seen_free(struct seen *s);

bool seen_has(const struct seen *s, uint32_t a, uint32_t b);

/* Add a pair that is not there; a is above 0. False: no memory. */
bool seen_add(struct seen *s, uint32_t a, uint32_t b);

#endif
