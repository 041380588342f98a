/*
 * name_keys_internal.h - viet_list_key() for 100,000 names at once.
 *
 * All these names are made of a few thousand words; what a word gives is
 * worked out once and kept, which is ten times as fast as name by name. One
 * thread; thrown away when the names are read.
 */
#ifndef DB_NAME_KEYS_INTERNAL_H
#define DB_NAME_KEYS_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>

enum {
	NAME_KEY_SIZE = 1024 /* more than a name of VIET_NAME_SIZE gives */
};

struct name_keys;

struct name_keys *name_keys_new(void); /* NULL: no memory */
void name_keys_free(struct name_keys *k);

/* As viet_list_key(); false only if there is no memory. */
bool name_keys_make(struct name_keys *k, const char *name,
	char out[NAME_KEY_SIZE]);

#endif
