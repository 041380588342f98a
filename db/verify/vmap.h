/*
 * vmap.h - what is known of 16 bytes: entitlements, pads, commitments, keys.
 *
 * Open addressing with a secret start, so that whoever writes the journal
 * cannot choose ids that fall upon one another. Pointers hold until the next
 * put. One thread.
 */
#ifndef DB_VERIFY_VMAP_H
#define DB_VERIFY_VMAP_H

#include <stddef.h>
#include <stdint.h>

enum {
	VMAP_KEY = 16
};

struct vmap_slot {
	uint8_t key[VMAP_KEY];
	uint64_t a; /* never 0 in a slot that is used */
	uint64_t b;
};

struct vmap {
	struct vmap_slot *slot;
	size_t slots; /* a power of two */
	size_t used;
	uint64_t secret;
};

/* NULL: not there. */
struct vmap_slot *vmap_get(const struct vmap *m, const void *key);

/* The slot of key; a is 0 if it is new, and must be set. NULL: no memory. */
struct vmap_slot *vmap_put(struct vmap *m, const void *key);

/* Free what a map of zeros, or any other, holds. */
void vmap_clear(struct vmap *m);

#endif
