/*
 * lists_here.h - the payment lists that are in the store, and what became of
 * each.
 *
 * Money counts for the list that had it first (LISTS.md); of a list that was
 * corrected only what the new one left as it was is its own still.
 *
 * Threads: that of the handle; a read-only one in a worker will do. Blocking:
 * some 0.2 s for 100,000 people.
 */
#ifndef DB_LISTS_HERE_H
#define DB_LISTS_HERE_H

#include "db/lists.h"

struct list_here {
	int64_t id; /* its number, for people */
	int32_t period;
	int64_t rows; /* of the file, and their sum */
	int64_t sum;
	int64_t imported_at; /* ms since 1970 UTC */
	uint64_t seq;        /* the IMPORT record */
	int64_t replaces;    /* the list that it took the place of; 0 */
	int64_t replaced_by; /* 0: it stands */
	char sha256[2 * CRYPTO_HASH_SIZE + 1];
	/* What is its own now: in cash, unless said. */
	int64_t people;
	int64_t cash;
	int64_t paid; /* here */
	int64_t elsewhere;
	int64_t people_paid; /* who have nothing open on it */
	int64_t by_account;  /* đồng, by the account as the list says */
};

/* Newest period first, in it by number. each() false: stop. */
bool lists_here_each(struct db *db,
	bool (*each)(void *ctx, const struct list_here *l), void *ctx,
	struct err *err);

/* What list did to the one whose place it took, in the order of people; names
 * are filled in (ERR_DENIED: nobody is signed in). */
bool lists_here_fixes(struct db *db, int64_t list,
	bool (*each)(void *ctx, const struct list_fixed *f), void *ctx,
	struct err *err);

#endif
