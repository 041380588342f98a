/*
 * salvage.h - what holds of a damaged book, as journal files (R3).
 *
 * Records whose hash follows from the one before and whose signature is that
 * of their epoch, in runs: the longest prefix first, then every island after
 * a break. Files are made anew and never put over others: OUT, OUT.1, ...
 * Their end is not signed, since the key is not here. One thread.
 */
#ifndef DB_VERIFY_SALVAGE_H
#define DB_VERIFY_SALVAGE_H

#include "core/err.h"
#include "db/verify/keyring.h"
#include "db/verify/vreport.h"

struct salvage;

/* NULL: no memory. */
struct salvage *salvage_new(const char *path, struct vreport *report);
void salvage_free(struct salvage *s);

/* What the head of a file says of the place before its first record. */
struct salvage_place {
	const uint8_t *dev;
	const uint8_t *device_key;
	const uint8_t *h;
	const uint8_t *key;
	const int64_t *tot;
	const struct keyring *keys;
};

/* A record that holds. Numbers that do not follow begin another file. */
bool salvage_add(struct salvage *s, const struct salvage_place *before,
	uint64_t seq, const uint8_t *body, size_t len,
	const uint8_t sig[VRECORD_SIG], const uint8_t *rsig,
	const uint8_t h[VRECORD_HASH], struct err *err);

/* A record that does not: the file ends before it. */
bool salvage_break(struct salvage *s, struct err *err);

#endif
