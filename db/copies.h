/*
 * copies.h - copies of the book (backup.h), looked at beside the book here.
 *
 * Nothing here changes the book: a copy never goes back to work (T28). It
 * says how the copy stands to the book, so that whoever finds the book here
 * shorter than its own copy knows that records are lost (journal.md 9, R1).
 * Threads: that of the store.
 */
#ifndef DB_COPIES_H
#define DB_COPIES_H

#include "db/db.h"

/* How a copy stands to the book here. */
enum copy_kin {
	COPY_SAME,   /* as long, record for record */
	COPY_BEHIND, /* the book here has gone on since */
	COPY_AHEAD,  /* of this terminal, and longer: records are lost here */
	COPY_FORK,   /* of this terminal, and something else is in it */
	COPY_OTHER,  /* of another terminal */
};

struct copy_seen {
	uint64_t bytes;
	uint64_t last_seq; /* records in it */
	uint64_t here;     /* records here */
	int64_t t;         /* of its last record, wall ms */
	char dev_hex[2 * DB_DEV_SIZE + 1];
	enum copy_kin kin;
};

/*
 * What a file says of itself; its records are not checked. Quick. ABSENT: it
 * is no copy, or it cannot be read.
 */
enum lookup copies_look(struct db *db, const char *path, struct copy_seen *out,
	struct err *err);

/*
 * Is every record of it chained and signed, and every table as they say? It
 * is taken out into a directory in the store's, which is gone again. As long
 * as db_check(), and watched if db is. ERR_CORRUPT: no, and the text says
 * what; ERR_INVALID: it is no copy.
 */
bool copies_check(struct db *db, const char *path, struct err *err);

#endif
