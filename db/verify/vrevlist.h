/*
 * vrevlist.h - a list of revoked users that the centre signed, read anew.
 *
 * Format: db/FORMATS.md. Bytes go in, a list or the reason against it comes
 * out; whose key signed it is the caller's to know. One thread.
 */
#ifndef DB_VERIFY_VREVLIST_H
#define DB_VERIFY_VREVLIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "db/verify/vrecord.h"

enum {
	VREVLIST_MAX = 1024 * 1024, /* bytes of a list */
	VREVLIST_SIG = 64
};

/* One line: out since then, under that key or any. */
struct vrevlist_user {
	uint64_t number;
	bool any_key;
	uint8_t key[VRECORD_HASH];
	uint64_t from;
};

struct vrevlist {
	uint64_t version; /* 0: there is none */
	uint64_t issued;
	uint8_t sha256[VRECORD_HASH];  /* of all of it */
	uint8_t covered[VRECORD_HASH]; /* of what the signature covers */
	uint8_t sig[VREVLIST_SIG];
	struct vrevlist_user *user;
	size_t users;
};

/* NULL: read. Else what is wrong with it, or "no memory" (*no_memory). */
const char *vrevlist_read(struct vrevlist *l, const char *text, size_t len,
	bool *no_memory);

/* Signed by that key? */
bool vrevlist_is_by(const struct vrevlist *l, const uint8_t key[VRECORD_HASH]);

void vrevlist_clear(struct vrevlist *l);

#endif
