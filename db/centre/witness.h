/*
 * witness.h - what keeps the centre honest: a root a day over all checkpoints.
 *
 * DIR/witness.log has an entry for each day at UTC+7, signed by the witness
 * key (db/FORMATS.md): the Merkle root of every checkpoint that was signed on
 * it, and the hash of the entry before. Copies of the file go to others; from
 * then on a checkpoint cannot be changed, left out or put in unseen.
 */
#ifndef DB_CENTRE_WITNESS_H
#define DB_CENTRE_WITNESS_H

#include "db/centre/centre_home.h"
#include "db/centre/store.h"

enum {
	/* So long after midnight the last batches of a day are committed. */
	WITNESS_LATER_MS = 10 * 60 * 1000
};

/* Append the days that are over, up to 400; the first is that of the first
 * checkpoint. ERR_CORRUPT: the file is damaged. */
bool witness_extend(struct store *s, const struct centre_home *h, uint64_t now,
	uint64_t *added, struct err *err);

struct witness_found {
	uint64_t days;   /* entries that are right */
	char day[16];    /* the first that is not, "" if all are */
	const char *why; /* static */
};

/* Each entry's signature, the one before it, and its root out of the store. */
bool witness_check(struct store *s, const struct centre_home *h,
	struct witness_found *out, struct err *err);

#endif
