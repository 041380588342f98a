/*
 * outfile_internal.h - a file that is there whole, or not at all.
 *
 * Bytes go into a file of another name beside it, which is synced and only
 * then gets its own name: a stick that is pulled half-way, or a power cut,
 * leaves nothing that looks whole. What is there already is never replaced,
 * since it may be evidence. Blocking: as slow as the stick.
 */
#ifndef DB_OUTFILE_INTERNAL_H
#define DB_OUTFILE_INTERNAL_H

#include <sys/types.h>

#include "core/crypto.h"
#include "db/db_internal.h"

enum {
	OUTFILE_BUFFER = 16384
};

struct outfile {
	char path[DB_PATH_SIZE];
	char part[DB_PATH_SIZE]; /* the name it has until it is whole */
	int fd;                  /* -1: not open, nothing to drop */
	struct crypto_hash hash; /* of all that was put */
	uint64_t bytes;
	size_t kept; /* in the buffer, not written yet */
	uint8_t buffer[OUTFILE_BUFFER];
};

/*
 * ERR_INVALID, sys EEXIST: something of that name is there. mode: 0600 where
 * it holds what others must not read. After it outfile_name() or
 * outfile_drop().
 */
bool outfile_open(struct outfile *f, const char *path, mode_t mode,
	struct err *err);

bool outfile_put(struct outfile *f, const void *bytes, size_t len,
	struct err *err);

/* SHA-256 of what was put so far. */
void outfile_sha256(const struct outfile *f, uint8_t out[CRYPTO_HASH_SIZE]);

/* What was put so far is on the disk, and more is to come. */
bool outfile_reach(struct outfile *f, struct err *err);

/* All of it is on the disk, still without its name. */
bool outfile_sync(struct outfile *f, struct err *err);

/* Give it its name, durably. The file stays dropped if that fails. */
bool outfile_name(struct outfile *f, struct err *err);

/* Nothing of it remains. After outfile_name() it does nothing. */
void outfile_drop(struct outfile *f);

#endif
